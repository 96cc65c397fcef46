"""What the viewer knows of a snapshot and a kind of trust: ties, circles, places, the groups people belong to. Made once in a job; a Scene is cut from
it whenever a filter or a colour changes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import numpy as np

from cmdesk.api import Progress, _, arrangement, circles, suppression, visibility

from . import strengths
from .choice import Choice
from .strengths import Ties

if TYPE_CHECKING:
    from cmdesk.api import Floats, Index, Snapshot, arrangement as _arrangement

TIE = {"relational": 0.2, "competence": 0.2, "asked": 0.0}
"""From which weight on a pair counts for circles."""
_FLAT = 0.02


@dataclass(frozen=True, eq=False)
class Facts:
    """`every`: all ties of the kind `trust`; `found`: circles and their places, from ties ≥ TIE; `unit` numbers departments by size (−1: not known, or
    fewer than five people) and `units` names them; `group` is the row of the group that a person wrote in most (−1: none that may be shown); `free`: places of the
    free layout once it is worked out; `roles` and `verdicts` by the ids of members and groups."""

    snapshot: Snapshot
    choice: Choice
    trust: str
    every: Ties
    found: _arrangement.Arrangement
    unit: Index
    units: tuple[str, ...]
    group: Index
    roles: Mapping[int, str] = field(default_factory=dict)
    verdicts: Mapping[int, str] = field(default_factory=dict)
    free: Floats | None = None

    @property
    def persons(self) -> int:
        """Number of rows of people."""
        return len(self.snapshot.people)

    def fits(self, choice: Choice) -> bool:
        """True if these facts serve that choice too."""
        mine, other = self.choice, choice
        return (mine.kinds, mine.relations, mine.overlay, self.trust) == (other.kinds, other.relations, other.overlay, strengths.trust_of(self.snapshot, other))


def gather(
    snapshot: Snapshot, choice: Choice, progress: Progress, *, roles: Mapping[int, str] | None = None, verdicts: Mapping[int, str] | None = None
) -> Facts:
    """All of it; asks the helper process for circles."""
    trust = strengths.trust_of(snapshot, choice)
    progress.step(_("Estimating trust"))
    every = strengths.of(snapshot, choice)
    progress.check()
    progress.step(_("Finding circles"))
    base = every.only(every.weight >= TIE.get(trust, 0.0))
    label = circles.containers_of(base.i, base.j, base.weight, len(snapshot.people), progress=progress)
    unit, units = departments(snapshot)
    progress.step(_("Placing circles"))
    found = arrangement.arrange(label, unit, base.i, base.j, base.weight)
    return Facts(snapshot, choice, trust, every, found, unit, units, main_groups(snapshot), roles or {}, verdicts or {})


def set_free(facts: Facts, progress: Progress) -> Facts:
    """The same with the free layout: people with many contacts in common attract each other most, so that neighbours in trust become neighbours on the
    map; starts from the circle map."""
    progress.step(_("Placing people"))
    drawn = np.isfinite(facts.found.place[:, 0])
    ties = facts.every.only((facts.every.weight >= TIE.get(facts.trust, 0.0)) & drawn[facts.every.i] & drawn[facts.every.j])
    rows = np.flatnonzero(drawn).astype(np.int32)
    number = np.full(facts.persons, -1, np.int32)
    number[rows] = np.arange(len(rows))
    place = np.full((facts.persons, 2), np.nan)
    if len(rows):
        i, j = number[ties.i], number[ties.j]
        start = facts.found.place[rows] - facts.found.place[rows].mean(axis=0)
        found = circles.layout(i, j, pulls(i, j, ties.weight, len(rows)), len(rows), start=start, progress=progress)
        place[rows] = spread(found) * np.sqrt(len(rows) / np.pi) * 1.7
    return replace(facts, free=place)


def pulls(i: Index, j: Index, weight: Floats, persons: int) -> Floats:
    """How strongly the ends of each tie attract: its weight times the third power of the share of contacts in common (Onnela's overlap), as a part of
    what pulls at either end, so that nobody with few ties drifts off."""
    from cmdesk.api import trust

    if not len(i):
        return np.empty(0)
    order = np.lexsort((j, i))
    shared = np.empty(len(i))
    shared[order] = trust.overlap(i[order], j[order], np.ones(len(i), np.bool_), persons)
    found = weight * (_FLAT + shared) ** 3
    every = np.bincount(i, found, minlength=persons) + np.bincount(j, found, minlength=persons)
    found = found / every[i] + found / every[j]
    return np.asarray(found / max(float(found.mean()), 1e-12))


def spread(place: Floats) -> Floats:
    """The same directions from the middle, with people spread evenly over a disc of radius 1: forces alone leave a lump and a far rim."""
    middle = place - np.median(place, axis=0)
    far = np.hypot(middle[:, 0], middle[:, 1])
    even = np.sqrt((far.argsort(kind="stable").argsort(kind="stable") + 0.5) / max(len(far), 1))
    return np.asarray(middle / np.maximum(far, 1e-9)[:, None] * even[:, None])


def departments(snapshot: Snapshot) -> tuple[Index, tuple[str, ...]]:
    """Each person's department numbered by size, and their names; those of fewer than five people are not told apart (−1)."""
    people = snapshot.people
    count = np.bincount(people.unit[(people.unit >= 0) & people.counted], minlength=len(people.unit_names))
    order = [k for k in np.argsort(-count, kind="stable").tolist() if count[k] >= visibility.HIDDEN_BELOW]
    rank = np.full(len(people.unit_names) + 1, -1, np.int32)
    rank[order] = np.arange(len(order))
    return rank[people.unit], tuple(people.unit_names[k] for k in order)


def main_groups(snapshot: Snapshot) -> Index:
    """The group (never the whole) in which each person wrote most, else the first that lists them; −1 for none, or one that is hidden."""
    people, groups, posts = len(snapshot.people), len(snapshot.groups), snapshot.posts
    found = np.full(people, -1, np.int32)
    for row in range(groups - 1, 0, -1):
        found[snapshot.groups.roster[row]] = row
    if len(posts):
        key, count = np.unique(posts.author.astype(np.int64) * groups + posts.group, return_counts=True)
        author, group = np.divmod(key, groups)
        order = np.lexsort((-group, count))
        order = order[group[order] > 0]
        found[author[order]] = group[order]
    hidden = np.array([bool(why) for why in suppression.reasons(snapshot)] + [True])
    return np.where(hidden[found], -1, found).astype(np.int32)
