"""Every case of robustness A, B, C and E by its id, through the real command and its worker: imported, imported with listed problems, or
refused in one plain sentence; a refused file leaves the community byte for byte as it was, and nothing stays in the temporary folder."""

from __future__ import annotations

import hashlib
import os
import sqlite3
import tempfile
import zipfile
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from tests.core.reading import corpus
from tests.end_to_end.conftest import Run

PEOPLE, TIES, SLACK = "spreadsheet.people", "spreadsheet.ties", "slack.export"
SMALL = 200_000  # bytes of a file that is imported a second time


def importer_of(case: str, path: Path) -> str:
    """What a person would choose for this case."""
    if case in ("C06_none", "C07_semicolon", "C17"):
        return TIES
    return PEOPLE if path.suffix in (".csv", ".tsv", ".txt", ".xlsx", ".xlsm") else SLACK


@pytest.fixture
def temp(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The temporary folder of this test and of the worker it starts."""
    folder = tmp_path / "temp"
    folder.mkdir()
    monkeypatch.setenv("TMPDIR", str(folder))
    monkeypatch.setattr(tempfile, "tempdir", None)
    return folder


@pytest.mark.parametrize("case", sorted(corpus.CASES))
def test_bad_input(case: str, file: Path, tmp_path: Path, temp: Path, run: Run) -> None:
    make, expected = corpus.CASES[case]
    source = tmp_path / "source"
    source.mkdir()
    path = make(source)
    before = hashlib.sha256(file.read_bytes()).hexdigest()
    done = run("import", file, path, "--as", importer_of(case, path), "--json", expect=None)
    assert done.code in (0, 1), done.err
    assert "Traceback" not in done.err
    assert list(temp.iterdir()) == []
    assert sorted(one.name for one in tmp_path.iterdir()) == ["community.cmdesk", "source", "temp"]
    if done.code:
        assert done.out == ""
        error, hint = done.err.splitlines()
        assert error.startswith("error: ") and error.endswith(".") and len(error) < 260 and error.isprintable()
        assert hint.startswith("hint: ") and hint.isprintable()
        assert hashlib.sha256(file.read_bytes()).hexdigest() == before
    else:
        records = done.json["records"]
        assert records["read"] == records["used"] + sum(records["left_out"].values()) + records["set_aside"]
        assert records["read"] > 0 or case in ("C16", "B24_list", "B24_empty")
        for line in done.json["facts"].values():
            assert line["stated"] == line["stored"] + line["merged"] + line["set_aside"]
        for problem in done.json["problems"]:
            assert problem["where"] and problem["why"] and "Traceback" not in problem["why"]
        if records["set_aside"]:
            assert len(done.json["problems"]) >= records["set_aside"]
        if path.stat().st_size < SMALL:
            again = run("import", file, path, "--as", importer_of(case, path), "--json").json
            assert all(line["stored"] == line["changed"] == 0 for line in again["facts"].values())
    if case[0] in "ACE":
        assert bool(done.code) == (expected == "refused"), (expected, done.err)


def _foreign(path: Path) -> None:
    path.unlink()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE messages (id INTEGER)")


def _pragma(statement: str) -> Callable[[Path], None]:
    def change(path: Path) -> None:
        with closing(sqlite3.connect(path)) as connection:
            connection.execute("PRAGMA journal_mode=DELETE")
            connection.execute(statement)

    return change


def _zip(path: Path) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("users.json", "[]" * 100)


SPOILED: dict[str, tuple[Callable[[Path], object], str]] = {
    "I14": (lambda path: path.write_bytes(path.read_bytes()[: path.stat().st_size // 2]), "is damaged"),
    "I16": (lambda path: path.write_bytes(b""), "is empty"),
    "I17": (lambda path: path.unlink(), "does not exist"),
    "I18": (_zip, "is not a community file"),
    "I19": (_pragma("PRAGMA user_version = 99"), "newer cmdesk"),
    "I20": (_pragma("PRAGMA user_version = 0"), "unfinished format"),
    "I21": (_foreign, "another program"),
    "I24": (_pragma("CREATE TRIGGER evil AFTER INSERT ON posts BEGIN DELETE FROM members; END"), "not built as cmdesk builds it"),
    "I25": (_pragma("CREATE VIEW extra AS SELECT * FROM members"), "not built as cmdesk builds it"),
}


@pytest.mark.parametrize("case", sorted(SPOILED))
def test_import_into_a_bad_file(case: str, file: Path, houston: Path, temp: Path, run: Run) -> None:
    spoil, words = SPOILED[case]
    spoil(file)
    before = file.read_bytes() if file.exists() else None
    done = run("import", file, houston, "--json", expect=1)
    error, hint = done.err.splitlines()
    assert done.out == "" and error.startswith("error: ") and words in error and hint.startswith("hint: ")
    assert (file.read_bytes() if file.exists() else None) == before
    assert list(temp.iterdir()) == []
    assert [path.name for path in file.parent.iterdir() if path.is_file()] == ([] if before is None else [file.name])


@pytest.mark.parametrize("case", ["I03", "I04"])
def test_import_into_a_file_that_cannot_be_written(
    case: str, file: Path, houston: Path, temp: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    barred = file if case == "I03" else file.parent
    real = os.access
    monkeypatch.setattr(os, "access", lambda where, mode: not (mode == os.W_OK and Path(where) == barred) and real(where, mode))
    before = file.read_bytes()
    done = run("import", file, houston, "--json", expect=1)
    assert "is read-only here" in done.err
    assert file.read_bytes() == before
    assert list(temp.iterdir()) == []


@pytest.mark.parametrize("name", ["100% sure?.cmdesk", "a#b.cmdesk", "ünïcode 名前.cmdesk", "it's & <b>.cmdesk"])
def test_I33_import_into_and_from_odd_names(name: str, houston: Path, tmp_path: Path, run: Run) -> None:
    export = tmp_path / name.replace(".cmdesk", ".zip")
    export.write_bytes(houston.read_bytes())
    run("new", tmp_path / name)
    assert run("import", tmp_path / name, export, "--json").json["facts"]["post"]["stored"] == 1382
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted([name, export.name])


def test_a_preview_changes_no_byte(file: Path, houston: Path, temp: Path, run: Run) -> None:
    before = file.read_bytes()
    told = run("import", file, houston, "--preview", "--json").json
    assert (file.read_bytes(), told["import_id"], told["preview"]) == (before, None, True)
    real = run("import", file, houston, "--json").json
    assert {**real, "import_id": None, "preview": True} == told
    assert list(temp.iterdir()) == []


def test_every_id_of_the_list_is_here() -> None:
    """46 archives, 24 of JSON, 22 of CSV; A45 and A46 are about files that change, and stand in tests of their own."""
    ids = {case.partition("_")[0] for case in corpus.CASES}
    wanted = {f"A{n:02}" for n in range(1, 45)} | {f"B{n:02}" for n in range(1, 25)} | {f"C{n:02}" for n in range(1, 23)}
    assert wanted - ids == set()
