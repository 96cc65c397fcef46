"""Take an import back, exactly: what nobody else asserts goes, and where exports differed the newest of the others speaks again."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable

from cmdesk.core.importing import states
from cmdesk.core.importing.kinds import BY_NAME, KINDS
from cmdesk.core.importing.merge import set_newest

Range = tuple[int, int]


def retract(connection: sqlite3.Connection, import_id: int) -> None:
    """Remove `import_id` and all that only it stated. The caller has foreign keys off (children go first all the same) and checks them."""
    disputed = connection.execute("SELECT kind, fact_id FROM states WHERE import_id = ?", (import_id,)).fetchall()
    dead = {kind: _only(connection, import_id, kind) for kind in _kinds(connection, import_id)}
    connection.execute("DELETE FROM states WHERE import_id = ?", (import_id,))
    connection.execute("DELETE FROM statements WHERE import_id = ?", (import_id,))
    connection.execute("DELETE FROM set_aside WHERE import_id = ?", (import_id,))
    connection.execute("DELETE FROM blocks WHERE import_id = ?", (import_id,))
    for kind in reversed(KINDS):
        _delete(connection, kind.table, dead.get(kind.name, ()))
    _delete_orphans(connection)
    _unstate(connection, "identities", dead.get("person", ()))
    _unstate(connection, "groups", dead.get("group", ()))
    _delete(connection, "groups", dead.get("group_key", ()))
    _delete(connection, "identities", dead.get("identity", ()))
    _delete(connection, "sources", dead.get("source", ()))
    connection.execute("DELETE FROM imports WHERE id = ?", (import_id,))
    order = states.ranks(connection)
    for kind_name, fact_id in disputed:
        _speak_again(connection, kind_name, fact_id, order)


def _kinds(connection: sqlite3.Connection, import_id: int) -> list[str]:
    return [row[0] for row in connection.execute("SELECT DISTINCT kind FROM statements WHERE import_id = ?", (import_id,))]


def _only(connection: sqlite3.Connection, import_id: int, kind: str) -> list[Range]:
    """What `import_id` alone asserts of a kind."""
    own = connection.execute("SELECT low, high FROM statements WHERE import_id = ? AND kind = ? ORDER BY low", (import_id, kind)).fetchall()
    others = connection.execute(
        "SELECT low, high FROM statements WHERE import_id <> ? AND kind = ? ORDER BY low", (import_id, kind)
    ).fetchall()
    return list(subtract(own, others))


def subtract(own: Iterable[Range], others: Iterable[Range]) -> Iterable[Range]:
    """The parts of `own` (sorted, disjoint) that no range of `others` (sorted by low) covers; both ends included."""
    cover: list[Range] = []
    for low, high in others:
        if cover and low <= cover[-1][1] + 1:
            cover[-1] = (cover[-1][0], max(high, cover[-1][1]))
        else:
            cover.append((low, high))
    place = 0
    for low, high in own:
        while place < len(cover) and cover[place][1] < low:
            place += 1
        at, ahead = low, place
        while ahead < len(cover) and cover[ahead][0] <= high:
            if cover[ahead][0] > at:
                yield at, cover[ahead][0] - 1
            at = max(at, cover[ahead][1] + 1)
            ahead += 1
        if at <= high:
            yield at, high


def _delete(connection: sqlite3.Connection, table: str, dead: Iterable[Range]) -> None:
    connection.executemany(f"DELETE FROM {table} WHERE id BETWEEN ? AND ?", list(dead))


def _delete_orphans(connection: sqlite3.Connection) -> None:
    """What pointed at a post of the import: in a file that never had it, these would have been set aside."""
    for table in ("reactions", "accepted", "shares", "viewings"):
        gone = [row[0] for row in connection.execute(f"SELECT id FROM {table} WHERE post_id NOT IN (SELECT id FROM posts)")]
        connection.executemany(f"DELETE FROM {table} WHERE id = ?", [(fact_id,) for fact_id in gone])


def _unstate(connection: sqlite3.Connection, table: str, dead: Iterable[Range]) -> None:
    """A person or group that is still mentioned, but that no export describes any more."""
    connection.executemany(f"UPDATE {table} SET stated = 0, facts = '{{}}' WHERE id BETWEEN ? AND ?", list(dead))


def _speak_again(connection: sqlite3.Connection, kind_name: str, fact_id: int, order: list[int]) -> None:
    if kind_name in BY_NAME:
        set_newest(connection, BY_NAME[kind_name], fact_id, order)
        return
    table = "identities" if kind_name == "person" else "groups"
    values = states.said(connection, kind_name, fact_id, order)
    if values:
        connection.execute(f"UPDATE {table} SET facts = ? WHERE id = ?", (states.fold(values), fact_id))
