"""Staging in a process of its own, so that a large export is read on one core while what was read is staged on another.

The worker's side is `StagingBeside`, which takes records as `Staging` does; the other is `python -m cmdesk.core.importing.stager`, which gets a
`_Task`, batches of records and at last the summary as frames on stdin (kind, length, content), and says on stdout what went wrong, if anything.
When stdin ends before the summary the worker is gone, and it ends without a word.
"""

from __future__ import annotations

import contextlib
import pickle
import subprocess
import sys
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import IO, NoReturn, Union

import msgspec

from cmdesk.core import errors, sweeping
from cmdesk.core.errors import CmdeskError, ImportProblem
from cmdesk.core.importing.job import Done, Failed
from cmdesk.core.importing.mishaps import mishap
from cmdesk.core.importing.staging import Staging, no_record
from cmdesk.core.importing.staging_file import Summary
from cmdesk.core.paths import PYTHON
from cmdesk.core.progress import Progress
from cmdesk.core.records import Record
from cmdesk.core.text import _

WORTH = 6 << 20
"""Bytes of a source from which a second process is worth its start."""

COMMAND = (*PYTHON, "-m", "cmdesk.core.importing.stager")
_BATCH = 500  # records
_PIPE = 1 << 20
_KINDS = frozenset(Record.__subclasses__())
_TASK, _RECORDS, _ODD, _END = b"t", b"r", b"o", b"e"


class _Task(msgspec.Struct, frozen=True):
    path: str
    keep_text: bool
    known: tuple[bytes, ...]


class _End(msgspec.Struct, frozen=True):
    summary: Summary
    problems: list[tuple[str, str, int]]


# — the worker's side —


class StagingBeside:
    """A `Staging` whose work is done by another process: the same calls, the same errors."""

    def __init__(self, path: Path, *, keep_text: bool, known: Collection[bytes] = (), command: Sequence[str] = COMMAND) -> None:
        self._process = subprocess.Popen(list(command), stdin=subprocess.PIPE, stdout=subprocess.PIPE)  # noqa: S603 -- our own module
        self._pack = msgspec.msgpack.Encoder().encode
        assert self._process.stdin is not None
        self._in = self._process.stdin
        _widen(self._in)
        self._send(_TASK, self._pack(_Task(str(path), keep_text, tuple(known))))

    def add_all(self, records: Iterable[Record], progress: Progress | None = None) -> None:
        """Hand every record on, in batches."""
        try:
            waiting = iter(records)
            while batch := list(islice(waiting, _BATCH)):
                self._hand_on(batch)
                if progress is not None:
                    progress.advance(len(batch))
        except BaseException:
            self._let_go()
            raise

    def _hand_on(self, batch: list[Record]) -> None:
        if not _KINDS.issuperset(map(type, batch)):
            raise no_record(next(record for record in batch if type(record) not in _KINDS))
        try:
            self._send(_RECORDS, self._pack(batch))
        except (ValueError, OverflowError, TypeError):  # a lone surrogate, a number of more than 64 bits
            self._send(_ODD, pickle.dumps(batch))

    def finish(self, summary: Summary, problems: Iterable[tuple[str, str, int]]) -> None:
        """Have everything written; raises what the other process met."""
        self._send(_END, self._pack(_End(summary, list(problems))))
        if not isinstance(told := self._told(), Done):
            self._fail(told)

    def _send(self, kind: bytes, content: bytes) -> None:
        try:
            self._in.write(kind + len(content).to_bytes(8, "big"))
            self._in.write(content)
            self._in.flush()
        except OSError:  # it ended before its time
            self._fail(self._told())

    def _let_go(self) -> bytes:
        """End it by ending what it reads; returns what it said."""
        with contextlib.suppress(OSError):
            self._in.close()
        assert self._process.stdout is not None
        if self._process.stdout.closed:
            return b""
        with self._process.stdout as out:
            said = out.read()
        self._process.wait()
        return said

    def _told(self) -> Done | Failed | None:
        said = self._let_go()
        return msgspec.json.decode(said, type=Done | Failed) if said else None

    def _fail(self, told: Done | Failed | None) -> NoReturn:
        if not isinstance(told, Failed):
            raise ImportProblem(
                _("What was read could not be put aside: the process for it ended with code {code}.").format(code=self._process.returncode),
                _("Nothing was stored. See whether there is memory and room on the disk, and try again."),
            )
        if told.kind == "bug":
            raise StagingBug(told.details)
        kind: type[CmdeskError] = getattr(errors, told.kind)
        raise kind(told.message, told.hint, told.details)


class StagingBug(Exception):
    """The other process failed by a fault of a program; the message is its traceback."""


def _widen(stream: IO[bytes]) -> None:
    """A pipe that holds several batches, where the system can: neither side then waits for each piece of the other."""
    with contextlib.suppress(ImportError, AttributeError, OSError):
        import fcntl

        fcntl.fcntl(stream.fileno(), fcntl.F_SETPIPE_SZ, _PIPE)


# — the other side —


def main() -> int:
    """Stage what comes on stdin; 0 if all of it was written."""
    source, out = sys.stdin.buffer, sys.stdout.buffer
    sys.stdout = sys.stderr
    sweeping.rarely()
    path = ""
    try:
        _kind, content = _frame(source)
        task = msgspec.msgpack.decode(content, type=_Task)
        path = task.path
        _stage(task, source)
        told: Done | Failed = Done()
    except EOFError:
        return 1
    except CmdeskError as error:
        told = Failed(type(error).__name__, error.message, error.hint, error.details)
    except BaseException as error:  # noqa: BLE001 -- it must reach the user in words
        told = mishap(error, path)
    with contextlib.suppress(OSError):
        out.write(msgspec.json.encode(told))
        out.flush()
    return int(isinstance(told, Failed))


def _stage(task: _Task, source: IO[bytes]) -> None:
    staging = Staging(Path(task.path), keep_text=task.keep_text, known=task.known)
    end: list[_End] = []
    staging.add_all(_records(source, end))
    staging.finish(end[0].summary, end[0].problems)


def _records(source: IO[bytes], end: list[_End]) -> Iterator[Record]:
    decode = msgspec.msgpack.Decoder(list[Union[tuple(_KINDS)]]).decode  # type: ignore[misc]  # noqa: UP007 -- made of a list
    while True:
        kind, content = _frame(source)
        if kind == _RECORDS:
            yield from decode(content)
        elif kind == _ODD:
            yield from pickle.loads(content)  # noqa: S301 -- from the worker, by our own pipe
        else:
            end.append(msgspec.msgpack.decode(content, type=_End))
            return


def _frame(source: IO[bytes]) -> tuple[bytes, bytes]:
    head = source.read(9)
    if len(head) < 9:
        raise EOFError
    size = int.from_bytes(head[1:], "big")
    content = source.read(size)
    if len(content) < size:
        raise EOFError
    return head[:1], content


if __name__ == "__main__":
    sys.exit(main())
