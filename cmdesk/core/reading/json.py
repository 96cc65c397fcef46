"""JSON documents and lists of records, decoded straight into structs.

The fast path is one msgspec call for a whole list. Only what msgspec refuses, and files of more than 32 MB, go element by element: a
broken element is set aside with its place and the rest goes on.
"""

from __future__ import annotations

import codecs
import json
import math
import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import chain
from typing import Any, TypeVar

import msgspec

from cmdesk.core.errors import ImportProblem
from cmdesk.core.reading import misfits
from cmdesk.core.reading.ledger import Ledger
from cmdesk.core.reading.limits import Limits, over
from cmdesk.core.reading.names import shown
from cmdesk.core.reading.split import Splitter
from cmdesk.core.reading.store import Store
from cmdesk.core.reading.text import unicode_encoding
from cmdesk.core.text import N_, _

T = TypeVar("T")

AT_ONCE = 32 << 20  # bytes of an entry that are decoded in one call
_REFUSED = (msgspec.DecodeError, UnicodeError, RecursionError, ValueError, OverflowError)
_LINES = (".jsonl", ".ndjson")
_SURROGATE = re.compile("[\ud800-\udfff]")


@lru_cache(maxsize=256)
def _decoder(kind: Any) -> msgspec.json.Decoder[Any]:
    return msgspec.json.Decoder(kind, strict=False)


def document(store: Store, name: str, kind: type[T], limits: Limits) -> T:
    """The entry as one document of type `kind`; raises ImportProblem, which names the entry and the place."""
    if store.sizes[name] > limits.whole_bytes:
        raise over(limits, "whole_bytes", _("{name} is {sizes:,} bytes").format(name=shown(name), sizes=store.sizes[name]))
    data = _utf8(store.read(name), name)
    try:
        result: T = _decode(data, kind)
    except _REFUSED as error:
        raise ImportProblem(
            _("{name} cannot be read: {why}.").format(name=shown(name), why=_why(error, data)), _("Check that the export is complete.")
        ) from error
    return result


def records(store: Store, name: str, kind: type[T], ledger: Ledger, limits: Limits) -> Iterator[T]:
    """The elements of the list in the entry (or of its lines, or of documents one after another), counted in `ledger.read`."""
    if store.sizes[name] > AT_ONCE:
        yield from _slowly(_utf8_chunks(store, name), name, kind, ledger, limits)
        return
    data = _utf8(store.read(name), name)
    try:
        found: list[T] = _decoder(list[kind]).decode(data)  # type: ignore[valid-type]
    except _REFUSED:
        yield from _slowly(iter((data,)), name, kind, ledger, limits)
        return
    ledger.read += len(found)
    yield from found


def _slowly(chunks: Iterator[bytes], name: str, kind: type[T], ledger: Ledger, limits: Limits) -> Iterator[T]:
    """Element by element, or line by line where each line is a document."""
    first = next(chunks, b"")
    while first and not first.strip():
        first = next(chunks, b"")
    chunks = chain((first,), chunks)
    begin = first.lstrip()
    if not begin:
        ledger.add_problem(shown(name), N_("the file is empty"), 0)
    elif begin.rstrip() == b"null":
        return  # what programs in Go write for an empty list
    elif name.lower().endswith(_LINES) or (_is_document(begin.split(b"\n", 1)[0]) and b"\n" in begin.strip()):
        yield from _by_line(chunks, name, kind, ledger, limits)
    elif begin[:1] not in b"[{":
        raise ImportProblem(
            _("{name} {instead} where a list was expected.").format(name=shown(name), instead=_instead(begin)),
            _("Check that the export is complete."),
        )
    else:
        yield from _by_element(chunks, name, kind, ledger, limits)


