"""Sheets of values as an .xlsx file, fast and safe, and the comparison of what was written with what was meant.

No text becomes a formula, an error or an escape; characters that a cell cannot hold are left out; no number is nan or infinite; a text over
32,767 characters is cut with a note; rows over the limit of a sheet go on in the next. Speed: goal-model rows by the 50,000 must take little
more than openpyxl alone, so one cell object a column is used again and again.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.utils import get_column_letter

from cmdesk.api import Progress, _

from . import reopened, styles
from .model import Cell, Column, Formula, Row, Sheet, Styled, Value
from .texts import safe, sheet_name

MAX_ROWS = 1_048_575
"""Rows that one sheet gets at most: one less than Excel's limit."""
_DIGITS = 10**15  # Excel keeps 15 digits of a number; a longer one is an identifier and goes in as text
_FIRST_DAY = datetime.datetime(1900, 3, 1)  # noqa: DTZ001 Excel's calendar has no zone, and is wrong before this day
_REFERENCE = re.compile(r"\{r([+-]\d+)?\}")
_EVERY = 500  # rows between two looks at progress


def write(sheets: Sequence[Sheet], path: Path, progress: Progress, *, title: str = "", most: int = MAX_ROWS) -> None:
    """Write the workbook. Raises OSError as any file does and Cancelled; leaves no temporary file behind."""
    book = Workbook(write_only=True)
    book.properties.creator = None
    book.properties.title = safe(title)
    try:
        names: list[str] = []
        for sheet in sheets:
            progress.step(_("Writing {sheet}").format(sheet=sheet.name), unit=_("rows"))
            for name, rows in _parts(sheet, names, most):
                _write_sheet(book, sheet, name, rows, progress)
        book.save(path)
    except BaseException:
        _abandon(book)
        raise


def check(sheets: Sequence[Sheet], path: Path, *, most: int = MAX_ROWS) -> None:
    """Open the file again and compare names, number of rows and every cell; raises PluginProblem naming the first cell that differs."""
    names: list[str] = []
    meant = ((name, (_plain(row, at) for at, row in enumerate(rows, 1))) for sheet in sheets for name, rows in _parts(sheet, names, most))
    reopened.compare(path, meant)


def _parts(sheet: Sheet, taken: list[str], most: int) -> Iterator[tuple[str, Iterator[Row]]]:
    """The rows of a sheet, as they fall on one or more real sheets; each must be used up before the next."""
    rows = _peeking(row if isinstance(row, Row) else Row(row) for row in sheet.rows())
    heads: list[Row] = []
    first = True
    while first or rows.more():
        name = sheet_name(sheet.name, taken)
        taken.append(name)
        yield name, _page(sheet, rows, heads, first, most)
        first = False


class _peeking:  # noqa: N801 used as a function
    """An iterator that can be asked what comes next."""

    def __init__(self, rows: Iterator[Row]) -> None:
        self._rows = rows
        self._next: Row | None = next(rows, None)

    def more(self) -> bool:
        return self._next is not None

    def keep(self) -> int:
        return self._next.keep if self._next is not None else 1

    def take(self) -> Row:
        row = self._next
        assert row is not None
        self._next = next(self._rows, None)
        return row


def _page(sheet: Sheet, rows: _peeking, heads: list[Row], first: bool, most: int) -> Iterator[Row]:
    count = 0
    if not first:
        yield from heads
        count = len(heads)
    begun = count
    while rows.more() and (count + rows.keep() <= most or count == begun) and count < most:
        row = rows.take()
        if first and count < sheet.heads:
            heads.append(row)
        count += 1
        yield row


def _write_sheet(book: Workbook, sheet: Sheet, name: str, rows: Iterator[Row], progress: Progress) -> None:
    page: Any = book.create_sheet(name)
    _set_up(page, sheet)
    made = _Cells(book, page, sheet.columns)
    last = 0
    for last, row in enumerate(rows, 1):
        if row.level or row.height:
            shape = page.row_dimensions[last]
            shape.height, shape.outlineLevel, shape.hidden = row.height, row.level, bool(row.level)
        page.append(made.row(row, last))
        if last % _EVERY == 0:
            progress.advance(_EVERY)
    if sheet.filtered and last:
        page.auto_filter.ref = f"A{sheet.heads}:{get_column_letter(len(sheet.columns))}{max(last, sheet.heads)}"


