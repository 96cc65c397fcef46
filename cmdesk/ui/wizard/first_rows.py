"""The table of the first rows of a preview."""

from __future__ import annotations

import msgspec

from cmdesk.core.importing.first_rows import FirstRow
from cmdesk.core.text import _
from cmdesk.ui import words
from cmdesk.ui.session import Session
from cmdesk.ui.table_model import Column


class FirstLine(msgspec.Struct, frozen=True):
    """A fact in the table."""

    id: int
    row: FirstRow


def first_columns(session: Session) -> list[Column]:
    """What it is, who, what it says, when."""
    kinds = {"person": _("person"), "group": _("group"), "post": _("message"), "stated_tie": _("tie")}

    def when(line: FirstLine) -> str:
        if line.row.at is None:
            return ""
        return words.minute(line.row.at, "UTC" if line.row.local else session.zone) + (" " + _("(local)") if line.row.local else "")

    return [
        Column(_("What"), lambda line: kinds.get(line.row.kind, line.row.kind), "kind", 96),
        Column(_("Who"), lambda line: line.row.who, "who", 220),
        Column(_("Says"), lambda line: _what(line.row), "what", 360, tip=lambda line: _what(line.row)),
        Column(_("When"), when, "when", 180),
    ]


def _what(row: FirstRow) -> str:
    marks = {"question": _("question"), "announcement": _("announcement"), "idea": _("idea")}
    if row.kind != "post":
        return " · ".join(row.what)
    *before, length = row.what
    return " · ".join([*(marks.get(part, part) for part in before), _("{n} characters").format(n=length)])