def _by_element(
    chunks: Iterable[bytes], name: str, kind: type[T], ledger: Ledger, limits: Limits, *, one: bool = False
) -> Iterator[T]:  # fmt: skip
    splitter = Splitter(shown(name), limits, one=one)
    batch = Batch(name, kind, ledger)
    alone: list[bytes] = []  # an object at the top is a record only if another one follows
    for chunk in chunks:
        if (guess := splitter.ahead(chunk)) and (found := batch.whole(guess)) is not None:
            splitter.skip(guess, chunk)
            yield from found
            continue
        pieces = splitter.feed(chunk)
        if splitter.objects and splitter.arrays + splitter.objects == 1:
            alone += pieces
            continue
        yield from batch.decode(alone + pieces)
        alone = []
        if splitter.ended:
            return
    pieces, ending = splitter.finish()
    if splitter.objects and splitter.arrays + splitter.objects == 1:
        raise ImportProblem(
            _("{name} holds one object where a list was expected.").format(name=shown(name)), _("Check that the export is complete.")
        )
    cut = pieces.pop() if ending and "middle" in ending else b""
    yield from batch.decode(alone + pieces)
    if cut:
        ledger.read += 1
        ledger.add_problem(N_("{name}, record {count:,}").format(name=shown(name), count=batch.count + 1), ending)
    elif ending:
        ledger.add_problem(shown(name), ending, 0)
    if splitter.trailing:
        ledger.add_problem(
            shown(name),
            N_("text outside the list was passed over: {trailing}").format(trailing=shown(splitter.trailing.decode("utf-8", "replace"))),
            0,
        )


def _by_line(chunks: Iterable[bytes], name: str, kind: type[T], ledger: Ledger, limits: Limits) -> Iterator[T]:
    batch = Batch(name, kind, ledger, "line")
    rest = b""
    for chunk in chunks:
        whole, newline, tail = chunk.rpartition(b"\n")
        if not newline:
            rest += chunk
        else:
            yield from batch.decode((rest + whole).split(b"\n"))
            rest = tail
        if len(rest) > limits.json_record_bytes:
            raise over(
                limits, "json_record_bytes", _("{name} holds a record of more than {n:,} bytes").format(name=shown(name), n=len(rest))
            )
    yield from batch.decode([rest])


class Batch:
    """Decodes pieces of JSON, many in one call; the broken ones are set aside, each with its number."""

    def __init__(self, name: str, kind: type[Any], ledger: Ledger, unit: str = "record") -> None:
        self.count = 0
        self._name, self._kind, self._ledger, self._unit = shown(name), kind, ledger, unit
        self._many = _decoder(list[kind])  # type: ignore[valid-type]
        self._told = False

    def whole(self, guess: bytes) -> list[Any] | None:
        """All of `guess` in one call, None if it is no whole elements."""
        try:
            found: list[Any] = self._many.decode(b"[" + guess.strip(b" \t\r\n,") + b"]")
        except _REFUSED:
            return None
        self.count += len(found)
        self._ledger.read += len(found)
        return found

    def decode(self, pieces: list[bytes]) -> Iterator[Any]:
        """The decoded pieces; blank ones count as a place but not as a record."""
        if not pieces:
            return
        try:
            found = self._many.decode(b"[" + b",".join(pieces) + b"]")
            if len(found) != len(pieces):
                raise ValueError
        except _REFUSED:
            yield from self._one_by_one(pieces)
            return
        self.count += len(pieces)
        self._ledger.read += len(pieces)
        yield from found

    def _one_by_one(self, pieces: list[bytes]) -> Iterator[Any]:
        for piece in pieces:
            self.count += 1
            if not piece.strip():
                continue
            self._ledger.read += 1
            try:
                found = _decode(piece, self._kind, self._tell)
            except _REFUSED as error:
                self._ledger.add_problem(f"{self._name}, {self._unit} {self.count:,}", _why(error, piece))
                continue
            yield found

    def _tell(self, why: str) -> None:
        if not self._told:
            self._ledger.add_problem(self._name, why, 0)
            self._told = True


