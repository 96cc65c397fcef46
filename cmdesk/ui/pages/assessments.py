"""Assessments: runs by date; one run as groups × goals, each score with its criteria as bullet bars, advice, and what is missing."""

from __future__ import annotations

import sqlite3
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QHideEvent, QResizeEvent
from PySide6.QtWidgets import QLineEdit, QPushButton, QSizePolicy, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from cmdesk.core.community import Community
from cmdesk.core.reports import Report
from cmdesk.core.text import _
from cmdesk.ui import words
from cmdesk.ui.desk import Desk
from cmdesk.ui.pages.page import Page
from cmdesk.ui.session import Session
from cmdesk.ui.table_model import RowsModel
from cmdesk.ui.widgets import evidence
from cmdesk.ui.widgets.check import CheckBox
from cmdesk.ui.widgets.chooser import Chooser
from cmdesk.ui.widgets.compare_panel import ComparePanel
from cmdesk.ui.widgets.inspector import Sheet
from cmdesk.ui.widgets.plain import box, button, empty, label, line, scrolled
from cmdesk.ui.widgets.score_table import ScoreLine, columns
from cmdesk.ui.widgets.table import Table
from cmdesk.ui.widgets.trend_panel import TrendGroup, TrendPanel

if TYPE_CHECKING:
    from cmdesk.core.assessments import AssessmentRow

