"""Which pairs are worth comparing: those that share a key, such as a name's sounds or a handle. Near-linear in the number of accounts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence, Set
from functools import lru_cache
from itertools import combinations, product
from typing import NamedTuple

from cmdesk.core.same_person.account import Account, mailbox
from cmdesk.core.same_person.handles import bared, keys_of_handle, keys_of_name
from cmdesk.core.same_person.names import Name, bones, consonantal, sound
from cmdesk.core.same_person.nicknames import formals

CROWDED = 32
"""Accounts that may share a key; a key that more share tells nobody apart."""
FEW = 6
"""Accounts that may share a key of pieces of words; such keys are met by chance in a large community."""
_MOST = {**dict.fromkeys("sowqmg", FEW), "d": 2}
"""The same for kinds of keys; a domain with more than one address and one handle is an organisation's."""
_LONGEST_WORD = 4
"""Words of a name that make keys."""


def name_keys(one: Account, sites: Set[str] = frozenset()) -> list[str]:
    """What two accounts of which one may have a full name share if their addresses, handles or names are alike; `sites` are domains that
    may be a handle."""
    found = [f"x {handle}" for handle in (*one.handles, *one.aliases)]
    found += [f"x {bared(handle)}" for handle in one.handles if bared(handle) != handle]
    found += [f"d {handle}" for handle in one.handles if handle in sites]
    if one.site:
        found.append(f"d {one.site}")
    if one.address:
        found.append(f"e {mailbox(one.address)}")
    found += _of_name(one.name)
    if one.spelled.words != one.name.words:
        found += _of_name(one.spelled)
    return found


def handle_keys(one: Account) -> list[str]:
    """What an account without a full name shares with another one, whose name it has as a handle or as its only name."""
    found: list[str] = []
    for handle in one.called:
        found += _of_handle(handle, inside=not one.name.full)
    return found + _as_handle(one) if one.name.words else found


def _of_handle(handle: str, *, inside: bool) -> list[str]:
    """The handle, what is left of it behind or before a letter or two, its beginnings, and names that may stand `inside` it."""
    many = len(handle)
    found = [f"h {handle}"]
    for cut in (1, 2):
        if many - cut > 3:
            found += (f"h {handle[cut:]}", f"h {handle[:-cut]}")
    if not inside:
        return found
    found += [f"h {handle[at:to]}" for at in range(min(many - 3, 10)) for to in range(at + 4, min(many, at + 12) + 1)]
    if many > 2:
        found += keys_of_handle(handle)
    if many > 3:
        found += [f"m {handle[0]} {handle[at : at + size]}" for at in (1, 2) for size in (3, 4) if at + size <= many]
        found += (f"o {sound(handle[:6])[:4]}", f"p {handle}")
    if many > 5:
        found.append(f"w {handle[:3]} {handle[-3:]}")
        found += [f"q {handle[: min(cut, 3)]} {handle[cut : cut + size]}" for cut in range(2, min(9, many - 1)) for size in (1, 2)]
    return found


def _as_handle(one: Account) -> list[str]:
    """A name in the forms in which handles hold it."""
    name = one.name
    found = [f"o {heard[:4]}" for heard in name.sounds if len(heard) > 2]
    if not name.full:
        return found
    first, last = name.words[0], name.words[-1]
    found += [f"h {form}" for form in one.forms]
    found += [f"h {word}" for word in name.words if len(word) > 2]
    for a, b in ((first, last), (last, first)):
        found += [f"p {a[:size]}" for size in range(4, len(a))]
        begin, more, initial, two = a[:2], a[:3], b[0], b[:2]
        found += (f"w {more} {b[-3:]}", f"q {begin} {initial}", f"q {begin} {two}", f"q {more} {initial}", f"q {more} {two}")
        found += (f"m {a[0]} {b[:3]}", f"m {a[0]} {b[:4]}")
    return found + keys_of_name(name)


def _of_name(name: Name) -> list[str]:
    if not name.full:
        return [f"n {name.key}"] if name.words else []
    words = [_word(word) for word in name.words]
    letters = "".join(sorted("".join(name.sounds)))  # the same in any order, and where two words are written as one
    return [f"j {letters}", *_of_bones(name, words), *_parts(words[:_LONGEST_WORD])]


def _of_bones(name: Name, words: list[_Word]) -> list[str]:
    plain = ["b " + " ".join(sorted([word.bones for word in words]))]
    if not name.bare or not any("u" in word.heard[1:] for word in words):
        return plain
    either = [{word.bones, bones(consonantal(word.heard))} for word in words[:_LONGEST_WORD]]
    return [*plain, *["b " + " ".join(sorted(read)) for read in product(*either)]]


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
    source, member, full = [one.source for one in accounts], [one.member for one in accounts], [one.name.full for one in accounts]
    for block, whole in _blocks(accounts):
        for i, j in combinations(block, 2):
            if source[i] == source[j] or (member[i] == member[j] and member[i]) or (whole and full[i] and full[j]):
                continue
            pair = i * many + j
            if pair not in seen:
                seen.add(pair)
                yield i, j


def _blocks(accounts: Sequence[Account]) -> Iterator[tuple[tuple[int, ...], bool]]:
    """Places that share a key; True with those of handles, where two full names are not compared. Only keys of accounts without a full name
    can bring such pairs, so that keys of full names that nobody asks for are not kept."""
    shared = _Shared()
    sites = {one.site for one in accounts}
    for place, one in enumerate(accounts):
        if not one.is_bot:
            shared.add(name_keys(one, sites), place)
    yield from ((block, False) for block in shared.blocks())
    shared = _Shared()
    for place, one in enumerate(accounts):
        if not one.is_bot and not one.name.full:
            shared.add(handle_keys(one), place)
    for place, one in enumerate(accounts):
        if shared.by_key and not one.is_bot and one.name.full:
            shared.add(filter(shared.by_key.__contains__, handle_keys(one)), place)
    yield from ((tuple(sorted(block)), True) for block in shared.blocks())


class _Shared:
    """Places by key: one, several, or none any more where too many share it. Numbers and tuples of them: lists would be many, and slow."""

    def __init__(self) -> None:
        self.by_key: dict[str, int | tuple[int, ...] | None] = {}

    def add(self, keys: Iterable[str], place: int) -> None:
        by_key = self.by_key
        for key in keys:
            there = by_key.setdefault(key, place)
            if there is None or there is place:
                continue
            if isinstance(there, int):
                if there != place:
                    by_key[key] = (there, place)
            elif there[-1] != place:
                by_key[key] = (*there, place) if len(there) < _MOST.get(key[0], CROWDED) else None

    def blocks(self) -> Iterator[tuple[int, ...]]:
        """Places of keys that several share."""
        return (places for places in self.by_key.values() if isinstance(places, tuple))
