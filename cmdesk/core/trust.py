"""Relational trust R between two persons, estimated from how they turned to each other (docs/goal-model.md §4.1)."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from cmdesk.core.events import Events, Kind, events, pack
from cmdesk.core.snapshot import Bools, Floats, Index, Ints, Lists

if TYPE_CHECKING:
    from cmdesk.core.snapshot import Snapshot

__all__ = ["STRONG", "TIE", "Events", "Kind", "Trust", "events", "relational"]

TIE = 0.20
"""A tie: R at least this."""
STRONG = 0.50
"""A strong tie: R at least this, and balanced."""

KAPPA = 2.0
"""κ: the evidence S at which f(S) is a half."""
BALANCED = 0.10
NEIGHBOUR = 0.05
"""Neighbours in emb: pairs with S at least this."""
BETA = (0.30, 0.40, 0.20, 0.10)
"""β of evidence alone, balance, embeddedness, multiplexity."""
_CHUNK = 4_000_000  # bytes of adjacency, and common-neighbour look-ups, at a time


@dataclass(frozen=True, eq=False)
class Trust:
    """One row a pair of persons (rows of `people`, i < j) with S > 0, sorted by (i, j); symbols as in §4.1. `contexts` is the number of
    groups in which the two met. `persons` is the number of rows of `people`."""

    persons: int
    i: Index
    j: Index
    s_ij: Floats
    s_ji: Floats
    S: Floats
    f: Floats
    bal: Floats
    emb: Floats
    mul: Floats
    r: Floats
    contexts: Index

    def __len__(self) -> int:
        return len(self.i)

    @cached_property
    def tie(self) -> Bools:
        """Which pairs have a tie."""
        return np.asarray(self.r >= TIE)

    @cached_property
    def strong(self) -> Bools:
        """Which pairs have a strong tie."""
        return np.asarray((self.r >= STRONG) & (self.bal >= BALANCED))

    @cached_property
    def _ties(self) -> Trust:
        return self.only(self.tie)

    def ties(self) -> Trust:
        """The pairs with R ≥ .20 only."""
        return self._ties

    def only(self, rows: Bools | Index | Ints) -> Trust:
        """These pairs only."""
        return replace(self, **{column.name: getattr(self, column.name)[rows] for column in fields(self) if column.name != "persons"})

    @cached_property
    def _sides(self) -> tuple[Ints, Index, Index]:
        end, other = np.concatenate([self.i, self.j]), np.concatenate([self.j, self.i])
        order = np.argsort(pack((end, self.persons), (other, self.persons)))
        start = np.zeros(self.persons + 1, np.int64)
        np.cumsum(np.bincount(end, minlength=self.persons), out=start[1:])
        return start, other[order], (order % max(len(self), 1)).astype(np.int32)

    @property
    def others(self) -> Lists:
        """For each person the other ends of its pairs, in rising order."""
        return Lists(self._sides[0], self._sides[1])

    @property
    def pairs(self) -> Lists:
        """For each person the rows of its pairs, in the order of `others`."""
        return Lists(self._sides[0], self._sides[2])

    def within(self, members: Index | Ints) -> Trust:
        """The pairs of which both persons are among `members`; costs only what these persons' pairs cost."""
        rows = self.pairs.take(members).items
        inside = np.zeros(self.persons, np.bool_)
        inside[members] = True
        return self.only(np.unique(rows[inside[self.i[rows]] & inside[self.j[rows]]]))


def relational(snapshot: Snapshot) -> Trust:
    """R of every pair with S > 0 over the whole community, at T, with the snapshot's half-life."""
    return of_events(snapshot, snapshot.events)


def of_events(snapshot: Snapshot, happened: Events) -> Trust:
    """R of every pair with S > 0, from these events of the snapshot only."""
    persons = len(snapshot.people)
    i, j, forth, back, contexts = sums(happened, persons, len(snapshot.groups), snapshot.until, snapshot.half_life)
    total = forth + back
    some = total > 0
    i, j, contexts, forth, back, total = i[some], j[some], contexts[some], forth[some], back[some], total[some]
    return made(persons, i, j, forth, back, contexts, overlap(i, j, total >= NEIGHBOUR, persons))


def made(persons: int, i: Index, j: Index, forth: Floats, back: Floats, contexts: Index, emb: Floats) -> Trust:
    """R of sorted pairs from their sums, contexts and overlap."""
    total = forth + back
    f = total / (total + KAPPA)
    bal = 2 * np.minimum(forth, back) / total
    mul = np.clip((contexts - 1) / 2, 0.0, 1.0)
    alone, balance, embedded, multiplex = BETA
    r = f * (alone + balance * bal + embedded * emb + multiplex * mul)
    return Trust(persons, i, j, forth, back, total, f, bal, emb, mul, r, contexts)


