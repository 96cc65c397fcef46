"""The workbook around the rows: openpyxl makes everything (parts, styles, set-up of the sheets) but leaves the sheets empty; then the rows,
written beside it, are put where they belong. The .xlsx is a zip of XML parts, so that is a matter of copying."""

from __future__ import annotations

import io
import re
import shutil
import zipfile
from pathlib import Path
from typing import IO, Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.utils import get_column_letter

from . import styles
from .model import Sheet
from .texts import safe

_NO_ROWS = re.compile(rb"<sheetData\s*/>|<sheetData>\s*</sheetData>")
_DIMENSION = re.compile(rb'<dimension ref="[^"]*"')
_MOMENT = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*(</dcterms)")
_NO_TIME = (1980, 1, 1, 0, 0, 0)  # the first that a zip can tell
_A4 = "9"


class Frame:
    """A workbook that gets its rows in the end; `day` (ISO) stands in its properties as the day on which it was made."""

    def __init__(self, title: str, day: str) -> None:
        self._book = Workbook()
        self._day = day
        self._book.remove(self._book.worksheets[0])
        self._book.properties.creator = None
        self._book.properties.title = safe(title)
        self._ids: dict[str, int] = {}
        self._ends: list[str] = []
        self._dressed: set[int] = set()  # identities of sheets: two may bear one name

    def add(self, name: str, sheet: Sheet) -> None:
        """Add a page for (a part of) `sheet`."""
        page: Any = self._book.create_sheet(name)
        _set_up(page, sheet)
        if sheet.dress is not None and id(sheet) not in self._dressed:
            sheet.dress(page)
        self._dressed.add(id(sheet))
        self._ends.append("A1")

    def close(self, sheet: Sheet, rows: int, width: int, deepest: int) -> None:
        """Tell how large the last page has become: its rows, its widest row's cells, its deepest outline."""
        page: Any = self._book.worksheets[-1]
        page.sheet_format.outlineLevelRow = deepest or None
        if rows and width:
            self._ends[-1] = f"A1:{get_column_letter(width)}{rows}"
        if sheet.filtered and rows:
            page.auto_filter.ref = f"A{sheet.heads}:{get_column_letter(len(sheet.columns))}{max(rows, sheet.heads)}"

    def style_id(self, style: str) -> int:
        """The number of a style in the workbook."""
        if style not in self._ids:
            cell = WriteOnlyCell(self._book.worksheets[-1])
            styles.dress(cell, style)
            self._ids[style] = cell.style_id
        return self._ids[style]

    def save(self, path: Path, rows: list[IO[bytes]]) -> None:
        """Write the file; `rows` hold the row elements of each page, in order."""
        empty = io.BytesIO()
        self._book.save(empty)
        parts = {f"xl/worksheets/sheet{number}.xml": number - 1 for number in range(1, len(rows) + 1)}
        with zipfile.ZipFile(empty) as frame, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            for entry in frame.infolist():
                content = frame.read(entry)
                if entry.filename == "docProps/core.xml":
                    content = _MOMENT.sub(rf"\g<1>{self._day}T00:00:00Z\g<2>".encode(), content)
                if entry.filename not in parts:
                    archive.writestr(_entry(entry.filename), content)
                    continue
                number = parts.pop(entry.filename)
                with archive.open(_entry(entry.filename), "w", force_zip64=True) as part:
                    _fill(part, content, self._ends[number], rows[number])
        assert not parts, "openpyxl names the parts of its sheets otherwise"


def _entry(name: str) -> zipfile.ZipInfo:
    """An entry without a time, so that one report gives one file to the byte."""
    made = zipfile.ZipInfo(name, _NO_TIME)
    made.compress_type, made.create_system, made.external_attr = zipfile.ZIP_DEFLATED, 3, 0o600 << 16
    return made


def _fill(part: IO[bytes], empty: bytes, size: str, rows: IO[bytes]) -> None:
    before, after = _NO_ROWS.split(empty)
    part.write(_DIMENSION.sub(b'<dimension ref="' + size.encode() + b'"', before, count=1) + b"<sheetData>")
    rows.seek(0)
    shutil.copyfileobj(rows, part, 1 << 18)
    part.write(b"</sheetData>" + after)


def _set_up(page: Any, sheet: Sheet) -> None:
    for number, column in enumerate(sheet.columns, 1):
        page.column_dimensions[get_column_letter(number)].width = column.width
    if sheet.freeze:
        page.freeze_panes = sheet.freeze
    if sheet.colour:
        page.sheet_properties.tabColor = sheet.colour
    page.sheet_properties.outlinePr.summaryBelow = False  # the line that opens what is folded stands above it
    page.sheet_properties.pageSetUpPr.fitToPage = True
    page.page_setup.orientation, page.page_setup.paperSize = "landscape", _A4
    page.page_setup.fitToWidth, page.page_setup.fitToHeight = sheet.pages_wide, 0
    page.page_margins.left = page.page_margins.right = 0.4
    page.page_margins.top, page.page_margins.bottom = 0.5, 0.7
    page.oddFooter.left.text, page.oddFooter.right.text = "&A", "&P / &N"
    if sheet.heads:
        page.print_title_rows = f"1:{sheet.heads}"
    if sheet.pages_wide > 1:
        page.print_title_cols = "A:B"
    page.sheet_view.showGridLines = False
