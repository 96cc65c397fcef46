"""Imports on the command line: preview, columns said and remembered, what was set aside listed, exported and tried again, whose clock it was."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from cmdesk import app
from cmdesk.core.community import Community
from tests.cli.test_by_hand import Desk

LOG = "actor,type,time,id\nann,message,03/04/2024 10:00,m1\nbob,message,2024-04-05 10:00,m2\nbob,Quatsch,2024-04-05 10:00,m3\n"
PEOPLE = "Wer;Kürzel;Wo er sitzt\nAnna Ölz;aö;Vertrieb\nBen Özil;bö;Pflege\n"


@pytest.fixture
def desk(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Desk:
    Community.create(tmp_path / "c.cmdesk").close()
    (tmp_path / "log.csv").write_text(LOG)
    (tmp_path / "leute.csv").write_text(PEOPLE)
    return Desk(str(tmp_path / "c.cmdesk"), capsys)


def test_a_preview_tells_all_and_stores_nothing(desk: Desk, tmp_path: Path) -> None:
    before = Path(desk.file).read_bytes()
    said = desk("import", str(tmp_path / "log.csv"), "--preview")
    for word in ("looks like", "first rows", "the type “Quatsch” is not known", "time is without a zone", "bob"):
        assert (word in said) == (word != "bob"), f"{word}: names stay hidden unless they are asked for"
    found: Any = json.loads(desk("import", str(tmp_path / "log.csv"), "--preview", "--json", "--names"))
    assert found["tables"][0]["taken_as"] == {"actor": "actor", "type": "type", "time": "time", "id": "id"}
    assert found["first_rows"][0]["who"] == "bob" and found["local"] == 1
    assert found["facts"]["post"]["stored"] == 1
    assert Path(desk.file).read_bytes() == before


def test_columns_are_said_once(desk: Desk, tmp_path: Path) -> None:
    people = str(tmp_path / "leute.csv")
    assert "no importer recognises" in desk("import", people, code=1)
    desk("import", people, "--as", "spreadsheet.people", "--option", "columns=name=Wer;person=Kürzel;unit=Wo er sitzt")
    (tmp_path / "mai.csv").write_text(PEOPLE + "Cem;cö;Pflege\n")
    found = desk.json("import", str(tmp_path / "mai.csv"))
    assert (found["facts"]["person"]["stored"], found["facts"]["person"]["merged"]) == (1, 2)
    assert found["tables"][0]["remembered"]
    app.run(["undo", desk.file])
    app.run(["redo", desk.file])
    with Community.open(Path(desk.file)) as community, community.reading() as connection:
        assert connection.execute("SELECT count(*) FROM members WHERE unit = 'Pflege'").fetchone() == (2,)


def test_what_was_set_aside_is_listed_exported_and_tried_again(desk: Desk, tmp_path: Path) -> None:
    desk("import", str(tmp_path / "log.csv"))
    listed = desk("show", "imports", "--id", "1")
    assert "log.csv, line 2" in listed and "--retry 1" in listed
    found = desk.json("show", "imports", "--id", "1")
    assert [problem["where"] for problem in found["problems"] if problem["records"]] == ["log.csv, line 2", "log.csv, line 4"]
    app.run(["export", desk.file, "--with", "lists.ledger", "--to", str(tmp_path / "ledger.xlsx"), "--option", "import_id=1"])
    book = openpyxl.load_workbook(tmp_path / "ledger.xlsx", read_only=True)
    rows = [row for row in book.worksheets[1].iter_rows(values_only=True) if row[2] == "set aside"]
    assert [row[3] for row in rows] == ["log.csv, line 2", "log.csv, line 4"] and "Quatsch" not in str(rows)
    capsys = desk._capsys
    capsys.readouterr()
    assert "either" in desk("import", code=2)
    again = desk.json("import", "--retry", "1", "--option", "date_order=dmy")
    assert again["records"] == {"read": 3, "used": 2, "left_out": {}, "set_aside": 1}
    assert again["facts"]["post"] == {"stated": 2, "stored": 2, "merged": 0, "changed": 0, "set_aside": 0}
    assert again["import_id"] == 1 and again["before"]["used"] == 1, "in its own place"
    assert "Read again with other options on" in desk("show", "imports", "--id", "1")
    assert "no import 9" in desk("show", "imports", "--id", "9", code=1)


def test_whose_clock_it_was(desk: Desk, tmp_path: Path) -> None:
    desk("import", str(tmp_path / "log.csv"))
    assert "zone Asia/Tokyo" in desk("zone", "1", "Asia/Tokyo")
    assert desk.json("show", "imports", "--id", "1")["zone"] == "Asia/Tokyo"
    assert "not known" in desk("zone", "1", "Mars/Base", code=1)
    assert "no import 7" in desk("zone", "7", "UTC", code=1)
    assert "Asia/Tokyo" in desk("history")
