"""What a community holds, in numbers."""

from __future__ import annotations

import sqlite3

import msgspec

from cmdesk.core.community import setting, simulated
from cmdesk.core.schema import EVENT, ROOT


class Totals(msgspec.Struct, frozen=True, kw_only=True):
    """Counts of one community. `posts` are contributions, `events` system messages; `first` and `last` are the times of the earliest and
    latest post in µs UTC, None without any. `groups` does not count the community itself."""

    name: str
    zone: str
    simulated: bool
    members: int
    groups: int
    memberships: int
    posts: int
    events: int
    mentions: int
    reactions: int
    stated_ties: int
    goals: int
    imports: int
    assessments: int
    first: int | None
    last: int | None


def totals(connection: sqlite3.Connection) -> Totals:
    """Count everything once."""

    def count(table: str, where: str = "1") -> int:
        return int(connection.execute(f"SELECT count(*) FROM {table} WHERE {where}").fetchone()[0])

    first, last = connection.execute("SELECT min(at), max(at) FROM posts").fetchone()
    return Totals(
        name=str(setting(connection, "name", "")), zone=str(setting(connection, "zone", "UTC")),
        simulated=simulated(connection), members=count("members"), groups=count("groups", f"id <> {ROOT}"),
        memberships=count("memberships", "NOT audience"), posts=count("posts", f"NOT flags & {EVENT}"), events=count("posts", f"flags & {EVENT}"),
        mentions=count("mentions"), reactions=count("reactions"), stated_ties=count("stated_ties"), goals=count("goals"),
        imports=count("imports"), assessments=count("assessments"), first=first, last=last,
    )  # fmt: skip
