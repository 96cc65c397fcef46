"""Staging in a process of its own writes what staging in the worker writes, and says what went wrong there."""

from __future__ import annotations

import os
import signal
import sqlite3
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from cmdesk import pluginhost
from cmdesk.core.errors import FileProblem, ImportProblem
from cmdesk.core.importing import reader, stager
from cmdesk.core.importing.job import Job
from cmdesk.core.importing.stager import StagingBeside, StagingBug
from cmdesk.core.importing.staging import Staging
from cmdesk.core.importing.staging_file import Summary
from cmdesk.core.progress import Progress
from cmdesk.core.records import Group, Membership, Origin, Person, Post, Reaction, Record
from cmdesk.simulation import bulk

_ODD = "\udcff lone"


def _records() -> Iterator[Record]:
    yield Origin(platform="test", key="one", title="One")
    yield Person(key="a", name="Ann", expertise=("bees", "rules"), joined=5, is_bot=False)
    yield Group(key="g", name="Group", private=True)
    yield Membership(person="a", group="g")
    for number in range(1_500):
        yield Post(key=f"p{number}", author="ab"[number % 2], group="g", at=1_700_000_000_000_000 + number * 60_000_000, text=f"Is it #{number}?")
        if number % 3 == 0:
            yield Reaction(post=f"p{number}", person="b", kind="+1")
    yield Post(key=_ODD, author=_ODD, group="g", at=1_700_000_000_000_000, text="\ud83d half")
    yield Post(key="far", author="a", group="g", at=1 << 70)
    yield Reaction(post="elsewhere", person="a")


def _content(path: Path) -> list[str]:
    with sqlite3.connect(path) as connection:
        lines = list(connection.iterdump())
    connection.close()
    return lines


def _stage(kind: Any, path: Path, records: Iterator[Record]) -> list[str]:
    staging = kind(path, keep_text=True)
    staging.add_all(records)
    staging.finish(Summary(importer="test", read=7, left_out={"bots": 2}), [("a place", "a reason", 3)])
    return _content(path)


def test_both_write_the_same(tmp_path: Path) -> None:
    here = _stage(Staging, tmp_path / "here.db", _records())
    assert _stage(StagingBeside, tmp_path / "there.db", _records()) == here
    assert sum("INSERT INTO \"posts\"" in line for line in here) == 1_501


def test_an_export_is_read_the_same_way(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    export = tmp_path / "export.zip"
    bulk.slack_zip(export, 40, 3_000, 4)
    importers = pluginhost.load(folders=False).importers
    monkeypatch.setattr(stager, "WORTH", 0)
    reader.read(Job(paths=(str(export),), staging=str(tmp_path / "one.db")), importers, Progress())
    monkeypatch.setattr(stager, "WORTH", 1 << 40)
    reader.read(Job(paths=(str(export),), staging=str(tmp_path / "two.db")), importers, Progress())
    assert _content(tmp_path / "one.db") == _content(tmp_path / "two.db")


def test_a_folder_counts_with_all_that_is_in_it(tmp_path: Path) -> None:
    (tmp_path / "deep").mkdir()
    (tmp_path / "a").write_bytes(b"123")
    (tmp_path / "deep" / "b").write_bytes(b"4567")
    assert reader.size(str(tmp_path)) == 7


def _not_records(first: object) -> Iterator[Any]:
    yield first
    yield {"no": "record"}


def test_what_is_no_record_is_refused_in_the_same_words(tmp_path: Path) -> None:
    for kind in (Staging, StagingBeside):
        with pytest.raises(ImportProblem, match="yielded a dict, which is no record"):
            _stage(kind, tmp_path / f"{kind.__name__}.db", _not_records(Origin(platform="test", key="one")))


def test_a_record_before_the_origin_is_refused_in_the_same_words(tmp_path: Path) -> None:
    said = []
    for kind in (Staging, StagingBeside):
        with pytest.raises(ImportProblem) as caught:
            _stage(kind, tmp_path / f"{kind.__name__}.db", iter([Person(key="a")]))
        said.append((caught.value.message, caught.value.hint))
    assert said[0] == said[1]


def test_a_field_of_another_type_is_the_importers_fault(tmp_path: Path) -> None:
    wrong: Any = 5
    with pytest.raises(StagingBug, match="ValidationError"):
        _stage(StagingBeside, tmp_path / "x.db", iter([Origin(platform="test", key="one"), Person(key=wrong)]))


def test_no_room_is_told_with_the_place(tmp_path: Path) -> None:
    with pytest.raises(FileProblem, match="There is no room") as caught:
        _stage(StagingBeside, tmp_path / "missing" / "deep" / "x.db", _records())
    assert str(tmp_path / "missing") in caught.value.message


def test_the_death_of_the_other_process_is_told(tmp_path: Path) -> None:
    staging = StagingBeside(tmp_path / "x.db", keep_text=False)

    def records() -> Iterator[Record]:
        yield from _records()
        os.kill(staging._process.pid, signal.SIGKILL)
        staging._process.wait()
        while True:
            yield Person(key="again")

    with pytest.raises(ImportProblem, match="ended with code -9"):
        staging.add_all(records())


def test_it_ends_with_the_worker(tmp_path: Path) -> None:
    """Without the end of the story nothing is finished: the staging file has no summary."""
    staging = StagingBeside(tmp_path / "x.db", keep_text=False, command=(sys.executable, "-m", "cmdesk.core.importing.stager"))
    staging.add_all(_records())
    staging._in.close()
    assert staging._process.wait(20) == 1
    assert staging._process.stdout is not None
    assert staging._process.stdout.read() == b""
    staging._process.stdout.close()
    assert not any("INSERT INTO \"meta\"" in line for line in _content(tmp_path / "x.db"))
