"""What is filled in on the command line, from the question to the verdict."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from cmdesk import app
from cmdesk.core.community import Community
from cmdesk.core.records import Group, Membership, Origin, Page, Person, Post
from tests.core.importing.stating import import_records

DAY = 86_400_000_000
BEGIN = 19_000 * DAY  # 2022-01-08


@pytest.fixture
def file(tmp_path: Path) -> str:
    records: list[Any] = [Origin("slack", "T"), Group("C01", "team"), Page("tax", group="C01", title="Tax", updated=BEGIN)]
    for k in range(12):
        records += [Person(f"U{k}", name=f"Person {k}", role="engineer"), Membership(f"U{k}", "C01")]
    for n in range(170):
        at = BEGIN + n * DAY
        records.append(Post(f"C01:{n}.000000", author=f"U{n % 12}", group="C01", at=at, text="idea: something"))
        records.append(Post(f"C01:{n}.500000", author=f"U{(n + 1) % 12}", group="C01", at=at + 1, thread=f"C01:{n}.000000", text="nice"))
    path = tmp_path / "a.cmdesk"
    with Community.create(path, "Test") as community:
        import_records(community, tmp_path, records)
    return str(path)


class Desk:
    def __init__(self, file: str, capsys: pytest.CaptureFixture[str]) -> None:
        self.file, self._capsys = file, capsys

    def __call__(self, command: str, *words: str, code: int = 0) -> str:
        assert app.run([command, self.file, *words]) == code
        said = self._capsys.readouterr()
        return said.out if code == 0 else said.err

    def json(self, command: str, *words: str) -> Any:
        return json.loads(self(command, *words, "--json"))


@pytest.fixture
def desk(file: str, capsys: pytest.CaptureFixture[str]) -> Desk:
    return Desk(file, capsys)


def criteria(desk: Desk, goal: str) -> dict[str, Any]:
    scores = desk.json("assess", "--group", "team", "--goal", goal, "--quick")["scores"]
    return {one["metric"]: one for score in scores for one in score["criteria"] if score["goal"] == goal}


def test_the_checklist_counts_once_it_is_filled_in(desk: Desk) -> None:
    assert criteria(desk, "collaborate")["man"]["value"] is None
    said = desk.json("checklist", "team", "--owner", "Person 1", "--set", "rule=yes", "--set", "posting=no", "--review", "2030-01-01")["checklist"]
    assert said["value"] == pytest.approx(4 / 6)  # owner, roles, rule, review
    assert said["owner"].startswith("P-")
    assert desk.json("checklist", "team", "--names")["checklist"]["owner"] == "Person 1"
    assert "4 of 6" in desk("checklist", "team")
    assert criteria(desk, "collaborate")["man"]["value"] == pytest.approx(4 / 6)
    assert desk.json("checklist", "team", "--set", "rule=")["checklist"]["value"] == pytest.approx(3 / 6)
    assert "error" in desk("checklist", "team", "--set", "fly=yes", code=2)


def test_ideas_followed_up(desk: Desk) -> None:
    assert criteria(desk, "innovate")["follow"]["value"] is None
    rows = desk.json("show", "threads", "--only", "without_status", "--group", "team")["threads"]
    assert len(rows) == 170 and {row["replies"] for row in rows} == {1}
    keys = [row["ref"] for row in rows if row["at"] < "2022-03-25"]
    desk("status", "adopted", *keys[:40], "--on", "2022-03-26")
    assert len(desk.json("show", "threads", "--only", "without_status")["threads"]) == 130
    found = criteria(desk, "innovate")["follow"]
    assert found["value"] > 0.3 and found["n"] == 80  # of W, older than 90 days
    assert "key" in desk("status", "adopted", "slack:T/C01:x", code=1)
    desk("status", "none", keys[0], "--on", "2022-03-26")
    assert len(desk.json("show", "threads", "--only", "without_status")["threads"]) == 131
    desk("undo")
    assert len(desk.json("show", "threads", "--only", "without_status")["threads"]) == 130


def test_a_page_that_is_still_right(desk: Desk) -> None:
    desk("confirm", "page", "slack:T/tax", "--owner", "Person 3", "--review", "2030-01-01", "--on", "2022-06-01")
    page = desk.json("show", "pages", "--names")["pages"][0]
    assert (page["owner"], page["review"], page["confirmed"]) == ("Person 3", "2030-01-01", "2022-06-01")
    assert "Person 3" not in desk("show", "pages")
    desk("confirm", "member", "slack:T/U1", "--on", "2022-06-01")
    assert "for pages" in desk("confirm", "member", "slack:T/U1", "--owner", "x", code=2)
    desk("confirm", "member", "slack:T/U99", code=1)


def test_the_pulse_stands_beside_the_assessment(desk: Desk) -> None:
    desk("pulse", "team", "--know", "0,0,2,4,6", "--safe", "0,1,1,0,0", "--on", "2022-06-20")
    report = desk.json("assess", "--group", "team", "--goal", "find", "--quick")
    line = report["pulse"]["team"]
    assert [(one["metric"], one["n"]) for one in line] == [("pulse_know", 12)]
    assert line[0]["value"] == pytest.approx((2 * 0.5 + 4 * 0.75 + 6) / 12)
    assert "12 answers" in desk("assess", "--group", "team", "--quick")
    desk("pulse", "team", "--know", "0,0,2,0,0", "--safe", "0,1,1,0,0", "--on", "2022-06-21")
    told = desk("assess", "--group", "team", "--quick")
    assert "What team answered to the pulse is not shown: Only 2 people answered, and 8 are needed." in told
    desk("pulse", "team", "--know", "1,2", code=1)


def test_addresses_lead_to_the_platform(desk: Desk) -> None:
    assert desk.json("show", "threads")["threads"][0]["link"] == ""
    desk("address", "slack:T", "https://acme.slack.com")
    assert desk.json("show", "threads")["threads"][0]["link"] == "https://acme.slack.com/archives/C01/p169000000"
    desk("address", "slack:T", "acme", code=1)
    desk("address", "slack:T", code=2)


def test_lists_go_out_and_come_back(desk: Desk, tmp_path: Path) -> None:
    out = tmp_path / "lists.xlsx"
    desk("export", "--with", "lists.to_fill_in", "--to", str(out))
    book = openpyxl.load_workbook(out)
    assert not any("Person" in str(cell.value) for sheet in book for row in sheet for cell in row)
    sheet = book.worksheets[0]
    for row in range(2, 12):
        sheet.cell(row, 9).value, sheet.cell(row, 10).value = "Declined", "2022-06-20"
    profiles = next(sheet for sheet in book if sheet.title == "Profiles")
    profiles.cell(2, 5).value = "2022-06-20"
    book.save(out)
    said = desk.json("import", str(out))
    assert said["importer"] == "spreadsheet.filled_in"
    assert said["facts"]["input"] == {"stated": 11, "stored": 11, "merged": 0, "changed": 0, "set_aside": 0}
    assert sum(row["status"] == "declined" for row in desk.json("show", "threads")["threads"]) == 10
    desk("undo")
    assert not any(row["status"] for row in desk.json("show", "threads")["threads"])
