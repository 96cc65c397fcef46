"""A goal of a goal model as a form: the manager's role in it, what it asks in a quarter, its boundary, its place on the position chart."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from cmdesk.core.goal_model import BOUNDARIES
from cmdesk.core.model_editing import Flaw
from cmdesk.core.text import _
from cmdesk.ui.widgets.chooser import Chooser
from cmdesk.ui.widgets.numbers import read, shown
from cmdesk.ui.widgets.plain import Form, column, label, line

_RANGES = ("size", "density")


class GoalForm(QWidget):
    """Edits one goal of a document in place, but not its criteria. `changed` while it is edited, `settled` when a field is left or chosen."""

    changed = Signal()
    settled = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._goal: dict[str, Any] = {}
        self._filling = False
        self.notes: dict[str, QLabel] = {}
        self.texts = {key: self._field(name, partial(self._put, key)) for key, name in (("title", _("Name")), ("meaning", _("What it asks for")), ("role", _("Your role")))}
        self.quarter = QPlainTextEdit()
        self.quarter.setAccessibleName(_("What the role asks in a quarter"))
        self.quarter.setFixedHeight(112)
        self.quarter.setTabChangesFocus(True)
        self.quarter.textChanged.connect(self._put_quarter)
        self.boundary = Chooser(_("Boundary"))
        for key in BOUNDARIES:
            self.boundary.addItem(boundary_words(key), key)
        self.boundary.activated.connect(self._put_boundary)
        self.edges = {
            (key, place): self._field(f"{name} {word}", partial(self._put_edge, key, place))
            for key, name in (("size", _("Size in people")), ("density", _("Density of trust")))
            for place, word in enumerate((_("from"), _("to")))
        }
        self._arrange()

    def _arrange(self) -> None:
        form = Form()
        for key, name in (("title", _("Name")), ("meaning", _("What it asks for")), ("role", _("Your role"))):
            form.add(name, column(self.texts[key], self._note(key), gap=2))
        form.add(_("This quarter"), column(self.quarter, label(_("A line for each thing that it asks of you."), "small"), self._note("quarter"), gap=2))
        form.add(_("Boundary"), column(self.boundary, label(_("Across what the mixing of ties is measured."), "small", wrap=True), self._note("boundary"), gap=2))
        for key, name in (("size", _("Size in people")), ("density", _("Density of trust"))):
            row = line(label(_("from"), "muted"), self.edges[key, 0], label(_("to"), "muted"), self.edges[key, 1])
            form.add(name, column(row, self._note(f"position.{key}"), gap=2))
        form.add("", label(_("Where the goal stands on the position chart. It counts in no fit."), "small", wrap=True))
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 8, 0)
        outer.addLayout(form)
        outer.addStretch(1)

    def _field(self, name: str, put: Any) -> QLineEdit:
        field = QLineEdit()
        field.setAccessibleName(name)
        field.setMinimumWidth(56)
        field.textEdited.connect(put)
        field.editingFinished.connect(self.settled)
        return field

    def _note(self, key: str) -> QLabel:
        note = label("", "bad_words", wrap=True)
        note.hide()
        self.notes[key] = note
        return note

    def fill(self, goal: dict[str, Any], *, locked: bool) -> None:
        """Edit this goal of a document; `locked`: only to read."""
        self._filling = True
        self._goal = goal
        for key, field in self.texts.items():
            field.setText(str(goal.get(key, "")))
            field.setCursorPosition(0)
            field.setReadOnly(locked)
        self.quarter.setPlainText("\n".join(str(text) for text in goal.get("quarter", ())))
        self.quarter.setReadOnly(locked)
        self.boundary.setCurrentIndex(max(0, self.boundary.findData(goal.get("boundary", BOUNDARIES[0]))))
        self.boundary.setEnabled(not locked)
        position = goal.get("position", {})
        for (key, place), field in self.edges.items():
            edge = position.get(key, ("", ""))
            field.setText(shown(edge[place]) if place < len(edge) else "")
            field.setReadOnly(locked)
        self._filling = False

    def say(self, flaws: Sequence[Flaw]) -> None:
        """What is wrong with this goal, each under its field; `key` of a flaw is relative to the goal."""
        said = {flaw.key: f"{flaw.what}. {flaw.hint}"[:400] for flaw in flaws}
        for key, note in self.notes.items():
            note.setText(said.get(key, ""))
            note.setVisible(key in said)

    def _put(self, key: str, value: Any) -> None:
        if self._filling:
            return
        if value in ("", None, []):
            self._goal.pop(key, None)
        else:
            self._goal[key] = value
        self.changed.emit()

    def _put_quarter(self) -> None:
        self._put("quarter", [text.strip() for text in self.quarter.toPlainText().splitlines() if text.strip()])

    def _put_boundary(self, _number: int) -> None:
        chosen = str(self.boundary.currentData())
        self._put("boundary", "" if chosen == BOUNDARIES[0] else chosen)
        self.settled.emit()

    def _put_edge(self, key: str, place: int, text: str) -> None:
        edge = list(self._goal.setdefault("position", {}).get(key, ("", "")))
        edge[place] = read(text)
        self._goal["position"][key] = edge
        self.changed.emit()


def boundary_words(key: str) -> str:
    """What a boundary is called."""
    return {
        "unit": _("departments (units)"), "group": _("groups: people who share none"), "place": _("places"), "organisation": _("organisations"),
    }[key]  # fmt: skip
