"""The worker may die, hang or talk nonsense; the app says so in words and goes on."""

from __future__ import annotations

import sys
import threading
import time
from pathlib import Path

import pytest

from cmdesk.core.errors import Cancelled, ImportProblem
from cmdesk.core.importing import process
from cmdesk.core.importing.job import Job
from cmdesk.core.importing.process import WorkerBug, carry_out
from cmdesk.core.progress import Progress, Step

JOB = Job(paths=("x",), staging="y")


def worker(code: str) -> tuple[str, ...]:
    return (sys.executable, "-c", "import sys, time, os; sys.stdin.readline(); say = lambda s: print(s, flush=True)\n" + code)


def test_progress_is_passed_on() -> None:
    told: list[Step] = []
    ticks = "".join(f"say('{{\"type\":\"tick\",\"title\":\"{title}\",\"done\":5,\"total\":10,\"unit\":\"m\"}}')\n" for title in ("A", "B"))
    carry_out(JOB, Progress(told.append), worker(ticks + "say('{\"type\":\"done\"}')"))
    assert {step.title for step in told} >= {"A", "B"}


def test_a_worker_that_dies_is_told_with_its_last_step() -> None:
    code = "say('{\"type\":\"tick\",\"title\":\"Reading\",\"done\":0,\"total\":null,\"unit\":\"\"}')\nos.kill(os.getpid(), 9)"
    with pytest.raises(ImportProblem, match="end by signal 9 while it did this: Reading"):
        carry_out(JOB, Progress(), worker(code))


def test_a_worker_that_ends_without_a_word() -> None:
    with pytest.raises(ImportProblem, match="end with code 3"):
        carry_out(JOB, Progress(), worker("sys.exit(3)"))


def test_a_worker_that_hangs_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(process, "SILENT_SECONDS", 0.3)
    began = time.monotonic()
    with pytest.raises(ImportProblem, match="said nothing"):
        carry_out(JOB, Progress(), worker("time.sleep(60)"))
    assert time.monotonic() - began < 20


def test_cancel_ends_the_worker_within_a_second() -> None:
    progress = Progress()
    threading.Timer(0.3, progress.cancel).start()
    began = time.monotonic()
    with pytest.raises(Cancelled):
        carry_out(JOB, progress, worker("time.sleep(60)"))
    assert time.monotonic() - began < 10


def test_errors_of_the_worker_arrive_as_what_they_are() -> None:
    with pytest.raises(ImportProblem, match="too big") as caught:
        carry_out(JOB, Progress(), worker('say(\'{"type":"failed","kind":"ImportProblem","message":"too big","hint":"split it"}\')'))
    assert caught.value.hint == "split it"
    with pytest.raises(WorkerBug, match="Traceback"):
        carry_out(JOB, Progress(), worker('say(\'{"type":"failed","kind":"bug","message":"KeyError","details":"Traceback"}\')'))


def test_much_noise_on_stderr_does_not_block(tmp_path: Path) -> None:
    carry_out(JOB, Progress(), worker("sys.stderr.write('x\\n' * 200000)\nsay('{\"type\":\"done\"}')"))
