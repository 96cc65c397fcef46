"""Groups: where people meet, what each place is for and who looks after it."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

import msgspec
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit

from cmdesk.core.community import Community
from cmdesk.core.groups import GroupRow
from cmdesk.core.text import _, ngettext
from cmdesk.ui import words
from cmdesk.ui.desk import Desk
from cmdesk.ui.pages.page import Page
from cmdesk.ui.session import Session
from cmdesk.ui.table_model import Column, RowsModel
from cmdesk.ui.widgets.answers import AnswersPart
from cmdesk.ui.widgets.check import CheckBox
from cmdesk.ui.widgets.checklist_form import ChecklistForm
from cmdesk.ui.widgets.circle_chooser import GroupOfCircle
from cmdesk.ui.widgets.inspector import Sheet
from cmdesk.ui.widgets.plain import button, label, line
from cmdesk.ui.widgets.pulse_form import PulseForm
from cmdesk.ui.widgets.table import MenuItem, Table

if TYPE_CHECKING:
    from cmdesk.core.reports import CircleLine


class GroupsPage(Page):
    """The table of groups; purpose, owner and goals are edited in the inspector."""

    tables = frozenset({"facts", "groups", "goals", "members", "entries"})

    def __init__(self, session: Session, desk: Desk) -> None:
        super().__init__(session, desk, _("Groups"), _("Every place where people meet. Say what it is for and who looks after it."))
        self._rows: list[GroupRow] = []
        self._shown: GroupRow | None = None
        self._wanted: int | None = None
        self._filled_in = False
        self.search = QLineEdit()
        self.search.setPlaceholderText(_("Search groups"))
        self.search.setAccessibleName(_("Search groups"))
        self.search.setClearButtonEnabled(True)
        self.search.setMinimumWidth(140)
        self.search.setMaximumWidth(280)
        self.search.textChanged.connect(lambda _text: self._filter())
        self.with_goal = CheckBox(_("Only with a goal"))
        self.with_goal.toggled.connect(lambda _on: self._filter())
        self.count = label(kind="muted")
        self.model = RowsModel(columns(session))
        self.table = Table(self.model, _("Groups"), menu=self._menu)
        self.table.chosen.connect(self._chosen)
        self.table.opened.connect(lambda row: session.go("goals", row.id))
        self.of_circle = button(_("Make a group of a circle…"), self._of_circle)
        self.buttons.addWidget(self.of_circle)
        above = line(self.search, self.with_goal, self.count, 1, gap=16)
        above.setStretch(0, 1000)
        self.body.addLayout(above)
        self.body.addWidget(self.table, 1)

    def refresh(self) -> None:
        from cmdesk.core import groups

        names = self.session.names

        def look(connection: sqlite3.Connection) -> list[GroupRow]:
            from cmdesk.core.owners import Owners

            owners = Owners(connection)
            return [msgspec.structs.replace(row, owner=owners.label(row.owner, names)) for row in groups.rows(connection)]

        self.session.load(look, self._show, title=_("Reading groups"), owner=self)

    def _show(self, rows: list[GroupRow]) -> None:
        self._rows = rows
        self._filter()
        current = self._shown.id if self._shown else self._wanted
        found = next((row for row in rows if row.id == current), None)
        if found is not None and (found != self._shown or self._filled_in) and (self._wanted is not None or self.sheet is not None):
            self.table.choose(found.id)
            self._chosen(found)
        self._wanted, self._filled_in = None, False

    def touched(self, tables: frozenset[str]) -> None:
        """What was filled in stands in the inspector, not in the rows."""
        self._filled_in |= "entries" in tables or "facts" in tables
        super().touched(tables)

    def _filter(self) -> None:
        typed = self.search.text().strip().casefold()
        shown = [row for row in self._rows if typed in row.path.casefold() and (row.goals or not self.with_goal.isChecked())]
        self.model.set_rows(shown)
        text = ngettext("{n} group", "{n} groups", len(shown)).format(n=words.count(len(shown)))
        self.count.setText(
            text if len(self._rows) > 1 or typed else _("Only the whole community yet. Import an export to fill this table.")
        )

    def show_this(self, what: object) -> None:
        if isinstance(what, int):
            self._wanted = what
            found = next((row for row in self._rows if row.id == what), None)
            if found is not None:
                self.search.clear()
                self.with_goal.setChecked(False)
                self.table.choose(what)
                self._chosen(found)

    def _menu(self, row: GroupRow) -> Sequence[MenuItem]:
        return [
            (_("Edit purpose and owner"), lambda: self._chosen(row)), (_("Set goals"), lambda: self.session.go("goals", row.id)),
            (_("Questions and ideas"), lambda: self.session.go("threads", row.id)), (_("Pages"), lambda: self.session.go("pages", row.id)),
        ]  # fmt: skip

    def _chosen(self, row: GroupRow) -> None:
        self._shown = row
        self.session.select("group", row.id)
        self.inspect(self._sheet(row))

    def _sheet(self, row: GroupRow) -> Sheet:
        sheet = Sheet(row.name, row.path if row.path != row.name else words_of_kind(row))
        sheet.facts(
            [
                (_("Members"), words.count(row.members)),
                (_("Messages"), words.count(row.posts)),
                (_("Period"), _period(row, self.session.zone)),
            ]
        )
        sheet.section(_("Goals"))
        for goal, importance in row.goals:
            sheet.say(f"{words.goal(goal).title} · {words.importance(importance)}")
        if not row.goals:
            sheet.say(_("None yet. Without a goal there is no verdict."), "muted")
        sheet.add(line(button(_("Set goals"), partial(self.session.go, "goals", row.id)), 1))
        sheet.section(_("Purpose"))
        purpose = QPlainTextEdit(row.purpose)
        purpose.setAccessibleName(_("Purpose"))
        purpose.setPlaceholderText(_("What is this group for, in a sentence?"))
        purpose.setFixedHeight(88)
        purpose.setTabChangesFocus(True)
        sheet.add(purpose)
        sheet.section(_("Owner"))
        owner = QLineEdit(row.owner)
        owner.setAccessibleName(_("Owner"))
        owner.setPlaceholderText(_("Who looks after it?"))
        sheet.add(owner)
        keep = button(_("Keep"), lambda: self._keep(row, purpose.toPlainText(), owner.text()), "primary")
        owner.returnPressed.connect(keep.click)
        sheet.add(line(1, keep))
        sheet.section(_("What people write and read here"))
        threads, pages = partial(self.session.go, "threads", row.id), partial(self.session.go, "pages", row.id)
        sheet.add(line(button(_("Questions and ideas"), threads), button(_("Pages"), pages), 1))
        sheet.add(AnswersPart(self.session, row.id))
        sheet.section(_("Manageable?"))
        sheet.add(ChecklistForm(self.session, row))
        sheet.section(_("Pulse: four questions to the members"))
        sheet.add(PulseForm(self.session, row))
        return sheet

    def _of_circle(self) -> None:
        """Choose a circle of the newest assessment, to make it a group."""

        def look(connection: sqlite3.Connection) -> tuple[int, tuple[CircleLine, ...]]:
            from cmdesk.core import assessments, circle_store

            newest = assessments.latest(connection)
            return newest or 0, circle_store.load(connection, newest) if newest else ()

        def show(found: tuple[int, tuple[CircleLine, ...]]) -> None:
            sheet = Sheet(_("Make a group of a circle"), _("A circle is a handful of people who turn to each other far more than to others."))
            if not found[0]:
                sheet.say(_("Nothing was assessed yet, so no circle is known."), "muted")
                sheet.add(line(button(_("Assess now"), lambda: self.session.go("assess")), 1))
            else:
                sheet.add(GroupOfCircle(self.session, *found))
            self.inspect(sheet)

        self.session.load(look, show, title=_("Reading circles"), owner=self)

    def _keep(self, row: GroupRow, purpose: str, owner: str) -> None:
        values = {"purpose": purpose.strip(), "owner": owner.strip()}
        changed = {name: value for name, value in values.items() if value != getattr(row, name)}
        if not changed:
            self.session.say(_("Nothing was changed."))
            return

        def edit(community: Community) -> None:
            from cmdesk.core import edits

            edits.edit_group(community, row.id, **changed)

        self.session.write(_("Editing {name}").format(name=row.name), edit, lambda _none: self.session.say(_("Kept."), kind="good"))


def columns(session: Session) -> list[Column]:
    """The columns of the groups table."""
    return [
        Column(_("Group"), lambda row: row.path, "path", 240, order=lambda row: (row.parent is not None, row.path.casefold())),
        Column(_("Members"), lambda row: words.count(row.members), "members", 92, right=True, order=lambda row: row.members),
        Column(_("Messages"), lambda row: words.count(row.posts), "posts", 100, right=True, order=lambda row: row.posts),
        Column(_("Last message"), lambda row: words.day(row.last, session.zone), "last", 120, order=lambda row: row.last),
        Column(_("Goals"), lambda row: ", ".join(words.goal(goal).title for goal, _level in row.goals), "goals", 200),
        Column(_("Owner"), lambda row: row.owner, "owner", 140),
        Column(_("Purpose"), lambda row: row.purpose, "purpose", 240, tip=lambda row: row.purpose),
    ]


def words_of_kind(row: GroupRow) -> str:
    """What kind of place it is."""
    known = {"community": _("The whole community"), "channel": _("Channel"), "group": _("Group"), "private": _("Private channel")}
    return known.get(row.kind, row.kind)


def _period(row: GroupRow, zone: str) -> str:
    if row.first is None:
        return _("no messages")
    return f"{words.day(row.first, zone)} – {words.day(row.last, zone)}"
