"""Hidden rows and columns are read and told; cells that are merged downwards hold their text in every row."""

from __future__ import annotations

import io
from pathlib import Path

import openpyxl
import pytest

from cmdesk.core.reading import sheet_marks
from cmdesk.core.reading.source import Source


def book(path: Path) -> openpyxl.Workbook:
    made = openpyxl.Workbook()
    sheet = made.active
    assert sheet is not None
    sheet.title = "Leden"
    for row in (["Afdeling", "Naam", "Functie"], ["Zorg", "Jan", "Arts"], [None, "Piet", None], ["IT", "Ann", "Dev"], [None, "Zoë", "Dev"]):
        sheet.append(row)
    sheet.merge_cells("A2:A3")
    sheet.merge_cells("A4:A5")
    sheet.merge_cells("C2:C3")
    sheet.row_dimensions[3].hidden = True
    sheet.column_dimensions["C"].hidden = True
    sheet.column_dimensions["ZZ"].hidden = True
    hidden = made.create_sheet("Archief")
    hidden.append(["Naam"])
    hidden.sheet_state = "hidden"
    made.save(path)
    return made


def test_what_is_hidden_is_read_and_told(tmp_path: Path) -> None:
    book(tmp_path / "b.xlsx")
    with Source(tmp_path / "b.xlsx") as source:
        rows = [row.cells for row in source.table("b.xlsx").rows]
        assert rows == [("Zorg", "Jan", "Arts"), ("Zorg", "Piet", "Arts"), ("IT", "Ann", "Dev"), ("IT", "Zoë", "Dev")]
        assert [problem.why for problem in source.ledger.problems] == ["hidden rows are read too: 1", "hidden columns are read too: C"]
        assert (source.sheets("b.xlsx"), source.sheets("b.xlsx", hidden=True)) == (("Leden",), ("Archief",))


@pytest.mark.parametrize("prefix", ["", "x:"])
def test_marks_across_pieces(prefix: str) -> None:
    """As other programs write it too: with a prefix, `true`, and longer than one piece."""
    hidden = {0: ' hidden="true"'}
    rows = "".join(f'<{prefix}row r="{n}"{hidden.get(n % 3, "")}><{prefix}c r="A{n}"><{prefix}v>1</{prefix}v></{prefix}c></{prefix}row>' for n in range(1, 30_001))
    text = (
        f'<{prefix}cols><{prefix}col min="2" max="3" width="0" hidden="1"/><{prefix}col min="5" max="16384" hidden="1"/></{prefix}cols>'
        f'<{prefix}sheetData>{rows}</{prefix}sheetData><{prefix}mergeCells count="2"><{prefix}mergeCell ref="AB2:AB9"/><{prefix}mergeCell ref="A1:C1"/></{prefix}mergeCells>'
    )
    marks = sheet_marks.of(io.BytesIO(text.encode()))
    assert marks.rows == 10_000
    assert marks.hidden_columns(6) == "B–C, E–F" and marks.hidden_columns(2) == "B" and marks.hidden_columns(1) == ""
    assert marks.merged == {2: [(27, 9)]}


def test_names_of_columns() -> None:
    assert [sheet_marks.letters(number) for number in (1, 26, 27, 52, 703, 16_384)] == ["A", "Z", "AA", "AZ", "AAA", "XFD"]
