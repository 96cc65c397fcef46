"""A written workbook, opened again and compared cell by cell with what was meant.

openpyxl says that the file is a workbook and names its sheets; the cells are then read by a streaming parser of its own, several times faster
than openpyxl's. The file is one that was written a moment ago, not a foreign one.
"""

from __future__ import annotations

import datetime
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from xml.parsers import expat

from openpyxl import load_workbook
from openpyxl.utils.datetime import to_excel

from cmdesk.api import PluginProblem, _

from .model import Value

Found = tuple[str, str]
"""Type letter and text of a cell as it stands in the file."""


def compare(path: Path, meant: Iterable[tuple[str, Iterable[list[tuple[Value, str]]]]]) -> None:
    """Raise PluginProblem at the first sheet, row or cell that is not as `meant`: (name, rows of (value, type letter))."""
    with path.open("rb") as file:
        book = load_workbook(file, read_only=True)
        names = list(book.sheetnames)
        book.close()
    with zipfile.ZipFile(path) as archive:
        number = 0
        for number, (name, rows) in enumerate(meant, 1):
            if number > len(names) or names[number - 1] != name:
                raise _differs(_("sheet {name} is missing").format(name=name))
            _compare_sheet(name, rows, _rows(archive, f"xl/worksheets/sheet{number}.xml"))
        if number != len(names):
            raise _differs(_("there are {n} sheets too many").format(n=len(names) - number))


def _compare_sheet(name: str, meant: Iterable[list[tuple[Value, str]]], found: Iterator[list[tuple[str, Found]]]) -> None:
    at = 0
    for at, row in enumerate(meant, 1):
        there = next(found, None)
        if there is None:
            raise _differs(_("sheet {name} ends after row {n}").format(name=name, n=at - 1))
        kept = [(number, value, kind) for number, (value, kind) in enumerate(row) if value is not None and value != ""]
        full = [(place, cell) for place, cell in there if cell[1] or cell[0] == "f"]
        if len(kept) != len(full):
            raise _differs(_("row {n} of {name} has {found} cells, not {meant}").format(n=at, name=name, found=len(full), meant=len(kept)))
        for (number, value, kind), (place, (letter, text)) in zip(kept, full, strict=True):
            if not _same(value, kind, letter, text) or place != _place(number, at):
                raise _differs(_("cell {cell} of {name} does not hold what was written").format(cell=place, name=name))
    if next(found, None) is not None:
        raise _differs(_("sheet {name} goes on after row {n}").format(name=name, n=at))


def _same(value: Value, kind: str, letter: str, text: str) -> bool:
    if kind == "s":
        return letter == "inlineStr" and text == value
    if kind == "f":
        return letter == "f" and text == value
    if kind == "b":
        return letter == "b" and text == str(int(bool(value)))
    if letter != "n":
        return False
    if isinstance(value, datetime.date):
        return float(text) == float(to_excel(value))  # type: ignore[no-untyped-call] # openpyxl's stub leaves it out
    return isinstance(value, float | int) and float(text) == value


_LETTERS: list[str] = []


def _place(number: int, row: int) -> str:
    while number >= len(_LETTERS):
        from openpyxl.utils import get_column_letter

        _LETTERS.append(get_column_letter(len(_LETTERS) + 1))
    return f"{_LETTERS[number]}{row}"


def _rows(archive: zipfile.ZipFile, entry: str) -> Iterator[list[tuple[str, Found]]]:
    """The rows of a sheet: (place, (type, text)) of each cell that stands in it."""
    done: list[list[tuple[str, Found]]] = []
    row: list[tuple[str, Found]] = []
    text: list[str] = []
    place = letter = ""

    def start(tag: str, attributes: dict[str, str]) -> None:
        nonlocal place, letter, row
        if tag == "c":
            place, letter = attributes["r"], attributes.get("t", "n")
            text.clear()
        elif tag == "f":
            letter = "f"
        elif tag == "row":
            row = []

    def end(tag: str) -> None:
        if tag == "c":
            row.append((place, (letter, "".join(text))))
        elif tag == "row":
            done.append(row)

    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler, parser.EndElementHandler, parser.CharacterDataHandler = start, end, text.append
    with archive.open(entry) as file:
        while block := file.read(1 << 16):
            parser.Parse(block)
            yield from done
            done.clear()
        parser.Parse(b"", True)
    yield from done


def _differs(what: str) -> PluginProblem:
    return PluginProblem(_("The workbook is not what it should be: {what}.").format(what=what), _("Nothing was written; try again."))
