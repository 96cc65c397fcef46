"""Sheets of values as an .xlsx file, fast and safe, and the comparison of what was written with what was meant.

Characters that a cell cannot hold are left out; a text over 32,767 characters is cut with a note; rows over the limit of a sheet go on in the
next.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack
from itertools import pairwise
from pathlib import Path
from typing import IO

from cmdesk.api import Progress, _

from . import reopened
from .frame import Frame
from .model import Row, Sheet
from .row_xml import RowWriter
from .texts import sheet_name
from .values import plain

MAX_ROWS = 1_048_575
"""Rows that one sheet gets at most: one less than Excel's limit."""
_EVERY = 500  # rows between two looks at progress
_END = Row(())


def write(sheets: Sequence[Sheet], path: Path, progress: Progress, *, title: str = "", day: str = "1980-01-01", most: int = MAX_ROWS) -> None:
    """Write the workbook; the same sheets, title and day give the same bytes. Raises OSError as any file does and Cancelled; leaves no temporary file behind."""
    names: list[str] = []
    frame = Frame(title, day)
    with ExitStack() as opened:
        files: list[IO[bytes]] = []
        for sheet in sheets:
            progress.step(_("Writing {sheet}").format(sheet=sheet.name), unit=_("rows"))
            for name, rows in _parts(sheet, names, most):
                files.append(opened.enter_context(tempfile.TemporaryFile()))
                frame.add(name, sheet)
                _write_rows(frame, sheet, rows, files[-1], progress)
        frame.save(path, files)


def check(sheets: Sequence[Sheet], path: Path, *, most: int = MAX_ROWS) -> None:
    """Open the file again and compare names, number of rows and every cell; raises PluginProblem naming the first cell that differs."""
    names: list[str] = []
    meant = ((name, (plain(row, at) for at, row in enumerate(rows, 1))) for sheet in sheets for name, rows in _parts(sheet, names, most))
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


def _write_rows(frame: Frame, sheet: Sheet, rows: Iterable[Row], file: IO[bytes], progress: Progress) -> None:
    writer = RowWriter(sheet.columns, frame.style_id)
    last = deepest = 0
    for last, (row, below) in enumerate(pairwise(_ended(rows)), 1):
        deepest = max(deepest, row.level)
        file.write(writer.xml(row, last, opens=below.level > row.level).encode())
        if last % _EVERY == 0:
            progress.advance(_EVERY)
    frame.close(sheet, last, writer.width, deepest)


def _ended(rows: Iterable[Row]) -> Iterator[Row]:
    yield from rows
    yield _END
