"""A list that stands inside an object, as `{"guild": …, "messages": […], "messageCount": 3}`: what comes before it at once, its elements one by
one with flat memory, and what comes after it not at all."""

from __future__ import annotations

import json
import re
from collections.abc import Hashable, Iterator
from functools import lru_cache
from typing import Any, TypeVar, cast

import msgspec

from cmdesk.core.errors import ImportProblem
from cmdesk.core.reading.json import _REFUSED, AT_ONCE, _by_element, _decode, _decoder, _utf8, _utf8_chunks, _why
from cmdesk.core.reading.ledger import Ledger
from cmdesk.core.reading.limits import Limits, over
from cmdesk.core.reading.names import shown
from cmdesk.core.reading.store import Store
from cmdesk.core.text import _

T = TypeVar("T")
H = TypeVar("H")

_TOKEN = re.compile(rb'"[^"\\]*+(?:\\.[^"\\]*+)*+"|["\[\]{}]', re.DOTALL)
_VALUE = re.compile(rb"\s*:\s*(\S)")
_AFTER_KEY = re.compile(rb"\s*(?::\s*)?")


def inside(store: Store, name: str, key: str, head: type[H], kind: type[T], ledger: Ledger, limits: Limits) -> tuple[H, Iterator[T]]:
    """(what the object in the entry says before its list `key`, the elements of that list). Elements are counted in `ledger.read` as they
    are taken; ImportProblem if the entry is no such object."""
    before, chunks = _find(_utf8_chunks(store, name), key, name, limits)
    try:
        said: H = _decode(before, head)
    except _REFUSED as error:
        raise ImportProblem(
            _("{name} cannot be read: {why}.").format(name=shown(name), why=_why(error, before)), _("Check that the export is complete.")
        ) from error
    return said, _elements(store, name, key, kind, chunks, ledger, limits)


def _elements(store: Store, name: str, key: str, kind: type[T], chunks: Iterator[bytes], ledger: Ledger, limits: Limits) -> Iterator[T]:
    """The elements; in one call where the entry is small and whole."""
    if store.sizes[name] <= AT_ONCE:
        try:
            found = _decoder(cast(Hashable, _holder(key, cast(Hashable, kind)))).decode(_utf8(store.read(name), name)).found
        except _REFUSED:
            pass
        else:
            ledger.read += len(found or ())
            yield from found or ()
            return
    yield from _by_element(chunks, name, kind, ledger, limits, one=True)


@lru_cache(maxsize=16)
def _holder(key: str, kind: Any) -> type[Any]:
    return cast(type[Any], msgspec.defstruct("Holder", [("found", list[kind] | None)], rename={"found": key}))


def _find(chunks: Iterator[bytes], key: str, name: str, limits: Limits) -> tuple[bytes, Iterator[bytes]]:
    """(the object as it is before `key`, closed; the text from the list on)."""
    wanted, text, seen, depth = json.dumps(key).encode(), b"", 0, 0
    for chunk in chunks:
        text += chunk
        for match in _TOKEN.finditer(text, seen):
            start, end = match.span()
            token = text[start:end]
            if token == b'"':
                break  # the string goes on in the next chunk
            if depth == 1 and token == wanted:
                value = _VALUE.match(text, end)
                if value is not None and value[1] in b"[n":
                    rest = text[value.start(1) :] if value[1] == b"[" else b"[]"
                    return _closed(text[:start]), _chained(rest, chunks)
                if value is None and (space := _AFTER_KEY.match(text, end)) and space.end() == len(text):
                    break  # what it stands for comes with the next chunk
            depth += 1 if token in b"[{" else -1 if token in b"]}" else 0
            seen = end
        if len(text) > limits.json_record_bytes:
            raise over(
                limits, "json_record_bytes", _("{name} holds a record of more than {n:,} bytes").format(name=shown(name), n=len(text))
            )
    raise ImportProblem(_("{name} holds no list “{key}”.").format(name=shown(name), key=key), _("Check that the export is complete."))


def _closed(text: bytes) -> bytes:
    return text.rstrip(b" \t\r\n,") + b"}"


def _chained(first: bytes, rest: Iterator[bytes]) -> Iterator[bytes]:
    yield first
    yield from rest
