"""Arrows on the position chart: from where a group stood in an earlier assessment to where it stands now."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

from cmdesk.core.drawing import Path, Shape
from cmdesk.core.reports import GroupLine, Report
from cmdesk.core.text import _
from cmdesk.core.wording import decimal

_SHORTEST, _HEAD = 10.0, 6.0
"""Pixels: a shorter move is no arrow; the length of an arrow's head."""

Place = Callable[[float, float], tuple[float, float]]
"""(people, value) → where that is in the picture."""


def earlier(before: Report, *, competence: bool) -> dict[int, tuple[int, float]]:
    """Group id → (people, value) in an earlier report; hidden groups are not in it."""
    found = {}
    for line in before.groups:
        value = line.competence if competence else line.density
        if not line.hidden and line.people and value is not None:
            found[line.id] = (line.people, value)
    return found


def arrows(shown: Sequence[tuple[GroupLine, float]], before: Report, place: Place, radius: float, *, competence: bool) -> list[Shape]:
    """An arrow for each of `shown` (group, value) that moved; it ends at the edge of its dot."""
    known, shapes = earlier(before, competence=competence), list[Shape]()
    for line, value in shown:
        if line.id not in known or not line.people:
            continue
        people, was = known[line.id]
        (x0, y0), (x1, y1) = place(people, was), place(line.people, value)
        long = math.hypot(x1 - x0, y1 - y0)
        if long < _SHORTEST + radius:
            continue
        tip = _("{group}: on {day} {people} people, {value}").format(group=line.path, day=before.as_of, people=people, value=decimal(was))
        shapes += _arrow((x0, y0), (x1, y1), long, radius, tip)
    return shapes


def _arrow(start: tuple[float, float], end: tuple[float, float], long: float, radius: float, tip: str) -> list[Shape]:
    across, down = (end[0] - start[0]) / long, (end[1] - start[1]) / long
    x, y = end[0] - across * (radius + 2), end[1] - down * (radius + 2)
    back, side = (x - across * _HEAD, y - down * _HEAD), (-down * _HEAD / 2, across * _HEAD / 2)
    head = ((x, y), (back[0] + side[0], back[1] + side[1]), (back[0] - side[0], back[1] - side[1]))
    return [Path(points=(start, back), stroke="accent/70", line=1.5, tip=tip), Path(points=head, stroke="accent", fill="accent", closed=True, tip=tip)]
