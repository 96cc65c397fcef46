"""What an import stated, put on a shelf when the import is read again with other options: a staging file made of its facts, packed into the community
file, from which an undo brings it back without the export.

Facts go back by the same merge as facts of an export, so it does not matter what else came or went meanwhile.
"""

from __future__ import annotations

import sqlite3
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import msgspec

from cmdesk.core.importing import staging_file
from cmdesk.core.importing.kinds import KINDS, Kind
from cmdesk.core.importing.staging_file import TABLES, Summary

_PART = 8 << 20  # bytes of a staging file that are packed together

_PERSONS = {"person": "identity_id", "author": "author_id", "source": "source_identity", "target": "target_identity"}
_POST = "(SELECT 1 + f.post_id - :post WHERE (SELECT s.high FROM statements s WHERE s.import_id = :id AND s.kind = 'post' AND s.low <= f.post_id" \
        " ORDER BY s.low DESC LIMIT 1) >= f.post_id)"  # fmt: skip
_POST_KEY = f"CASE WHEN {_POST} IS NULL THEN (SELECT p.key FROM posts p WHERE p.id = f.post_id) END"
_SPECIAL = {
    ("posts", "id"): "f.id - :post + 1",
    ("texts", "post"): "f.id - :post + 1",
    ("asked", "about"): "f.about_id",
}
_GENERAL = {
    "id": "row_number() OVER (ORDER BY f.id)",
    "origin": "(SELECT p.source_id FROM posts p WHERE p.id = f.post_id)",
    "grp": "CASE f.group_id WHEN 1 THEN 0 ELSE f.group_id END",
    "local": "coalesce((SELECT s.high FROM statements s WHERE s.import_id = :id AND s.kind = 'local ' || :kind AND s.low <= f.id"
    " ORDER BY s.low DESC LIMIT 1) >= f.id, 0)",
    "post": _POST,
    "post_key": _POST_KEY,
    **{name: f"f.{column}" for name, column in _PERSONS.items()},
}


def take(connection: sqlite3.Connection, import_id: int, path: Path) -> None:
    """Write what `import_id` states to a new staging file at `path`, in the caller's transaction, which takes the import back afterwards: facts
    about which exports differ are left with what this one says. Times are as stated (zones lifted)."""
    _own_values(connection, import_id)
    shelf = staging_file.make(path)
    try:
        stated = {}
        for table, kind, title in (("persons", "person", "identity"), ("groups", "group", "group_key")):
            stated[kind] = _named(connection, shelf, import_id, table, kind, title)
        origins = connection.execute(
            "SELECT f.id, f.platform, f.key, f.title FROM statements s JOIN sources f ON f.id BETWEEN s.low AND s.high"
            " WHERE s.import_id = ? AND s.kind = 'source'", (import_id,),
        )  # fmt: skip
        shelf.executemany(staging_file.INSERTS["origins"], origins)
        low = connection.execute("SELECT coalesce(min(low), 1) FROM statements WHERE import_id = ? AND kind = 'post'", (import_id,)).fetchone()[0]
        for each in KINDS:
            stated[each.name] = _facts(connection, shelf, each, {"id": import_id, "post": low})
        aside = connection.execute("SELECT id, place, why, records FROM set_aside WHERE import_id = ? ORDER BY id", (import_id,))
        shelf.executemany(staging_file.INSERTS["set_aside"], aside)
        shelf.execute("INSERT INTO meta VALUES ('import', ?)", (msgspec.json.encode(_row(connection, import_id)).decode(),))
        shelf.execute("INSERT INTO meta VALUES ('summary', ?)", (msgspec.json.encode(Summary(stated=stated)).decode(),))
        shelf.execute("COMMIT")
    finally:
        shelf.close()


def _own_values(connection: sqlite3.Connection, import_id: int) -> None:
    """Let every fact about which exports differ have the values of this one."""
    kinds = {kind.name: (kind.table, kind.values) for kind in KINDS}
    for name, fact_id, value in connection.execute("SELECT kind, fact_id, value FROM states WHERE import_id = ?", (import_id,)).fetchall():
        if name in kinds:
            table, columns = kinds[name]
            values: list[Any] = msgspec.json.decode(value)
            connection.execute(f"UPDATE {table} SET {', '.join(f'{column} = ?' for column in columns)} WHERE id = ?", (*values, fact_id))
        else:
            connection.execute(f"UPDATE {'identities' if name == 'person' else 'groups'} SET facts = ? WHERE id = ?", (value, fact_id))


def _named(connection: sqlite3.Connection, shelf: sqlite3.Connection, import_id: int, table: str, kind: str, existence: str) -> int:
    """Persons or groups that an import mentions; returns how many of them it states."""
    rows = connection.execute(
        "SELECT f.id, f.source_id, f.key, EXISTS (SELECT 1 FROM statements t WHERE t.import_id = s.import_id AND t.kind = ?"
        f" AND f.id BETWEEN t.low AND t.high) AS own, f.facts FROM statements s JOIN {'identities' if table == 'persons' else 'groups'} f"
        " ON f.id BETWEEN s.low AND s.high WHERE s.import_id = ? AND s.kind = ?",
        (kind, import_id, existence),
    )
    shelf.executemany(
        staging_file.INSERTS[table], ((number, origin, key, own, facts if own else "") for number, origin, key, own, facts in rows)
    )
    return int(shelf.execute(f"SELECT count(*) FROM {table} WHERE stated").fetchone()[0])


def _facts(connection: sqlite3.Connection, shelf: sqlite3.Connection, kind: Kind, numbers: dict[str, int]) -> int:
    """The facts of a kind that an import states; returns how many."""
    names = [part.split()[0] for part in TABLES[kind.staging].split(",")]
    columns = ", ".join(_SPECIAL.get((kind.staging, name)) or _column(kind, name) for name in names)
    rows = connection.execute(
        f"SELECT {columns} FROM statements s JOIN {kind.table} f ON f.id BETWEEN s.low AND s.high WHERE s.import_id = :id AND s.kind = :kind",
        {**numbers, "kind": kind.name},
    )
    return shelf.executemany(staging_file.INSERTS[kind.staging], rows).rowcount if names else 0


def _column(kind: Kind, name: str) -> str:
    if name == "origin" and "source_id" in kind.columns:
        return "f.source_id"
    if name in kind.columns and name != "origin":
        return f"f.{name}"
    return _GENERAL.get(name, f"f.{name}")


def _row(connection: sqlite3.Connection, import_id: int) -> dict[str, Any]:
    cursor = connection.execute("SELECT * FROM imports WHERE id = ?", (import_id,))
    return dict(zip((column[0] for column in cursor.description), cursor.fetchone(), strict=True))


def keep(connection: sqlite3.Connection, entry: int, path: Path) -> None:
    """Pack the staging file at `path` into the community, for the line of history `entry`."""
    connection.execute("DELETE FROM shelved WHERE entry = ?", (entry,))
    connection.executemany("INSERT INTO shelved VALUES (?, ?, ?)", ((entry, number, part) for number, part in enumerate(_packed(path))))


def _packed(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while block := file.read(_PART):
            yield zlib.compress(block, 1)


def unpack(connection: sqlite3.Connection, entry: int, path: Path) -> None:
    """Write the staging file that was packed for `entry` to `path`."""
    parts: Iterable[tuple[bytes]] = connection.execute("SELECT content FROM shelved WHERE entry = ? ORDER BY part", (entry,))
    with path.open("wb") as file:
        for (part,) in parts:
            file.write(zlib.decompress(part))
