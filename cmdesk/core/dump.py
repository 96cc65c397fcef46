"""The canonical text of a community: every fact and every command, sorted by key, without row ids, history, import records and assessments.
Two files with equal dumps hold the same. It always holds names."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from typing import Any

import msgspec

_SOURCE = "s.platform || ':' || s.key"
_IDENTITY = f"(SELECT {_SOURCE} || '/' || i.key FROM identities i JOIN sources s ON s.id = i.source_id WHERE i.id = {{}})"
_GROUP = "(SELECT g.ref FROM groups g WHERE g.id = {})"
_POST = f"(SELECT {_SOURCE} || '/' || p.key FROM posts p JOIN sources s ON s.id = p.source_id WHERE p.id = {{}})"

_QUERIES: tuple[tuple[str, str], ...] = (
    ("source", "SELECT platform || ':' || key FROM sources ORDER BY 1"),
    ("person", f"SELECT {_SOURCE} || '/' || i.key, i.stated, i.facts FROM identities i JOIN sources s ON s.id = i.source_id ORDER BY 1"),
    ("group", "SELECT ref, stated, facts FROM groups WHERE source_id IS NOT NULL ORDER BY 1"),
    (
        "membership",
        f"SELECT {_GROUP.format('m.group_id')}, {_IDENTITY.format('m.identity_id')}, m.audience, m.joined, m.left_at FROM memberships m"
        " JOIN groups own ON own.id = m.group_id AND own.source_id IS NOT NULL ORDER BY 1, 2, 3",
    ),
    (
        "post",
        f"SELECT {_SOURCE} || '/' || p.key, {_IDENTITY.format('p.author_id')}, {_GROUP.format('p.group_id')}, p.at, p.local, p.thread, p.reply_to,"
        f" {_IDENTITY.format('p.reply_author')}, p.flags, p.length, p.tags, p.title, p.edited, p.unnamed_reactions,"
        " (SELECT t.text FROM texts t WHERE t.id = p.id) FROM posts p JOIN sources s ON s.id = p.source_id ORDER BY 1",
    ),
    ("mention", f"SELECT {_POST.format('m.post_id')}, {_IDENTITY.format('m.identity_id')} FROM mentions m ORDER BY 1, 2"),
    (
        "reaction",
        f"SELECT {_POST.format('r.post_id')}, {_IDENTITY.format('r.identity_id')}, r.kind, r.at FROM reactions r ORDER BY 1, 2, 3",
    ),
    ("accepted", f"SELECT {_POST.format('a.post_id')}, {_IDENTITY.format('a.identity_id')}, a.at FROM accepted a ORDER BY 1"),
    ("share", "SELECT replace(key, char(31), ' | '), at FROM shares ORDER BY 1"),
    ("viewing", f"SELECT {_POST.format('v.post_id')}, {_IDENTITY.format('v.identity_id')}, v.at FROM viewings v ORDER BY 1, 2"),
    (
        "page",
        f"SELECT {_SOURCE} || '/' || p.key, {_GROUP.format('p.group_id')}, {_IDENTITY.format('p.author_id')}, p.title, p.updated, p.views"
        " FROM pages p JOIN sources s ON s.id = p.source_id ORDER BY 1",
    ),
    (
        "attendance",
        f"SELECT {_SOURCE} || '/' || a.event, {_IDENTITY.format('a.identity_id')}, {_GROUP.format('a.group_id')}, a.at"
        " FROM attendances a JOIN sources s ON s.id = a.source_id ORDER BY 1, 2",
    ),
    ("rating", "SELECT replace(key, char(31), ' | '), value, at FROM ratings ORDER BY 1"),
    ("stated_tie", "SELECT replace(key, char(31), ' | '), weight, directed, at, asked, low, high FROM stated_ties ORDER BY 1"),
    ("asked", "SELECT replace(key, char(31), ' | '), answered, at FROM asked ORDER BY 1"),
    ("input", "SELECT about, ref, field, day, value FROM inputs ORDER BY 1, 2, 3, 4"),
    ("goal", "SELECT group_ref, goal, importance FROM goals ORDER BY 1, 2"),
    ("edit", "SELECT kind, ref, field, value FROM edits ORDER BY 1, 2, 3"),
    ("link", "SELECT one, other, same FROM links ORDER BY 1, 2"),
    ("entry", "SELECT about, ref, field, day, value FROM entries ORDER BY 1, 2, 3, 4"),
    ("made_group", "SELECT ref, name, parent_ref, members FROM made_groups ORDER BY 1"),
    ("goal_model", "SELECT id, text FROM goal_models ORDER BY 1"),
    ("note", "SELECT day, text FROM notes ORDER BY 1, 2"),
    ("view", "SELECT page, name, shows FROM named_views ORDER BY 1, 2"),
    ("setting", "SELECT key, value FROM settings WHERE key IN ('goal_model', 'name', 'zone', 'simulated') ORDER BY 1"),
)


def text(connection: sqlite3.Connection) -> Iterator[str]:
    """The dump, line by line: the kind, a tab, and the values as a JSON array."""
    for kind, query in _QUERIES:
        for row in connection.execute(query):
            yield f"{kind}\t{_line(row)}"


def _line(row: tuple[Any, ...]) -> str:
    return msgspec.json.encode(list(row)).decode()
