"""Wall clocks whose zone an export does not tell: they stay marked as local until the user says which zone, per import, and may say another one later.

What is stated stays in `local_times`; the times of posts that are marked, of reactions, acceptances and viewings of those posts, and of every other fact
that its import states as local (`mark`) are moved while a zone is said. Days (joined, left, created) are days wherever they are, and stay. Merge, undo and a new choice first put everything back (`lift`) and move it again afterwards (`lay`), so that all of them compare what exports state.
"""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

import msgspec

from cmdesk.core.errors import CmdeskError
from cmdesk.core.text import N_, _

if TYPE_CHECKING:
    from cmdesk.core.community import Community

_ABOUT_POSTS = {"reaction": "reactions", "accepted": "accepted", "viewing": "viewings"}
TIMED = {
    **{kind: (table, "at") for kind, table in _ABOUT_POSTS.items()}, "share": ("shares", "at"), "page": ("pages", "updated"),
    "attendance": ("attendances", "at"), "rating": ("ratings", "at"), "stated_tie": ("stated_ties", "at"), "asked": ("asked", "at"),
}  # fmt: skip
"""Kinds of fact beside posts whose time may be local: table and column."""

_TABLES = {"post": ("posts", "at"), **TIMED}
TOUCHED = ("times", "facts", "members", "groups", "imports")
"""What a change of zone touches."""


def check(zone: str) -> str:
    """`zone` without blanks, if it is the IANA name of a zone or ""; CmdeskError if not."""
    from zoneinfo import ZoneInfo

    name = zone.strip()
    try:
        if name:
            ZoneInfo(name)
    except (KeyError, ValueError, OSError) as problem:
        raise CmdeskError(
            _("The time zone “{zone}” is not known.").format(zone=zone), _("Give a name such as Europe/Amsterdam or UTC.")
        ) from problem
    return name


def said(connection: sqlite3.Connection) -> dict[int, str]:
    """Import → zone of its local times, of those of which one is said, newest import first: what was said later, else the option of the import."""
    later = dict(connection.execute("SELECT ref, value FROM edits WHERE kind = 'import' AND field = 'zone'").fetchall())
    found = {}
    for import_id, sha256, options in connection.execute("SELECT id, sha256, options FROM imports ORDER BY id DESC"):
        zone = msgspec.json.decode(later[sha256]) if sha256 in later else msgspec.json.decode(options).get("zone", "").strip()
        if zone and zone != UNKNOWN:
            found[import_id] = zone
    return found


def mark(kind: str) -> str:
    """The kind under which `statements` keep the facts of a kind that an import states with a local time."""
    return f"local {kind}"


UNKNOWN = "unknown"
"""In place of a zone: take back what the import's own option said."""


def choose(community: Community, import_id: int, zone: str) -> None:
    """Say whose clock wrote the local times of an import, as one undoable command; "" or "unknown": nobody knows."""
    from cmdesk.core import history

    name = "" if zone.strip() == UNKNOWN else check(zone)
    with community.reading() as connection:
        row = connection.execute("SELECT sha256, file, options FROM imports WHERE id = ?", (import_id,)).fetchone()
        if row is None:
            raise CmdeskError(_("There is no import {import_id}.").format(import_id=import_id), _("`cmdesk show FILE imports` lists them."))
        sha256, file, options = row
        value = name or (UNKNOWN if msgspec.json.decode(options).get("zone") else "")
        after = {"value": msgspec.json.encode(value).decode(), "at": 0} if value else None
        change = history.change(connection, "edits", {"kind": "import", "ref": sha256, "field": "zone"}, after)
    if change.before == change.after:
        return
    title = N_("Times of {file} are in zone {zone}").format(file=file, zone=name) if name else N_("Times of {file} are of no known zone").format(file=file)
    history.command(community, "edit", title, [change], tables=TOUCHED)


def lift(connection: sqlite3.Connection) -> None:
    """Put every time back as it was stated, in the caller's transaction."""
    if connection.execute("SELECT 1 FROM local_times LIMIT 1").fetchone() is None:
        return
    for kind, (table, column) in _TABLES.items():
        local = ", local = 1" if kind == "post" else ""
        connection.execute(
            f"UPDATE {table} SET {column} = l.at{local} FROM local_times l WHERE l.kind = ? AND l.fact_id = {table}.id", (kind,)
        )
    connection.execute("DELETE FROM local_times")


