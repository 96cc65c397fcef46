"""The command line as scripts use it: words in, exit code and both streams out."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from cmdesk import app
from cmdesk.core import paths

if TYPE_CHECKING:
    from tests.end_to_end.gate import Gate


@dataclass(frozen=True)
class Ran:
    """What a command did."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """stdout as the one document that it must be."""
        return json.loads(self.out)


Run = Callable[..., Ran]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs a command line in this process; with `expect` its exit code is checked."""

    def run_it(*arguments: object, expect: int | None = 0) -> Ran:
        capsys.readouterr()
        code = app.run([str(argument) for argument in arguments])
        said = capsys.readouterr()
        assert expect is None or code == expect, said.err or said.out
        return Ran(code, said.out, said.err)

    return run_it


@pytest.fixture
def houston() -> Path:
    """The real Slack sample."""
    return paths.resource("samples/slack/houstondatavis-slack-export.zip")


@pytest.fixture
def file(tmp_path: Path, run: Run) -> Path:
    """A new, empty community."""
    path = tmp_path / "community.cmdesk"
    run("new", path, "--name", "Houston")
    return path


@pytest.fixture
def temp(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The temporary folder of this test and of the worker it starts."""
    folder = tmp_path / "temp"
    folder.mkdir()
    monkeypatch.setenv("TMPDIR", str(folder))
    monkeypatch.setattr(tempfile, "tempdir", None)
    return folder


@pytest.fixture
def gate(run: Run, file: Path, temp: Path, own_home: Path) -> Gate:
    """Imports into `file` and checks what must hold of every import."""
    from tests.end_to_end.gate import Gate

    return Gate(run, file, temp, own_home)
