"""The private staging file that the worker fills: facts with keys turned into small integers, text turned into facts about it.

Nothing here is ever opened by a user: it is made, merged and deleted within one import, so it keeps no journal and is never synced.
"""

from __future__ import annotations

import os
import sqlite3
from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import msgspec

from cmdesk.core import input_fields
from cmdesk.core.errors import ImportProblem
from cmdesk.core.importing import text_rules
from cmdesk.core.importing.staging_file import INSERTS, KEY_LENGTH, TABLES, Summary, clean
from cmdesk.core.records import (
    FACT_KINDS,
    Accepted,
    Attendance,
    Group,
    Input,
    Membership,
    Origin,
    Page,
    Person,
    Post,
    Rating,
    Reaction,
    Record,
    Share,
    StatedTie,
    Viewing,
)
from cmdesk.core.schema import EVENT
from cmdesk.core.text import N_, _

_BATCH = 5_000
_EARLIEST, _LATEST = -62_135_596_800_000_000, 253_402_300_799_999_999  # the years 1 and 9999 in µs: what a date can say


class Staging:
    """Writes records of one import. `add` takes them in the order in which an importer yields them; `finish` writes what is left."""

    def __init__(self, path: Path, *, keep_text: bool) -> None:
        self._connection = sqlite3.connect(os.fspath(path), isolation_level=None)
        self._connection.execute("PRAGMA journal_mode=OFF")
        self._connection.execute("PRAGMA synchronous=OFF")
        self._connection.execute("PRAGMA locking_mode=EXCLUSIVE")
        for name, layout in TABLES.items():
            self._connection.execute(f"CREATE TABLE {name} ({layout}) STRICT")
        self._connection.execute("BEGIN")
        self._keep_text = keep_text
        self._origin = 0
        self._persons: dict[str, int] = {}
        self._groups: dict[str, int] = {}
        self._ids: Counter[str] = Counter()
        self._buffers: dict[str, list[tuple[Any, ...]]] = {name: [] for name in INSERTS}
        self._last_post: tuple[str, int] = ("", 0)
        self.stated: Counter[str] = Counter()
        self.set_aside: Counter[str] = Counter()
        self.first: int | None = None
        self.last: int | None = None
        self._by_type: dict[type[Record], Callable[[Any], None]] = {
            Origin: self._add_origin, Person: self._add_person, Group: self._add_group, Membership: self._add_membership,
            Post: self._add_post, Reaction: self._add_reaction, Accepted: self._add_accepted, Share: self._add_share,
            Page: self._add_page, Attendance: self._add_attendance, Viewing: self._add_viewing, Rating: self._add_rating,
            StatedTie: self._add_tie, Input: self._add_input,
        }  # fmt: skip

    def add_all(self, records: Iterable[Record]) -> None:
        """Write every record; ImportProblem if the importer breaks its contract (no Origin first, something that is no record)."""
        by_type = self._by_type
        for record in records:
            add = by_type.get(type(record))
            if add is None:
                raise ImportProblem(
                    _("The importer yielded a {name}, which is no record.").format(name=type(record).__name__),
                    _("Tell the importer's author."),
                )
            if not self._origin and type(record) is not Origin:
                raise ImportProblem(
                    _("The importer did not say where its facts come from (Origin first)."), _("Tell the importer's author.")
                )
            try:
                add(record)
            except _Unfit as unfit:
                self._refuse(record, str(unfit))

    def finish(self, summary: Summary, problems: Iterable[tuple[str, str]]) -> None:
        """Flush everything, write the summary and the problems, close the file."""
        for place, why in problems:
            self._put("set_aside", (self._next("set_aside"), clean(place), clean(why)))
        summary.stated, summary.facts_set_aside = dict(self.stated), dict(self.set_aside)
        summary.first, summary.last = self.first, self.last
        for name in INSERTS:
            self._flush(name)
        self._connection.execute("INSERT INTO meta VALUES ('summary', ?)", (msgspec.json.encode(summary).decode(),))
        self._connection.execute("COMMIT")
        self._connection.close()

    # — keys into integers —

    def _next(self, table: str) -> int:
        self._ids[table] += 1
        return self._ids[table]

    def _put(self, table: str, row: tuple[Any, ...]) -> None:
        buffer = self._buffers[table]
        buffer.append(row)
        if len(buffer) >= _BATCH:
            self._flush(table)

    def _flush(self, table: str) -> None:
        buffer = self._buffers[table]
        if buffer:
            self._connection.executemany(INSERTS[table], buffer)
            buffer.clear()

    def _person(self, key: str) -> int | None:
        if not key:
            return None
        found = self._persons.get(key)
        if found is None:
            found = self._persons[key] = self._next("persons")
            self._put("persons", (found, self._origin, clean(key)[:KEY_LENGTH], 0, ""))
        return found

    def _group(self, key: str) -> int:
        """0 is the root group: what happens nowhere in particular happens in the community."""
        if not key:
            return 0
        found = self._groups.get(key)
        if found is None:
            found = self._groups[key] = self._next("groups")
            self._put("groups", (found, self._origin, clean(key)[:KEY_LENGTH], 0, ""))
        return found

    def _time(self, at: int | None) -> int | None:
        if at is None:
            return None
        if not _EARLIEST <= at <= _LATEST:
            raise _Unfit(N_("its time is outside the years 1 to 9999"))
        if self.first is None or at < self.first:
            self.first = at
        if self.last is None or at > self.last:
            self.last = at
        return at

    def _refuse(self, record: Record, why: str) -> None:
        kind = FACT_KINDS[type(record)]
        self.set_aside[kind] += 1
        self._put("set_aside", (self._next("set_aside"), kind, clean(why)))

    def _post_ref(self, key: str) -> tuple[int | None, int, str | None]:
        """A post by its key: the row just written, else the key for the merge to find."""
        if key == self._last_post[0]:
            return self._last_post[1], self._origin, None
        return None, self._origin, clean(key)

    # — one method a kind —

    def _add_origin(self, record: Origin) -> None:
        self._flush("persons")
        self._flush("groups")
        row = self._connection.execute(
            "SELECT id FROM origins WHERE platform = ? AND key = ?", (clean(record.platform), clean(record.key))
        ).fetchone()
        if row is None:
            self._origin = self._next("origins")
            values = (self._origin, clean(record.platform), clean(record.key), clean(record.title))
            self._connection.execute("INSERT INTO origins (id, platform, key, title) VALUES (?,?,?,?)", values)
        else:
            self._origin = row[0]
        self._persons = self._known("persons")
        self._groups = self._known("groups")
        self._last_post = ("", 0)

    def _known(self, table: str) -> dict[str, int]:
        rows = self._connection.execute(f"SELECT key, id FROM {table} WHERE origin = ?", (self._origin,))
        return dict(rows.fetchall())

    def _state(self, table: str, row_id: int, record: Person | Group) -> None:
        """Fill in a stated person or group; stated twice in one import, the later value wins where it says something."""
        self._flush(table)
        facts = _facts(record)
        before = self._connection.execute(f"SELECT facts FROM {table} WHERE id = ?", (row_id,)).fetchone()[0]
        merged = {**msgspec.json.decode(before), **facts} if before else facts
        text = msgspec.json.encode(merged, order="sorted").decode()
        self._connection.execute(f"UPDATE {table} SET stated = 1, facts = ? WHERE id = ?", (text, row_id))

    def _add_person(self, record: Person) -> None:
        self.stated["person"] += 1
        if not record.key:
            return self._refuse(record, N_("a person without a key"))
        if record.key not in self._persons:
            row_id = self._persons[record.key] = self._next("persons")
            text = msgspec.json.encode(_facts(record), order="sorted").decode()
            return self._put("persons", (row_id, self._origin, clean(record.key)[:KEY_LENGTH], 1, text))
        return self._state("persons", self._persons[record.key], record)

    def _add_group(self, record: Group) -> None:
        self.stated["group"] += 1
        if not record.key:
            return self._refuse(record, N_("a group without a key"))
        row_id = self._group(record.key)
        if record.parent:
            self._group(record.parent)
        return self._state("groups", row_id, record)

    def _add_membership(self, record: Membership) -> None:
        self.stated["membership"] += 1
        person = self._person(record.person)
        if person is None or not record.group:
            return self._refuse(record, N_("a membership without a person or a group"))
        row = (self._next("memberships"), person, self._group(record.group), record.joined, record.left, int(record.audience))
        return self._put("memberships", row)

    def _add_post(self, record: Post) -> None:
        # The one method that runs a million times: it asks the dictionaries itself and writes short rows.
        self.stated["post"] += 1
        key = record.key
        if not key:
            return self._refuse(record, N_("a post without a key"))
        at = self._time(record.at)
        text = record.text
        tags = record.tags or (text_rules.tags(text) if "#" in text else ())
        flags = EVENT if record.event else text_rules.flags(text, tags, record.question, record.announcement, record.idea)
        post = self._ids["posts"] = self._ids["posts"] + 1
        thread = record.thread
        author = self._persons.get(record.author)
        group = self._groups.get(record.group)
        row = (
            post, self._origin, clean(key)[:KEY_LENGTH], self._person(record.author) if author is None else author,
            self._group(record.group) if group is None else group, at, clean(thread) if thread and thread != key else None,
            self._person(record.reply_author) if record.reply_author else None, flags, len(text),
        )  # fmt: skip
        if tags or record.reply_to or record.title or record.edited is not None or record.local or record.unnamed_reactions:
            packed = clean(msgspec.json.encode(tags).decode()) if tags else None
            more = (
                clean(record.reply_to) or None,
                packed,
                clean(record.title) or None,
                record.edited,
                int(record.local),
                record.unnamed_reactions,
            )
            self._put("full_posts", row + more)
        else:
            buffer = self._buffers["posts"]
            buffer.append(row)
            if len(buffer) >= _BATCH:
                self._flush("posts")
        self._last_post = (key, post)
        if record.mentions:
            self._add_mentions(post, record.mentions)
        if self._keep_text and text:
            self.stated["text"] += 1
            self._put("texts", (self._next("texts"), post, clean(text)))
        return None

    def _add_mentions(self, post: int, mentioned: tuple[str, ...]) -> None:
        self.stated["mention"] += len(mentioned)
        for key in mentioned:
            if key:
                self._put("mentions", (self._next("mentions"), post, self._person(key)))
            else:
                self.set_aside["mention"] += 1

    def _add_reaction(self, record: Reaction) -> None:
        self.stated["reaction"] += 1
        if not record.person or not record.post:
            return self._refuse(record, N_("a reaction without a person or a post"))
        row = (
            self._next("reactions"),
            *self._post_ref(record.post),
            self._person(record.person),
            clean(record.kind),
            self._time(record.at),
        )
        return self._put("reactions", row)

    def _add_accepted(self, record: Accepted) -> None:
        self.stated["accepted"] += 1
        row = (self._next("accepted"), *self._post_ref(record.post), self._person(record.by), self._time(record.at))
        self._put("accepted", row)

    def _add_share(self, record: Share) -> None:
        self.stated["share"] += 1
        if not record.person:
            return self._refuse(record, N_("a share without a person"))
        key = self._key(record.post, record.person, record.group, record.at)
        group = self._group(record.group) if record.group else None
        row = (self._next("shares"), *self._post_ref(record.post), self._person(record.person), group, self._time(record.at), key)
        return self._put("shares", row)

    def _add_viewing(self, record: Viewing) -> None:
        self.stated["viewing"] += 1
        if not record.person:
            return self._refuse(record, N_("a viewing without a person"))
        row = (self._next("viewings"), *self._post_ref(record.post), self._person(record.person), self._time(record.at))
        return self._put("viewings", row)

    def _add_page(self, record: Page) -> None:
        self.stated["page"] += 1
        if not record.key:
            return self._refuse(record, N_("a page without a key"))
        row = (self._next("pages"), self._origin, clean(record.key)[:KEY_LENGTH], self._group(record.group), self._person(record.author),
               clean(record.title), record.updated, record.views)  # fmt: skip
        return self._put("pages", row)

    def _add_attendance(self, record: Attendance) -> None:
        self.stated["attendance"] += 1
        if not record.person or not record.event:
            return self._refuse(record, N_("an attendance without a person or an event"))
        group = self._group(record.group) if record.group else None
        row = (self._next("attendances"), self._origin, clean(record.event), self._person(record.person), group, self._time(record.at))
        return self._put("attendances", row)

    def _add_rating(self, record: Rating) -> None:
        self.stated["rating"] += 1
        if not record.person or record.value != record.value:
            return self._refuse(record, N_("a rating without a person or a value"))
        key = self._key(record.person, record.item, record.group, record.at)
        group = self._group(record.group) if record.group else None
        row = (
            self._next("ratings"),
            self._person(record.person),
            clean(record.item),
            float(record.value),
            group,
            self._time(record.at),
            key,
        )
        return self._put("ratings", row)

    def _add_tie(self, record: StatedTie) -> None:
        self.stated["stated_tie"] += 1
        if not record.source or not record.target or record.weight != record.weight:
            return self._refuse(record, N_("a tie without two persons or a weight"))
        key = self._key(record.source, record.target, record.relation, record.at)
        row = (self._next("stated_ties"), self._origin, self._person(record.source), self._person(record.target), clean(record.relation),
               float(record.weight), int(record.directed), self._time(record.at), key)  # fmt: skip
        return self._put("stated_ties", row)

    def _add_input(self, record: Input) -> None:
        self.stated["input"] += 1
        if why := input_fields.unfit(record):
            return self._refuse(record, why)
        row = (self._next("inputs"), record.about, clean(record.ref), record.field, record.day, clean(record.value))
        return self._put("inputs", row)

    def _key(self, *parts: object) -> str:
        """A key for a fact that has none of its own: its origin and what makes it that fact."""
        return clean(f"{self._origin_key()}\x1f" + "\x1f".join("" if part is None else str(part) for part in parts))

    def _origin_key(self) -> str:
        row = self._connection.execute("SELECT platform, key FROM origins WHERE id = ?", (self._origin,)).fetchone()
        return f"{row[0]}:{row[1]}"


class _Unfit(Exception):
    """A value that no date or column can hold."""


def _facts(record: Person | Group) -> dict[str, Any]:
    """What a record says, without its key and without what it does not say."""
    facts = msgspec.to_builtins(record)
    del facts["key"]
    return {
        field: clean(value) if isinstance(value, str) else [clean(part) for part in value] if isinstance(value, list) else value
        for field, value in facts.items()
    }
