"""The rows of a table of answers below its heads, and the times in them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import TYPE_CHECKING

from cmdesk.api import N_

from .telling import HEADS, Moment

if TYPE_CHECKING:
    from cmdesk.api import Source, surveys

Row = tuple[int, tuple[str, ...]]
_SAMPLE = 500
_ZONED = re.compile(
    r"(\d{4}/\d\d/\d\d) (\d{1,2})((?::\d\d)+)(?:\s*([AaPp]\.?\s?[Mm]\.?))? (?:(?:GMT|UTC)([+-]\d{1,2}):?(\d\d)?|(WET|WEST|BST|CET|CEST|MEZ|MESZ|EET|EEST|UTC|GMT))"
)
_NAMED = {"WET": 0, "UTC": 0, "GMT": 0, "WEST": 1, "BST": 1, "CET": 1, "MEZ": 1, "CEST": 2, "MESZ": 2, "EET": 2, "EEST": 3}
"""Hours that a zone's clock is ahead of UTC, as Google names the zones of Europe."""


def rows_of(source: Source, table: surveys.Found, *, counted: bool) -> Iterator[Row]:
    """(number, cells) below the heads, which `counted` are left out by a rule."""
    opened = source.table(table.name, sheet=table.sheet, header=False, pad=True, counted=counted)
    heads: list[tuple[str, ...]] = []  # few: comparing ends at the first cell, hashing would read them all
    for count, row in enumerate(opened.rows):
        if count < table.top:
            heads.append(row.cells)
            if counted:
                source.leave_out(HEADS)
        elif row.cells not in heads:
            yield row.number, row.cells
        elif counted:
            source.set_aside(place(table, row.number), N_("the header again"))


def place(table: surveys.Found, number: int, column: int | None = None) -> str:
    """Where a row or one of its cells stands, for people."""
    if column is None:
        return N_("{label}, line {number:,}").format(label=table.label, number=number)
    return N_("{label}, line {number:,}, column {column:,}").format(label=table.label, number=number, column=column + 1)


def clock(source: Source, table: surveys.Found, column: int | None, order: str) -> tuple[Moment, bool]:
    """(reads the times of a column, whether none of them names a zone); None for every cell where there is none, or where its dates are unclear (which is told)."""
    if column is None:
        return (lambda _cell: None), False
    from cmdesk.api import guess_hint, parse_when

    cells = [_moment(cells[column]) for _number, cells in islice(rows_of(source, table, counted=False), _SAMPLE)]
    hint = order if order in ("dmy", "mdy") else "" if order == "ymd" else guess_hint([cell for cell in cells if cell])
    read = [parse_when(cell, hint) for cell in cells if cell]
    if any(when.at is None and "unclear" in when.why for when in read):
        source.set_aside(table.label, N_("the order of day and month is unclear, so the times were not read (say it with --option date_order=dmy or mdy)"), 0)
        return (lambda _cell: None), False
    if lost := sum(when.at is None for when in read):
        source.set_aside(table.label, N_("times that could not be read, so that the newest answer is not known by them: {n:,}").format(n=lost), 0)
    return (lambda cell: parse_when(_moment(cell), hint).at if cell.strip() else None), bool(read) and all(when.local for when in read)


def _moment(cell: str) -> str:
    """A time as others write it: Google adds a zone, as in "2025/03/03 9:15:00 AM GMT+1" or "… a.m. CET"."""
    match = _ZONED.fullmatch(cell.strip())
    if match is None:
        return cell.strip()
    date, hour, rest, half, hours, minutes, named = match.groups()
    clock_hour = int(hour) % 12 + (12 if half[0] in "Pp" else 0) if half else int(hour)
    hours = f"+{_NAMED[named]}" if named else hours
    return f"{date.replace('/', '-')}T{clock_hour:02}{rest}{hours[0]}{int(hours[1:]):02}:{minutes or '00'}"


def told_columns(source: Source, table: surveys.Found, used: Sequence[int]) -> None:
    """Tell which columns are not read."""
    rest = [head.text for k, head in enumerate(table.heads) if k not in used and head.text and not head.choice]
    if rest:
        source.set_aside(table.label, N_("columns not read: {names}").format(names=", ".join(rest[:30])), 0)
