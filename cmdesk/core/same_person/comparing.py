"""How two names compare: the same, alike, sharing only a part, or different."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Literal

from cmdesk.core.same_person.names import Name, same_unvowelled
from cmdesk.core.same_person.nicknames import interchangeable, is_given

Likeness = Literal["same", "reordered", "alike", "initial", "middle", "part", "given", "family", "differ", ""]
"""same; the same in another order or spelling; alike (short name, slip, one name more); the same but for an initial; the same but for an initial that stands for
a later given name while the first one is another; only one name known and shared; only the given name shared; only the family name shared; differing; nothing to compare."""

_SLIP = 0.93
"""Jaro-Winkler similarity from which two words of six letters or more are one with a slip."""


def likeness(one: Name, other: Name) -> Likeness:
    """Compare two names, in any order of their words."""
    if not one.words or not other.words:
        return ""
    if one.generation and other.generation and one.generation != other.generation:
        return "family"
    if not (one.full and other.full):
        return _partly(one, other)
    if one.words == other.words:
        return "same"
    if one.key == other.key or _joined(one, other):
        return "reordered"
    return _aligned(one, other)


def _partly(one: Name, other: Name) -> Likeness:
    if one.words == other.words:
        return "part"
    short, long = sorted((one, other), key=lambda name: len(name.words))
    shared = set(short.sounds) & set(long.sounds)
    if shared and all(len(word) > 2 for word in shared):
        return "part"
    return "part" if any(interchangeable(a, b) for a in short.words for b in long.words[:1]) else "differ"


def _joined(one: Name, other: Name) -> bool:
    """Jean Luc Picard and Picard Jeanluc."""
    if len(one.words) == len(other.words):
        return False
    a, b = one.sounds, other.sounds
    return "".join(a) in {"".join(b), "".join((*b[1:], b[0])), "".join((b[-1], *b[:-1]))}


def _aligned(one: Name, other: Name) -> Likeness:
    """Words of the shorter name are matched with those of the longer one, the surest first."""
    short, long = (one, other) if len(one.words) <= len(other.words) else (other, one)
    if len(long.words) == 2 and (short.sounds[0] == long.sounds[0] or short.sounds[1] == long.sounds[1]):
        return _beside_equal(short, long, int(short.sounds[0] == long.sounds[0]))
    pairs = [(value, i, j) for i in range(len(short.words)) for j in range(len(long.words)) if (value := _word(short, i, long, j))]
    if len(pairs) > 1:
        pairs.sort(key=lambda pair: (-pair[0], abs(pair[1] - pair[2])))
    used: dict[int, tuple[float, int]] = {}
    taken: set[int] = set()
    for value, i, j in pairs:
        if i not in used and j not in taken:
            used[i] = (value, j)
            taken.add(j)
    if len(used) == len(short.words):
        values = sorted(value for value, _j in used.values())
        sure = sum(value >= _SURE and len(short.words[i]) > 1 for i, (value, _j) in used.items())
        if sure and values[0] >= _LIKELY:
            return "alike"
        return _by_initial(short, long, used) if sure else "differ"
    return _what_is_shared(short, long, used)


_TWO_GENDERS = ("ao", "oa", "ae", "ea")
"""Endings of which one is a man's and one a woman's name: Francesco and Francesca, Daniele and Daniela."""
_SURE, _LIKELY, _INITIAL = 0.9, 0.8, 0.5


def _word(one: Name, i: int, other: Name, j: int) -> float:
    """How surely two words are one: 1 equal, 0.9 and more a slip, 0.85 a short name, 0.5 an initial, 0 different."""
    if one.sounds[i] == other.sounds[j]:
        return 1.0
    return _two(one.words[i], one.sounds[i], other.words[j], other.sounds[j], one.bare - other.bare)


@lru_cache(maxsize=262_144)
def _two(word: str, a: str, against: str, b: str, bare: int) -> float:
    if word[0] == against[0] and 1 in (len(word), len(against)):
        return _INITIAL
    if bare and (same_unvowelled(a, b, against) if bare > 0 else same_unvowelled(b, a, word)):
        return 0.95
    if interchangeable(word, against):
        return 0.85
    if is_given(word) and is_given(against):
        return 0.0
    if a[:-1] == b[:-1] and a[-1:] + b[-1:] in _TWO_GENDERS:
        return 0.0
    if min(len(a), len(b)) < 5 or abs(len(a) - len(b)) > 2 or a.startswith(b) or b.startswith(a):  # Martin and Martina are two people
        return 0.0
    from rapidfuzz.distance import JaroWinkler

    similar = float(JaroWinkler.similarity(a, b))
    return similar if similar >= _SLIP else 0.0


def _beside_equal(one: Name, other: Name, at: int) -> Likeness:
    """Two names of two words, of which one is equal and the word `at` may be: what most of all pairs are."""
    value, equal = _word(one, at, other, at), len(one.words[1 - at]) > 1
    likely = value >= _SURE and len(one.words[at]) > 1
    if value == 0:
        return ("family" if at == 0 else "given") if equal else "differ"
    if not (equal or likely):
        return "differ"
    return "alike" if value >= _LIKELY else "initial"


def _by_initial(short: Name, long: Name, used: Mapping[int, tuple[float, int]]) -> Likeness:
    """R. Smith may be Robert James Smith; that R. Smith is James Robert Smith, or Alan Smith is John A. Smith, is less likely."""
    left = [j for j, word in enumerate(long.words) if len(word) > 1 and j not in {at for _value, at in used.values()}]
    initials = [j for value, j in used.values() if value == _INITIAL]
    return "middle" if left and initials and left[0] < min(initials) else "initial"


def _what_is_shared(short: Name, long: Name, used: dict[int, tuple[float, int]]) -> Likeness:
    sure = {i: j for i, (value, j) in used.items() if value >= _SURE and len(short.words[i]) > 1}
    if not sure:
        return "differ"
    if any(i == len(short.words) - 1 and j == len(long.words) - 1 for i, j in sure.items()):
        return "family"
    return "given"
