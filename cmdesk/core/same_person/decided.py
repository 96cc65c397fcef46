"""Decisions on who is the same, as they stand in the file."""

from __future__ import annotations

import sqlite3

import msgspec

from cmdesk.core.same_person.persons import Pair


class Decision(msgspec.Struct, frozen=True):
    """`one` and `other` are platform keys, in order; `at` in µs UTC."""

    one: str
    other: str
    same: bool
    at: int


def rows(connection: sqlite3.Connection) -> list[Decision]:
    """All decisions, by platform keys."""
    found = connection.execute("SELECT one, other, same, at FROM links ORDER BY one, other")
    return [Decision(one, other, bool(same), at) for one, other, same, at in found]


def by_pair(connection: sqlite3.Connection) -> dict[Pair, bool]:
    """Pair of platform keys, in order → the same or not."""
    return {(row.one, row.other): row.same for row in rows(connection)}
