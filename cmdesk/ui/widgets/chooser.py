"""Fields that drop down, with a chevron of ours, because a styled one loses its arrow."""

from __future__ import annotations

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QComboBox, QDateEdit, QWidget

from cmdesk.ui import icons, theme


class Chooser(QComboBox):
    """A list to choose one of; `name` for screen readers. The wheel scrolls the page, not the choice, unless the list has the focus."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        super().paintEvent(event)
        _chevron(self)

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802 - Qt's name
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()


class DateField(QDateEdit):
    """A day to type or to choose from a calendar."""

    def __init__(self) -> None:
        super().__init__()
        self.setCalendarPopup(True)
        self.setDisplayFormat("d MMM yyyy")

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        super().paintEvent(event)
        _chevron(self)


def _chevron(field: QWidget) -> None:
    painter = QPainter(field)
    box = QRectF(field.width() - 24, (field.height() - 14) / 2, 14, 14)
    icons.paint(painter, "down", box, theme.colour("muted" if field.isEnabled() else "edge"))
    painter.end()
