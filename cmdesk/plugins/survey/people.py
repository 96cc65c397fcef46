"""Who is meant by a name in a cell: full names, addresses, ids, names turned round, and short names that fit one person only."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from cmdesk.api import N_, Person, relations

from .scales import Unfit

_EMAIL = re.compile(r"[^@\s<>]+@[^@\s<>]+\.[^@\s<>]+")
_ADDRESSED = re.compile(r"(.*?)\s*<([^<>]+)>")
_DAMAGED = re.compile(r"\d(?:[.,]\d+)?E\+\d+", re.IGNORECASE)
_ADDED = re.compile(r"\s*\([^()]*\)\s*$")
_NOBODY = frozenset({"", "anonymous", "anoniem", "nobody", "niemand", "none", "geen", "n a", "nvt", "null", "other", "anders", "myself", "ikzelf"})
UNKNOWN = N_("a name that is on no list")
AMBIGUOUS = N_("a short name that fits several people")
DAMAGE = N_("an id was damaged by a spreadsheet (1.23E+15); use the file as it was given")
DOUBLE = N_("a name that several people have")
NOBODY = N_("no name")


class People:
    """Persons of a survey by key. `listed`: those on a list of people, if there is one; `strict`: names that are not known are refused."""

    def __init__(self) -> None:
        self.known: dict[str, Person] = {}
        self.listed: set[str] = set()
        self.strict = False
        self._names: dict[str, set[str]] = defaultdict(set)
        self._parts: dict[str, set[str]] = defaultdict(set)
        self._several = 0
        self._told: dict[str, Person] = {}
        self._double: set[str] = set()
        self._found: dict[str, str] = {}

    def add(self, name: str, email: str = "", key: str = "", unit: str = "", role: str = "", place: str = "") -> str:
        """Make a person known; returns the key. Without one it is the name, else the address."""
        name, email = _tidy(name), email.strip().lower()
        name = "" if relations.words(name) in _NOBODY else name
        email = email if _EMAIL.fullmatch(email) else ""
        key = _tidy(key) or name or email
        if not key:
            return ""
        self._found.clear()
        before = self.known.get(key)
        shown = name or (key if _is_name(key) else "")
        self.known[key] = Person(
            key=key, name=shown or (before.name if before else ""), email=email or (before.email if before else ""), unit=unit or (before.unit if before else ""),
            role=role or (before.role if before else ""), place=place or (before.place if before else ""),
        )  # fmt: skip
        for form in {relations.words(key), relations.words(name), email} - {""}:
            self._names[form].add(key)
        if _is_name(name or key):
            parts = relations.words(name or key).split()
            self._several += before is None and len(parts) > 1
            for part in parts:
                self._parts[part].add(key)
                self._parts[part[0]].add(key)
        return key

    def find(self, cell: str) -> str:
        """The key of the person that a cell means, who becomes known if need be; Unfit says why there is none."""
        return self._found.get(cell) or self.known_as(cell) or self._new(cell)

    def known_as(self, cell: str) -> str:
        """The key of the known person that a cell means, "" for nobody; Unfit if it could be several or names no person."""
        key = self._found.get(cell)
        if key is None:
            key = self._found[cell] = self._look(_tidy(cell))
        return key

    def _look(self, text: str) -> str:
        if (addressed := _ADDRESSED.fullmatch(text)) is not None:
            text = addressed[2] if _EMAIL.fullmatch(addressed[2]) else addressed[1]
        if _DAMAGED.fullmatch(text):
            raise Unfit(DAMAGE)
        if relations.words(text) in self._double:
            raise Unfit(DOUBLE)
        if text in self.known:
            return text
        if _EMAIL.fullmatch(text):
            return self._only(self._names.get(text.lower(), set()))
        forms = [text, _ADDED.sub("", text)]
        forms += [" ".join(reversed(form.split(",", 1))) for form in forms if "," in form]
        for form in map(relations.words, forms):
            if form in self._names:
                return self._only(self._names[form])
        if relations.words(text) in _NOBODY:
            raise Unfit(NOBODY)
        return self._short(relations.words(forms[1])) if _is_name(text) else ""

    def _short(self, form: str) -> str:
        """One known person of whose name these are parts ("Ann", "Ann B.", "A Bakker"); "" if it fits nobody."""
        parts = form.split()
        fits = [self._parts.get(part, set()) for part in parts]
        if not parts or not all(fits) or all(len(part) == 1 for part in parts):
            return ""
        return self._only(set.intersection(*fits))

    def _only(self, keys: set[str]) -> str:
        if len(keys) > 1:
            raise Unfit(AMBIGUOUS)
        return next(iter(keys), "")

    def _new(self, cell: str) -> str:
        text = _tidy(cell)
        lone = " " not in text and "@" not in text and self._several * 2 > len(self.known)
        if self.strict or lone:
            raise Unfit(UNKNOWN)
        return self.add("", text) if _EMAIL.fullmatch(text) else self.add(text)

    def double(self, name: str) -> None:
        """Several people have this name: nobody is meant by it any more."""
        self._double.add(relations.words(name))
        self._found.clear()

    def fresh(self) -> Iterator[Person]:
        """The persons that became known, or better known, since this was last asked."""
        for key, person in self.known.items():
            if self._told.get(key) != person:
                self._told[key] = person
                yield person


def _is_name(text: str) -> bool:
    """True for what may be shortened: no number, no address."""
    return not any(sign.isdigit() or sign in "@_" for sign in text)


def _tidy(text: str) -> str:
    return " ".join(text.split())
