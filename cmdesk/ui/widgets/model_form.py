"""The criteria of a goal model, goal by goal: a table left, the form of one criterion right, the sum of the weights below."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

import msgspec
from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from cmdesk.core import model_editing
from cmdesk.core.model_editing import Document, Flaw
from cmdesk.core.text import _
from cmdesk.ui import words
from cmdesk.ui.table_model import Column, RowsModel
from cmdesk.ui.widgets.chooser import Chooser
from cmdesk.ui.widgets.criterion_form import CriterionForm, Values
from cmdesk.ui.widgets.goal_form import GoalForm
from cmdesk.ui.widgets.plain import box, button, label, line, restyle, scrolled
from cmdesk.ui.widgets.table import Table

_CHECK = 120
"""Milliseconds after the last key before what was typed is checked."""


class CriterionLine(msgspec.Struct, frozen=True):
    """A criterion in the table; `id` is its place."""

    id: int
    title: str
    weight: str
    gate: bool
    wrong: bool


class ModelForm(QWidget):
    """Edits a document in place. `judged` when its flaws were looked for again, `settled` when a field is left."""

    judged = Signal()
    settled = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.document: Document = {}
        self.flaws: list[Flaw] = []
        self._titles: dict[str, tuple[str, str]] = {}
        self._values: Values = {}
        self._locked = True
        self._check = QTimer(self)
        self._check.setSingleShot(True)
        self._check.setInterval(_CHECK)
        self._check.timeout.connect(self.judge)
        self.goal = Chooser(_("Goal"))
        self.goal.setMinimumWidth(200)
        for name in words.goals():
            self.goal.addItem(words.goal(name).title, name)
        self.goal.currentIndexChanged.connect(lambda _number: self._fill())
        self.beside = QHBoxLayout()
        self.table_model = RowsModel(_columns())
        self.table = Table(self.table_model, _("Criteria"))
        self.table.chosen.connect(lambda _row: self._show_criterion())
        self.sum = label("", "muted")
        self.more = button(_("Add a criterion"), self._add)
        self.less = button(_("Take it out"), self._take_out)
        self.form = CriterionForm()
        self.form.changed.connect(self.check_soon)
        self.form.settled.connect(self.settled)
        self.whole = GoalForm()
        self.whole.changed.connect(self.check_soon)
        self.whole.settled.connect(self.settled)
        self.tabs = [button(text, partial(self.turn, number), "flat") for number, text in enumerate((_("Criterion"), _("The goal itself")))]
        self._arrange()
        self.turn(0)

    def turn(self, number: int) -> None:
        """Show the form of one criterion, or that of the goal itself."""
        for place, tab in enumerate(self.tabs):
            tab.setChecked(place == number)
        self.forms.setCurrentIndex(number)

    def _arrange(self) -> None:
        left, column = box(margins=(0, 0, 0, 8), gap=8)
        column.addWidget(self.table, 1)
        self.sum.setContentsMargins(12, 0, 12, 0)
        column.addWidget(self.sum)
        foot = line(self.more, self.less, 1)
        foot.setContentsMargins(12, 0, 12, 0)
        column.addLayout(foot)
        right, inside = box()
        for tab in self.tabs:
            tab.setCheckable(True)
        self.forms = QStackedWidget()
        self.forms.addWidget(scrolled(self.form))
        self.forms.addWidget(scrolled(self.whole))
        inside.addLayout(line(*self.tabs, 1))
        inside.addWidget(self.forms, 1)
        split = QSplitter(Qt.Orientation.Horizontal)
        split.setHandleWidth(16)
        split.setChildrenCollapsible(False)
        split.addWidget(left)
        split.addWidget(right)
        split.setSizes([420, 580])
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(12)
        outer.addLayout(line(label(_("Goal"), "strong"), self.goal, self.beside, 1))
        outer.addWidget(split, 1)

    def name_metrics(self, titles: Mapping[str, tuple[str, str]]) -> None:
        """The metrics that there are: name → (title, meaning)."""
        self._titles = dict(titles)
        self.form.name_metrics(titles)

    def open(self, document: Document, values: Values, *, locked: bool) -> None:
        """Edit another document (an empty one: nothing); `values` of groups stand on the curves."""
        self.document, self._values = document, values
        self.lock(locked)
        self._fill()

    def lock(self, locked: bool) -> None:
        """Only to read, or to change."""
        self._locked = locked
        self.more.setVisible(not locked)
        self.less.setVisible(not locked)

    def check_soon(self) -> None:
        """Look for flaws once nobody types any more."""
        self._check.start()

    def _fill(self) -> None:
        """The goal that is chosen: its criteria, and the form of one of them."""
        self._list()
        self.judge()
        self._show_criterion()
        self.whole.setEnabled(bool(self.document))
        if self.document:
            self.whole.fill(self.document["goals"][str(self.goal.currentData())], locked=self._locked)
            self._say_flaws()

    def _list(self) -> None:
        """The table of criteria; the form beside it keeps what is typed."""
        if not self.document:
            self.table_model.set_rows([])
            return
        goal = str(self.goal.currentData())
        wrong = {flaw.key.split(".criteria[", 1)[1].split("]", 1)[0] for flaw in self.flaws if flaw.key.startswith(f"goals.{goal}.criteria[")}
        lines = []
        for place, row in enumerate(model_editing.rows(self.document, goal)):
            name = str(row.get("metric", ""))
            title = self._titles.get(name, (name or _("choose a metric"), ""))[0]
            weight = row.get("weight", "")
            shown = f"{weight:g}" if isinstance(weight, int | float) else str(weight)
            lines.append(CriterionLine(place, title, shown, row.get("gate") is True, str(place + 1) in wrong))
        if lines != self.table_model.rows():
            before = self.table.current()
            self.table.blockSignals(True)
            self.table_model.set_rows(lines)
            if lines:
                self.table.choose(before.id if before is not None and before.id < len(lines) else 0)
            self.table.blockSignals(False)

    def _place(self) -> int:
        row = self.table.current()
        return row.id if row is not None else -1

    def _show_criterion(self) -> None:
        place, goal = self._place(), str(self.goal.currentData())
        rows = model_editing.rows(self.document, goal) if self.document else []
        self.form.setEnabled(0 <= place < len(rows))
        if 0 <= place < len(rows):
            self.form.fill(rows[place], self._values, locked=self._locked, parts=goal == "innovate")
            self._say_flaws()

    def judge(self) -> None:
        """Look for flaws now, and say the sum of the weights."""
        self._check.stop()
        self.flaws = model_editing.flaws(self.document, frozenset(self._titles)) if self.document else []
        total = model_editing.weights(self.document, str(self.goal.currentData())) if self.document else 100.0
        away = 100 - total
        tail = "" if abs(away) < 1e-9 else " · " + (_("{points} are missing") if away > 0 else _("{points} too many")).format(points=f"{abs(away):g}")
        self.sum.setText(_("Weights: {total} of 100").format(total=f"{total:g}") + tail)
        restyle(self.sum, "muted" if not tail else "bad_words")
        self._list()
        self._say_flaws()
        self.judged.emit()

    def _say_flaws(self) -> None:
        goal = f"goals.{self.goal.currentData()}."
        self.whole.say([flaw._replace(key=flaw.key.removeprefix(goal)) for flaw in self.flaws if flaw.key.startswith(goal)])
        begin = f"goals.{self.goal.currentData()}.criteria[{self._place() + 1}]"
        self.form.say([flaw._replace(key=flaw.key[len(begin) + 1 :]) for flaw in self.flaws if flaw.key == begin or flaw.key.startswith(begin + ".")])

    def _add(self) -> None:
        goal = str(self.goal.currentData())
        rows = model_editing.rows(self.document, goal)
        taken = {row.get("metric") for row in rows}
        free = next((name for name in self._titles if name not in taken), "")
        rows.append({"metric": free, "weight": max(1.0, 100 - model_editing.weights(self.document, goal)), "accept_low": 0.25, "ideal_low": 0.5})
        self._fill()
        self.table.choose(len(rows) - 1)
        self.settled.emit()

    def _take_out(self) -> None:
        goal, place = str(self.goal.currentData()), self._place()
        rows = model_editing.rows(self.document, goal)
        if 0 <= place < len(rows):
            del rows[place]
            self._fill()
            self.settled.emit()


def _columns() -> list[Column]:
    return [
        Column(_("Criterion"), lambda row: row.title, "title", 200, token=lambda row: "not_yet" if row.wrong else "text", tip=lambda row: row.title),
        Column(_("Weight"), lambda row: row.weight, "", 80, right=True),
        Column(_("Must-have"), lambda row: _("yes") if row.gate else "", "", 96),
    ]
