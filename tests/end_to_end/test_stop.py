"""Ctrl+C and SIGTERM during an import: exit code 130, and the file is byte for byte as it was."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from cmdesk import simulation
from tests.end_to_end.conftest import Run


@pytest.fixture(scope="module")
def export(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("stop") / "export.zip"
    simulation.slack_zip(path, 500, 120_000, 1)
    return path


@pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
@pytest.mark.parametrize("after", [0.4, 1.5, 2.8])
def test_a_stopped_import_leaves_the_file_as_it_was(file: Path, export: Path, number: signal.Signals, after: float) -> None:
    before = file.read_bytes()
    started = time.monotonic()
    process = subprocess.Popen(
        [sys.executable, "-m", "cmdesk", "import", str(file), str(export)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True
    )
    time.sleep(after)
    if process.poll() is None:
        os.killpg(process.pid, number)  # a terminal stops the whole group
    out, err = process.communicate(timeout=30)
    if process.returncode == 0:
        pytest.skip(f"the import was done in {time.monotonic() - started:.1f} s, before it could be stopped")
    assert process.returncode == 130, err.decode()
    assert out == b"" and b"Traceback" not in err
    assert file.read_bytes() == before
    assert sorted(path.name for path in file.parent.iterdir() if path.stat().st_size) == [file.name]


def test_the_real_command_in_a_process_of_its_own(tmp_path: Path, houston: Path, run: Run) -> None:
    file = tmp_path / "a.cmdesk"
    for words in (["new", str(file)], ["import", str(file), str(houston)], ["show", str(file)]):
        done = subprocess.run([sys.executable, "-m", "cmdesk", *words], capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        assert done.stderr == ""
    assert "1,031" in done.stdout
    assert run("show", file, "--json").json["members"] == 71
