"""How a handle relates to another handle, and to the name behind it: what people make of their names when they sign up."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from cmdesk.core.same_person.names import Name, sound
from cmdesk.core.same_person.nicknames import formals, interchangeable, is_given

_BEFORE = re.compile("^(?:the(?:only|real)?|real|iam|its|mr|mrs|dr|prof|xx?|el|hey|hello|call|just|official|sir|dj|mc|team|dev)")
_BEHIND = re.compile(
    "(?:devs?|coder?s?|coding|hq|js|py|xx?|tv|uk|usa?|nl|fr|eu|online|labs?|tech|designs?|writes|io|net|com|org|web|inc|official|work|job|mail|"
    "git|github|photos?|art|music|man|boy|girl|guy|apps?|data|ux|san|jr|sr|phd|md|yt|fm|wp)$"
)
_LEET = str.maketrans("0134578", "oieastb")
_LETTERS_AROUND = re.compile(r"[a-z]\d+[a-z]")


@lru_cache(maxsize=65_536)
def bared(handle: str) -> str:
    """A squeezed handle without what people put before or behind a name (the, dev, hq …); itself where less than four letters would be left."""
    found = handle
    for pattern in (_BEFORE, _BEHIND):
        less = pattern.sub("", found)
        found = less if len(less) > 3 else found
    return found


@lru_cache(maxsize=65_536)
def readings(handle: str) -> tuple[str, ...]:
    """Other ways to read a squeezed handle: digits for letters, backwards."""
    found = [handle[::-1]] if len(handle) > 5 else []
    if _LETTERS_AROUND.search(handle):
        found.append(handle.translate(_LEET))
    return tuple(found)


def two_handles(a: str, b: str) -> str:
    """The likeness of two squeezed handles, "" for none."""
    if a == b:
        return "given" if is_given(a) else "equal" if len(a) > 4 else "short"
    if len(a) < 6 or len(b) < 6:
        return ""
    if bared(a) == bared(b) and not is_given(bared(a)):
        return "longer"
    if len(a) < 7 or len(b) < 7 or not -2 < len(a) - len(b) < 2:
        return ""
    from rapidfuzz.distance import DamerauLevenshtein

    return "near" if DamerauLevenshtein.distance(a, b, score_cutoff=1) <= 1 else ""


def handle_and_name(handle: str, name: Name, forms: Mapping[str, str]) -> str:
    """What of `name` the squeezed `handle` is made of, "" for nothing. `forms` are the handles that people make of this name."""
    if handle in forms:
        return forms[handle]
    words = name.words
    long = [word for word in words if len(word) > 2 and word in handle]
    if len(long) > 1 and sum(map(len, long)) > 6:
        return "within"
    if not name.full:
        return _one_name(handle, words)
    if any(len(last) > 3 and handle.endswith(last) and interchangeable(handle.removesuffix(last), words[0]) for last in words[1:]):
        return "within"
    if any(_beside_initials(handle, word, words) for word in long):
        return "initial"
    if forms.get(bared(handle)):
        return "affixed"
    if _read_otherwise(handle, name, forms):
        return "turned"
    if len(handle) > 5 and (_in_pieces(handle, words[0], words[-1]) or _in_pieces(handle, words[-1], words[0])):
        return "pieces"
    if _short_and_more(handle, words[0], words[-1]) or _short_and_more(handle, words[-1], words[0]):
        return "pieces"
    if _begun(handle, words):
        return "start"
    if len(handle) > 2 and handle == name.initials:
        return "initials"
    if len(handle) > 3 and handle in (words[0], words[-1]) and not is_given(handle):
        return "start"
    rare = [len(word) for word in long if len(word) > 4 and not is_given(word)]
    return ("long" if max(rare) > 6 else "some") if rare else ""


def keys_of_handle(handle: str) -> list[str]:
    """Keys by which a handle finds names that it is read, heard, or shortened from."""
    found = [f"v {sound(handle)}", *[f"h {other}" for other in readings(handle)]]
    less = bared(handle)
    if less != handle:
        found.append(f"h {less}")
    for cut in range(2, min(9, len(handle))):
        found += [f"g {formal} {handle[cut]}" for formal in formals(handle[:cut])]
    return found


def keys_of_name(name: Name) -> list[str]:
    """Keys by which a full name is found by such handles."""
    (a, b), (first, last) = (name.sounds[0], name.sounds[-1]), (name.words[0], name.words[-1])
    found = [f"v {a}{b}", f"v {b}{a}", f"v {a[0]}{b}"]
    found += [f"g {formal} {last[0]}" for formal in formals(first)]
    found += [f"g {formal} {first[0]}" for formal in formals(last)]
    if name.initials:
        found.append(f"h {name.initials}")
    return found


def _one_name(handle: str, words: tuple[str, ...]) -> str:
    """A handle that holds the only name that is told, with a few letters around it."""
    if len(words) != 1 or len(words[0]) < 5 or is_given(words[0]) or words[0] not in handle:
        return ""
    around = len(handle) - len(words[0])
    return "start" if around < 4 and (handle.startswith(words[0]) or handle.endswith(words[0])) else "some"


def _read_otherwise(handle: str, name: Name, forms: Mapping[str, str]) -> bool:
    if any(forms.get(other) in ("both", "initial") for other in readings(handle)):
        return True
    if len(handle) < 6:
        return False
    a, b = name.sounds[0], name.sounds[-1]
    return sound(handle) in (f"{a}{b}", f"{b}{a}", f"{a[0]}{b}")


def _beside_initials(handle: str, word: str, words: tuple[str, ...]) -> bool:
    """A name between a few letters, one of which is the initial of another name; or right behind that initial at the beginning."""
    before, after = handle.split(word, 1)
    initials = {other[0] for other in words if other != word}
    few = len(before) < 3 and len(after) < 3 and bool(initials & set(before + after))
    return len(word) > 3 and (few or before in initials)


def _begun(handle: str, words: tuple[str, ...]) -> bool:
    """The beginning of a name, or an initial, perhaps with that of a middle name, and the beginning of another name: abhi, dtenenba, msabramo."""
    if is_given(handle) or len(handle) < 4:
        return False
    first, last = words[0], words[-1]
    if any(word.startswith(handle) and word != handle for word in (first, last)):
        return True
    turned = ((first, last), (last, first))
    if any(a[0] == handle[0] and b.startswith(handle[1:]) for a, b in turned):
        return True
    return len(handle) > 6 and first[0] == handle[0] and last.startswith(handle[2:])


def _short_and_more(handle: str, given: str, other: str) -> bool:
    """A short or other form of a given name and the beginning of another name: mikesm, bobk."""
    return is_given(given) and any(other.startswith(handle[cut:]) and interchangeable(handle[:cut], given) for cut in range(2, len(handle)))


def _in_pieces(handle: str, first: str, last: str) -> bool:
    """The beginning of one name and then that of the other, or three of its letters in order: tylmoss, danneu, andytlr."""
    for cut in range(2, len(handle) - 1):
        begin, rest = handle[:cut], handle[cut:]
        if not first.startswith(begin):
            return False
        if last.startswith(rest) and max(cut, len(rest)) > 2:
            return True
        signs = iter(last)
        if cut > 2 and len(rest) > 2 and rest[0] == last[0] and all(sign in signs for sign in rest):
            return True
    return False
