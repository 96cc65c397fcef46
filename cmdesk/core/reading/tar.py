"""Tar archives, plain or gzip, read in place: regular files only, headers checked one by one, nothing extracted.

The standard library parses a header; walking from header to header is done here, because `tarfile` follows sizes, offsets and extended
headers that a hostile file can set to anything (CVE-2025-8194, CVE-2025-4517 and kin). A gzip stream is unpacked once into an unnamed
temporary file, under the limits, so that entries can be read in any order with flat memory.
"""

from __future__ import annotations

import gzip
import io
import tarfile
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO

from cmdesk.core.errors import ImportProblem
from cmdesk.core.reading import names
from cmdesk.core.reading.archive import check_total
from cmdesk.core.reading.limits import Limits, over
from cmdesk.core.reading.store import (
    AGAIN,
    CHUNK,
    NESTED,
    changed,
    damaged,
    disk_problem,
    guarded,
    nested,
    no_files,
    only_nested,
    stamp,
    strip_enclosing,
)  # fmt: skip
from cmdesk.core.text import N_, _

_BLOCK = 512
_IN_MEMORY = 16 << 20
_LONG_HEADER = 1 << 20  # bytes of a header that only holds a long name
_REGULAR = (tarfile.REGTYPE, tarfile.AREGTYPE, tarfile.CONTTYPE)
_LINKS = (tarfile.SYMTYPE, tarfile.LNKTYPE)
_EXTENDED = (tarfile.XHDTYPE, tarfile.XGLTYPE, tarfile.SOLARIS_XHDTYPE, tarfile.GNUTYPE_LONGNAME, tarfile.GNUTYPE_LONGLINK)


class Tar:
    """Entries of an unpacked tar by where their bytes lie in `file`."""

    def __init__(self, name: str, file: IO[bytes], places: dict[str, tuple[int, int]], *, watched: bool = False) -> None:
        self.name = name
        self.enclosing, self._places = strip_enclosing(places)
        self.sizes = {entry: size for entry, (_, size) in self._places.items()}
        self.ignored: dict[str, str] = {}
        self.notes: list[tuple[str, str]] = []
        self._file = file
        self._stamp = stamp(file.fileno()) if watched else None

    def read(self, name: str) -> bytes:
        """The whole entry."""
        return b"".join(self.chunks(name))

    def chunks(self, name: str, size: int = CHUNK) -> Iterator[bytes]:
        """The entry in pieces."""
        place, left = self._places[name]
        while left:
            with guarded(names.shown(self.name), name):
                if self._stamp is not None and stamp(self._file.fileno()) != self._stamp:
                    raise changed(names.shown(self.name))
                self._file.seek(place)
                data = self._file.read(min(size, left))
                if not data:
                    raise EOFError
            place += len(data)
            left -= len(data)
            yield data

    def opened(self, name: str) -> IO[bytes]:
        """The entry in memory."""
        return io.BytesIO(self.read(name))

    def close(self) -> None:
        """Close the file; a temporary one is gone then."""
        self._file.close()


def opened_tar(path: Path, limits: Limits, *, packed: bool) -> Tar:
    """The tar at `path`; with `packed` a gzip file, which may also hold one plain file instead of a tar."""
    label = names.shown(path.name)
    try:
        file = path.open("rb")
    except OSError as error:
        raise disk_problem(label, error) from error
    try:
        if packed:
            with file as stream:
                file = _unpacked(stream, label, limits)  # type: ignore[assignment]
        with guarded(label):
            return _index(file, path.name, limits, packed=packed)
    except BaseException:
        file.close()
        raise


def _unpacked(stream: IO[bytes], label: str, limits: Limits) -> IO[bytes]:
    """The content of a gzip stream in a temporary file without a name; stops as soon as it is over a limit."""
    with guarded(label):
        size = stream.seek(0, io.SEEK_END)
        stream.seek(0)
        file = tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115 - lives as long as the source
        total = 0
        try:
            with gzip.GzipFile(fileobj=stream) as unpacker:
                while data := unpacker.read(CHUNK):
                    total += len(data)
                    check_total(total, size, label, limits)
                    file.write(data)
        except BaseException:
            file.close()
            raise
        return file


