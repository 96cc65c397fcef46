"""One period as a picture: people in the places that they keep, ties told apart as new, lost and kept."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from cmdesk.api import Drawing, _, drawing, frame, ngettext, palette, wording

from ..inspecting.telling import HIDDEN_BELOW, Naming
from . import changes, places

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cmdesk.api import Bools, Floats, Index

    from .changes import Changes
    from .frames import Frame

WIDTH, HEIGHT = 1120.0, 860.0
MOST_TIES = 20_000
"""Ties that are drawn at most; the weakest are left out first, and counted."""


@dataclass(frozen=True, eq=False)
class Stage:
    """What stays the same in the pictures of all periods: the frames, the place of everybody (0–1, nan: not drawn) and the colour of departments by
    rank (−1: under five people or not known), with their names. `small`: people in circles under five, `alone`: counted people without any tie."""

    naming: Naming
    frames: tuple[Frame, ...]
    place: Floats
    rank: Index
    units: tuple[str, ...]
    small: int
    alone: int
    at_least: float


def stage(naming: Naming, frames: Sequence[Frame], at_least: float) -> Stage:
    """Lay people out once, on the ties of all periods; circles under five people are not drawn."""
    people = naming.snapshot.people
    every = places.union(frames)
    persons = len(people)
    place = places.lay_out(every, persons) if naming.enough else np.full((persons, 2), np.nan)
    circle = places.circle(every, persons)
    sizes = np.bincount(circle[circle >= 0]) if (circle >= 0).any() else np.zeros(0, np.int64)
    small = (circle >= 0) & (sizes[circle] < HIDDEN_BELOW) if len(sizes) else np.zeros(persons, np.bool_)
    place[small] = np.nan
    rank, units = _ranks(naming)
    return Stage(naming, tuple(frames), place, rank, units, int(small.sum()), int((people.counted & (circle < 0)).sum()), at_least)


def _ranks(naming: Naming) -> tuple[Index, tuple[str, ...]]:
    people = naming.snapshot.people
    count = np.bincount(people.unit[people.unit >= 0], minlength=len(people.unit_names))
    order = [unit for unit in np.argsort(-count, kind="stable").tolist() if naming.large(unit)]
    rank = np.full(len(people.unit_names) + 1, -1, np.int32)  # the last is that of −1, not known
    rank[order] = np.arange(len(order))
    return rank[people.unit], tuple(people.unit_names[unit] for unit in order)


def change(shown: Stage, number: int, since: int | None = None) -> Changes:
    """What changed in period `number` since period `since` (without it the one before; the first period has nothing before it)."""
    now = shown.frames[number]
    then = shown.frames[since if since is not None else max(number - 1, 0)]
    return changes.between(then, now)


def compose(shown: Stage, number: int, *, since: int | None = None, width: float = WIDTH, height: float = HEIGHT, filters: str = "") -> Drawing:
    """Period `number`, its ties told apart against the one before or `since`. `filters`: a sentence on what the user left out."""
    snapshot, now = shown.naming.snapshot, shown.frames[number]
    title = _("The network at {date}").format(date=shown.naming.day(now.until))
    below = " · ".join(part for part in (snapshot.community, _against(shown, number, since), filters) if part)
    shapes, top = frame.heading(title, below, width, snapshot.simulated)
    found = change(shown, number, since)
    drawn, thinned = _drawn(shown, found)
    lines = _notes(shown, thinned)
    foot, tall = frame.notes(0.0, 0.0, lines, width - 2 * frame.MARGIN)
    legend, low = frame.legend(0.0, 0.0, _legend(shown), width - 2 * frame.MARGIN)
    bottom = max(height - tall - low - 24, top + 160)
    at = _placed(shown.place, (frame.MARGIN + 8, top, width - frame.MARGIN - 8, bottom - 12))
    shapes += _ties(found, drawn, at)
    shapes += _people(shown, now, at)
    shapes += [frame.moved(shape, frame.MARGIN, bottom + 14) for shape in legend]
    shapes += [frame.moved(shape, frame.MARGIN, bottom + low + 20) for shape in foot]
    table = tuple(changes.summary(shown.naming, found))
    return Drawing(width=width, height=bottom + low + tall + 24, title=title, shapes=tuple(shapes), table=table)


def _against(shown: Stage, number: int, since: int | None) -> str:
    before = since if since is not None else number - 1
    if before < 0 or before == number:
        return _("the first period")
    return _("against {date}").format(date=shown.naming.day(shown.frames[before].until))


def _drawn(shown: Stage, found: Changes) -> tuple[Bools, int]:
    """Which pairs are drawn, and how many are not because there are too many."""
    there = ~np.isnan(shown.place[:, 0])
    keep = there[found.i] & there[found.j] if len(found) else np.zeros(0, np.bool_)
    over = int(keep.sum()) - MOST_TIES
    if over > 0:
        r = np.where(keep, np.maximum(found.before, found.after), -1.0)
        keep[np.argsort(-r, kind="stable")[MOST_TIES:]] = False
    return keep, max(over, 0)


def _placed(place: Floats, box: tuple[float, float, float, float]) -> Floats:
    return np.asarray(np.array(box[:2]) + place * (np.array(box[2:]) - np.array(box[:2])), np.float64)


def _ties(found: Changes, drawn: Bools, at: Floats) -> list[drawing.Shape]:
    """Kept ties at the bottom, then lost, then new ones."""
    shapes: list[drawing.Shape] = []
    looks = {changes.KEPT: ("edge/50", 1.0, ()), changes.LOST: ("not_yet/70", 1.2, (4.0, 4.0)), changes.NEW: ("accent", 2.0, ())}
    fate = changes.fates(found)
    for wanted, (stroke, line, dash) in looks.items():
        for k in np.flatnonzero(drawn).tolist():
            if fate[k] == wanted:
                wide = line + (1.2 if found.after[k] >= 0.5 else 0.0)
                (x, y), (far_x, far_y) = at[found.i[k]].tolist(), at[found.j[k]].tolist()
                shapes.append(drawing.Path(points=((x, y), (far_x, far_y)), stroke=stroke, line=wide, dash=dash))
    return shapes


def _people(shown: Stage, now: Frame, at: Floats) -> list[drawing.Shape]:
    """Everybody alike; who was not there yet as a ring."""
    rows = np.flatnonzero(~np.isnan(shown.place[:, 0]))
    radius = float(np.clip(90.0 / np.sqrt(max(len(rows), 1)), 1.6, 6.0))
    shapes: list[drawing.Shape] = []
    for row in rows.tolist():
        colour, (x, y) = palette.unit(int(shown.rank[row])), at[row].tolist()
        tip, target = shown.naming.person(row), shown.naming.target(row)
        if now.here[row]:
            shapes.append(drawing.Circle(x=x, y=y, radius=radius, fill=colour, stroke="surface", line=0.8, tip=tip, target=target))
        else:
            shapes.append(drawing.Circle(x=x, y=y, radius=radius * 0.7, stroke=colour, line=0.8, tip=tip, target=target))
    return shapes


def _legend(shown: Stage) -> list[tuple[list[drawing.Shape], str]]:
    def dot(colour: str) -> list[drawing.Shape]:
        return [drawing.Circle(x=0, y=0, radius=5, fill=colour)]

    def dash(stroke: str, line: float, dash: tuple[float, ...] = ()) -> list[drawing.Shape]:
        return [drawing.Path(points=((-8, 0), (8, 0)), stroke=stroke, line=line, dash=dash)]

    keys: list[tuple[list[drawing.Shape], str]] = [
        (dash("accent", 2.2), _("new tie")), (dash("not_yet/70", 1.2, (4.0, 4.0)), _("lost tie")), (dash("edge/50", 1.2), _("kept tie")),
        (dash("edge/50", 3.0), _("thicker: a strong tie")), ([drawing.Circle(x=0, y=0, radius=4, stroke="unit0", line=1.0)], _("ring: not there yet")),
    ]  # fmt: skip
    keys += [(dot(palette.unit(rank)), name) for rank, name in enumerate(shown.units[: palette.UNITS])]
    more = len(shown.units) - palette.UNITS
    rest = _("not known, or fewer than 5 people")
    if more > 0:
        rest = ngettext("{n} more department", "{n} more departments", more).format(n=more) + ", " + rest
    return [*keys, (dot("unit0"), rest)]


def _notes(shown: Stage, thinned: int) -> list[str]:
    """What is not drawn, counted, and how it was made."""
    lines = []
    if not shown.naming.enough:
        return [_("Ties are not shown: the community has fewer than five people.")]
    if shown.small:
        lines.append(ngettext("{n} person in a circle under five people is not drawn.", "{n} people in circles under five people are not drawn.", shown.small)
                     .format(n=wording.count(shown.small)))  # fmt: skip
    if shown.alone:
        lines.append(ngettext("{n} person without a tie in any period is not drawn.", "{n} people without a tie in any period are not drawn.", shown.alone)
                     .format(n=wording.count(shown.alone)))  # fmt: skip
    if thinned:
        lines.append(ngettext("{n} tie, the weakest, is not drawn.", "{n} ties, the weakest, are not drawn.", thinned).format(n=wording.count(thinned)))
    method = _("Trust (R) is estimated from exchange up to that day; a tie is R ≥ {edge}. People keep their place: they were laid out once, on all periods.")
    return [" ".join(lines), method.format(edge=wording.decimal(shown.at_least))] if lines else [method.format(edge=wording.decimal(shown.at_least))]
