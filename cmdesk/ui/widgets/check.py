"""Check boxes, radio buttons and the switch, painted here: sharp at any scale, plain text, the same in light and dark."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QCheckBox, QRadioButton

from cmdesk.ui import theme

_SIDE = 18.0
_GAP = 8


def _size(button: QAbstractButton, mark: float) -> QSize:
    wide = button.fontMetrics().horizontalAdvance(button.text()) + 4
    return QSize(round(mark) + _GAP + wide + 2, 28)


def _mark_pen(button: QAbstractButton, on: bool) -> QPen:
    if not button.isEnabled():
        return QPen(theme.colour("line"), 1.0)
    return QPen(theme.colour("accent" if on or button.hasFocus() else "edge"), 2.0 if button.hasFocus() else 1.0)


def _words(button: QAbstractButton, painter: QPainter, left: float) -> None:
    painter.setPen(theme.colour("text" if button.isEnabled() else "edge"))
    painter.setFont(button.font())
    room = button.width() - left
    painter.drawText(
        QRectF(left, 0, room, button.height()), Qt.AlignmentFlag.AlignVCenter, theme.cut(button.text(), int(room) + 1, button.font())
    )


def _begin(button: QAbstractButton) -> QPainter:
    painter = QPainter(button)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    return painter


class CheckBox(QCheckBox):
    """A box with a tick."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.setText(text)
        self.setAccessibleName(text)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        return _size(self, _SIDE)

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        return self.sizeHint()

    def hitButton(self, pos: object) -> bool:  # noqa: N802 - Qt's name
        return True

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        painter = _begin(self)
        on = self.isChecked()
        box = QRectF(1, (self.height() - _SIDE) / 2, _SIDE, _SIDE).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.setPen(_mark_pen(self, on))
        painter.setBrush(theme.colour("accent" if on and self.isEnabled() else "surface"))
        painter.drawRoundedRect(box, 4, 4)
        if on:
            tick = QPen(theme.colour("on_accent" if self.isEnabled() else "edge"), 2.0)
            tick.setCapStyle(Qt.PenCapStyle.RoundCap)
            tick.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
            painter.setPen(tick)
            corner = box.topLeft()
            painter.drawPolyline([corner + QPointF(4, 9), corner + QPointF(7.2, 12.2), corner + QPointF(13, 5.2)])
        _words(self, painter, _SIDE + _GAP + 1)
        painter.end()


class RadioButton(QRadioButton):
    """One of a few."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.setText(text)
        self.setAccessibleName(text)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        return _size(self, _SIDE)

    def hitButton(self, pos: object) -> bool:  # noqa: N802 - Qt's name
        return True

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        painter = _begin(self)
        on = self.isChecked()
        box = QRectF(1, (self.height() - _SIDE) / 2, _SIDE, _SIDE).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.setPen(_mark_pen(self, on))
        painter.setBrush(theme.colour("surface"))
        painter.drawEllipse(box)
        if on:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour("accent"))
            painter.drawEllipse(box.adjusted(4, 4, -4, -4))
        _words(self, painter, _SIDE + _GAP + 1)
        painter.end()


class Switch(CheckBox):
    """On at the right, off at the left."""

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        return _size(self, 34)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        painter = _begin(self)
        on = self.isChecked()
        track = QRectF(1, (self.height() - 20) / 2, 34, 20).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.setPen(_mark_pen(self, on))
        painter.setBrush(theme.colour("accent" if on else "surface"))
        painter.drawRoundedRect(track, 9.5, 9.5)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("on_accent" if on else "edge"))
        painter.drawEllipse(QPointF(track.right() - 9.5 if on else track.left() + 9.5, track.center().y()), 6, 6)
        _words(self, painter, 34 + _GAP + 1)
        painter.end()
