"""Which pairs are worth comparing: those that share a key, such as a name's sounds or a handle. Near-linear in the number of accounts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from cmdesk.core.same_person.account import Account, mailbox
from cmdesk.core.same_person.handles import bared, keys_of_handle, keys_of_name
from cmdesk.core.same_person.names import Name, bones, sound
from cmdesk.core.same_person.nicknames import formals

CROWDED = 32
"""Accounts that may share a key; a key that more share tells nobody apart."""
FEW = 6
"""Accounts that may share a key of pieces of words; such keys are met by chance in a large community."""
_MOST = {**dict.fromkeys("sowqmg", FEW), "d": 2}
"""The same for kinds of keys; a domain with more than one address and one handle is an organisation's."""
_LONGEST_WORD = 4
"""Words of a name that make keys."""


def name_keys(one: Account) -> set[str]:
    """What two accounts of which one may have a full name share if their addresses, handles or names are alike."""
    found = [f"x {key}" for handle in one.handles for key in {handle, bared(handle)}]
    found += [f"a {handle}" for handle in (*one.handles, *one.aliases)]
    found += [f"d {handle}" for handle in one.handles]
    if one.site:
        found.append(f"d {one.site}")
    if one.address:
        found.append(f"e {mailbox(one.address)}")
    found += _of_name(one.name)
    if one.spelled.words != one.name.words:
        found += _of_name(one.spelled)
    return set(found)


def handle_keys(one: Account) -> set[str]:
    """What an account without a full name shares with another one, whose name it has as a handle or as its only name."""
    found = {key for handle in (*one.handles, one.nick) if handle for key in _of_handle(handle, inside=not one.name.full)}
    if one.name.words:
        found.update(_as_handle(one))
    return found


def _of_handle(handle: str, *, inside: bool) -> Iterator[str]:
    """The handle, what is left of it behind or before a letter or two, its beginnings, and names that may stand `inside` it."""
    yield f"h {handle}"
    for cut in (1, 2):
        if len(handle) - cut > 3:
            yield f"h {handle[cut:]}"
            yield f"h {handle[:-cut]}"
    if not inside:
        return
    many = len(handle)
    yield from (f"h {handle[at:to]}" for at in range(min(many - 3, 10)) for to in range(at + 4, min(many, at + 12) + 1))
    if many > 2:
        yield from keys_of_handle(handle)
    if many > 3:
        yield from (f"m {handle[0]} {handle[at : at + size]}" for at in (1, 2) for size in (3, 4) if at + size <= many)
        yield f"o {sound(handle[:6])[:4]}"
        yield f"p {handle}"
    if many > 5:
        yield f"w {handle[:3]} {handle[-3:]}"
        yield from (f"q {handle[: min(cut, 3)]} {handle[cut : cut + size]}" for cut in range(2, min(9, many - 1)) for size in (1, 2))


def _as_handle(one: Account) -> Iterator[str]:
    """A name in the forms in which handles hold it."""
    name = one.name
    yield from (f"o {heard[:4]}" for heard in name.sounds if len(heard) > 2)
    if not name.full:
        return
    first, last = name.words[0], name.words[-1]
    yield from (f"h {form}" for form in one.forms)
    yield from (f"h {word}" for word in name.words if len(word) > 2)
    yield from (f"p {word[:size]}" for word in (first, last) for size in range(4, len(word)))
    yield f"w {first[:3]} {last[-3:]}"
    yield f"w {last[:3]} {first[-3:]}"
    yield from (f"q {a[:cut]} {b[:size]}" for a, b in ((first, last), (last, first)) for cut in (2, 3) for size in (1, 2))
    yield from (f"m {a[0]} {b[:size]}" for a, b in ((first, last), (last, first)) for size in (3, 4))
    yield from keys_of_name(name)


def _of_name(name: Name) -> list[str]:
    if not name.full:
        return [f"n {name.key}"] if name.words else []
    heard, words = name.sounds, [_word(word) for word in name.words]
    turned = {heard, (*heard[1:], heard[0]), (heard[-1], *heard[:-1])}
    return [
        f"n {name.key}",
        "b " + " ".join(sorted([word.bones for word in words])),
        *["j " + "".join(order) for order in turned],
        *_parts(words[:_LONGEST_WORD]),
    ]


def _parts(words: list[_Word]) -> list[str]:
    """A word with the initial of another word, as written and in its formal forms; a slip is in one of the two at most."""
    found: list[str] = []
    for i, one in enumerate(words):
        if one.short:
            continue
        for j, other in enumerate(words):
            if i != j:
                found += [f"i {one.heard} {start}" for start in other.starts]
                if len(one.heard) > 5:
                    found += [f"s {one.bones} {start} {other.bones[:2]}" for start in other.starts]
    return found


class _Word(NamedTuple):
    """What a word of a name gives to keys: its sound and bones, its initials as written and in its formal forms; `short`: says too little."""

    heard: str
    bones: str
    starts: tuple[str, ...]
    short: bool


@lru_cache(maxsize=65_536)
def _word(word: str) -> _Word:
    heard = sound(word)
    return _Word(heard, bones(heard), tuple({word[0], *[formal[0] for formal in formals(word)]}), len(word) < 3)


def pairs(accounts: Sequence[Account]) -> Iterator[tuple[int, int]]:
    """Places in `accounts` of pairs to compare, each pair once: never two accounts of one source or one member, never a bot."""
    seen: set[int] = set()
    many = len(accounts)
    for block, whole in _blocks(accounts):
        for at, i in enumerate(block):
            one = accounts[i]
            for j in block[at + 1 :]:
                other = accounts[j]
                if one.source == other.source or (one.member == other.member and one.member) or (whole and one.name.full and other.name.full):
                    continue
                pair = i * many + j
                if pair not in seen:
                    seen.add(pair)
                    yield i, j


def _blocks(accounts: Sequence[Account]) -> Iterator[tuple[list[int], bool]]:
    """Places that share a key; True with those of handles, where two full names are not compared. Only keys of accounts without a full name
    can bring such pairs, so that keys of full names that nobody asks for are not kept."""
    names = _Shared()
    for place, one in enumerate(accounts):
        if not one.is_bot:
            names.add(name_keys(one), place)
    yield from ((block, False) for key, block in names.blocks.items() if len(block) <= _MOST.get(key[0], CROWDED))
    del names
    asked = _Shared()
    for place, one in enumerate(accounts):
        if not one.is_bot and not one.name.full:
            asked.add(handle_keys(one), place)
    for place, one in enumerate(accounts):
        if asked.first and not one.is_bot and one.name.full:
            asked.add(handle_keys(one) & asked.first.keys(), place)
    yield from ((sorted(block), True) for key, block in asked.blocks.items() if len(block) <= _MOST.get(key[0], CROWDED))


class _Shared:
    """Places by key. Most keys have one place, so that only keys with more get a list."""

    def __init__(self) -> None:
        self.first: dict[str, int] = {}
        self.blocks: dict[str, list[int]] = {}

    def add(self, keys: Iterable[str], place: int) -> None:
        first, blocks = self.first, self.blocks
        for key in keys:
            if key in blocks:
                blocks[key].append(place)
            elif first.setdefault(key, place) != place:
                blocks[key] = [first[key], place]
