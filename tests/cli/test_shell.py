"""The command line around the commands: help, errors, exit codes, what is imported when."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from cmdesk import app, cli
from cmdesk.cli import desk, goal_names, output
from cmdesk.core import stopping
from cmdesk.core.errors import Cancelled, CmdeskError
from cmdesk.core.goal_model import GOALS
from cmdesk.core.progress import Step


def test_help_lists_every_command_and_each_has_its_module(capsys: pytest.CaptureFixture[str]) -> None:
    assert app.run(["--help"]) == 0
    text = capsys.readouterr().out
    for name, line in cli.COMMANDS.items():
        assert name in text and line in text
        assert app.run([name, "--help"]) == 0


def test_help_imports_nothing_heavy() -> None:
    job = "import sys; from cmdesk.app import run; run(['--help']); print(sorted(sys.modules), file=sys.stderr)"
    done = subprocess.run([sys.executable, "-c", job], capture_output=True, text=True, check=True)
    for heavy in ("numpy", "msgspec", "pluggy", "rich", "sqlite3", "openpyxl", "networkx", "igraph", "PySide6", "cmdesk.core.community"):
        assert f"'{heavy}'" not in done.stderr, heavy


def test_the_goals_of_the_command_line_are_those_of_the_goal_model() -> None:
    assert tuple(goal_names.GOAL.choices) == GOALS


def test_version(capsys: pytest.CaptureFixture[str]) -> None:
    from cmdesk import __version__

    assert app.run(["--version"]) == 0
    assert __version__ in capsys.readouterr().out


@pytest.mark.parametrize(
    "arguments",
    [["nothing-like-this"], ["show"], ["goal", "a.cmdesk", "g", "fly"], ["goal", "a.cmdesk", "g", "find", "--importance", "9"], ["import", "a.cmdesk"],
     ["import", "a.cmdesk", "x", "--option", "keep_text"], ["--nothing"], ["picture", "a.cmdesk", "matrix", "--to", "a.pdf"],
     ["assess", "a.cmdesk", "--as-of", "soon"]],
)  # fmt: skip
def test_a_wrong_command_is_a_usage_error(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert app.run(arguments) == app.USAGE
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.startswith("error: ") and "\nhint: " in said.err


@pytest.mark.parametrize(
    ("error", "code"), [(CmdeskError("No.", "Do."), 1), (Cancelled(), 130), (KeyboardInterrupt(), 130), (ValueError("Jane Doe"), 3), (OSError(28, "No space"), 1)]
)
def test_what_escapes_becomes_an_exit_code(error: BaseException, code: int, capsys: pytest.CaptureFixture[str]) -> None:
    def fail() -> int:
        raise error

    assert app.guard(fail) == code
    said = capsys.readouterr().err
    assert "Traceback" not in said and "Jane Doe" not in said
    assert ("error: " in said) == (code != 130)


def test_a_bug_is_told_with_its_place(capsys: pytest.CaptureFixture[str]) -> None:
    def fail() -> int:
        raise KeyError("Jane Doe")

    assert app.guard(fail) == app.BUG
    assert "KeyError in test_shell.py" in capsys.readouterr().err


def test_a_missing_file_is_not_made_by_asking_for_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert app.run(["show", str(tmp_path / "none.cmdesk")]) == app.WORLD
    assert "error: " in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_no_arguments_and_a_community_mean_the_window(tmp_path: Path) -> None:
    assert app._window_wanted([]) == (None, True)
    assert app._window_wanted(["--no-plugins"]) == (None, False)
    assert app._window_wanted(["some/where.cmdesk"]) == (Path("some/where.cmdesk"), True)
    assert app._window_wanted(["show"]) is None
    assert app._window_wanted(["show", "a.cmdesk"]) is None
    assert app._window_wanted(["--help"]) is None
    (tmp_path / "export.zip").write_bytes(b"")
    assert app._window_wanted([str(tmp_path / "export.zip")]) == (tmp_path / "export.zip", True)


def test_without_a_display_the_window_is_refused_in_words(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(sys, "platform", "linux")
    assert app.run([]) == app.WORLD
    assert "no display" in capsys.readouterr().err


def test_a_reader_that_closes_the_pipe_is_no_fault(tmp_path: Path) -> None:
    code = f"{sys.executable} -m cmdesk --help | true; exit ${{PIPESTATUS[0]}}"
    done = subprocess.run(["bash", "-c", code], capture_output=True, text=True)
    assert "Traceback" not in done.stderr and "Exception" not in done.stderr


def test_tables_are_aligned_and_names_cannot_steer_the_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    output.table(("name", "n"), [("Zoë\u0301\x1b[31m", 5), ("日本", 12_000)])
    lines = capsys.readouterr().out.splitlines()
    assert "\x1b" not in "".join(lines)
    assert lines[1].endswith("     5") and lines[2].endswith("12,000")


def test_json_is_one_document_in_utf8_without_nan(capsys: pytest.CaptureFixture[str]) -> None:
    output.document({"name": "Zoë", "fit": float("nan")})
    assert json.loads(capsys.readouterr().out) == {"name": "Zoë", "fit": None}


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[float]]:
    """The time at which signals come, in seconds, and a command that they stop."""
    now = [100.0]
    monkeypatch.setattr(time, "monotonic", lambda: now[0])
    with stopping.heeded(final=False):
        yield now


def test_the_first_stop_asks_and_the_second_insists(clock: list[float]) -> None:
    with pytest.raises(KeyboardInterrupt), desk.working() as progress:
        os.kill(os.getpid(), signal.SIGINT)
        assert progress.cancelled
        clock[0] += 1
        os.kill(os.getpid(), signal.SIGINT)


def test_signals_in_one_moment_are_one_wish(clock: list[float]) -> None:
    with desk.working() as progress:
        os.kill(os.getpid(), signal.SIGINT)
        os.kill(os.getpid(), signal.SIGINT)
        os.kill(os.getpid(), signal.SIGTERM)
    assert progress.cancelled


def test_a_job_that_is_asked_to_stop_says_so_and_one_that_is_done_does_not(clock: list[float]) -> None:
    with desk.working() as progress:
        os.kill(os.getpid(), signal.SIGTERM)  # too late: the job is done
    assert progress.cancelled
    with pytest.raises(Cancelled), desk.working() as progress:
        progress.check()  # the wish is still there


def test_progress_tells_rate_and_time_left() -> None:
    assert desk._state(Step("Reading", 5_000, 10_000, "records", 5.0)) == "5,000 of 10,000 records · 1,000/s · 0:05 left"
    assert desk._state(Step("Reading", 0, None, "", 0.0)) == ""


def test_what_is_no_day_is_told_with_an_example(capsys: pytest.CaptureFixture[str]) -> None:
    assert app.run(["assess", "a.cmdesk", "--as-of", "gisteren"]) == 2
    told = capsys.readouterr().err
    assert "2026-03-31" in told and "%Y" not in told


@pytest.mark.parametrize(("value", "text"), [(0.25, "+0.25"), (-0.25, "-0.25"), (0.0, "0.00"), (-0.0, "0.00"), (-0.004, "0.00"), (0.004, "0.00")])
def test_a_difference_that_rounds_to_nothing_has_no_sign(value: float, text: str) -> None:
    assert output.signed(value) == text
