"""Robustness I05, I07, I08: a full disk, a limit on the size of files, and kill -9 leave the community file as it was or as it should become."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from cmdesk import simulation
from cmdesk.core.importing import stager, temporary
from tests.end_to_end.conftest import Run
from tests.end_to_end.importing import Importing, merging, reading, started

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="looks into /proc")


@pytest.fixture(scope="module")
def export(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("kill") / "export.zip"
    simulation.slack_zip(path, 300, 60_000, 1)
    return path


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """So large that it is staged in a process of its own."""
    path = tmp_path_factory.mktemp("kill") / "large.zip"
    simulation.slack_zip(path, 300, 90_000, 1)
    assert path.stat().st_size > stager.WORTH
    return path


@pytest.mark.parametrize("moment", [started, reading, merging])
def test_I08_kill_of_the_app(file: Path, large: Path, tmp_path: Path, run: Run, moment: Callable[[Importing], bool]) -> None:
    empty = run("dump", file).out
    importing = Importing(file, large, tmp_path / "temp")
    importing.wait(moment)
    importing.kill()
    assert run("dump", file).out == empty
    assert run("show", file, "--json").json["posts"] == 0
    (left,) = (tmp_path / "temp").iterdir()
    _wait_until_quiet(left)
    temporary.sweep(tmp_path / "temp")
    assert list((tmp_path / "temp").iterdir()) == []
    assert run("import", file, large, "--json").json["facts"]["post"]["stored"] > 50_000
    assert [path.name for path in tmp_path.iterdir() if path.is_file()] == [file.name]


def _wait_until_quiet(folder: Path) -> None:
    """The worker ends with its app: nobody has the staging file open any more."""
    until = time.monotonic() + 20
    while any(_holds(pid, folder) for pid in Path("/proc").iterdir() if pid.name.isdecimal()):
        assert time.monotonic() < until, "the worker lives on"
        time.sleep(0.05)


def _holds(process: Path, folder: Path) -> bool:
    try:
        return any(str(folder) in str(handle.readlink()) for handle in (process / "fd").iterdir())
    except OSError:
        return False


def test_I08_kill_of_the_worker(file: Path, export: Path, tmp_path: Path) -> None:
    importing = Importing(file, export, tmp_path / "temp")
    importing.wait(reading)
    (worker,) = [int(pid.name) for pid in Path("/proc").iterdir() if pid.name.isdecimal() and _holds(pid, tmp_path / "temp")]
    os.kill(worker, signal.SIGKILL)
    code, out = importing.ended()
    assert (code, out) == (1, b"")
    assert b"made its reader end by signal 9" in importing.shown and b"hint: " in importing.shown
    assert file.read_bytes() == importing.before


@pytest.mark.parametrize("which", ["reader", "stager"])
def test_I08_kill_of_one_of_two_workers(file: Path, large: Path, tmp_path: Path, which: str) -> None:
    importing = Importing(file, large, tmp_path / "temp")
    importing.wait(reading)
    (victim,) = [int(pid.name) for pid in Path("/proc").iterdir() if pid.name.isdecimal() and _holds(pid, tmp_path / "temp")]
    if which == "reader":
        victim = int(Path(f"/proc/{victim}/stat").read_text().rpartition(")")[2].split()[1])  # its parent
    os.kill(victim, signal.SIGKILL)
    code, out = importing.ended()
    assert (code, out) == (1, b"")
    assert (b"made its reader end by signal 9" if which == "reader" else b"ended with code -9") in importing.shown and b"hint: " in importing.shown
    assert file.read_bytes() == importing.before


@pytest.mark.parametrize("limit", [60_000, 400_000, 2_000_000, 6_000_000])
def test_I05_I07_no_room(file: Path, export: Path, tmp_path: Path, limit: int) -> None:
    """A limit on the size of files stops staging (the smaller ones) or the merge (the larger ones) as a full disk does."""
    temp = tmp_path / "temp"
    temp.mkdir()
    before = file.read_bytes()
    code = f"import resource, sys; resource.setrlimit(resource.RLIMIT_FSIZE, ({limit}, {limit})); from cmdesk.__main__ import main; main()"
    done = subprocess.run(
        [sys.executable, "-c", code, "import", str(file), str(export), "--json"], capture_output=True, text=True, check=False,
        env={**os.environ, "TMPDIR": str(temp)}, timeout=120,
    )  # fmt: skip
    error, hint = done.stderr.splitlines()
    assert (done.returncode, done.stdout) == (1, "")
    assert "no room for the temporary files" in error or "the disk" in error
    assert "othing was changed" in hint
    assert file.read_bytes() == before
    assert list(temp.iterdir()) == []
    assert sorted(path.name for path in tmp_path.iterdir()) == [file.name, "temp"]


def test_what_a_dead_import_left_goes_and_what_lives_stays(tmp_path: Path) -> None:
    ended = subprocess.Popen([sys.executable, "-c", ""])
    ended.wait()
    names = [f"cmdesk-import-{ended.pid}-abc", f"cmdesk-import-{os.getpid()}-abc", f"cmdesk-import-{os.getppid()}-x", "cmdesk-import-x", "other"]
    for name in names:
        (tmp_path / name).mkdir()
        (tmp_path / name / "staging.db").touch()
    temporary.sweep(tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(names[1:])
