"""What was filled in by hand, into a Snapshot (`by_hand`): platform keys become rows; what is about something that is not there sleeps."""

from __future__ import annotations

import datetime as dt
import sqlite3
from collections import defaultdict
from collections.abc import Mapping

import numpy as np

from cmdesk.core import assembling, filled, references
from cmdesk.core.by_hand import Answer, ByHand
from cmdesk.core.calendar import Calendar
from cmdesk.core.input_fields import CHECKS, PULSE, SCALE, tally
from cmdesk.core.owners import Owners
from cmdesk.core.snapshot import DAY, NEVER, Groups, Ints, People, Posts

_EPOCH = dt.date(1970, 1, 1).toordinal()
_Pulse = dict[tuple[int, str], list[Answer]]


class Known:
    """What is known on `day`; on the last day with data or later, everything."""

    def __init__(self, connection: sqlite3.Connection, day: dt.date, last: dt.date | None, zone: str) -> None:
        self._connection, self._zone, self._end = connection, zone, Calendar(zone).end_of(day)
        self._until = filled.FOREVER if last is None or day >= last else day.isoformat()

    def by_hand(self, until: int, people: People, person: Mapping[int, int], groups: Groups, posts: Posts) -> ByHand:
        """All of it; `until` is T, `person` gives the row of people of an identity's id."""
        place = {ref: row for row, ref in enumerate(groups.ref)}
        newest = filled.latest(self._connection, "group", self._until)
        checks = {place[ref]: _checks(fields) for ref, fields in newest.items() if ref in place}
        row = {group: k for k, group in enumerate(groups.id.tolist())}
        stated = [(row[group], purpose, owner) for group, purpose, owner in self._connection.execute("SELECT id, purpose, owner FROM groups")]
        pulse = self._tallies(place)
        self._ratings(until, person, row, people, pulse)
        return ByHand(
            checks={group: found for group, found in checks.items() if found}, purposes=frozenset(group for group, purpose, _o in stated if purpose.strip()),
            owners=self._owners({group: owner for group, _p, owner in stated if owner.strip()}, people), statuses=self._statuses(posts),
            pulse={key: tuple(found) for key, found in pulse.items()},
        )  # fmt: skip

    def confirmed(self, about: str, field: str) -> dict[int, int]:
        """Row id of pages or identities → the moment (µs UTC, about the start of the local day) at which it was last confirmed, T at the latest."""
        said = filled.said(self._connection, about, field, self._until)
        ids = self._ids({"page": "pages", "member": "identities"}[about], [ref for ref, _field in said]).tolist()
        calendar = Calendar(self._zone)
        last = [min(self._end, calendar.end_of(dt.date.fromisoformat(every[-1].day)) - DAY + 1) for every in said.values()]
        return {row: at for row, at in zip(ids, last, strict=True) if row > 0}

    def _owners(self, named: Mapping[int, str], people: People) -> dict[int, int]:
        """Who opted out is not looked at, as if the name were nobody's; then somebody answers by hand."""
        if not named:
            return {}
        owners, row = Owners(self._connection), {member: k for k, member in enumerate(people.id.tolist())}
        members = {group: owners.member(name) for group, name in named.items()}
        return {group: -1 if member is None or member in owners.opted_out else row[member] for group, member in members.items()}

    def _statuses(self, posts: Posts) -> dict[int, tuple[int, ...]]:
        said = filled.said(self._connection, "post", "status")
        rows = assembling.Rows(posts.id).of(self._ids("posts", [ref for ref, _field in said])).tolist()
        found: dict[int, tuple[int, ...]] = {}
        for every, row in zip(said.values(), rows, strict=True):
            if row >= 0:
                before = ["open", *(one.value for one in every)]
                found[row] = tuple(_day(one.day) for one, last in zip(every, before, strict=False) if one.value != last)
        return found

    def _ids(self, table: str, refs: list[str]) -> Ints:
        query = f"SELECT {references.row_of(table, '?1')}"
        return np.array([self._connection.execute(query, (ref,)).fetchone()[0] or -1 for ref in refs], np.int64)

    def _tallies(self, place: Mapping[str, int]) -> _Pulse:
        found: _Pulse = defaultdict(list)
        for (ref, field), every in filled.said(self._connection, "group", until=self._until).items():
            if not field.startswith("pulse_") or ref not in place:
                continue
            for one in every:
                for step, count in enumerate(tally(one.value) or ()):
                    found[place[ref], field.removeprefix("pulse_")] += [Answer(-1, _day(one.day), step / (SCALE - 1))] * count
        return found

    def _ratings(self, until: int, person: Mapping[int, int], row: Mapping[int, int], people: People, found: _Pulse) -> None:
        """Answers that an export of a survey states; those of people who opted out are left out."""
        marks = ",".join("?" * len(PULSE))
        rows = self._connection.execute(
            f"SELECT identity_id, item, value, coalesce(group_id, 1), coalesce(at, ?) FROM ratings WHERE item IN ({marks}) ORDER BY id", (until, *PULSE)
        ).fetchall()
        rows = [line for line in rows if line[4] <= until or self._until == filled.FOREVER]
        days = Calendar(self._zone).days(np.array([line[4] for line in rows], np.int64)).tolist() if rows else []
        for (identity, item, value, group, _at), day in zip(rows, days, strict=True):
            who = person.get(identity, -1)
            if who >= 0 and people.counted[who] and group in row:
                found[row[group], item].append(Answer(who, day, min(1.0, max(0.0, value))))


def newer(updated: Ints, rows: Ints, confirmed: Mapping[int, int]) -> Ints:
    """Times of last change or confirmation: `updated` (NEVER where unknown) of the pages `rows`, or when they were confirmed, if later."""
    told = np.array([confirmed.get(row, NEVER) for row in rows.tolist()], np.int64)
    return np.maximum(updated, told)


def _checks(fields: Mapping[str, filled.Said]) -> dict[str, bool]:
    found = {"review": True} if "review" in fields else {}
    return found | {item: fields[f"check_{item}"].value == "yes" for item in CHECKS if f"check_{item}" in fields}


def _day(text: str) -> int:
    return dt.date.fromisoformat(text).toordinal() - _EPOCH
