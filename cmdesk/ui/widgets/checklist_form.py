"""The manageability checklist of a group in the inspector: what the data tell, what somebody answers, and the day of the next review."""

from __future__ import annotations

import sqlite3

from PySide6.QtCore import QDate, Qt
from PySide6.QtWidgets import QWidget

from cmdesk.core.checklist import Checklist, Item, of, words as item_words
from cmdesk.core.community import Community
from cmdesk.core.groups import GroupRow
from cmdesk.core.text import N_, _
from cmdesk.ui import words
from cmdesk.ui.session import Session
from cmdesk.ui.widgets.check import CheckBox
from cmdesk.ui.widgets.chooser import DateField
from cmdesk.ui.widgets.plain import button, column, label, line


class ChecklistForm(QWidget):
    """Reads the checklist in the background, and keeps what is changed as one command."""

    def __init__(self, session: Session, row: GroupRow) -> None:
        super().__init__()
        self._session, self._row = session, row
        self._known: Checklist | None = None
        self.boxes: dict[str, CheckBox] = {}
        self.review = DateField()
        self.review.setAccessibleName(_("Day of the next review"))
        self.result = label("", "muted", wrap=True)
        self.keep = button(_("Keep the checklist"), self._keep)
        self.setLayout(column(label(_("Reading…"), "muted")))
        session.load(lambda connection: _read(connection, row.id), self._show, title=_("Reading the checklist"), owner=self)

    def _show(self, known: Checklist) -> None:
        self._known = known
        place = self.layout()
        assert place is not None
        while (item := place.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.deleteLater()
        for one in known.items:
            self.boxes[one.name] = box = CheckBox(_short(one.name))
            box.setChecked(one.holds is True)
            box.setToolTip(item_words(one.name))
            place.addWidget(box)
            if one.name != "review":
                place.addWidget(label(_source(one), "small", wrap=True))
        day = QDate.fromString(known.review, Qt.DateFormat.ISODate) if known.review else QDate.currentDate().addYears(1)
        self.review.setDate(day)
        self.boxes["review"].toggled.connect(self.review.setEnabled)
        self.review.setEnabled(self.boxes["review"].isChecked())
        place.addWidget(self.review)
        text = _("It does not count as long as nobody answered anything here.")
        if known.value is not None:
            text = _("{n} of {all} hold.").format(n=round(known.value * len(known.items)), all=len(known.items))
        self.result.setText(text)
        place.addWidget(self.result)
        holder = QWidget()
        holder.setLayout(line(1, self.keep))
        place.addWidget(holder)

    def _keep(self) -> None:
        known, said = self._known, {}
        if known is None:
            return
        for one in known.items:
            on = self.boxes[one.name].isChecked()
            if one.name == "review":
                day = self.review.date().toString(Qt.DateFormat.ISODate) if on else ""
                if on and day != known.review:
                    said["review"] = day
                if on != (one.holds is True):
                    said["check_review"] = "" if on and one.told is not None and one.answer is False else "yes" if on else "no"
            elif on != one.holds:
                said[f"check_{one.name}"] = "yes" if on else "no"
        if not said:
            self._session.say(_("Nothing was changed."))
            return
        row = self._row

        def write(community: Community) -> int:
            from cmdesk.core import inputs
            from cmdesk.core.records import Input

            today = QDate.currentDate().toString(Qt.DateFormat.ISODate)
            every = [Input("group", row.ref, field, value, today) for field, value in said.items()]
            return inputs.fill_in(community, every, N_("Checklist of {name}").format(name=row.name))

        self._session.write(_("Keeping the checklist"), write, lambda _n: self._session.say(_("Kept."), "", "good"))


def _read(connection: sqlite3.Connection, group: int) -> Checklist:
    return of(connection, group)


def _short(item: str) -> str:
    return {
        "owner": _("The owner is active"), "purpose": _("The purpose is stated"), "posting": _("Who may post what"), "roles": _("Roles are visible"),
        "rule": _("Moderation or decision rule"), "review": _("Next review on"),
    }[item]  # fmt: skip


def _source(one: Item) -> str:
    if one.answer is not None:
        return _("answered on {day}").format(day=words.as_day(one.day))
    return _("from the data") if one.told is not None else _("not answered yet")
