"""People as marks: some thousands by stamping a drawn mark, more by writing its pixels into the image; a colour and a shape for each key."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPen, QPixmap, QPolygonF

if TYPE_CHECKING:
    from cmdesk.api import Floats, Ints

FINE = 4_000
"""Up to so many marks are drawn one by one, with smooth edges."""


def outline(painter: QPainter, shape: str, x: float, y: float, radius: float) -> None:
    """One mark with the painter's pen and brush; shapes of one radius look equally large."""
    if shape == "square":
        side = radius * 0.88
        painter.drawRect(QRectF(x - side, y - side, 2 * side, 2 * side))
    elif shape == "diamond":
        reach = radius * 1.2
        painter.drawPolygon(QPolygonF([QPointF(x, y - reach), QPointF(x + reach, y), QPointF(x, y + reach), QPointF(x - reach, y)]))
    elif shape == "triangle":
        reach = radius * 1.2
        painter.drawPolygon(QPolygonF([QPointF(x, y - reach), QPointF(x + reach, y + reach * 0.8), QPointF(x - reach, y + reach * 0.8)]))
    else:
        painter.drawEllipse(QPointF(x, y), radius, radius)


def mark(shape: str, radius: float, colour: QColor, edge: QColor, ratio: float = 1.0) -> QPixmap:
    """A mark as a small image, with a thin rim so that it stands out from its ground."""
    side = 2 * int(np.ceil(radius * 1.3 + 1)) + 1
    image = QImage(round(side * ratio), round(side * ratio), QImage.Format.Format_ARGB32_Premultiplied)
    image.setDevicePixelRatio(ratio)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(colour)
    painter.setPen(QPen(edge, 0.8) if radius >= 2.5 else Qt.PenStyle.NoPen)
    outline(painter, shape, side / 2, side / 2, radius)
    painter.end()
    return QPixmap.fromImage(image)


def stamp(painter: QPainter, at: Floats, drawn: QPixmap) -> None:
    """The mark at each of these pixels."""
    half = drawn.deviceIndependentSize().width() / 2
    for x, y in (at - half).tolist():
        painter.drawPixmap(QPointF(x, y), drawn)


def write(image: QImage, at: Floats, shape: str, radius: float, colour: QColor) -> None:
    """The mark's pixels straight into a 32-bit image, whose painter is not active: for very many."""
    pixels = np.frombuffer(image.bits(), np.uint32).reshape(image.height(), image.bytesPerLine() // 4)
    ratio = image.devicePixelRatio()
    place = np.floor(at * ratio).astype(np.int64)
    reach = max(int(np.ceil(radius * ratio)), 1)
    inside = (place[:, 0] >= reach) & (place[:, 1] >= reach) & (place[:, 0] < image.width() - reach) & (place[:, 1] < image.height() - reach)
    place = place[inside]
    for dy, dx in cells(shape, radius * ratio):
        pixels[place[:, 1] + dy, place[:, 0] + dx] = colour.rgba()


def cells(shape: str, radius: float) -> Ints:
    """The pixels of a mark around (0, 0), as (row, column)."""
    reach = max(int(np.ceil(radius)), 1)
    y, x = np.mgrid[-reach : reach + 1, -reach : reach + 1]
    inside = {
        "square": np.maximum(abs(x), abs(y)) <= radius * 0.88, "diamond": abs(x) + abs(y) <= radius * 1.2,
        "triangle": (abs(x) * 1.6 <= y + radius) & (y <= radius * 0.8),
    }.get(shape, x * x + y * y <= radius * radius)  # fmt: skip
    return np.column_stack([y[inside], x[inside]])
