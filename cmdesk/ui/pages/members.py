"""Members: who is in the community. A roster and no measure of any person; names or pseudonyms as the switch says."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence

import msgspec
from PySide6.QtCore import QDate, Qt, QTimer
from PySide6.QtWidgets import QLineEdit

from cmdesk.core.community import Community
from cmdesk.core.members import MemberRow
from cmdesk.core.text import N_, _, ngettext
from cmdesk.ui import words
from cmdesk.ui.desk import Desk
from cmdesk.ui.pages.page import Page
from cmdesk.ui.session import Session
from cmdesk.ui.table_model import Column, TableModel
from cmdesk.ui.widgets.inspector import Sheet
from cmdesk.ui.widgets.plain import button, label, line
from cmdesk.ui.widgets.same_person import SamePersonSheet, Shown, look
from cmdesk.ui.widgets.table import Table


class Profile(msgspec.Struct, frozen=True):
    """What the inspector shows of a member."""

    row: MemberRow
    groups: tuple[str, ...]
    expertise: tuple[str, ...]
    ref: str = ""  # its platform key
    reviewed: str = ""  # the ISO day on which somebody said that it is right


class MembersPage(Page):
    """A table of any length; search as you type."""

    tables = frozenset({"facts", "members"})

    def __init__(self, session: Session, desk: Desk) -> None:
        super().__init__(session, desk, _("Members"), _("Everybody that the imports know, with what they say of unit and role."))
        self._sort, self._descending = "label", False
        self._asked = 0
        self.search = QLineEdit()
        self.search.setClearButtonEnabled(True)
        self.search.setAccessibleName(_("Search members"))
        self.search.setMinimumWidth(140)
        self.search.setMaximumWidth(280)
        self.count = label(kind="muted")
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.setInterval(120)
        self._wait.timeout.connect(self.refresh)
        self.search.textChanged.connect(lambda _text: self._wait.start())
        self.model = TableModel(self._columns(), self._fetch)
        self.model.sort_asked.connect(self._sorted)
        self.model.fetch_failed.connect(session.fail)
        self.table = Table(self.model, _("Members"))
        self.table.chosen.connect(self._chosen)
        above = line(self.search, self.count, 1, gap=16)
        above.setStretch(0, 1000)
        self.same_person = button(_("Same person?"), self.review, hint=_("Look at accounts that may be one person"))
        self.buttons.addWidget(self.same_person)
        self._look_again = False
        self._later: list[tuple[str, str]] = []
        self.body.addLayout(above)
        self.body.addWidget(self.table, 1)

    def _columns(self) -> list[Column]:
        def day(moment: int | None) -> str:
            return words.day(moment, self.session.zone)

        return [
            Column(_("Member"), lambda row: row.label, "label", 220),
            Column(_("Unit"), lambda row: row.unit, "unit", 150),
            Column(_("Role"), lambda row: row.role, "role", 170),
            Column(_("Accounts"), lambda row: words.count(row.identities), "identities", 96, right=True),
            Column(_("Groups"), lambda row: words.count(row.groups), "groups", 84, right=True),
            Column(_("First seen"), lambda row: day(row.first), "first", 110),
            Column(_("Last seen"), lambda row: day(row.last), "last", 110),
        ]

    def _fetch(self, ids: Sequence[int]) -> list[MemberRow]:
        from cmdesk.core import members

        names = self.session.names
        return self.session.read(lambda connection: members.rows(connection, ids, names))

    def _sorted(self, key: str, descending: bool) -> None:
        self._sort, self._descending = key, descending
        self.refresh()

    def review(self) -> None:
        """Open the review of who is the same person, or look again."""
        self._look_again = False
        if not self.session.names:
            self._put_review([])
            return
        self.session.load(look, self._put_review, title=_("Looking for accounts of one person"), owner=self)

    def _put_review(self, found: list[Shown]) -> None:
        def last(shown: Shown) -> int:
            pair = (shown.pair.one, shown.pair.other)
            return self._later.index(pair) + 1 if pair in self._later else 0

        def postpone(shown: Shown) -> None:
            pair = (shown.pair.one, shown.pair.other)
            self._later = [each for each in self._later if each != pair] + [pair]
            self._put_review(found)

        def with_names() -> None:
            self._look_again = True
            self.session.show_names(True)

        sheet = SamePersonSheet(self.session, sorted(found, key=last), postpone, with_names)
        self.inspect(sheet)
        sheet.setFocus()

    def refresh(self) -> None:
        from cmdesk.core import members

        if self._look_again or isinstance(self.sheet, SamePersonSheet):
            self.review()

        names = self.session.names
        self.search.setPlaceholderText(_("Search names and addresses") if names else _("Search pseudonyms"))
        self._asked += 1
        asked, typed, sort, descending = self._asked, self.search.text(), self._sort, self._descending

        def done(found: tuple[list[int], int]) -> None:
            if asked == self._asked:
                self._show(*found)

        def look(connection: sqlite3.Connection) -> tuple[list[int], int]:
            return members.ids(connection, typed, sort, descending, names), members.count(connection)

        self.session.load(look, done, title=_("Reading members"), owner=self)

    def _show(self, ids: list[int], total: int) -> None:
        self.model.set_ids(ids)
        if not total:
            self.count.setText(_("Nobody yet. Import an export to fill this table."))
        elif len(ids) < total:
            self.count.setText(_("{n} of {total} members").format(n=words.count(len(ids)), total=words.count(total)))
        else:
            self.count.setText(ngettext("{n} member", "{n} members", total).format(n=words.count(total)))

    def show_this(self, what: object) -> None:
        if isinstance(what, int):
            self.search.blockSignals(True)
            self.search.clear()
            self.search.blockSignals(False)
            self._look_up(what)
            QTimer.singleShot(150, self.table, lambda: self.table.choose(what))

    def _chosen(self, row: MemberRow) -> None:
        self.session.select("member", row.id)
        self._look_up(row.id)

    def _look_up(self, id: int) -> None:
        names = self.session.names
        self.session.load(lambda connection: profile(connection, id, names), self._inspect, owner=self)

    def _inspect(self, found: Profile | None) -> None:
        if found is None:
            return
        row, zone = found.row, self.session.zone
        sheet = Sheet(row.label, " · ".join(part for part in (row.role, row.unit) if part))
        if not self.session.names:
            sheet.say(_("Shown under a pseudonym, because the names switch is off."), "small")
        facts: list[tuple[str, str]] = [
            (_("Accounts"), words.count(row.identities)), (_("First seen"), words.day(row.first, zone) or "–"),
            (_("Last seen"), words.day(row.last, zone) or "–"),
        ]  # fmt: skip
        sheet.facts(facts)
        sheet.section(ngettext("In {n} group", "In {n} groups", len(found.groups)).format(n=len(found.groups)))
        for path in found.groups[:40]:
            sheet.say(path)
        if len(found.groups) > 40:
            sheet.say(_("and {n} more").format(n=len(found.groups) - 40), "muted")
        if found.expertise:
            sheet.section(_("Expertise that the member declared"))
            sheet.say(", ".join(found.expertise))
        sheet.section(_("Profile"))
        sheet.say(_("Looked at on {day}").format(day=words.as_day(found.reviewed)) if found.reviewed else _("Nobody said yet that it is right."), "muted")
        right = button(_("It is still right"), lambda: self._confirm(found), hint=_("Name, role, unit and expertise were looked at today"))
        sheet.add(line(right, 1))
        self.inspect(sheet)

    def _confirm(self, found: Profile) -> None:
        """The profile was looked at today: it counts as up to date for a year."""
        day = QDate.currentDate().toString(Qt.DateFormat.ISODate)

        def write(community: Community) -> int:
            from cmdesk.core import inputs
            from cmdesk.core.records import Input

            return inputs.fill_in(community, [Input("member", found.ref, "reviewed", "yes", day)], N_("Profile looked at"))

        def done(changed: int) -> None:
            self.session.say(_("Kept.") if changed else _("Nothing was changed."), kind="good" if changed else "info")
            self._look_up(found.row.id)

        self.session.write(_("Profile looked at"), write, done, owner=self)


def profile(connection: sqlite3.Connection, id: int, names: bool) -> Profile | None:
    """A member with groups and, where names show, declared expertise; None if it is gone. No measure of the person."""
    from cmdesk.core import filled, groups, members

    rows = members.rows(connection, [id], names)
    if not rows:
        return None
    query = "SELECT DISTINCT ms.group_id FROM belongs ms JOIN identities i ON i.id = ms.identity_id WHERE i.member_id = ? AND NOT ms.audience"
    inside = {row[0] for row in connection.execute(query, (id,))}
    paths = tuple(row.path for row in groups.rows(connection) if row.id in inside)
    known, ref = connection.execute("SELECT expertise, ref FROM members WHERE id = ?", (id,)).fetchone()
    expertise = tuple(msgspec.json.decode(known, type=list[str])) if names and known else ()
    said = filled.said(connection, "member", "reviewed", ref=ref).get((ref, "reviewed"), [])
    return Profile(rows[0], paths, expertise, ref, said[-1].day if said else "")
