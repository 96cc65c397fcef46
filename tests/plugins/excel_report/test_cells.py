"""Values in, a workbook out, the same values back; through openpyxl, which is not what checks them."""

from __future__ import annotations

import datetime
import math
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st
from openpyxl import load_workbook

from cmdesk.core.errors import Cancelled, PluginProblem
from cmdesk.core.progress import Progress
from cmdesk.plugins.excel_report import cells
from cmdesk.plugins.excel_report.model import Cell, Column, Formula, Row, Sheet, Styled
from cmdesk.plugins.excel_report.texts import LONGEST

from .reports_made import read

TEMPTING = ["=cmd|' /C calc'!A0", "=1+1", "+1", "-x", "@x", "\t=1", '=HYPERLINK("http://example.org")', "{=1}", "#REF!", "TRUE", "0042", "1e5"]


def sheet(rows: Iterable[Row | tuple[Cell, ...]], name: str = "Sheet", **more: Any) -> Sheet:
    kept = list(rows)
    return Sheet(name, (Column(20), Column(20, "number"), Column(20)), lambda: kept, **more)


def round_trip(folder: Path, *sheets: Sheet, most: int = cells.MAX_ROWS) -> Path:
    path = folder / "values.xlsx"
    cells.write(sheets, path, Progress(), title="Values", most=most)
    cells.check(sheets, path, most=most)
    return path


@pytest.mark.parametrize("text", TEMPTING)
def test_no_text_becomes_a_formula(tmp_path: Path, text: str) -> None:
    book = load_workbook(round_trip(tmp_path, sheet([(text, Styled(text, "bold"))])))
    for cell in book["Sheet"][1]:
        assert (cell.data_type, cell.value) == ("s", text)
    # someone who opens the cell and presses Enter, or pastes it elsewhere, still has a text
    assert all(cell.quotePrefix is (text[0] in "=+-@\t") for cell in book["Sheet"][1])


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=st.lists(st.tuples(st.text(max_size=40), st.floats() | st.integers() | st.booleans(), st.none() | st.text(max_size=5)), min_size=1, max_size=8))
def test_every_value_comes_back(tmp_path: Path, rows: list[tuple[Cell, ...]]) -> None:
    """check() compares each cell; openpyxl agrees on the numbers and truths."""
    found = read(round_trip(tmp_path, sheet(rows)))["Sheet"]
    for row, there in zip(rows, found, strict=True):
        meant = row[1]
        if isinstance(meant, float) and not math.isfinite(meant):
            assert there[1] is None
        elif isinstance(meant, int) and abs(meant) >= 10**15:
            assert there[1] == str(meant)
        else:
            assert there[1] == meant
            assert isinstance(there[1], bool) is isinstance(meant, bool)


def test_texts_that_a_cell_cannot_hold(tmp_path: Path) -> None:
    rows = [("a\x00b\x0bc\x1b",), ("half \ud800 pair",), ("x" * 40_000,), ("🙂" * 20_000,), ("one\r\ntwo\rthree",), ("_x0041_",), (" kept ",), ("a<b>&\"'",), ("]]>",)]
    found = [row[0] for row in read(round_trip(tmp_path, sheet(rows)))["Sheet"]]
    assert found[0] == "abc"
    assert found[1] == "half  pair"
    assert len(found[2]) <= LONGEST and found[2].startswith("xxx") and "40000" in found[2]
    assert len(found[3].encode("utf-16-le")) // 2 <= LONGEST and "20000" in found[3]
    assert found[4] == "one\ntwo\nthree"
    assert found[5] in ("_x0041_", "_x005F_x0041_")  # openpyxl leaves the escape; Excel and LibreOffice undo it
    assert found[6:] == [" kept ", "a<b>&\"'", "]]>"]


def test_moments(tmp_path: Path) -> None:
    moment = datetime.datetime(2026, 1, 31, 23, 59, 58)  # noqa: DTZ001 a cell has no zone
    early = datetime.date(1850, 5, 1)
    found = read(round_trip(tmp_path, sheet([(Styled(moment, "when"), None, Styled(datetime.date(2024, 2, 29), "day")), (early,)])))["Sheet"]
    assert found[0] == (moment, None, datetime.datetime(2024, 2, 29))  # noqa: DTZ001
    assert found[1][0] == "1850-05-01"


def test_formulas_know_their_row(tmp_path: Path) -> None:
    found = read(round_trip(tmp_path, sheet([("a",), (Formula("=IF(A{r-1}<B{r},1,2)"),)])))["Sheet"]
    assert found[1][0] == "=IF(A1<B2,1,2)"


def test_names_of_sheets(tmp_path: Path) -> None:
    names = ["[a]:b*c?d/e\\f", "a" * 40, "a" * 40, "History", "'quoted'", "", "\x00", "Ünïcode 漢字", "SUMMARY", "summary"]
    found = list(read(round_trip(tmp_path, *(sheet([(name,)], name) for name in names))))
    assert len(found) == len({name.casefold() for name in found}) == len(names)
    for name in found:
        assert 0 < len(name) <= 31
        assert not set("[]:*?/\\") & set(name)
        assert name.casefold() != "history"
        assert name == name.strip("'")
    assert found[7] == "Ünïcode 漢字"


