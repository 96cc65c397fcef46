"""Arrays about a snapshot that several metrics share, each made once and kept on the snapshot.

A group's scope is its own channel and those of the groups inside it; A, its active members, are those who wrote there in the window,
or, where the group has no channel, who wrote anywhere (docs/goal-model.md §4.0, §4.6).
"""

from __future__ import annotations

from functools import cached_property
from typing import Any, TypeAlias

import numpy as np

from cmdesk.api import Snapshot, snapshot as arrays, trust

Ints: TypeAlias = arrays.Ints
Index: TypeAlias = arrays.Index
Floats: TypeAlias = arrays.Floats
Singles: TypeAlias = arrays.Singles
Bools: TypeAlias = arrays.Bools
Lists: TypeAlias = arrays.Lists
DAY, HOUR, NEVER = arrays.DAY, arrays.HOUR, arrays.NEVER
distinct = arrays.distinct

QUARTER = 90 * DAY
YEAR = 365 * DAY
LEAST_EVENTS = 50
"""Exchanges by its members below which silence inside a group says nothing (§4.6)."""

_RADIX = 32_768
_TABLE = 20_000_000  # cells of a group × person table that is counted rather than sorted


def facts(snapshot: Snapshot) -> Facts:
    """The shared arrays of a snapshot."""
    if "goal_fit" not in snapshot.kept:
        snapshot.kept["goal_fit"] = Facts(snapshot)
    found: Facts = snapshot.kept["goal_fit"]
    return found


