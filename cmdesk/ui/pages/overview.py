"""Overview: does the structure fit the goals? The matrix, the evidence behind each cell, and the report for the board."""

from __future__ import annotations

import sqlite3

import msgspec
from PySide6.QtCore import QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QStackedLayout, QWidget

from cmdesk.core.contributions import Score
from cmdesk.core.reports import QuestionLine, Report
from cmdesk.core.text import _, ngettext
from cmdesk.core.totals import Totals, totals
from cmdesk.ui import words
from cmdesk.ui.desk import Desk
from cmdesk.ui.pages.page import Page
from cmdesk.ui.session import Session
from cmdesk.ui.widgets.picture import Picture
from cmdesk.ui.widgets.plain import box, button, column, label, line
from cmdesk.ui.widgets.questions import Questions, sheet


class Standing(msgspec.Struct, frozen=True):
    """What the overview stands on: what the file holds, the newest assessment, and whether something changed since."""

    totals: Totals
    report: Report | None
    outdated: bool


class OverviewPage(Page):
    """The first page of a community; what it lacks, it says, with the next step."""

    tables = frozenset({"facts", "groups", "goals", "assessments", "members", "settings"})

    def __init__(self, session: Session, desk: Desk) -> None:
        super().__init__(session, desk, _("Overview"))
        self.report: Report | None = None
        self.assess = button(
            _("Assess now"), lambda: session.go("assess"), hint=_("Measure again and judge every group against every goal (Ctrl+R)")
        )
        self.board = button(
            _("Report for the board…"),
            lambda: session.go("report"),
            "primary",
            hint=_("A workbook with every number and its reason (Ctrl+E)"),
        )
        self.buttons.addWidget(self.assess)
        self.buttons.addWidget(self.board)
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(40)
        self._later.timeout.connect(self._draw)
        self._arrange()
        self.board.setEnabled(False)
        self.assess.setEnabled(False)

    def _arrange(self) -> None:
        """What is out of date above, then the matrix or what stands in its place, then the questions."""
        self.picture = Picture()
        self.picture.view.activated.connect(self._open)
        self.others = button(_("What else this structure would suit"), self._fold, "flat")
        self.others.setCheckable(True)
        self.picture.foot.insertWidget(0, self.others)
        self._outdated, inner = box("info", margins=(16, 8, 8, 8))
        again = button(_("Assess again"), lambda: self.session.go("assess"))
        told = line(label(_("Data, goals or the period changed since this assessment."), wrap=True), again)
        told.setStretch(0, 1)
        inner.addLayout(told)
        self._outdated.hide()
        self.body.addWidget(self._outdated)
        self._places = QStackedLayout()
        self.body.addLayout(self._places, 1)
        self._card, card = box(margins=(0, 0, 0, 8), gap=0)
        card.addWidget(self.picture, 1)
        self._places.addWidget(QWidget())
        self._nothing, self._drop_place = box("", margins=(0, 0, 0, 0))
        self._places.addWidget(self._nothing)
        self._places.addWidget(self._step_card())
        self._places.addWidget(self._card)
        self.questions = Questions()
        self.questions.chosen.connect(self._ask)
        self.body.addWidget(self.questions)

    def _step_card(self) -> QWidget:
        frame, inside = box(gap=12)
        self._step_title = label(kind="heading", wrap=True)
        self._step_text = label(kind="muted", wrap=True)
        self.step = button("", kind="primary")
        self.step_more = button(_("Assess without goals"), lambda: self.session.go("assess"))
        self.step.clicked.connect(self._next_step)
        inside.addLayout(column(self._step_title, self._step_text, line(self.step, self.step_more, 1), 1, gap=12))
        return frame

    def refresh(self) -> None:
        names = self.session.names
        self.session.load(lambda connection: standing(connection, names), self._show, title=_("Reading the assessment"), owner=self)

    def _show(self, now: Standing) -> None:
        told = now.totals
        self.report = now.report
        self.board.setEnabled(now.report is not None)
        self.assess.setEnabled(bool(told.posts or told.stated_ties or told.members))
        self._outdated.setVisible(now.report is not None and now.outdated)
        self.say(self._sentence(now))
        if not told.members and not told.imports:
            self._offer_import()
            self._places.setCurrentIndex(1)
        elif now.report is None:
            self._show_step(told)
            self._places.setCurrentIndex(2)
        else:
            self.questions.set_lines(now.report.questions)
            self._draw()
            self._places.setCurrentIndex(3)

    def _offer_import(self) -> None:
        from cmdesk.ui.widgets.drop_zone import DropZone

        if self._drop_place.count() == 0:
            drop = DropZone(
                _("Drop an export here"), _("An export of Slack, Discord, Discourse, Mattermost, Viva Engage or a mailing list; a survey, a graph file, or spreadsheets of people, ties or messages.")
            )
            drop.chosen.connect(lambda paths: self.session.go("drop", paths))
            self._drop_place.addWidget(drop)

    def _sentence(self, now: Standing) -> str:
        told, zone = now.totals, self.session.zone
        if not told.imports and not told.members:
            return _("Nothing is imported yet. An export of your platform is the first step.")
        parts = [
            ngettext("{n} member", "{n} members", told.members).format(n=words.count(told.members)),
            ngettext("{n} group", "{n} groups", told.groups).format(n=words.count(told.groups)),
            ngettext("{n} message", "{n} messages", told.posts).format(n=words.count(told.posts)),
        ]
        if told.events:
            notices = ngettext("{n} notice of the platform", "{n} notices of the platform", told.events)
            parts.append(notices.format(n=words.count(told.events)))
        if told.first is not None:
            first, last = (words.day(at, zone).replace(" ", "\u00a0") for at in (told.first, told.last))  # a date stays on one line
            parts.append(f"{first} – {last}")
        said = " · ".join(parts)
        if now.report is None:
            return said
        chosen = [score for score in now.report.scores if score.chosen]
        fits = sum(score.verdict == "fits" for score in chosen)
        verdicts = ngettext("{fits} of {n} chosen goal fits", "{fits} of {n} chosen goals fit", len(chosen)).format(
            fits=fits, n=len(chosen)
        )
        return f"{verdicts if chosen else _('No goals chosen')} · {said}"

    def _show_step(self, told: Totals) -> None:
        if told.goals:
            self._step_title.setText(_("Ready to assess"))
            self._step_text.setText(_("Every group is measured against every goal; this takes seconds to a minute."))
            self.step.setText(_("Assess now"))
        else:
            self._step_title.setText(_("What is this community for?"))
            self._step_text.setText(_("Without a goal there is no verdict. Choose up to three; you can change them at any time."))
            self.step.setText(_("Choose goals"))
        self.step.setProperty("page", "assess" if told.goals else "import")
        self.step_more.setVisible(not told.goals)

    def _next_step(self) -> None:
        page = self.step.property("page")
        self.session.go(page, "goals" if page == "import" else None)

    def _fold(self) -> None:
        self._draw()

    def _draw(self) -> None:
        from cmdesk.core.pictures import matrix

        asked = self.questions.asked
        self.others.setVisible(asked is None)
        if asked is not None and asked.finding.picture is not None:
            self.picture.set_drawing(asked.finding.picture)
        elif self.report is not None:
            room = max(440.0, self.width() - 64.0)  # the page's margins, and the scroll bar; the card itself may not be laid out yet
            self.picture.set_drawing(matrix.compose(self.report, all_cells=self.others.isChecked(), width=room))

    def _ask(self, line: QuestionLine | None) -> None:
        """The picture and the numbers of a question in place of the matrix, or the matrix again."""
        self._draw()
        if line is not None:
            self.inspect(sheet(line))

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        super().resizeEvent(event)
        self._later.start()

    def show_this(self, what: object) -> None:
        if isinstance(what, str):
            self._open(what)

    def _open(self, target: str) -> None:
        """Show the evidence behind a target of the matrix."""
        from cmdesk.ui.widgets import evidence

        kind, _colon, rest = target.partition(":")
        if self.report is None:
            return
        if kind == "score":
            group, _colon, goal = rest.partition(":")
            score = evidence.score_of(self.report, int(group), goal)
            if score is not None:
                self._open_score(score)
        elif kind == "group":
            line_of = evidence.group_of(self.report, int(rest))
            if line_of is not None:
                self.session.select("group", line_of.id)
                self.inspect(evidence.group_sheet(self.report, line_of, self.session.go, self._open_score))
        elif kind == "goal":
            self.inspect(evidence.goal_sheet(self.report, rest))

    def _open_score(self, score: Score) -> None:
        from cmdesk.ui.widgets import evidence

        assert self.report is not None
        self.session.select("group", score.group)
        self.inspect(evidence.score_sheet(self.report, score, self.session.go))


def standing(connection: sqlite3.Connection, names: bool) -> Standing:
    """Read what the overview needs."""
    from cmdesk.core import assessments

    newest = connection.execute("SELECT id, at FROM assessments ORDER BY id DESC LIMIT 1").fetchone()
    if newest is None:
        return Standing(totals(connection), None, False)
    later = connection.execute("SELECT max(at) FROM history").fetchone()[0]
    return Standing(totals(connection), assessments.told(connection, newest[0], names), later is not None and later > newest[1])
