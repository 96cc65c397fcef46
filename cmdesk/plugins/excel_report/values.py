"""A value as a cell holds it. No text becomes a formula, an error or an escape; no number is nan or infinite."""

from __future__ import annotations

import datetime
import re

from .model import Cell, Formula, Row, Styled, Value
from .texts import safe

_DIGITS = 10**15  # Excel keeps 15 digits of a number; a longer one is an identifier and goes in as text
_FIRST_DAY = datetime.datetime(1900, 3, 1)  # noqa: DTZ001 Excel's calendar has no zone, and is wrong before this day
_REFERENCE = re.compile(r"\{r([+-]\d+)?\}")


def stored(value: Value) -> tuple[Value, str]:
    """A value as it goes into the file, and Excel's letter for its type: s text, n number, b truth, d moment."""
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


def plain(row: Row, at: int) -> list[tuple[Value, str]]:
    """What each cell of the row, as row number `at`, must hold when it is read again; a formula ("f") without its equals sign."""
    return [_plain(cell, at) for cell in row.cells]


def _plain(cell: Cell, at: int) -> tuple[Value, str]:
    if isinstance(cell, Formula):
        return placed(cell.text, at)[1:], "f"
    return stored(cell.value if isinstance(cell, Styled) else cell)
