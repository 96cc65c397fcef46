"""A list that stands inside an object, or deeper, as `{"guild": …, "messages": […], "messageCount": 3}`: what comes before it at once, its elements one by
one with flat memory, and what comes after it not at all."""

from __future__ import annotations

import json
import re
from collections.abc import Hashable, Iterator, Sequence
from functools import lru_cache
from itertools import chain
from typing import Any, TypeVar, cast

import msgspec

from cmdesk.core.errors import ImportProblem
from cmdesk.core.reading.json import _REFUSED, AT_ONCE, Batch, _by_element, _decode, _decoder, _utf8, _utf8_chunks, _why, document
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


def inside(
    store: Store, name: str, path: Sequence[str], head: type[H], kind: type[T], ledger: Ledger, limits: Limits, *, needed: bool = True
) -> tuple[H, Iterator[T]]:  # fmt: skip
    """(what the object in the entry says before the list at `path`, the elements of that list). Elements are counted in `ledger.read` as they
    are taken. Without a path the document itself is the one element. ImportProblem if the entry holds no such list, or where it is not
    `needed`, nothing of a document without it."""
    if not path:
        whole = document(store, name, msgspec.Raw, limits)
        return _decode(b"{}", head), Batch(name, kind, ledger).decode([bytes(whole)])
    found = _find(_utf8_chunks(store, name), path, name, limits)
    if found is None and not needed:
        document(store, name, msgspec.Raw, limits)
        return _decode(b"{}", head), iter(())
    if found is None:
        raise ImportProblem(_("{name} holds no list “{key}”.").format(name=shown(name), key=path[-1]), _("Check that the export is complete."))
    before, chunks = found
    try:
        said: H = _decode(before, head)
    except _REFUSED as error:
        raise ImportProblem(
            _("{name} cannot be read: {why}.").format(name=shown(name), why=_why(error, before)), _("Check that the export is complete.")
        ) from error
    return said, _elements(store, name, path, kind, chunks, ledger, limits)


def _elements(
    store: Store, name: str, path: Sequence[str], kind: type[T], chunks: Iterator[bytes], ledger: Ledger, limits: Limits
) -> Iterator[T]:
    """The elements; in one call where the entry is small and whole."""
    if store.sizes[name] <= AT_ONCE:
        try:
            holder = _decoder(cast(Hashable, _holder(tuple(path), cast(Hashable, kind)))).decode(_utf8(store.read(name), name))
        except _REFUSED:
            pass
        else:
            for _key in path:
                holder = holder and holder.found
            ledger.read += len(holder or ())
            yield from holder or ()
            return
    yield from _by_element(chunks, name, kind, ledger, limits, one=True)


@lru_cache(maxsize=16)
def _holder(path: tuple[str, ...], kind: Any) -> type[Any]:
    held = list[kind] if len(path) == 1 else _holder(path[1:], kind)
    return cast(type[Any], msgspec.defstruct("Holder", [("found", held | None, None)], rename={"found": path[0]}))


def _find(chunks: Iterator[bytes], path: Sequence[str], name: str, limits: Limits) -> tuple[bytes, Iterator[bytes]] | None:
    """(the object as it is before the list at `path`, closed; the text from the list on), None if there is no such list."""
    wanted = [json.dumps(key).encode() for key in path]
    text, seen, depth, inside = b"", 0, 0, 0  # `inside`: how many keys of the path the reader is in
    for chunk in chunks:
        text += chunk
        for match in _TOKEN.finditer(text, seen):
            start, end = match.span()
            token = text[start:end]
            if token == b'"':
                break  # the string goes on in the next chunk
            if depth == inside + 1 and token == wanted[inside]:
                value, last = _VALUE.match(text, end), inside == len(wanted) - 1
                if value is None and (space := _AFTER_KEY.match(text, end)) and space.end() == len(text):
                    break  # what it stands for comes with the next chunk
                if value is not None and last and value[1] in b"[n":
                    rest = text[value.start(1) :] if value[1] == b"[" else b"[]"
                    return text[:start].rstrip(b" \t\r\n,") + b"}" * depth, chain((rest,), chunks)
                inside += value is not None and not last and value[1] == b"{"
            depth += 1 if token in b"[{" else -1 if token in b"]}" else 0
            inside = min(inside, max(depth - 1, 0)) if token in b"]}" else inside
            seen = end
        if len(text) > limits.json_record_bytes:
            raise over(
                limits, "json_record_bytes", _("{name} holds a record of more than {n:,} bytes").format(name=shown(name), n=len(text))
            )
    return None
