"""The ledgers of imports for others: what an exporter of accepts="ledger" gets."""

from __future__ import annotations

import re
import sqlite3

import msgspec

from cmdesk.core.importing.ledger import Problem
from cmdesk.core.importing.running import ImportRow, problems, rows

_QUOTED = re.compile("“[^”]*”")


class ImportLedger(msgspec.Struct, frozen=True):
    """An import, and what it set aside, left out by place, and noted."""

    row: ImportRow
    problems: tuple[Problem, ...]


class Ledgers(msgspec.Struct, frozen=True):
    """The ledgers of a community, newest import first. Without `names` what a reason quotes from a cell is left out."""

    community: str
    zone: str
    imports: tuple[ImportLedger, ...]
    names: bool


def gather(connection: sqlite3.Connection, names: bool) -> Ledgers:
    """Every import that stands."""
    from cmdesk.core.community import setting

    every = tuple(ImportLedger(row, tuple(_shown(one, names) for one in problems(connection, row.id))) for row in rows(connection))
    return Ledgers(str(setting(connection, "name", "")), str(setting(connection, "zone", "UTC")), every, names)


def _shown(one: Problem, names: bool) -> Problem:
    return one if names else msgspec.structs.replace(one, why=_QUOTED.sub("“…”", one.why))
