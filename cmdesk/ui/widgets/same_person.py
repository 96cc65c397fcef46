"""Same person? One pair of members at a time, with what speaks for and against it; nothing is joined until somebody says so."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Sequence
from typing import NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut

from cmdesk.core.community import Community
from cmdesk.core.members import MemberRow
from cmdesk.core.same_person.suggestions import Suggestion
from cmdesk.core.same_person.told import Told
from cmdesk.core.text import _, ngettext
from cmdesk.ui import words
from cmdesk.ui.session import Session
from cmdesk.ui.widgets.inspector import Sheet
from cmdesk.ui.widgets.plain import button, line


class Shown(NamedTuple):
    """A suggestion with the rows of its two members and what their accounts tell."""

    pair: Suggestion
    one: MemberRow
    other: MemberRow
    told: tuple[Sequence[Told], Sequence[Told]]


def look(connection: sqlite3.Connection) -> list[Shown]:
    """All suggestions, with names: the panel asks for names first."""
    from cmdesk.core import members
    from cmdesk.core.same_person.suggestions import suggest
    from cmdesk.core.same_person.told import told

    found = suggest(connection)
    ids = sorted({id for pair in found for id in pair.members})
    rows = {row.id: row for row in members.rows(connection, ids, names=True)}
    accounts = told(connection, ids)
    return [Shown(pair, rows[pair.members[0]], rows[pair.members[1]], (accounts[pair.members[0]], accounts[pair.members[1]])) for pair in found]


class SamePersonSheet(Sheet):
    """Keys while it has the focus: S same, N not the same, L later."""

    def __init__(self, session: Session, shown: list[Shown], postpone: Callable[[Shown], object], with_names: Callable[[], object]) -> None:
        super().__init__(_("Same person?"), _count(len(shown)))
        self._session, self._rest = session, shown
        self._postpone, self._with_names = postpone, with_names
        self.same = button(_("Same"), lambda: self._decide(True), "primary", hint=_("Key S"))
        self.not_same = button(_("Not the same"), lambda: self._decide(False), hint=_("Key N"))
        self.later = button(_("Later"), self._later, hint=_("Key L"))
        if not session.names:
            self._ask_for_names()
        elif shown:
            self._show(shown[0])
        else:
            self.say(_("Nobody looks like somebody else here."))

    def _ask_for_names(self) -> None:
        self.say(_("To tell whether two accounts are one person you need their names. They are switched off."))
        self.add(line(button(_("Show names"), self._with_names, "primary"), 1))

    def _show(self, shown: Shown) -> None:
        for row, accounts in zip((shown.one, shown.other), shown.told, strict=True):
            self.section(row.label)
            self.facts(self._known(row, accounts))
        for head, sign in ((_("Speaks for it"), 1), (_("Speaks against it"), -1)):
            said = [_(reason.said) for reason in shown.pair.reasons if reason.points * sign > 0]
            if said:
                self.section(head)
                for text in said:
                    self.say(text)
        self.section(_("How sure: {n} of 100").format(n=round(shown.pair.score * 100)))
        self.add(line(self.same, self.not_same, self.later, 1))
        self.say(_("Keys: S same, N not the same, L later. A decision can be taken back."), "small")
        for key, pressed in (("S", self.same), ("N", self.not_same), ("L", self.later)):
            shortcut = QShortcut(QKeySequence(key), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(pressed.click)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def _known(self, row: MemberRow, accounts: Sequence[Told]) -> list[tuple[str, str]]:
        found = []
        for account in accounts:
            found += [(_("Source"), account.source), (_("Handle"), account.handle), (_("Address"), account.address)]
        last = words.day(row.last, self._session.zone) or _("wrote nothing")
        found += [(_("Unit"), row.unit), (_("Role"), row.role), (_("Last seen"), last)]
        return [(head, value) for head, value in found if value]

    def _decide(self, same: bool) -> None:
        pair, session = self._rest[0].pair, self._session
        for each in (self.same, self.not_same, self.later):
            each.setEnabled(False)

        def write(community: Community) -> None:
            from cmdesk.core.same_person import decisions

            decisions.decide(community, pair.one, pair.other, same)

        said = _("They are one person now.") if same else _("Marked as not the same person.")
        session.write(_("Keeping the decision"), write, lambda _none: session.say(said, _("Ctrl+Z takes it back."), "good"))

    def _later(self) -> None:
        """The next pair; this one comes last, as long as the page stands."""
        self._postpone(self._rest[0])


def _count(n: int) -> str:
    return ngettext("{n} pair to look at", "{n} pairs to look at", n).format(n=n) if n else ""
