"""A folder on disk, or one file on disk, as a store of entries. Links are not followed."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from cmdesk.core.reading import names
from cmdesk.core.reading.limits import Limits, over
from cmdesk.core.reading.store import CHUNK, NESTED, changed, disk_problem, guarded, nested, no_files, only_nested, stamp, strip_enclosing
from cmdesk.core.text import N_, _


class Files:
    """Files on disk by entry name."""

    def __init__(self, name: str, paths: dict[str, Path], sizes: dict[str, int], enclosing: str = "") -> None:
        self.name = name
        self.sizes = sizes
        self.enclosing = enclosing
        self.ignored: dict[str, str] = {}
        self.notes: list[tuple[str, str]] = []
        self._paths = paths
        self._lent: list[IO[bytes]] = []

    def read(self, name: str) -> bytes:
        """The whole file."""
        with guarded(names.shown(name)), self._file(name) as file:
            data = file.read(self.sizes[name] + 1)
            if len(data) != self.sizes[name]:
                raise changed(names.shown(name))
            return data

    def chunks(self, name: str, size: int = CHUNK) -> Iterator[bytes]:
        """The file in pieces; raises ImportProblem if somebody writes to it meanwhile."""
        with guarded(names.shown(name)), self._file(name) as file:
            before = stamp(file.fileno())
            if before[0] != self.sizes[name]:
                raise changed(names.shown(name))
            while data := file.read(size):
                yield data
                if stamp(file.fileno()) != before:
                    raise changed(names.shown(name))

    def opened(self, name: str) -> IO[bytes]:
        """The file itself, open until the store is closed."""
        self._lent.append(self._file(name))
        return self._lent[-1]

    def _file(self, name: str) -> IO[bytes]:
        try:
            return self._paths[name].open("rb")
        except OSError as error:
            raise disk_problem(names.shown(name), error) from error

    def close(self) -> None:
        """Close what was lent."""
        for file in self._lent:
            file.close()


def single(path: Path, limits: Limits) -> Files:
    """One file: one entry, named like the file."""
    size = path.stat().st_size
    if size > limits.entry_bytes:
        raise over(limits, "entry_bytes", _("{name} is {size:,} bytes").format(name=names.shown(path.name), size=size))
    return Files(path.name, {path.name: path}, {path.name: size})


def folder(path: Path, limits: Limits) -> Files:
    """All regular files below `path`."""
    label = names.shown(path.name)
    ignored: dict[str, str] = {}
    found: dict[str, tuple[Path, int]] = {}
    total = 0
    with guarded(label):
        for name, file in _walk(path):
            info = file.lstat()
            if names.noise(name):
                continue
            if stat.S_ISLNK(info.st_mode) or not stat.S_ISREG(info.st_mode):
                ignored[name] = N_("a link is not followed") if stat.S_ISLNK(info.st_mode) else N_("not a regular file")
                continue
            if nested(name):
                ignored[name] = NESTED
                continue
            found[name] = (file, info.st_size)
            total += info.st_size
            if len(found) > limits.entries:
                raise over(limits, "entries", _("{label} holds more than {entries:,} files").format(label=label, entries=limits.entries))
            if info.st_size > limits.entry_bytes:
                raise over(limits, "entry_bytes", _("{name} is {st_size:,} bytes").format(name=names.shown(name), st_size=info.st_size))
    if total > limits.archive_bytes:
        raise over(limits, "archive_bytes", _("{label} holds {total:,} bytes").format(label=label, total=total))
    if not found:
        raise only_nested(label) if NESTED in ignored.values() else no_files(label)
    around, kept = strip_enclosing(found)
    files = Files(path.name, {n: p for n, (p, _) in kept.items()}, {n: s for n, (_, s) in kept.items()}, around)
    files.ignored = ignored
    return files


def _walk(top: Path) -> Iterator[tuple[str, Path]]:
    """(posix path relative to `top`, path) of everything below it that is no real folder, without going through links."""

    def fail(error: OSError) -> None:
        raise error

    for here, folders, files in os.walk(top, onerror=fail, followlinks=False):
        base = Path(here)
        links = [name for name in folders if (base / name).is_symlink()]
        for name in files + links:
            file = base / name
            yield file.relative_to(top).as_posix(), file
