"""One criterion of a goal model as a form: its metric, weight and bands, the curve that they make, and what is wrong with them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QLabel, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from cmdesk.core import model_editing
from cmdesk.core.model_editing import Flaw
from cmdesk.core.pictures import curve
from cmdesk.core.text import _
from cmdesk.ui.widgets.check import CheckBox
from cmdesk.ui.widgets.chooser import Chooser
from cmdesk.ui.widgets.drawing_view import DrawingView
from cmdesk.ui.widgets.numbers import read, shown
from cmdesk.ui.widgets.plain import Form, column, label, line, tip

Values = Mapping[str, Sequence[tuple[str, float]]]
"""Metric → (group, value) now."""
_NUMBERS = ("weight", "accept_low", "ideal_low", "ideal_high", "accept_high")
_MANY = 40


class CriterionForm(QWidget):
    """Edits one criterion of a document in place. `changed` while it is edited, `settled` when a field is left or chosen."""

    changed = Signal()
    settled = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._row: dict[str, Any] = {}
        self._values: Values = {}
        self._titles: dict[str, tuple[str, str]] = {}
        self._filling = False
        self.measure = Chooser(_("Metric"))
        self.measure.setMinimumContentsLength(10)
        self.measure.setSizeAdjustPolicy(Chooser.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.measure.activated.connect(self._choose_metric)
        self.meaning = label("", "small", wrap=True)
        self.gate = CheckBox(_("A must-have"))
        self.gate.setToolTip(tip(_("A must-have: without it the verdict is “not yet”")))
        self.gate.clicked.connect(self._choose_gate)
        self.scale = Chooser(_("Steps"))
        for name, words in (("linear", _("equal steps")), ("ln", _("doublings, for sizes"))):
            self.scale.addItem(words, name)
        self.scale.activated.connect(lambda _number: self._put("scale", "" if self.scale.currentData() == "linear" else "ln", now=True))
        self.subscore = Chooser(_("Part"))
        for name, words in (("", _("none")), ("idea_finding", _("idea finding")), ("idea_growing", _("idea growing"))):
            self.subscore.addItem(words, name)
        self.subscore.activated.connect(lambda _number: self._put("subscore", self.subscore.currentData(), now=True))
        self.fields: dict[str, QLineEdit] = {}
        self.notes: dict[str, QLabel] = {}
        self.advice = QPlainTextEdit()
        self.advice.setAccessibleName(_("Advice"))
        self.advice.setFixedHeight(64)
        self.advice.setTabChangesFocus(True)
        self.advice.textChanged.connect(lambda: self._put("advice", " ".join(self.advice.toPlainText().split())))
        self.curve = DrawingView()
        self.curve.setFixedHeight(172)
        self._build()

    def _build(self) -> None:
        form = Form()
        form.add(_("Metric"), column(self.measure, self._note("metric"), self.meaning, gap=2))
        form.add(_("Weight"), column(self._field("weight", _("Weight")), self._note("weight"), gap=2))
        form.add("", self.gate)
        form.add(_("Acceptable"), self._edges("accept", _("Acceptable")))
        form.add(_("Ideal"), self._edges("ideal", _("Ideal")))
        form.add("", self._note("band"))
        self._proxy = self._pairs()
        form.add("", self._proxy)
        form.add(_("Steps"), self.scale)
        form.add(_("Advice"), self.advice)
        form.add(_("Source"), self._field("source", _("Source")))
        self._part = QWidget()
        self._part.setLayout(line(label(_("Counts for the part"), "muted"), self.subscore, 1))
        form.add("", self._part)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 8, 0)
        outer.setSpacing(8)
        outer.addWidget(self.curve)
        outer.addLayout(form)
        outer.addStretch(1)

    def _edges(self, kind: str, name: str) -> QGridLayout:
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(8)
        for place, (key, word) in enumerate(((f"{kind}_low", _("from")), (f"{kind}_high", _("to")))):
            grid.addWidget(label(word, "muted"), 0, 2 * place)
            grid.addWidget(self._field(key, f"{name} {word}", _("open")), 0, 2 * place + 1)
        return grid

    def _pairs(self) -> QWidget:
        """The bands for a stand-in measure, such as reactions where views are not known."""
        found = QWidget()
        inside = QVBoxLayout(found)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(4)
        inside.addWidget(label(_("Where only a stand-in can be measured, such as reactions for readers:"), "small", wrap=True))
        for kind, name in (("accept", _("Acceptable")), ("ideal", _("Ideal"))):
            low, high = (self._field(f"proxy.{kind}_{side}", _("Stand-in, {name}").format(name=f"{name} {word}"), _("open")) for side, word in (("low", _("from")), ("high", _("to"))))
            inside.addLayout(line(label(name, "small"), low, high))
        return found

    def _field(self, key: str, name: str, open_words: str = "") -> QLineEdit:
        field = QLineEdit()
        field.setAccessibleName(name)
        field.setMinimumWidth(56)
        field.setPlaceholderText(open_words)
        field.textEdited.connect(partial(self._typed, key))
        field.editingFinished.connect(self.settled)
        self.fields[key] = field
        return field

    def _note(self, key: str) -> QLabel:
        note = label("", "bad_words", wrap=True)
        note.hide()
        self.notes[key] = note
        return note

    def name_metrics(self, titles: Mapping[str, tuple[str, str]]) -> None:
        """The metrics to choose from: name → (title, meaning)."""
        self._titles = dict(titles)
        self.measure.clear()
        for name, (title, _meaning) in sorted(titles.items(), key=lambda item: item[1][0].casefold()):
            self.measure.addItem(f"{title} ({name})" if "." in name else title, name)

    def fill(self, row: dict[str, Any], values: Values, *, locked: bool, parts: bool) -> None:
        """Edit `row` of a document; `locked`: only to read; `parts`: the goal has sub-scores."""
        self._filling = True
        self._row, self._values = row, values
        name = str(row.get("metric", ""))
        at = self.measure.findData(name)
        if at < 0 and name:
            self.measure.addItem(_("{name} (not there)").format(name=name), name)
            at = self.measure.count() - 1
        self.measure.setCurrentIndex(at)
        self.gate.setChecked(row.get("gate") is True)
        self.scale.setCurrentIndex(max(0, self.scale.findData(row.get("scale", "linear"))))
        self.subscore.setCurrentIndex(max(0, self.subscore.findData(row.get("subscore", ""))))
        for key, field in self.fields.items():
            field.setText(shown(_inner(row, key)))
            field.setReadOnly(locked)
        self.advice.setPlainText(str(row.get("advice", "")))
        self.advice.setReadOnly(locked)
        for chooser in (self.measure, self.scale, self.subscore, self.gate):
            chooser.setEnabled(not locked)
        self._proxy.setVisible("proxy" in row)
        self._part.setVisible(parts)
        self._filling = False
        self._draw()

    def say(self, flaws: Sequence[Flaw]) -> None:
        """What is wrong with this criterion, each under its field; `key` of a flaw is relative to the criterion."""
        said: dict[str, list[str]] = {}
        for flaw in flaws:
            place = flaw.key if flaw.key in self.notes else "band"
            field = self.fields.get(flaw.key)
            name = f"{field.accessibleName()}: " if field is not None and place == "band" else ""
            said.setdefault(place, []).append(f"{name}{flaw.what}. {flaw.hint}"[:400])
        for key, note in self.notes.items():
            note.setText("\n".join(dict.fromkeys(said.get(key, []))))
            note.setVisible(key in said)

    def _typed(self, key: str, text: str) -> None:
        self._put(key, read(text) if key in _NUMBERS or key.startswith("proxy.") else text.strip())

    def _put(self, key: str, value: Any, *, now: bool = False) -> None:
        if self._filling:
            return
        outer, _dot, inner = key.partition(".")
        target = self._row.setdefault(outer, {}) if inner else self._row
        target.pop(inner or outer, None)
        if value not in ("", None):
            target[inner or outer] = value
        self._draw()
        self.changed.emit()
        if now:
            self.settled.emit()

    def _choose_metric(self, _number: int) -> None:
        self._put("metric", self.measure.currentData(), now=True)

    def _choose_gate(self, on: bool) -> None:
        self._put("gate", True if on else "", now=True)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        super().resizeEvent(event)
        if self._row:
            self._draw()

    def _draw(self) -> None:
        name = str(self._row.get("metric", ""))
        title, meaning = self._titles.get(name, (name, ""))
        self.meaning.setText(meaning)
        found = model_editing.criterion(self._row)
        if found is not None:
            dots = list(self._values.get(name, ()))[:_MANY]
            self.curve.set_drawing(curve.compose(found, title, dots, max(220.0, self.curve.width() - 2.0)))


def _inner(row: Mapping[str, Any], key: str) -> Any:
    outer, _dot, inner = key.partition(".")
    found = row.get(outer)
    return found.get(inner) if inner and isinstance(found, dict) else None if inner else found
