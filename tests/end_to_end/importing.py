"""A command of cmdesk in a process of its own, watched until a chosen moment."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Self

BEGUN = 1 << 20  # bytes of staging after which reading is well under way, and far from done


class Watched:
    """A command on `file` in a process of its own, with its temporary files in `temp` and a terminal as stderr; `shown` is what that shows."""

    def __init__(self, file: Path, temp: Path, *words: str) -> None:
        self.file, self.temp, self.before, self.shown = file, temp, file.read_bytes(), b""
        temp.mkdir()
        self._terminal, far_end = os.openpty()
        os.set_blocking(self._terminal, False)
        self.process = subprocess.Popen(
            [sys.executable, "-m", "cmdesk", *words, "--json"], stdout=subprocess.PIPE, stderr=far_end,
            start_new_session=True, bufsize=0, env={**os.environ, "TMPDIR": str(temp), "TERM": "xterm-256color"},
        )  # fmt: skip
        os.close(far_end)

    def look(self) -> None:
        """Read on in what the terminal shows."""
        with suppress(OSError):  # nothing new, or its other end is closed
            while more := os.read(self._terminal, 65536):
                self.shown += more

    def wait(self, moment: Callable[[Self], bool]) -> None:
        """Until `moment`; a command that ends before it had too little to do for the test."""
        while not moment(self):
            self.look()
            assert self.process.poll() is None, "it was over before it could be stopped"
            time.sleep(0.002)

    def stop(self, number: int) -> None:
        """As a terminal does: the whole group."""
        os.killpg(self.process.pid, number)

    def kill(self) -> None:
        """kill -9 of the app alone."""
        assert self.process.stdout is not None
        self.process.kill()
        self.process.wait(30)
        self.process.stdout.close()
        os.close(self._terminal)

    def ended(self) -> tuple[int, bytes]:
        """Exit code and stdout; nothing may be left beside the file or in the temporary folder."""
        assert self.process.stdout is not None
        until = time.monotonic() + 100
        while self.process.poll() is None:  # a terminal that nobody reads would stop it
            assert time.monotonic() < until, "it does not end"
            self.look()
            time.sleep(0.01)
        out = self.process.stdout.read()
        self.process.stdout.close()
        self.look()
        os.close(self._terminal)
        assert b"Traceback" not in self.shown
        assert list(self.temp.iterdir()) == []
        assert [path.name for path in self.file.parent.iterdir() if path.is_file()] == [self.file.name]
        return self.process.returncode, out


class Importing(Watched):
    """`cmdesk import`."""

    def __init__(self, file: Path, export: Path, temp: Path) -> None:
        super().__init__(file, temp, "import", str(file), str(export))


def started(importing: Importing) -> bool:
    return any(importing.temp.iterdir())


def reading(importing: Importing) -> bool:
    return any(path.stat().st_size > BEGUN for path in importing.temp.glob("*/staging.db"))


def merging(importing: Importing) -> bool:
    return b"Merging" in importing.shown
