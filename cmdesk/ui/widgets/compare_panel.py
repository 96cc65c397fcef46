"""Two runs side by side: each score up or down, and what of it comes from people, from ties and from the rules."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING, Any

import msgspec
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSplitter, QVBoxLayout, QWidget

from cmdesk.core.comparing import Comparison, CriterionChange, ScoreChange
from cmdesk.core.errors import Cancelled, CmdeskError
from cmdesk.core.reports import Report
from cmdesk.core.text import _
from cmdesk.ui import theme, words
from cmdesk.ui.jobs import Job
from cmdesk.ui.session import Session
from cmdesk.ui.table_model import Column, RowsModel
from cmdesk.ui.widgets.check import CheckBox
from cmdesk.ui.widgets.chooser import Chooser
from cmdesk.ui.widgets.plain import box, label, line
from cmdesk.ui.widgets.table import Table

if TYPE_CHECKING:
    from cmdesk.core.comparing import Shares


class ChangeLine(msgspec.Struct, frozen=True):
    """A score in the table; `id` is its place, `group` the group's id."""

    id: int
    group: int
    change: ScoreChange


class CriterionLine(msgspec.Struct, frozen=True):
    """A criterion in the table."""

    id: int
    title: str
    change: CriterionChange


class _Pair(msgspec.Struct, frozen=True):
    """Two reports and their comparison."""

    before: Report
    after: Report
    found: Comparison


