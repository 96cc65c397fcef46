"""Trust between departments, or groups, as a table of tinted cells: a cell is the mean trust over all pairs of the people of its row and its column. A
person counts in one group, the one they write in most, as on the map where it is coloured by group."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import numpy as np

from cmdesk.api import _, drawing, lettering, ngettext, visibility

from . import keys
from .naming import shown_name

if TYPE_CHECKING:
    from cmdesk.api import Floats, Ints

    from .scene import Scene

MOST = 40
"""Rows shown, the largest departments or groups."""
LEAST = visibility.HIDDEN_BELOW
"""People of a department or group that are drawn, below which it has no row."""
_NAMES = 150.0


def field(scene: Scene) -> Literal["unit", "group"]:
    """What the rows are: groups where the picture is coloured by group, else departments."""
    return "group" if scene.choice.colour == "group" else "unit"


def title(scene: Scene) -> str:
    """What the matrix shows, in a few words."""
    return _("Trust between groups") if field(scene) == "group" else _("Trust between departments")


def means(scene: Scene, of: Literal["unit", "group"] = "unit") -> tuple[Floats, Ints, Ints]:
    """Of the drawn people, per pair of departments (groups): the mean trust over all pairs of people, the number of ties; and the people of each."""
    number, words = keys.numbers(scene.facts, of)
    units = len(words)
    unit = np.where(scene.drawn, number, -1)
    people = np.bincount(unit[unit >= 0], minlength=units)
    a, b = unit[scene.ties.i], unit[scene.ties.j]
    known = (a >= 0) & (b >= 0)
    low, high = np.minimum(a, b)[known].astype(np.int64), np.maximum(a, b)[known]
    key = low * max(units, 1) + high
    trust = np.bincount(key, scene.ties.weight[known], minlength=units * units).reshape(units, units).astype(np.float64)
    ties = np.bincount(key, minlength=units * units).reshape(units, units)
    trust, ties = trust + np.triu(trust, 1).T, ties + np.triu(ties, 1).T
    pairs = people[:, None] * people[None, :].astype(float)
    np.fill_diagonal(pairs, people * (people - 1) / 2)
    return np.divide(trust, pairs, out=np.zeros_like(trust), where=pairs > 0), ties, people


def compose(scene: Scene, width: float = 900.0) -> drawing.Drawing:
    """The matrix, the largest first; departments (groups) of whom fewer than five people are drawn are left out and counted."""
    of = field(scene)
    words = [shown_name(each) for each in keys.numbers(scene.facts, of)[1]]
    mean, ties, people = means(scene, of)
    rows = [k for k in range(len(people)) if people[k] >= LEAST]
    shown, left = rows[:MOST], len(people) - len(rows[:MOST])
    shapes: list[drawing.Shape] = []
    cell = min(max((width - _NAMES - 40) / max(len(shown), 1), 14.0), 44.0)
    top = 96.0
    most = float(mean[np.ix_(shown, shown)].max(initial=0.0)) or 1.0
    for row, a in enumerate(shown):
        name = words[a]
        shapes.append(drawing.Text(x=_NAMES, y=top + cell * (row + 0.5) + 4, text=name, size=12, anchor="end", room=_NAMES - 12))
        shapes.append(drawing.Text(x=_NAMES + 12 + cell * (row + 0.5) + 4, y=top - 8, text=name, size=12, room=96, angle=-60))
        for column, b in enumerate(shown):
            what = (words[a], words[b], float(mean[a, b]), int(ties[a, b]), most)
            shapes += _cell(f"{of}:{a}:{b}", what, (_NAMES + 8 + cell * column, top + cell * row, cell))
    y = top + cell * len(shown) + 28
    for line in _notes(of, len(shown), left):
        for part in lettering.wrap(line, max(width - 40, 200) / lettering.LOOSE, 12, lines=6):
            shapes.append(drawing.Text(x=16, y=y, text=part, size=12, colour="muted"))
            y += 18
    wide = max(_NAMES + 60 + cell * len(shown), 420.0)
    return drawing.Drawing(width=wide, height=y + 8, title=title(scene), shapes=tuple(shapes), table=_table(of, words, shown, mean, ties))


def _cell(target: str, what: tuple[str, str, float, int, float], at: tuple[float, float, float]) -> list[drawing.Shape]:
    one, other, mean, ties, most = what
    x, y, side = at
    cover = round(100 * (mean / most) ** 0.5)
    tip = _("{one} – {other}: mean trust {mean}, {n} ties").format(one=one, other=other, mean=f"{mean:.4f}", n=f"{ties:,}")
    fill = f"accent/{max(cover, 4)}" if ties else "window"
    return [drawing.Rect(x=x + 0.5, y=y + 0.5, width=side - 1, height=side - 1, fill=fill, tip=tip, target=target)]


def _notes(of: str, shown: int, left: int) -> list[str]:
    groups = of == "group"
    if not shown and groups:
        return [_("No group of five or more people is drawn: take filters away, or choose another period.")]
    if not shown:
        return [_("No department of five or more people is drawn: import a spreadsheet of people with their department, or take filters away.")]
    if groups:
        lines = [
            _("The stronger the colour of a cell, the more trust there is between the people of two groups (on the diagonal: inside one), per pair of people."),
            _("Each person counts in the group in which they write most."),
        ]  # fmt: skip
    else:
        lines = [
            _("The stronger the colour of a cell, the more trust there is between the people of two departments (on the diagonal: inside one), per pair of people."),
            _("Colour by group to see groups instead."),
        ]  # fmt: skip
    if left and groups:
        lines.append(ngettext("{n} more group, smaller, is not shown.", "{n} more groups, smaller, are not shown.", left).format(n=left))
    elif left:
        lines.append(ngettext("{n} more department, smaller, is not shown.", "{n} more departments, smaller, are not shown.", left).format(n=left))
    return lines


def _table(of: str, words: list[str], shown: list[int], mean: Floats, ties: Ints) -> tuple[tuple[str, ...], ...]:
    rows = [
        (words[a], words[b], f"{mean[a, b]:.4f}", f"{ties[a, b]:,}")
        for number, a in enumerate(shown) for b in shown[number:]
    ]  # fmt: skip
    head = _("Group") if of == "group" else _("Department")
    return ((head, head, _("Mean trust"), _("Ties")), *rows)