def test_rows_go_on_in_a_further_sheet(tmp_path: Path) -> None:
    """With the heads again, and a formula with the rows that it reads."""
    kept: list[Row | tuple[Cell, ...]] = [("Name", "Value")]
    for group in range(4):
        kept += [Row((f"group {group}", Formula("=SUM(B{r+1}:B{r+2})")), keep=3), ("a", 1), ("b", 2)]
    found = read(round_trip(tmp_path, sheet(kept, heads=1), most=8))
    assert {name: len(rows) for name, rows in found.items()} == {"Sheet": 7, "Sheet (2)": 7}
    assert all(rows[0][:2] == ("Name", "Value") for rows in found.values())
    assert [row[1] for rows in found.values() for row in rows if str(row[0]).startswith("group")] == ["=SUM(B3:B4)", "=SUM(B6:B7)"] * 2
    assert [row[0] for rows in found.values() for row in rows[1:]] == [str(row.cells[0] if isinstance(row, Row) else row[0]) for row in kept[1:]]


def test_more_rows_than_excel_has(tmp_path: Path) -> None:
    rows = Sheet("Long", (Column(8),), lambda: (("x",) for _row in range(cells.MAX_ROWS + 2)))
    path = tmp_path / "long.xlsx"
    cells.write([rows], path, Progress())
    book = load_workbook(path, read_only=True)
    try:
        assert [(page.title, page.max_row) for page in book.worksheets] == [("Long", cells.MAX_ROWS), ("Long (2)", 2)]
    finally:
        book.close()


def test_what_is_folded_is_hidden_and_can_be_opened(tmp_path: Path) -> None:
    page = load_workbook(round_trip(tmp_path, sheet([("all",), Row(("part",), level=1), Row(("part of it",), level=2, height=30), ("next",)])))["Sheet"]
    shapes = [page.row_dimensions[row] for row in range(1, 5)]
    assert [(shape.outlineLevel, bool(shape.hidden), bool(shape.collapsed)) for shape in shapes] == [
        (0, False, True), (1, True, True), (2, True, False), (0, False, False),
    ]  # fmt: skip
    assert shapes[2].height == 30
    assert page.sheet_format.outlineLevelRow == 2
    assert page.sheet_properties.outlinePr.summaryBelow is False


def test_set_up_for_paper_and_screen(tmp_path: Path) -> None:
    path = round_trip(tmp_path, sheet([("Name", "Value", "x"), ("a", 1, "y")], heads=1, filtered=True, freeze="A2"))
    page = load_workbook(path)["Sheet"]
    assert (page.page_setup.orientation, page.page_setup.fitToWidth, page.page_setup.fitToHeight) == ("landscape", 1, 0)
    assert page.sheet_properties.pageSetUpPr.fitToPage
    assert (page.print_title_rows, page.freeze_panes, page.auto_filter.ref) == ("$1:$1", "A2", "A1:C2")
    assert page.dimensions == "A1:C2"
    assert [page.column_dimensions[letter].width for letter in "ABC"] == [20, 20, 20]


@pytest.mark.parametrize(("old", "new"), [(b"<v>0.25</v>", b"<v>0.250001</v>"), (b">kept<", b">gone<"), (b"<f>A1</f>", b"<f>A2</f>"), (b'r="A2"', b'r="C2"')])
def test_a_file_that_differs_is_found(tmp_path: Path, old: bytes, new: bytes) -> None:
    made = sheet([("kept", 0.25, Formula("=A1")), ("more",)])
    path = round_trip(tmp_path, made)
    broken = tmp_path / "broken.xlsx"
    with zipfile.ZipFile(path) as there, zipfile.ZipFile(broken, "w") as other:
        for entry in there.infolist():
            content = there.read(entry)
            if entry.filename.startswith("xl/worksheets/"):
                assert old in content
                content = content.replace(old, new, 1)
            other.writestr(entry.filename, content)
    with pytest.raises(PluginProblem, match="Sheet"):
        cells.check([made], broken)


def test_missing_rows_and_sheets_are_found(tmp_path: Path) -> None:
    path = round_trip(tmp_path, sheet([("a",), ("b",)]))
    for other in ([sheet([("a",)])], [sheet([("a",), ("b",), ("c",)])], [sheet([("a",), ("b",)]), sheet([("c",)], "More")], []):
        with pytest.raises(PluginProblem):
            cells.check(other, path)


class Stopping(Progress):
    """Someone who presses Cancel at once."""

    def check(self) -> None:
        raise Cancelled


def test_cancel_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))

    def rows() -> Iterator[tuple[Cell, ...]]:
        yield from ((f"row {number}",) for number in range(5_000))

    with pytest.raises(Cancelled):
        cells.write([Sheet("Long", (Column(8),), rows)], tmp_path / "out.xlsx", Stopping())
    assert list(tmp_path.iterdir()) == []