class ComparePanel(QWidget):
    """Choose before and after; a score's people and ties are worked out when it is chosen, because that takes the facts of both days."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._pair: _Pair | None = None
        self._shares: Shares | None = None
        self._job: Job | None = None
        self.before, self.after = Chooser(_("Before")), Chooser(_("After"))
        for chooser in (self.before, self.after):
            chooser.setMinimumContentsLength(24)
            chooser.setSizeAdjustPolicy(Chooser.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            chooser.activated.connect(lambda _number: self.compare())
        self.every = CheckBox(_("Also goals that were not chosen"))
        self.every.toggled.connect(lambda _on: self.compare())
        self.state = label("", "muted", wrap=True)
        self.model = RowsModel(_columns())
        self.table = Table(self.model, _("Scores of both runs"))
        self.table.chosen.connect(self._explain)
        self.criteria = RowsModel(_criteria_columns())
        self.criteria_table = Table(self.criteria, _("Criteria up and down"))
        self.detail = label("", "strong", wrap=True)
        self.split_words = label("", "", wrap=True, select=True)
        frame, inside = box(gap=8)
        for part in (self.detail, self.split_words):
            inside.addWidget(part)
        inside.addWidget(self.criteria_table, 1)
        split = QSplitter(Qt.Orientation.Vertical)
        split.setHandleWidth(16)
        split.setChildrenCollapsible(False)
        split.addWidget(self.table)
        split.addWidget(frame)
        split.setSizes([260, 280])
        self._split = split
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(12)
        outer.addLayout(line(label(_("Before"), "muted"), self.before, label(_("After"), "muted"), self.after, self.every, 1))
        outer.addWidget(self.state)
        outer.addWidget(split, 1)

    def offer(self, runs: list[tuple[int, str]]) -> None:
        """The runs (id, words), the newest first."""
        kept = self.before.currentData(), self.after.currentData()
        for chooser, at, fallback in ((self.before, kept[0], 1), (self.after, kept[1], 0)):
            chooser.clear()
            for id, text in runs:
                chooser.addItem(text, id)
            found = chooser.findData(at)
            chooser.setCurrentIndex(found if found >= 0 else min(fallback, len(runs) - 1))
        if self.isVisible():
            self.compare()

    def compare(self) -> None:
        """Work out the table."""
        one, other = self.before.currentData(), self.after.currentData()
        self._shares = None
        if self.before.count() < 2 or one == other:
            self._show_nothing(_("Assess once more, at another day or with another goal model: then there are two runs to compare.") if self.before.count() < 2 else _("Choose two different runs."))
            return
        every, names = self.every.isChecked(), self._session.names
        self._session.load(lambda connection: _compared(connection, one, other, every, names), self._show, title=_("Comparing"), owner=self, failed=self._refused)

    def _refused(self, error: BaseException) -> None:
        if isinstance(error, Cancelled):
            return
        if isinstance(error, CmdeskError):
            self._show_nothing(f"{error.message} {error.hint}")
        else:
            self._session.fail(error)

    def _show_nothing(self, why: str) -> None:
        self._pair = None
        self.state.setText(why)
        self.model.set_rows([])
        self._split.setVisible(False)

    def _show(self, pair: _Pair) -> None:
        self._pair = pair
        found, ids = pair.found, {each.path: each.id for each in pair.before.groups}
        lines = [ChangeLine(number, ids.get(change.group, -1), change) for number, change in enumerate(found.scores)]
        told = [_period(found.as_of_before, found.window_before, found.undated_before), _period(found.as_of_after, found.window_after, found.undated_after)]
        rules = _("The same goal model.") if found.same_model else _("Two goal models: {one} and {other}. “Rules” is what that alone does.").format(one=found.model_before, other=found.model_after)
        self.state.setText(f"{told[0]} → {told[1]}. {rules}" if lines else _("No group that both runs may show has a goal that both judged."))
        self._split.setVisible(bool(lines))
        self.model.set_rows(lines)
        if lines:
            self.table.choose(0)
            self._explain(lines[0])

    def _explain(self, row: ChangeLine) -> None:
        if self._pair is None:
            return
        titles = {each.name: each.title for each in self._pair.after.metrics}
        self.detail.setText(_("{group} · {goal}").format(group=row.change.group, goal=words.goal(row.change.goal).title))
        changes = sorted(row.change.criteria, key=lambda each: -abs(each.effect or 0.0))
        self.criteria.set_rows([CriterionLine(number, titles.get(each.metric, each.metric), each) for number, each in enumerate(changes)])
        self._tell(row.change)
        if row.change.people is None and row.change.change is not None and not self._undated():
            self._work_out(row)

    def _tell(self, change: ScoreChange) -> None:
        if change.change is None:
            text = _("One of the two runs has no verdict, so there is no change to explain.")
        elif self._undated():
            text = _("Of the change of {change}, {rules} comes from the rules. Without dates nobody can say who left and came.").format(change=signed(change.change), rules=signed(change.rules))
        elif change.people is None or change.ties is None:
            text = _("Of the change of {change}, {rules} comes from the rules; who left and came is being worked out…").format(change=signed(change.change), rules=signed(change.rules))
        else:
            text = _("The change of {change}: {people} by who left and came, {ties} by what changed among those who stayed, {rules} by the rules.").format(
                change=signed(change.change), people=signed(change.people), ties=signed(change.ties), rules=signed(change.rules)
            )  # fmt: skip
        self.split_words.setText(text)

    def _undated(self) -> bool:
        return self._pair is not None and (self._pair.found.undated_before or self._pair.found.undated_after)

    def _work_out(self, row: ChangeLine) -> None:
        pair, host, known = self._pair, self._session.host, self._shares
        assert pair is not None
        if self._job is not None:
            self._job.cancel()

        def work(connection: sqlite3.Connection) -> tuple[Shares, ScoreChange | None]:
            from cmdesk.core import comparing, periods

            old, new = pair.before, pair.after
            found = known or periods.shares(connection, host, old.model, (old.as_of, old.window_days), (new.as_of, new.window_days))
            compared = comparing.compare(old, new, (row.group, row.group), found, every=True)
            return found, next((one for one in compared.scores if one.goal == row.change.goal), None)

        def done(result: tuple[Any, ScoreChange | None]) -> None:
            if pair is not self._pair:
                return
            self._shares = result[0]
            if result[1] is not None:
                self._put(msgspec.structs.replace(row, change=result[1]))

        self._job = self._session.load(work, done, title=_("Who left and came"), owner=self)

    def _put(self, row: ChangeLine) -> None:
        shown = self.table.current()
        self.model.set_rows(row if each.id == row.id else each for each in self.model.rows())
        if shown is not None and shown.id == row.id:
            self._tell(row.change)


def _period(day: str, days: int, undated: bool) -> str:
    return _("without dates") if undated else _("{day}, {days} days").format(day=words.as_day(day), days=days)


def _compared(connection: sqlite3.Connection, one: int, other: int, every: bool, names: bool) -> _Pair:
    from cmdesk.core import assessments, comparing

    before, after = (assessments.told(connection, id, names) for id in (one, other))
    return _Pair(before, after, comparing.compare(before, after, every=every))


def signed(value: float | None) -> str:
    """A change of a fit, with its sign; "–" for none."""
    if value is None:
        return "–"
    rounded = round(value, 2)
    return words.decimal(0.0) if not rounded else ("+" if rounded > 0 else "−") + words.decimal(abs(rounded))


def _token(value: float | None) -> str:
    return "muted" if value is None or abs(value) < 0.005 else "fits" if value > 0 else "not_yet"


def _verdict(verdict: str, fit: float | None) -> str:
    told = theme.verdict(verdict).word
    return told if fit is None or verdict == "no_verdict" else f"{told} · {words.decimal(fit)}"


def _columns() -> list[Column]:
    return [
        Column(_("Group"), lambda row: row.change.group, "group", 160, tip=lambda row: row.change.group),
        Column(_("Goal"), lambda row: words.goal(row.change.goal).title, "goal", 150),
        Column(_("Before"), lambda row: _verdict(row.change.verdict_before, row.change.fit_before), "before", 136, icon=lambda row: row.change.verdict_before, token=lambda row: row.change.verdict_before, order=lambda row: row.change.fit_before),
        Column(_("After"), lambda row: _verdict(row.change.verdict_after, row.change.fit_after), "after", 136, icon=lambda row: row.change.verdict_after, token=lambda row: row.change.verdict_after, order=lambda row: row.change.fit_after),
        Column(_("Change"), lambda row: signed(row.change.change), "change", 84, right=True, token=lambda row: _token(row.change.change), order=lambda row: row.change.change),
        Column(_("People"), lambda row: signed(row.change.people), "people", 80, right=True, order=lambda row: row.change.people, about=_("What those who left and came do to the fit")),
        Column(_("Ties"), lambda row: signed(row.change.ties), "ties", 72, right=True, order=lambda row: row.change.ties, about=_("What changed among those who stayed")),
        Column(_("Rules"), lambda row: signed(row.change.rules), "rules", 72, right=True, order=lambda row: row.change.rules, about=_("What another goal model does by itself")),
    ]  # fmt: skip


def _criteria_columns() -> list[Column]:
    return [
        Column(_("Criterion"), lambda row: row.title, "title", 200, tip=lambda row: row.title),
        Column(_("Before"), lambda row: words.value(row.change.before, row.change.unit), "", 150, right=True),
        Column(_("After"), lambda row: words.value(row.change.after, row.change.unit), "", 150, right=True),
        Column(_("In the fit"), lambda row: signed(row.change.effect), "effect", 90, right=True, token=lambda row: _token(row.change.effect), order=lambda row: row.change.effect),
    ]  # fmt: skip
