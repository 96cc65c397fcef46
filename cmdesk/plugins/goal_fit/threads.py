"""Threads as arrays, one row a thread: when and where it began, who was in it, when somebody else first replied."""

from __future__ import annotations

from functools import cached_property

import numpy as np

from .facts import NEVER, Bools, Facts, Index, Ints, begins, distinct

LEAST_POSTS = 4


class Threads:
    """All threads up to T; posts by bots and by people who do not count are left out. A thread belongs to W and to a group by its first post.
    `start` is the row of the post that starts it (−1: not in the data), `human`: somebody who counts wrote in it."""

    def __init__(self, shared: Facts) -> None:
        posts = shared.snapshot.posts
        self._shared, self.count = shared, posts.threads
        self._known = threads(shared.whole) if shared.whole else None
        if self._known:
            self._take(self._known)
            return
        rows = np.arange(len(posts))
        self.first = np.full(self.count, -1)
        self.first[posts.thread[::-1]] = rows[::-1]  # posts are sorted by time: the earliest is written last
        self.start = np.full(self.count, -1)
        starts = np.flatnonzero(posts.starts)
        self.start[posts.thread[starts]] = starts
        self.human = np.zeros(self.count, np.bool_)
        self.human[posts.thread[shared.human]] = True
        self.place = shared.place[self.first] if self.count else np.zeros(0, np.int32)
        self.in_window = self.human & shared.in_window[self.first] if self.count else self.human

    def _take(self, known: Threads) -> None:
        """What is known of the same threads before people left; `changed` are those in which they wrote, `rows` what others wrote there."""
        shared, posts = self._shared, self._shared.snapshot.posts
        self.first, self.start, self.place = known.first, known.start, known.place
        left = known._shared.human & ~shared.human
        self._less = np.bincount(posts.thread[left], minlength=self.count)
        self._changed = self._less > 0
        self._rows = np.flatnonzero(shared.human & self._changed[posts.thread])
        self.human = known.human & ~self._changed
        self.human[posts.thread[self._rows]] = True
        self.in_window = known.in_window & self.human

    @cached_property
    def first_reply(self) -> Ints:
        """When somebody other than the starter first wrote in it, NEVER where nobody did."""
        posts = self._shared.snapshot.posts
        starter = np.where(self.start >= 0, posts.author[self.start], -1) if len(posts) else np.zeros(0, np.int32)
        if self._known:
            rows, when = self._rows[posts.is_reply[self._rows]], np.where(self._changed, NEVER, self._known.first_reply)
        else:
            rows, when = np.flatnonzero(self._shared.human & posts.is_reply), np.full(self.count, NEVER)
        rows = rows[posts.author[rows] != starter[posts.thread[rows]]][::-1]
        when[posts.thread[rows]] = posts.at[rows]
        return when

    @cached_property
    def posts(self) -> Ints:
        """How many posts of persons who count each holds."""
        if self._known:
            return self._known.posts - self._less
        return np.bincount(self._shared.snapshot.posts.thread[self._shared.human], minlength=self.count)

    @cached_property
    def pairs(self) -> Ints:
        """The distinct thread × person pairs of threads with at least two posts, as thread · people + person, rising."""
        if self._known:
            return self._known.pairs[self._stay]
        posts = self._shared.snapshot.posts
        rows = np.flatnonzero(self._shared.human & (self.posts > 1)[posts.thread])
        return distinct(posts.thread[rows].astype(np.int64) * max(1, self._shared.people) + posts.author[rows])

    @cached_property
    def _stay(self) -> Bools:
        """Which of the known pairs are still there."""
        known = self._known or self
        thread, person = known.members
        return np.asarray(~self._shared.gone[person] & (self.posts > 1)[thread])

    @cached_property
    def members(self) -> tuple[Index, Index]:
        """Thread and person of each of `pairs`."""
        if self._known:
            thread, person = self._known.members
            return thread[self._stay], person[self._stay]
        width = max(1, self._shared.people)
        return (self.pairs // width).astype(np.int32), (self.pairs % width).astype(np.int32)

    @cached_property
    def several(self) -> Bools:
        """Threads in which at least two persons wrote."""
        return np.bincount(self.members[0], minlength=self.count) >= 2

    def spans(self, unit: Index) -> tuple[Bools, Bools]:
        """(threads with at least two people whose unit is known, those of them with people of at least two units)."""
        thread, person = self.members
        several = self.several[thread]
        thread, person = thread[several], person[several]
        known = unit[person] >= 0
        thread, units = thread[known], unit[person[known]]
        begin = np.flatnonzero(begins(thread))
        enough, across = np.zeros(self.count, np.bool_), np.zeros(self.count, np.bool_)
        if len(begin):
            enough[thread[begin]] = np.diff(np.append(begin, len(thread))) >= 2
            across[thread[begin]] = np.minimum.reduceat(units, begin) < np.maximum.reduceat(units, begin)
        return enough, enough & across

    @cached_property
    def dialogue(self) -> Bools:
        """Threads of at least four posts in which at least two persons have at least two turns; a turn is a run of posts by one person."""
        posts, human = self._shared.snapshot.posts, self._shared.human
        able = self.several & (self.posts >= LEAST_POSTS)
        rows = self._rows[able[posts.thread[self._rows]]] if self._known else np.flatnonzero(human & able[posts.thread])
        rows = rows[np.argsort(posts.thread[rows], kind="stable")]
        thread, author = posts.thread[rows].astype(np.int64), posts.author[rows]
        turn = np.ones(len(rows), np.bool_)
        turn[1:] = (thread[1:] != thread[:-1]) | (author[1:] != author[:-1])
        width = max(1, self._shared.people)
        pairs, turns = np.unique(thread[turn] * width + author[turn], return_counts=True)
        found: Bools = np.bincount(pairs[turns >= 2] // width, minlength=self.count) >= 2
        return np.where(self._changed, found, self._known.dialogue) if self._known else found


def threads(shared: Facts) -> Threads:
    """The threads of a snapshot, made once."""
    if "threads" not in shared.kept:
        shared.kept["threads"] = Threads(shared)
    found: Threads = shared.kept["threads"]
    return found
