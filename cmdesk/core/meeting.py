"""Who can see whom: persons who share a group, or posted in one thread in W (docs/goal-model.md §4.2, vis)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np

from cmdesk.core.events import pack
from cmdesk.core.snapshot import Bools, Index, Ints, Lists, distinct

if TYPE_CHECKING:
    from cmdesk.core.snapshot import Snapshot

_CHUNK = 8_000_000  # cells of a table at a time


class Meetings:
    """The shared groups and threads of a snapshot. The root group counts for nothing: to be in the community is no meeting."""

    def __init__(self, snapshot: Snapshot, in_thread: Lists, threads_of: Lists) -> None:
        self._width, self._in_thread, self._threads_of = len(snapshot.people), in_thread, threads_of
        roster = snapshot.groups.roster
        owner = np.repeat(np.arange(len(roster)), np.diff(roster.start))
        marks = np.zeros((len(roster), self._width), np.bool_)
        marks[owner, roster.items] = True
        self._rosters = np.packbits(marks, axis=1)
        self._groups_of = listed(roster.items[owner > 0], owner[owner > 0], self._width)

    @classmethod
    def of(cls, snapshot: Snapshot) -> Meetings:
        """Those of a snapshot. Who wrote in a thread stays so when people leave."""
        if snapshot.parted and "competence" in snapshot.parted.whole.__dict__:
            known = snapshot.parted.whole.competence.meetings
            return cls(snapshot, known._in_thread, known._threads_of)
        posts, width = snapshot.posts, len(snapshot.people)
        rows = np.flatnonzero((posts.at > snapshot.since) & (posts.author >= 0))
        pairs = distinct(pack((posts.thread[rows], posts.threads), (posts.author[rows], width)))
        thread, person = pairs // max(width, 1), pairs % max(width, 1)
        return cls(snapshot, listed(thread, person, posts.threads), listed(person, thread, width))

    def in_one_group(self, members: Index | Ints) -> bool:
        """Whether one group holds all `members`."""
        held = self._groups_of.take(members).items
        return bool(len(held)) and int(np.bincount(held).max()) == len(members)

    def tables(self, persons: Index | Ints) -> Iterator[tuple[slice, Bools]]:
        """For a part of `persons` at a time: which people (columns) each of them (rows) meets, itself included."""
        step = max(_CHUNK // max(self._width, 1), 1)
        for low in range(0, len(persons), step):
            part = slice(low, min(low + step, len(persons)))
            yield part, self._table(persons[part])

    def _table(self, persons: Index | Ints) -> Bools:
        groups = self._groups_of.take(persons)
        bits = np.zeros((len(persons), self._rosters.shape[1]), np.uint8)
        some = np.flatnonzero(np.diff(groups.start))
        if len(some):
            bits[some] = np.bitwise_or.reduceat(self._rosters[groups.items], groups.start[some], axis=0)
        table = np.unpackbits(bits, axis=1, count=self._width).view(np.bool_)
        threads = self._threads_of.take(persons)
        company = self._in_thread.take(threads.items)
        row = np.repeat(np.arange(len(persons)), np.diff(threads.start))
        table[np.repeat(row, np.diff(company.start)), company.items] = True
        table[np.arange(len(persons)), persons] = True
        return table


def listed(owner: Index | Ints, item: Index | Ints, owners: int) -> Lists:
    """The items of each owner, in the order in which they come."""
    order = np.argsort(owner, kind="stable")
    start = np.zeros(owners + 1, np.int64)
    np.cumsum(np.bincount(owner, minlength=owners), out=start[1:])
    return Lists(start, item[order].astype(np.int32))
