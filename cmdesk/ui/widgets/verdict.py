"""A verdict as shape and word: a filled circle, a half one, a ring, a dash, painted so that no typeface can lack them."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPaintEvent, QPen, QPixmap
from PySide6.QtWidgets import QHBoxLayout, QWidget

from cmdesk.ui import theme
from cmdesk.ui.widgets.plain import label


def paint(painter: QPainter, verdict: str, middle: QPointF, radius: float, colour: QColor) -> None:
    """Draw the shape of `verdict` around `middle`."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    width = max(1.5, radius * 0.26)
    inner = radius - width / 2
    box = QRectF(middle.x() - inner, middle.y() - inner, 2 * inner, 2 * inner)
    painter.setPen(QPen(colour, width))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    if verdict == "fits":
        painter.setBrush(colour)
        painter.drawEllipse(box)
    elif verdict in ("partly", "not_yet"):
        painter.drawEllipse(box)
        if verdict == "partly":
            painter.setBrush(colour)
            painter.drawChord(box, 90 * 16, 180 * 16)
    else:
        painter.drawLine(middle - QPointF(radius * 0.8, 0), middle + QPointF(radius * 0.8, 0))


def icon(verdict: str, token: str) -> QIcon:
    """The shape as an icon in the colour `token`."""
    made = QIcon()
    for size in (16, 32, 48):
        image = QPixmap(size, size)
        image.fill(Qt.GlobalColor.transparent)
        painter = QPainter(image)
        paint(painter, verdict, QPointF(size / 2, size / 2), size * 0.36, theme.colour(token))
        painter.end()
        made.addPixmap(image)
    return made


class Mark(QWidget):
    """The shape alone."""

    def __init__(self, verdict: str, token: str, size: int = 18) -> None:
        super().__init__()
        self._verdict, self._token = verdict, token
        self.setFixedSize(QSize(size, size))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        painter = QPainter(self)
        middle = QPointF(self.width() / 2, self.height() / 2)
        paint(painter, self._verdict, middle, self.width() * 0.42, theme.colour(self._token))
        painter.end()


class VerdictLine(QWidget):
    """Shape and words side by side; grey where the goal was not chosen."""

    def __init__(self, verdict: str, words: str, *, chosen: bool = True) -> None:
        super().__init__()
        look = theme.verdict(verdict)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(Mark(verdict, look.token if chosen else "muted"))
        row.addWidget(label(words, look.token if chosen else "muted"))
        row.addStretch(1)
        self.setAccessibleName(words)
