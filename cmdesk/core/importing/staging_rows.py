"""The rows of a staging file: keys turned into small integers, one method for each kind of fact but posts (see `staging`)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Any

import msgspec

from cmdesk.core import input_fields, when
from cmdesk.core.importing import said
from cmdesk.core.importing.staging_buffers import Buffers
from cmdesk.core.importing.staging_file import KEY_LENGTH, clean
from cmdesk.core.records import (
    FACT_KINDS,
    Accepted,
    Asked,
    Attendance,
    Group,
    Input,
    Membership,
    Origin,
    Page,
    Person,
    Rating,
    Reaction,
    Record,
    Share,
    StatedTie,
    Viewing,
)
from cmdesk.core.text import N_

EARLIEST, LATEST = -62_135_596_800_000_000, 253_402_300_799_999_999  # the years 1 and 9999 in µs: what a date can say

_ASKED = "\x1fasked"  # in the key of a tie that a survey asked for
OUT_OF_TIME = N_("its time is outside the years 1 to 9999")


class Rows(Buffers):
    """Writes the rows of one import, many at a time."""

    def __init__(self, path: Path) -> None:
        super().__init__(path)
        self._origin = 0
        self._origin_text = ""
        self._persons: dict[str, int] = {}
        self._groups: dict[str, int] = {}
        self._last_post: tuple[str, int] = ("", 0)
        self.stated: Counter[str] = Counter()
        self.set_aside: Counter[str] = Counter()
        self.first: int | None = None
        self.last: int | None = None
        self._cut = 0

    def remarks(self) -> Iterator[tuple[str, str, int]]:
        """What is told about facts that were kept: (place, why, 0 records)."""
        if self.last is not None and self.last > when.latest():
            ahead = N_("the latest is of {day}, in the future; what is dated after today counts from its day on")
            yield N_("times"), ahead.format(day=when.moment(self.last).date().isoformat()), 0
        if self._cut:
            yield N_("names"), N_("longer than {most:,} characters and cut there: {n:,}").format(most=KEY_LENGTH, n=self._cut), 0

    # — keys into integers —

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

    def _span(self, times: Collection[int]) -> tuple[int | None, int | None]:
        """The earliest and the latest of some times, which count for the whole import."""
        first, last = min(times, default=None), max(times, default=None)
        if first is not None and last is not None:
            self.first = first if self.first is None else min(self.first, first)
            self.last = last if self.last is None else max(self.last, last)
        return first, last

    def _time(self, at: int | None) -> int | None:
        if at is None:
            return None
        if not EARLIEST <= at <= LATEST:
            raise Unfit(OUT_OF_TIME)
        if self.first is None or at < self.first:
            self.first = at
        if self.last is None or at > self.last:
            self.last = at
        return at

    def _refuse(self, record: Record, why: str) -> None:
        kind = FACT_KINDS[type(record)]
        self.set_aside[kind] += 1
        self._put("set_aside", (self._next("set_aside"), kind, clean(why), 0))

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
        self._origin_text = f"{clean(record.platform)}:{clean(record.key)}"
        self._persons = self._known("persons")
        self._groups = self._known("groups")
        self._last_post = ("", 0)

    def _known(self, table: str) -> dict[str, int]:
        rows = self._connection.execute(f"SELECT key, id FROM {table} WHERE origin = ?", (self._origin,))
        return dict(rows.fetchall())

    def _state(self, table: str, row_id: int, record: Person | Group) -> None:
        """Fill in a stated person or group; stated twice in one import, the later value wins where it says something."""
        self._flush(table)
        facts = self._facts(record)
        before = self._connection.execute(f"SELECT facts FROM {table} WHERE id = ?", (row_id,)).fetchone()[0]
        merged = {**msgspec.json.decode(before), **facts} if before else facts
        text = msgspec.json.encode(merged, order="sorted").decode()
        self._connection.execute(f"UPDATE {table} SET stated = 1, facts = ? WHERE id = ?", (text, row_id))

    def _facts(self, record: Person | Group) -> dict[str, Any]:
        found, cut = said.facts(record)
        self._cut += cut
        return found

    def _add_person(self, record: Person) -> None:
        self.stated["person"] += 1
        if not record.key:
            return self._refuse(record, N_("a person without a key"))
        if record.key not in self._persons:
            row_id = self._persons[record.key] = self._next("persons")
            text = msgspec.json.encode(self._facts(record), order="sorted").decode()
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

    def _add_reaction(self, record: Reaction) -> None:
        self.stated["reaction"] += 1
        if not record.person or not record.post:
            return self._refuse(record, N_("a reaction without a person or a post"))
        row = (self._next("reactions"), *self._post_ref(record.post), self._person(record.person), clean(record.kind), self._time(record.at),
               int(record.local))  # fmt: skip
        return self._put("reactions", row)

    def _add_accepted(self, record: Accepted) -> None:
        self.stated["accepted"] += 1
        row = (self._next("accepted"), *self._post_ref(record.post), self._person(record.by), self._time(record.at), int(record.local))
        self._put("accepted", row)

    def _add_share(self, record: Share) -> None:
        self.stated["share"] += 1
        if not record.person:
            return self._refuse(record, N_("a share without a person"))
        key = self._key(record.post, record.person, record.group, record.at)
        group = self._group(record.group) if record.group else None
        row = (self._next("shares"), *self._post_ref(record.post), self._person(record.person), group, self._time(record.at), key,
               int(record.local))  # fmt: skip
        return self._put("shares", row)

    def _add_viewing(self, record: Viewing) -> None:
        self.stated["viewing"] += 1
        if not record.person:
            return self._refuse(record, N_("a viewing without a person"))
        row = (self._next("viewings"), *self._post_ref(record.post), self._person(record.person), self._time(record.at), int(record.local))
        return self._put("viewings", row)

    def _add_page(self, record: Page) -> None:
        self.stated["page"] += 1
        if not record.key:
            return self._refuse(record, N_("a page without a key"))
        row = (self._next("pages"), self._origin, clean(record.key)[:KEY_LENGTH], self._group(record.group), self._person(record.author),
               clean(record.title), record.updated, record.views, int(record.local))  # fmt: skip
        return self._put("pages", row)

    def _add_attendance(self, record: Attendance) -> None:
        self.stated["attendance"] += 1
        if not record.person or not record.event:
            return self._refuse(record, N_("an attendance without a person or an event"))
        group = self._group(record.group) if record.group else None
        row = (self._next("attendances"), self._origin, clean(record.event), self._person(record.person), group, self._time(record.at),
               int(record.local))  # fmt: skip
        return self._put("attendances", row)

    def _add_rating(self, record: Rating) -> None:
        self.stated["rating"] += 1
        if not record.person or record.value != record.value:
            return self._refuse(record, N_("a rating without a person or a value"))
        key = self._key(record.person, record.item, record.group, record.at)
        group = self._group(record.group) if record.group else None
        at = self._time(record.at)
        row = (self._next("ratings"), self._person(record.person), clean(record.item), float(record.value), group, at, key, int(record.local))
        return self._put("ratings", row)

    def _add_tie(self, record: StatedTie) -> None:
        self.stated["stated_tie"] += 1
        if not record.source or not record.target or record.weight != record.weight:
            return self._refuse(record, N_("a tie without two persons or a weight"))
        source, target, relation, at, asked = record.source, record.target, record.relation, record.at, record.asked
        # As `_key` writes it, at once: ties come by the million.
        key = clean(f"{self._origin_text}\x1f{source}\x1f{target}\x1f{relation}\x1f{'' if at is None else at}{_ASKED if asked else ''}")
        known = self._persons
        begin = (self._next("stated_ties"), self._origin, known.get(source) or self._person(source), known.get(target) or self._person(target),
                 clean(relation), float(record.weight), int(record.directed))  # fmt: skip
        if at is None and record.low is None and record.high is None:
            return self._put("plain_ties", (*begin, int(asked), key))
        return self._put("stated_ties", (*begin, self._time(at), int(asked), record.low, record.high, key, int(record.local)))

    def _add_asked(self, record: Asked) -> None:
        self.stated["asked"] += 1
        if not record.person:
            return self._refuse(record, N_("an answer without a person"))
        key = self._key(record.person, record.relation, record.at, record.about)
        row = (self._next("asked"), self._origin, self._person(record.person), self._person(record.about), clean(record.relation),
               int(record.answered), self._time(record.at), key, int(record.local))  # fmt: skip
        return self._put("asked", row)

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
        return self._origin_text


class Unfit(Exception):
    """A value that no date or column can hold."""