def _index(file: IO[bytes], name: str, limits: Limits, *, packed: bool) -> Tar:
    label = names.shown(name)
    end = file.seek(0, io.SEEK_END)
    file.seek(0)
    if packed and not _is_tar(file.read(_BLOCK)):
        if not end:
            raise no_files(label)
        inner = name[:-3] if name.lower().endswith(".gz") else name
        return Tar(name, file, {inner: (0, end)})
    notes: list[tuple[str, str]] = []
    places, ignored = _sorted_out(_walk(file, end, label, notes), label, limits)
    if not places:
        raise only_nested(label) if NESTED in ignored.values() else no_files(label)
    tar = Tar(name, file, places, watched=not packed)
    tar.ignored = ignored
    tar.notes = notes + [
        (second, N_("differs from {first} in upper and lower case only").format(first=first)) for first, second in names.alike(tar.sizes)
    ]
    return tar


def _sorted_out(
    found: Iterable[tuple[str, bytes, int, int]], label: str, limits: Limits
) -> tuple[dict[str, tuple[int, int]], dict[str, str]]:
    """Where each file lies, by its path, and why what is no file to read is not read."""
    places: dict[str, tuple[int, int]] = {}
    ignored: dict[str, str] = {}
    for number, (raw, kind, place, size) in enumerate(found, 1):
        if number > limits.entries:
            raise over(limits, "entries", _("{label} holds more than {entries:,} files").format(label=label, entries=limits.entries))
        path = names.safe(raw, label, limits)
        if not path or names.noise(path) or kind == tarfile.DIRTYPE:
            continue
        if kind not in _REGULAR:
            ignored[path] = N_("a link is not followed") if kind in _LINKS else N_("not a regular file")
        elif nested(path):
            ignored[path] = NESTED
        elif path in places:
            raise ImportProblem(
                _("{label} holds two files named {path}, so it is unclear which one counts.").format(label=label, path=names.shown(path)),
                _("Unpack it and import the folder."),
            )
        elif size > limits.entry_bytes:
            raise over(
                limits, "entry_bytes", _("{path} in {label} is {size:,} bytes").format(path=names.shown(path), label=label, size=size)
            )
        else:
            places[path] = (place, size)
    return places, ignored


def _is_tar(block: bytes) -> bool:
    try:
        tarfile.TarInfo.frombuf(block, "utf-8", "replace")
    except tarfile.HeaderError:
        return False
    return True


def _walk(file: IO[bytes], end: int, label: str, notes: list[tuple[str, str]]) -> Iterator[tuple[str, bytes, int, int]]:
    """(name, type, place, size) of each member, from header to header, always forwards."""
    place, long_name, long_size, last = 0, "", -1, N_("its beginning")
    while True:
        file.seek(place)
        block = file.read(_BLOCK)
        if not block.strip(b"\0"):
            if not block:
                notes.append((label, N_("the archive has no end mark, so it may have been cut off")))
            return
        try:
            info = tarfile.TarInfo.frombuf(block, "utf-8", "surrogateescape")
        except tarfile.HeaderError as error:
            raise ImportProblem(
                _("{label} is damaged after {last}.").format(label=label, last=names.shown(last)), AGAIN, str(error)
            ) from error
        place += _BLOCK
        size = info.size if long_size < 0 or info.type in _EXTENDED else long_size
        if size < 0 or (info.type not in _LINKS and place + size > end):
            raise damaged(label, ValueError(f"member size {size}"))
        if info.type in _EXTENDED:
            if size > _LONG_HEADER:
                raise damaged(label, ValueError(f"extended header of {size} bytes"))
            found = _extended(info.type, file.read(size))
            long_name, long_size = found.get("path", long_name), int(found.get("size", long_size))
        else:
            size = 0 if info.type in _LINKS else size
            last = (long_name or info.name).encode("utf-8", "surrogateescape").decode("utf-8", "replace")
            yield last, info.type, place, size
            long_name, long_size = "", -1
        place += (size + _BLOCK - 1) // _BLOCK * _BLOCK


def _extended(kind: bytes, data: bytes) -> dict[str, str]:
    """The path and size that an extended header gives to the member after it."""
    if kind == tarfile.GNUTYPE_LONGNAME:
        return {"path": data.rstrip(b"\0").decode("utf-8", "replace")}
    if kind in (tarfile.GNUTYPE_LONGLINK, tarfile.XGLTYPE):
        return {}
    found: dict[str, str] = {}
    while data:
        digits, _, _ = data.partition(b" ")
        length = int(digits)
        if length <= len(digits) or length > len(data):
            raise ValueError("extended header")
        key, _, value = data[len(digits) + 1 : length - 1].partition(b"=")
        if key in (b"path", b"size"):
            found[key.decode()] = value.decode("utf-8", "replace")
        data = data[length:]
    return found
