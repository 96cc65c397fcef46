"""Web pages by the classes of their elements, with flat memory: pages that programs write are lists of records with names for their parts.

The tags are cut by the standard library; missing and misplaced end tags are taken as browsers take them.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from itertools import chain
from typing import Any, NoReturn

import msgspec

from cmdesk.core.reading import text
from cmdesk.core.reading.ledger import Ledger
from cmdesk.core.reading.limits import Limits, over
from cmdesk.core.reading.names import shown
from cmdesk.core.reading.store import Store
from cmdesk.core.text import N_, _

_EMPTY = frozenset({"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr"})
_NO_CLASSES: frozenset[str] = frozenset()
_NO_ROLE = (_NO_CLASSES, False, False, False)
_MOST_ROLES = 10_000
_CHUNK = 1 << 16  # bytes: a look at the head of a page reads little more than that
_LONGEST_TAG = 1 << 16


class Wanted(msgspec.Struct, frozen=True):
    """Classes of elements: records, whole elements outside of them, and elements of which only the begin is wanted."""

    records: frozenset[str]
    around: frozenset[str] = _NO_CLASSES
    begins: frozenset[str] = _NO_CLASSES


class _Roles(dict[str, tuple[frozenset[str], bool, bool, bool]]):
    """A `class` attribute → (its classes, is it a record?, wanted around?, wanted where it begins?). A page repeats a few of them."""

    def __init__(self, wanted: Wanted) -> None:
        self._wanted = wanted

    def __missing__(self, written: str) -> tuple[frozenset[str], bool, bool, bool]:
        if len(self) > _MOST_ROLES:
            self.clear()
        classes, wanted = frozenset(written.split()), self._wanted
        kinds = (wanted.records, wanted.around, wanted.begins)
        is_record, around, begins = (not classes.isdisjoint(kind) for kind in kinds)
        self[written] = classes, is_record, around, begins
        return self[written]


class Element(msgspec.Struct, gc=False):
    """An element: its tag, its classes, its attributes ("" where one has no value), and what is in it, text and elements in order."""

    tag: str
    classes: frozenset[str]
    attributes: dict[str, str]
    inside: list[Any] = []

    def all(self, *classes: str) -> Iterator[Element]:
        """The elements in it, at any depth, that have one of `classes`, in order."""
        waiting = list(reversed(self.inside))
        while waiting:
            part = waiting.pop()
            if isinstance(part, Element):
                if not part.classes.isdisjoint(classes):
                    yield part
                waiting += reversed(part.inside)

    def first(self, *classes: str) -> Element | None:
        """The first of `all`."""
        return next(self.all(*classes), None)

    def text(self) -> str:
        """The text in it, with a line end for `br` and the words that stand for a picture."""
        words: list[str] = []
        waiting: list[Any] = [self]
        while waiting:
            part = waiting.pop()
            if isinstance(part, str):
                words.append(part)
            elif part.tag == "br":
                words.append("\n")
            elif part.tag == "img":
                words.append(part.attributes.get("alt", ""))
            else:
                waiting += reversed(part.inside)
        return "".join(words)


def elements(store: Store, name: str, wanted: Wanted, ledger: Ledger, limits: Limits, encoding: str = "") -> Iterator[Element]:
    """What is `wanted` of the page in the entry. Records are counted in `ledger.read`; one that the end of the file cuts is set aside."""
    mark, note = 0, ""
    if not encoding:
        encoding, mark, note = text.detect(store, name)
    if note:
        ledger.add_problem(shown(name), note, 0)
    reader = _Reader(wanted, name, limits)
    count = 0
    for words in _decoded(store, name, encoding, mark):
        reader.feed(words)
        for is_record, element in reader.taken():
            count += is_record
            ledger.read += is_record
            yield element
    if reader.in_record:
        ledger.read += 1
        ledger.add_problem(
            N_("{name}, record {count:,}").format(name=shown(name), count=count + 1), N_("the file ends in the middle of a record")
        )


def tags(store: Store, name: str, classes: frozenset[str], encoding: str = "") -> Iterator[Element]:
    """The elements of `classes` without what is in them: several times as fast as `elements`, which also reads what stands between."""
    mark = 0
    if not encoding:
        encoding, mark, _note = text.detect(store, name)
    tag = re.compile("<[a-zA-Z][^<>]*(?:" + "|".join(map(re.escape, sorted(classes))) + ")[^<>]*>")
    reader = _Reader(Wanted(_NO_CLASSES, begins=classes), name, Limits())
    rest = ""
    for words in _decoded(store, name, encoding, mark):
        rest += words
        for found in tag.findall(rest):
            reader.feed(found)
        yield from (element for _is_record, element in reader.taken())
        rest = rest[max(rest.rfind("<"), len(rest) - _LONGEST_TAG) :] if "<" in rest else ""


def _decoded(store: Store, name: str, encoding: str, mark: int) -> Iterator[str]:
    decoder = codecs.getincrementaldecoder(encoding)("replace")
    for number, chunk in enumerate(chain(store.chunks(name, _CHUNK), (b"",))):
        yield decoder.decode(chunk[mark:] if number == 0 else chunk, not chunk)


class _Reader(HTMLParser):
    """Keeps the open elements of what is wanted; everything else passes by."""

    def __init__(self, wanted: Wanted, name: str, limits: Limits) -> None:
        super().__init__(convert_charrefs=True)
        self._roles, self._name, self._limits = _Roles(wanted), name, limits
        self._ready: list[tuple[bool, Element]] = []
        self._open: list[Element] = []
        self._size = 0
        self.in_record = False

    def taken(self) -> list[tuple[bool, Element]]:
        """(is it a record?, element) of what became complete."""
        if len(self.rawdata) > self._limits.html_record_bytes:
            self._too_long(len(self.rawdata))
        ready, self._ready = self._ready, []
        return ready

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """An element begins."""
        attributes = {key: value or "" for key, value in attrs}
        classes, is_record, around, begins = self._roles[attributes["class"]] if "class" in attributes else _NO_ROLE
        element = Element(tag, classes, attributes)
        if self._open and (is_record or (begins and self.in_record)):
            self._complete()  # its end tag is missing
        if self._open:
            self._open[-1].inside.append(element)
            self._grow(len(self.get_starttag_text() or ""))
        elif is_record or around:
            self.in_record, self._size = is_record, 0
        else:
            if begins:
                self._ready.append((False, element))
            return
        if tag not in _EMPTY:
            self._open.append(element)
            if len(self._open) > self._limits.html_depth:
                raise over(
                    self._limits,
                    "html_depth",
                    _("{name} is nested more than {json_depth:,} levels deep").format(
                        name=shown(self._name), json_depth=self._limits.html_depth
                    ),
                )
        elif not self._open:
            self._ready.append((is_record, element))
            self.in_record = False

    def handle_endtag(self, tag: str) -> None:
        """An element ends, and with it what is open in it."""
        for index in range(len(self._open) - 1, -1, -1):
            if self._open[index].tag == tag:
                if index:
                    del self._open[index:]
                else:
                    self._complete()
                return

    def handle_data(self, data: str) -> None:
        """Text between tags."""
        if self._open:
            self._open[-1].inside.append(data)
            self._grow(len(data))

    def _complete(self) -> None:
        self._ready.append((self.in_record, self._open[0]))
        self._open.clear()
        self.in_record = False

    def _grow(self, size: int) -> None:
        self._size += size
        if self._size > self._limits.html_record_bytes:
            self._too_long(self._size)

    def _too_long(self, size: int) -> NoReturn:
        raise over(
            self._limits, "html_record_bytes", _("{name} holds a record of more than {n:,} bytes").format(name=shown(self._name), n=size)
        )
