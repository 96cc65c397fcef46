"""Which pairs are worth comparing: those that share a key, such as a name's sounds or a handle. Near-linear in the number of accounts."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

from cmdesk.core.same_person.account import Account, handle_forms, mailbox
from cmdesk.core.same_person.names import Name, bones, sound
from cmdesk.core.same_person.nicknames import formals

_ARTICLE = re.compile("^(?:the|iam|im|its|real|mr|mrs|dr)")
CROWDED = 32
"""Accounts that may share a key; a key that more share tells nobody apart."""
FEW = 6
"""Accounts that may share a key of pieces of words; such keys are met by chance in a large community."""
_LONGEST_WORD = 4
"""Words of a name that make keys."""


def keys(one: Account) -> set[str]:
    """What an account must share with another one to be compared with it."""
    found = {key for handle in (*one.handles, one.nick) if handle for key in _of_handle(handle)}
    if one.address:
        found.add(f"e {mailbox(one.address)}")
    for name in {one.name, one.spelled}:
        found.update(_of_name(name))
    return found


def _of_handle(handle: str) -> Iterator[str]:
    """The handle, what is left of it behind or before a letter or two, and its two ends."""
    yield f"h {handle}"
    bare = _ARTICLE.sub("", handle)
    if bare != handle and len(bare) > 3:
        yield from _of_handle(bare)
    for cut in (1, 2):
        if len(handle) - cut > 3:
            yield f"h {handle[cut:]}"
            yield f"h {handle[:-cut]}"
    if len(handle) > 5:
        yield f"w {handle[:3]} {handle[-3:]}"
    if len(handle) > 5:
        yield from (f"q {handle[: min(cut, 3)]} {handle[cut : cut + many]}" for cut in range(2, min(9, len(handle) - 1)) for many in (1, 2))
        yield f"m {handle[0]} {handle[1:5]}"
    if len(handle) > 4:
        yield f"o {sound(handle[:6])[:4]}"


def _of_name(name: Name) -> Iterator[str]:
    if not name.words:
        return
    yield f"n {name.key}"
    for heard in name.sounds:
        if len(heard) > 2:
            yield f"o {heard[:4]}"
    if not name.full:
        return
    first, last = name.words[0], name.words[-1]
    yield from (f"h {form}" for form in handle_forms(name))
    yield from (f"h {word}" for word in (first, last) if len(word) > 3)
    yield f"w {first[:3]} {last[-3:]}"
    yield f"w {last[:3]} {first[-3:]}"
    yield from (f"q {a[:cut]} {b[:many]}" for a, b in ((first, last), (last, first)) for cut in (2, 3) for many in (1, 2))
    yield from (f"m {a[0]} {b[:4]}" for a, b in ((first, last), (last, first)))
    yield "b " + " ".join(sorted(map(bones, name.sounds)))
    yield from (f"j {''.join(turned)}" for turned in (name.sounds, (*name.sounds[1:], name.sounds[0]), (name.sounds[-1], *name.sounds[:-1])))
    yield from _parts(name)


def _parts(name: Name) -> Iterator[str]:
    """A word with the initial of another word, as written and in its formal forms; a slip is in one of the two at most."""
    words = name.words[:_LONGEST_WORD]
    for i, word in enumerate(words):
        if len(word) < 3:
            continue
        heard = sound(word)
        for j, other in enumerate(words):
            if i != j:
                starts = {other[0], *(formal[0] for formal in formals(other))}
                for start in starts:
                    yield f"i {heard} {start}"
                    if len(heard) > 5:
                        yield f"s {bones(heard)} {start} {bones(sound(other))[:2]}"


def pairs(accounts: Sequence[Account]) -> Iterator[tuple[int, int]]:
    """Places in `accounts` of pairs to compare, each pair once: never two accounts of one source or one member, never a bot."""
    blocks: defaultdict[str, list[int]] = defaultdict(list)
    for place, one in enumerate(accounts):
        if not one.is_bot:
            for key in keys(one):
                blocks[key].append(place)
    seen: set[int] = set()
    many = len(accounts)
    for key, block in blocks.items():
        if not 1 < len(block) <= (FEW if key[0] in "owqms" else CROWDED):
            continue
        for at, i in enumerate(block):
            one = accounts[i]
            for j in block[at + 1 :]:
                other = accounts[j]
                if one.source != other.source and (one.member != other.member or not one.member) and i * many + j not in seen:
                    seen.add(i * many + j)
                    yield i, j


def sharing(accounts: Sequence[Account]) -> dict[tuple[int, str], int]:
    """How many accounts of a source have a name, by (source, the name's key)."""
    counts: defaultdict[tuple[int, str], int] = defaultdict(int)
    for one in accounts:
        if one.name.words:
            counts[one.source, one.name.key] += 1
    return counts
