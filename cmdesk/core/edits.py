"""What the user says over what the platforms say: purpose and owner of a group, the community's name, a member's unit or role."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from typing import Any

import msgspec

from cmdesk.core import groups, history
from cmdesk.core.community import ROOT_REF, Community
from cmdesk.core.errors import CmdeskError
from cmdesk.core.text import N_, _
from cmdesk.core.when import now

GROUP_FIELDS = ("purpose", "owner", "name")
LONGEST_NAME = 80
"""Characters of a run's name."""
MEMBER_FIELDS = ("name", "unit", "role", "place", "organisation", "is_moderator", "is_leader", "opted_out")


def edit_group(community: Community, group_id: int, **values: str) -> None:
    """Set fields of a group (GROUP_FIELDS) as one undoable command; an empty text takes the user's value away."""
    with community.reading() as connection:
        ref = groups.ref_of(connection, group_id)
    if ref == ROOT_REF and "name" in values:
        raise CmdeskError(_("The whole community is named like the community."), _("Rename the community instead."))
    _edit(community, "group", ref, values, GROUP_FIELDS, "groups")


def own_groups(community: Community, owners: Mapping[int, str], title: str) -> None:
    """Name the owners of several groups (group id → owner) as one undoable command with this title."""
    with community.reading() as connection:
        changes = [_change(connection, "group", groups.ref_of(connection, group_id), "owner", owner) for group_id, owner in owners.items()]
    changes = [change for change in changes if _differs(change)]
    if changes:
        history.command(community, "edit", title, changes, tables=("groups",))


def edit_member(community: Community, member_id: int, **values: Any) -> None:
    """Set fields of a member (MEMBER_FIELDS) as one undoable command; an empty value takes the user's value away."""
    with community.reading() as connection:
        row = connection.execute("SELECT ref FROM members WHERE id = ?", (member_id,)).fetchone()
    if row is None:
        raise CmdeskError(_("That member is no longer there."), _("It may have gone with an import that was undone."))
    _edit(community, "member", row[0], values, MEMBER_FIELDS, "members")


def name_assessment(community: Community, assessment_id: int, name: str) -> None:
    """Give a run a name of the user's, as one undoable command; an empty one takes it away."""
    _edit(community, "assessment", str(assessment_id), {"name": " ".join(name.split())[:LONGEST_NAME]}, ("name",), "assessments")


def _edit(community: Community, kind: str, ref: str, values: dict[str, Any], allowed: tuple[str, ...], table: str) -> None:
    unknown = sorted(set(values) - set(allowed))
    if unknown:
        raise CmdeskError(
            _("{names} cannot be edited.").format(names=", ".join(unknown)), _("These can: {names}.").format(names=", ".join(allowed))
        )
    changes = []
    with community.reading() as connection:
        for field, value in values.items():
            change = _change(connection, kind, ref, field, value)
            if _differs(change):
                changes.append(change)
    if changes:
        title = N_("{kind}: {names} edited").format(kind=kind.capitalize(), names=', '.join(change.key['field'] for change in changes))
        history.command(community, "edit", title, changes, tables=(table,))


def _change(connection: sqlite3.Connection, kind: str, ref: str, field: str, value: object) -> history.RowChange:
    after = None if value in ("", None) else {"value": msgspec.json.encode(value).decode(), "at": now()}
    return history.change(connection, "edits", {"kind": kind, "ref": ref, "field": field}, after)


def member_change(connection: sqlite3.Connection, ref: str, field: str, value: object) -> history.RowChange:
    """The change of one field of a member (by platform key), for a command of many."""
    return _change(connection, "member", ref, field, value)


def _differs(change: history.RowChange) -> bool:
    return (change.before or {}).get("value") != (change.after or {}).get("value")
