"""Dated notes of the user, such as "reorganisation": they stand on the axis of a trend."""

from __future__ import annotations

import datetime as dt
import sqlite3

import msgspec

from cmdesk.core import history
from cmdesk.core.community import Community
from cmdesk.core.errors import CmdeskError
from cmdesk.core.text import N_, _

LONGEST = 200
"""Characters of a note."""


class Note(msgspec.Struct, frozen=True, order=True):
    """A note; `day` is an ISO date."""

    day: str
    text: str


def add(community: Community, day: dt.date, text: str) -> None:
    """Put a note on a day, as an undoable command; the same note twice is one. CmdeskError for an empty or overlong text."""
    note = Note(day.isoformat(), " ".join(text.split()))
    if not note.text or len(note.text) > LONGEST:
        raise CmdeskError(_("A note has 1 to {most} characters.").format(most=LONGEST), _("Write it shorter."))
    _put(community, note, {}, N_("Note: {text}"))


def remove(community: Community, day: dt.date, text: str) -> None:
    """Take a note away; CmdeskError if there is none."""
    note = Note(day.isoformat(), " ".join(text.split()))
    with community.reading() as connection:
        if note not in rows(connection):
            raise CmdeskError(_("There is no such note on {day}.").format(day=note.day), _("`cmdesk show FILE notes` lists them."))
    _put(community, note, None, N_("Note removed: {text}"))


def rows(connection: sqlite3.Connection) -> list[Note]:
    """All notes, by day."""
    return sorted(Note(*row) for row in connection.execute("SELECT day, text FROM notes"))


def _put(community: Community, note: Note, after: dict[str, str] | None, title: str) -> None:
    with community.reading() as connection:
        change = history.change(connection, "notes", {"day": note.day, "text": note.text}, after)
    if change.before != change.after:
        history.command(community, "note", title.format(text=note.text), [change], tables=("notes",))
