"""The circles of an assessment as they were stored: for the window, and to make a group of one."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence

import msgspec

from cmdesk.core.errors import CmdeskError
from cmdesk.core.reports import CircleLine
from cmdesk.core.text import _


def store(connection: sqlite3.Connection, assessment_id: int, found: Sequence[tuple[CircleLine, list[str]]]) -> None:
    """Keep circles with an assessment, in the caller's transaction. 0 people: hidden."""
    rows = [
        (assessment_id, line.number, line.people or 0, _json(members), _json(line.fits), _json(line.groups)) for line, members in found
    ]
    connection.executemany("INSERT INTO circles VALUES (?,?,?,?,?,?)", rows)


def load(connection: sqlite3.Connection, assessment_id: int) -> tuple[CircleLine, ...]:
    """The circles of an assessment by number."""
    rows = connection.execute("SELECT number, people, fits, groups FROM circles WHERE assessment_id = ? ORDER BY number", (assessment_id,))
    return tuple(
        CircleLine(
            number=number, people=people or None, fits=msgspec.json.decode(fits, type=tuple[str, ...]),
            groups=msgspec.json.decode(groups, type=tuple[int, ...]),
        )
        for number, people, fits, groups in rows
    )  # fmt: skip


def members(connection: sqlite3.Connection, assessment_id: int, number: int) -> list[str]:
    """The platform keys of a circle's members; CmdeskError if there is no such circle."""
    row = connection.execute("SELECT members FROM circles WHERE assessment_id = ? AND number = ?", (assessment_id, number)).fetchone()
    if row is None:
        raise CmdeskError(_("There is no circle {number} in assessment {id}.").format(number=number, id=assessment_id), _("`cmdesk show FILE circles` lists the circles."))
    return msgspec.json.decode(row[0], type=list[str])


def _json(value: object) -> str:
    return msgspec.json.encode(value).decode()
