"""Which file of a source is what: told by the first bytes, since everybody names them as they like."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import msgspec

from cmdesk.api import CmdeskError

if TYPE_CHECKING:
    from cmdesk.api import Source

_LOOK = 1 << 17
TOPIC, POST, POSTS, LATEST, TOPICS, CATEGORIES, ITEMS, USERS, EXPLORER_JSON, EXPLORER = (
    "topic", "post", "posts", "latest", "topics", "categories", "items", "users", "explorer json", "explorer",
)  # fmt: skip
PATHS = {TOPIC: ("post_stream", "posts"), LATEST: ("latest_posts",), TOPICS: ("topic_list", "topics"), EXPLORER_JSON: ("rows",), POST: ()}
"""Where the records of a kind of JSON document stand."""
_IS_POST = (b'"post_number"', b'"topic_id"')
_ABOUT_POSTS = frozenset({"post_number", "reply_to_post_number", "post_id", "answer_post_id"})
_ABOUT_PEOPLE = frozenset({"username", "user_id", "user", "acting_user_id", "accepter_user_id"})


class File(msgspec.Struct, frozen=True):
    """An entry of a known kind. `items` are the keys of its outermost object where they matter."""

    name: str
    kind: str


def find(source: Source) -> tuple[list[File], list[str]]:
    """(entries that are read, the others), in the order in which they are to be read: what names things first."""
    found: list[File] = []
    other: list[str] = []
    for entry in source.entries():
        kind = kind_of(source, entry.name) if entry.size else ""
        if kind:
            found.append(File(entry.name, kind))
        else:
            other.append(entry.name)
    order = (USERS, CATEGORIES, EXPLORER_JSON, EXPLORER, POST, POSTS, LATEST, ITEMS, TOPIC, TOPICS)
    found.sort(key=lambda file: (order.index(file.kind), file.name))
    return found, other


def sniff(source: Source) -> float:
    """0–1: how sure it is that the source comes from Discourse."""
    try:
        names = [entry.name for entry in source.entries() if entry.size]
        kinds = [kind_of(source, name) for name in names[:20]]
    except CmdeskError:
        return 0.0
    known = [kind for kind in kinds if kind]
    if not known or 2 * len(known) < len(kinds):
        return 0.0
    return 0.95 if any(kind != EXPLORER for kind in known) else 0.93


def kind_of(source: Source, name: str) -> str:
    """What an entry is; "" for nothing of Discourse."""
    head = source.head(name, _LOOK).lstrip(b"\xef\xbb\xbf \t\r\n")
    if head.startswith((b"{", b"[")):
        return _json_kind(head)
    if name.lower().endswith((".csv", ".tsv", ".txt")) or b"," in head[:2_000]:
        return _table_kind(head)
    return ""


def _json_kind(head: bytes) -> str:
    begin = head[:_LOOK]
    if re.match(rb"\[\s*\{", begin) or re.match(rb"\{[^\n]*\}\s*\n\s*\{", begin):
        if b'"backend_name"' in begin and b"iscourse" in begin:
            return ITEMS
        return POSTS if all(mark in begin for mark in _IS_POST) and (b'"cooked"' in begin or b'"raw"' in begin) else ""
    if b'"backend_name"' in begin and b'"post_stream"' in begin:
        return ITEMS
    if b'"topic_list"' in begin and b'"topics"' in begin:
        return TOPICS
    if b'"latest_posts"' in begin[:2_000]:
        return LATEST
    if b'"category_list"' in begin[:2_000]:
        return CATEGORIES
    if re.search(rb'"columns"\s*:\s*\[', begin) and re.search(rb'"(?:success|result_count|default_limit)"', begin):
        return EXPLORER_JSON
    if b'"post_stream"' in begin or (b'"actions_summary"' in begin and b'"archetype"' in begin):
        return TOPIC
    return POST if all(mark in begin for mark in _IS_POST) and (b'"cooked"' in begin or b'"raw"' in begin) else ""


def _table_kind(head: bytes) -> str:
    first = head.split(b"\n", 1)[0].decode("utf-8", "replace").strip().lower()
    columns = {column.strip(' "') for column in re.split("[,;\t]", first)}
    if {"username", "trust_level", "posts_read_count"} <= columns:
        return USERS
    if columns & {"topic_id"} and columns & {"post_number", "post_id", "reply_to_post_number", "answer_post_id"} and columns & _ABOUT_PEOPLE:
        return EXPLORER
    if {"post_id", "post_action_type_id"} <= columns or {"answer_post_id", "topic_id"} <= columns:
        return EXPLORER
    return EXPLORER if {"group_id", "user_id"} <= columns or {"group_name", "username"} == columns else ""
