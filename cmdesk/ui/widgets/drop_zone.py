"""A place to drop files on, with buttons for who does not drop."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QFileDialog, QFrame, QVBoxLayout, QWidget

from cmdesk.core.text import _
from cmdesk.ui import icons, theme
from cmdesk.ui.widgets.plain import button, label, line


class Glyph(QWidget):
    """An icon in the accent colour."""

    def __init__(self, name: str, size: int = 40) -> None:
        super().__init__()
        self._name = name
        self.setFixedSize(QSize(size, size))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        painter = QPainter(self)
        icons.paint(painter, self._name, QRectF(self.rect()), theme.colour("accent"), 1.4)
        painter.end()


class DropZone(QFrame):
    """`chosen(paths)` when files were dropped or chosen."""

    chosen = Signal(object)

    def __init__(self, text: str, hint: str, folder: str = "") -> None:
        super().__init__()
        self.setProperty("kind", "drop")
        self.setAcceptDrops(True)
        self.setAccessibleName(text)
        self.folder = folder
        outer = QVBoxLayout(self)
        outer.setContentsMargins(24, 24, 24, 24)
        outer.setSpacing(8)
        words = label(text, "heading")
        words.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        small = label(hint, "muted", wrap=True)
        small.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.files = button(_("Choose files…"), self.choose_files)
        self.whole = button(_("Choose a folder…"), self.choose_folder)
        outer.addStretch(1)
        outer.addWidget(Glyph("imports"), 0, Qt.AlignmentFlag.AlignHCenter)
        outer.addWidget(words)
        outer.addWidget(small)
        outer.addSpacing(8)
        outer.addLayout(line(1, self.files, self.whole, 1))
        outer.addStretch(1)

    def choose_files(self) -> None:
        """By dialog."""
        paths, _filter = QFileDialog.getOpenFileNames(self, _("Choose files to import"), self.folder)
        if paths:
            self.chosen.emit([Path(path) for path in paths])

    def choose_folder(self) -> None:
        """An export that was unpacked."""
        path = QFileDialog.getExistingDirectory(self, _("Choose a folder to import"), self.folder)
        if path:
            self.chosen.emit([Path(path)])

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802 - Qt's name
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()
            self._over(True)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:  # noqa: N802 - Qt's name
        self._over(False)

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802 - Qt's name
        self._over(False)
        event.acceptProposedAction()
        self.chosen.emit([Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()])

    def _over(self, on: bool) -> None:
        self.setProperty("over", on)
        self.style().unpolish(self)
        self.style().polish(self)
