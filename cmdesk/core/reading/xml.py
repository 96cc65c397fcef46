"""XML by the names of its elements, with flat memory. No DTD at all, so no entity is ever expanded and nothing is fetched (robustness D)."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from xml.parsers import expat

import msgspec

from cmdesk.core.errors import ImportProblem
from cmdesk.core.reading import text
from cmdesk.core.reading.ledger import Ledger
from cmdesk.core.reading.limits import Limits, over
from cmdesk.core.reading.names import shown
from cmdesk.core.reading.store import Store
from cmdesk.core.text import _

_DECLARED = re.compile(rb"""<\?xml[^>]{0,200}?encoding\s*=\s*["']([\w.\-:]{1,40})["']""")


class Node(msgspec.Struct, gc=False):
    """An element: its local name, its attributes by local name, the text in it without that of its parts, its parts, and how deep it stands
    (the outermost element is 1)."""

    tag: str
    attributes: dict[str, str]
    level: int
    words: list[str] = []
    parts: list[Node] = []

    @property
    def text(self) -> str:
        """The text in it, without blanks around."""
        return "".join(self.words).strip()

    def all(self, tag: str) -> Iterator[Node]:
        """The parts of this name, at any depth, in order."""
        waiting = list(reversed(self.parts))
        while waiting:
            part = waiting.pop()
            if part.tag == tag:
                yield part
            waiting += reversed(part.parts)


class Wanted(msgspec.Struct, frozen=True):
    """Names of elements: records, whole elements outside of records, and elements of which only the begin is wanted."""

    records: frozenset[str]
    around: frozenset[str] = frozenset()
    begins: frozenset[str] = frozenset()


class _Reader:
    """Collects what is wanted. A record inside a record, or something wanted around or at its begin, stands for itself and is no part of it."""

    def __init__(self, wanted: Wanted, name: str, limits: Limits) -> None:
        self._name, self._limits = name, limits
        self._records, self._begins = wanted.records, wanted.begins
        self._whole = wanted.records | wanted.around
        self._depth, self._most = limits.xml_depth, limits.xml_record_bytes
        self._open: list[Node | None] = []
        self._sizes: list[int] = []
        self.done: list[Node] = []
        self.moved = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self.moved = True
        if len(self._open) >= self._depth:
            raise over(self._limits, "xml_depth", _("{name} is nested deeper than {depth:,} levels").format(name=shown(self._name), depth=len(self._open)))
        tag = name.rpartition(":")[2] if ":" in name else name
        parent = self._open[-1] if self._open else None
        if tag in self._whole:
            node = _made(tag, attributes, len(self._open) + 1)
            self._sizes.append(0)
        elif tag in self._begins:
            self.done.append(_made(tag, attributes, len(self._open) + 1))
            self._open.append(None)
            return
        elif parent is None:
            self._open.append(None)
            return
        else:
            node = _made(tag, attributes, len(self._open) + 1)
            parent.parts.append(node)
        self._open.append(node)
        size = self._sizes[-1] = self._sizes[-1] + 100 + sum(map(len, attributes.values())) + 60 * len(attributes)
        if size > self._most:
            self._weigh(0)

    def end(self, name: str) -> None:
        self.moved = True
        node = self._open.pop()
        if node is not None and node.tag in self._whole:
            self._sizes.pop()
            self.done.append(node)

    def characters(self, words: str) -> None:
        self.moved = True
        node = self._open[-1] if self._open else None
        if node is not None and (node.words or not words.isspace()):  # blanks at its begin are not kept
            node.words.append(words)
            self._weigh(len(words))

    def _weigh(self, size: int) -> None:
        self._sizes[-1] += size
        if self._sizes[-1] > self._limits.xml_record_bytes:
            raise over(self._limits, "xml_record_bytes", _("{name} holds an element of more than {n:,} bytes").format(name=shown(self._name), n=self._limits.xml_record_bytes))


def _made(tag: str, attributes: dict[str, str], level: int) -> Node:
    if ":" in "".join(attributes):
        attributes = {key.rpartition(":")[2]: value for key, value in attributes.items()}
    return Node(tag, attributes, level, [], [])


def elements(store: Store, name: str, wanted: Wanted, ledger: Ledger, limits: Limits, encoding: str = "") -> Iterator[Node]:
    """What is `wanted` of the entry, in the order in which it ends. Records are counted in `ledger.read`. ImportProblem where it is no XML,
    declares a document type, or is over a limit."""
    reader = _Reader(wanted, name, limits)
    parser = expat.ParserCreate("utf-8")
    parser.buffer_text = True
    parser.StartElementHandler, parser.EndElementHandler, parser.CharacterDataHandler = reader.start, reader.end, reader.characters
    parser.StartDoctypeDeclHandler = lambda *_more: _refuse_type(name)
    unmoved = 0
    records = wanted.records
    try:
        for chunk in _utf8(store, name, encoding, ledger):
            reader.moved = False
            parser.Parse(chunk, False)
            unmoved = 0 if reader.moved else unmoved + len(chunk)
            if unmoved > limits.xml_record_bytes:
                raise over(limits, "xml_record_bytes", _("{name} holds an element of more than {n:,} bytes").format(name=shown(name), n=unmoved))
            done, reader.done = reader.done, []
            for node in done:
                ledger.read += node.tag in records
                yield node
        parser.Parse(b"", True)
    except expat.ExpatError as error:
        raise _no_xml(name, error.lineno, expat.ErrorString(error.code)) from None
    for node in reader.done:
        ledger.read += node.tag in records
        yield node


def _refuse_type(name: str) -> None:
    raise ImportProblem(
        _("{name} declares a document type (DOCTYPE); that can hide harmful content and is not read.").format(name=shown(name)),
        _("Write the file again with a program that writes none, or remove the DOCTYPE with a text editor."),
    )


def _no_xml(name: str, line: int, why: str) -> ImportProblem:
    return ImportProblem(
        _("{name} is damaged or no XML: line {line:,}, {why}.").format(name=shown(name), line=line, why=why),
        _("Write or download the file again; perhaps it was cut off."),
    )


def _utf8(store: Store, name: str, encoding: str, ledger: Ledger) -> Iterator[bytes]:
    """The entry in UTF-8. What it declares counts, unless its bytes are something else."""
    head = next(store.chunks(name, 1024), b"")
    by_bytes, mark = text.unicode_encoding(head[:8])
    declared = _DECLARED.search(head)
    note = ""
    if encoding:
        mark = 0
    elif mark or by_bytes != "utf-8":
        encoding = by_bytes
    elif declared is not None and not declared[1].lower().startswith((b"utf-8", b"utf8", b"utf-16", b"utf-32", b"ucs")):
        encoding = text.known_encoding(declared[1].decode("ascii"))
    else:
        encoding, mark, note = text.detect(store, name)
    if note:
        ledger.add_problem(shown(name), note, 0)
    plain = codecs.lookup(encoding).name == "utf-8" and not note
    decoder = codecs.getincrementaldecoder(encoding)("replace")
    skip = mark
    for chunk in store.chunks(name):
        piece, skip = chunk[skip:], 0
        yield piece if plain else decoder.decode(piece).encode("utf-8", "replace")
    if not plain:
        yield decoder.decode(b"", True).encode("utf-8", "replace")
