"""The layout of a staging file, which the worker writes and the merge reads."""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path

import msgspec

from cmdesk.core.reading.seen import TableSeen

KEY_LENGTH = 1_000
"""Characters of a key that are kept."""

TABLES = {
    "origins": "id INTEGER PRIMARY KEY, platform TEXT, key TEXT, title TEXT, source_id INTEGER, fresh INTEGER",
    "persons": "id INTEGER PRIMARY KEY, origin INTEGER, key TEXT, stated INTEGER, facts TEXT, identity_id INTEGER",
    "groups": "id INTEGER PRIMARY KEY, origin INTEGER, key TEXT, stated INTEGER, facts TEXT, group_id INTEGER",
    "memberships": "id INTEGER PRIMARY KEY, person INTEGER, grp INTEGER, joined INTEGER, left_at INTEGER, audience INTEGER",
    "posts": "id INTEGER PRIMARY KEY, origin INTEGER, key TEXT, author INTEGER, grp INTEGER, at INTEGER, thread TEXT,"
    " reply_author INTEGER, flags INTEGER, length INTEGER, reply_to TEXT, tags TEXT, title TEXT, edited INTEGER, local INTEGER DEFAULT 0,"
    " unnamed_reactions INTEGER DEFAULT 0",
    "texts": "id INTEGER PRIMARY KEY, post INTEGER, text TEXT",
    "mentions": "id INTEGER PRIMARY KEY, post INTEGER, person INTEGER",
    "reactions": "id INTEGER PRIMARY KEY, post INTEGER, origin INTEGER, post_key TEXT, person INTEGER, kind TEXT, at INTEGER, local INTEGER DEFAULT 0",
    "accepted": "id INTEGER PRIMARY KEY, post INTEGER, origin INTEGER, post_key TEXT, person INTEGER, at INTEGER, local INTEGER DEFAULT 0",
    "shares": "id INTEGER PRIMARY KEY, post INTEGER, origin INTEGER, post_key TEXT, person INTEGER, grp INTEGER, at INTEGER, key TEXT, local INTEGER DEFAULT 0",
    "viewings": "id INTEGER PRIMARY KEY, post INTEGER, origin INTEGER, post_key TEXT, person INTEGER, at INTEGER, local INTEGER DEFAULT 0",
    "pages": "id INTEGER PRIMARY KEY, origin INTEGER, key TEXT, grp INTEGER, author INTEGER, title TEXT, updated INTEGER, views INTEGER, local INTEGER DEFAULT 0",
    "attendances": "id INTEGER PRIMARY KEY, origin INTEGER, event TEXT, person INTEGER, grp INTEGER, at INTEGER, local INTEGER DEFAULT 0",
    "ratings": "id INTEGER PRIMARY KEY, person INTEGER, item TEXT, value REAL, grp INTEGER, at INTEGER, key TEXT, local INTEGER DEFAULT 0",
    "stated_ties": "id INTEGER PRIMARY KEY, origin INTEGER, source INTEGER, target INTEGER, relation TEXT, weight REAL, directed INTEGER,"
    " at INTEGER, asked INTEGER, low REAL, high REAL, key TEXT, local INTEGER DEFAULT 0",
    "asked": "id INTEGER PRIMARY KEY, origin INTEGER, person INTEGER, about INTEGER, relation TEXT, answered INTEGER, at INTEGER, key TEXT, local INTEGER DEFAULT 0",
    "inputs": "id INTEGER PRIMARY KEY, about TEXT, ref TEXT, field TEXT, day TEXT, value TEXT",
    "blocks": "id INTEGER PRIMARY KEY, digest BLOB, first INTEGER, last INTEGER, grp INTEGER, persons BLOB, spans BLOB",
    "repeated": "id INTEGER PRIMARY KEY, digest BLOB, post INTEGER",
    "set_aside": "id INTEGER PRIMARY KEY, place TEXT, why TEXT, records INTEGER",
    "meta": "key TEXT PRIMARY KEY, value TEXT",
}
_MERGE_FILLS = ("source_id", "fresh", "identity_id", "group_id")


def _insert(table: str) -> str:
    names = [part.split()[0] for part in TABLES[table].split(",")]
    return _into(table, [name for name in names if name not in _MERGE_FILLS])


def _into(table: str, names: list[str]) -> str:
    return f"INSERT INTO {table} ({','.join(names)}) VALUES ({','.join('?' * len(names))})"


INSERTS = {
    **{table: _insert(table) for table in TABLES},
    "plain_posts": _into("posts", ["id", "origin", "key", "author", "grp", "at", "thread", "reply_author", "flags", "length"]),
    "plain_ties": _into("stated_ties", ["id", "origin", "source", "target", "relation", "weight", "directed", "asked", "key"]),
    "plain_reactions": _into("reactions", ["id", "post", "origin", "person", "kind"]),
}
"""How the worker writes a row. What comes by the million takes the plain way: few columns, and in them 0 or "" for NULL, because Python's
sqlite3 looks for an adapter of every None."""


def at_once(insert: str, rows: int) -> str:
    """An INSERT of one row as one of so many."""
    start, values = insert.rsplit(" VALUES ", 1)
    return f"{start} VALUES {','.join([values] * rows)}"


def make(path: Path) -> sqlite3.Connection:
    """A new, empty staging file, open in one transaction. It is made, merged and deleted within one import, so it keeps no journal and is never
    synced."""
    connection = sqlite3.connect(os.fspath(path), isolation_level=None)
    connection.execute("PRAGMA journal_mode=OFF")
    connection.execute("PRAGMA synchronous=OFF")
    connection.execute("PRAGMA locking_mode=EXCLUSIVE")
    for name, layout in TABLES.items():
        connection.execute(f"CREATE TABLE {name} ({layout}) STRICT")
    connection.execute("BEGIN")
    return connection


BLOCK_KINDS = ("post", "mention", "reaction", "text")
"""The kinds of fact that a block (see `blocks`) may hold."""


class Summary(msgspec.Struct, kw_only=True):
    """What the worker tells at the end: the ledger's first half, facts stated and set aside by kind, first and last time."""

    importer: str = ""
    title: str = ""
    confidence: float = 0.0
    read: int = 0
    used: int = 0
    left_out: dict[str, int] = {}
    set_aside: int = 0
    ignored: dict[str, str] = {}
    stated: dict[str, int] = {}
    facts_set_aside: dict[str, int] = {}
    first: int | None = None
    last: int | None = None
    tables: list[TableSeen] = []


def clean(text: str) -> str:
    """`text` as SQLite and every export can hold it: lone surrogates and NUL replaced by U+FFFD."""
    if text.isascii():
        return text.replace("\x00", "\ufffd") if "\x00" in text else text
    try:
        text.encode()
    except UnicodeEncodeError:
        text = text.encode("utf-8", "surrogatepass").decode("utf-8", "replace")
    return text.replace("\x00", "\ufffd")
