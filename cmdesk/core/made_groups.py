"""Groups that the user made, such as one of a circle: an undoable command that names its members by their platform keys. Who is not there sleeps."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence

import msgspec

from cmdesk.core.errors import CmdeskError
from cmdesk.core.references import row_of
from cmdesk.core.schema import ROOT
from cmdesk.core.text import _

PREFIX = "made:"
"""The platform keys of such groups begin so; there is no platform that gives them."""
LEAST, LONGEST_NAME = 2, 200


def bring(connection: sqlite3.Connection) -> dict[int, int]:
    """Rows of groups and memberships as the commands say, in the caller's transaction; returns each such group's parent."""
    commands = connection.execute("SELECT ref, name, parent_ref, members FROM made_groups ORDER BY ref").fetchall()
    there = dict(connection.execute("SELECT ref, id FROM groups WHERE source_id IS NULL AND id <> ?", (ROOT,)).fetchall())
    if not commands and not there:
        return {}
    connection.executemany("DELETE FROM memberships WHERE group_id = ?", [(group_id,) for group_id in there.values()])
    wanted = {row[0] for row in commands}
    connection.executemany("DELETE FROM groups WHERE id = ?", [(group_id,) for ref, group_id in there.items() if ref not in wanted])
    for ref, name, _parent, _members in commands:
        facts = msgspec.json.encode({"name": name, "kind": "circle"}).decode()
        connection.execute(
            "INSERT INTO groups (source_id, key, stated, facts, ref, name, kind, purpose, owner) VALUES (NULL, ?, 1, ?, ?, ?, 'circle', '', '')"
            " ON CONFLICT (ref) DO UPDATE SET facts = excluded.facts", (ref, facts, ref, name),
        )  # fmt: skip
    ids = dict(connection.execute("SELECT ref, id FROM groups").fetchall())
    for ref, _name, _parent, members in commands:
        connection.executemany(
            "INSERT INTO memberships (group_id, identity_id, audience) SELECT ?1, min(i.id), 0 FROM identities i WHERE i.member_id ="
            f" (SELECT member_id FROM identities WHERE id = {row_of('identities', '?2')}) HAVING min(i.id) IS NOT NULL ON CONFLICT DO NOTHING", [(ids[ref], member) for member in msgspec.json.decode(members, type=list[str])],
        )  # fmt: skip
    return {ids[ref]: ids.get(parent, ROOT) for ref, _name, parent, _members in commands}


def check_name(connection: sqlite3.Connection, name: str) -> str:
    """The name as it is kept; CmdeskError for one that is empty, too long or taken."""
    kept = " ".join(name.split())
    if not kept or len(kept) > LONGEST_NAME:
        raise CmdeskError(_("A group's name has 1 to {most} characters.").format(most=LONGEST_NAME), _("Choose another name."))
    taken = connection.execute("SELECT name FROM groups").fetchall()
    if any(row[0].casefold() == kept.casefold() for row in taken) or PREFIX + kept.casefold() in _refs(connection):
        raise CmdeskError(_("There is a group named “{name}” already.").format(name=kept), _("Choose another name."))
    return kept


def _refs(connection: sqlite3.Connection) -> set[str]:
    return {row[0] for row in connection.execute("SELECT ref FROM made_groups")}


def values(name: str, parent_ref: str, members: Sequence[str]) -> tuple[dict[str, str], dict[str, str]]:
    """Key and values of the command's row; CmdeskError for fewer than two people."""
    people = sorted(set(members))
    if len(people) < LEAST:
        raise CmdeskError(_("A group has two people at least."), _("Choose a circle, or more people."))
    row = {"name": name, "parent_ref": parent_ref, "members": msgspec.json.encode(people).decode()}
    return {"ref": PREFIX + name.casefold()}, row
