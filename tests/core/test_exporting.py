"""Writing a file for others: a whole file or the old one, never half of one, and never over a community."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from cmdesk.core import exporting
from cmdesk.core.contributions import Exporter
from cmdesk.core.errors import Cancelled, CmdeskError, FileProblem, PluginProblem
from cmdesk.core.progress import Progress

Write = Callable[[Any, Path, Any, Progress], None]


def exporter(write: Write, check: Callable[[Any, Path], None] | None = None) -> Exporter:
    return Exporter(name="test.text", title="Text", suffix=".txt", accepts="report", write=write, check=check)


def good(subject: Any, path: Path, _options: Any, _progress: Progress) -> None:
    path.write_text(str(subject), "utf-8")


def half(_subject: Any, path: Path, _options: Any, _progress: Progress) -> None:
    path.write_text("hal", "utf-8")
    raise ValueError("Jane Doe")


def nothing(*_all: object) -> None:
    pass


def stopped(_subject: Any, path: Path, _options: Any, _progress: Progress) -> None:
    path.write_text("hal", "utf-8")
    raise Cancelled


def refuse(_subject: Any, _path: Path) -> None:
    raise ValueError("not what it should be")


def export(tool: Exporter, out: Path) -> None:
    exporting.write(tool, "new", out, None, Progress())


def test_the_file_is_there_and_nothing_else(tmp_path: Path) -> None:
    export(exporter(good), tmp_path / "a.txt")
    assert [(path.name, path.read_text()) for path in tmp_path.iterdir()] == [("a.txt", "new")]


@pytest.mark.parametrize(
    ("tool", "kind"),
    [(exporter(half), PluginProblem), (exporter(nothing), PluginProblem), (exporter(good, refuse), PluginProblem), (exporter(stopped), Cancelled)],
)
def test_what_fails_leaves_the_old_file_and_no_part(tmp_path: Path, tool: Exporter, kind: type[Exception]) -> None:
    out = tmp_path / "a.txt"
    out.write_text("old")
    with pytest.raises(kind) as told:
        export(tool, out)
    assert "Jane Doe" not in str(told.value)
    assert [(path.name, path.read_text()) for path in tmp_path.iterdir()] == [("a.txt", "old")]


@pytest.mark.parametrize("name", ["a.cmdesk", "A.CMDESK", "a.cmdesk-wal"])
def test_a_community_is_never_overwritten(tmp_path: Path, name: str) -> None:
    with pytest.raises(FileProblem, match="would destroy it"):
        export(exporter(good), tmp_path / name)
    assert list(tmp_path.iterdir()) == []


def test_a_database_under_another_name_is_not_overwritten_either(tmp_path: Path) -> None:
    out = tmp_path / "club.xlsx"
    out.write_bytes(b"SQLite format 3\0 and so on")
    with pytest.raises(FileProblem):
        export(exporter(good), out)
    assert out.read_bytes() == b"SQLite format 3\0 and so on"


def test_places_that_cannot_be_written_are_said(tmp_path: Path) -> None:
    (tmp_path / "folder.txt").mkdir()
    for out in (tmp_path / "folder.txt", tmp_path / "none" / "a.txt", tmp_path / ("n" * 300 + ".txt"), Path("a\0b.txt")):
        with pytest.raises(CmdeskError) as told:
            export(exporter(good), out)
        assert told.value.hint
    assert [path.name for path in tmp_path.iterdir()] == ["folder.txt"]


def test_parts_of_a_killed_export_are_swept_later_and_young_ones_are_left(tmp_path: Path) -> None:
    old, young = tmp_path / ".cmdesk-part-0123.txt", tmp_path / ".cmdesk-part-4567.txt"
    for part in (old, young):
        part.write_text("hal")
    os.utime(old, (0, 0))
    export(exporter(good), tmp_path / "a.txt")
    assert sorted(path.name for path in tmp_path.iterdir()) == [young.name, "a.txt"]
