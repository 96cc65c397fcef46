"""What a table looked like when it was read: its head, its first rows, and which column was taken for what. A person corrects it from here."""

from __future__ import annotations

import msgspec

SHOWN_ROWS = 8
SHOWN_COLUMNS = 60
SHOWN_CELL = 80


class TableSeen(msgspec.Struct, frozen=True, kw_only=True):
    """`key` stands for tables with this head: what is said as option "table.KEY" holds for each of them. `kind` is what it is read as, one of
    `kinds` (name → title); `at` says role → index of its column, `roles` the title of each role. `found` is how it is written (delimiter,
    encoding, sheet, date_order), `remembered` whether that was said for a table with this head before."""

    name: str
    key: str
    kind: str
    kinds: dict[str, str]
    header: bool
    names: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    at: dict[str, int]
    roles: dict[str, str]
    found: dict[str, str] = {}
    sheets: tuple[str, ...] = ()
    remembered: bool = False
