"""Who is meant by the owner's name that somebody typed: a member by name, pseudonym, handle, address or platform key, or nobody known."""

from __future__ import annotations

import sqlite3

from cmdesk.core.text import _


class Owners:
    """Looks names up in the members of a community. A name that two members share is nobody's."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._members: dict[str, int | None] = {}
        self._codes: dict[int, str] = {}
        rows = connection.execute("SELECT id, code, opted_out, name, handle, email, ref FROM members ORDER BY id").fetchall()
        self.opted_out = frozenset(row[0] for row in rows if row[2])
        for column in (6, 1, 5, 3, 4):
            for row in rows:
                word = _fold(row[column])
                if word and self._members.setdefault(word, row[0]) != row[0] and column in (3, 4, 5):
                    self._members[word] = None
        self._codes = {row[0]: row[1] for row in rows}

    def member(self, name: str) -> int | None:
        """The member's id, None if it is nobody here."""
        return self._members.get(_fold(name))

    def label(self, name: str, names: bool) -> str:
        """The name as it may be shown: without `names` the pseudonym, or only that there is one."""
        if names or not name:
            return name
        member = self.member(name)
        return _("named") if member is None else self._codes[member]


def _fold(name: object) -> str:
    return " ".join(str(name).split()).casefold()
