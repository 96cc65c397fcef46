"""Robustness E: workbooks. Each case through `Source`."""

from __future__ import annotations

import io
from pathlib import Path

import openpyxl
import pytest

from cmdesk.core.errors import ImportProblem
from cmdesk.core.reading.source import Source

from .checking import check, refused
from .corpus import rows
from .make_sheets import ROWS, book, parts, written
from .slack_shape import zipped

PEOPLE = [("1", "Alice", "2024-01-02"), ("2", "Bob", "2024-03-04T05:06:00")]


def test_E01_bomb_in_a_part(tmp_path: Path) -> None:
    refused(tmp_path, "E01", "like a zip bomb")


def test_E02_shared_texts_bomb(tmp_path: Path) -> None:
    refused(tmp_path, "E02", "limit sheet_strings_bytes")


def test_E03_cell_in_the_last_corner(tmp_path: Path) -> None:
    outcome = check(tmp_path, "E03")
    assert rows(outcome) == PEOPLE
    assert "row 1,048,576" in outcome.told


def test_E04_wrong_dimension(tmp_path: Path) -> None:
    assert rows(check(tmp_path, "E04")) == PEOPLE


def test_E05_shared_text_missing(tmp_path: Path) -> None:
    refused(tmp_path, "E05", "damaged")


def test_E06_impossible_date(tmp_path: Path) -> None:
    assert rows(check(tmp_path, "E06"))[0] == ("1", "Alice", "")


def test_E07_number_out_of_range(tmp_path: Path) -> None:
    assert "no finite number" in check(tmp_path, "E07").told


def test_E08_sheet_is_no_xml(tmp_path: Path) -> None:
    refused(tmp_path, "E08", "damaged")


def test_E09_entity(tmp_path: Path) -> None:
    refused(tmp_path, "E09", "damaged")


def test_E11_formula_without_value(tmp_path: Path) -> None:
    assert rows(check(tmp_path, "E11"))[2] == ("3", "", "")


def test_E12_dates_from_1904(tmp_path: Path) -> None:
    assert rows(check(tmp_path, "E12")) == PEOPLE


def test_E14_title_and_hidden_sheet(tmp_path: Path) -> None:
    assert rows(check(tmp_path, "E14")) == PEOPLE


def test_E15_old_workbook_renamed(tmp_path: Path) -> None:
    refused(tmp_path, "E15_xls", "old Excel workbook (.xls) or is protected by a password")


def test_E15_csv_renamed(tmp_path: Path) -> None:
    assert rows(check(tmp_path, "E15_csv")) == [("1", "Alice", "Alpha"), ("2", "Bob", "Beta")]


def test_E16_password_protected(tmp_path: Path) -> None:
    refused(tmp_path, "E16", "password")


def test_E18_numbers_as_text(tmp_path: Path) -> None:
    assert rows(check(tmp_path, "E18")) == [("007", "Alice"), ("1", "Bob")]


def test_E19_error_cells(tmp_path: Path) -> None:
    outcome = check(tmp_path, "E19")
    assert rows(outcome)[2] == ("3", "", "")
    assert "row 4: a cell holds the error #N/A" in outcome.told


def test_E21_strict_variant(tmp_path: Path) -> None:
    refused(tmp_path, "E21", "no filled sheet")


def test_E22_no_relations(tmp_path: Path) -> None:
    refused(tmp_path, "E22", "damaged")


def test_sheet_by_name_and_in_an_archive(tmp_path: Path) -> None:
    workbook = openpyxl.Workbook()
    workbook.active.append(["other"])
    for row in ROWS:
        workbook.create_sheet("People") if "People" not in workbook.sheetnames else None
        workbook["People"].append(row)
    stream = io.BytesIO()
    workbook.save(stream)
    with Source(zipped(tmp_path, {"data/people.xlsx": stream.getvalue(), "data/readme.txt": b"x"})) as source:
        assert source.sheets("people.xlsx") == ("Sheet", "People")
        assert [row.cells for row in source.table("people.xlsx", sheet="people").rows] == PEOPLE
        with pytest.raises(ImportProblem, match="no sheet named Teams") as caught:
            source.table("people.xlsx", sheet="Teams")
    assert "Sheet, People" in caught.value.hint


def test_short_header_and_long_numbers(tmp_path: Path) -> None:
    path = written(tmp_path, book([["id", "name"], [12345678901234567890, "Alice", "note"], [2.5, None, True]]))
    with Source(path) as source:
        table = source.table(path.name)
        assert table.columns == ("id", "name", "column 3")
        found = [row.cells for row in table.rows]
    assert found[1] == ("2.5", "", "TRUE")
    assert "lost digits in Excel" in source.ledger.problems[0].why


def test_macros_are_never_run(tmp_path: Path) -> None:
    content = {**book(), "xl/vbaProject.bin": b"\xd0\xcf\x11\xe0"}
    path = written(tmp_path, content, "people.xlsm")
    with Source(path) as source:
        assert [row.cells for row in source.table("people.xlsm").rows] == PEOPLE


def test_damaged_anywhere(tmp_path: Path) -> None:
    content = written(tmp_path, parts(openpyxl.load_workbook(written(tmp_path, book())))).read_bytes()
    for place in range(0, len(content), 97):
        path = tmp_path / "damaged.xlsx"
        path.write_bytes(content[:place] + bytes([content[place] ^ 0x41]) + content[place + 1 :])
        try:
            with Source(path) as source:
                found = [row.cells for row in source.table("damaged.xlsx").rows]
        except ImportProblem:
            continue
        assert all(len(cells) == len(found[0]) for cells in found)
