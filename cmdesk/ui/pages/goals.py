"""Goals: what each group is for, where it stands on size and trust, and what each goal asks."""

from __future__ import annotations

import sqlite3
from functools import partial

import msgspec
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QSplitter, QWidget

from cmdesk.core.community import Community
from cmdesk.core.contributions import Score
from cmdesk.core.groups import GroupRow
from cmdesk.core.reports import Report
from cmdesk.core.text import _
from cmdesk.ui import words
from cmdesk.ui.desk import Desk
from cmdesk.ui.pages.page import Page
from cmdesk.ui.session import Session
from cmdesk.ui.widgets import evidence
from cmdesk.ui.widgets.chooser import Chooser
from cmdesk.ui.widgets.picture import Picture
from cmdesk.ui.widgets.plain import box, button, label, line, scrolled


class GoalsView(msgspec.Struct, frozen=True):
    """What the page shows: groups, the newest assessment, the one before it, and (group, goal) → since when it is a goal (µs UTC)."""

    groups: list[GroupRow]
    report: Report | None
    before: Report | None
    since: dict[tuple[int, str], int]


class GoalsPage(Page):
    """Left the position chart, right one group's goals; a goal's name explains it."""

    tables = frozenset({"goals", "groups", "facts", "assessments"})

    def __init__(self, session: Session, desk: Desk) -> None:
        super().__init__(
            session, desk, _("Goals"), _("Small and dense at one end, large and loose at the other: a goal asks for a place on this chart.")
        )
        self._now: GoalsView | None = None
        self.edit_model = button(_("Goal model…"), lambda: session.go("goal_model"), hint=_("What each goal is judged by, and how strictly"))
        self.buttons.addWidget(self.edit_model)
        self._wanted: int | None = None
        self._filling = False
        self._resize = QTimer(self)
        self._resize.setSingleShot(True)
        self._resize.setInterval(80)
        self._resize.timeout.connect(self._draw)
        self.axis = Chooser(_("Vertical axis"))
        self.axis.addItem(_("Relational trust, from exchange"), "R")
        self.axis.addItem(_("Competence trust"), "C")
        self.axis.currentIndexChanged.connect(lambda _number: self._draw())
        self.picture = Picture(fit="all")
        self.picture.view.activated.connect(self._open)
        chart, chart_column = box(margins=(0, 8, 0, 8), gap=0)
        self._no_chart = label(_("The chart needs an assessment. Choose a goal, then assess."), "muted", wrap=True)
        self._no_chart.setAlignment(Qt.AlignmentFlag.AlignCenter)
        chart_column.addWidget(self._no_chart, 1)
        chart_column.addWidget(self.picture, 1)
        self.picture.foot.insertWidget(0, self.axis)
        split = QSplitter(Qt.Orientation.Horizontal)
        split.setHandleWidth(16)
        split.setChildrenCollapsible(False)
        split.addWidget(chart)
        split.addWidget(self._chooser())
        split.setStretchFactor(0, 1)
        split.setSizes([640, 384])
        self.body.addWidget(split, 1)

    def _chooser(self) -> QWidget:
        frame, outer = box(gap=8)
        frame.setMinimumWidth(360)
        self.group = Chooser(_("Group"))
        self.group.setMinimumContentsLength(18)
        self.group.setSizeAdjustPolicy(Chooser.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.group.currentIndexChanged.connect(lambda _number: self._fill())
        outer.addLayout(line(label(_("Goals of"), "strong"), self._stretchy(self.group)))
        self._owner = label("", "small", wrap=True)
        outer.addWidget(self._owner)
        outer.addWidget(label(_("Up to three is a plan; eight are a wish."), "small"))
        inside = QWidget()
        grid = QGridLayout(inside)
        grid.setContentsMargins(0, 4, 4, 0)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(2)
        grid.setColumnStretch(0, 1)
        self.levels: dict[str, Chooser] = {}
        self._examples: dict[str, QLabel] = {}
        for number, goal in enumerate(words.goals()):
            told = words.goal(goal)
            name = button(
                told.title, partial(self._explain, goal), "link", hint=told.asks, name=_("{goal}: explain").format(goal=told.title)
            )
            level = Chooser(_("Importance of {goal}").format(goal=told.title))
            level.addItem(_("not a goal"), 0)
            for importance in range(1, 6):
                level.addItem(words.importance(importance), importance)
            level.setFixedWidth(148)
            level.activated.connect(partial(self._set, goal))
            self.levels[goal] = level
            grid.addWidget(name, 2 * number, 0, 1, 2, Qt.AlignmentFlag.AlignLeft)
            grid.addWidget(level, 2 * number + 1, 1, Qt.AlignmentFlag.AlignTop)
            example = self._examples[goal] = label(told.example, "small", wrap=True)
            example.setContentsMargins(5, 0, 0, 12)
            grid.addWidget(example, 2 * number + 1, 0)
        grid.setRowStretch(2 * len(self.levels), 1)
        outer.addWidget(scrolled(inside), 1)
        return frame

    @staticmethod
    def _stretchy(widget: QWidget) -> QHBoxLayout:
        row = QHBoxLayout()
        row.addWidget(widget, 1)
        return row

    def refresh(self) -> None:
        names = self.session.names
        self.session.load(lambda connection: read(connection, names), self._show, title=_("Reading goals"), owner=self)

    def _show(self, now: GoalsView) -> None:
        chosen = self._wanted if self._wanted is not None else self.group.currentData()
        self._now, self._wanted = now, None
        self._filling = True
        self.group.clear()
        for row in now.groups:
            self.group.addItem(row.path, row.id)
        at = self.group.findData(chosen)
        self.group.setCurrentIndex(max(0, at))
        self._filling = False
        self._fill()
        self._draw()

    def _row(self) -> GroupRow | None:
        id = self.group.currentData()
        return next((row for row in self._now.groups if row.id == id), None) if self._now else None

    def _fill(self) -> None:
        row = self._row()
        if row is None or self._filling:
            return
        current = dict(row.goals)
        for goal, level in self.levels.items():
            level.setCurrentIndex(level.findData(current.get(goal, 0)))
            since = self._now.since.get((row.id, goal)) if self._now else None
            chosen = _("A goal since {day}.").format(day=words.day(since, self.session.zone)) if since is not None else ""
            self._examples[goal].setText("\n".join(part for part in (words.goal(goal).example, chosen) if part))
        self._owner.setText(_("Owner: {name}").format(name=row.owner) if row.owner else _("Nobody owns it yet; name an owner on the page Groups."))

    def _draw(self) -> None:
        report = self._now.report if self._now else None
        self._no_chart.setVisible(report is None)
        self.picture.setVisible(report is not None)
        if report is not None:
            from cmdesk.core.pictures import position

            room = self.picture.view.viewport().size()
            competence, before = self.axis.currentData() == "C", self._now.before if self._now else None
            self.picture.set_drawing(
                position.compose(report, before=before, competence=competence, width=float(room.width()), height=float(room.height()))
            )

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        super().resizeEvent(event)
        self._resize.start()

    def _set(self, goal: str, _number: int) -> None:
        row, importance = self._row(), int(self.levels[goal].currentData())
        if row is None or dict(row.goals).get(goal, 0) == importance:
            return
        group = row.id

        def change(community: Community) -> None:
            from cmdesk.core import goals

            if importance:
                goals.set(community, group, goal, importance)
            else:
                goals.remove(community, group, goal)

        self.session.write(_("Setting a goal"), change)

    def _explain(self, goal: str) -> None:
        report, row = self._now.report if self._now else None, self._row()
        sheet = evidence.goal_sheet(report, goal)
        score = evidence.score_of(report, row.id, goal) if report is not None and row is not None else None
        if report is not None and row is not None and score is not None:
            evidence.this_quarter(sheet, report, score, row.path, row.owner)
        self.inspect(sheet)

    def show_this(self, what: object) -> None:
        if isinstance(what, int):
            self._wanted = what
            at = self.group.findData(what)
            if at >= 0:
                self._wanted = None
                self.group.setCurrentIndex(at)

    def _open(self, target: str) -> None:
        kind, _colon, rest = target.partition(":")
        report = self._now.report if self._now else None
        if kind == "goal":
            self._explain(rest)
        elif kind == "group" and rest.isdigit():
            self.show_this(int(rest))
            line_of = evidence.group_of(report, int(rest)) if report else None
            if report is not None and line_of is not None:
                self.inspect(evidence.group_sheet(report, line_of, self.session.go, partial(self._open_score, report)))

    def _open_score(self, report: Report, score: Score) -> None:
        self.inspect(evidence.score_sheet(report, score, self.session.go))


def read(connection: sqlite3.Connection, names: bool) -> GoalsView:
    """The groups, their goals, the newest assessment and the one of the period before it."""
    from cmdesk.core import assessments, goals, groups
    from cmdesk.core.owners import Owners

    owners = Owners(connection)
    newest = assessments.latest(connection)
    earlier = None if newest is None else assessments.previous(connection, newest)
    report, before = (None if id is None else assessments.told(connection, id, names) for id in (newest, earlier))
    rows = [msgspec.structs.replace(row, owner=owners.label(row.owner, names)) for row in groups.rows(connection)]
    return GoalsView(rows, report, before, {(row.group_id, row.goal): row.since for row in goals.rows(connection)})
