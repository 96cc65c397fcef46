"""Ctrl+C and SIGTERM during an import or an assessment: exit code 130, and the file is byte for byte as it was; once the outcome is told they change nothing."""

from __future__ import annotations

import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest

from cmdesk import simulation
from cmdesk.core import importing
from cmdesk.core.community import Community
from tests.end_to_end.conftest import Run
from tests.end_to_end.importing import Importing, Watched, merging, reading, started

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
SIGNALS = [signal.SIGINT, signal.SIGTERM]


@pytest.fixture(scope="module")
def export(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Takes seconds to read and seconds to merge, wherever these tests run."""
    path = tmp_path_factory.mktemp("stop") / "export.zip"
    simulation.slack_zip(path, 500, 120_000, 1)
    return path


@pytest.mark.parametrize("number", SIGNALS)
@pytest.mark.parametrize("moment", [started, reading, merging])
def test_a_stopped_import_leaves_the_file_as_it_was(
    file: Path, export: Path, tmp_path: Path, number: int, moment: Callable[[Importing], bool]
) -> None:
    importing = Importing(file, export, tmp_path / "temp")
    importing.wait(moment)
    importing.stop(number)
    code, out = importing.ended()
    assert (code, out) == (130, b"")
    assert file.read_bytes() == importing.before


@pytest.mark.parametrize("number", SIGNALS)
@pytest.mark.parametrize("step", ["Loading", "Finding circles", "Measuring", "Quarters"])
def test_a_stopped_assessment_leaves_the_file_as_it_was(assessable: Path, tmp_path: Path, number: int, step: str) -> None:
    folder = tmp_path / "own"
    folder.mkdir()
    file = Path(shutil.copy(assessable, folder))
    assessing = Watched(file, tmp_path / "temp", "assess", str(file))
    assessing.wait(lambda assessing: step.encode() in assessing.shown)
    assessing.stop(number)
    code, out = assessing.ended()
    assert (code, out) == (130, b"")
    assert file.read_bytes() == assessing.before


@pytest.fixture(scope="module")
def assessable(tmp_path_factory: pytest.TempPathFactory, export: Path) -> Path:
    """A community that takes seconds to assess."""
    path = tmp_path_factory.mktemp("assessable") / "a.cmdesk"
    with Community.create(path, "Made") as community:
        importing.run(community, [export])
    return path


@pytest.mark.parametrize("moment", [reading, merging])
def test_who_insists_is_heard_too(file: Path, export: Path, tmp_path: Path, moment: Callable[[Importing], bool]) -> None:
    importing = Importing(file, export, tmp_path / "temp")
    importing.wait(moment)
    for pause in (0.0, 0.01, 0.01, 0.1):
        time.sleep(pause)
        with suppress(ProcessLookupError):  # it was quick
            importing.stop(signal.SIGINT)
            importing.stop(signal.SIGTERM)
    code, out = importing.ended()
    assert (code, out) == (130, b"")
    assert file.read_bytes() == importing.before


@pytest.mark.parametrize("number", SIGNALS)
@pytest.mark.parametrize("pause", [0.0, 0.01, 0.05])
def test_a_signal_while_the_process_ends_changes_nothing(file: Path, houston: Path, tmp_path: Path, number: int, pause: float) -> None:
    importing = Importing(file, houston, tmp_path / "temp")
    assert importing.process.stdout is not None
    first = importing.process.stdout.read(1)  # the result is being told: all is stored
    time.sleep(pause)
    importing.stop(number)
    code, rest = importing.ended()
    assert code == 0
    assert (first + rest).startswith(b"{") and rest.endswith(b"}\n")
    assert file.read_bytes() != importing.before


@pytest.mark.parametrize("number", SIGNALS)
def test_a_stop_that_got_lost_is_noticed(tmp_path: Path, houston: Path, file: Path, number: int) -> None:
    """Python drops a KeyboardInterrupt that is raised in a destructor; the import must stop all the same."""
    code = (
        "import os, sys\nfrom cmdesk import app\n"
        "class Victim:\n"
        f"    def __del__(self):\n        os.kill(os.getpid(), {int(number)})\n        sum(range(1000))\n"
        "from cmdesk.cli import import_command\nparse = import_command.parse_options\n"
        "def parsing(options):\n    Victim()\n    return parse(options)\n"
        "import_command.parse_options = parsing\n"
        "sys.unraisablehook = lambda _: None\n"
        "sys.exit(app.run(sys.argv[1:], final=True))\n"
    )
    before = file.read_bytes()
    done = subprocess.run(
        [sys.executable, "-c", code, "import", str(file), str(houston)], capture_output=True, text=True, check=False, timeout=60
    )
    assert (done.returncode, done.stdout) == (130, ""), done.stderr
    assert file.read_bytes() == before


def test_the_real_command_in_a_process_of_its_own(tmp_path: Path, houston: Path, run: Run) -> None:
    file = tmp_path / "a.cmdesk"
    for words in (["new", str(file)], ["import", str(file), str(houston)], ["show", str(file)]):
        done = subprocess.run([sys.executable, "-m", "cmdesk", *words], capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        assert done.stderr == ""
    assert "1,031" in done.stdout
    assert run("show", file, "--json").json["members"] == 71
