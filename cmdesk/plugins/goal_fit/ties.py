"""Trust among the active members of a group, and from them to the outside, as arrays (docs/goal-model.md §4.1, §4.6)."""

from __future__ import annotations

from functools import cached_property
from typing import Any

import numpy as np

from cmdesk.api import trust

from .facts import Bools, Facts, Floats, Index, Ints, Lists

TIE, STRONG = trust.TIE, trust.STRONG
WEAK_FROM = 0.05


class Neighbours:
    """Every pair of people with R > 0 seen from each of its two persons; those of person k, with the persons `other` and the rows `pair` of
    trust, are at `of[k]`."""

    def __init__(self, shared: Facts) -> None:
        self._trust = shared.snapshot.trust
        self.pair, self.other = self._trust.pairs.items, self._trust.others.items
        self.of = Lists(self._trust.pairs.start, np.arange(len(self.pair), dtype=np.int32))

    def rows(self, persons: Index) -> tuple[Index, Index]:
        """Rows of all pairs of `persons`, and from which of them each is seen."""
        found = self.of.take(persons)
        return found.items, np.repeat(persons, np.diff(found.start)).astype(np.int32)

    def r(self, rows: Index) -> Floats:
        """R of these rows."""
        return self._trust.r[self.pair[rows]]

    def strong(self, rows: Index) -> Bools:
        """Which of these rows are strong ties."""
        return self._trust.strong[self.pair[rows]]


class Ties:
    """Trust among `persons` (rows of people, rising). `pair_a` < `pair_b` are places in `persons`, `pair_r` > 0 their trust; `a`, `b` and `r` are
    those of ties only, `strong` says which of the ties are strong."""

    def __init__(self, persons: Index, a: Index, b: Index, r: Floats, strong: Bools) -> None:
        self.persons = persons
        self.n = len(persons)
        self.pair_a, self.pair_b, self.pair_r = a, b, r
        tie = r >= TIE
        self.a, self.b, self.r, self.strong = a[tie], b[tie], r[tie], strong[tie]

    def __len__(self) -> int:
        return len(self.a)

    @cached_property
    def degree(self) -> Ints:
        """Ties of each person."""
        return count(self.n, self.a, self.b)

    @cached_property
    def strong_degree(self) -> Ints:
        """Strong ties of each person."""
        return count(self.n, self.a[self.strong], self.b[self.strong])

    @cached_property
    def shared_contacts(self) -> Ints:
        """For each tie, how many persons have a tie to both."""
        return triangles(self.n, self.a, self.b)


def count(n: int, a: Index, b: Index) -> Ints:
    """How often each of n persons stands in a or b."""
    return np.bincount(a, minlength=n) + np.bincount(b, minlength=n)


def neighbours(shared: Facts) -> Neighbours:
    """All pairs, made once."""
    found: Neighbours = _kept(shared, "neighbours", lambda: Neighbours(shared))
    return found


def ties(shared: Facts, group: int) -> Ties:
    """Trust among the active members of `group`, wherever they meet; made once."""
    found: Ties = _kept(shared, f"ties {group}", lambda: among(shared, shared.active(group)))
    return found


def among(shared: Facts, persons: Index) -> Ties:
    """Trust among `persons` (rising rows of people)."""
    near = neighbours(shared)
    rows, a, b = pairs_among(shared, persons)
    return Ties(persons, a, b, near.r(rows), near.strong(rows))


def pairs_among(shared: Facts, persons: Index) -> tuple[Index, Index, Index]:
    """Rows of `neighbours` with both persons among `persons` (rising rows of people), each pair once, and the two places in `persons`."""
    near = neighbours(shared)
    place = np.full(shared.people, -1, np.int32)
    place[persons] = np.arange(len(persons))
    rows, first = near.rows(persons)
    inside = (near.other[rows] > first) & (place[near.other[rows]] >= 0)
    rows = rows[inside]
    return rows, place[first[inside]], place[near.other[rows]]


class Outward:
    """Pairs with R ≥ .05 from active members of a group to persons who are not in it: `member` and `other` are rows of people; `closed`: a tie
    of which somebody, in the group or not, has a tie to both."""

    def __init__(self, shared: Facts, group: int) -> None:
        near = neighbours(shared)
        rows, first = near.rows(shared.active(group))
        outside = ~shared.is_member(group)[near.other[rows]] & (near.r(rows) >= WEAK_FROM)
        rows = rows[outside]
        self.member, self.other, self.r = first[outside], near.other[rows], near.r(rows)
        self._pair, self._shared = near.pair[rows], shared

    @cached_property
    def closed(self) -> Bools:
        """See the class."""
        everywhere: Bools = _kept(self._shared, "closed", lambda: _closed(self._shared))
        return everywhere[self._pair]


def _closed(shared: Facts) -> Bools:
    """For each pair of the community whether it is a tie with a common contact."""
    found = shared.snapshot.trust
    closed = np.zeros(len(found), np.bool_)
    closed[found.tie] = triangles(shared.people, found.i[found.tie], found.j[found.tie]) > 0
    return closed


def outward(shared: Facts, group: int) -> Outward:
    """Trust from the active members of `group` to the outside; made once."""
    found: Outward = _kept(shared, f"outward {group}", lambda: Outward(shared, group))
    return found


def triangles(n: int, a: Index, b: Index) -> Ints:
    """For each edge a–b of a graph of n persons without double edges, the triangles that it is in."""
    found = np.zeros(len(a), np.int64)
    for rows in triangle_list(n, a, b):
        found += np.bincount(rows, minlength=len(a))
    return found


def triangle_list(n: int, a: Index, b: Index) -> tuple[Ints, Ints, Ints]:
    """The three edges of each triangle of that graph, as rows of `a` and `b`."""
    if len(a) < 3:
        none = np.zeros(0, np.int64)
        return none, none, none
    degree = count(n, a, b)
    rank = np.empty(n, np.int64)
    rank[np.lexsort((np.arange(n), degree))] = np.arange(n)
    low = np.where(rank[a] < rank[b], a, b)
    high = np.where(rank[a] < rank[b], b, a)
    key = rank[low] * n + rank[high]
    order = np.argsort(key)
    key = key[order]
    start, end = key // n, key % n
    begin = np.searchsorted(start, np.arange(n + 1))
    out = begin[end + 1] - begin[end]  # how many edges go on from the end of each edge
    edge = np.repeat(np.arange(len(key)), out)
    onward = np.arange(out.sum()) - np.repeat(np.cumsum(out) - out, out) + np.repeat(begin[end], out)
    closing = start[edge] * n + end[onward]
    at = np.minimum(np.searchsorted(key, closing), len(key) - 1)
    hit = key[at] == closing
    return order[edge[hit]], order[onward[hit]], order[at[hit]]


def _kept(shared: Facts, name: str, make: Any) -> Any:
    if name not in shared.kept:
        shared.kept[name] = make()
    return shared.kept[name]
