"""Zip archives, read in place: nothing is ever extracted, and nothing is opened before the directory has been checked.

Measured bombs that this gate stops: 42.zip, a:1,000 ratio, overlapping members (CVE-2024-0450, Fifield), lying headers.
"""

from __future__ import annotations

import io
import stat
import struct
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from cmdesk.core.errors import ImportProblem
from cmdesk.core.reading import names
from cmdesk.core.reading.limits import Limits, over
from cmdesk.core.reading.store import (
    AGAIN,
    CHUNK,
    NESTED,
    changed,
    disk_problem,
    guarded,
    nested,
    no_files,
    only_nested,
    stamp,
    strip_enclosing,
)  # fmt: skip
from cmdesk.core.text import N_, _

_METHODS = {
    1: "shrink",
    6: "implode",
    9: "deflate64",
    12: "bzip2",
    14: "LZMA",
    93: "Zstandard",
    95: "XZ",
    97: "WavPack",
    98: "PPMd",
    99: "AES",
}
_END = b"PK\x05\x06"
_TAIL = 65_557  # the end record and the longest comment
_LEAD = 4  # a marker that split archives joined again may begin with
REPACK = N_("Unpack it with your system's tool, make a normal zip of the folder (or import the folder itself).")


class Zip:
    """A zip file on disk, or a zip in memory (`data`, for spreadsheets inside an archive)."""

    def __init__(self, path: Path, limits: Limits, file: IO[bytes] | None = None) -> None:
        self.name = path.name
        self._limits = limits
        self._label = names.shown(path.name)
        self.ignored: dict[str, str] = {}
        self.notes: list[tuple[str, str]] = []
        try:
            self._file = file or path.open("rb")
        except OSError as error:
            raise disk_problem(self._label, error) from error
        self._stamp = stamp(self._file.fileno()) if file is None else None
        try:
            with guarded(self._label):
                count, size = _directory(self._file, self._label, limits)
                self._zip = zipfile.ZipFile(self._file)
                infos = self._zip.infolist()
                if count != len(infos) & 0xFFFF and count != len(infos):
                    raise ImportProblem(
                        _("{label} is damaged: it holds {n:,} files and says {count:,}.").format(
                            label=self._label, n=len(infos), count=count
                        ),
                        AGAIN,
                    )
                _check_sizes(infos, size, self._label, limits)
                _check_places(infos, self._zip.start_dir, self._label)
                self._infos = self._accept(infos)
        except BaseException:
            self.close()
            raise
        self.sizes = {name: info.file_size for name, info in self._infos.items()}

    def _accept(self, infos: list[zipfile.ZipInfo]) -> dict[str, zipfile.ZipInfo]:
        """The entries to show, by their safe names; links and archives inside are noted, noise is dropped."""
        found: dict[str, zipfile.ZipInfo] = {}
        for info in infos:
            path = names.safe(_raw_name(info), self._label, self._limits)
            if not path or names.noise(path):
                continue
            mode = info.external_attr >> 16
            if stat.S_ISLNK(mode):
                self.ignored[path] = N_("a link is not followed")
            elif info.is_dir() or info.orig_filename.endswith("\\"):
                continue
            elif path in found or path in self.ignored:
                raise ImportProblem(
                    _("{label} holds two files named {path}, so it is unclear which one counts.").format(
                        label=self._label, path=names.shown(path)
                    ),
                    REPACK,
                )
            elif nested(path):
                self.ignored[path] = NESTED
            else:
                _check_method(info, path, self._label)
                found[path] = info
        if not found:
            raise only_nested(self._label) if self.ignored else no_files(self._label)
        self.enclosing, kept = strip_enclosing(found)
        self.notes += [
            (second, N_("differs from {first} in upper and lower case only").format(first=first)) for first, second in names.alike(kept)
        ]
        return kept

    def read(self, name: str) -> bytes:
        """The whole entry: never more than the directory says, and its checksum is right."""
        info = self._infos[name]
        with guarded(self._label, name):
            self._unchanged()
            with self._zip.open(info) as entry:
                data = entry.read(info.file_size) if info.file_size else entry.read(1)
                if len(data) != info.file_size:
                    raise EOFError
        return data

    def chunks(self, name: str, size: int = CHUNK) -> Iterator[bytes]:
        """The entry in pieces; an error at the end (checksum) comes with the last piece."""
        info = self._infos[name]
        left = info.file_size
        with guarded(self._label, name), self._zip.open(info) as entry:
            while data := entry.read(min(size, left)) if left else b"":
                left -= len(data)
                self._unchanged()
                yield data
            if left:
                raise EOFError

    def opened(self, name: str) -> IO[bytes]:
        """The entry in memory."""
        return io.BytesIO(self.read(name))

    def close(self) -> None:
        """Close the file."""
        self._file.close()

    def _unchanged(self) -> None:
        if self._stamp is not None and stamp(self._file.fileno()) != self._stamp:
            raise changed(self._label)


