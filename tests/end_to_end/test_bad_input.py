"""Every case of robustness A, B, C and E by its id, through the real command and its worker: imported, imported with listed problems, or
refused in one plain sentence; a refused file leaves the community byte for byte as it was, and nothing stays in the temporary folder."""

from __future__ import annotations

import hashlib
import tempfile
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


def test_every_id_of_the_list_is_here() -> None:
    """46 archives, 24 of JSON, 22 of CSV; A45 and A46 are about files that change, and stand in tests of their own."""
    ids = {case.partition("_")[0] for case in corpus.CASES}
    wanted = {f"A{n:02}" for n in range(1, 45)} | {f"B{n:02}" for n in range(1, 25)} | {f"C{n:02}" for n in range(1, 23)}
    assert wanted - ids == set()