class AssessmentsPage(Page):
    """Choose a run above; its scores stand left, the evidence of one of them right."""

    tables = frozenset({"assessments"})

    def __init__(self, session: Session, desk: Desk) -> None:
        super().__init__(
            session, desk, _("Assessments"), _("Every run is kept with its evidence, so that a verdict can be explained later.")
        )
        self.report: Report | None = None
        self.ask: QPushButton | None = None
        self._wanted: tuple[int, str] | None = None
        self._shown: ScoreLine | None = None
        self._asked = 0
        self._rows: list[AssessmentRow] = []
        self._groups: list[TrendGroup] = []
        self.run = button(_("Assess now"), lambda: session.go("assess"), hint=_("Ctrl+R"))
        self.export = button(_("Report for the board…"), self._export, "primary")
        self.buttons.addWidget(self.run)
        self.buttons.addWidget(self.export)
        self._resize = QTimer(self)
        self._resize.setSingleShot(True)
        self._resize.setInterval(80)
        self._resize.timeout.connect(self._explain)
        self.every = CheckBox(_("Also goals that were not chosen"))
        self.every.toggled.connect(lambda _on: self._fill())
        self.compare, self.trend = ComparePanel(session), TrendPanel(session)
        self.views = QStackedWidget()
        for view in (self._one_run(), self.compare, self.trend):
            self.views.addWidget(view)
        self.tabs = [button(text, partial(self.view, number), "flat") for number, text in enumerate((_("One run"), _("Compare two runs"), _("Trend")))]
        for tab in self.tabs:
            tab.setCheckable(True)
        self.tabs[0].setChecked(True)
        self.body.addLayout(line(*self.tabs, 1, self.every))
        self.body.addWidget(self.views, 1)

    def _one_run(self) -> QWidget:
        """A run, its name, its scores and the evidence of one of them."""
        self.runs = Chooser(_("Run"))
        self.runs.setMinimumContentsLength(16)
        self.runs.setSizeAdjustPolicy(Chooser.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.runs.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.runs.activated.connect(lambda _number: self._load(self.runs.currentData()))
        self.name = QLineEdit()
        self.name.setAccessibleName(_("Name of this run"))
        self.name.setPlaceholderText(_("Name this run"))
        self.name.setMaxLength(80)
        self.name.setMinimumWidth(96)
        self.name.setMaximumWidth(220)
        self.name.editingFinished.connect(self._rename)
        self.nothing = label(_("No assessment yet. “Assess now” measures every group against every goal."), "muted", wrap=True)
        self.split = self._scores_and_evidence()
        found = QWidget()
        column = QVBoxLayout(found)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(16)
        column.addLayout(line(label(_("Run")), self.runs, self.name, gap=12))
        column.addWidget(self.nothing)
        column.addWidget(self.split, 1)
        return found

    def _scores_and_evidence(self) -> QSplitter:
        self.model = RowsModel(columns())
        self.table = Table(self.model, _("Scores"))
        self.table.chosen.connect(self._chosen)
        self._frame, inside = box(margins=(0, 0, 0, 0), gap=0)
        self._evidence = QVBoxLayout()
        inside.addLayout(self._evidence)
        split = QSplitter(Qt.Orientation.Horizontal)
        split.setHandleWidth(16)
        split.setChildrenCollapsible(False)
        split.addWidget(self.table)
        split.addWidget(self._frame)
        split.setSizes([470, 570])
        split.setStretchFactor(0, 1)
        split.setStretchFactor(1, 2)
        split.splitterMoved.connect(lambda _place, _number: self._resize.start())
        return split

    def view(self, number: int) -> None:
        """One run, two runs, or a trend."""
        for place, tab in enumerate(self.tabs):
            tab.setChecked(place == number)
        self.views.setCurrentIndex(number)
        self.every.setVisible(number == 0 and bool(self._rows))
        if number:
            self.inspect(None)
        if number == 1:
            self.compare.compare()
        elif number == 2:
            score = self._shown.score if self._shown is not None else None
            self.trend.offer(self._groups, score.group if score else None, score.goal if score else "")

    def touched(self, tables: frozenset[str]) -> None:
        super().touched(tables)
        if "notes" in tables and self.views.currentIndex() == 2:
            self.trend.read_notes()

    def _rename(self) -> None:
        row = next((row for row in self._rows if row.id == self.runs.currentData()), None)
        text = " ".join(self.name.text().split())
        if row is None or text == row.name:
            return

        def change(community: Community) -> None:
            from cmdesk.core import edits

            edits.name_assessment(community, row.id, text)

        self.session.write(_("Naming a run"), change, owner=self)

    def refresh(self) -> None:
        self.session.load(_listed, self._show_listed, title=_("Reading assessments"), owner=self)

    def _show_listed(self, found: tuple[list[AssessmentRow], list[TrendGroup]]) -> None:
        self._rows, self._groups = found
        self._show_runs(self._rows)
        self.compare.offer([(row.id, _run_words(row, self.session.zone)) for row in self._rows])

    def _show_runs(self, rows: list[AssessmentRow]) -> None:
        before = self.runs.currentData()
        newest = rows[0].id if rows else None
        first = before is None or (self.report is not None and newest is not None and newest > max(self._known(), default=0))
        self.runs.clear()
        for row in rows:
            self.runs.addItem(_run_words(row, self.session.zone), row.id)
        chosen = newest if first else before
        self.runs.setCurrentIndex(max(0, self.runs.findData(chosen)))
        self.nothing.setVisible(not rows)
        for part in (self.split, self.runs, self.name):
            part.setVisible(bool(rows))
        self.every.setVisible(bool(rows) and self.views.currentIndex() == 0)
        self.export.setEnabled(bool(rows))
        if rows:
            self._load(self.runs.currentData())

    def _known(self) -> list[int]:
        return [int(self.runs.itemData(number)) for number in range(self.runs.count())]

    def _load(self, id: int) -> None:
        self.name.setText(next((row.name for row in self._rows if row.id == id), ""))
        self.name.setCursorPosition(0)
        names = self.session.names
        self._asked += 1
        asked = self._asked

        def done(report: Report) -> None:
            if asked == self._asked:
                self.report = report
                self._fill()

        self.session.load(lambda connection: _report(connection, id, names), done, title=_("Reading the assessment"), owner=self)

    def _fill(self) -> None:
        if self.report is None:
            return
        paths = {each.id: each.path for each in self.report.groups}
        lines = [
            ScoreLine(number, paths.get(score.group, ""), score)
            for number, score in enumerate(self.report.scores)
            if score.chosen or self.every.isChecked()
        ]
        if not lines and not self.every.isChecked() and self.report.scores:
            self.every.setChecked(True)
            return
        self.model.set_rows(lines)
        wanted, self._wanted = self._wanted, None
        keep = wanted or ((self._shown.score.group, self._shown.score.goal) if self._shown else None)
        found = next((each for each in lines if (each.score.group, each.score.goal) == keep), lines[0] if lines else None)
        self._shown = found
        if found is not None:
            self.table.choose(found.id)
        self._explain()

    def _chosen(self, row: ScoreLine) -> None:
        if self.sheet is not None and self._shown is not None and self._shown.score.group != row.score.group:
            self.inspect(None)  # it asked about another group
        self._shown = row
        self.session.select("group", row.score.group)
        self._explain()

    def _explain(self) -> None:
        empty(self._evidence)
        if self._shown is None or self.report is None:
            return
        score = self._shown.score
        width = max(320.0, self._frame.width() - 48.0)
        sheet = Sheet(_("{group} · {goal}").format(group=self._shown.group, goal=words.goal(score.goal).title))
        sheet.setContentsMargins(0, 16, 0, 0)
        evidence.fill(sheet, score, self.report, width)
        line_of = evidence.group_of(self.report, score.group)
        self.ask = None
        if line_of is not None and not line_of.hidden:
            self.ask = button(_("What if…"), self._what_if, hint=_("People leave or come, write to each other, the group is split: the fit then"))
            sheet.add(line(self.ask, 1))
        self._evidence.addWidget(scrolled(sheet))

    def _what_if(self) -> None:
        from cmdesk.ui.widgets.what_if_panel import WhatIfPanel

        if self._shown is None or self.report is None:
            return
        group = self._shown.score.group
        goals = [score.goal for score in self.report.scores if score.group == group and (score.chosen or score.goal == self._shown.score.goal)]
        self.inspect(WhatIfPanel.of_report(self.session, self.report, group, goals))

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802 - Qt's name
        self.sheet = None  # a question leaves no trace
        super().hideEvent(event)

    def show_this(self, what: object) -> None:
        if isinstance(what, tuple) and len(what) == 3:
            id, group, goal = what
            self._wanted = (group, goal)
            if self.report is not None and self.report.assessment_id == id:
                if not any(score.chosen for score in self.report.scores if (score.group, score.goal) == (group, goal)):
                    self.every.setChecked(True)
                self._fill()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        super().resizeEvent(event)
        self._resize.start()

    def _export(self) -> None:
        from cmdesk.ui.dialogs.report import ReportDialog

        if self.report is not None:
            ReportDialog(self.session, self.desk, self.report.assessment_id, self.window()).open()


def _listed(connection: sqlite3.Connection) -> tuple[list[AssessmentRow], list[TrendGroup]]:
    from cmdesk.core import assessments, groups

    return assessments.rows(connection), [TrendGroup(row.id, row.path, tuple(goal for goal, _level in row.goals)) for row in groups.rows(connection)]


def _run_words(row: AssessmentRow, zone: str) -> str:
    told = _("{as_of}, {days} days · {model} · run {at}").format(
        as_of=_("nothing has a date") if row.undated else words.as_day(row.as_of), days=row.window_days, model=f"{row.model_id} {row.model_version}", at=words.minute(row.at, zone)
    )
    return f"{row.name} · {told}" if row.name else told


def _report(connection: sqlite3.Connection, id: int, names: bool) -> Report:
    from cmdesk.core import assessments

    return assessments.told(connection, id, names)
