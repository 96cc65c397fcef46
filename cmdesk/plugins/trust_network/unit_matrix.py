"""Trust between departments as a table of tinted cells: rows and columns are departments, a cell the mean trust over all pairs of their people."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from cmdesk.api import _, drawing, lettering, ngettext, visibility

if TYPE_CHECKING:
    from cmdesk.api import Floats, Ints

    from .scene import Scene

MOST = 40
"""Departments shown, the largest."""
LEAST = visibility.HIDDEN_BELOW
"""People of a department that are drawn, below which it has no row."""
_NAMES = 150.0


def means(scene: Scene) -> tuple[Floats, Ints, Ints]:
    """Of the drawn people, per pair of departments: the mean trust over all pairs of people, the number of ties; and the people of each."""
    units = len(scene.facts.units)
    unit = np.where(scene.drawn, scene.facts.unit, -1)
    people = np.bincount(unit[unit >= 0], minlength=units)
    a, b = unit[scene.ties.i], unit[scene.ties.j]
    known = (a >= 0) & (b >= 0)
    low, high = np.minimum(a, b)[known].astype(np.int64), np.maximum(a, b)[known]
    key = low * max(units, 1) + high
    trust = np.bincount(key, scene.ties.weight[known], minlength=units * units).reshape(units, units)
    ties = np.bincount(key, minlength=units * units).reshape(units, units)
    trust, ties = trust + np.triu(trust, 1).T, ties + np.triu(ties, 1).T
    pairs = people[:, None] * people[None, :].astype(float)
    np.fill_diagonal(pairs, people * (people - 1) / 2)
    return np.divide(trust, pairs, out=np.zeros_like(trust), where=pairs > 0), ties, people


def compose(scene: Scene, width: float = 900.0) -> drawing.Drawing:
    """The matrix, largest department first; departments of whom fewer than five people are drawn are left out and counted."""
    mean, ties, people = means(scene)
    rows = [k for k in range(len(people)) if people[k] >= LEAST]
    shown, left = rows[:MOST], len(people) - len(rows[:MOST])
    title = _("Trust between departments")
    shapes: list[drawing.Shape] = []
    cell = min(max((width - _NAMES - 40) / max(len(shown), 1), 14.0), 44.0)
    top = 96.0
    most = float(mean[np.ix_(shown, shown)].max(initial=0.0)) or 1.0
    for row, a in enumerate(shown):
        name = scene.facts.units[a]
        shapes.append(drawing.Text(x=_NAMES, y=top + cell * (row + 0.5) + 4, text=name, size=12, anchor="end", room=_NAMES - 12))
        shapes.append(drawing.Text(x=_NAMES + 12 + cell * (row + 0.5) + 4, y=top - 8, text=name, size=12, room=96, angle=-60))
        for column, b in enumerate(shown):
            shapes += _cell(scene, a, b, (float(mean[a, b]), int(ties[a, b]), most), (_NAMES + 8 + cell * column, top + cell * row, cell))
    y = top + cell * len(shown) + 28
    for line in _notes(len(shown), left):
        for part in lettering.wrap(line, max(width - 40, 200), 12, lines=3):
            shapes.append(drawing.Text(x=16, y=y, text=part, size=12, colour="muted"))
            y += 18
    wide = max(_NAMES + 60 + cell * len(shown), 420.0)
    return drawing.Drawing(width=wide, height=y + 8, title=title, shapes=tuple(shapes), table=_table(scene, shown, mean, ties))


def _cell(scene: Scene, a: int, b: int, what: tuple[float, int, float], at: tuple[float, float, float]) -> list[drawing.Shape]:
    mean, ties, most = what
    x, y, side = at
    cover = round(100 * (mean / most) ** 0.5)
    one, other = scene.facts.units[a], scene.facts.units[b]
    tip = _("{one} – {other}: mean trust {mean}, {n} ties").format(one=one, other=other, mean=f"{mean:.4f}", n=f"{ties:,}")
    fill = f"accent/{max(cover, 4)}" if ties else "window"
    return [drawing.Rect(x=x + 0.5, y=y + 0.5, width=side - 1, height=side - 1, fill=fill, tip=tip, target=f"units:{a}:{b}")]


def _notes(shown: int, left: int) -> list[str]:
    if not shown:
        return [_("No department of five or more people is drawn: import a spreadsheet of people with their department, or take filters away.")]
    lines = [_("The darker a cell, the more trust there is between the people of two departments (on the diagonal: inside one), per pair of people.")]
    if left:
        lines.append(ngettext("{n} more department, smaller, is not shown.", "{n} more departments, smaller, are not shown.", left).format(n=left))
    return lines


def _table(scene: Scene, shown: list[int], mean: Floats, ties: Ints) -> tuple[tuple[str, ...], ...]:
    rows = [
        (scene.facts.units[a], scene.facts.units[b], f"{mean[a, b]:.4f}", f"{ties[a, b]:,}")
        for number, a in enumerate(shown) for b in shown[number:]
    ]  # fmt: skip
    return ((_("Department"), _("Department"), _("Mean trust"), _("Ties")), *rows)
