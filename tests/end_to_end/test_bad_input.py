"""Every case of robustness A, B, C and E by its id, through the real command and its worker: imported, imported with listed problems, or
refused in one plain sentence; a refused file leaves the community byte for byte as it was, and nothing stays in the temporary folder."""

from __future__ import annotations

import os
import sqlite3
import zipfile
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from tests.core.reading import corpus
from tests.end_to_end.conftest import Run
from tests.end_to_end.gate import Gate

PEOPLE, TIES, SLACK = "spreadsheet.people", "spreadsheet.ties", "slack.export"


def importer_of(case: str, path: Path) -> str:
    """What a person would choose for this case."""
    if case in ("C06_none", "C07_semicolon", "C17"):
        return TIES
    return PEOPLE if path.suffix in (".csv", ".tsv", ".txt", ".xlsx", ".xlsm") else SLACK


@pytest.mark.parametrize("case", sorted(corpus.CASES))
def test_bad_input(case: str, gate: Gate, tmp_path: Path) -> None:
    make, expected = corpus.CASES[case]
    source = tmp_path / "source"
    source.mkdir()
    path = make(source)
    done = gate(path, importer=importer_of(case, path))
    if case[0] in "ACE":  # of JSON, the importer may take what the bare reader refuses
        assert bool(done.code) == (expected == "refused"), (expected, done.err)
    if not done.code:
        assert done.json["records"]["read"] > 0 or case in ("C16", "B24_list", "B24_empty")


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
