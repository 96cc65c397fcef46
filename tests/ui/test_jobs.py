"""Jobs: off the GUI thread, delivered in it, cancelled, and gone at the end."""

from __future__ import annotations

import threading
import time

import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from cmdesk.core.errors import Cancelled
from cmdesk.core.progress import Progress
from cmdesk.ui.jobs import JobRunner


@pytest.fixture
def jobs(qtbot: QtBot) -> JobRunner:
    runner = JobRunner()
    yield runner
    assert runner.stop(5)


def test_work_runs_elsewhere_and_its_result_arrives_here(qtbot: QtBot, jobs: JobRunner) -> None:
    seen: list[tuple[int, int]] = []
    jobs.start("count", lambda _progress: threading.get_ident(), lambda there: seen.append((there, threading.get_ident())))
    qtbot.waitUntil(lambda: bool(seen))
    there, here = seen[0]
    assert there != here == threading.get_ident()
    assert jobs.running() == []


def test_a_failure_goes_to_the_signal_or_to_whoever_asked(qtbot: QtBot, jobs: JobRunner) -> None:
    told: list[BaseException] = []
    jobs.failed.connect(lambda _job, error: told.append(error))
    jobs.start("divide", lambda _progress: 1 // 0)
    qtbot.waitUntil(lambda: len(told) == 1)
    assert isinstance(told[0], ZeroDivisionError)
    mine: list[BaseException] = []
    jobs.start("divide", lambda _progress: 1 // 0, failed=mine.append)
    qtbot.waitUntil(lambda: len(mine) == 1)
    assert len(told) == 1


def test_cancel_ends_it_within_a_second_and_shows_nothing(qtbot: QtBot, jobs: JobRunner) -> None:
    told: list[object] = []
    jobs.failed.connect(lambda _job, error: told.append(error))

    def work(progress: Progress) -> None:
        progress.step("wait", 10_000)
        while True:
            time.sleep(0.01)
            progress.advance()

    results: list[object] = []
    job = jobs.start("wait", work, results.append)
    qtbot.waitUntil(lambda: job in jobs.shown(), timeout=2000)
    began = time.monotonic()
    job.cancel()
    qtbot.waitUntil(lambda: not jobs.running(), timeout=1000)
    assert time.monotonic() - began < 1
    assert isinstance(job.error, Cancelled)
    assert told == [] and results == []


def test_progress_shows_after_300_ms_and_at_most_ten_times_a_second(qtbot: QtBot, jobs: JobRunner) -> None:
    shown: list[float] = []
    began = time.monotonic()
    jobs.changed.connect(lambda: shown.append(time.monotonic() - began))

    def work(progress: Progress) -> None:
        progress.step("count", 1_000_000)
        until = time.monotonic() + 1.2
        while time.monotonic() < until:
            time.sleep(0.001)
            progress.advance()

    jobs.start("count", work)
    qtbot.waitUntil(lambda: not jobs.running(), timeout=5000)
    assert shown and shown[0] >= 0.3
    assert len(shown) <= 12


def test_a_quick_job_never_shows(qtbot: QtBot, jobs: JobRunner) -> None:
    changes: list[object] = []
    jobs.changed.connect(lambda: changes.append(1))
    done: list[object] = []
    jobs.start("quick", lambda _progress: 7, done.append)
    qtbot.waitUntil(lambda: done == [7])
    assert changes == []


def test_K08_a_result_for_a_widget_that_is_gone_is_dropped(qtbot: QtBot, jobs: JobRunner) -> None:
    owner = QObject()
    gate = threading.Event()
    got: list[object] = []
    jobs.start("late", lambda _progress: gate.wait(5), got.append, owner=owner)
    owner.deleteLater()
    del owner
    QApplication.sendPostedEvents(None, 52)  # DeferredDelete
    QApplication.processEvents()
    gate.set()
    qtbot.waitUntil(lambda: not jobs.running())
    assert got == []


def test_K05_stop_ends_every_thread(qtbot: QtBot) -> None:
    runner = JobRunner()

    def work(progress: Progress) -> None:
        while True:
            time.sleep(0.01)
            progress.check()

    for lane in ("read", "read", "write", "long"):
        runner.start("wait", work, lane=lane)
    qtbot.wait(50)
    assert runner.stop(5)
    assert not [thread for thread in threading.enumerate() if thread.name.startswith("cmdesk ") and thread.is_alive()]


def test_the_long_lane_takes_one_after_the_other(qtbot: QtBot, jobs: JobRunner) -> None:
    running, most = 0, 0
    lock = threading.Lock()

    def work(_progress: Progress) -> None:
        nonlocal running, most
        with lock:
            running += 1
            most = max(most, running)
        time.sleep(0.03)
        with lock:
            running -= 1

    for _ in range(4):
        jobs.start("one", work, lane="long")
    qtbot.waitUntil(lambda: not jobs.running())
    assert most == 1


def test_what_a_worker_mails_comes_before_its_result(qtbot: QtBot, jobs: JobRunner) -> None:
    order: list[object] = []
    jobs.news.connect(order.append)
    jobs.start("mail", lambda _progress: jobs.mailbox.put("news"), lambda _none: order.append("result"))
    qtbot.waitUntil(lambda: len(order) == 2)
    assert order == ["news", "result"]
