"""Groups: where people meet, nested, with purpose and owner. Names, parents and counts are derived from what exports and the user say."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Collection, Mapping
from typing import Any

import msgspec

from cmdesk.core import filled, made_groups
from cmdesk.core.community import ROOT_REF, setting
from cmdesk.core.errors import CmdeskError
from cmdesk.core.pseudonyms import code
from cmdesk.core.schema import EVENT, ROOT
from cmdesk.core.text import _

DIRECT = "DM-"
"""How the names of private conversations begin. Platforms name them after the people in them, and names are for nobody who did not ask."""


class GroupRow(msgspec.Struct, frozen=True):
    """A line of the groups table. `members` and `posts` count the group itself; the root counts everybody. `first`, `last`: µs UTC."""

    id: int
    ref: str
    name: str
    path: str
    parent: int | None
    kind: str
    purpose: str
    owner: str
    members: int
    posts: int
    first: int | None
    last: int | None
    goals: tuple[tuple[str, int], ...]


def refresh(connection: sqlite3.Connection) -> None:
    """Derive names, parents and counts anew, inside the caller's transaction."""
    made = made_groups.bring(connection)
    edits: dict[str, dict[str, Any]] = defaultdict(dict)
    edited: dict[tuple[str, str], int] = {}
    for ref, field, value, at in connection.execute("SELECT ref, field, value, at FROM edits WHERE kind = 'group'"):
        edits[ref][field] = msgspec.json.decode(value)
        edited[ref, field] = at
    for ref, fields in filled.latest(connection, "group").items():
        for field in ("purpose", "owner"):
            if field in fields and fields[field].at >= edited.get((ref, field), 0):
                edits[ref][field] = fields[field].value
    found = connection.execute("SELECT id, source_id, key, ref, facts FROM groups WHERE id <> ?", (ROOT,)).fetchall()
    by_key = {(source_id, key): group_id for group_id, source_id, key, _ref, _facts in found}
    facts_of = {group_id: {**msgspec.json.decode(facts), **edits.get(ref, {})} for group_id, _s, _k, ref, facts in found}
    parents = {
        group_id: made.get(group_id, by_key.get((source_id, facts_of[group_id].get("parent", "")), ROOT)) for group_id, source_id, _key, _ref, _facts in found
    }  # fmt: skip
    rows = []
    secret = setting(connection, "pseudonym_key", "00")
    for group_id, _source_id, key, ref, _facts in found:
        facts = facts_of[group_id]
        said = edits.get(ref, {}).get("name", "") if facts.get("kind") == "direct" else facts.get("name")
        name = " ".join(str(said or "").split()) or (code(secret, ref, prefix=DIRECT) if facts.get("kind") == "direct" else key)
        rows.append(
            (ROOT if _in_circle(parents, group_id) else parents[group_id], name, facts.get("kind", "channel"), facts.get("purpose", ""),
             facts.get("owner", ""), facts.get("created"), facts.get("archived"), facts.get("private"), group_id)
        )  # fmt: skip
    connection.executemany(
        "UPDATE groups SET parent_id = ?, name = ?, kind = ?, purpose = ?, owner = ?, created = ?, archived = ?, private = ? WHERE id = ?",
        rows,
    )
    root = edits.get(ROOT_REF, {})
    connection.execute("UPDATE groups SET purpose = ?, owner = ? WHERE id = ?", (root.get("purpose", ""), root.get("owner", ""), ROOT))
    _count(connection)


def _in_circle(parents: Mapping[int, int], group_id: int) -> bool:
    seen = {group_id}
    at = parents.get(group_id, ROOT)
    while at != ROOT:
        if at in seen:
            return True
        seen.add(at)
        at = parents.get(at, ROOT)
    return False


def _count(connection: sqlite3.Connection) -> None:
    connection.execute("UPDATE groups SET members = 0, posts = 0, first_seen = NULL, last_seen = NULL")
    members = connection.execute(
        "SELECT m.group_id, count(DISTINCT i.member_id) FROM belongs m JOIN identities i ON i.id = m.identity_id"
        " WHERE NOT m.audience AND m.left_at IS NULL GROUP BY m.group_id"
    ).fetchall()
    connection.executemany("UPDATE groups SET members = ? WHERE id = ?", [(n, group_id) for group_id, n in members])
    _count_posts(connection, "")
    connection.execute("UPDATE groups SET members = (SELECT count(*) FROM members) WHERE id = ?", (ROOT,))


