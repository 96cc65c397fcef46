"""Pages of a group: lasting content, who looks after each, and when it was last known to be right."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence

from PySide6.QtCore import QDate, Qt
from PySide6.QtWidgets import QLayout, QLineEdit

from cmdesk.core.community import Community
from cmdesk.core.groups import GroupRow
from cmdesk.core.text import N_, _, ngettext
from cmdesk.core.worklist import PageRow
from cmdesk.ui import words
from cmdesk.ui.desk import Desk
from cmdesk.ui.dialogs import lists_to_fill
from cmdesk.ui.pages.page import Page
from cmdesk.ui.session import Session
from cmdesk.ui.table_model import Column, RowsModel
from cmdesk.ui.widgets import platform_link
from cmdesk.ui.widgets.check import CheckBox
from cmdesk.ui.widgets.chips import Chips
from cmdesk.ui.widgets.chooser import DateField
from cmdesk.ui.widgets.group_chooser import GroupChooser
from cmdesk.ui.widgets.inspector import Sheet
from cmdesk.ui.widgets.plain import button, label, line
from cmdesk.ui.widgets.table import MenuItem, Table

Loaded = tuple[list[GroupRow], list[PageRow], int]


class ContentPagesPage(Page):
    """The table; below it what is said of the selected pages: confirmed, owner, next review."""

    tables = frozenset({"facts", "groups", "members", "entries"})

    def __init__(self, session: Session, desk: Desk) -> None:
        super().__init__(session, desk, _("Pages"), _("Select pages and say that they are still right, who looks after them and when they are looked at again."))
        self._asked = 0
        self.group = GroupChooser(lambda _group: self.refresh())
        self.chips = Chips(_filters(), lambda _value: self.refresh(), _("Show"))
        self.count = label(kind="muted")
        self.model = RowsModel(_columns(session))
        self.table = Table(self.model, _("Pages"), menu=self._menu, several=True)
        self.table.chosen.connect(self._chosen)
        self.table.opened.connect(lambda row: platform_link.open_link(session, row.source, row.key))
        self.body.addLayout(line(self.group, self.count, 1, gap=16))
        self.body.addLayout(line(self.chips, 1))
        self.body.addWidget(self.table, 1)
        self.body.addLayout(self._setters())
        self.buttons.addWidget(button(_("Fill in elsewhere…"), lambda: lists_to_fill.ask(session, self)))
        self.buttons.addWidget(button(_("Back to the groups"), lambda: session.go("groups", self.group.group)))

    def _setters(self) -> QLayout:
        self.owner = QLineEdit()
        self.owner.setAccessibleName(_("Owner"))
        self.owner.setPlaceholderText(_("Owner"))
        self.owner.setMaximumWidth(220)
        self.with_review = CheckBox(_("Next review"))
        self.review = DateField()
        self.review.setAccessibleName(_("Next review"))
        self.review.setDate(QDate.currentDate().addYears(1))
        self.review.setEnabled(False)
        self.with_review.toggled.connect(self.review.setEnabled)
        self.confirm = button(_("They are still right"), lambda: self.say_of({"confirmed": "yes"}), "primary", hint=_("Confirmed today"))
        self.keep = button(_("Keep owner and review"), self._keep)
        self.owner.returnPressed.connect(self.keep.click)
        return line(self.confirm, self.owner, self.with_review, self.review, self.keep, 1)

    def show_this(self, what: object) -> None:
        if isinstance(what, int) and what != self.group.group:
            self.group.show_group(what)
            self.refresh()

    def refresh(self) -> None:
        self._asked += 1
        asked, group, only, names = self._asked, self.group.group, self.chips.value, self.session.names

        def look(connection: sqlite3.Connection) -> Loaded:
            from cmdesk.core import groups, worklist

            total = connection.execute("SELECT count(*) FROM pages").fetchone()[0]
            return groups.rows(connection), worklist.pages(connection, group, only, names), total

        def done(result: Loaded) -> None:
            if asked == self._asked:
                self._show(*result)

        self.session.load(look, done, title=_("Reading pages"), owner=self)

    def _show(self, groups: list[GroupRow], rows: list[PageRow], total: int) -> None:
        self.group.fill(groups)
        self.model.set_rows(rows)
        text = ngettext("{n} page", "{n} pages", len(rows)).format(n=words.count(len(rows)))
        self.count.setText(text if total else _("No export told of pages yet; a table of pages can (docs/importing.md)."))

    def _chosen(self, row: PageRow) -> None:
        sheet = Sheet(row.title or row.key, row.group)
        sheet.facts(
            [
                (_("Updated"), words.day(row.updated, self.session.zone) or _("not known")), (_("Confirmed"), words.as_day(row.confirmed) if row.confirmed else "–"),
                (_("Owner"), row.owner or "–"), (_("Next review"), words.as_day(row.review) if row.review else "–"),
                (_("Views"), words.count(row.views) or _("not known")),
            ]
        )  # fmt: skip
        sheet.section(_("At the platform"))
        platform_link.add(sheet, self.session, row.source, row.key)
        self.inspect(sheet)

    def _menu(self, row: PageRow) -> Sequence[MenuItem]:
        return [
            (_("They are still right"), self.confirm.click),
            (_("Open at the platform"), lambda: platform_link.open_link(self.session, row.source, row.key)),
        ]

    def _keep(self) -> None:
        owner = {"owner": " ".join(self.owner.text().split())} if self.owner.text().strip() else {}
        review = {"review": self.review.date().toString(Qt.DateFormat.ISODate)} if self.with_review.isChecked() else {}
        if owner or review:
            self.say_of(owner | review)
        else:
            self.session.say(_("Type an owner, or tick “Next review” and choose a day."))

    def say_of(self, fields: dict[str, str]) -> None:
        """Say this of the selected pages as of today, as one command."""
        rows = [row for id in self.table.selected_ids() if (row := self.model.at(self.model.row_of(id))) is not None]
        if not rows:
            self.session.say(_("Select one or more rows first."))
            return
        day = QDate.currentDate().toString(Qt.DateFormat.ISODate)

        def write(community: Community) -> int:
            from cmdesk.core import inputs
            from cmdesk.core.records import Input

            every = [Input("page", row.ref, field, value, day) for row in rows for field, value in fields.items()]
            return inputs.fill_in(community, every, N_("Pages: {names}").format(names=", ".join(fields)))

        def done(changed: int) -> None:
            self.session.say(_("Kept.") if changed else _("Nothing was changed."), "", "good" if changed else "info")

        self.session.write(_("Keeping what was said of pages"), write, done)


def _filters() -> list[tuple[str, str, str]]:
    return [
        ("", _("All"), ""), ("old", _("Not touched for a year"), _("Neither changed nor confirmed within a year")),
        ("due", _("Review is due"), _("Their day of review has come")), ("without_owner", _("Without an owner"), ""),
    ]  # fmt: skip


def _columns(session: Session) -> list[Column]:
    def iso(day: str) -> str:
        return words.as_day(day) if day else ""

    return [
        Column(_("Page"), lambda row: row.title or row.key, "title", 280, tip=lambda row: row.title),
        Column(_("Group"), lambda row: row.group, "group", 160),
        Column(_("Updated"), lambda row: words.day(row.updated, session.zone), "updated", 110, order=lambda row: row.updated),
        Column(_("Confirmed"), lambda row: iso(row.confirmed), "confirmed", 110, order=lambda row: row.confirmed or None),
        Column(_("Owner"), lambda row: row.owner, "owner", 150),
        Column(_("Next review"), lambda row: iso(row.review), "review", 110, order=lambda row: row.review or None),
        Column(_("Views"), lambda row: words.count(row.views), "views", 84, right=True, order=lambda row: row.views),
    ]
