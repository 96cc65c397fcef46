"""The lists that a person fills in elsewhere: what an exporter of accepts="lists" gets. They come back through an import."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping

import msgspec

from cmdesk.core import filled, groups, links, members, worklist
from cmdesk.core.contributions import Importer
from cmdesk.core.input_fields import CHECKS
from cmdesk.core.schema import ROOT


class Linked(msgspec.Struct, frozen=True):
    """A thread or page, and its web address ("" where nobody can tell)."""

    row: worklist.ThreadRow | worklist.PageRow
    link: str


class GroupToFill(msgspec.Struct, frozen=True):
    """A group with what was answered of its checklist by hand: item → yes or no. `review` is an ISO day or "". `purpose` is the user's own, ""
    where only the platform states one: `known_purpose`."""

    ref: str
    path: str
    goals: tuple[str, ...]
    owner: str
    purpose: str
    known_purpose: str
    answers: dict[str, bool]
    review: str


class Profile(msgspec.Struct, frozen=True):
    """A member's profile. `key` is a platform key, or without names the pseudonym; `groups` are paths; `reviewed` an ISO day or ""."""

    key: str
    label: str
    unit: str
    role: str
    reviewed: str
    place: str = ""
    expertise: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()


class ListsToFill(msgspec.Struct, frozen=True, kw_only=True):
    """Everything that can be filled in. Without `names` owners are left empty: an empty cell says nothing when it comes back."""

    community: str
    zone: str
    threads: tuple[Linked, ...]
    pages: tuple[Linked, ...]
    groups: tuple[GroupToFill, ...]
    profiles: tuple[Profile, ...]
    names: bool
    simulated: bool = False


def gather(connection: sqlite3.Connection, importers: Mapping[str, Importer], places: Mapping[str, str], names: bool, group_id: int = ROOT) -> ListsToFill:
    """The lists of a community, threads and pages of one group and those inside it."""
    from cmdesk.core.community import setting, simulated

    found = worklist.Threads(connection, group_id)
    threads = found.rows(connection, found.ids, names)
    pages = worklist.pages(connection, group_id, names=True)
    if not names:
        pages = [msgspec.structs.replace(row, owner="") for row in pages]

    def linked(row: worklist.ThreadRow | worklist.PageRow) -> Linked:
        return Linked(row, links.link(importers, places, row.source, row.key))

    return ListsToFill(
        community=str(setting(connection, "name", "")), zone=str(setting(connection, "zone", "UTC")), threads=tuple(map(linked, threads)),
        pages=tuple(map(linked, pages)), groups=tuple(_groups(connection, names)), profiles=tuple(_profiles(connection, names)), names=names,
        simulated=simulated(connection),
    )  # fmt: skip


def _groups(connection: sqlite3.Connection, names: bool) -> list[GroupToFill]:
    newest = filled.latest(connection, "group")
    found = []
    typed = {ref for (ref,) in connection.execute("SELECT ref FROM edits WHERE kind = 'group' AND field = 'purpose'")}
    for row in groups.rows(connection):
        fields = newest.get(row.ref, {})
        answers = {item: fields[f"check_{item}"].value == "yes" for item in CHECKS if f"check_{item}" in fields}
        review = fields["review"].value if "review" in fields else ""
        purpose = row.purpose if row.ref in typed or "purpose" in fields else ""
        goals = tuple(goal for goal, _importance in row.goals)
        found.append(GroupToFill(row.ref, row.path, goals, row.owner if names else "", purpose, row.purpose, answers, review))
    return found


def _profiles(connection: sqlite3.Connection, names: bool) -> list[Profile]:
    said = {ref: every[-1].day for (ref, _field), every in filled.said(connection, "member", "reviewed").items()}
    known = connection.execute("SELECT id, ref, code FROM members WHERE NOT is_bot AND NOT deleted AND NOT opted_out").fetchall()
    keys = {id: (ref, code) for id, ref, code in known}
    rows = members.rows(connection, [id for id in members.ids(connection, names=names) if id in keys], names)
    inside, more = _inside(connection), _more(connection) if names else {}
    return [
        Profile(
            keys[row.id][0] if names else keys[row.id][1], row.label, row.unit, row.role, said.get(keys[row.id][0], ""),
            *more.get(row.id, ("", ())), inside.get(row.id, ()),
        )
        for row in rows
    ]  # fmt: skip


def _inside(connection: sqlite3.Connection) -> dict[int, tuple[str, ...]]:
    """Member → paths of the groups of a platform that it is in, sorted."""
    paths = {row.id: row.path for row in groups.rows(connection) if row.id != ROOT}
    found: dict[int, set[str]] = {}
    query = "SELECT i.member_id, b.group_id FROM belongs b JOIN identities i ON i.id = b.identity_id WHERE NOT b.audience AND b.left_at IS NULL"
    for member, group in connection.execute(query):
        if group in paths:
            found.setdefault(member, set()).add(paths[group])
    return {member: tuple(sorted(names)) for member, names in found.items()}


def _more(connection: sqlite3.Connection) -> dict[int, tuple[str, tuple[str, ...]]]:
    """Member → place and expertise: with names only, for both may tell who it is."""
    rows = connection.execute("SELECT id, place, expertise FROM members")
    return {id: (place, tuple(msgspec.json.decode(text, type=list[str]))) for id, place, text in rows}
