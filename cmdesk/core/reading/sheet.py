"""XLSX sheets as tables, through openpyxl in read-only mode, behind the zip gate and limits on the size of each part.

openpyxl is imported inside the functions: whoever reads no workbook does not pay for it.
"""

from __future__ import annotations

import datetime as dt
import math
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import chain, islice
from pathlib import Path
from typing import Any
from weakref import WeakKeyDictionary

from cmdesk.core.errors import CmdeskError, ImportProblem
from cmdesk.core.reading import header, sheet_marks
from cmdesk.core.reading.archive import Zip
from cmdesk.core.reading.ledger import Ledger
from cmdesk.core.reading.limits import Limits, over
from cmdesk.core.reading.names import shown
from cmdesk.core.reading.rows import Table
from cmdesk.core.reading.sheet_marks import Marks
from cmdesk.core.reading.store import Store
from cmdesk.core.text import N_, _

_ERRORS = {"#N/A", "#REF!", "#NAME?", "#VALUE!", "#DIV/0!", "#NULL!", "#NUM!", "#SPILL!", "#CALC!", "#GETTING_DATA"}
_SAVE = N_("Open it in Excel or LibreOffice, save it again as XLSX or CSV, and import that.")
_BATCH = 500
_DIGITS = 10**15  # whole numbers from here on have lost digits in Excel


def opened(store: Store, name: str, sheet: str, said: bool | None, ledger: Ledger, limits: Limits, begin: int = 0) -> Table:
    """The sheet named `sheet`, or the first visible one that is not empty, as a table."""
    label = shown(name)
    book = _book(store, name, limits)
    for worksheet in _chosen(book, sheet, label):
        marks = _marks(worksheet, label)
        rows = sheet_marks.filled(_rows(worksheet, label, ledger), marks)
        first = next(rows, None)
        if first is not None:
            place = f"{label}, {worksheet.title}"
            table = header.found(chain((first,), rows), place, said, ledger, limits, sheet=worksheet.title, begin=begin)
            _tell(marks, place, len(table.columns), ledger)
            return table
    raise ImportProblem(_("{label} holds no filled sheet.").format(label=label), _("Check that it is the workbook that you wanted."))


def names_of(store: Store, name: str, limits: Limits, *, hidden: bool = False) -> tuple[str, ...]:
    """Names of the visible sheets, or of those that are hidden."""
    return tuple(worksheet.title for worksheet in _book(store, name, limits).worksheets if (worksheet.sheet_state != "visible") == hidden)


def _marks(worksheet: Any, label: str) -> Marks:
    with _named(_("Sheet {title} of {label}").format(title=shown(worksheet.title), label=label)), worksheet._get_source() as part:
        return sheet_marks.of(part)


def _tell(marks: Marks, place: str, width: int, ledger: Ledger) -> None:
    """What is hidden is read all the same, and said: a filter must lose nothing."""
    if marks.rows:
        ledger.add_problem(place, N_("hidden rows are read too: {n:,}").format(n=marks.rows), 0)
    if columns := marks.hidden_columns(width):
        ledger.add_problem(place, N_("hidden columns are read too: {columns}").format(columns=columns), 0)


def _book(store: Store, name: str, limits: Limits) -> Any:
    """The workbook, opened after its zip has passed the gate; the last one of a store is kept, because each sheet of it is looked at."""
    last = _BOOKS.get(store)
    if last is not None and last[0] == name:
        return last[1]
    import openpyxl  # heavy: only for workbooks

    label = shown(name)
    with _named(label):
        file = store.opened(name)
        _check_parts(Zip(Path(name), limits, file), label, limits)
        file.seek(0)
        book = openpyxl.load_workbook(file, read_only=True, data_only=True, keep_links=False)
    _BOOKS[store] = (name, book)
    return book


_BOOKS: WeakKeyDictionary[Store, tuple[str, Any]] = WeakKeyDictionary()


