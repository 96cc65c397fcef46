"""Rows of a sheet as the text of SpreadsheetML (ECMA-376 part 1, 18.3.1.73 row, 18.3.1.4 c).

openpyxl builds a tree of elements for each cell, which for a report of 50,000 rows takes twice as long as all else together; here a cell is
one string put together from parts that are made once."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Sequence
from functools import lru_cache

from openpyxl.utils import get_column_letter
from openpyxl.utils.datetime import to_excel

from .model import Cell, Column, Formula, Row, Styled, Value
from .values import placed, stored

_EMPTY = "/>"
_NEEDS_ESCAPE = re.compile("[&<>]")
_TEMPTING = "=+-@\t\r\n"  # a text that begins so is a formula to whoever opens the cell and presses Enter, unless it is marked as quoted
_KEEPS_SPACE = re.compile(r"\A\s|\s\Z|[\n\t]|  ")


class RowWriter:
    """Writes the rows of one sheet. `style_id(name)` gives the number of a style in the workbook."""

    def __init__(self, columns: Sequence[Column], style_id: Callable[[str], int]) -> None:
        self._styles = [column.style for column in columns]
        self._style_id = style_id
        self._starts: dict[tuple[int, str, bool], tuple[str, str]] = {}
        self.width = 0  # cells of the widest row so far

    def xml(self, row: Row, at: int, opens: bool = False) -> str:
        """The row as row number `at`; `opens`: it is the line whose + unfolds the rows below it."""
        self.width = max(self.width, len(row.cells))
        cells = [self._cell(number, cell, at) for number, cell in enumerate(row.cells) if cell is not None]
        return f'<row r="{at}"{_shape(row, opens)}>{"".join(cells)}</row>'

    def _cell(self, number: int, cell: Cell, at: int) -> str:
        style, value = (cell.style, cell.value) if isinstance(cell, Styled) else ("", cell)
        if isinstance(value, str):
            begin, rest = self._start(number, style, value[:1] in _TEMPTING and value != "")
            return f"{begin}{at}{rest}{_text(value)}"
        if isinstance(value, Formula):
            begin, rest = self._start(number, value.style)
            return f"{begin}{at}{rest}><f>{_escaped(placed(value.text, at)[1:])}</f><v></v></c>"
        begin, rest = self._start(number, style)
        return f"{begin}{at}{rest}{_content(value)}"

    def _start(self, number: int, style: str, quoted: bool = False) -> tuple[str, str]:
        """What stands before and after the row's number in a cell of column `number`; without a style of its own it has the column's."""
        found = self._starts.get((number, style, quoted))
        if found is None:
            name = style or (self._styles[number] if number < len(self._styles) else "text")
            name = f"{name}+quoted" if quoted else name
            found = self._starts[number, style, quoted] = f'<c r="{get_column_letter(number + 1)}', f'" s="{self._style_id(name)}"'
        return found


def _shape(row: Row, opens: bool) -> str:
    height = "" if row.height is None else f' ht="{row.height:g}" customHeight="1"'
    level = f' outlineLevel="{row.level}" hidden="1"' if row.level else ""
    return height + level + (' collapsed="1"' if opens else "")


def _content(value: Value) -> str:
    """A cell's type and content, up to its end."""
    held, kind = stored(value)
    if isinstance(held, str):
        return _text(held)
    if held is None:
        return _EMPTY
    if isinstance(held, datetime.date):
        return f"><v>{to_excel(held)!r}</v></c>"  # type: ignore[no-untyped-call] # openpyxl's stub leaves it out
    return f' t="b"><v>{int(held)}</v></c>' if kind == "b" else f"><v>{held!r}</v></c>"


@lru_cache(maxsize=4096)
def _text(text: str) -> str:
    held, _kind = stored(text)
    if not held:
        return _EMPTY
    space = ' xml:space="preserve"' if _KEEPS_SPACE.search(text) else ""
    return f' t="inlineStr"><is><t{space}>{_escaped(str(held))}</t></is></c>'


def _escaped(text: str) -> str:
    if _NEEDS_ESCAPE.search(text) is None:
        return text
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
