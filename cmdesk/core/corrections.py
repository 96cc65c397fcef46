"""What a list of members that came back says over what the platforms say: another name, department, role, place or expertise of a member, and
groups that somebody joins or leaves. The facts of the platforms stay as they are; the newest correction holds, and goes with its import."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from typing import Any

from cmdesk.core import filled
from cmdesk.core.input_fields import CORRECTED, EMPTIED, LIST_SIGN


def fields(connection: sqlite3.Connection) -> dict[str, dict[str, tuple[Any, int]]]:
    """Member (platform key) → field → (value, when it was imported in µs UTC)."""
    if connection.execute("SELECT 1 FROM inputs WHERE about = 'member' AND field <> 'reviewed' LIMIT 1").fetchone() is None:
        return {}
    found: dict[str, dict[str, tuple[Any, int]]] = defaultdict(dict)
    for (ref, field), every in filled.said(connection, "member").items():
        if field in CORRECTED:
            value = "" if every[-1].value == EMPTIED else every[-1].value
            found[ref][field] = (parts(value) if field == "expertise" else value, every[-1].at)
    return found


def rebuild(connection: sqlite3.Connection) -> None:
    """Make the table of groups joined and left anew, inside the caller's transaction; names of groups are their paths."""
    from cmdesk.core import groups

    connection.execute("DELETE FROM moved")
    said = filled.said(connection, "member")
    wanted = [(ref, field, each) for (ref, field), every in said.items() if field in ("joins", "leaves") for each in every]
    if not wanted:
        return
    lines = groups.rows(connection)
    by_name = {name: line.id for line in lines for name in (line.ref, line.path)}
    for ref, field, each in sorted(wanted, key=lambda one: (one[2].at, one[2].day, one[1] == "joins")):
        for name in parts(each.value):
            if (group := by_name.get(name)) is not None:
                _move(connection, ref, group, gone=field == "leaves")


def _move(connection: sqlite3.Connection, ref: str, group: int, *, gone: bool) -> None:
    accounts = connection.execute(
        "SELECT i.id FROM identities i JOIN members m ON m.id = i.member_id WHERE m.ref = ? ORDER BY i.id = m.id DESC, i.id", (ref,)
    ).fetchall()
    for (account,) in accounts if gone else accounts[:1]:
        connection.execute(
            "INSERT INTO moved VALUES (?, ?, ?) ON CONFLICT (group_id, identity_id) DO UPDATE SET gone = excluded.gone", (group, account, int(gone))
        )


def parts(text: str) -> list[str]:
    """The names in a list of names."""
    return [part for part in (one.strip() for one in text.split(LIST_SIGN)) if part]
