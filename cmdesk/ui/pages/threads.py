"""Questions and ideas of a group: rows that a person recognises, and what became of each, set for many at once."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QDate, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QLayout, QPushButton

from cmdesk.core.community import Community
from cmdesk.core.groups import GroupRow
from cmdesk.core.input_fields import STATUSES
from cmdesk.core.text import N_, _, ngettext
from cmdesk.core.worklist import ThreadRow, Threads
from cmdesk.ui import words
from cmdesk.ui.desk import Desk
from cmdesk.ui.dialogs import lists_to_fill
from cmdesk.ui.pages.page import Page
from cmdesk.ui.session import Session
from cmdesk.ui.table_model import Column, TableModel
from cmdesk.ui.widgets import platform_link
from cmdesk.ui.widgets.chips import Chips
from cmdesk.ui.widgets.chooser import DateField
from cmdesk.ui.widgets.group_chooser import GroupChooser
from cmdesk.ui.widgets.inspector import Sheet
from cmdesk.ui.widgets.plain import button, label, line
from cmdesk.ui.widgets.table import MenuItem, Table


class ThreadsPage(Page):
    """The table, its filters, and a row of buttons that set a status on a day; keys 1–6 do the same, 0 takes a status back."""

    tables = frozenset({"facts", "groups", "members", "entries"})

    def __init__(self, session: Session, desk: Desk) -> None:
        super().__init__(session, desk, _("Questions and ideas"), _("Select rows and say what became of them: with a button, or a key from 1 to 6."))
        self._list: Threads | None = None
        self._asked = 0
        self._sort = ("", False)
        self.group = GroupChooser(lambda _group: self.refresh())
        self.chips = Chips(_filters(), lambda _value: self.refresh(), _("Show"))
        self.count = label(kind="muted")
        self.model = TableModel(_columns(session), self._fetch)
        self.model.sort_asked.connect(self._sorted)
        self.model.fetch_failed.connect(session.fail)
        self.table = Table(self.model, _("Questions and ideas"), menu=self._menu, several=True)
        self.table.chosen.connect(self._chosen)
        self.table.opened.connect(self._open)
        self.day = DateField()
        self.day.setAccessibleName(_("The day on which it got this status"))
        self.day.setDate(QDate.currentDate())
        self.body.addLayout(line(self.group, self.count, 1, gap=16))
        self.body.addLayout(line(self.chips, 1))
        self.body.addWidget(self.table, 1)
        self.body.addLayout(self._setters())
        self.body.addLayout(line(label(_("since"), "muted"), self.day, 1))
        self.buttons.addWidget(button(_("Fill in elsewhere…"), lambda: lists_to_fill.ask(session, self)))
        self.buttons.addWidget(button(_("Back to the groups"), lambda: session.go("groups", self.group.group)))

    def _setters(self) -> QLayout:
        self.setters: dict[str, QPushButton] = {}
        row = line()
        for number, status in enumerate((*STATUSES, ""), 1):
            key = str(number) if status else "0"
            text = status_words(status) if status else _("No status")
            self.setters[status] = button(text, partial(self.set_status, status), hint=_("Key {key}").format(key=key))
            row.addWidget(self.setters[status])
            shortcut = QShortcut(QKeySequence(key), self.table)
            shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)
            shortcut.activated.connect(self.setters[status].click)
        row.addStretch(1)
        return row

    # reading

    def show_this(self, what: object) -> None:
        if isinstance(what, int) and what != self.group.group:
            self.group.show_group(what)
            self.refresh()

    def refresh(self) -> None:
        self._asked += 1
        asked, group, only, names, (key, descending) = self._asked, self.group.group, self.chips.value, self.session.names, self._sort

        def look(connection: sqlite3.Connection) -> tuple[list[GroupRow], Threads]:
            from cmdesk.core import groups

            found = Threads(connection, group, only)
            if key:
                found.sort(connection, key, descending, names)
            return groups.rows(connection), found

        def done(result: tuple[list[GroupRow], Threads]) -> None:
            if asked == self._asked:
                self._show(*result)

        self.session.load(look, done, title=_("Reading questions and ideas"), owner=self)

    def _show(self, groups: list[GroupRow], found: Threads) -> None:
        self.group.fill(groups)
        self._list = found
        if self.model.ids().tolist() == found.ids:
            self.model.refresh()  # what is selected stays so
        else:
            self.model.set_ids(found.ids)
        if self.sheet is not None and (row := self.table.current()) is not None:
            self._chosen(row)
        if not found.total:
            self.count.setText(_("None here. A question ends with “?”; an idea begins with “Idea:” or has the tag #idea."))
        elif not self.chips.value:
            self.count.setText(ngettext("{n} thread", "{n} threads", found.total).format(n=words.count(found.total)))
        else:
            self.count.setText(_("{n} of {total}").format(n=words.count(len(found.ids)), total=words.count(found.total)))

    def _fetch(self, ids: Sequence[int]) -> list[ThreadRow]:
        found, names = self._list, self.session.names
        return [] if found is None else self.session.read(lambda connection: found.rows(connection, ids, names))

    def _sorted(self, key: str, descending: bool) -> None:
        self._sort = (key, descending)
        self.refresh()

    # one row

    def _chosen(self, row: ThreadRow) -> None:
        sheet = Sheet(row.title or _("A thread without a title"), row.group)
        sheet.facts(
            [
                (_("Date"), words.minute(row.at, self.session.zone)), (_("Kind"), kind_words(row)), (_("Tags"), ", ".join(row.tags) or "–"),
                (_("Replies"), words.count(row.replies)), (_("Status"), status_words(row.status) if row.status else _("none yet")),
            ]
        )  # fmt: skip
        said = self.session.read(lambda connection: _history(connection, row.ref))
        if said:
            sheet.section(_("What became of it"))
            sheet.facts([(words.as_day(day), status_words(status)) for day, status in said])
        sheet.section(_("At the platform"))
        platform_link.add(sheet, self.session, row.source, row.key)
        self.inspect(sheet)

    def _open(self, row: ThreadRow) -> None:
        platform_link.open_link(self.session, row.source, row.key)

    def _menu(self, row: ThreadRow) -> Sequence[MenuItem]:
        every: list[MenuItem] = [(status_words(status), self.setters[status].click) for status in STATUSES]
        return [*every, (_("No status"), self.setters[""].click), (_("Open at the platform"), lambda: self._open(row))]

    # writing

    def set_status(self, status: str) -> None:
        """Give the selected threads this status, or with "" take that of each away, as one command."""
        ids, day, found = self.table.selected_ids(), self.day.date().toString(Qt.DateFormat.ISODate), self._list
        if not ids or found is None:
            self.session.say(_("Select one or more rows first."))
            return

        def write(community: Community) -> int:
            from cmdesk.core import inputs
            from cmdesk.core.records import Input

            with community.reading() as connection:
                rows = found.rows(connection, ids)
                said = {row.ref: _history(connection, row.ref) for row in rows} if not status else {}
            if status:
                every = [Input("post", row.ref, "status", status, day) for row in rows]
                title = N_("Status: {status}").format(status=status)
            else:
                every = [Input("post", ref, "status", "", since) for ref, days in said.items() for since, _status in days]
                title = N_("Status taken back")
            return inputs.fill_in(community, every, title)

        def done(changed: int) -> None:
            text = ngettext("{n} thread was changed.", "{n} threads were changed.", changed) if changed else _("Nothing was changed.")
            self.session.say(text.format(n=words.count(changed)), "", "good" if changed else "info")

        self.session.write(_("Setting a status"), write, done)


def status_words(status: str) -> str:
    """A status as people say it."""
    known = {
        "open": _("Open"), "taken_up": _("Taken up"), "tried": _("Tried"), "adopted": _("Adopted"), "declined": _("Declined"),
        "answered": _("Answered"),
    }  # fmt: skip
    return known.get(status, status)


def kind_words(row: ThreadRow) -> str:
    """Question, idea, or both."""
    return ", ".join(word for word, there in ((_("Question"), row.question), (_("Idea"), row.idea)) if there)


def _history(connection: sqlite3.Connection, ref: str) -> list[tuple[str, str]]:
    from cmdesk.core import filled

    return [(one.day, one.value) for one in filled.said(connection, "post", "status", ref=ref).get((ref, "status"), [])]


def _filters() -> list[tuple[str, str, str]]:
    return [
        ("", _("All"), _("Every thread that asks something or brings an idea")),
        ("open", _("Open questions"), _("Questions without a reply, or whose status is open")),
        ("without_status", _("Ideas without status"), _("Ideas of which nobody said what became of them")),
        ("questions", _("Questions"), _("Threads that ask something")),
        ("ideas", _("Ideas"), _("Threads that bring an idea")),
    ]


def _columns(session: Session) -> list[Column]:
    return [
        Column(_("Date"), lambda row: words.day(row.at, session.zone), "at", 110),
        Column(_("Title"), lambda row: row.title, "title", 280, tip=lambda row: row.title),
        Column(_("Group"), lambda row: row.group, "group", 160),
        Column(_("Kind"), kind_words, "idea", 130),
        Column(_("Tags"), lambda row: ", ".join(row.tags), "tags", 140),
        Column(_("Replies"), lambda row: words.count(row.replies), "replies", 104, right=True),
        Column(_("Status"), lambda row: status_words(row.status), "status", 110),
        Column(_("Since"), lambda row: words.as_day(row.since) if row.since else "", "since", 110),
    ]