class Facts:
    """See the module. Rows of posts, people and groups are those of the snapshot."""

    def __init__(self, snapshot: Snapshot) -> None:
        self.snapshot = snapshot
        self.people = len(snapshot.people)
        self.groups = len(snapshot.groups)
        self.kept: dict[str, Any] = {}
        self._active: dict[int, Index] = {}
        self._writers: dict[tuple[int, int], Writers] = {}
        parted = snapshot.parted
        known = parted is not None and "goal_fit" in parted.whole.kept
        self.whole: Facts | None = facts(parted.whole) if known and parted else None
        """What is known of the same community before some people left, in a what-if question."""
        self.gone: Bools = parted.gone if parted else np.zeros(self.people, np.bool_)

    # --- posts ----------------------------------------------------------------------------------------------------------------------

    @cached_property
    def human(self) -> Bools:
        """Posts by a person who counts (no bot, not deleted, not opted out)."""
        author = self.snapshot.posts.author
        return (author >= 0) & self.snapshot.people.counted[author] if self.people else np.zeros(len(author), np.bool_)

    @cached_property
    def unsigned(self) -> Bools:
        """Posts whose author the source does not tell."""
        return np.asarray(self.snapshot.posts.author < 0)

    @cached_property
    def in_window(self) -> Bools:
        """Posts in W."""
        if self.whole:
            return self.whole.in_window
        return (self.snapshot.posts.at > self.snapshot.since) & (self.snapshot.posts.at <= self.snapshot.until)

    @cached_property
    def place(self) -> Index:
        """The group that holds each post; the root where it is not told."""
        if self.whole:
            return self.whole.place
        return np.maximum(self.snapshot.posts.group, 0)

    def total(self, rows: Index | Ints, weights: Floats | Bools | None = None) -> Floats:
        """Posts (or their weights) summed over each group's scope; `rows` are rows of posts. Shape: groups."""
        return self.inside(np.bincount(self.place[rows], None if weights is None else weights.astype(np.float64), self.groups))

    def inside(self, per_group: Any) -> Floats:
        """A number of each group itself, summed over each group's scope."""
        within = self.snapshot.groups.inside
        return np.add.reduceat(np.asarray(per_group, np.float64)[within.items], within.start[:-1]) if self.groups else np.zeros(0)

    def by_place(self, rows: Index | Ints) -> Lists:
        """Places in `rows` (rows of posts), in lists by the group that holds the post, in the order of `rows`."""
        place = self.place[rows]
        small = place.astype(np.int16) if self.groups < _RADIX else place  # small numbers are sorted without comparing
        start = np.zeros(self.groups + 1, np.int64)
        np.cumsum(np.bincount(place, minlength=self.groups), out=start[1:])
        return Lists(start, np.argsort(small, kind="stable").astype(np.int32))

    def scope(self, lists: Lists, group: int) -> Index:
        """What the lists of the groups in the scope of `group` hold."""
        within = self.snapshot.groups.inside[group]
        return lists[group] if len(within) == 1 else lists.take(within).items

    # --- people ---------------------------------------------------------------------------------------------------------------------

    def writers(self, since: int, until: int) -> Writers:
        """Who wrote where in (since, until]."""
        if (since, until) not in self._writers:
            at = self.snapshot.posts.at
            self._writers[since, until] = (
                self.whole.writers(since, until).without(self)
                if self.whole
                else Writers.of(self, np.flatnonzero(self.human & (at > since) & (at <= until)))
            )
        return self._writers[since, until]

    @cached_property
    def window_writers(self) -> Writers:
        """Who wrote where in W."""
        return self.writers(self.snapshot.since, self.snapshot.until)

    @cached_property
    def starters(self) -> Writers:
        """Who started a thread where in W."""
        if self.whole:
            return self.whole.starters.without(self)
        return Writers.of(self, np.flatnonzero(self.human & self.in_window & self.snapshot.posts.starts))

    def active(self, group: int) -> Index:
        """A: rows of the active members of `group`, rising."""
        if group not in self._active:
            self._active[group] = self.window_writers.members(group)
        return self._active[group]

    def is_member(self, group: int) -> Bools:
        """True for the members of `group`. Shape: people."""
        member = np.zeros(self.people, np.bool_)
        member[self.snapshot.groups.roster[group]] = True
        return member

    def is_whole(self, group: int) -> bool:
        """True where nobody stands outside `group`."""
        return group == 0 or len(self.snapshot.groups.roster[group]) >= int(self.snapshot.people.counted.sum())

    # --- exchanges ------------------------------------------------------------------------------------------------------------------

    @cached_property
    def exchanges(self) -> Exchanges:
        """The directed events: replies, mentions, accepted answers and reactions (no co-participation)."""
        return self.whole.exchanges.without(self.gone) if self.whole else Exchanges.of(self.snapshot)

    @cached_property
    def sent(self) -> Ints:
        """Directed events in W by the members of each group, to anybody. Shape: groups."""
        roster = self.snapshot.groups.roster
        happened = self.snapshot.events
        recent = (happened.at > self.snapshot.since) & (happened.kind != trust.Kind.TOGETHER)
        each = np.bincount(happened.actor[recent], minlength=self.people)
        up_to = np.concatenate([[0], np.cumsum(each[roster.items])])
        return np.asarray(up_to[roster.start[1:]] - up_to[roster.start[:-1]], np.int64)


class Writers:
    """Who wrote in which group, and how often: `keys` are group · people + person, rising."""

    def __init__(self, facts: Facts, keys: Ints, count: Ints) -> None:
        self._facts, self._keys, self._count = facts, keys, count
        people = max(1, facts.people)
        self._pairs = Lists(np.searchsorted(keys, np.arange(facts.groups + 1) * people), (keys % people).astype(np.int32))
        self.wrote = np.zeros(facts.people, np.bool_)
        self.wrote[self._pairs.items] = True

    @classmethod
    def of(cls, facts: Facts, rows: Index | Ints) -> Writers:
        """Those of these posts."""
        key = facts.place[rows].astype(np.int64) * max(1, facts.people) + facts.snapshot.posts.author[rows]
        if facts.groups * facts.people > _TABLE:
            return cls(facts, *np.unique(key, return_counts=True))
        table = np.bincount(key, minlength=1)
        keys = np.flatnonzero(table)
        return cls(facts, keys, table[keys])

    def without(self, facts: Facts) -> Writers:
        """The same after the people who are gone in `facts` left."""
        stays = ~facts.gone[self._pairs.items]
        return Writers(facts, self._keys[stays], self._count[stays])

    def members(self, group: int) -> Index:
        """Members of `group` who wrote in its scope; without a channel, who wrote anywhere."""
        groups = self._facts.snapshot.groups
        roster = groups.roster[group]
        if not groups.has_channel[group]:
            return roster[self.wrote[roster]]
        here = np.zeros(self._facts.people, np.bool_)
        here[self._facts.scope(self._pairs, group)] = True
        return roster[here[roster]]

    def posts(self, group: int, persons: Index) -> Floats:
        """How often each of `persons` wrote in the scope of `group`; without a channel, anywhere."""
        groups = self._facts.snapshot.groups
        within = groups.inside[group] if groups.has_channel[group] else np.arange(len(groups))
        counts = Lists(self._pairs.start, self._count.astype(np.int32)).take(within).items
        return np.bincount(self._pairs.take(within).items, counts.astype(np.float64), self._facts.people)[persons].astype(np.float64)


