"""What a long job tells, and how it is asked to stop: a small object, not a widget."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

import msgspec

from cmdesk.core.errors import Cancelled

_REPORT_EVERY = 0.1  # seconds: ten reports a second are as many as an eye can use


class Step(msgspec.Struct, frozen=True):
    """Where a job stands: `done` of `total` (None: unknown) in `unit`, `seconds` since the step began."""

    title: str
    done: int
    total: int | None
    unit: str
    seconds: float

    @property
    def rate(self) -> float:
        """Units a second, 0.0 before anything was done."""
        return self.done / self.seconds if self.seconds > 0 else 0.0

    @property
    def seconds_left(self) -> float | None:
        """Estimated seconds until this step ends, None where it cannot be told."""
        if not self.total or not self.done:
            return None
        return max(0.0, (self.total - self.done) / self.rate) if self.rate else None


class Progress:
    """Handed to every long job. `report` gets at most ten `Step`s a second; `cancel` may be called from any thread."""

    def __init__(self, report: Callable[[Step], None] | None = None) -> None:
        self._report = report
        self._cancelled = threading.Event()
        self._total: int | None = None
        self._title, self._unit, self._done = "", "", 0
        self._began = self._told = time.monotonic()

    def step(self, title: str, total: int | None = None, unit: str = "") -> None:
        """Begin a new step."""
        self._title, self._total, self._unit, self._done = title, total, unit, 0
        self._began = time.monotonic()
        self._tell()
        self.check()

    def advance(self, by: int = 1) -> None:
        """Tell that `by` more units are done; raises `Cancelled` if asked to stop."""
        self._done += by
        if time.monotonic() - self._told >= _REPORT_EVERY:
            self._tell()
        self.check()

    def check(self) -> None:
        """Raise `Cancelled` if somebody asked to stop."""
        if self._cancelled.is_set():
            raise Cancelled

    def cancel(self) -> None:
        """Ask the job to stop at its next `check`."""
        self._cancelled.set()

    @property
    def cancelled(self) -> bool:
        """True once `cancel` was called."""
        return self._cancelled.is_set()

    def _tell(self) -> None:
        self._told = time.monotonic()
        if self._report is not None:
            self._report(Step(self._title, self._done, self._total, self._unit, self._told - self._began))
