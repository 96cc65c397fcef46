"""Workbooks that are no XLSX: old Excel (.xls), binary Excel (.xlsb) and OpenDocument (.ods), through calamine, behind the same gate and limits.

calamine holds a sheet in memory, so that the limit on a part of a workbook is the limit on the whole file here.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import chain
from pathlib import Path
from typing import Any
from weakref import WeakKeyDictionary

from cmdesk.core.errors import CmdeskError, ImportProblem
from cmdesk.core.reading import header
from cmdesk.core.reading.archive import Zip
from cmdesk.core.reading.ledger import Ledger
from cmdesk.core.reading.limits import Limits, over
from cmdesk.core.reading.names import shown
from cmdesk.core.reading.office import AS_XLSX
from cmdesk.core.reading.rows import Table
from cmdesk.core.reading.sheet import named_sheets, text_of
from cmdesk.core.reading.store import Store
from cmdesk.core.text import N_, _


def opened(store: Store, name: str, sheet: str, said: bool | None, ledger: Ledger, limits: Limits, begin: int = 0) -> Table:
    """The sheet named `sheet`, or the first visible one that is not empty, as a table."""
    label = shown(name)
    for title in named_sheets(list(_titles(store, name, limits)), sheet, label) if sheet else names_of(store, name, limits):
        rows = _rows(store, name, title, ledger, limits)
        first = next(rows, None)
        if first is not None:
            return header.found(chain((first,), rows), f"{label}, {title}", said, ledger, limits, sheet=title, begin=begin)
    raise ImportProblem(_("{label} holds no filled sheet.").format(label=label), _("Check that it is the workbook that you wanted."))


def names_of(store: Store, name: str, limits: Limits, *, hidden: bool = False) -> tuple[str, ...]:
    """Names of the visible sheets, or of those that are hidden."""
    return tuple(title for title, visible in _titles(store, name, limits).items() if visible != hidden)


def _titles(store: Store, name: str, limits: Limits) -> dict[str, bool]:
    """Name of each sheet → whether one sees it; charts and macros are none."""
    from python_calamine import SheetTypeEnum, SheetVisibleEnum

    sheets = _book(store, name, limits).sheets_metadata
    if not sheets:
        raise ImportProblem(_("{label} holds no filled sheet.").format(label=shown(name)), _("Check that it is the workbook that you wanted."))
    return {sheet.name: sheet.visible == SheetVisibleEnum.Visible for sheet in sheets if sheet.typ == SheetTypeEnum.WorkSheet}


_BOOKS: WeakKeyDictionary[Store, tuple[str, Any]] = WeakKeyDictionary()


def _book(store: Store, name: str, limits: Limits) -> Any:
    """The workbook; the last one of a store is kept, because each sheet of it is looked at."""
    last = _BOOKS.get(store)
    if last is not None and last[0] == name:
        return last[1]
    import python_calamine  # a compiled library: only for such workbooks

    label = shown(name)
    if store.sizes[name] > limits.whole_bytes:
        raise over(limits, "whole_bytes", _("{name} is {sizes:,} bytes").format(name=label, sizes=store.sizes[name]))
    file = store.opened(name)
    if file.read(2) == b"PK":
        for part, size in Zip(Path(name), limits, file).sizes.items():
            if size > limits.whole_bytes:
                raise over(limits, "whole_bytes", _("{part} in {label} is {size:,} bytes unpacked").format(part=shown(part), label=label, size=size))
    file.seek(0)
    with _named(label):
        book = python_calamine.CalamineWorkbook.from_filelike(file)
    _BOOKS[store] = (name, book)
    return book


def _rows(store: Store, name: str, title: str, ledger: Ledger, limits: Limits) -> Iterator[tuple[int, list[str]]]:
    """Rows that are not empty, as text without the empty cells at their end."""
    label, told = shown(name), set[str]()
    with _named(_("Sheet {title} of {label}").format(title=shown(title), label=label)):
        sheet = _book(store, name, limits).get_sheet_by_name(title)
        rows, merged = sheet.iter_rows(), _downwards(sheet)
    covered: dict[int, tuple[int, str]] = {}
    for number, values in enumerate(rows, 1):
        cells = [text_of(value, told) for value in values]
        for column, (last, words) in covered.items():
            if number <= last and column < len(cells):
                cells[column] = words
        for column, last in merged.get(number, ()):
            covered[column] = (last, cells[column] if column < len(cells) else "")
        while cells and not cells[-1]:
            cells.pop()
        while told:
            ledger.add_problem(N_("{label}, row {number:,}").format(label=label, number=number), told.pop(), 0)
        if cells:
            yield number, cells


def _downwards(sheet: Any) -> dict[int, list[tuple[int, int]]]:
    """Row, counted from 1, in which a cell begins that is merged downwards → (its column, its last row); of formats that calamine tells it of."""
    found: dict[int, list[tuple[int, int]]] = {}
    for (top, column), (bottom, _right) in sheet.merged_cell_ranges or ():
        if bottom > top:
            found.setdefault(top + 1, []).append((column, bottom + 1))
    return found


@contextmanager
def _named(what: str) -> Iterator[None]:
    """Whatever calamine raises as one ImportProblem; a panic of its compiled part derives from BaseException only."""
    try:
        yield
    except (CmdeskError, KeyboardInterrupt, SystemExit, GeneratorExit):
        raise
    except BaseException as error:
        if "assword" in f"{type(error).__name__}{error}":
            raise ImportProblem(_("{what} is protected by a password.").format(what=what), _(AS_XLSX)) from error
        raise ImportProblem(
            _("{what} is damaged and cannot be read.").format(what=what), _(AS_XLSX), f"{type(error).__name__}: {error}"
        ) from error
