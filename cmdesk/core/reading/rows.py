"""The shape of a table that was opened."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec


class Row(msgspec.Struct, frozen=True, gc=False):
    """A row of a table: the number of its line (or sheet row) as a person sees it, and as many cells as the table has columns."""

    number: int
    cells: tuple[str, ...]


class Table(msgspec.Struct, frozen=True):
    """A table: names of the columns (unique, none empty), and the rows below the header, each counted as a record when it is taken.
    `delimiter` (" ": white space, "": a sheet), `encoding`, `sheet`, `header` (False: the names are made up) and `comments` (characters that begin
    a line to pass over) say how it was read."""

    columns: tuple[str, ...]
    rows: Iterator[Row]
    delimiter: str = ""
    encoding: str = ""
    sheet: str = ""
    header: bool = True
    comments: str = ""
