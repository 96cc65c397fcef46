"""Filter chips: a row of buttons of which one is on."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QPushButton, QWidget

from cmdesk.ui.widgets.plain import button


class Chips(QWidget):
    """`every`: (value, text, what it means) each; `chosen(value)` when another one is pressed."""

    def __init__(self, every: Sequence[tuple[str, str, str]], chosen: Callable[[str], object], name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.value = every[0][0]
        self.buttons: dict[str, QPushButton] = {}
        self._chosen = chosen
        group = QButtonGroup(self)
        group.setExclusive(True)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        for value, text, hint in every:
            chip = button(text, kind="choice", hint=hint, name=f"{name}: {text}")
            chip.setCheckable(True)
            chip.setChecked(value == self.value)
            chip.clicked.connect(lambda _on, value=value: self._press(value))
            group.addButton(chip)
            row.addWidget(chip)
            self.buttons[value] = chip

    def _press(self, value: str) -> None:
        if value != self.value:
            self.value = value
            self._chosen(value)
