"""Single files that stand packed (.gz) in a folder or archive, as mailing lists keep their months: read as if they were not packed."""

from __future__ import annotations

import io
import zlib
from collections.abc import Iterator
from typing import IO

from cmdesk.core.reading.archive import check_total
from cmdesk.core.reading.limits import Limits, over
from cmdesk.core.reading.names import shown
from cmdesk.core.reading.store import CHUNK, NESTED, Store, damaged, only_nested
from cmdesk.core.text import _

_TAR = (257, b"ustar")
_MAGIC = b"\x1f\x8b"


class Gzipped:
    """The entries of `store`, those that are packed under their name without .gz. Each is unpacked once at the beginning, to know its size and to
    hold it to the limits, and again when it is read; memory stays flat."""

    def __init__(self, store: Store, packed: list[str], limits: Limits) -> None:
        self.name, self.enclosing = store.name, store.enclosing
        self.ignored, self.notes = store.ignored, store.notes
        self._store = store
        self._packed: dict[str, str] = {}
        sizes = {name: size for name, size in store.sizes.items() if name not in packed}
        total = taken = 0
        for name in packed:
            size = self._measured(name, limits)
            if size is None:
                self.ignored[name] = NESTED
                continue
            total, taken = total + size, taken + store.sizes[name]
            check_total(total, taken, shown(self.name), limits)
            bare = name[:-3] if name[:-3] not in sizes and name[:-3] else name
            sizes[bare], self._packed[bare] = size, name
        if not sizes:
            raise only_nested(shown(self.name))
        self.sizes = {name: sizes[name] for name in sorted(sizes)}

    def _measured(self, name: str, limits: Limits) -> int | None:
        """The unpacked size; None for a packed archive."""
        size = 0
        for piece in self._unpacked(name):
            if size == 0 and piece[_TAR[0] : _TAR[0] + len(_TAR[1])] == _TAR[1]:
                return None
            size += len(piece)
            if size > limits.entry_bytes:
                raise over(limits, "entry_bytes", _("{name} is {size:,} bytes").format(name=shown(name), size=size))
            check_total(size, self._store.sizes[name], shown(name), limits)
        return size

    def _unpacked(self, name: str, most: int = CHUNK) -> Iterator[bytes]:
        """The content in pieces, of one gzip stream after another."""
        unpacker = zlib.decompressobj(wbits=31)
        begun = False
        try:
            for chunk in self._store.chunks(name):
                rest = chunk
                while rest:
                    if unpacker.eof:
                        if not rest.startswith(_MAGIC[:1]):
                            break  # zeros that fill up a tape
                        unpacker, begun = zlib.decompressobj(wbits=31), False
                    begun = True
                    piece = unpacker.decompress(rest, most)
                    rest = unpacker.unused_data if unpacker.eof else unpacker.unconsumed_tail
                    if piece:
                        yield piece
            if begun and not unpacker.eof:
                raise damaged(shown(name), EOFError("the gzip stream is cut off"))
        except zlib.error as error:
            raise damaged(shown(name), error) from error

    def read(self, name: str) -> bytes:
        """The whole entry."""
        return b"".join(self.chunks(name)) if name in self._packed else self._store.read(name)

    def chunks(self, name: str, size: int = CHUNK) -> Iterator[bytes]:
        """The entry in pieces."""
        return self._unpacked(self._packed[name], size) if name in self._packed else self._store.chunks(name, size)

    def opened(self, name: str) -> IO[bytes]:
        """The entry as a file; a packed one in memory."""
        return io.BytesIO(self.read(name)) if name in self._packed else self._store.opened(name)

    def close(self) -> None:
        """Close what lies below."""
        self._store.close()


def unpacking(store: Store, limits: Limits) -> Store:
    """`store`, with what is packed in it unpacked; itself where nothing is."""
    packed = [name for name in store.sizes if name.lower().endswith(".gz") and next(store.chunks(name, len(_MAGIC)), b"") == _MAGIC]
    if not packed:
        return store
    try:
        return Gzipped(store, packed, limits)
    except BaseException:
        store.close()
        raise
