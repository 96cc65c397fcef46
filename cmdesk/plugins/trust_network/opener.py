"""A button that opens a menu, made like the other buttons, with a mark that says so."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QMenu, QVBoxLayout, QWidget

from cmdesk.api_qt import button

_OPENS = "  ▾"


class Opener(QWidget):
    """`fill(menu)` writes the entries each time the menu opens, so that it knows what there is at that moment."""

    def __init__(self, words: str, fill: Callable[[QMenu], object], *, hint: str = "") -> None:
        super().__init__()
        self.button = button(words + _OPENS, hint=hint, name=words)
        self.setFocusProxy(self.button)
        menu = QMenu(self.button)
        menu.aboutToShow.connect(lambda: fill(menu))
        self.button.setMenu(menu)
        place = QVBoxLayout(self)
        place.setContentsMargins(0, 0, 0, 0)
        place.addWidget(self.button)

    def say(self, words: str) -> None:
        """Other words on the button."""
        self.button.setText(words + _OPENS)
        self.button.setAccessibleName(words)
