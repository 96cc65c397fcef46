"""What holds of all that people filled in by hand (`input_fields`), in the window or in a list that was imported.

Everything has its day, so that an assessment of last spring sees what was known then; one of the last day with data sees all, because a list
is filled in after the export was made. Of two values for the same day, the one that was
entered or imported later holds.
"""

from __future__ import annotations

import sqlite3
from typing import Any

import msgspec

Key = tuple[str, str]
"""(ref, field)"""
FOREVER = "9999-12-31"


class Said(msgspec.Struct, frozen=True):
    """One thing that holds: its day (ISO), its value, and when it was entered or imported (µs UTC)."""

    day: str
    value: str
    at: int


def said(connection: sqlite3.Connection, about: str, field: str = "", until: str = FOREVER, ref: str = "") -> dict[Key, list[Said]]:
    """What was said about posts, pages, groups or members up to the day `until`, by (ref, field), oldest first; only that
    `field` and `ref` where they are given. What was taken back is not in it."""
    asked = {"about = ?": about, "day <= ?": until, **({"field = ?": field} if field else {}), **({"ref = ?": ref} if ref else {})}
    where, values = " AND ".join(asked), tuple(asked.values())
    rows = connection.execute(f"SELECT ref, field, day, value, at FROM entries WHERE {where}", values).fetchall()
    typed = {tuple(row[:3]): Said(*row[2:]) for row in rows}
    found: dict[tuple[Any, ...], Said] = dict(typed)
    for fact, *key, value in connection.execute(f"SELECT id, ref, field, day, value FROM inputs WHERE {where}", values).fetchall():
        name = tuple(key)
        other = typed.get(name)
        at = _imported(connection, fact) if other is not None or about in ("group", "member") else 0
        if other is None or at >= other.at:
            found[name] = Said(key[2], value, at)
    kept: dict[Key, list[Said]] = {}
    for (what, name, _day), one in sorted(found.items(), key=lambda item: item[0]):
        if one.value:
            kept.setdefault((what, name), []).append(one)
    return kept


def latest(connection: sqlite3.Connection, about: str, until: str = FOREVER) -> dict[str, dict[str, Said]]:
    """The newest of each up to the day `until`, or where there is none yet, the first thing said later: ref → field → what holds."""
    found: dict[str, dict[str, Said]] = {}
    for (ref, field), every in said(connection, about).items():
        found.setdefault(ref, {})[field] = next((one for one in reversed(every) if one.day <= until), every[0])
    return found


def _imported(connection: sqlite3.Connection, fact: int) -> int:
    row = connection.execute(
        "SELECT max(i.at) FROM statements s JOIN imports i ON i.id = s.import_id WHERE s.kind = 'input' AND ? BETWEEN s.low AND s.high", (fact,)
    ).fetchone()
    return int(row[0] or 0)
