"""Directed messages and the replies of those they were directed to."""

from __future__ import annotations

import numpy as np

from .facts import Facts, Ints, distinct


def messages(shared: Facts) -> tuple[Ints, Ints]:
    """Every message of W and person that it is directed to (whom it answers or mentions): rows of posts, and how long it waited for that
    person's next post in the same thread or to the message's author, −1 where there was none until T."""
    asked, _by, wait = _messages(shared)
    return asked, wait


def _messages(shared: Facts) -> tuple[Ints, Ints, Ints]:
    """Rows, addressees and waits; worked out once."""
    if "messages" not in shared.kept:
        shared.kept["messages"] = _fewer(shared) if shared.whole else _all(shared)
    found: tuple[Ints, Ints, Ints] = shared.kept["messages"]
    return found


def _fewer(shared: Facts) -> tuple[Ints, Ints, Ints]:
    """Those of everybody but the people who left: a reply is the addressee's own, so that others wait as long as before."""
    asked, by, wait = _messages(shared.whole or shared)
    stays = ~(shared.gone[shared.snapshot.posts.author[asked]] | shared.gone[by])
    return asked[stays], by[stays], wait[stays]


def _all(shared: Facts) -> tuple[Ints, Ints, Ints]:
    posts = shared.snapshot.posts
    asked, by = _addressed(shared)
    sender = posts.author[asked].astype(np.int64)
    people = max(1, shared.people)
    rows = np.flatnonzero(shared.human & shared.in_window & (np.bincount(posts.thread, minlength=posts.threads) > 1)[posts.thread])
    in_thread = _next(
        posts.thread[rows].astype(np.int64) * people + posts.author[rows], rows, posts.thread[asked].astype(np.int64) * people + by, asked
    )
    to_author = _next(sender * people + by, asked, by * people + sender, asked)
    reply = np.minimum(in_thread, to_author)
    answered = reply < len(posts)
    wait = np.full(len(asked), -1, np.int64)
    wait[answered] = posts.at[reply[answered]] - posts.at[asked[answered]]
    return asked, by, wait


def _addressed(shared: Facts) -> tuple[Ints, Ints]:
    """Rows of posts of W and whom they are directed to, each pair once, rising by row. A later post is in W too, so W is enough."""
    snapshot, posts, people = shared.snapshot, shared.snapshot.posts, max(1, shared.people)
    usable = shared.human & shared.in_window
    replying = np.flatnonzero(usable & (posts.reply_to >= 0))
    mentions = snapshot.mentions
    named = (mentions.post >= 0) & (mentions.person >= 0)
    named[named] = usable[mentions.post[named]]
    row = np.concatenate([replying, mentions.post[named].astype(np.int64)])
    to = np.concatenate([posts.reply_to[replying], mentions.person[named]])
    kept = snapshot.people.counted[to] & (posts.author[row] != to) if len(to) else np.zeros(0, np.bool_)
    pairs = distinct(row[kept] * people + to[kept])
    return pairs // people, pairs % people


def _next(key: Ints, row: Ints, wanted: Ints, after: Ints) -> Ints:
    """For each `wanted` key the smallest `row` with that key that is larger than `after`; the largest integer where there is none."""
    none = np.iinfo(np.int64).max
    if not len(key) or not len(wanted):
        return np.full(len(wanted), none)
    width = int(max(row.max(), after.max())) + 2
    if int(max(key.max(), wanted.max())) >= 2**62 // width:
        key, wanted = _numbered(key, wanted)
    known = np.sort(key * width + row)
    asked = wanted * width + after + 1
    order = np.argsort(asked)  # in order, the look-ups below stay in the processor's cache
    at = np.empty(len(asked), np.int64)
    at[order] = np.searchsorted(known, asked[order])
    found = known[np.minimum(at, len(known) - 1)]
    return np.where((at < len(known)) & (found // width == wanted), found % width, none)


def _numbered(key: Ints, wanted: Ints) -> tuple[Ints, Ints]:
    """The same keys as small numbers; a wanted key that is not there gets a number of its own."""
    _names, number = np.unique(np.concatenate([key, wanted]), return_inverse=True)
    return number[: len(key)], number[len(key) :]
