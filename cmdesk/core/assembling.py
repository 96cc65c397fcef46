"""Puts the arrays of a Snapshot in order: posts sorted and linked, groups nested. Used by `core.loading` and `core.building`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from cmdesk.core.snapshot import Bools, Index, Ints, Lists, Posts, distinct


@dataclass(frozen=True, eq=False)
class RawPosts:
    """Posts in any order. `id` is unique and positive; `author`, `group` index people and groups (author −1: not known); `start` is the id of
    the post that starts the thread, its own if it starts one, or a negative number of the thread where the start is not there;
    `target` the id of the post that it answers (0: not said or not there); `target_person` the person that the platform says it
    answers (−1: not said); `aimed`: the platform says which post it answers."""

    id: Ints
    author: Index
    group: Index
    at: Ints
    start: Ints
    target: Ints
    target_person: Index
    aimed: Bools
    question: Bools
    announcement: Bools
    idea: Bools
    length: Ints
    tags: Lists
    tag_names: tuple[str, ...]


def posts(raw: RawPosts) -> Posts:
    """Sort by time (then id), number the threads, and find whom each reply answers: the author of the post that it answers, else the
    person that the platform names, else, where the platform does not say which post it answers, the thread's starter."""
    order = np.lexsort((raw.id, raw.at))
    ids, author, start = raw.id[order], raw.author[order], raw.start[order]
    keys, thread = np.unique(start, return_inverse=True)
    rows = Rows(ids)
    start_row = rows.of(start)
    starts = start == ids
    target, aimed, person = rows.of(raw.target[order]), raw.aimed[order], raw.target_person[order]
    answers, reply_to = _addressees(author, start_row, starts, target, person, aimed)
    return Posts(
        id=ids, author=author, group=raw.group[order], at=raw.at[order],
        thread=thread.astype(np.int32), threads=len(keys), starts=starts, is_reply=~starts, reply_to=reply_to, answers=answers,
        question=raw.question[order] & starts, announcement=raw.announcement[order] & starts, idea=raw.idea[order] & starts,
        tags=raw.tags.take(order), tag_names=raw.tag_names, length=raw.length[order],
    )  # fmt: skip


def _addressees(author: Index, start_row: Index, starts: Bools, target: Index, named: Index, aimed: Bools) -> tuple[Index, Index]:
    """The post and the person that each post answers, −1 where not known."""
    starter, target_author = _author_of(author, start_row), _author_of(author, target)
    person = np.where(target_author >= 0, target_author, named)
    open_reply = ~aimed & (target < 0)  # the platform does not say which post of the thread
    unnamed = open_reply & (named < 0)
    person = np.where(unnamed, starter, person)
    to_start = unnamed | (open_reply & (person == starter))
    answers = np.where(target >= 0, target, np.where(to_start, start_row, -1))
    return np.where(starts, -1, answers).astype(np.int32), np.where(starts, -1, person).astype(np.int32)


def _author_of(author: Index, row: Index) -> Index:
    return np.where(row >= 0, author[row], -1).astype(np.int32) if len(author) else row


class Rows:
    """Finds the row of an id: in a table where the ids lie close together, as they mostly do, else by bisection."""

    def __init__(self, ids: Ints) -> None:
        self._first = int(ids.min()) if len(ids) else 0
        width = int(ids.max()) - self._first + 1 if len(ids) else 1
        self._table: Index | None = None
        if width <= 4 * len(ids) + 1_000:
            self._table = np.full(width, -1, np.int32)
            self._table[ids - self._first] = np.arange(len(ids), dtype=np.int32)
            return
        self._order = np.argsort(ids, kind="stable")
        self._ids = ids[self._order]

    def of(self, ids: Ints) -> Index:
        """The row of each id, −1 where there is none."""
        if self._table is not None:
            place = ids - self._first
            known = (place >= 0) & (place < len(self._table))
            return np.where(known, self._table[np.where(known, place, 0)], -1).astype(np.int32)
        at = np.minimum(np.searchsorted(self._ids, ids), len(self._ids) - 1)
        return np.where(self._ids[at] == ids, self._order[at], -1).astype(np.int32)


def renamed(mapping: Mapping[int, int], ids: Ints) -> Index:
    """Replace ids by their places in `mapping`, −1 where they are not in it."""
    keys = np.fromiter(mapping, np.int64, len(mapping))
    places = np.fromiter(mapping.values(), np.int32, len(mapping))
    row = Rows(keys).of(ids)
    return np.where(row >= 0, places[row], -1).astype(np.int32) if len(keys) else row


def numbered(texts: Sequence[str], empty: bool = False) -> tuple[tuple[str, ...], Index]:
    """(the distinct texts in order, without "" unless `empty`; the place of each text among them, −1 for one that is left out)."""
    names = tuple(sorted({text for text in texts if text or empty}))
    place = {name: k for k, name in enumerate(names)}
    return names, np.array([place.get(text, -1) for text in texts], np.int32)


def grouped(owner: Index | Ints, item: Index | Ints, owners: int) -> Lists:
    """Lists of the distinct items of each owner, in rising order."""
    width = int(item.max(initial=0)) + 1
    pairs = distinct(owner.astype(np.int64) * width + item)
    start = np.zeros(owners + 1, np.int64)
    np.cumsum(np.bincount(pairs // width, minlength=owners), out=start[1:])
    return Lists(start, (pairs % width).astype(np.int32))


def inside(parent: Index) -> Lists:
    """The groups in each group at any depth, itself first. A group in a ring of parents counts as one in the root."""
    chains = [_ancestors(parent, k) for k in range(len(parent))]
    lists: list[list[int]] = [[k] for k in range(len(parent))]
    for k, chain in enumerate(chains):
        for above in chain:
            lists[above].append(k)
    return Lists.of(lists)


def _ancestors(parent: Index, group: int) -> list[int]:
    chain: list[int] = []
    above = int(parent[group])
    while above >= 0 and above != group and above not in chain:
        chain.append(above)
        above = int(parent[above])
    return chain if above < 0 else [0] if group else []


def rosters(within: Lists, group: Index, person: Index, everyone: Index) -> Lists:
    """The persons of each group and of the groups inside it, from direct memberships; the root's roster is `everyone`."""
    count = len(within)
    inner = within.items
    outer = np.repeat(np.arange(count), np.diff(within.start))
    direct = grouped(group, person, count)
    sizes = np.diff(direct.start)[inner]
    flat = np.repeat(direct.start[inner] - np.cumsum(sizes) + sizes, sizes) + np.arange(sizes.sum())
    owner = np.concatenate([np.repeat(outer, sizes), np.zeros(len(everyone), np.int64)])
    keep = (owner != 0) | (np.arange(len(owner)) >= sizes.sum())
    return grouped(owner[keep], np.concatenate([direct.items[flat], everyone])[keep], count)


def named(texts: Sequence[str], empty: bool = False) -> tuple[tuple[str, ...], Index]:
    """The different texts in order, and the place of each in them; −1 for an empty one unless `empty` makes it a text as well."""
    names = tuple(sorted({text for text in texts if text or empty}))
    place = {name: k for k, name in enumerate(names)}
    return names, indices(place.get(text, -1) for text in texts)


def indices(values: Iterable[int]) -> Index:
    """An array of rows."""
    return np.fromiter(values, np.int32)


def flags(values: Iterable[bool]) -> Bools:
    """An array of yes and no."""
    return np.fromiter(values, np.bool_)
