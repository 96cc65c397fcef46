"""The cases of robustness C, E, G and H by their ids in surveys and in Viva Engage's messages, through the real command and its worker."""

from __future__ import annotations

import hashlib
import tempfile
from pathlib import Path

import pytest

from tests.end_to_end.conftest import Run
from tests.plugins.make_tables import SHEETS, TABLES, cases, workbook

REFUSED = {"C06_none", "C08", "C14"}
ASIDE = {
    ("list", "C01"): 2, ("list", "C02"): 1, ("list", "C02_limit"): 1, ("list", "C03"): 1, ("list", "C04"): 2, ("list", "C05"): 1, ("list", "C06_twice"): 2,
    ("list", "C21"): 2, ("list", "H01"): 3, ("list", "H03"): 1, ("list", "H13"): 2, ("form", "C02_limit"): 1, ("form", "C03"): 1, ("form", "C06_twice"): 2,
    ("viva", "C01"): 1, ("viva", "C02"): 0, ("viva", "C02_limit"): 1, ("viva", "C03"): 1, ("viva", "C04"): 1, ("viva", "C05"): 2, ("viva", "C06_twice"): 1,
    ("viva", "C18"): 1, ("viva", "C21"): 2, ("viva", "G04"): 1, ("viva", "G05"): 1, ("viva", "G07"): 1, ("viva", "G10"): 1, ("viva", "G14"): 1,
    ("viva", "G16"): 1, ("viva", "H02"): 0, ("viva", "H07"): 0, ("viva", "H22"): 0,
}  # fmt: skip
"""Rows set aside, counted by hand."""
AGAIN = {"C05", "C11", "H14", "H22"}
"""Cases that are imported a second time."""


@pytest.fixture
def temp(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The temporary folder of this test and of the worker it starts."""
    folder = tmp_path / "temp"
    folder.mkdir()
    monkeypatch.setenv("TMPDIR", str(folder))
    monkeypatch.setattr(tempfile, "tempdir", None)
    return folder


@pytest.mark.parametrize(("kind", "case"), [(kind, case) for kind in TABLES for case in sorted(cases(kind))])
def test_bad_table(kind: str, case: str, file: Path, tmp_path: Path, temp: Path, run: Run) -> None:
    importer, rows = TABLES[kind]
    content = cases(kind)[case](rows)
    path = tmp_path / "table.csv"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    _imported(kind, case, importer, file, path, temp, run)


@pytest.mark.parametrize("case", SHEETS)
def test_bad_workbook(case: str, file: Path, tmp_path: Path, temp: Path, run: Run) -> None:
    importer, rows = TABLES["list"]
    done = _imported("list", case, importer, file, workbook(case, tmp_path / "table.xlsx", rows), temp, run)
    assert done["facts"]["stated_tie"]["stored"] == 4


def _imported(kind: str, case: str, importer: str, file: Path, path: Path, temp: Path, run: Run) -> dict[str, dict[str, dict[str, int]]]:
    before = hashlib.sha256(file.read_bytes()).hexdigest()
    done = run("import", file, path, "--as", importer, "--json", expect=None)
    assert "Traceback" not in done.err and list(temp.iterdir()) == []
    if case in REFUSED or (case == "C16" and kind != "viva"):
        error, hint = done.err.splitlines()
        assert (done.code, done.out) == (1, "") and error.startswith("error: ") and error.endswith(".") and hint.startswith("hint: ")
        assert hashlib.sha256(file.read_bytes()).hexdigest() == before
        return {}
    assert done.code == 0, done.err
    told = done.json
    records = told["records"]
    assert records["read"] == records["used"] + sum(records["left_out"].values()) + records["set_aside"]
    assert records["read"] > 0 or case == "C16"
    assert records["set_aside"] == ASIDE.get((kind, case), records["set_aside"]), told["problems"]
    for line in told["facts"].values():
        assert line["stated"] == line["stored"] + line["merged"] + line["set_aside"]
    for problem in told["problems"]:
        assert problem["where"] and problem["why"] and not {"ann", "bakker", "cohen"} & set(problem["why"].lower().split())
    if case in AGAIN:
        again = run("import", file, path, "--as", importer, "--json").json
        assert all(line["stored"] == line["changed"] == 0 for line in again["facts"].values())
    return told  # type: ignore[no-any-return]


def test_what_people_said_goes_with_its_import(file: Path, tmp_path: Path, temp: Path, run: Run) -> None:
    empty = run("dump", file).out
    content = cases("list")["C06_bom"](TABLES["list"][1])
    path = tmp_path / "table.csv"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    run("import", file, path)
    dump = run("dump", file).out
    assert dump.count("asked\t") == 6 and dump.count("stated_tie\t") == 4
    assert run("show", file, "asked", "--json").json["asked"][0]["hidden"]  # three people answered
    run("undo", file)
    assert run("dump", file).out == empty
