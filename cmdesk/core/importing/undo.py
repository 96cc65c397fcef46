"""Take an import back, exactly: what nobody else asserts goes, and where exports differed the newest of the others speaks again."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping

from cmdesk.core.importing import states
from cmdesk.core.importing.kinds import BY_NAME, KINDS
from cmdesk.core.importing.merge import set_newest

Range = tuple[int, int]


_NAMED = ("group_key", "identity", "source")
_TABLES = {"post": "posts", "group_key": "groups", "identity": "identities", "source": "sources"}
"""What others refer to, in the order in which it can go."""

_ABOUT_POSTS = ("reactions", "accepted", "shares", "viewings")


def retract(connection: sqlite3.Connection, import_id: int) -> None:
    """Remove `import_id` and all that only it stated. The caller has foreign keys off (children go first all the same) and checks them."""
    clear(connection, withdraw(connection, import_id))


def withdraw(connection: sqlite3.Connection, import_id: int) -> dict[str, list[Range]]:
    """Take back `import_id` with its facts, and leave as bare rows the sources, persons and groups that only it mentioned, and posts about which
    others say something: they are returned, for `clear` once another import may have stated them again under the same ids."""
    disputed = connection.execute("SELECT kind, fact_id FROM states WHERE import_id = ?", (import_id,)).fetchall()
    dead = {kind: _only(connection, import_id, kind) for kind in _kinds(connection, import_id)}
    for table in ("states", "statements", "set_aside", "blocks"):
        connection.execute(f"DELETE FROM {table} WHERE import_id = ?", (import_id,))
    spoken_of: list[Range] = []
    for kind in reversed(KINDS):
        own = dead.get(kind.name, [])
        if kind.name == "post":
            spoken_of = _spoken_of(connection, own)
            own = list(subtract(own, spoken_of))
        _delete(connection, kind.table, own)
    _unstate(connection, "identities", dead.get("person", ()))
    _unstate(connection, "groups", dead.get("group", ()))
    connection.execute("DELETE FROM imports WHERE id = ?", (import_id,))
    order = states.ranks(connection)
    for kind_name, fact_id in disputed:
        _speak_again(connection, kind_name, fact_id, order)
    return {"post": spoken_of, **{kind: dead.get(kind, []) for kind in _NAMED}}


def clear(connection: sqlite3.Connection, bare: Mapping[str, Iterable[Range]]) -> None:
    """Remove what `withdraw` left and no import states."""
    for kind, table in _TABLES.items():
        spans = connection.execute("SELECT low, high FROM statements WHERE kind = ? ORDER BY low", (kind,)).fetchall()
        _delete(connection, table, subtract(bare[kind], spans))
        if kind == "post":
            _delete_orphans(connection)
    # A bare post that is stated again counted as one about which exports differ; nobody else says anything of it.
    connection.executemany(
        "DELETE FROM states WHERE kind = 'post' AND fact_id BETWEEN ? AND ?"
        " AND fact_id IN (SELECT fact_id FROM states WHERE kind = 'post' GROUP BY fact_id HAVING count(*) = 1)", bare["post"],
    )  # fmt: skip


def _spoken_of(connection: sqlite3.Connection, posts: Iterable[Range]) -> list[Range]:
    """Of `posts`, those about which facts that stand say something."""
    spans = list(posts)
    found = {
        row[0]
        for table in _ABOUT_POSTS
        for span in spans
        for row in connection.execute(f"SELECT post_id FROM {table} WHERE post_id BETWEEN ? AND ?", span)
    }
    return [(post, post) for post in sorted(found)]


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
    for table in _ABOUT_POSTS:
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