def _decode(data: bytes, kind: Any, tell: Any = None) -> Any:
    """One document: by msgspec; failing that, by the standard library, which takes control characters, NaN and 1e999 (read as null) and lone
    halves of surrogate pairs (read as U+FFFD); text that is not UTF-8 is read as Windows-1252 and told."""
    try:
        return _decoder(kind).decode(data)
    except _REFUSED as refused:
        try:
            text = data.decode("utf-8")
        except UnicodeDecodeError:
            text = data.decode("cp1252")
            if tell is not None:
                tell(N_("the text is not UTF-8 and was read as Windows-1252 (cp1252)"))
        try:
            loose = json.loads(text, strict=False, parse_constant=lambda _: None, parse_float=_finite)
            return _decoder(kind).decode(json.dumps(_whole_characters(loose)).encode())
        except _REFUSED as error:
            raise (error if isinstance(error, msgspec.ValidationError) else refused) from None


def _finite(digits: str) -> float | None:
    """A number with a point or exponent; None for one such as 1e999, which no column can hold."""
    value = float(digits)
    return value if math.isfinite(value) else None


def _whole_characters(value: Any) -> Any:
    """`value` with each lone surrogate replaced by U+FFFD: no database and no file can hold one."""
    if isinstance(value, str):
        return _SURROGATE.sub("\ufffd", value)
    if isinstance(value, list):
        return [_whole_characters(item) for item in value]
    if isinstance(value, dict):
        return {_whole_characters(key): _whole_characters(item) for key, item in value.items()}
    return value


def _utf8(data: bytes, name: str) -> bytes:
    """`data` as UTF-8 without byte order mark; UTF-16 and UTF-32 are told by their mark or their NUL bytes."""
    if data[:1] in (b"[", b"{") and data[1:2] != b"\0":
        return data
    encoding, mark = unicode_encoding(data[:8])
    if encoding == "utf-8":
        return data[mark:] if mark else data
    try:
        return data[mark:].decode(encoding).encode("utf-8", "replace")
    except UnicodeError as error:
        raise ImportProblem(
            _("{name} is not valid {encoding}.").format(name=shown(name), encoding=encoding.upper()),
            _("Save it as UTF-8 and import again."),
        ) from error


def _utf8_chunks(store: Store, name: str) -> Iterator[bytes]:
    """The entry in chunks, as `_utf8` would give it."""
    decoder: codecs.IncrementalDecoder | None = None
    for number, chunk in enumerate(store.chunks(name)):
        if number == 0:
            encoding, mark = unicode_encoding(chunk[:8])
            chunk = chunk[mark:]
            decoder = None if encoding == "utf-8" else codecs.getincrementaldecoder(encoding)("replace")
        yield chunk if decoder is None else decoder.decode(chunk).encode("utf-8", "replace")


def _is_document(line: bytes) -> bool:
    """True if `line` is one whole JSON object."""
    if not line.lstrip().startswith(b"{"):
        return False
    try:
        _decoder(msgspec.Raw).decode(line)
    except _REFUSED:
        return False
    return True


def _why(error: Exception, data: bytes) -> str:
    """What is wrong, in words, without quoting the content."""
    if isinstance(error, msgspec.ValidationError):
        return misfits.told(error)
    if isinstance(error, RecursionError):
        return _("it is nested too deep")
    if isinstance(error, UnicodeError):
        return "its text is in an unknown encoding"
    if not data.strip():
        return _("it is empty")
    if data.lstrip()[:1] not in b'[{"':
        return _("it {instead}").format(instead=_instead(data.lstrip()))
    return _("it is not valid JSON") if "truncated" not in str(error) else _("it is cut off")


def _instead(begin: bytes) -> str:
    """What a text is that is no JSON list, as a predicate."""
    if begin[:1] == b"<":
        return _("holds a web page (HTML)")
    return _("holds a single value") if begin[:1] in b'"-0123456789tfn' else _("is not JSON")
