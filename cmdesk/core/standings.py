"""What pictures colour people and groups by: roles as stated, and each group's verdict in the latest assessment."""

from __future__ import annotations

import sqlite3

_WORST_FIRST = ("not_yet", "partly", "fits", "no_verdict")


def roles(connection: sqlite3.Connection) -> dict[int, str]:
    """The stated role of each member that has one, by the member's id."""
    return dict(connection.execute("SELECT id, role FROM members WHERE role <> ''"))


def verdicts(connection: sqlite3.Connection) -> dict[int, str]:
    """The verdict of each group with a chosen goal in the latest assessment, by the group's id; of several goals the one that asks most."""
    latest = connection.execute("SELECT max(id) FROM assessments").fetchone()[0]
    found: dict[int, str] = {}
    rows = connection.execute("SELECT group_id, verdict FROM scores WHERE assessment_id = ? AND chosen", (latest,)).fetchall()
    for group, verdict in rows:
        if group not in found or _WORST_FIRST.index(verdict) < _WORST_FIRST.index(found[group]):
            found[group] = verdict
    return found
