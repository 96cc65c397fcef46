"""Line icons on a grid of 24, drawn here so that they follow the theme and any scale without a file.

A stroke is "x,y x,y …" (a line through points), "o x,y r" (a circle) or "c x,y x,y x,y x,y" (a curve).
"""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPainterPath, QPen, QPixmap

_STROKES: dict[str, tuple[str, ...]] = {
    "overview": ("4,4 10,4 10,10 4,10 4,4", "14,4 20,4 20,10 14,10 14,4", "4,14 10,14 10,20 4,20 4,14", "o 17,17 3"),
    "members": ("o 9,8 3.5", "c 3,20 3,12 15,12 15,20", "c 15,5 19.5,5 19.5,11.5 15,11.5", "c 17.5,14 20,15 21,17 21,20"),
    "groups": ("o 12,7 3.5", "o 6,16.5 3.5", "o 18,16.5 3.5"),
    "goals": ("o 12,12 8.5", "o 12,12 4.5", "o 12,12 0.8"),
    "network": ("o 5,6 2.4", "o 19,8 2.4", "o 11,19 2.4", "7.3,6.4 16.7,7.6", "6,8.2 10.2,16.8", "17.6,9.9 12.4,17"),
    "assessments": ("4,20 20,20", "7,20 7,13", "12,20 12,5", "17,20 17,9"),
    "imports": ("12,4 12,15", "7.5,10.5 12,15 16.5,10.5", "4,15 4,20 20,20 20,15"),
    "plugins": ("9,4 9,9", "15,4 15,9", "6,9 18,9 18,12", "6,9 6,12", "c 6,12 6,19 18,19 18,12", "12,17.4 12,21"),
    "preferences": ("4,7 20,7", "4,12 20,12", "4,17 20,17", "o 9,7 1.8", "o 15,12 1.8", "o 8,17 1.8"),
    "search": ("o 10.5,10.5 6", "15,15 20,20"),
    "close": ("6,6 18,18", "18,6 6,18"),
    "back": ("14,5 7,12 14,19",),
    "forward": ("10,5 17,12 10,19",),
    "down": ("6,9.5 12,15.5 18,9.5",),
    "page": ("6,3 14,3 18,7 18,21 6,21 6,3", "14,3 14,7 18,7"),
    "eye": ("c 3,12 8,5 16,5 21,12", "c 3,12 8,19 16,19 21,12", "o 12,12 3"),
    "view": ("4,5 20,5 20,19 4,19 4,5", "4,9 20,9"),
}


def paint(painter: QPainter, name: str, box: QRectF, colour: QColor, width: float = 1.6) -> None:
    """Draw icon `name` into `box`."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.translate(box.topLeft())
    painter.scale(box.width() / 24, box.height() / 24)
    pen = QPen(colour, width * 24 / max(box.width(), 1) * box.width() / 20)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for stroke in _STROKES.get(name, _STROKES["view"]):
        painter.drawPath(_path(stroke))
    painter.restore()


def _path(stroke: str) -> QPainterPath:
    words = stroke.split()
    path = QPainterPath()
    if words[0] == "o":
        path.addEllipse(_point(words[1]), float(words[2]), float(words[2]))
    elif words[0] == "c":
        path.moveTo(_point(words[1]))
        path.cubicTo(_point(words[2]), _point(words[3]), _point(words[4]))
    else:
        path.moveTo(_point(words[0]))
        for word in words[1:]:
            path.lineTo(_point(word))
    return path


def _point(word: str) -> QPointF:
    x, y = word.split(",")
    return QPointF(float(x), float(y))


def icon(name: str, colour: QColor) -> QIcon:
    """Icon `name` in `colour`, sharp at scales 1 to 3."""
    made = QIcon()
    for size in (16, 32, 48):
        image = QPixmap(size, size)
        image.fill(Qt.GlobalColor.transparent)
        painter = QPainter(image)
        paint(painter, name, QRectF(0, 0, size, size), colour)
        painter.end()
        made.addPixmap(image)
    return made
