"""Which tables of a source are those of a Viva Engage export, told by their heads, whatever the files are called."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING

import msgspec

from cmdesk.api import N_, CmdeskError

if TYPE_CHECKING:
    from cmdesk.api import Source

_LOOK = 1 << 14
_ENOUGH = 400  # tables that are looked at
_SUFFIXES = (".csv", ".txt", ".tsv")
_KINDS: dict[str, tuple[frozenset[str], float]] = {
    "messages": (frozenset({"id", "replied_to_id", "thread_id", "sender_id", "body"}), 0.97),
    "users": (frozenset({"id", "email", "joined_at", "state", "suspended_by_id"}), 0.95),
    "groups": (frozenset({"id", "name", "private", "created_by_id", "moderated"}), 0.95),
}  # fmt: skip
"""Columns that a table of this kind has at least, and how sure that is."""
_GROUP = ("group_id", "groupid", "community_id", "communityid", "yammer_group_id", "group", "group_name", "groupname", "community", "community_name")
_USER = ("user_id", "userid", "member_id", "memberid", "yammer_user_id", "guid", "office365_user_id", "aad_user_id", "user_email", "email", "mail",
         "userprincipalname", "user_principal_name", "upn", "member_email", "id")  # fmt: skip
_SINCE = ("joined_at", "joined", "created_at", "member_since", "date_joined")
_NOT_READ = {
    "messageversions": N_("earlier versions of messages are not read"), "admins": N_("administrators are known from no other table and not read"),
    "files": N_("attached files are not read"), "likedmessages": N_("it does not say who liked the messages"), "pages": N_("notes are not read"),
    "log": N_("the log of the export is not read"), "request": N_("the settings of the export are not read"),
}  # fmt: skip
_SAME_COLUMNS = ("messageversions", "likedmessages", "bestreplymessages")
"""Tables of messages that say something else than who wrote what."""


class Part(msgspec.Struct, frozen=True):
    """One table: its entry, what it is, the folder it lies in, and where its columns stand (names in small letters)."""

    name: str
    kind: str
    folder: str
    columns: dict[str, int]

    def role(self, *names: str) -> int | None:
        """The column that has the first of these names that the table knows."""
        return next((self.columns[name] for name in names if name in self.columns), None)


class Membership(msgspec.Struct, frozen=True):
    """The columns of a table of members."""

    group: int
    user: int
    since: int | None


class Layout(msgspec.Struct):
    """The tables of a source by kind, and what is not read, and why."""

    parts: dict[str, list[Part]] = {}
    other: dict[str, str] = {}

    def of(self, kind: str) -> list[Part]:
        """The tables of a kind, sorted by name: months and days come one after another."""
        return self.parts.get(kind, [])


def sniff(source: Source) -> float:
    """0–1: how sure it is that the source is a Viva Engage export."""
    try:
        names = _tables(source)[:_ENOUGH]
        return max((_KINDS[kind][1] for name in names if (kind := _kind(columns(source, name))) in _KINDS), default=0.0)
    except CmdeskError:
        return 0.0


def find(source: Source) -> Layout:
    """Sort the entries of a source."""
    layout = Layout()
    tables = set(_tables(source))
    for entry in source.entries():
        base = entry.name.rpartition("/")[2].rpartition(".")[0].casefold()
        heads = columns(source, entry.name) if entry.name in tables else {}
        kind = "" if base in _SAME_COLUMNS else _kind(heads)
        if not kind and base in ("networks", "topics", "bestreplymessages") and "id" in heads:
            kind = base
        if not kind and base not in _NOT_READ and members(heads) is not None:
            kind = "members"
        if kind:
            folder = entry.name.rpartition("/")[0].rpartition("/")[2]
            layout.parts.setdefault(kind, []).append(Part(entry.name, kind, folder, heads))
        else:
            in_folder = "files/" in entry.name.casefold()
            where = f"{entry.name.rpartition('/')[0]}/*" if in_folder else entry.name
            layout.other[where] = _NOT_READ["files"] if in_folder else _NOT_READ.get(base, N_("its columns are not known"))
    return layout


def _tables(source: Source) -> list[str]:
    entries = source.entries()
    if len(entries) == 1:
        return [entries[0].name]
    return [entry.name for entry in entries if entry.name.lower().endswith(_SUFFIXES)]


def columns(source: Source, name: str) -> dict[str, int]:
    """Where the columns of a table stand, {} if it is none."""
    head = source.head(name, _LOOK)
    if head[:2] in (b"\xff\xfe", b"\xfe\xff"):
        text = head.decode("utf-16", "ignore")
    elif b"\0" in head[:2]:
        text = head.decode("utf-16-be" if head[:1] == b"\0" else "utf-16-le", "ignore")
    else:
        text = head.decode("utf-8-sig", "replace")
    lines = [line for line in text.splitlines()[:3] if line.strip()]
    if lines and lines[0].strip('"').lower().startswith("sep="):
        lines = lines[1:]
    if not lines or lines[0][:1] in "{[<":
        return {}
    delimiter = max(",;\t|", key=lines[0].count)
    try:
        cells = next(csv.reader([lines[0]], delimiter=delimiter))
    except (csv.Error, StopIteration):
        return {}
    return {cell.strip().casefold().replace(" ", "_"): k for k, cell in reversed(list(enumerate(cells)))}


def _kind(heads: dict[str, int]) -> str:
    return next((kind for kind, (needed, _sure) in _KINDS.items() if needed <= heads.keys()), "")


def members(heads: dict[str, int]) -> Membership | None:
    """The columns that say who is in which group, None if the table does not."""
    group = next((heads[name] for name in _GROUP if name in heads), None)
    user = next((heads[name] for name in _USER if name in heads and heads[name] != group), None)
    if group is None or user is None:
        return None
    return Membership(group, user, next((heads[name] for name in _SINCE if name in heads), None))
