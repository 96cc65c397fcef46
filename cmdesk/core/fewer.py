"""Events and trust of a community without some people, from those of the community with them: only what their leaving changes is worked out anew.

The result is that of `events.events` and `trust.relational` on the community in which they never counted (a test holds it to that).
"""

from __future__ import annotations

from dataclasses import fields, replace
from typing import TYPE_CHECKING

import numpy as np

from cmdesk.core import trust as whole
from cmdesk.core.events import Events, Kind, pack, together
from cmdesk.core.snapshot import Bools, Floats, Index, Ints, distinct
from cmdesk.core.trust import NEIGHBOUR, Trust

if TYPE_CHECKING:
    from cmdesk.core.snapshot import Snapshot


def carry_over(before: Snapshot, after: Snapshot) -> None:
    """Give `after`, which is `before` with fewer people counted, what is already known of `before`."""
    if "events" not in before.__dict__:
        return
    gone = before.people.counted & ~after.people.counted
    old = before.events
    stays = ~(gone[old.actor] | gone[old.target])
    apart, meet = _touched(before, gone)  # threads in which they wrote: who stands close to whom there changes
    told = old.kind == Kind.TOGETHER
    told[told] = apart[before.posts.thread[old.post[told]]]
    fewer, lighter = _mentions(before, old, gone)
    new = _together(before, after, old, stays, apart) if meet else None
    kept = np.flatnonzero(stays & ~told)
    after.__dict__["events"] = _joined(replace(old, m=fewer), kept, new)
    if "trust" in before.__dict__:
        parts = [old.only(told | lighter), *([new] if new is not None else [])]
        after.__dict__["trust"] = _trust(before, after, gone, parts[0].and_more(parts[1:]))


def _touched(snapshot: Snapshot, gone: Bools) -> tuple[Bools, bool]:
    posts = snapshot.posts
    threads = np.zeros(posts.threads, np.bool_)
    threads[posts.thread[np.append(gone, False)[posts.author]]] = True
    return threads, bool(threads.any())


def _mentions(snapshot: Snapshot, old: Events, gone: Bools) -> tuple[Index, Bools]:
    """`m` of every event when the people in `gone` are addressed no more, and which events that changes."""
    marks, posts = snapshot.mentions, snapshot.posts
    named = (marks.post >= 0) & np.append(gone, False)[marks.person]
    m = old.m.copy()
    if not named.any():
        return m, np.zeros(len(old), np.bool_)
    pairs = distinct(pack((marks.post[named], len(posts)), (marks.person[named], len(snapshot.people))))
    post, person = pairs // len(snapshot.people), pairs % len(snapshot.people)
    less = np.bincount(post[posts.author[post] != person], minlength=len(posts) + 1)
    changed: Bools = (old.kind == Kind.MENTION) & (old.post >= 0)
    changed[changed] = less[old.post[changed]] > 0
    m[changed] -= less[old.post[changed]].astype(m.dtype)
    return m, changed


def _together(before: Snapshot, after: Snapshot, old: Events, stays: Bools, threads: Bools) -> Events:
    """Co-participation in these threads only."""
    near = stays & (old.kind == Kind.REPLY) & (old.post >= 0)
    near[near] = threads[before.posts.thread[old.post[near]]]
    return together(after, np.append(after.people.counted, False), old.only(near), threads)


def _joined(old: Events, rows: Ints, new: Events | None) -> Events:
    """These rows of `old`, then `new`: each column is copied once."""
    columns = []
    for column in fields(old):
        taken = np.take(getattr(old, column.name), rows)
        columns.append(taken if new is None else np.concatenate([taken, getattr(new, column.name)]))
    return Events(*columns)


def _trust(before: Snapshot, after: Snapshot, gone: Bools, changed: Events) -> Trust:
    """Pairs of people who left go, pairs whose events changed are summed anew, and overlap where somebody's neighbours are others now."""
    old, persons = before.trust, len(before.people)
    keys = pack((old.i, persons), (old.j, persons))
    again = distinct(_keys(changed, persons))
    keep = ~(gone[old.i] | gone[old.j]) & ~np.isin(keys, again)
    happened = after.events
    ends = np.zeros(persons, np.bool_)
    ends[changed.actor], ends[changed.target] = True, True
    some = happened.only(ends[happened.actor] & ends[happened.target])
    some = some.only(np.isin(_keys(some, persons), again))
    i, j, forth, back, contexts = whole.sums(some, persons, len(after.groups), after.until, after.half_life)
    real = forth + back > 0
    one = old.only(keep)
    low, high = np.concatenate([one.i, i[real]]), np.concatenate([one.j, j[real]])
    order = np.argsort(pack((low, persons), (high, persons)), kind="stable")  # two sorted runs are merged
    low, high = low[order], high[order]
    s_ij, s_ji = np.concatenate([one.s_ij, forth[real]])[order], np.concatenate([one.s_ji, back[real]])[order]
    many = np.concatenate([one.contexts, contexts[real]])[order]
    emb = np.concatenate([one.emb, np.full(int(real.sum()), np.nan)])[order]
    new = np.isnan(emb)
    moved = _others(old.only(~keep), low[new], high[new], (s_ij + s_ji)[new], persons)
    rows = np.flatnonzero(moved[low] | moved[high] | new)
    emb[rows] = whole.overlap(low, high, s_ij + s_ji >= NEIGHBOUR, persons, rows)
    return whole.made(persons, low, high, s_ij, s_ji, many, emb)


def _others(old: Trust, i: Index, j: Index, total: Floats, persons: int) -> Bools:
    """Whose neighbours are others than before, from the pairs that were and those that take their place. Shape: persons."""
    was, near = old.S >= NEIGHBOUR, total >= NEIGHBOUR
    differ = np.setxor1d(pack((old.i[was], persons), (old.j[was], persons)), pack((i[near], persons), (j[near], persons)), assume_unique=True)
    found = np.zeros(persons, np.bool_)
    found[differ // max(persons, 1)], found[differ % max(persons, 1)] = True, True
    return found


def _keys(events: Events, persons: int) -> Ints:
    low, high = np.minimum(events.actor, events.target), np.maximum(events.actor, events.target)
    return pack((low, persons), (high, persons))
