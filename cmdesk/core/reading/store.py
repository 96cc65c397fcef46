"""What holds the entries of a source: the shape that a zip, a tar, a folder and a single file share, and one map of what can go wrong."""

from __future__ import annotations

import gzip
import os
import struct
import zipfile
import zlib
from collections.abc import Iterator
from types import TracebackType
from typing import IO, Protocol, TypeVar

from cmdesk.core.errors import CmdeskError, FileProblem, ImportProblem, Unrecognised
from cmdesk.core.reading.names import enclosing, shown
from cmdesk.core.text import N_, _

T = TypeVar("T")

CHUNK = 1 << 20
DAMAGE = (
    zipfile.BadZipFile, zipfile.LargeZipFile, EOFError, zlib.error, struct.error, ValueError, LookupError, NotImplementedError,
    RuntimeError, OverflowError, AttributeError, TypeError, MemoryError,
)  # fmt: skip
AGAIN = N_("Download or copy the file again, completely, and import it once more.")
PACKED = (".zip", ".rar", ".7z", ".tar", ".tgz", ".gz", ".bz2", ".xz", ".zst")


class Store(Protocol):
    """Entries by name, read-only. Everything it raises is an ImportProblem or FileProblem."""

    name: str
    sizes: dict[str, int]
    enclosing: str
    ignored: dict[str, str]
    notes: list[tuple[str, str]]

    def read(self, name: str) -> bytes:
        """The whole entry."""

    def chunks(self, name: str, size: int = CHUNK) -> Iterator[bytes]:
        """The entry in pieces of at most `size` bytes."""

    def opened(self, name: str) -> IO[bytes]:
        """The entry as a seekable file."""

    def close(self) -> None:
        """Let go of the file."""


class guarded:  # noqa: N801 - reads as a statement: with guarded(archive, name): …
    """Turn whatever reading `what` (or `name` in it) raises into a FileProblem (the disk) or an ImportProblem (the content)."""

    def __init__(self, what: str, name: str = "") -> None:
        self._what = what
        self._name = name

    def __enter__(self) -> None:
        """Nothing to prepare."""

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        if error is None or isinstance(error, CmdeskError):
            return
        what = N_("{name} in {what}").format(name=shown(self._name), what=self._what) if self._name else self._what
        if isinstance(error, OSError) and not isinstance(error, gzip.BadGzipFile):
            raise disk_problem(what, error) from error
        if isinstance(error, (gzip.BadGzipFile, *DAMAGE)):
            raise damaged(what, error) from error


def damaged(what: str, error: Exception) -> ImportProblem:
    """`what` is damaged, as `error` showed."""
    return ImportProblem(_("{what} is damaged and cannot be read.").format(what=what), AGAIN, f"{type(error).__name__}: {error}")


def disk_problem(what: str, error: OSError) -> FileProblem:
    """The disk did not give `what`."""
    if isinstance(error, FileNotFoundError):
        return FileProblem(_("{what} is not there.").format(what=what), _("Check the name, and that the drive is connected."))
    if isinstance(error, PermissionError):
        return FileProblem(
            _("{what} may not be read.").format(what=what), _("Ask for the permission to read it, or copy it to a folder of your own.")
        )
    why = error.strerror or type(error).__name__
    return FileProblem(
        _("{what} cannot be read from the disk ({why}).").format(what=what, why=why),
        _("Check that the drive is connected, then try again."),
    )


def stamp(fd: int) -> tuple[int, int]:
    """Size and time of change of an open file: tells whether somebody writes to it."""
    found = os.fstat(fd)
    return found.st_size, found.st_mtime_ns


def changed(what: str) -> ImportProblem:
    """`what` changed while it was read."""
    return ImportProblem(_("{what} changed while it was read.").format(what=what), _("Wait until it is complete, then import it again."))


def strip_enclosing(entries: dict[str, T]) -> tuple[str, dict[str, T]]:
    """The folder around all `entries`, and the entries without it, sorted by name."""
    folder = enclosing(entries)
    cut = len(folder) + 1 if folder else 0
    return folder, {path[cut:]: entries[path] for path in sorted(entries)}


def nested(name: str) -> bool:
    """True for an archive by its name; a single packed file (.gz) is none."""
    lower = name.lower()
    return lower.endswith(PACKED) and (not lower.endswith(".gz") or lower.endswith(".tar.gz"))


NESTED = N_("an archive inside an archive is not opened")


def only_nested(archive: str) -> Unrecognised:
    """`archive` holds archives and nothing else."""
    return Unrecognised(
        _("{archive} holds further archives and nothing to read.").format(archive=archive), _("Unpack it and import the archive inside.")
    )


def no_files(archive: str) -> ImportProblem:
    """`archive` holds no file."""
    return ImportProblem(
        _("{archive} holds no files.").format(archive=shown(archive)),
        _("Check that it is the export that you wanted; perhaps it must be downloaded again."),
    )
