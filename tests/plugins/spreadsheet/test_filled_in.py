"""Lists go out, are filled in, and come back; what cannot be read is set aside with its reason."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest

from cmdesk.core.importing.text_rules import tags
from cmdesk.core.lists_to_fill import GroupToFill, Linked, ListsToFill, Profile
from cmdesk.core.progress import Progress
from cmdesk.core.records import Input
from cmdesk.core.text import set_language
from cmdesk.core.worklist import PageRow, ThreadRow
from cmdesk.plugins.lists import workbook
from cmdesk.plugins.lists.plugin import ListOptions
from cmdesk.plugins.spreadsheet.filled_in import ITEMS
from tests.plugins.spreadsheet.reading import Read, table

DAY = "2026-03-31"


def thread(number: int, **more: object) -> Linked:
    facts = {"title": f"Idea {number}", "status": "", "since": ""} | more
    row = ThreadRow(
        id=number, ref=f"slack:T/C:{number}", source="slack:T", key=f"C:{number}", at=1_700_000_000_000_000, group="team", tags=tags("#bikes"),
        replies=2, question=True, idea=True, **facts,  # type: ignore[arg-type]
    )  # fmt: skip
    return Linked(row, "https://acme.slack.com/archives/C/p1")


def made(**more: object) -> ListsToFill:
    page = PageRow(5, "web:W/p", "web:W", "p", "=HYPERLINK()", "team", None, "2026-01-02", "Ann", "2027-01-02", 9)
    facts = {"threads": (thread(1, status="adopted", since="2026-01-05"), thread(2)), "pages": (Linked(page, ""),)} | more
    groups = (GroupToFill("slack:T/g", "team", ("solve",), "Ann", "-Help", "Help", dict.fromkeys(ITEMS, True) | {"owner": False}, "2027-02-01"),)
    return ListsToFill(
        community="C", zone="Europe/Amsterdam", groups=groups, profiles=(Profile("P-ABC", "P-ABC", "Sales", "", "2026-02-03"),), names=True,
        **facts,  # type: ignore[arg-type]
    )  # fmt: skip


@pytest.fixture(params=["en", "nl"])
def language(request: pytest.FixtureRequest) -> Iterator[str]:
    set_language(request.param)
    yield request.param
    set_language("en")


def inputs(read: Read) -> set[tuple[str, str, str, str, str]]:
    return {(one.about, one.ref, one.field, one.value, one.day) for one in read.all(Input)}


def test_what_goes_out_comes_back(tmp_path: Path, language: str) -> None:
    path = tmp_path / "lists.xlsx"
    workbook.write(made(), path, ListOptions(), Progress())
    read = Read(path, on=DAY)
    assert read.kind == "filled"
    assert inputs(read) == {
        ("post", "slack:T/C:1", "status", "adopted", "2026-01-05"), ("page", "web:W/p", "confirmed", "yes", "2026-01-02"),
        ("page", "web:W/p", "owner", "Ann", DAY), ("page", "web:W/p", "review", "2027-01-02", DAY),
        ("group", "slack:T/g", "owner", "Ann", DAY), ("group", "slack:T/g", "purpose", "-Help", DAY), ("group", "slack:T/g", "check_owner", "no", DAY),
        *(("group", "slack:T/g", f"check_{item}", "yes", DAY) for item in ITEMS if item != "owner"), ("group", "slack:T/g", "review", "2027-02-01", DAY),
        ("member", "P-ABC", "reviewed", "yes", "2026-02-03"),
    }  # fmt: skip
    assert read.ledger.left_out == {"not_filled_in": 1}  # the second thread


def test_filled_in_by_a_person(tmp_path: Path, language: str) -> None:
    path = tmp_path / "lists.xlsx"
    workbook.write(made(threads=(thread(1), thread(2), thread(3))), path, ListOptions(), Progress())
    book = openpyxl.load_workbook(path)
    sheet, pulse = book.worksheets[0], book.worksheets[-1]
    heads = [cell.value for cell in sheet[1]]
    choices = [rule.formula1.strip('"').split(",") for rule in sheet.data_validations.dataValidation]
    sheet.cell(2, len(heads) - 1).value, sheet.cell(2, len(heads)).value = choices[0][1], "31-03-2026"
    sheet.cell(3, len(heads) - 1).value = choices[0][4]
    sheet.cell(4, len(heads) - 1).value = "brilliant"
    for number in range(9):
        pulse.append(["team", "2026-03-01", 5, 4, 3 if number else None, 2])
    book.save(path)
    read = Read(path, on=DAY)
    found = inputs(read)
    assert {one for one in found if one[0] == "post"} == {
        ("post", "slack:T/C:1", "status", "taken_up", DAY), ("post", "slack:T/C:2", "status", "declined", DAY)
    }  # fmt: skip
    assert {one[2:4] for one in found if one[2].startswith("pulse")} == {
        ("pulse_know", "0,0,0,0,9"), ("pulse_trust", "0,0,0,9,0"), ("pulse_safe", "0,0,8,0,0"), ("pulse_got", "0,9,0,0,0")
    }  # fmt: skip
    assert "brilliant" in read.told and read.ledger.set_aside == 1


def test_a_formula_is_a_text(tmp_path: Path) -> None:
    workbook.write(made(), tmp_path / "lists.xlsx", ListOptions(), Progress())
    cells = [cell for row in openpyxl.load_workbook(tmp_path / "lists.xlsx").worksheets[1] for cell in row]
    assert next(cell for cell in cells if cell.value == "=HYPERLINK()").data_type == "s"
    workbook.write(made(), tmp_path / "groups.csv", ListOptions(list="groups"), Progress())
    with (tmp_path / "groups.csv").open(encoding="utf-8-sig", newline="") as file:
        assert "'-Help" in list(csv.reader(file))[1]
    assert ("group", "slack:T/g", "purpose", "-Help", DAY) in inputs(Read(tmp_path / "groups.csv", on=DAY))


def test_wrong_cells_are_set_aside_with_line_and_reason(tmp_path: Path) -> None:
    text = (
        "cmdesk key,status,status since\nslack:T/1,great,2026-01-01\nslack:T/2,open,yesterday\n,open,2026-01-01\nslack:T/4,,2026-01-01\n"
        "slack:T/5,Taken Up,2026-01-01\nslack:T/6,open,03/04/2026\n"
    )
    read = Read(table(tmp_path, text), on=DAY)
    assert inputs(read) == {("post", "slack:T/5", "status", "taken_up", "2026-01-01")}
    assert (read.ledger.used, read.ledger.left_out, read.ledger.set_aside) == (1, {"not_filled_in": 1}, 4)
    for word in ("line 2", "great", "yesterday", "no key"):
        assert word in read.told or word == "yesterday"


def test_answers_outside_the_scale_and_without_a_group(tmp_path: Path) -> None:
    text = "group,know,trust,safe,got\nteam,5,5,5,5\nteam,0,1,1,1\nteam,6,1,1,1\nteam,2.5,1,1,1\n,1,1,1,1\nteam,,,,\nteam,1,,,\n"
    read = Read(table(tmp_path, text), on=DAY)
    assert {one[2:4] for one in inputs(read)} == {
        ("pulse_know", "1,0,0,0,1"), ("pulse_trust", "0,0,0,0,1"), ("pulse_safe", "0,0,0,0,1"), ("pulse_got", "0,0,0,0,1")
    }  # fmt: skip
    assert (read.ledger.used, read.ledger.left_out, read.ledger.set_aside) == (2, {"not_filled_in": 1}, 4)


def test_people_ties_and_logs_are_still_told_apart(tmp_path: Path) -> None:
    assert Read(table(tmp_path, "name,email,status\nAnn,ann@x.org,active\n")).kind == "people"
    assert Read(table(tmp_path, "from,to,weight\na,b,1\n")).kind == "ties"
