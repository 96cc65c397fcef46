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

    @cached_property
    def first_reply(self) -> Ints:
        """When somebody other than the starter first wrote in it, NEVER where nobody did."""
        posts = self._shared.snapshot.posts
        starter = np.where(self.start >= 0, posts.author[self.start], -1) if len(posts) else np.zeros(0, np.int32)
        rows = np.flatnonzero(self._shared.human & posts.is_reply)
        rows = rows[posts.author[rows] != starter[posts.thread[rows]]][::-1]
        when = np.full(self.count, NEVER)
        when[posts.thread[rows]] = posts.at[rows]
        return when

    @cached_property
    def posts(self) -> Ints:
        """How many posts of persons who count each holds."""
        return np.bincount(self._shared.snapshot.posts.thread[self._shared.human], minlength=self.count)

    @cached_property
    def pairs(self) -> Ints:
        """The distinct thread × person pairs of threads with at least two posts, as thread · people + person, rising."""
        posts = self._shared.snapshot.posts
        rows = np.flatnonzero(self._shared.human & (self.posts > 1)[posts.thread])
        return distinct(posts.thread[rows].astype(np.int64) * max(1, self._shared.people) + posts.author[rows])

    @cached_property
    def several(self) -> Bools:
        """Threads in which at least two persons wrote."""
        return np.bincount(self.pairs // max(1, self._shared.people), minlength=self.count) >= 2

    def spans(self, unit: Index) -> tuple[Bools, Bools]:
        """(threads with at least two people whose unit is known, those of them with people of at least two units)."""
        width = max(1, self._shared.people)
        several = self.several[self.pairs // width]
        thread, person = self.pairs[several] // width, self.pairs[several] % width
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
        rows = np.flatnonzero(human & (self.several & (self.posts >= LEAST_POSTS))[posts.thread])
        rows = rows[np.argsort(posts.thread[rows], kind="stable")]
        thread, author = posts.thread[rows].astype(np.int64), posts.author[rows]
        turn = np.ones(len(rows), np.bool_)
        turn[1:] = (thread[1:] != thread[:-1]) | (author[1:] != author[:-1])
        width = max(1, self._shared.people)
        pairs, turns = np.unique(thread[turn] * width + author[turn], return_counts=True)
        return np.bincount(pairs[turns >= 2] // width, minlength=self.count) >= 2


def threads(shared: Facts) -> Threads:
    """The threads of a snapshot, made once."""
    if "threads" not in shared.kept:
        shared.kept["threads"] = Threads(shared)
    found: Threads = shared.kept["threads"]
    return found
