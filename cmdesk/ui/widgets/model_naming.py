"""The name and the version of a goal model of one's own."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from cmdesk.core.text import _
from cmdesk.ui.widgets.plain import label, line


class ModelNaming(QWidget):
    """Two fields in a line. `typed` gives the key of the document and its text; `left` when a field is done."""

    typed = Signal(str, str)
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.name, self.version = self._field(_("Name of the goal model"), "title"), self._field(_("Version"), "version")
        self.version.setFixedWidth(72)
        self.setLayout(line(label(_("Name"), "muted"), self.name, label(_("Version"), "muted"), self.version))

    def _field(self, title: str, key: str) -> QLineEdit:
        field = QLineEdit()
        field.setAccessibleName(title)
        field.textEdited.connect(lambda text: self.typed.emit(key, text))
        field.editingFinished.connect(self.left)
        return field

    def show_of(self, document: Mapping[str, object]) -> None:
        """The name and version of this model."""
        self.name.setText(str(document.get("title", "")))
        self.version.setText(str(document.get("version", "")))
