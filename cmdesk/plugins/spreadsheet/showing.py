"""Tells the user how a table is taken: its head and first rows, and which column plays which role."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from cmdesk.api import TableSeen

from .titles import KINDS, ROLES

if TYPE_CHECKING:
    from cmdesk.api import Source

    from .looks import Look
    from .tables import Options

_ROWS, _COLUMNS, _CELL = 8, 60, 80


def show(source: Source, name: str, kind: str, seen: Look, options: Options, at: Mapping[str, int]) -> None:
    """Let the user see the table; a square table and a list that was filled in have no columns to choose."""
    if seen.matrix or kind not in ROLES:
        return
    sheets = source.sheets(name) if seen.sheet else ()
    source.show_table(
        TableSeen(
            name=f"{name}, {seen.sheet}" if len(sheets) > 1 else name, key=seen.key, kind=kind, kinds={key: title for key, title in KINDS.items() if key in ROLES}, header=seen.header,
            names=seen.names[:_COLUMNS], rows=tuple(tuple(cell[:_CELL] for cell in row[:_COLUMNS]) for row in seen.rows[:_ROWS]),
            at={role: index for role, index in at.items() if index < _COLUMNS}, roles=ROLES[kind],
            found={
                "delimiter": seen.delimiter, "encoding": seen.encoding, "sheet": options.sheet if len(sheets) > 1 else seen.sheet, "date_order": options.date_order or seen.said.order,
                "header": options.header,
            },
            sheets=sheets, remembered=seen.said.kind == kind,
        )
    )  # fmt: skip
