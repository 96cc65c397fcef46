"""What one goal model says otherwise than another, as a table."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtWidgets import QVBoxLayout, QWidget

from cmdesk.core import models
from cmdesk.core.goal_model import GoalModel
from cmdesk.core.text import _
from cmdesk.ui import words
from cmdesk.ui.table_model import Column, RowsModel
from cmdesk.ui.widgets.chooser import Chooser
from cmdesk.ui.widgets.plain import label, line
from cmdesk.ui.widgets.table import Table, TextRow


class Differences(QWidget):
    """Choose the other model above; `table` holds a row for each thing that differs."""

    def __init__(self) -> None:
        super().__init__()
        self.other = Chooser(_("Compare with"))
        self.other.setMinimumWidth(280)
        self.other.activated.connect(lambda _number: self._again())
        self.none = label("", "muted", wrap=True)
        self.rows = RowsModel([Column(head, _cell(number), tip=_cell(number), width=width) for number, (head, width) in enumerate(_heads())])
        self.table = Table(self.rows, _("What differs"))
        self._again: Callable[[], object] = lambda: None
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(8)
        outer.addLayout(line(label(_("Compared with"), "muted"), self.other, 1))
        outer.addWidget(self.none)
        outer.addWidget(self.table, 1)

    def offer(self, those: Sequence[tuple[str, str]]) -> None:
        """The models (id, title) to compare with."""
        before = self.other.currentData()
        self.other.clear()
        for id, title in those:
            self.other.addItem(title, id)
        self.other.setCurrentIndex(max(0, self.other.findData(before)))

    def against(self, id: str) -> None:
        """Compare with this one, as long as nobody chooses another."""
        self.other.setCurrentIndex(max(0, self.other.findData(id)))

    def chosen(self) -> str:
        """The id of the other model."""
        return str(self.other.currentData() or "")

    def show_these(self, ours: GoalModel | None, theirs: GoalModel | None, titles: Mapping[str, str], again: Callable[[], object]) -> None:
        """The differences; `again` is called when another model is chosen."""
        self._again = again
        found = models.differences(ours, theirs) if ours is not None and theirs is not None else []
        rows = [
            TextRow(number, (words.goal(row.goal).title, titles.get(row.metric, row.metric) if row.metric else _("the goal itself"), key_words(row.key), _said(row.key, row.ours), _said(row.key, row.theirs)))
            for number, row in enumerate(found)
        ]
        self.rows.set_rows(rows)
        self.table.setVisible(bool(rows))
        self.none.setText("" if rows else _("Something is wrong with this model; set it right first.") if ours is None else _("They say the same."))
        self.none.setVisible(not rows)


def _heads() -> tuple[tuple[str, int], ...]:
    return (_("Goal"), 160), (_("Criterion"), 160), (_("What"), 130), (_("Here"), 160), (_("There"), 160)


def _cell(number: int) -> Callable[[TextRow], str]:
    return lambda row: row.cells[number]


def _said(key: str, value: str) -> str:
    """A value as people read it: a criterion that is there is told by its weight."""
    if not value:
        return _("no") if key == "gate" else _("not there") if key == "" else "–"
    return _("yes") if key == "gate" else _("weight {weight}").format(weight=value) if key == "" else value


def key_words(key: str) -> str:
    """A key of a goal model in words."""
    known = {
        "": _("the criterion"), "weight": _("weight"), "gate": _("must-have"), "scale": _("steps"), "source": _("source"), "advice": _("advice"), "subscore": _("part"),
        "accept_low": _("acceptable from"), "accept_high": _("acceptable to"), "ideal_low": _("ideal from"), "ideal_high": _("ideal to"),
        "title": _("title"), "meaning": _("meaning"), "role": _("role"), "position": _("place on the chart"),
    }  # fmt: skip
    proxy, _dot, rest = key.partition(".")
    return _("stand-in, {key}").format(key=known.get(rest, rest)) if proxy == "proxy" and rest else known.get(key, key)