def _check_parts(parts: Zip, label: str, limits: Limits) -> None:
    for part, size in parts.sizes.items():
        if part.lower().endswith("sharedstrings.xml") and size > limits.sheet_strings_bytes:
            raise over(limits, "sheet_strings_bytes", _("{label} holds {size:,} bytes of shared texts").format(label=label, size=size))
        if size > limits.sheet_part_bytes:
            raise over(
                limits,
                "sheet_part_bytes",
                _("{part} in {label} is {size:,} bytes unpacked").format(part=shown(part), label=label, size=size),
            )
    if not any(part.lower().endswith("workbook.xml") for part in parts.sizes):
        raise ImportProblem(_("{label} is no Excel workbook.").format(label=label), _SAVE)


def _chosen(book: Any, sheet: str, label: str) -> list[Any]:
    """The worksheet named `sheet`, or all visible ones."""
    if not sheet:
        return [worksheet for worksheet in book.worksheets if worksheet.sheet_state == "visible"]
    wanted = named_sheets([worksheet.title for worksheet in book.worksheets], sheet, label)
    return [worksheet for worksheet in book.worksheets if worksheet.title in wanted]


def named_sheets(titles: Sequence[str], sheet: str, label: str) -> list[str]:
    """Those of `titles` that are called `sheet`; ImportProblem if there is none."""
    found = [title for title in titles if title.casefold() == sheet.casefold()]
    if not found:
        raise ImportProblem(
            _("{label} has no sheet named {sheet}.").format(label=label, sheet=shown(sheet)), _("Its sheets: {known}.").format(known=", ".join(titles))
        )
    return found


def _rows(worksheet: Any, label: str, ledger: Ledger) -> Iterator[tuple[int, list[str]]]:
    """Rows that are not empty, as text without the empty cells at their end."""
    told: set[str] = set()
    number = 0
    what = _("Sheet {title} of {label}").format(title=shown(worksheet.title), label=label)
    with _named(what):
        worksheet.reset_dimensions()  # a file may state a wrong size
        rows = worksheet.iter_rows(values_only=True)
    while True:
        with _named(_("{what}, after row {number:,},").format(what=what, number=number)):
            batch = list(islice(rows, _BATCH))
        if not batch:
            return
        for values in batch:
            number += 1
            filled = len(values)
            while filled and values[filled - 1] is None:
                filled -= 1
            cells = [text_of(value, told) for value in values[:filled]]
            while told:
                ledger.add_problem(N_("{label}, row {number:,}").format(label=label, number=number), told.pop(), 0)
            if any(cells):
                yield number, cells


def text_of(value: object, told: set[str]) -> str:
    """A cell's value as text: dates in ISO form, whole numbers without a point, errors as empty and told."""
    if value is None:
        return ""
    if isinstance(value, str):
        if value in _ERRORS:
            told.add(N_("a cell holds the error {value} and was read as empty").format(value=value))
            return ""
        return value
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, int | float):
        return _number(value, told)
    if isinstance(value, dt.datetime):
        return value.date().isoformat() if value.time() == dt.time() else value.isoformat()
    if isinstance(value, dt.date | dt.time):
        return value.isoformat()
    return str(value)


def _number(value: float, told: set[str]) -> str:
    if not math.isfinite(value):
        told.add(N_("a cell holds no finite number and was read as empty"))
        return ""
    if value != int(value):
        return repr(value)
    if abs(value) >= _DIGITS:
        told.add(N_("a whole number of more than 15 digits has lost digits in Excel"))
    return str(int(value))


@contextmanager
def _named(what: str) -> Iterator[None]:
    """Whatever openpyxl raises (KeyError, IndexError, ParseError …) as one ImportProblem; what it warns of is not shown."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    except CmdeskError:
        raise
    except Exception as error:
        raise ImportProblem(
            _("{what} is damaged and cannot be read.").format(what=what), _SAVE, f"{type(error).__name__}: {error}"
        ) from error
