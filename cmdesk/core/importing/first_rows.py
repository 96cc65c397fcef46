"""The first facts of a staging file as they would be stored: what a person looks at before an import."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from typing import Any

import msgspec

from cmdesk.core.schema import ANNOUNCEMENT, EVENT, IDEA, QUESTION

MOST = 5
"""Facts of each kind."""


class FirstRow(msgspec.Struct, frozen=True):
    """A fact: its kind, who it is about (a name, where there is none a key), what more it says; `at` in µs UTC, or as a clock showed it (`local`)."""

    kind: str
    who: str
    what: tuple[str, ...]
    at: int | None = None
    local: bool = False


def first_rows(connection: sqlite3.Connection) -> list[FirstRow]:
    """From the attached staging file: people, groups, posts and stated ties."""
    names = _Names(connection)
    return [row for part in (_people, _groups, _posts, _ties) for row in part(connection, names.of)]


class _Names:
    """Persons of the staging file by name."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def of(self, person: int | None) -> str:
        """The name, else the key; "" for none."""
        row = self._connection.execute("SELECT key, facts FROM staging.persons WHERE id = ?", (person,)).fetchone()
        return "" if row is None else str(_facts(row[1]).get("name") or row[0])


Named = Callable[[int | None], str]


def _facts(text: str | None) -> dict[str, Any]:
    found: dict[str, Any] = msgspec.json.decode(text) if text else {}
    return found


def _people(connection: sqlite3.Connection, _name: Named) -> list[FirstRow]:
    rows = connection.execute("SELECT key, facts FROM staging.persons WHERE stated ORDER BY id LIMIT ?", (MOST,)).fetchall()
    found = []
    for key, text in rows:
        facts = _facts(text)
        more = [facts.get(field) for field in ("email", "unit", "role", "place")]
        found.append(FirstRow("person", str(facts.get("name") or key), tuple(str(value) for value in more if value)))
    return found


def _groups(connection: sqlite3.Connection, _name: Named) -> list[FirstRow]:
    rows = connection.execute("SELECT key, facts FROM staging.groups WHERE stated ORDER BY id LIMIT ?", (MOST,)).fetchall()
    return [FirstRow("group", str(_facts(text).get("name") or key), tuple(filter(None, (_facts(text).get("purpose", ""),)))) for key, text in rows]


def _posts(connection: sqlite3.Connection, name: Named) -> list[FirstRow]:
    rows = connection.execute(
        "SELECT p.author, g.key, g.facts, p.at, p.local, p.flags, p.length FROM staging.posts p LEFT JOIN staging.groups g ON g.id = p.grp"
        " WHERE NOT p.flags & ? ORDER BY p.id LIMIT ?", (EVENT, MOST),
    ).fetchall()  # fmt: skip
    found = []
    for author, key, facts, at, local, flags, length in rows:
        marks = [word for bit, word in ((QUESTION, "question"), (ANNOUNCEMENT, "announcement"), (IDEA, "idea")) if flags & bit]
        group = str(_facts(facts).get("name") or key or "")
        found.append(FirstRow("post", name(author), (*filter(None, (group,)), *marks, str(length)), at, bool(local)))
    return found


def _ties(connection: sqlite3.Connection, name: Named) -> list[FirstRow]:
    rows = connection.execute("SELECT source, target, relation, weight, at FROM staging.stated_ties ORDER BY id LIMIT ?", (MOST,)).fetchall()
    return [
        FirstRow("stated_tie", f"{name(source)} → {name(target)}", (*filter(None, (relation,)), f"{weight:g}"), at) for source, target, relation, weight, at in rows
    ]


def without_names(row: FirstRow) -> FirstRow:
    """The same with names and addresses by their form only; what a tie or a message says of itself stays."""
    what = row.what if row.kind in ("post", "group", "stated_tie") else tuple(shape(part) for part in row.what)
    return FirstRow(row.kind, row.who if row.kind == "group" else shape(row.who), what, row.at, row.local)


def shape(text: str) -> str:
    """`text` with every letter, sign and emoji as x or X and every digit as 9: enough to tell an address from a date."""
    return "".join("9" if sign.isdigit() else "X" if sign.isupper() else sign if _says_nothing(sign) else "x" for sign in text)


def _says_nothing(sign: str) -> bool:
    return sign.isspace() or (sign.isascii() and not sign.isalpha())
