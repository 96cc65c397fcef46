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
from cmdesk.core.snapshot import NEVER, Groups, Ints, People, Posts

_EPOCH = dt.date(1970, 1, 1).toordinal()


def load(
    connection: sqlite3.Connection, day: dt.date, until: int, zone: str, people: People, person: Mapping[int, int], groups: Groups, posts: Posts
) -> ByHand:  # fmt: skip
    """As of `day`, whose last microsecond is `until`; `person`: identity id → row of people."""
    newest = filled.latest(connection, "group", day.isoformat())
    place = {ref: row for row, ref in enumerate(groups.ref)}
    checks = {place[ref]: _checks(fields) for ref, fields in newest.items() if ref in place}
    stated = connection.execute("SELECT id, purpose, owner FROM groups").fetchall()
    row = {group: k for k, group in enumerate(groups.id.tolist())}
    pulse = _tallies(connection, day, place)
    _ratings(connection, until, zone, person, row, people, pulse)
    return ByHand(
        checks={group: found for group, found in checks.items() if found}, purposes=frozenset(row[group] for group, purpose, _o in stated if purpose.strip()),
        owners=_owners(connection, {row[group]: owner for group, _p, owner in stated if owner.strip()}, people),
        statuses=_statuses(connection, day, posts), pulse={key: tuple(found) for key, found in pulse.items()},
    )  # fmt: skip


def _checks(fields: Mapping[str, filled.Said]) -> dict[str, bool]:
    found = {item: fields[f"check_{item}"].value == "yes" for item in CHECKS if f"check_{item}" in fields}
    return found | ({"review": True} if "review" in fields else {})


def _owners(connection: sqlite3.Connection, named: Mapping[int, str], people: People) -> dict[int, int]:
    if not named:
        return {}
    owners, row = Owners(connection), {member: k for k, member in enumerate(people.id.tolist())}
    members = {group: owners.member(name) for group, name in named.items()}
    return {
        group: -1 if member is None or member in owners.opted_out else row[member] for group, member in members.items()
    }  # who opted out is not looked at; then somebody answers by hand


def _statuses(connection: sqlite3.Connection, day: dt.date, posts: Posts) -> dict[int, tuple[int, ...]]:
    said = filled.said(connection, "post", "status", day.isoformat())
    found: dict[int, tuple[int, ...]] = {}
    ids = _ids(connection, "posts", [ref for ref, _field in said])
    for ((_ref, _field), every), row in zip(said.items(), assembling.Rows(posts.id).of(ids).tolist(), strict=True):
        if row >= 0:
            before = ["open", *(one.value for one in every)]
            found[row] = tuple(_day(one.day) for one, last in zip(every, before, strict=False) if one.value != last)
    return found


def confirmed(connection: sqlite3.Connection, about: str, field: str, day: dt.date, zone: str) -> dict[int, int]:
    """Row id of pages or identities → the moment (µs UTC, start of the local day) at which it was last confirmed, up to `day`."""
    said = filled.said(connection, about, field, day.isoformat())
    table = {"page": "pages", "member": "identities"}[about]
    calendar = Calendar(zone)
    ids = _ids(connection, table, [ref for ref, _field in said]).tolist()
    last = [calendar.end_of(dt.date.fromordinal(_day(every[-1].day) + _EPOCH)) - 86_400_000_000 + 1 for every in said.values()]
    return {row: at for row, at in zip(ids, last, strict=True) if row > 0}


def _ids(connection: sqlite3.Connection, table: str, refs: list[str]) -> Ints:
    query = f"SELECT {references.row_of(table, '?1')}"
    return np.array([connection.execute(query, (ref,)).fetchone()[0] or -1 for ref in refs], np.int64)


def _tallies(connection: sqlite3.Connection, day: dt.date, place: Mapping[str, int]) -> dict[tuple[int, str], list[Answer]]:
    found: dict[tuple[int, str], list[Answer]] = defaultdict(list)
    for item in PULSE:
        for (ref, _field), every in filled.said(connection, "group", f"pulse_{item}", day.isoformat()).items():
            if ref not in place:
                continue
            for one in every:
                counts = tally(one.value) or ()
                for step, count in enumerate(counts):
                    found[place[ref], item] += [Answer(-1, _day(one.day), step / (SCALE - 1))] * count
    return found


def _ratings(
    connection: sqlite3.Connection, until: int, zone: str, person: Mapping[int, int], row: Mapping[int, int], people: People,
    found: dict[tuple[int, str], list[Answer]],
) -> None:  # fmt: skip
    """Answers that an export of a survey states; those of people who opted out are left out."""
    marks = ",".join("?" * len(PULSE))
    rows = connection.execute(
        f"SELECT identity_id, item, value, coalesce(group_id, 1), at FROM ratings WHERE item IN ({marks}) AND coalesce(at, ?) <= ? ORDER BY id",
        (*PULSE, until, until),
    ).fetchall()  # fmt: skip
    days = Calendar(zone).days(np.array([until if line[4] is None else line[4] for line in rows], np.int64)) if rows else ()
    for (identity, item, value, group, _at), on in zip(rows, days, strict=True):
        who = person.get(identity, -1)
        if who >= 0 and people.counted[who] and group in row:
            found[row[group], item].append(Answer(who, int(on), min(1.0, max(0.0, value))))


def _day(text: str) -> int:
    return dt.date.fromisoformat(text).toordinal() - _EPOCH


def newer(updated: Ints, rows: Ints, last: Mapping[int, int]) -> Ints:
    """Times of last change or confirmation: `updated` (NEVER where unknown) of the pages `rows`, or `last` where that is later."""
    told = np.array([last.get(row, NEVER) for row in rows.tolist()], np.int64)
    return np.maximum(updated, told)