def begins(keys: Ints | Index) -> Bools:
    """True where a sorted key differs from the one before it."""
    first = np.ones(len(keys), np.bool_)
    np.not_equal(keys[1:], keys[:-1], out=first[1:])
    return first


class Exchanges:
    """Pairs of people with directed events between them, `low` < `high`, sorted by `low`. `first`: when the second direction was first used
    (the pair was reciprocated from then on), the largest integer where it never was; `there`, `back`: events in W from low to high and
    from high to low."""

    NOT_YET = np.iinfo(np.int64).max

    def __init__(self, people: int, low: Index, high: Index, first: Ints, there: Ints, back: Ints) -> None:
        self.low, self.high, self.first, self.there, self.back = low, high, first, there, back
        self._of_low = Lists(np.searchsorted(low, np.arange(people + 1)), np.arange(len(low), dtype=np.int32))
        self._inside = np.zeros(people, np.bool_)

    def without(self, gone: Bools) -> Exchanges:
        """The same after these people left: what others exchanged is as it was."""
        stays = ~(gone[self.low] | gone[self.high])
        ends = self.low[stays], self.high[stays]
        return Exchanges(len(gone), *ends, self.first[stays], self.there[stays], self.back[stays])

    @classmethod
    def of(cls, snapshot: Snapshot) -> Exchanges:
        """Those of a snapshot."""
        people = max(1, len(snapshot.people))
        source, target, at = directed(snapshot)
        recent = at > snapshot.since
        keys, first, in_window = _by_pair(source.astype(np.int64) * people + target, at, recent, people)
        low, high = np.minimum(keys // people, keys % people), np.maximum(keys // people, keys % people)
        pairs, which = np.unique(low * people + high, return_inverse=True)
        way = (keys // people < keys % people).astype(np.int64)
        both = np.full((2, len(pairs)), cls.NOT_YET)
        count = np.zeros((2, len(pairs)), np.int64)
        both[way, which], count[way, which] = first, in_window
        ends = (pairs // people).astype(np.int32), (pairs % people).astype(np.int32)
        return cls(len(snapshot.people), *ends, both.max(axis=0), count[1], count[0])

    def among(self, persons: Index) -> Index:
        """The pairs of which both are among `persons`."""
        inside = np.zeros_like(self._inside)
        inside[persons] = True
        rows = self._of_low.take(persons).items
        return rows[inside[self.high[rows]]]


def _by_pair(key: Ints, at: Ints, recent: Bools, people: int) -> tuple[Ints, Ints, Ints]:
    """The distinct keys (source · people + target), the earliest time of each, and how many of its events are recent."""
    if people * people <= min(_TABLE, 4 * len(key)):  # a table that is mostly empty costs more than sorting
        table = np.full(people * people, Exchanges.NOT_YET)
        np.minimum.at(table, key, at)
        keys = np.flatnonzero(table != Exchanges.NOT_YET)
        return keys, table[keys], np.bincount(key[recent], minlength=len(table))[keys]
    order = np.argsort(key)
    key = key[order]
    begin = np.flatnonzero(begins(key))
    if not len(begin):
        return key, key, key
    return key[begin], np.minimum.reduceat(at[order], begin), np.add.reduceat(recent[order].astype(np.int64), begin)


def directed(snapshot: Snapshot) -> tuple[Index, Index, Ints]:
    """Source, target and time of every directed event up to T."""
    events = snapshot.events
    kept = events.kind != trust.Kind.TOGETHER
    return events.actor[kept], events.target[kept], events.at[kept]
