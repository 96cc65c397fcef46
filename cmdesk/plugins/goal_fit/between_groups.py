"""Mixing where the border is not the unit but the group: internal is a tie of two who share any group besides the one that is measured."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from cmdesk.api import Measure, Progress, Snapshot, _

from .across import mixing
from .facts import Bools, Facts, Index, Ints, Lists, distinct
from .measures import guarded, missing
from .ties import ties

_PAIRS = 4_000_000  # pairs that are listed at a time; larger groups are gone through person by person


def mix_group(snapshot: Snapshot, groups: Sequence[int], progress: Progress) -> list[Measure]:
    """Mixing across groups: a tie is internal where both share any group other than this one and those around it."""

    def one(shared: Facts, group: int) -> Measure:
        found = ties(shared, group)
        if not len(found):
            return missing(_("There is no tie among its active members yet; import more channels or a longer period."))
        meeting = Meeting(snapshot, group, found.persons)
        if not len(meeting.place):
            return missing(_("Its members share no group inside or beside this one; import the groups and who is in them."))
        internal = int(meeting.together(found.a, found.b).sum())
        pairs = found.n * (found.n - 1) // 2
        return Measure(mixing(len(found) - internal, internal, pairs - meeting.pairs(), pairs), n=len(found))

    return guarded(snapshot, groups, one, least=2)


class Meeting:
    """Which of `persons` (rows of people, rising) share a group, leaving out `group` and those around it. `place` are places in `persons`, a row
    for each person and group, sorted by group; groups with one of them are left out."""

    def __init__(self, snapshot: Snapshot, group: int, persons: Index) -> None:
        self.n = len(persons)
        where = np.full(len(snapshot.people), -1)
        where[persons] = np.arange(self.n)
        roster = snapshot.groups.roster
        owner, place = np.repeat(np.arange(len(roster)), np.diff(roster.start)), where[roster.items]
        kept = (place >= 0) & ~np.isin(owner, _around(snapshot, group))
        kept &= (np.bincount(owner[kept], minlength=len(roster)) > 1)[owner]
        self.place, self._owner = place[kept], owner[kept]
        self._start = np.flatnonzero(np.diff(self._owner, prepend=-1))
        self._size = np.diff(np.append(self._start, len(self.place)))

    def together(self, a: Index, b: Index) -> Bools:
        """For each pair of places whether they share a group."""
        order = np.argsort(self.place, kind="stable")
        mine = Lists(np.searchsorted(self.place[order], np.arange(self.n + 1)), self._owner[order].astype(np.int32))
        width = int(self._owner.max()) + 1
        of_a, of_b = (_keys(mine.take(side), width) for side in (a, b))
        shared = np.zeros(len(a), np.bool_)
        both = np.sort(np.concatenate([of_a, of_b]))
        shared[both[1:][both[1:] == both[:-1]] // width] = True
        return shared

    def pairs(self) -> int:
        """How many pairs share a group."""
        if (self._size == self.n).any():
            return self.n * (self.n - 1) // 2
        if (self._size * (self._size - 1) // 2).sum() <= _PAIRS:
            keys = [self._pairs_of(start, size) for start, size in zip(self._start.tolist(), self._size.tolist(), strict=True)]
            return len(distinct(np.concatenate(keys)))
        return self._one_by_one()

    def _pairs_of(self, start: int, size: int) -> Ints:
        here = self.place[start : start + size]
        a, b = np.triu_indices(size, 1)
        return np.asarray(here[a] * self.n + here[b], np.int64)

    def _one_by_one(self) -> int:
        order = np.argsort(self.place, kind="stable")
        begin = np.searchsorted(self.place[order], np.arange(self.n + 1))
        which = np.repeat(np.arange(len(self._start)), self._size)[order]
        total = 0
        for person in range(self.n):
            met = np.zeros(self.n, np.bool_)
            for k in which[begin[person] : begin[person + 1]].tolist():
                met[self.place[self._start[k] : self._start[k] + self._size[k]]] = True
            total += int(met[person + 1 :].sum())
        return total


def _keys(lists: Lists, width: int) -> Ints:
    return np.repeat(np.arange(len(lists)), np.diff(lists.start)) * width + lists.items


def _around(snapshot: Snapshot, group: int) -> list[int]:
    """The root, the group and those that it lies in."""
    found, above = [0, group], int(snapshot.groups.parent[group])
    while above > 0 and above not in found:
        found.append(above)
        above = int(snapshot.groups.parent[above])
    return found
