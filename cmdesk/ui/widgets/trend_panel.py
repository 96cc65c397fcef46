"""The trend of one group and goal over quarters, with the user's dated notes on its axis."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

import msgspec
from PySide6.QtCore import QDate, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QDateEdit, QLineEdit, QVBoxLayout, QWidget

from cmdesk.core import notes
from cmdesk.core.errors import Cancelled
from cmdesk.core.notes import Note
from cmdesk.core.pictures import trend
from cmdesk.core.text import _
from cmdesk.ui import words
from cmdesk.ui.jobs import Job
from cmdesk.ui.session import Session
from cmdesk.ui.widgets.chooser import Chooser
from cmdesk.ui.widgets.picture import Picture
from cmdesk.ui.widgets.plain import box, button, empty, label, line, scrolled

if TYPE_CHECKING:
    from cmdesk.core.reports import TrendPoint

_QUARTERS = (4, 8, 12, 20)
_SHOWN_NOTES, _NOTE = 3, 34
"""Notes in sight below the chart, and the height of one."""


class TrendGroup(msgspec.Struct, frozen=True):
    """A group to choose, with the goals that were chosen for it."""

    id: int
    path: str
    goals: tuple[str, ...]


class TrendPanel(QWidget):
    """Points stand at once; their intervals follow."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._groups: dict[int, TrendGroup] = {}
        self.points: list[TrendPoint] = []
        self.noted: list[Note] = []
        self._asked: object = None
        self._job: Job | None = None
        self.group = Chooser(_("Group"))
        self.group.setMinimumContentsLength(20)
        self.group.setSizeAdjustPolicy(Chooser.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.group.activated.connect(lambda _number: self._choose_group())
        self.goal = Chooser(_("Goal"))
        for name in words.goals():
            self.goal.addItem(words.goal(name).title, name)
        self.goal.activated.connect(lambda _number: self.look())
        self.quarters = Chooser(_("How far back"))
        for count in _QUARTERS:
            self.quarters.addItem(_("{count} quarters").format(count=count), count)
        self.quarters.setCurrentIndex(1)
        self.quarters.activated.connect(lambda _number: self.look())
        self.state = label("", "muted", wrap=True)
        self.picture = Picture(fit="all")
        self.day = QDateEdit(QDate.currentDate())
        self.day.setCalendarPopup(True)
        self.day.setAccessibleName(_("Day of the note"))
        self.text = QLineEdit()
        self.text.setAccessibleName(_("Note"))
        self.text.setPlaceholderText(_("What happened, such as “reorganisation”"))
        self.text.setMaxLength(notes.LONGEST)
        self.text.returnPressed.connect(self.add)
        self.put = button(_("Add note"), self.add)
        self._list = QVBoxLayout()
        self._list.setSpacing(0)
        self._resize = QTimer(self)
        self._resize.setSingleShot(True)
        self._resize.setInterval(80)
        self._resize.timeout.connect(self._draw)
        self._arrange()

    def _arrange(self) -> None:
        chart, inside = box(margins=(0, 8, 0, 4), gap=0)
        inside.addWidget(self.picture, 1)
        kept = QWidget()
        kept.setLayout(self._list)
        self._area = scrolled(kept)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(12)
        outer.addLayout(line(label(_("Group"), "muted"), self.group, label(_("Goal"), "muted"), self.goal, self.quarters, 1))
        outer.addWidget(self.state)
        outer.addWidget(chart, 1)
        outer.addLayout(line(self.day, self.text, self.put))
        outer.addWidget(self._area)

    def offer(self, groups: Sequence[TrendGroup], group: int | None = None, goal: str = "") -> None:
        """The groups to choose from, and which group and goal to begin with."""
        before = self.group.currentData()
        self._groups = {each.id: each for each in groups}
        self.group.clear()
        for each in groups:
            self.group.addItem(each.path, each.id)
        at = self.group.findData(group if group is not None else before)
        self.group.setCurrentIndex(max(0, at))
        if goal:
            self.goal.setCurrentIndex(max(0, self.goal.findData(goal)))
        if self.isVisible():
            self.look()

    def _choose_group(self) -> None:
        found = self._groups.get(int(self.group.currentData()))
        if found is not None and found.goals and self.goal.currentData() not in found.goals:
            self.goal.setCurrentIndex(self.goal.findData(found.goals[0]))
        self.look()

    def look(self) -> None:
        """Work out the points, then their intervals."""
        if self.group.currentData() is None:
            self.state.setText(_("There is no group yet."))
            return
        if self._job is not None:
            self._job.cancel()
        asked = (int(self.group.currentData()), str(self.goal.currentData()), int(self.quarters.currentData()), self._session.period)
        self._asked = asked
        self.state.setText(_("Looking back…"))
        self._ask(asked, rough=True)

    def _ask(self, asked: tuple[int, str, int, object], *, rough: bool) -> None:
        group, goal, quarters, _period = asked
        host, period = self._session.host, self._session.period

        def work(connection: sqlite3.Connection) -> tuple[list[TrendPoint], list[Note], str]:
            from cmdesk.core import models, periods, resampling

            model = models.in_use(connection, host.metrics)
            plan = None if rough else resampling.Plan()
            found = periods.trend(connection, host, model, group, [goal], as_of=period.as_of, quarters=quarters, window_days=period.window_days, plan=plan)
            return found[goal], notes.rows(connection), f"{model.id} {model.version}"

        def done(result: tuple[list[TrendPoint], list[Note], str]) -> None:
            if self._asked != asked:
                return
            self.points, self.noted, model = result
            if rough:
                self.state.setText(_("Judged by one goal model, {model}, from what was known up to each day. Intervals follow…").format(model=model))
                self._ask(asked, rough=False)
            else:
                self.state.setText(_("Judged by one goal model, {model}, from what was known up to each day.").format(model=model))
            self._draw()
            self._list_notes()

        self._job = self._session.load(work, done, title=_("Looking back"), owner=self, failed=self._failed)

    def _failed(self, error: BaseException) -> None:
        if isinstance(error, Cancelled):
            return
        self.state.setText(_("It cannot be worked out."))
        self._session.fail(error)

    def _draw(self) -> None:
        if not self._asked:
            return
        title = _("{group} · {goal}").format(group=self.group.currentText(), goal=self.goal.currentText())
        room = self.picture.view.viewport().size()
        self.picture.set_drawing(
            trend.compose(self.points, self.noted, title, simulated=self._session.simulated, width=float(room.width()), height=float(room.height()))
        )

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        super().resizeEvent(event)
        self._resize.start()

    # notes

    def read_notes(self) -> None:
        """The notes again, after one was put or taken away."""
        self._session.load(notes.rows, self._renew, title=_("Reading notes"), owner=self)

    def _renew(self, found: list[Note]) -> None:
        self.noted = found
        self._draw()
        self._list_notes()

    def _list_notes(self) -> None:
        empty(self._list)
        for note in self.noted:
            outside = self.points and not self.points[0].as_of <= note.day <= self.points[-1].as_of
            text = f"{words.as_day(note.day)}: {note.text}" + (" " + _("(outside these quarters)") if outside else "")
            away = button(_("Remove"), partial(self._remove, note), "link", name=_("Remove the note {text}").format(text=note.text))
            self._list.addLayout(line(label(text, "small" if outside else ""), 1, away))
        self._list.addStretch(1)
        self._area.setFixedHeight(min(len(self.noted), _SHOWN_NOTES) * _NOTE)

    def add(self) -> None:
        """Put the note that is typed on its day."""
        text, on = self.text.text(), self.day.date()
        if not text.strip():
            self.text.setFocus()
            self.state.setText(_("Write what happened, then add the note."))
            return
        day = date(on.year(), on.month(), on.day())
        self._session.write(_("Adding a note"), lambda community: notes.add(community, day, text), lambda _none: self.text.clear(), owner=self)

    def _remove(self, note: Note) -> None:
        day = date.fromisoformat(note.day)
        self._session.write(_("Removing a note"), lambda community: notes.remove(community, day, note.text), owner=self)
