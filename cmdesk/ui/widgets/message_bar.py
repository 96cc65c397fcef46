"""What happened and what to do, in a calm bar above the page; details folded, a report to copy where it is our fault."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from cmdesk.core.text import _
from cmdesk.ui.failures import Failure
from cmdesk.ui.widgets.plain import box, button, label, restyle

_STAYS = 8000
"""Milliseconds that good news without a choice stays."""
Choice = tuple[str, Callable[[], object]]


class MessageBar(QFrame):
    """One message at a time; the newest stands. `kind`: info, good, warn or bad."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(24, 12, 24, 0)
        self._frame, column = box("info", margins=(16, 10, 8, 10), gap=4)
        outer.addWidget(self._frame)
        self.text = label(kind="strong", wrap=True, select=True)
        self.hint = label(wrap=True, select=True)
        self._choices = QHBoxLayout()
        self._choices.setSpacing(8)
        self._fold = button("", self._unfold, "link")
        self._close = button("×", self.hide, "flat")
        self._close.setFixedWidth(40)
        self.details = QPlainTextEdit()
        self.details.setReadOnly(True)
        self.details.setMaximumHeight(160)
        self.speak()
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self.text)
        words.addWidget(self.hint)
        row = QHBoxLayout()
        row.addLayout(words, 1)
        row.addLayout(self._choices)
        row.addWidget(self._fold)
        row.addWidget(self._close)
        column.addLayout(row)
        column.addWidget(self.details)
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.setInterval(_STAYS)
        self._wait.timeout.connect(self.hide)
        self.hide()

    def speak(self) -> None:
        """Its words, anew where the language changed."""
        self._fold.setText(_("Details"))
        self._fold.setAccessibleName(_("Details"))
        self._close.setAccessibleName(_("Close this message"))
        self.details.setAccessibleName(_("Details"))

    def say(self, text: str, hint: str = "", kind: str = "info", choices: Sequence[Choice] = (), details: str = "") -> None:
        """Show a message; each of `choices` is a button that closes the bar."""
        restyle(self._frame, kind)
        self.text.setText(text)
        self.hint.setText(hint)
        self.hint.setVisible(bool(hint))
        while (item := self._choices.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        for words, run in choices:
            self._choices.addWidget(button(words, self._closing(run)))
        self.details.setPlainText(details)
        self.details.hide()
        self._fold.setVisible(bool(details))
        self.setAccessibleName(text)
        self.setAccessibleDescription(hint)
        self.show()
        self._wait.stop()
        if kind == "good" and not choices:
            self._wait.start()

    def pass_by(self) -> None:
        """Another page is shown: what asks nothing and is no fault of ours goes."""
        if self._choices.count() == 0:
            self.hide()

    def fail(self, failure: Failure, choices: Sequence[Choice] = ()) -> None:
        """Show a failure in words."""
        every = list(choices)
        if failure.kind != "world":
            every.append((_("Copy report"), lambda: QGuiApplication.clipboard().setText(failure.report)))
        self.say(failure.message, failure.hint, "warn" if failure.kind == "world" else "bad", every, failure.report)

    def _closing(self, run: Callable[[], object]) -> Callable[[], None]:
        def pressed() -> None:
            self.hide()
            run()

        return pressed

    def _unfold(self) -> None:
        self.details.setVisible(not self.details.isVisible())
