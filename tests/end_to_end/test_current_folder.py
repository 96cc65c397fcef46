"""cmdesk is started where an export was unpacked: no file that lies there may pass for a module of ours."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from cmdesk.core import circles
from cmdesk.core.importing import process, stager

from .conftest import Run

MODULES = ("re", "random", "numpy", "msgspec", "sqlite3", "igraph", "cmdesk")


@pytest.fixture
def hostile(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "unpacked"
    folder.mkdir()
    for name in MODULES:
        (folder / f"{name}.py").write_text(f"open({str(folder / 'ran')!r}, 'a').write({name!r})\nraise SystemExit(9)\n")
    monkeypatch.chdir(folder)
    return folder


def test_an_import_and_an_assessment_run_as_ever(hostile: Path, houston: Path, run: Run) -> None:
    circles.stop()
    run("new", "a.cmdesk")
    assert run("import", "a.cmdesk", houston, "--json").json["records"]["used"] > 0
    assert run("assess", "a.cmdesk", "--group", "a", "--goal", "find", "--json").json["scores"]
    assert not (hostile / "ran").exists()


@pytest.mark.parametrize("command", [process.WORKER, stager.COMMAND], ids=["worker", "stager"])
def test_each_process_of_ours_starts(hostile: Path, command: tuple[str, ...]) -> None:
    done = subprocess.run(command, input=b"", capture_output=True, timeout=60)
    assert done.returncode != 9
    assert not (hostile / "ran").exists()