def _set_up(page: Any, sheet: Sheet) -> None:
    for number, column in enumerate(sheet.columns, 1):
        page.column_dimensions[get_column_letter(number)].width = column.width
    if sheet.freeze:
        page.freeze_panes = sheet.freeze
    if sheet.colour:
        page.sheet_properties.tabColor = sheet.colour
    page.sheet_properties.outlinePr.summaryBelow = False  # the line that opens what is folded stands above it
    page.sheet_properties.pageSetUpPr.fitToPage = True
    page.page_setup.orientation, page.page_setup.paperSize = "landscape", "9"
    page.page_setup.fitToWidth, page.page_setup.fitToHeight = sheet.pages_wide, 0
    page.page_margins.left = page.page_margins.right = 0.4
    page.page_margins.top, page.page_margins.bottom = 0.5, 0.7
    page.oddFooter.left.text, page.oddFooter.right.text = "&A", "&P / &N"
    if sheet.heads:
        page.print_title_rows = f"1:{sheet.heads}"
    if sheet.pages_wide > 1:
        page.print_title_cols = "A:A"
    page.sheet_view.showGridLines = False


class _Cells:
    """The cells of one sheet, used again for each row."""

    def __init__(self, book: Workbook, page: Any, columns: Sequence[Column]) -> None:
        self._book, self._page, self._columns = book, page, columns
        self._own: list[Any] = [self._cell(column.style) for column in columns]
        self._styled: dict[tuple[int, str], Any] = {}

    def row(self, row: Row, at: int) -> list[Any]:
        """The row's cells, ready to be appended as row number `at`."""
        while len(self._own) < len(row.cells):
            self._own.append(self._cell("text"))
        return [self._fill(number, cell, at) for number, cell in enumerate(row.cells)]

    def _fill(self, number: int, value: Cell, at: int) -> Any:
        if value is None:
            return None
        if isinstance(value, Styled | Formula):
            cell = self._with_style(number, value.style) if value.style else self._own[number]
            # the public setter would guess a type from the text
            cell._value, cell.data_type = (placed(value.text, at), "f") if isinstance(value, Formula) else stored(value.value)
        else:
            cell = self._own[number]
            cell._value, cell.data_type = stored(value)
        return cell

    def _with_style(self, number: int, style: str) -> Any:
        key = (number, style)
        if key not in self._styled:
            self._styled[key] = self._cell(style)
        return self._styled[key]

    def _cell(self, style: str) -> Any:
        cell = WriteOnlyCell(self._page)
        if style not in self._book.named_styles:
            self._book.add_named_style(styles.named(style))
        cell.style = style
        return cell


def stored(value: Value) -> tuple[Value, str]:
    """A value as it goes into the file, and Excel's letter for its type."""
    if isinstance(value, str):
        return safe(value), "s"
    if isinstance(value, bool):
        return value, "b"
    if isinstance(value, float):
        return (value, "n") if value - value == 0.0 else (None, "n")  # nan and infinities are no numbers to Excel
    if isinstance(value, int):
        return (value, "n") if -_DIGITS < value < _DIGITS else (str(value), "s")
    if isinstance(value, datetime.date):
        day = value if isinstance(value, datetime.datetime) else datetime.datetime(value.year, value.month, value.day)  # noqa: DTZ001
        local = day.replace(tzinfo=None)
        return (local, "d") if local >= _FIRST_DAY else (value.isoformat(), "s")
    return None, "n"


def placed(formula: str, row: int) -> str:
    """The formula with the numbers of its rows."""
    return _REFERENCE.sub(lambda found: str(row + int(found.group(1) or 0)), formula)


def _plain(row: Row, at: int) -> list[tuple[Value, str]]:
    """What each cell of the row must hold when it is read again."""
    plain: list[tuple[Value, str]] = []
    for cell in row.cells:
        if isinstance(cell, Formula):
            plain.append((placed(cell.text, at)[1:], "f"))
        else:
            plain.append(stored(cell.value if isinstance(cell, Styled) else cell))
    return plain


def _abandon(book: Workbook) -> None:
    """Close and remove the temporary files that openpyxl keeps for sheets that were begun."""
    pages: list[Any] = list(book.worksheets)
    for page in pages:
        writer = getattr(page, "_writer", None)
        if writer is None:
            continue
        if not page.closed:
            page.close()
        if Path(writer.out).exists():
            writer.cleanup()
