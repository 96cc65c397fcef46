"""Robustness A45 and A46 through the real command: a source that shrinks, grows, vanishes or is unplugged while it is read. What was half read is
refused; the file is as it was, and nothing is left behind."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from cmdesk import simulation
from tests.end_to_end.importing import Importing, reading

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="needs a terminal of its own for the command")
LINES = 100_000


@pytest.fixture(scope="module")
def table(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A log so long that it is being read for seconds."""
    path = tmp_path_factory.mktemp("changing") / "log.csv"
    with path.open("w") as file:
        file.write("time,actor,group,text\n")
        file.writelines(f"2024-03-0{n % 9 + 1} 10:{n % 60:02},p{n % 500},g{n % 20},hello {n}\n" for n in range(LINES))
    return path


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same as a folder of many files: an unpacked export."""
    path = tmp_path_factory.mktemp("changing") / "export"
    packed = path.with_suffix(".zip")
    simulation.slack_zip(packed, 300, 60_000, 1)
    shutil.unpack_archive(packed, path)
    return path


def shrinks(path: Path) -> None:
    os.truncate(path, path.stat().st_size // 2)


def grows(path: Path) -> None:
    with path.open("a") as file:
        file.write("2024-03-09 10:00,p1,g1,more\n")


def renamed(path: Path) -> None:
    path.rename(path.with_name("elsewhere"))


@pytest.mark.parametrize(("kind", "change"), [("table", shrinks), ("table", grows)])
def test_A45_the_file_changes_during_the_import(request: pytest.FixtureRequest, file: Path, tmp_path: Path, kind: str, change: Callable[[Path], None]) -> None:
    _refused(request.getfixturevalue(kind), file, tmp_path, change, b"changed while it was read")


@pytest.mark.parametrize(("kind", "change"), [("table", renamed), ("folder", renamed), ("folder", shutil.rmtree)])
def test_A46_the_drive_goes_during_the_import(request: pytest.FixtureRequest, file: Path, tmp_path: Path, kind: str, change: Callable[[Path], None]) -> None:
    _refused(request.getfixturevalue(kind), file, tmp_path, change, b"")


def _refused(original: Path, file: Path, tmp_path: Path, change: Callable[[Path], None], words: bytes) -> None:
    place = tmp_path / "place"
    place.mkdir()
    source = place / original.name
    (shutil.copytree if original.is_dir() else shutil.copy)(original, source)
    importing = Importing(file, source, tmp_path / "temp")
    importing.wait(reading)
    change(source)
    code, out = importing.ended()
    assert (code, out) == (1, b""), importing.shown
    shown = importing.shown.decode()
    assert "error: " in shown and "hint: " in shown and words.decode() in " ".join(shown.split()), shown
    assert file.read_bytes() == importing.before
