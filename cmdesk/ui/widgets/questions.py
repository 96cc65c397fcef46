"""The three questions about the whole community: each with its answer in one sentence; a click shows the picture and the numbers behind it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from cmdesk.core.contributions import Figure
from cmdesk.core.findings import CANNOT_TELL
from cmdesk.core.reports import QuestionLine
from cmdesk.core.text import _
from cmdesk.ui import words
from cmdesk.ui.widgets.inspector import Sheet
from cmdesk.ui.widgets.plain import label, restyle


class QuestionCard(QFrame):
    """One question. `pressed` on a click, Enter or Space."""

    pressed = Signal()

    def __init__(self, line: QuestionLine) -> None:
        super().__init__()
        self.setProperty("kind", "card")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(f"{line.question} {line.finding.sentence}")
        inside = QVBoxLayout(self)
        inside.setContentsMargins(16, 10, 16, 10)
        inside.setSpacing(4)
        told = line.finding.answer != CANNOT_TELL
        inside.addWidget(label(line.question, "strong", wrap=True))
        inside.addWidget(label(line.finding.sentence, "" if told else "muted", wrap=True))
        inside.addStretch(1)

    def mark(self, chosen: bool) -> None:
        """Show whether its picture is the one that is shown."""
        restyle(self, "info" if chosen else "card")

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        if event.button() == Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            self.pressed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.pressed.emit()
        else:
            super().keyPressEvent(event)


class Questions(QWidget):
    """The cards side by side. `chosen` with the question to show, None when the chosen one is pressed again."""

    chosen = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.cards: list[QuestionCard] = []
        self._lines: tuple[QuestionLine, ...] = ()
        self.asked: QuestionLine | None = None
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(12)
        self.hide()

    def set_lines(self, lines: Sequence[QuestionLine]) -> None:
        """Show these questions; what was asked stays asked where its finding is the same."""
        if tuple(lines) == self._lines:
            return
        for card in self.cards:
            self._row.removeWidget(card)
            card.deleteLater()
        self._lines = tuple(lines)
        self.cards = [QuestionCard(line) for line in self._lines]
        for card, line in zip(self.cards, self._lines, strict=True):
            card.pressed.connect(lambda line=line: self.ask(line))
            self._row.addWidget(card, 1)
        if self.asked not in self._lines:
            self.asked = None
        self._mark()
        self.setVisible(bool(self._lines))

    def ask(self, line: QuestionLine | None) -> None:
        """Choose a question, or take the choice back."""
        self.asked = None if line == self.asked else line
        self._mark()
        self.chosen.emit(self.asked)

    def _mark(self) -> None:
        for card, line in zip(self.cards, self._lines, strict=True):
            card.mark(line == self.asked)


def sheet(line: QuestionLine) -> Sheet:
    """The inspector's sheet of a question: the answer, its numbers with interval and n, and what is lacking."""
    made = Sheet(line.question)
    made.say(line.finding.sentence)
    figures = line.finding.figures
    if figures:
        made.section(_("The numbers behind it"))
        for figure in figures:
            if figure.value is not None:
                made.say(figure.title, "muted")
                made.say(_told(figure))
    lacking = list(dict.fromkeys(figure.missing for figure in figures if figure.value is None and figure.missing))
    if lacking:
        made.section(_("What cannot be told yet"))
        for text in lacking:
            made.say(f"• {text}")
    made.say(_("Associated with, not caused by: such numbers describe how people write to each other."), "small")
    return made


def _told(figure: Figure) -> str:
    said = words.percent if figure.unit == "share" else lambda value: words.decimal(value, 0 if figure.unit in ("persons", "circles") else 2)
    assert figure.value is not None
    text = said(figure.value)
    if figure.low is not None and figure.high is not None:
        text += " " + _("({low} to {high})").format(low=said(figure.low), high=said(figure.high))
    parts = [text, f"n {words.count(figure.n)}" if figure.n else "", figure.word]
    return " · ".join(part for part in parts if part)