def _directory(file: IO[bytes], label: str, limits: Limits) -> tuple[int, int]:
    """(number of entries that the end record states, size of the file); refuses what is no plain, whole zip, before it is parsed."""
    size = file.seek(0, io.SEEK_END)
    start = max(0, size - _TAIL)
    file.seek(start)
    tail = file.read(_TAIL)
    at = tail.rfind(_END)
    if at < 0 or len(tail) - at < 22:
        raise ImportProblem(_("{label} is cut off: the end of the zip archive is missing.").format(label=label), AGAIN)
    disk, first, _here, count, length, _start = struct.unpack("<4H2L", tail[at + 4 : at + 20])
    end = start + at
    if at >= 20 and tail[at - 20 : at - 16] == b"PK\x06\x07":
        record = max(0, end - 76)
        file.seek(record)
        large = file.read(56)
        if large[:4] != b"PK\x06\x06":
            raise ImportProblem(_("{label} is damaged: its end record is inconsistent.").format(label=label), AGAIN)
        disk, first, _here, count, length, _start = struct.unpack("<2L4Q", large[16:56])
        end = record
    if disk or first:
        raise ImportProblem(
            _("{label} is one part of a zip archive in several parts.").format(label=label),
            _("Join the parts with the tool that made them, then import."),
        )
    if length > end:
        raise ImportProblem(_("{label} is cut off: its directory is incomplete.").format(label=label), AGAIN)
    if length > limits.directory_bytes:
        raise over(limits, "directory_bytes", _("The directory of {label} takes {length:,} bytes").format(label=label, length=length))
    file.seek(end - length)
    if (entries := max(count, file.read(length).count(b"PK\x01\x02"))) > limits.entries:
        raise over(limits, "entries", _("{label} holds {entries:,} files").format(label=label, entries=entries))
    file.seek(0)
    return count, size


def _check_sizes(infos: list[zipfile.ZipInfo], packed: int, label: str, limits: Limits) -> None:
    """Refuse a bomb by what its directory states; what an entry yields beyond that is never read."""
    total = 0
    for info in infos:
        total += info.file_size
        if info.file_size > limits.entry_bytes:
            raise over(
                limits,
                "entry_bytes",
                _("{filename} in {label} is {file_size:,} bytes unpacked").format(
                    filename=names.shown(info.filename), label=label, file_size=info.file_size
                ),
            )
    check_total(total, packed, label, limits)


def check_total(total: int, packed: int, label: str, limits: Limits) -> None:
    """Refuse an archive of `packed` bytes that unpacks to `total` bytes when that is too much, or too much for its size."""
    if total > limits.archive_bytes:
        raise over(limits, "archive_bytes", _("{label} is {total:,} bytes unpacked").format(label=label, total=total))
    if total > limits.archive_floor_bytes and total > packed * limits.archive_ratio:
        raise over(
            limits,
            "archive_ratio",
            _("{label} unpacks to {total:,} times its size, like a zip bomb").format(label=label, total=total // max(packed, 1)),
        )


def _check_places(infos: list[zipfile.ZipInfo], directory: int, label: str) -> None:
    """Refuse members that share bytes (each must end before the next begins) and archives glued behind something else."""
    if not infos:
        return
    ordered = sorted((info.header_offset, info.header_offset + 30 + len(info.orig_filename) + info.compress_size) for info in infos)
    if ordered[0][0] > _LEAD:
        raise ImportProblem(
            _("{label} hides a zip archive behind other content.").format(label=label),
            _("Ask for the export again; this file was tampered with."),
        )
    ends = [end for _, end in ordered]
    starts = [start for start, _ in ordered[1:]] + [directory]
    if any(end > start for end, start in zip(ends, starts, strict=True)):
        raise ImportProblem(
            _("{label} holds files that overlap, like a zip bomb.").format(label=label), _("Do not open it; ask for the export again.")
        )


def _check_method(info: zipfile.ZipInfo, path: str, label: str) -> None:
    if info.flag_bits & 0x1:
        raise ImportProblem(
            _("{label} is protected by a password.").format(label=label), _("Unpack it with the password and import the folder.")
        )
    if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        method = _METHODS.get(info.compress_type, N_("method {compress_type}").format(compress_type=info.compress_type))
        raise ImportProblem(
            _("{path} in {label} is packed with {method}, which is not read.").format(
                path=names.shown(path), label=label, method=_(method)
            ),
            REPACK,
        )


def _raw_name(info: zipfile.ZipInfo) -> str:
    """The name as stored. Many tools (macOS among them) write UTF-8 without saying so; zipfile then reads it as code page 437."""
    raw = info.orig_filename
    if info.flag_bits & 0x800 or raw.isascii():
        return raw
    try:
        return raw.encode("cp437").decode("utf-8")
    except UnicodeError:
        return raw
