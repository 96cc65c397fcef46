"""What a reader of cells is not told of an XLSX sheet: which rows and columns are hidden, and which cells are merged downwards."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import IO

import msgspec

_MARK = re.compile(
    rb'<(?:\w+:)?(?:(row)\b[^>]*?\shidden="(?:1|true)"|(col\b[^>]*?\shidden="(?:1|true)"[^>]*)|mergeCell\b[^>]*?\sref="([A-Z]{1,3}\d+:[A-Z]{1,3}\d+)")'
)
_RANGE = re.compile(rb"([A-Z]+)(\d+):([A-Z]+)(\d+)")
_EDGE = re.compile(rb'\b(min|max)="(\d{1,5})"')
_PIECE = 1 << 20
_MOST_MERGED = 100_000


class Marks(msgspec.Struct):
    """`rows`: how many are hidden; `columns`: (first, last) of hidden ones, counted from 1; `merged`: row in which it begins → (column from 0, last row) of
    cells that are merged downwards."""

    rows: int = 0
    columns: list[tuple[int, int]] = []
    merged: dict[int, list[tuple[int, int]]] = {}

    def hidden_columns(self, width: int) -> str:
        """The hidden columns among the first `width`, as Excel calls them: "C, E–G"; "" for none."""
        spans = [(first, min(last, width)) for first, last in self.columns if first <= width]
        return ", ".join(letters(first) if first == last else f"{letters(first)}–{letters(last)}" for first, last in spans)


def of(part: IO[bytes]) -> Marks:
    """The marks in the XML of a sheet, read as text: parsing it a second time would take as long as the cells themselves."""
    marks, merged = Marks(), 0
    for piece in _pieces(part):
        for found in _MARK.finditer(piece):
            if found[1]:
                marks.rows += 1
            elif found[2]:
                edges = {name: int(number) for name, number in _EDGE.findall(found[2])}
                if b"min" in edges:
                    marks.columns.append((edges[b"min"], edges.get(b"max", edges[b"min"])))
            elif (at := _RANGE.fullmatch(found[3])) and at[1] == at[3] and merged < _MOST_MERGED:
                merged += 1
                marks.merged.setdefault(int(at[2]), []).append((_number(at[1]) - 1, int(at[4])))
    return marks


def _pieces(part: IO[bytes]) -> Iterator[bytes]:
    """The XML in pieces that end after a tag."""
    rest = b""
    while block := part.read(_PIECE):
        rest += block
        end = rest.rfind(b">") + 1
        yield rest[:end]
        rest = rest[end:] if len(rest) - end < _PIECE else b""


def filled(rows: Iterator[tuple[int, list[str]]], marks: Marks) -> Iterator[tuple[int, list[str]]]:
    """Rows (number, cells) in which every cell that is merged with one above it holds what that one shows; rows without any cell stay out."""
    if not marks.merged:
        yield from rows
        return
    running: dict[int, tuple[int, str]] = {}  # column → (last row, text)
    for number, cells in rows:
        for column, (last, text) in list(running.items()):
            if number > last:
                del running[column]
                continue
            cells += [""] * (column + 1 - len(cells))
            cells[column] = cells[column] or text
        for column, last in marks.merged.get(number, ()):
            if column < len(cells) and cells[column]:
                running[column] = (last, cells[column])
        yield number, cells


def letters(column: int) -> str:
    """A column, counted from 1, as Excel calls it."""
    name = ""
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name


def _number(name: bytes) -> int:
    number = 0
    for letter in name:
        number = number * 26 + letter - 64
    return number