def count_again(connection: sqlite3.Connection, wanted: Collection[int]) -> None:
    """Posts, first and last seen of a few groups, and of the root."""
    marks = ",".join(str(int(group_id)) for group_id in wanted)
    connection.execute(f"UPDATE groups SET posts = 0, first_seen = NULL, last_seen = NULL WHERE id IN ({marks}) AND id <> {ROOT}")
    _count_posts(connection, f"WHERE group_id IN ({marks})")


def _count_posts(connection: sqlite3.Connection, where: str) -> None:
    rows = connection.execute(
        f"SELECT group_id, sum(NOT flags & {EVENT}), min(at), max(at) FROM posts {where} GROUP BY group_id"
    ).fetchall()
    connection.executemany("UPDATE groups SET posts = ?, first_seen = ?, last_seen = ? WHERE id = ?", [(n, a, b, g) for g, n, a, b in rows])
    if where:
        total = connection.execute(f"SELECT coalesce(sum(NOT flags & {EVENT}), 0), min(at), max(at) FROM posts").fetchone()
    else:  # all groups together are all posts
        times = [at for _group, _n, first, last in rows for at in (first, last) if at is not None]
        total = (sum(n for _group, n, _first, _last in rows), min(times, default=None), max(times, default=None))
    connection.execute("UPDATE groups SET posts = ?, first_seen = ?, last_seen = ? WHERE id = ?", (*total, ROOT))


def rows(connection: sqlite3.Connection) -> list[GroupRow]:
    """Every group, the root first, then by path."""
    goals: dict[str, list[tuple[str, int]]] = defaultdict(list)
    for ref, goal, importance in connection.execute("SELECT group_ref, goal, importance FROM goals ORDER BY importance DESC, goal"):
        goals[ref].append((goal, importance))
    found = connection.execute(
        "SELECT id, ref, name, parent_id, kind, purpose, owner, members, posts, first_seen, last_seen FROM groups"
    ).fetchall()
    paths = paths_of({row[0]: (row[2], row[3]) for row in found})
    lines = [
        GroupRow(g, ref, name, paths[g], parent, kind, purpose, owner, members, posts, first, last, tuple(goals[ref]))
        for g, ref, name, parent, kind, purpose, owner, members, posts, first, last in found
    ]
    return sorted(lines, key=lambda line: (line.id != ROOT, line.path.casefold(), line.id))


def paths_of(groups: Mapping[int, tuple[str, int | None]]) -> dict[int, str]:
    """The path of each group ("parent/name"; groups right below the root and the root itself have their name) from id → (name, parent)."""
    paths: dict[int, str] = {}
    for group_id, (name, parent) in groups.items():
        parts, at = [name], parent
        while at is not None and at != ROOT and len(parts) < 100:
            above, further = groups[at]
            parts.append(above)
            at = further
        paths[group_id] = "/".join(reversed(parts))
    return paths


def find(connection: sqlite3.Connection, name: str) -> int:
    """The id of the group with this path, name or platform key (an exact match first, then any case); CmdeskError if none or several."""
    lines = rows(connection)
    folded = name.casefold()
    for wanted, hits in (
        (name, [line for line in lines if name in (line.path, line.ref)]),
        (name, [line for line in lines if line.name == name]),
        (folded, [line for line in lines if folded in (line.path.casefold(), line.name.casefold())]),
    ):
        if len(hits) == 1:
            return hits[0].id
        if hits:
            shown = ", ".join(line.path if line.path != line.name else line.ref for line in hits[:5])
            raise CmdeskError(
                _("There are {n} groups named “{wanted}”.").format(n=len(hits), wanted=wanted),
                _("Name one by its path or key: {shown}.").format(shown=shown),
            )
    raise CmdeskError(_("There is no group named “{name}”.").format(name=name), _("`cmdesk show FILE groups` lists them."))


def ref_of(connection: sqlite3.Connection, group_id: int) -> str:
    """The platform key of a group, under which commands name it."""
    row = connection.execute("SELECT ref FROM groups WHERE id = ?", (group_id,)).fetchone()
    if row is None:
        raise CmdeskError(_("That group is no longer there."), _("It may have gone with an import that was undone."))
    return str(row[0])
