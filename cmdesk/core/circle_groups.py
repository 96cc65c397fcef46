"""Circles judged like groups: as if each were a group without a channel, inside whichever groups hold all of it (docs/goal-model.md §4.4, §4.5)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from cmdesk.core import circles, what_if
from cmdesk.core.activity import activity
from cmdesk.core.contributions import Assessor
from cmdesk.core.progress import Progress
from cmdesk.core.reports import CircleLine
from cmdesk.core.scoring import FITS
from cmdesk.core.snapshot import Index, Snapshot
from cmdesk.core.text import _
from cmdesk.core.visibility import HIDDEN_BELOW

SAME = 0.5
"""A group that shares more than this of its members with a circle is that circle already."""


@dataclass(frozen=True, eq=False)
class Judged:
    """A circle (rows of people) by its number, with the goals that its structure fits. `hidden`: too few of its people are active to tell."""

    number: int
    members: Index
    fits: frozenset[str]
    hidden: bool


def judged(snapshot: Snapshot, assessor: Assessor, goals: Sequence[str], options: Any, progress: Progress) -> tuple[Judged, ...]:
    """Every circle of the community, numbered from the largest."""
    progress.step(_("Finding circles"))
    found = circles.circles(snapshot, progress=progress)
    if not found:
        return ()
    first = len(snapshot.groups)
    other = what_if.with_groups(snapshot, [(f"circle {k + 1}", members) for k, members in enumerate(found)])
    rows = range(first, first + len(found))
    fits: dict[int, set[str]] = {row: set() for row in rows}
    for score in assessor.assess(other, rows, goals, options, progress):
        if score.verdict == FITS:
            fits[score.group].add(score.goal)
    active = activity(other).members
    return tuple(
        Judged(k + 1, members, frozenset(fits[first + k]), len(active[first + k]) < HIDDEN_BELOW) for k, members in enumerate(found)
    )


def inside(snapshot: Snapshot, group: int, found: Sequence[Judged]) -> list[Judged]:
    """The circles that lie in `group` whole and that are not, but for a few people, that group or a group inside it."""
    roster = snapshot.groups.roster[group]
    member = np.zeros(len(snapshot.people), np.bool_)
    member[roster] = True
    within = [circle for circle in found if member[circle.members].all()]
    known = [snapshot.groups.roster[inner] for inner in snapshot.groups.inside[group].tolist()]
    return [circle for circle in within if not any(_alike(circle.members, other) for other in known)]


def _alike(one: Index, other: Index) -> bool:
    if not len(one) * SAME <= len(other) <= len(one) / SAME:
        return False
    common = len(np.intersect1d(one, other, assume_unique=True))
    return common > SAME * (len(one) + len(other) - common)


def rows(snapshot: Snapshot, found: Sequence[Judged]) -> list[tuple[CircleLine, list[str]]]:
    """What is stored of each circle: its line, and the platform keys of its members."""
    groups = snapshot.groups
    whole = [set(groups.roster[row].tolist()) for row in range(len(groups))] if found else []
    lines = []
    for circle in found:
        members = set(circle.members.tolist())
        holds = tuple(int(groups.id[row]) for row, roster in enumerate(whole) if members <= roster)
        people = None if circle.hidden else len(members)
        line = CircleLine(number=circle.number, people=people, fits=tuple(sorted(circle.fits)) if people else (), groups=holds)
        lines.append((line, [snapshot.people.ref[row] for row in sorted(members)]))
    return lines
