"""Failures: in words, once, without data."""

from __future__ import annotations

import sys
import threading
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from cmdesk.core.errors import Cancelled, ImportProblem
from cmdesk.ui.failures import Failure, Reporter, describe, report


@pytest.fixture
def reporter(qtbot: QtBot) -> Reporter:
    return Reporter()


def _raise(text: str) -> ValueError:
    try:
        raise ValueError(text)
    except ValueError as error:
        return error


def test_the_worlds_error_is_told_with_its_hint() -> None:
    failure = describe(ImportProblem("This is not a zip.", "Export it again.", "details"))
    assert failure == Failure(kind="world", message="This is not a zip.", hint="Export it again.", report="details")


def test_cancelled_is_nothing() -> None:
    assert describe(Cancelled()) is None


def test_M01_a_report_holds_no_values_and_no_paths() -> None:
    secret = "Wilhelmina Canary"
    text = report(_raise(secret))
    assert secret not in text
    assert "ValueError" in text
    assert str(Path(__file__).parent) not in text
    assert "test_failures.py" in text


def test_K01_the_same_fault_is_reported_once(qtbot: QtBot, reporter: Reporter) -> None:
    told: list[Failure] = []
    reporter.told.connect(told.append)
    for _ in range(21):
        reporter.tell(_raise("x"))
    qtbot.waitUntil(lambda: len(told) == 1)
    qtbot.wait(30)
    assert len(told) == 1
    assert told[0].kind == "bug"


def test_the_worlds_errors_are_told_each_time(qtbot: QtBot, reporter: Reporter) -> None:
    told: list[Failure] = []
    reporter.told.connect(told.append)
    for _ in range(2):
        reporter.tell(ImportProblem("No.", "Try."))
    qtbot.waitUntil(lambda: len(told) == 2)


def test_a_plugins_failure_names_the_plugin() -> None:
    failure = describe(_raise("x"), "nice_plugin")
    assert failure is not None
    assert failure.kind == "plugin" and failure.plugin == "nice_plugin" and "nice_plugin" in failure.message


def test_uncaught_errors_of_threads_and_slots_arrive(qtbot: QtBot, reporter: Reporter) -> None:
    told: list[Failure] = []
    reporter.told.connect(told.append)
    before = (sys.excepthook, threading.excepthook, sys.unraisablehook)
    reporter.install()
    try:
        thread = threading.Thread(target=lambda: [][1])
        thread.start()
        thread.join()
        qtbot.waitUntil(lambda: len(told) == 1)
        error = _raise("y")
        sys.excepthook(ValueError, error, error.__traceback__)
        qtbot.waitUntil(lambda: len(told) == 2)
    finally:
        reporter.remove()
    assert (sys.excepthook, threading.excepthook, sys.unraisablehook) == before


def test_K03_a_hook_that_fails_does_not_raise(reporter: Reporter, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(reporter, "tell", lambda _error: 1 // 0)
    error = _raise("z")
    reporter._uncaught(ValueError, error, error.__traceback__)
    assert "could not be reported" in capsys.readouterr().err
