"""Names as they are compared: one alphabet, no case, no marks, no titles, no order.

Texts become ASCII by `anyascii` (Cyrillic, Greek, Arabic, Hebrew, Chinese …). What a transliteration spells in several ways (Müller and
Mueller, Sergey and Sergei) becomes one *sound*; of scripts that write no vowels only the *bones* are compared.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

import msgspec

_TASKS = """
info admin administrator support contact help helpdesk office sales team mail post webmaster root postmaster hello service noreply no-reply donotreply bot
system user users guest test anonymous unknown moderator staff hr it all everyone list lists newsletter news marketing accounts billing security abuse
hostmaster ubuntu git github jenkins travis ci build deploy dev developer owner member members account community server localhost nobody daemon reception
receptie secretariaat bestuur vereniging algemeen beheer klantenservice press media jobs careers feedback events finance legal me my home family mailbox
shared inbox group webteam website www www-data ec2-user vagrant
"""
_BEFORE_AND_AFTER = "dr prof ir ing mr mrs ms drs msc bsc phd md sir mx bc ba ma mba herr frau dhr mevr mw"
_BETWEEN = "van de der den von zu zur ter ten te da das do dos du di del della la le el al bin ibn abu af av het y e"
GENERIC = frozenset(_TASKS.split())
"""Words that name a task and no person."""

_TITLES = frozenset(_BEFORE_AND_AFTER.split())
_PARTICLES = frozenset(_BETWEEN.split())
_VIETNAMESE = frozenset(("nguyen", "tran", "pham", "huynh", "hoang", "phan", "vu", "dang", "bui", "ngo", "duong", "ly"))
_GENERATIONS = {"jr": "junior", "junior": "junior", "sr": "senior", "senior": "senior", "ii": "second", "iii": "third"}
_ABJAD = re.compile(r"[\u0590-\u05ff\u0600-\u06ff\u0750-\u077f\ufb50-\ufdff\ufe70-\ufeff]")
_HAN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff\uac00-\ud7af]")
_BRACKETS = re.compile(r"[(\[{<][^)\]}>]*[)\]}>]|\bvia\b.*$", re.IGNORECASE)
_CAMEL = re.compile(r"[A-Z]?[a-z]{2,}|[A-Z]+(?![a-z])")
_PARTS = re.compile(r"[A-Za-z0-9]+")
_JOINS = str.maketrans("", "", "`'’-")
_DOUBLES = re.compile(r"(.)\1+")
_KOREAN = {"gim": "kim", "i": "lee", "bag": "park", "choe": "choi", "jeong": "jung", "gang": "kang", "jo": "cho", "yun": "yoon", "im": "lim", "sin": "shin"}
_SOUNDS = (
    ("shch", "sc"), ("sch", "sc"), ("tsch", "c"), ("ch", "c"), ("sh", "s"), ("sz", "s"), ("cz", "c"), ("ph", "f"), ("th", "t"), ("kh", "k"), ("gh", "g"),
    ("zh", "z"), ("ck", "k"), ("qu", "k"), ("q", "k"), ("x", "ks"), ("ts", "c"), ("tz", "c"), ("ae", "a"), ("oe", "o"), ("ue", "u"), ("ou", "u"),
    ("eo", "u"), ("oy", "u"), ("yu", "u"), ("iu", "u"), ("ya", "a"), ("ia", "a"), ("ye", "e"), ("ie", "i"), ("ei", "i"), ("ey", "i"), ("ay", "i"), ("ai", "i"), ("iy", "i"),
    ("ij", "i"), ("ii", "i"), ("yi", "i"), ("ee", "i"), ("oo", "u"), ("dj", "j"), ("w", "v"), ("y", "i"), ("j", "i"),
)  # fmt: skip
LONGEST = 120
"""Characters of a name that are looked at."""


class Name(msgspec.Struct, frozen=True, gc=False):
    """A name to compare. `words` are ASCII in the order as written, without titles and particles; `bare`: written without vowels;
    `generation`: junior, senior, second, third or ""; `whole`: the words with particles (van, de), where it has any;
    `full`: more than one name, of which one may be an initial; `key`: the same for the same sounds in any order;
    `initials`: of all words, also particles and parts with a hyphen, where there are three or more."""

    words: tuple[str, ...]
    sounds: tuple[str, ...]
    bare: bool
    generation: str = ""
    whole: tuple[str, ...] = ()
    full: bool = False
    key: str = ""
    initials: str = ""


NOBODY = Name((), (), False)


def ascii_of(text: str) -> str:
    """`text` in small ASCII letters, compatibility forms and marks folded."""
    if text.isascii():
        return text.lower()
    from anyascii import anyascii

    return anyascii(unicodedata.normalize("NFKC", text)).lower()


@lru_cache(maxsize=65_536)
def parse(text: str) -> Name:
    """A name as stated by an account; NOBODY for an address or a name that stands for a task."""
    text = text[:LONGEST].strip() if text.isascii() else unicodedata.normalize("NFKC", text[:LONGEST]).strip()
    if "@" in text or not text:
        return NOBODY
    plain = _BRACKETS.sub(" ", text).strip() or text
    foreign = not plain.isascii()
    whole = _han(plain) if foreign and _HAN.search(plain) else _words(plain)
    words = _main(whole)
    if GENERIC.issuperset(words):
        return NOBODY
    bare = foreign and bool(_ABJAD.search(text))
    generation = "" if _GENERATIONS.keys().isdisjoint(words[1:]) else next(_GENERATIONS[word] for word in words[1:] if word in _GENERATIONS)
    if generation:
        words = [word for at, word in enumerate(words) if not at or word not in _GENERATIONS]
        whole = words
    sounds = tuple([sound(word) for word in words])
    return Name(tuple(words), sounds, bare, generation, tuple(whole) if len(whole) > len(words) else (), _is_full(words), " ".join(sorted(sounds)), _initials(plain, whole))


def _initials(plain: str, whole: list[str]) -> str:
    if len(whole) < 2 or (len(whole) < 3 and "-" not in plain):
        return ""
    found = "".join(word[0] for word in _words(plain.replace("-", " ")))
    return found if len(found) > 2 else ""


def _is_full(words: list[str]) -> bool:
    return len(words) > 1 and len(max(words, key=len)) > 1


def _words(text: str) -> list[str]:
    from anyascii import anyascii

    plain = text if text.isascii() else anyascii(_unwritten(text))
    parts = _PARTS.findall(plain.translate(_JOINS))
    if len(parts) == 1 and parts[0].isalpha() and not parts[0].isupper():
        camel = _CAMEL.findall(parts[0])
        parts = camel if len(camel) > 1 else parts
    return [word for word in map(str.lower, parts) if word not in _TITLES][:6]


def _main(words: list[str]) -> list[str]:
    """Without particles, unless too little would be left; Van and Thi are names in Vietnam."""
    if words and words[0] in _VIETNAMESE:
        return words
    main = [word for word in words if word not in _PARTICLES]
    return main if len(main) > 1 else words


def _unwritten(text: str) -> str:
    """Arabic and Hebrew letters that are read as vowels, or not at all, as such."""
    if not _ABJAD.search(text):
        return text
    plain = re.sub("[ةه](?=\\s|$)", "", text)
    plain = re.sub("(?<=[\u0590-\u06ff])[وו]", "u", re.sub("(?<=[\u0590-\u06ff])[يیי]", "i", plain))
    return re.sub("(?<![\u0590-\u06ff])[عעاأإآא]", "a", plain)


def _han(text: str) -> list[str]:
    """Chinese and Korean: the first sign is the family name. Signs that Japanese reads in its own way come out in Chinese."""
    from anyascii import anyascii

    found: list[str] = []
    for part in re.split(r"[\s·・,]+", text):
        if not _HAN.search(part):
            found += _words(part)
            continue
        signs = ["".join(re.findall("[a-z]", anyascii(sign).lower())) for sign in part]
        signs = [sign for sign in signs if sign]
        if signs and not found and len(signs) > 1:
            found += [_KOREAN.get(signs[0], signs[0]) if "\uac00" <= part[0] <= "\ud7af" else signs[0], "".join(signs[1:])]
        else:
            found.append("".join(signs))
    return [word for word in found if word]


@lru_cache(maxsize=65_536)
def sound(word: str) -> str:
    """An ASCII word with the spellings of one sound made equal."""
    for spelt, heard in _SOUNDS:
        if spelt in word:
            word = word.replace(spelt, heard)
    return _DOUBLES.sub(r"\1", word) or word


@lru_cache(maxsize=65_536)
def bones(heard: str) -> str:
    """The consonants of a sound, behind an "a" for a vowel at its beginning; an h at its end is not heard."""
    begin = "a" if heard[:1] in "aeiou" else ""
    return _DOUBLES.sub(r"\1", begin + re.sub("[aeiou]|h$", "", heard)) or heard[:1]


_LONG = re.compile("ou|oo|ee|ei|aa|ai|ay")


def consonantal(native: str) -> str:
    """A sound of a script that writes u and v with one sign, read with v."""
    return native[:1] + native[1:].replace("u", "v")


def same_unvowelled(native: str, heard: str, word: str) -> bool:
    """True if `native`, a sound of a script that writes long vowels only, may be the Latin `word`, whose sound is `heard`."""
    return _same_bones(native, heard, word) or ("u" in native[1:] and _same_bones(consonantal(native), heard, word))


def _same_bones(native: str, heard: str, word: str) -> bool:
    if len(bones(native)) < 2 or bones(native) != bones(heard):
        return False
    rest = iter("a" + heard[1:] if heard[0] in "aeiou" else heard)
    begin = "a" + native[1:] if native[0] in "aeiou" else native
    written = all(any(sign == other for other in rest) for sign in begin.removesuffix("h"))
    return written and len(_LONG.findall(word)) <= sum(sign in "aeiou" for sign in native)


@lru_cache(maxsize=65_536)
def squeezed(handle: str) -> str:
    """A handle or the local part of an address without signs and without the number at its end."""
    plain = re.sub(r"[^a-z0-9]", "", ascii_of(handle[:LONGEST].split("+")[0]))
    return re.sub(r"^\d+|\d+$", "", plain)
