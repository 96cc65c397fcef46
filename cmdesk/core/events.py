"""Who turned to whom, when and how: the events that trust is computed from (docs/goal-model.md §4.0).

Only counted persons act and are addressed. One post gives one event per addressee, of the kind that weighs most; at most five reactions
of one person to another in a local ISO week count, the earliest; people who post close together in a thread take part together.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from enum import IntEnum
from typing import TYPE_CHECKING

import numpy as np

from cmdesk.core.calendar import Calendar
from cmdesk.core.snapshot import DAY, HOUR, Bools, Floats, Index, Ints, Posts, distinct

if TYPE_CHECKING:
    from cmdesk.core.snapshot import Snapshot


class Kind(IntEnum):
    """How one person turned to another."""

    REPLY = 0
    MENTION = 1
    ACCEPTED = 2
    REACTION = 3
    TOGETHER = 4


WEIGHTS = np.array([1.0, 0.8, 1.5, 0.25, 0.15])
"""The weight a of each Kind (§4.1)."""

_REACTIONS_A_WEEK = 5
_POSITIONS = 5
_APART = 72 * HOUR
_TOO_BIG = 2**62


@dataclass(frozen=True, eq=False)
class Events:
    """One row an event, in no particular order. `m` is the number of persons addressed, `post` the row of the post that it happened in or
    at, `group` that post's group. A TOGETHER row is one event of both persons (actor < target), counted both ways."""

    actor: Index
    target: Index
    kind: Index
    m: Index
    at: Ints
    group: Index
    post: Index

    def __len__(self) -> int:
        return len(self.actor)

    def weights(self, until: int, half_life: float) -> Floats:
        """a(kind) / m · 2^(−age / half-life), with the age in days at `until`."""
        age = (until - self.at) / DAY
        return np.asarray(WEIGHTS[self.kind] / self.m * np.exp2(age / -half_life), np.float64)

    def only(self, rows: Bools | Index | Ints) -> Events:
        """The events of these rows."""
        return Events(*(getattr(self, part.name)[rows] for part in fields(self)))

    def and_more(self, more: Sequence[Events]) -> Events:
        """These events and `more`."""
        if not more:
            return self
        return Events(*(np.concatenate([getattr(part, column.name) for part in (self, *more)]) for column in fields(self)))


def events(snapshot: Snapshot) -> Events:
    """All events of a snapshot, by the rules of §4.0."""
    counted = np.append(snapshot.people.counted, False)  # row −1, nobody, is the last and never counts
    replies = _replies(snapshot, counted)
    parts = [
        replies,
        _mentions(snapshot, counted),
        _accepted(snapshot, counted),
        _reactions(snapshot, counted),
        together(snapshot, counted, replies),
    ]
    return parts[0].and_more(parts[1:])


def starters(posts: Posts) -> Index:
    """The row of the post that starts each thread, −1 where it is not there."""
    rows = np.full(posts.threads, -1, np.int32)
    begun = np.flatnonzero(posts.starts)
    rows[posts.thread[begun]] = begun
    return rows


def pack(*columns: tuple[Index | Ints, int]) -> Ints:
    """One integer key from columns of whole numbers, each with its size (values 0 … size − 1). Equal keys mean equal rows, and keys sort
    like the rows; where the product of the sizes would overflow, the columns so far are numbered anew."""
    key, size = np.zeros(len(columns[0][0]), np.int64), 1
    for column, width in columns:
        if size * max(width, 1) >= _TOO_BIG:
            known, key = np.unique(key, return_inverse=True)
            size = len(known)
        key = key * max(width, 1) + column
        size *= max(width, 1)
    return key


def _make(kind: Kind, actor: Index, target: Index, at: Ints, post: Index, posts: Posts, m: Index | None = None) -> Events:
    ones = np.ones(len(actor), np.int32)
    return Events(actor, target, np.full(len(actor), kind, np.int8), ones if m is None else m, at, posts.group[post], post)


def _replies(snapshot: Snapshot, counted: Bools) -> Events:
    posts = snapshot.posts
    row = np.flatnonzero(posts.is_reply & counted[posts.author] & counted[posts.reply_to] & (posts.author != posts.reply_to)).astype(
        np.int32
    )
    return _make(Kind.REPLY, posts.author[row], posts.reply_to[row], posts.at[row], row, posts)


