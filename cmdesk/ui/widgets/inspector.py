"""The panel at the right: whatever is selected, in words and small tables; never a modal."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QLayout, QVBoxLayout, QWidget
from shiboken6 import isValid

from cmdesk.core.text import _
from cmdesk.ui.widgets.plain import button, empty, label, line, rule, scrolled, tip

WIDTH = 336


class Sheet(QWidget):
    """What the inspector shows: a title, then sections below each other."""

    def __init__(self, title: str, subtitle: str = "") -> None:
        super().__init__()
        self.title = title
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(16, 0, 16, 16)
        self._column.setSpacing(8)
        self._column.addWidget(label(title, "heading", wrap=True, select=True))
        if subtitle:
            self._column.addWidget(label(subtitle, "muted", wrap=True))
        self._column.addStretch(1)

    def add(self, part: QWidget | QLayout) -> None:
        """Put `part` at the end."""
        at = self._column.count() - 1
        if isinstance(part, QLayout):
            self._column.insertLayout(at, part)
        else:
            self._column.insertWidget(at, part)

    def section(self, title: str) -> None:
        """Begin a section."""
        self._column.insertSpacing(self._column.count() - 1, 8)
        self.add(rule())
        self.add(label(title, "strong", wrap=True))

    def say(self, text: str, kind: str = "") -> None:
        """A paragraph."""
        self.add(label(text, kind, wrap=True, select=True))

    def facts(self, pairs: Sequence[tuple[str, str]]) -> None:
        """Names and values in two columns."""
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(1, 1)
        for row, (name, value) in enumerate(pairs):
            grid.addWidget(label(name, "muted"), row, 0)
            grid.addWidget(label(value, wrap=True, select=True), row, 1)
        self.add(grid)


class Inspector(QFrame):
    """Holds one `Sheet`. `closed` when the user closes it."""

    closed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("kind", "inspector")
        self.setFixedWidth(WIDTH)
        self.sheet: Sheet | None = None
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 8, 0, 0)
        outer.setSpacing(0)
        self._close = button("×", self.close_it, "flat")
        self._close.setFixedWidth(40)
        outer.addLayout(line(1, self._close))
        self._place = QVBoxLayout()
        outer.addLayout(self._place, 1)
        self.speak()
        self.hide()

    def speak(self) -> None:
        """Its words, anew where the language changed."""
        self.setAccessibleName(_("Inspector"))
        self._close.setAccessibleName(_("Close the inspector"))
        self._close.setToolTip(tip(_("Close (Esc)")))

    def put(self, sheet: Sheet) -> None:
        """Show `sheet` in place of the last one."""
        self._let_go()
        self.sheet = sheet
        self._place.addWidget(scrolled(sheet))
        sheet.show()
        self.show()

    def clear(self) -> None:
        """Show nothing."""
        self._let_go()
        self.sheet = None
        self.hide()

    def _let_go(self) -> None:
        """Take the sheet out and leave it to its page, which may show it again."""
        if self.sheet is not None and isValid(self.sheet):
            self.sheet.hide()
            self.sheet.setParent(None)
        empty(self._place)

    def close_it(self) -> None:
        """Close it, as the user does."""
        self.clear()
        self.closed.emit()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        return QSize(WIDTH, 400)
