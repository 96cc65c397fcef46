"""What follows from facts and edits, made anew after each change of them: the members table, names, parents and counts of groups."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping

import msgspec

from cmdesk.core import corrections, groups, members
from cmdesk.core.importing.ledger import Facts

_FEW = 500  # posts; above it a full count is as quick


def rebuild(connection: sqlite3.Connection, tables: Iterable[str] = ("members", "groups")) -> None:
    """Everything, inside the caller's transaction; `tables` are those that a command touched."""
    touched = set(tables)
    if "times" in touched:
        from cmdesk.core.importing import zones

        zones.lift(connection)
        zones.lay(connection)
    if "members" in touched:
        members.rebuild(connection)
    if touched & {"members", "groups"}:
        corrections.rebuild(connection)
        groups.refresh(connection)


def after_merge(connection: sqlite3.Connection, import_id: int, facts: Mapping[str, Facts], post_base: int) -> None:
    """After import `import_id`, whose new posts have ids above `post_base`: only what can have changed is counted again."""
    new = {kind for kind, line in facts.items() if line.stored or line.changed}
    from cmdesk.core.importing import zones

    if zones.lay(connection):
        rebuild(connection)
        return
    nameless = connection.execute("SELECT 1 FROM identities WHERE member_id = 0 LIMIT 1").fetchone()
    if nameless or new & {"person", "group", "membership"}:
        rebuild(connection)
        return
    if "input" in new:
        rebuild(connection)
        return
    if "post" not in new:
        return
    said = connection.execute("SELECT value FROM states WHERE kind = 'post' AND import_id = ? LIMIT ?", (import_id, _FEW)).fetchall()
    posted = connection.execute("SELECT author_id, group_id FROM posts WHERE id > ? LIMIT ?", (post_base, _FEW)).fetchall()
    changed = connection.execute(
        "SELECT value FROM states WHERE kind = 'post' AND fact_id IN (SELECT fact_id FROM states WHERE kind = 'post' AND import_id = ?)"
        " LIMIT ?", (import_id, _FEW),
    ).fetchall()  # fmt: skip
    if len(said) + len(posted) + len(changed) >= _FEW:
        rebuild(connection)
        return
    pairs = [*posted, *(msgspec.json.decode(row[0])[:2] for row in changed)]
    members.count_again(connection, {pair[0] for pair in pairs if pair[0] is not None})
    groups.count_again(connection, {pair[1] for pair in pairs})
