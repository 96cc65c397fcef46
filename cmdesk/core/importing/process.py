"""The app's side of the worker: start it, pass its progress on, and end it when it is cancelled, silent or done."""

from __future__ import annotations

import queue
import subprocess
import threading
import time
from collections.abc import Sequence
from contextlib import suppress
from typing import IO

import msgspec

from cmdesk.core import errors
from cmdesk.core.errors import Cancelled, CmdeskError, ImportProblem
from cmdesk.core.importing.job import Done, Failed, Job, Line, Tick
from cmdesk.core.paths import PYTHON
from cmdesk.core.progress import Progress
from cmdesk.core.retelling import told
from cmdesk.core.text import _

WORKER = (*PYTHON, "-m", "cmdesk.worker")
SILENT_SECONDS = 300
"""A worker that says nothing for so long hangs; the largest single entry that a limit lets through is read in less."""

_POLL = 0.1


class WorkerBug(Exception):
    """The worker failed by a fault of a program, not of the file; the message is its traceback."""


def carry_out(job: Job, progress: Progress, worker: Sequence[str] = WORKER) -> None:
    """Run `job` in a process of its own. Raises what the worker reports, Cancelled, or ImportProblem if it dies or hangs."""
    process = subprocess.Popen(list(worker), stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True)  # noqa: S603 -- our own worker, no shell
    lines: queue.Queue[bytes | None] = queue.Queue()
    said: list[bytes] = []
    threads = [
        threading.Thread(target=_pump, args=(process.stdout, lines.put), daemon=True),
        threading.Thread(target=_pump, args=(process.stderr, lambda line: said.append(line or b"")), daemon=True),
    ]
    for thread in threads:
        thread.start()
    try:
        assert process.stdin is not None
        try:
            process.stdin.write(msgspec.json.encode(job) + b"\n")
            process.stdin.flush()  # it stays open: its end tells the worker that we are gone
        except OSError:
            pass  # it died at once; what it said follows
        _listen(process, lines, said, progress)
    finally:
        if process.poll() is None:
            process.kill()
        process.wait()
        for thread in threads:
            thread.join(timeout=5)
        for stream in (process.stdin, process.stdout, process.stderr):
            if stream is not None:
                with suppress(OSError):  # what a dead worker did not take
                    stream.close()


def _pump(stream: IO[bytes] | None, put: object) -> None:
    assert stream is not None and callable(put)
    for line in stream:
        put(line)
    put(None)


def _listen(process: subprocess.Popen[bytes], lines: queue.Queue[bytes | None], said: list[bytes], progress: Progress) -> None:
    heard = time.monotonic()
    title, done, last = "", 0, ""
    decode = msgspec.json.Decoder(Line).decode
    while True:
        try:
            line = lines.get(timeout=_POLL)
        except queue.Empty:
            progress.check()
            if time.monotonic() - heard > SILENT_SECONDS:
                raise ImportProblem(
                    _("The reader said nothing for {n} minutes{last}.").format(n=SILENT_SECONDS // 60, last=last),
                    _("It was ended; nothing was stored. Try a part of the export."),
                ) from None
            continue
        heard = time.monotonic()
        if line is None:
            raise _death(process, said, last)
        message = decode(line)
        if isinstance(message, Done):
            return
        if isinstance(message, Failed):
            raise _error(message)
        if isinstance(message, Tick):
            last = _(" while it did this: {title}").format(title=told(message.title))
            if message.title != title:
                progress.step(told(message.title), message.total, told(message.unit))
                title, done = message.title, 0
            progress.advance(message.done - done)
            done = message.done


def _error(failed: Failed) -> Exception:
    if failed.kind == "Cancelled":
        return Cancelled()
    if failed.kind == "bug":
        return WorkerBug(failed.details)
    kind = getattr(errors, failed.kind, CmdeskError)
    error: Exception = kind(told(failed.message), told(failed.hint), failed.details)
    if isinstance(error, CmdeskError):
        error.seen = failed.seen
    return error


def _death(process: subprocess.Popen[bytes], said: list[bytes], last: str) -> ImportProblem:
    code = process.wait()
    how = _("by signal {code}").format(code=-code) if code < 0 else _("with code {code}").format(code=code)
    return ImportProblem(
        _("This file made its reader end {how}{last}.").format(how=how, last=last),
        _("Nothing was stored. Check that the export is complete; if it is, tell us."),
        details=b"".join(said[-50:]).decode("utf-8", "replace"),
    )
