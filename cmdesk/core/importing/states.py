"""Values that differ between exports. As long as every import says the same of a fact, the fact's own row is all there is. At the first
difference each import that asserts the fact gets a row in `states` with what it said, and from then on every further import does too; the
newest export wins, and undo of an import takes its row away and looks again."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence

import msgspec


def ranks(connection: sqlite3.Connection) -> list[int]:
    """Import ids from oldest to newest export: by the last time in its facts, then by the order of importing."""
    rows = connection.execute("SELECT id FROM imports ORDER BY coalesce(last, at), id")
    return [row[0] for row in rows]


def with_states(connection: sqlite3.Connection, kind: str) -> set[int]:
    """Facts of a kind that have rows in `states`."""
    return {row[0] for row in connection.execute("SELECT DISTINCT fact_id FROM states WHERE kind = ?", (kind,))}


def remember(connection: sqlite3.Connection, kind: str, fact_id: int, before: str, value: str, import_id: int) -> None:
    """Note that `import_id` says `value` of a fact of which all earlier imports said `before`."""
    known = connection.execute("SELECT 1 FROM states WHERE kind = ? AND fact_id = ? LIMIT 1", (kind, fact_id)).fetchone()
    if known is None:
        earlier = connection.execute(
            "SELECT import_id FROM statements WHERE kind = ? AND ? BETWEEN low AND high AND import_id <> ?", (kind, fact_id, import_id)
        )
        rows = [(kind, fact_id, asserting, before) for (asserting,) in earlier.fetchall()]
        connection.executemany("INSERT OR REPLACE INTO states VALUES (?,?,?,?)", rows)
    connection.execute("INSERT OR REPLACE INTO states VALUES (?,?,?,?)", (kind, fact_id, import_id, value))


def said(connection: sqlite3.Connection, kind: str, fact_id: int, order: Sequence[int]) -> list[str]:
    """What imports said of a fact, oldest export first."""
    rows = dict(connection.execute("SELECT import_id, value FROM states WHERE kind = ? AND fact_id = ?", (kind, fact_id)).fetchall())
    return [rows[import_id] for import_id in order if import_id in rows]


def fold(values: Iterable[str]) -> str:
    """Facts of a person or group from oldest to newest export: what a newer one does not say stays as it was."""
    merged: dict[str, object] = {}
    for value in values:
        merged.update(msgspec.json.decode(value))
    return msgspec.json.encode(merged, order="sorted").decode()
