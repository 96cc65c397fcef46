"""The kinds of fact that are merged row by row: where they lie in staging, where they go, what makes two of them the same fact."""

from __future__ import annotations

import msgspec

from cmdesk.core.references import known_ref
from cmdesk.core.text import N_


class Kind(msgspec.Struct, frozen=True, kw_only=True):
    """`key`: columns that identify a fact; `values`: columns in which the newest export wins; `select`: staging rows with every column of
    the table, keys resolved to ids (`sid` is the staging row). `needs`: a column that stays NULL where what it refers to is unknown; such
    rows are set aside with `lack`, and told by the column `named` of staging (without one by their number)."""

    name: str
    table: str
    staging: str
    key: tuple[str, ...]
    values: tuple[str, ...]
    select: str
    needs: str = ""
    lack: str = ""
    named: str = ""

    @property
    def columns(self) -> tuple[str, ...]:
        """All columns but the id."""
        return (*self.key, *self.values)


_POST = (
    "CASE WHEN s.post IS NOT NULL THEN coalesce((SELECT m.id FROM staging.map_post m WHERE m.sid = s.post), s.post + :post)"
    " ELSE (SELECT t.id FROM posts t WHERE t.source_id = o.source_id AND t.key = s.post_key) END"
)
_GROUP = "CASE WHEN s.grp = 0 THEN 1 ELSE (SELECT g.group_id FROM staging.groups g WHERE g.id = s.grp) END"
_GROUP_OR_NONE = "(SELECT g.group_id FROM staging.groups g WHERE g.id = s.grp)"


def _identity(column: str) -> str:
    return f"(SELECT p.identity_id FROM staging.persons p WHERE p.id = s.{column})"


_ORIGIN = "JOIN staging.origins o ON o.id = s.origin"
_NO_POST = N_("its post is in no export that was imported")

KINDS: tuple[Kind, ...] = (
    Kind(
        name="membership", table="memberships", staging="memberships", key=("group_id", "identity_id", "audience"), values=("joined", "left_at"),
        select=f"SELECT s.id AS sid, {_GROUP} AS group_id, {_identity('person')} AS identity_id, s.audience, s.joined, s.left_at"
        " FROM staging.memberships s",
    ),
    Kind(
        name="post", table="posts", staging="posts", key=("source_id", "key"),
        values=("author_id", "group_id", "at", "local", "thread", "reply_to", "reply_author", "flags", "length", "tags", "title", "edited",
                "unnamed_reactions"),
        select=f"SELECT s.id AS sid, o.source_id, s.key, {_identity('author')} AS author_id, {_GROUP} AS group_id, s.at, s.local, nullif(s.thread, '') AS thread,"
        f" s.reply_to, {_identity('reply_author')} AS reply_author, s.flags, s.length, s.tags, s.title, s.edited, s.unnamed_reactions"
        f" FROM staging.posts s {_ORIGIN}",
    ),
    Kind(
        name="text", table="texts", staging="texts", key=("id",), values=("text",),
        select="SELECT s.id AS sid, coalesce((SELECT m.id FROM staging.map_post m WHERE m.sid = s.post), s.post + :post) AS id, s.text"
        " FROM staging.texts s",
    ),
    Kind(
        name="mention", table="mentions", staging="mentions", key=("post_id", "identity_id"), values=(),
        select="SELECT s.id AS sid, coalesce((SELECT m.id FROM staging.map_post m WHERE m.sid = s.post), s.post + :post) AS post_id,"
        f" {_identity('person')} AS identity_id FROM staging.mentions s",
    ),
    Kind(
        name="reaction", table="reactions", staging="reactions", key=("post_id", "identity_id", "kind"), values=("at",),
        select=f"SELECT s.id AS sid, {_POST} AS post_id, {_identity('person')} AS identity_id, s.kind, s.at FROM staging.reactions s {_ORIGIN}",
        needs="post_id", lack=_NO_POST,
    ),
    Kind(
        name="accepted", table="accepted", staging="accepted", key=("post_id",), values=("identity_id", "at"),
        select=f"SELECT s.id AS sid, {_POST} AS post_id, {_identity('person')} AS identity_id, s.at FROM staging.accepted s {_ORIGIN}",
        needs="post_id", lack=_NO_POST,
    ),
    Kind(
        name="share", table="shares", staging="shares", key=("key",), values=("post_id", "identity_id", "group_id", "at"),
        select=f"SELECT s.id AS sid, s.key, {_POST} AS post_id, {_identity('person')} AS identity_id, {_GROUP_OR_NONE} AS group_id, s.at"
        f" FROM staging.shares s {_ORIGIN}",
        needs="post_id", lack=_NO_POST,
    ),
    Kind(
        name="viewing", table="viewings", staging="viewings", key=("post_id", "identity_id"), values=("at",),
        select=f"SELECT s.id AS sid, {_POST} AS post_id, {_identity('person')} AS identity_id, s.at FROM staging.viewings s {_ORIGIN}",
        needs="post_id", lack=_NO_POST,
    ),
    Kind(
        name="page", table="pages", staging="pages", key=("source_id", "key"), values=("group_id", "author_id", "title", "updated", "views"),
        select=f"SELECT s.id AS sid, o.source_id, s.key, {_GROUP} AS group_id, {_identity('author')} AS author_id, s.title, s.updated, s.views"
        f" FROM staging.pages s {_ORIGIN}",
    ),
    Kind(
        name="attendance", table="attendances", staging="attendances", key=("source_id", "event", "identity_id"), values=("group_id", "at"),
        select=f"SELECT s.id AS sid, o.source_id, s.event, {_identity('person')} AS identity_id, {_GROUP_OR_NONE} AS group_id, s.at"
        f" FROM staging.attendances s {_ORIGIN}",
    ),
    Kind(
        name="rating", table="ratings", staging="ratings", key=("key",), values=("identity_id", "item", "value", "group_id", "at"),
        select=f"SELECT s.id AS sid, s.key, {_identity('person')} AS identity_id, s.item, s.value, {_GROUP_OR_NONE} AS group_id, s.at"
        " FROM staging.ratings s",
    ),
    Kind(
        name="stated_tie", table="stated_ties", staging="stated_ties", key=("key",),
        values=("source_id", "source_identity", "target_identity", "relation", "weight", "directed", "at", "asked", "low", "high"),
        select=f"SELECT s.id AS sid, s.key, o.source_id, {_identity('source')} AS source_identity, {_identity('target')} AS target_identity,"
        f" s.relation, s.weight, s.directed, s.at, s.asked, s.low, s.high FROM staging.stated_ties s {_ORIGIN}",
    ),
    Kind(
        name="asked", table="asked", staging="asked", key=("key",),
        values=("source_id", "identity_id", "about_id", "relation", "answered", "at"),
        select=f"SELECT s.id AS sid, s.key, o.source_id, {_identity('person')} AS identity_id, {_identity('about')} AS about_id, s.relation,"
        f" s.answered, s.at FROM staging.asked s {_ORIGIN}",
    ),
    Kind(
        name="input", table="inputs", staging="inputs", key=("about", "ref", "field", "day"), values=("value",),
        select=f"SELECT s.id AS sid, s.about, {known_ref('s.about', 's.ref')} AS ref, s.field, s.day, s.value FROM staging.inputs s",
        needs="ref", lack=N_("nothing in this community has this key; export the list again and fill that in"), named="ref",
    ),
)  # fmt: skip
"""In the order in which they are merged (posts before what points at them); undo goes the other way."""

BY_NAME = {kind.name: kind for kind in KINDS}
