"""What a table looked like when it was read: its head, its first rows, and which column was taken for what. A person corrects it from here."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec


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

    def said(self, kind: str, at: Mapping[str, int], date_order: str = "") -> str:
        """The text of the option "table.KEY" for: it is a table of `kind`, these are its columns and no others, dates are written so."""
        parts = [kind, "*=", *(f"{role}={self._head(index)}" for role, index in at.items())]
        return "; ".join([*parts, f"date_order={date_order}"] if date_order else parts)

    def _head(self, index: int) -> str:
        name = self.names[index]
        return name if self.header and ";" not in name else f"column {index + 1}"