def lay(connection: sqlite3.Connection) -> bool:
    """Move the local times of every import of which a zone is said; True if there were any. Where several imports state a fact, the newest one
    of which a zone is said decides."""
    moved = False
    for import_id, zone in said(connection).items():
        posts = _local_posts(connection, import_id)
        if posts:
            moved = True
            _move(connection, "post", posts, zone)
            for kind in _ABOUT_POSTS:
                _move(connection, kind, _about(connection, import_id, kind), zone)
            connection.execute("UPDATE posts SET local = 0 WHERE local AND id IN (SELECT fact_id FROM local_times WHERE kind = 'post')")
        for kind in TIMED:
            if facts := _marked(connection, import_id, kind):
                moved = True
                _move(connection, kind, facts, zone)
    return moved


def locals_of(connection: sqlite3.Connection, import_id: int) -> int:
    """Messages and other facts of an import whose time is or was a wall clock without a zone."""
    row = connection.execute(
        "SELECT coalesce(sum((SELECT count(*) FROM posts p WHERE p.local AND p.id BETWEEN s.low AND s.high)"
        " + (SELECT count(*) FROM local_times l WHERE l.kind = 'post' AND l.fact_id BETWEEN s.low AND s.high)), 0)"
        " + (SELECT coalesce(sum(high - low + 1), 0) FROM statements WHERE import_id = ?1 AND kind LIKE 'local %')"
        " FROM statements s WHERE s.import_id = ?1 AND s.kind = 'post'", (import_id,),
    ).fetchone()  # fmt: skip
    return int(row[0])


def _marked(connection: sqlite3.Connection, import_id: int, kind: str) -> list[tuple[int, int]]:
    """What this import states with a local time, and nothing moved yet."""
    table, column = TIMED[kind]
    return connection.execute(
        f"SELECT f.id, f.{column} FROM statements s JOIN {table} f ON f.id BETWEEN s.low AND s.high WHERE s.import_id = ? AND s.kind = ?"
        f" AND f.{column} IS NOT NULL AND NOT EXISTS (SELECT 1 FROM local_times l WHERE l.kind = ? AND l.fact_id = f.id)",
        (import_id, mark(kind), kind),
    ).fetchall()


def _local_posts(connection: sqlite3.Connection, import_id: int) -> list[tuple[int, int]]:
    return connection.execute(
        "SELECT p.id, p.at FROM statements s JOIN posts p ON p.id BETWEEN s.low AND s.high"
        " WHERE s.import_id = ? AND s.kind = 'post' AND p.local AND p.at IS NOT NULL", (import_id,),
    ).fetchall()  # fmt: skip


def _about(connection: sqlite3.Connection, import_id: int, kind: str) -> list[tuple[int, int]]:
    """What this import states about the posts that were just moved and are still marked."""
    return connection.execute(
        f"SELECT f.id, f.at FROM statements s JOIN {_ABOUT_POSTS[kind]} f ON f.id BETWEEN s.low AND s.high JOIN posts p ON p.id = f.post_id"
        " WHERE s.import_id = ? AND s.kind = ? AND f.at IS NOT NULL AND p.local"
        " AND p.id IN (SELECT fact_id FROM local_times WHERE kind = 'post')", (import_id, kind),
    ).fetchall()  # fmt: skip


def _move(connection: sqlite3.Connection, kind: str, facts: list[tuple[int, int]], zone: str) -> None:
    """Note what was stated, and write the instant at which a clock of `zone` shows it."""
    if not facts:
        return
    import numpy as np

    from cmdesk.core.calendar import Calendar

    table, column = _TABLES[kind]
    instants = Calendar(zone).utc(np.array([at for _id, at in facts], np.int64)).tolist()
    connection.executemany("INSERT OR IGNORE INTO local_times VALUES (?, ?, ?)", [(kind, fact, at) for fact, at in facts])
    connection.executemany(
        f"UPDATE {table} SET {column} = ? WHERE id = ?", [(instant, fact) for instant, (fact, _at) in zip(instants, facts, strict=True)]
    )
