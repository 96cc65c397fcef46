"""A workbook before it is one: sheets of rows of values, each with a style by name."""

from __future__ import annotations

import datetime
import textwrap
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

Value = str | float | int | bool | datetime.date | datetime.datetime | None
"""What a cell may hold; text is always text, whatever it begins with."""


class Styled(NamedTuple):
    """A value with a style other than its column's."""

    value: Value
    style: str


class Formula(NamedTuple):
    """A live formula. "{r}" stands for the row that it is written in, "{r-2}" and "{r+5}" for rows above and below."""

    text: str
    style: str = ""


Cell = Value | Styled | Formula


class Column(NamedTuple):
    """Width in characters, and the style of its cells."""

    width: float
    style: str = "text"


class Row(NamedTuple):
    """A row that is more than its cells: `level` folds it away (outline, hidden), `height` in points, `keep`: so many rows below it, itself
    among them, stay on one sheet."""

    cells: tuple[Cell, ...]
    level: int = 0
    height: float | None = None
    keep: int = 1


class Sheet(NamedTuple):
    """`rows` is called for each pass. The first `heads` rows are repeated on each page and on each further sheet where the rows do not fit on
    one; the last of them holds the names of the columns, with filters where `filtered`. `dress` puts charts and conditional formats on the
    sheet's first openpyxl page; they read cells by their place."""

    name: str
    columns: tuple[Column, ...]
    rows: Callable[[], Iterable[Row | tuple[Cell, ...]]]
    heads: int = 0
    filtered: bool = False
    freeze: str = ""
    colour: str = ""
    pages_wide: int = 1
    dress: Callable[[Any], None] | None = None


_LINE, _MOST_LINES = 15.0, 12  # points a line of text; a cell with more is read in the formula bar
_LETTERS = 1.12  # letters of running text in a unit of width, which is a digit; fonts that stand in for Calibri are wider than it


def fitting(cells: tuple[Cell, ...], columns: Sequence[Column]) -> float | None:
    """The height that a row needs for the wrapped texts in it, None for one line: not every program works it out when it opens a file."""
    most = 1
    for cell, column in zip(cells, columns, strict=False):
        text = cell.value if isinstance(cell, Styled) else cell
        if isinstance(text, str) and len(text) >= column.width and "wrap" in (cell.style if isinstance(cell, Styled) else column.style):
            most = max(most, _lines(text, column.width))
    return None if most == 1 else _LINE * min(most, _MOST_LINES)


@lru_cache(maxsize=4096)
def _lines(text: str, width: float) -> int:
    room = int(width * _LETTERS)
    short = text[: room * _MOST_LINES]
    return sum(len(textwrap.wrap(line, room)) or 1 for line in short.split("\n"))