def _mentions(snapshot: Snapshot, counted: Bools) -> Events:
    posts, marks, width = snapshot.posts, snapshot.mentions, len(snapshot.people)
    keep = (marks.post >= 0) & counted[marks.person]
    if not keep.any():
        return _make(Kind.MENTION, *(np.zeros(0, np.int32),) * 2, np.zeros(0, np.int64), np.zeros(0, np.int32), posts)
    pairs = distinct(pack((marks.post[keep], len(posts)), (marks.person[keep], width)))
    row, target = (pairs // width).astype(np.int32), (pairs % width).astype(np.int32)
    actor = posts.author[row]
    keep = counted[actor] & (actor != target)
    row, target, actor = row[keep], target[keep], actor[keep]
    m = np.bincount(row)[row].astype(np.int32) if len(row) else row
    new = ~(posts.is_reply[row] & (posts.reply_to[row] == target))  # to that person it is a reply, which weighs more
    return _make(Kind.MENTION, actor[new], target[new], posts.at[row[new]], row[new], posts, m[new])


def _accepted(snapshot: Snapshot, counted: Bools) -> Events:
    posts, marks = snapshot.posts, snapshot.accepted
    keep = np.flatnonzero(marks.post >= 0)
    keep = keep[np.lexsort((marks.at[keep], marks.post[keep]))]
    row, first = np.unique(marks.post[keep], return_index=True)
    start = starters(posts)[posts.thread[row]]
    asker = np.where(start >= 0, posts.author[start], -1).astype(np.int32) if len(row) else row
    target = posts.author[row]
    fits = counted[asker] & counted[target] & (asker != target)
    return _make(Kind.ACCEPTED, asker[fits], target[fits], marks.at[keep][first][fits], row[fits], posts)


def _reactions(snapshot: Snapshot, counted: Bools) -> Events:
    posts, marks, width = snapshot.posts, snapshot.reactions, len(snapshot.people)
    row = np.flatnonzero(marks.post >= 0)
    post, actor, at = marks.post[row], marks.person[row], marks.at[row]
    target = posts.author[post]
    fits = counted[actor] & counted[target] & (actor != target)
    post, actor, target, at = post[fits], actor[fits], target[fits], at[fits]
    if len(at):
        week = Calendar(snapshot.zone).weeks(at)
        week -= week.min()
        keep = _first_of_each(pack((actor, width), (target, width), (week, int(week.max()) + 1)), at, post)
        post, actor, target, at = post[keep], actor[keep], target[keep], at[keep]
    return _make(Kind.REACTION, actor, target, at, post, posts)


def _first_of_each(key: Ints, at: Ints, post: Index) -> Bools:
    """True for the five earliest rows of each key; rows at one time go by their post."""
    order = np.argsort(key)
    begin = np.flatnonzero(np.diff(key[order], prepend=-1))
    size = np.diff(begin, append=len(key))
    keep = np.ones(len(key), np.bool_)
    full = size > _REACTIONS_A_WEEK
    if full.any():
        rows = order[np.repeat(full, size)]
        rows = rows[np.lexsort((post[rows], at[rows], key[rows]))]
        size = size[full]
        place = np.arange(len(rows)) - np.repeat(np.cumsum(size) - size, size)
        keep[rows[place >= _REACTIONS_A_WEEK]] = False
    return keep


def together(snapshot: Snapshot, counted: Bools, replies: Events, threads: Bools | None = None) -> Events:
    """One event per pair, thread and local day of the later of two posts that stand close together (§4.0, co-participation). `threads`: of these
    only, and `replies` are those in them."""
    posts, width = snapshot.posts, len(snapshot.people)
    several = np.bincount(posts.thread, minlength=posts.threads) > 1
    if threads is not None:
        several &= threads
    rows = np.flatnonzero(several[posts.thread] & counted[posts.author])
    rows = np.sort(pack((posts.thread[rows], posts.threads), (rows, len(posts)))) % max(len(posts), 1)  # by thread, then time
    author, at, thread = posts.author[rows], posts.at[rows], posts.thread[rows]
    day = Calendar(snapshot.zone).days(at)
    meeting = np.cumsum((np.diff(thread, prepend=-1) != 0) | (np.diff(day, prepend=-1) != 0))  # a thread's posts of one local day
    first, later, near = _near(thread, author, at, posts.reply_to[rows])
    low, high = np.minimum(author[first], author[later]), np.maximum(author[first], author[later])
    sizes = (len(rows) + 1, width, width)
    place = np.full(len(posts), 0, np.int64)
    place[rows] = meeting
    spoke = (place[replies.post], np.minimum(replies.actor, replies.target), np.maximum(replies.actor, replies.target))
    columns = [np.concatenate(both) for both in zip((meeting[later], low, high), spoke, strict=True)]
    key = pack(*zip(columns, sizes, strict=True))
    chosen = _closest(key, near, later, len(first))
    row = rows[later[chosen]].astype(np.int32)
    return _make(Kind.TOGETHER, low[chosen], high[chosen], posts.at[row], row, posts)


def _near(thread: Index, author: Index, at: Ints, reply_to: Index) -> tuple[Ints, Ints, Ints]:
    """Pairs of posts by two persons at most 5 places and 72 h apart, and how near: smaller is nearer, by time, then by places. Pairs of
    which the later post answers the other's author are left out at once: they never make an event."""
    found: list[tuple[Ints, Ints, Ints]] = []
    for gap in range(1, _POSITIONS + 1):
        apart = at[gap:] - at[:-gap]
        fits = (thread[gap:] == thread[:-gap]) & (author[gap:] != author[:-gap]) & (apart <= _APART) & (reply_to[gap:] != author[:-gap])
        first = np.flatnonzero(fits)
        found.append((first, first + gap, apart[first] * (_POSITIONS + 1) + gap))
    first, later, near = (np.concatenate(part) for part in zip(*found, strict=True))
    return first, later, near


def _closest(key: Ints, near: Ints, later: Ints, candidates: int) -> Ints:
    """For each key without a reply the nearest candidate, of equally near ones the latest. Rows ≥ `candidates` of `key` are replies."""
    if not candidates:
        return np.zeros(0, np.int64)
    order = np.argsort(key)
    begin = np.flatnonzero(np.diff(key[order], prepend=-1))
    size = np.diff(begin, append=len(key))
    replied = np.maximum.reduceat(order, begin) >= candidates
    order = order[np.repeat(~replied, size)]
    size = size[~replied]
    if not len(order):
        return order
    begin = np.cumsum(size) - size
    best = near[order] == np.repeat(np.minimum.reduceat(near[order], begin), size)
    latest = np.where(best, later[order], -1)
    pick = latest == np.repeat(np.maximum.reduceat(latest, begin), size)
    return np.asarray(order[pick], np.int64)
