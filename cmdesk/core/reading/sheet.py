"""XLSX sheets as tables, through openpyxl in read-only mode, behind the zip gate and limits on the size of each part.

openpyxl is imported inside the functions: whoever reads no workbook does not pay for it.
"""

from __future__ import annotations

import datetime as dt
import math
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import chain, islice
from pathlib import Path
from typing import Any

from cmdesk.core.errors import CmdeskError, ImportProblem
from cmdesk.core.reading import header
from cmdesk.core.reading.archive import Zip
from cmdesk.core.reading.ledger import Ledger
from cmdesk.core.reading.limits import Limits, over
from cmdesk.core.reading.names import shown
from cmdesk.core.reading.rows import Table
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
        rows = _rows(worksheet, label, ledger)
        first = next(rows, None)
        if first is not None:
            return header.found(chain((first,), rows), f"{label}, {worksheet.title}", said, ledger, limits, sheet=worksheet.title, begin=begin)
    raise ImportProblem(_("{label} holds no filled sheet.").format(label=label), _("Check that it is the workbook that you wanted."))


def names_of(store: Store, name: str, limits: Limits) -> tuple[str, ...]:
    """Names of the visible sheets."""
    return tuple(worksheet.title for worksheet in _chosen(_book(store, name, limits), "", shown(name)))


def _book(store: Store, name: str, limits: Limits) -> Any:
    """The workbook, opened after its zip has passed the gate."""
    import openpyxl  # heavy: only for workbooks

    label = shown(name)
    with _named(label):
        file = store.opened(name)
        _check_parts(Zip(Path(name), limits, file), label, limits)
        file.seek(0)
        return openpyxl.load_workbook(file, read_only=True, data_only=True, keep_links=False)


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
    found = [worksheet for worksheet in book.worksheets if worksheet.title.casefold() == sheet.casefold()]
    if not found:
        known = ", ".join(worksheet.title for worksheet in book.worksheets)
        raise ImportProblem(
            _("{label} has no sheet named {sheet}.").format(label=label, sheet=shown(sheet)), _("Its sheets: {known}.").format(known=known)
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
            cells = [_text(value, told) for value in values[:filled]]
            while told:
                ledger.add_problem(N_("{label}, row {number:,}").format(label=label, number=number), told.pop(), 0)
            if any(cells):
                yield number, cells


def _text(value: object, told: set[str]) -> str:
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
