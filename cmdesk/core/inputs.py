"""What people fill in by hand (`input_fields`) in the window or on the command line, as undoable commands. Reading it: `filled`."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence

from cmdesk.core import filled, history, references
from cmdesk.core.community import Community
from cmdesk.core.errors import CmdeskError
from cmdesk.core.input_fields import unfit
from cmdesk.core.records import Input
from cmdesk.core.text import _
from cmdesk.core.when import now


def fill_in(community: Community, every: Sequence[Input], title: str) -> int:
    """Take these inputs as one undoable command with this title, and return how many changed anything. CmdeskError for one that does not
    fit; then none is taken. An empty value takes back what was said of that field on that day."""
    changes = []
    with community.reading() as connection:
        for one in every:
            if why := unfit(one):
                raise CmdeskError(_("{name}: {why}.").format(name=one.ref, why=_(why)), _("Nothing was changed."))
            if (change := _change(connection, one)) is not None:
                changes.append(change)
    if changes:
        history.command(community, "input", title, changes, tables=("entries", *_touched(every)))
    return len(changes)


def find(connection: sqlite3.Connection, about: str, name: str) -> str:
    """The platform key of the post, page, group or member that `name` names (a group also by its name); CmdeskError if there is none."""
    found = connection.execute(f"SELECT {references.known_ref('?1', '?2')}", (about, name)).fetchone()[0]
    if found is None:
        raise CmdeskError(_("Nothing here has the key “{name}”.").format(name=name), _("`cmdesk show FILE threads` and `pages` list the keys."))
    return str(found)


def _touched(every: Iterable[Input]) -> tuple[str, ...]:
    return ("groups",) if any(history.names_group(one.about, one.field) for one in every) else ()


def _change(connection: sqlite3.Connection, one: Input) -> history.RowChange | None:
    key = {"about": one.about, "ref": one.ref, "field": one.field, "day": one.day}
    holds = filled.said(connection, one.about, one.field, one.day, one.ref).get((one.ref, one.field), [])
    if (holds[-1].value if holds and holds[-1].day == one.day else "") == one.value:
        return None
    imported = connection.execute(
        "SELECT 1 FROM inputs WHERE about = ? AND ref = ? AND field = ? AND day = ?", (one.about, one.ref, one.field, one.day)
    ).fetchone()
    gone = not one.value and imported is None
    return history.change(connection, "entries", key, None if gone else {"value": one.value, "at": now()})
