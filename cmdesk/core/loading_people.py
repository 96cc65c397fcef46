"""The people of a community file into arrays, and how complete their profiles are."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from typing import Any

import msgspec
import numpy as np

from cmdesk.core import assembling
from cmdesk.core.snapshot import NEVER, Bools, Lists, People


def people(connection: sqlite3.Connection, with_moderators: bool, reviewed: Mapping[int, int]) -> tuple[People, dict[int, int]]:
    """(everybody, identity → row of people). `reviewed`: identity → the time (µs) at which somebody looked at the profile. Without moderators these do
    not count."""
    rows = connection.execute(
        "SELECT id, ref, code, name, unit, organisation, place, role, expertise, is_moderator, is_leader, is_bot, deleted, opted_out, joined,"
        " email, updated, has_photo FROM members ORDER BY id"
    ).fetchall()
    place_of = {row[0]: k for k, row in enumerate(rows)}
    person = {i: place_of[m] for i, m in connection.execute("SELECT id, member_id FROM identities") if m in place_of}
    for identity in reviewed.keys() & person.keys():
        row = rows[person[identity]]
        rows[person[identity]] = (*row[:16], max(row[16] or 0, reviewed[identity]), row[17])
    units, unit = assembling.numbered([row[4] for row in rows])
    organisations, organisation = assembling.numbered([row[5] for row in rows])
    places, place = assembling.numbered([row[6] for row in rows])
    topics = [[str(topic) for topic in msgspec.json.decode(row[8])] for row in rows]
    names = tuple(sorted({topic for part in topics for topic in part}))
    number = {name: k for k, name in enumerate(names)}
    counted = [not (row[11] or row[12] or row[13]) and (with_moderators or not row[9]) for row in rows]
    everybody = People(
        id=np.array([row[0] for row in rows], np.int64), ref=tuple(row[1] for row in rows), code=tuple(row[2] for row in rows),
        name=tuple(row[3] or row[2] for row in rows), unit=unit, unit_names=units, organisation=organisation,
        organisation_names=organisations, place=place, place_names=places, has_name=_bools([bool(row[3]) for row in rows]),
        has_role=_bools([bool(row[7]) for row in rows]), expertise=Lists.of([sorted({number[topic] for topic in part}) for part in topics]),
        expertise_names=names, is_moderator=_bools([bool(row[9]) for row in rows]), is_leader=_bools([bool(row[10]) for row in rows]),
        leaders_marked=any(row[10] for row in rows), counted=_bools(counted),
        joined=np.array([NEVER if row[14] is None else row[14] for row in rows], np.int64), profile=_profiles(rows, topics),
    )  # fmt: skip
    return everybody, person


def _profiles(rows: list[tuple[Any, ...]], topics: list[list[str]]) -> np.ndarray[Any, np.dtype[np.float64]]:
    """Completeness P over the fields that the sources hold for anybody (goal-model §4.2)."""
    newest = max((row[16] for row in rows if row[16] is not None), default=0)
    year = 365 * 86_400_000_000
    filled = [
        [
            bool(row[3]) or bool(row[17]),
            bool(row[7]),
            bool(row[4]),
            bool(part),
            bool(row[15]),
            row[16] is not None and newest - row[16] <= year,
        ]
        for row, part in zip(rows, topics, strict=True)
    ]
    table = np.array(filled, np.float64).reshape(-1, 6)
    held = table.any(axis=0)
    return table[:, held].mean(axis=1) if held.any() else np.full(len(rows), np.nan)


def _bools(values: list[bool]) -> Bools:
    return np.array(values, np.bool_)
