"""Web pages by the classes of their elements, with flat memory: pages that programs write are lists of records with names for their parts.

The tags are cut by the standard library; missing and misplaced end tags are taken as browsers take them.
"""

from __future__ import annotations

import codecs
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


class Wanted(msgspec.Struct, frozen=True):
    """Classes of elements: records, whole elements outside of them, and elements of which only the begin is wanted."""

    records: frozenset[str]
    around: frozenset[str] = _NO_CLASSES
    begins: frozenset[str] = _NO_CLASSES


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
    decoder = codecs.getincrementaldecoder(encoding)("replace")
    count = 0
    for number, chunk in enumerate(chain(store.chunks(name), (b"",))):
        reader.feed(decoder.decode(chunk[mark:] if number == 0 else chunk, not chunk))
        for is_record, element in reader.taken():
            count += is_record
            ledger.read += is_record
            yield element
    if reader.in_record:
        ledger.read += 1
        ledger.add_problem(
            N_("{name}, record {count:,}").format(name=shown(name), count=count + 1), N_("the file ends in the middle of a record")
        )


class _Reader(HTMLParser):
    """Keeps the open elements of what is wanted; everything else passes by."""

    def __init__(self, wanted: Wanted, name: str, limits: Limits) -> None:
        super().__init__(convert_charrefs=True)
        self._wanted, self._name, self._limits = wanted, name, limits
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
        classes = frozenset(attributes["class"].split()) if "class" in attributes else _NO_CLASSES
        element = Element(tag, classes, attributes)
        is_record = not classes.isdisjoint(self._wanted.records)
        begins = not classes.isdisjoint(self._wanted.begins)
        if self._open and (is_record or (begins and self.in_record)):
            self._complete()  # its end tag is missing
        if self._open:
            self._open[-1].inside.append(element)
            self._grow(len(self.get_starttag_text() or ""))
        elif is_record or not classes.isdisjoint(self._wanted.around):
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
