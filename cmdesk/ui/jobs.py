"""Work that takes longer than a blink: plain functions on threads, their results delivered in the GUI thread.

A worker holds no QObject: it fills a mailbox that the runner empties on a timer of its own, and only there signals are sent. Threads are
Python's, so no QThread can be alive at exit. Lanes: "read" is two threads, "write" one for short changes, "long" one for imports and
assessments, so that a goal can be set while an import runs.
"""

from __future__ import annotations

import queue
import threading
import time
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal
from shiboken6 import isValid

from cmdesk.core.errors import Cancelled
from cmdesk.core.progress import Progress, Step

Work = Callable[[Progress], Any]

SHOW_AFTER = 0.3
"""Seconds after which a job shows its progress."""
_LOOK_EVERY = 15
_WORKERS = {"read": 2, "write": 1, "long": 1}


class Job:
    """One piece of work on its way: `title` in the user's words, `step` the last that it told, `error` if it failed."""

    def __init__(self, title: str, work: Work, lane: str, quiet: bool) -> None:
        self.title, self.lane, self.quiet = title, lane, quiet
        self.progress = Progress(self._tell)
        self.step: Step | None = None
        self.began: float | None = None
        self.result: Any = None
        self.error: BaseException | None = None
        self._work: Work | None = work
        self.interrupt: Callable[[], None] | None = None
        self.told = False

    def cancel(self) -> None:
        """Ask the job to stop; `interrupt`, where the work set one, breaks off a running query."""
        self.progress.cancel()
        if self.interrupt is not None:
            self.interrupt()

    @property
    def cancelled(self) -> bool:
        """True once somebody asked it to stop."""
        return self.progress.cancelled

    def run(self) -> None:
        """Do the work, in the worker's thread."""
        work, self._work = self._work, None
        self.began = time.monotonic()
        try:
            self.progress.check()
            assert work is not None
            self.result = work(self.progress)
        except BaseException as error:  # noqa: BLE001 - whatever a plugin throws must end here and be reported, not kill the lane
            self.error = Cancelled() if self.cancelled else error

    def _tell(self, step: Step) -> None:
        self.step = step
        self.told = True


class _Lane:
    """Threads that take jobs from a queue and leave them, done, in a mailbox."""

    def __init__(self, name: str, workers: int, mailbox: queue.SimpleQueue[Any]) -> None:
        self._name, self._workers, self._mailbox = name, workers, mailbox
        self._jobs: queue.SimpleQueue[Job | None] = queue.SimpleQueue()
        self._threads: list[threading.Thread] = []

    def put(self, job: Job) -> None:
        if len(self._threads) < self._workers:
            thread = threading.Thread(target=_serve, args=(self._jobs, self._mailbox), name=f"cmdesk {self._name}", daemon=True)
            self._threads.append(thread)
            thread.start()
        self._jobs.put(job)

    def stop(self) -> None:
        for _ in self._threads:
            self._jobs.put(None)

    def join(self, until: float) -> bool:
        for thread in self._threads:
            thread.join(max(0.0, until - time.monotonic()))
        return not any(thread.is_alive() for thread in self._threads)


def _serve(jobs: queue.SimpleQueue[Job | None], mailbox: queue.SimpleQueue[Any]) -> None:
    while (job := jobs.get()) is not None:
        job.run()
        mailbox.put(job)


class JobRunner(QObject):
    """Owns the jobs. `changed`: what runs now, or how far it is (at most ten times a second); `failed(job, error)`: a job that nobody else
    answers for went wrong; `news(value)`: anything that a worker put into `mailbox`, always before the result of that worker's job."""

    changed = Signal()
    failed = Signal(object, object)
    news = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.mailbox: queue.SimpleQueue[Any] = queue.SimpleQueue()
        self._lanes = {name: _Lane(name, workers, self.mailbox) for name, workers in _WORKERS.items()}
        self._open: dict[Job, tuple[Callable[[Any], object] | None, Callable[[BaseException], object] | None, QObject | None]] = {}
        self._shown: list[Job] = []
        self._told = 0.0
        self._stopped = False
        self._timer = QTimer(self)
        self._timer.setInterval(_LOOK_EVERY)
        self._timer.timeout.connect(self._look)

    def start(
        self, title: str, work: Work, done: Callable[[Any], object] | None = None, failed: Callable[[BaseException], object] | None = None,
        *, lane: str = "read", quiet: bool = False, owner: QObject | None = None,
    ) -> Job:  # fmt: skip
        """Run `work(progress)` on a lane, then `done(result)` or `failed(error)` here, unless `owner` is gone by then. `failed` gets
        `Cancelled` too; without it errors go to the signal. `quiet` jobs never show in the status bar."""
        job = Job(title, work, lane, quiet)
        if self._stopped:
            job.cancel()
            return job
        self._open[job] = (done, failed, owner)
        self._lanes[lane].put(job)
        self._timer.start()
        return job

    def running(self, lane: str = "") -> list[Job]:
        """Jobs that have not been delivered, oldest first."""
        return [job for job in self._open if not lane or job.lane == lane]

    def shown(self) -> list[Job]:
        """Jobs worth showing: those that run for more than 300 ms."""
        now = time.monotonic()
        return [job for job in self._open if not job.quiet and job.began is not None and now - job.began >= SHOW_AFTER]

    def stop(self, seconds: float = 5.0) -> bool:
        """Cancel everything and wait; False if something still runs after `seconds`. Results are not delivered any more."""
        self._stopped = True
        self._timer.stop()
        for job in self._open:
            job.cancel()
        for each in self._lanes.values():
            each.stop()
        until = time.monotonic() + seconds
        ended = all([each.join(until) for each in self._lanes.values()])
        self._open.clear()
        return ended

    def _look(self) -> None:
        while not self.mailbox.empty() and not self._stopped:
            mail = self.mailbox.get()
            if isinstance(mail, Job):
                self._deliver(mail)
            else:
                self.news.emit(mail)
        if self._stopped:
            return
        shown = self.shown()
        now = time.monotonic()
        if now - self._told >= 0.1 and (shown != self._shown or any(job.told for job in shown)):
            self._shown, self._told = shown, now
            for job in shown:
                job.told = False
            self.changed.emit()
        if not self._open:
            self._timer.stop()
            if self._shown:
                self._shown = []
                self.changed.emit()

    def _deliver(self, job: Job) -> None:
        done, failed, owner = self._open.pop(job, (None, None, None))
        if owner is not None and not isValid(owner):
            return
        if job.error is None:
            if done is not None and not job.cancelled:
                done(job.result)
            elif job.cancelled and failed is not None:
                failed(Cancelled())
        elif failed is not None:
            failed(job.error)
        elif not isinstance(job.error, Cancelled):
            self.failed.emit(job, job.error)