def sums(happened: Events, persons: int, groups: int, until: int, half_life: float) -> tuple[Index, Index, Floats, Floats, Index]:
    """Sorted pairs (i, j), s(i→j), s(j→i) and the number of groups where they met."""
    none, nothing = np.zeros(0, np.int32), np.zeros(0, np.float64)
    if not len(happened):
        return none, none, nothing, nothing, none
    low, high = np.minimum(happened.actor, happened.target), np.maximum(happened.actor, happened.target)
    order = np.argsort(pack((low, persons), (high, persons), (happened.group, groups)))
    low, high, group, forward = low[order], high[order], happened.group[order], (happened.actor < happened.target)[order]
    new_pair = np.ones(len(order), np.bool_)
    new_pair[1:] = (low[1:] != low[:-1]) | (high[1:] != high[:-1])
    new_group = new_pair.copy()
    new_group[1:] |= group[1:] != group[:-1]
    begin = np.flatnonzero(new_pair)
    weight = happened.weights(until, half_life)[order]
    together = (happened.kind == Kind.TOGETHER)[order]
    forth = np.add.reduceat(np.where(forward | together, weight, 0.0), begin)
    back = np.add.reduceat(np.where(forward & ~together, 0.0, weight), begin)
    return low[begin], high[begin], forth, back, np.add.reduceat(new_group, begin, dtype=np.int32)


def overlap(i: Index, j: Index, near: Bools, persons: int, rows: Ints | None = None) -> Floats:
    """O_ij, the share of the two persons' other neighbours that they have in common; neighbours are pairs with S ≥ .05. (k_i − 1) +
    (k_j − 1) in §3 leaves out i and j themselves; where they are no neighbours there is nothing to leave out. `rows`: of these pairs only."""
    if rows is not None:
        asked = np.zeros(persons, np.bool_)
        asked[i[rows]], asked[j[rows]] = True, True
        close = near & (asked[i] | asked[j])  # whole lists of the persons asked for
    else:
        close = near
    end, other = np.concatenate([i[close], j[close]]), np.concatenate([j[close], i[close]])
    order = np.argsort(pack((end, persons), (other, persons)))
    degree = np.bincount(end, minlength=persons)
    start = np.zeros(persons + 1, np.int64)
    np.cumsum(degree, out=start[1:])
    if rows is not None:
        i, j, near = i[rows], j[rows], near[rows]
    common = _common(i, j, Lists(start, other[order]))
    either = degree[i] + degree[j] - 2 * near - common
    return np.divide(common, either, out=np.zeros(len(i)), where=either > 0)


def _common(i: Index, j: Index, neighbours: Lists) -> Ints:
    """The number of common neighbours of each pair: the shorter list is looked up in a table of the other person's neighbours. Tables
    are made for a block of persons at a time, so that memory stays flat."""
    degree, persons = np.diff(neighbours.start), len(neighbours)
    swap = degree[i] > degree[j]
    few, many = np.where(swap, j, i), np.where(swap, i, j)
    height = max(_CHUNK // max(persons, 1), 1)
    order = np.argsort(pack((many // height, persons), (degree[few], persons)))
    few, many = few[order], many[order]
    size, block = degree[few], many // height
    result = np.zeros(len(i), np.int64)
    table = np.zeros((height, persons), np.bool_)
    edges = np.flatnonzero(np.diff(block, prepend=-1)).tolist()
    for begin, end in pairwise([*edges, len(order)]):
        low = int(block[begin]) * height
        listed = neighbours.take(np.arange(low, min(low + height, persons)))
        place = np.repeat(np.arange(len(listed)), np.diff(listed.start)), listed.items
        table[place] = True
        counts = _looked_up(
            table.ravel(), (many[begin:end] - low) * persons, neighbours.start[few[begin:end]], size[begin:end], neighbours.items
        )
        result[order[begin:end]] = counts
        table[place] = False
    return result


def _looked_up(table: Bools, line: Ints, start: Ints, size: Ints, items: Index) -> Ints:
    """How many of each pair's `size` items from `start` are marked in its line of `table`. Pairs come by rising size: equal sizes make
    a rectangle, which is much faster than ragged lists."""
    counts = np.zeros(len(line), np.int64)
    edges = np.flatnonzero(np.diff(size, prepend=0)).tolist()
    for begin, end in pairwise([*edges, len(size)]):  # none where all lists are empty
        width = int(size[begin])
        step = max(_CHUNK // 8 // width, 1)
        for low in range(begin, end, step):
            part = slice(low, min(low + step, end))
            found = items[start[part, None] + np.arange(width)]
            counts[part] = np.count_nonzero(table[line[part, None] + found], axis=1)
    return counts
