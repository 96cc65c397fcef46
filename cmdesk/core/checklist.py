"""The manageability checklist of a group: what the data tell of it, and what people answered. An answer goes before what the data tell."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping

import msgspec

from cmdesk.core import filled
from cmdesk.core.input_fields import CHECKS
from cmdesk.core.owners import Owners
from cmdesk.core.text import _

ACTIVE_DAYS = 30
"""A named owner wrote within so many days before T."""
ROLES_SEEN = 0.60
"""Roles are visible where so many of the active members have a name and a role or expertise (the acceptable edge of `prof`)."""
_DAY = 86_400_000_000


class Item(msgspec.Struct, frozen=True):
    """An item: `told` is what the data say (None: they cannot), `answer` what was answered by hand (None: not), `day` when (ISO)."""

    name: str
    told: bool | None
    answer: bool | None
    day: str = ""

    @property
    def holds(self) -> bool | None:
        """What counts; None: not known, which counts as no."""
        return self.told if self.answer is None else self.answer


class Checklist(msgspec.Struct, frozen=True):
    """A group's items in the order of CHECKS, its owner as typed, and the day of the next review (ISO, "" where none is set). `value`: the
    share of the items that hold; None as long as nobody answered anything by hand."""

    items: tuple[Item, ...]
    owner: str
    review: str
    value: float | None


def share(holds: Mapping[str, bool | None], answered: bool) -> float | None:
    """How many of the items hold, of all; None where nobody answered anything by hand."""
    return sum(1 for item in CHECKS if holds.get(item)) / len(CHECKS) if answered else None


def words(item: str) -> str:
    """An item as a sentence."""
    return {
        "owner": _("A named owner was active in the last 30 days"), "purpose": _("The purpose is stated"),
        "posting": _("Who may post what is stated"), "roles": _("One sees the roles of those who write"),
        "rule": _("The rule for moderation or decisions is known"), "review": _("A day for the next review is set"),
    }[item]  # fmt: skip


def of(connection: sqlite3.Connection, group_id: int, window_days: int = 180) -> Checklist:
    """The checklist of a group as of the last day with data."""
    ref, purpose, owner = connection.execute("SELECT ref, purpose, owner FROM groups WHERE id = ?", (group_id,)).fetchone()
    fields = filled.latest(connection, "group").get(ref, {})
    until = connection.execute("SELECT max(at) FROM posts").fetchone()[0]
    told = {
        "owner": _owner_active(connection, owner, until), "purpose": bool(purpose.strip()), "posting": None,
        "roles": _roles_seen(connection, group_id, until, window_days), "rule": None, "review": "review" in fields,
    }  # fmt: skip
    items = []
    for name in CHECKS:
        answer = fields.get(f"check_{name}")
        items.append(Item(name, told[name], None if answer is None else answer.value == "yes", "" if answer is None else answer.day))
    answered = "review" in fields or any(item.answer is not None for item in items)
    review = fields["review"].value if "review" in fields else ""
    return Checklist(tuple(items), owner, review, share({item.name: item.holds for item in items}, answered))


def _owner_active(connection: sqlite3.Connection, owner: str, until: int | None) -> bool | None:
    if not owner.strip():
        return False
    owners = Owners(connection)
    member = owners.member(owner)
    if member is None or member in owners.opted_out or until is None:
        return None
    query = "SELECT max(p.at) FROM posts p JOIN identities i ON i.id = p.author_id WHERE i.member_id = ?"
    last = connection.execute(query, (member,)).fetchone()[0]
    return last is not None and last > until - ACTIVE_DAYS * _DAY


def _roles_seen(connection: sqlite3.Connection, group_id: int, until: int | None, window_days: int) -> bool | None:
    if until is None or connection.execute("SELECT 1 FROM members WHERE role <> '' OR expertise <> '[]' LIMIT 1").fetchone() is None:
        return None
    inside = "WITH RECURSIVE inside(id) AS (SELECT ? UNION SELECT g.id FROM groups g JOIN inside ON g.parent_id = inside.id)"
    row = connection.execute(
        f"{inside} SELECT count(*), sum(m.name <> '' AND (m.role <> '' OR m.expertise <> '[]')) FROM members m WHERE NOT m.is_bot AND NOT m.deleted"
        " AND NOT m.opted_out AND m.id IN (SELECT i.member_id FROM posts p JOIN identities i ON i.id = p.author_id"
        " WHERE p.group_id IN (SELECT id FROM inside) AND p.at > ? AND NOT p.flags & 8)",
        (group_id, until - window_days * _DAY),
    ).fetchone()
    return None if not row[0] else row[1] >= ROLES_SEEN * row[0]
