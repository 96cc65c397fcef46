"""A Drawing on a QPainter: in the window, on the clipboard, and as PNG without a display."""

from __future__ import annotations

import math
import os
import sys
from collections.abc import Mapping
from pathlib import Path as FilePath

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QGuiApplication, QImage, QPainter, QPainterPath, QPen

from cmdesk.core import palette, svg
from cmdesk.core.drawing import Arc, Circle, Drawing, Path, Rect, Text
from cmdesk.core.errors import FileProblem
from cmdesk.core.text import _

FACES = ["Inter", "Noto Sans", "Open Sans", "Segoe UI", "Helvetica Neue", "Liberation Sans", "Arial", "DejaVu Sans"]
"""Faces tried in this order, so that a picture looks alike on every machine that has the first of them."""
LARGEST = 16_384
"""Pixels along a side that a picture may have at most."""
_kept: list[QGuiApplication] = []  # Qt ends with its application, so ours lives as long as the process


def paint(painter: QPainter, drawing: Drawing, *, dark: bool = False, colours: Mapping[str, str] | None = None) -> None:
    """Draw every shape in the painter's coordinates (1 unit is 1 px at scale 1). `colours` stands over the tokens of core.palette."""
    painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.TextAntialiasing)
    for shape in drawing.shapes:
        if isinstance(shape, Text):
            _write(painter, shape, _colour(shape.colour, dark, colours))
        elif isinstance(shape, Arc):
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(_colour(shape.colour, dark, colours), shape.width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap))
            box = QRectF(shape.x - shape.radius, shape.y - shape.radius, 2 * shape.radius, 2 * shape.radius)
            painter.drawArc(box, round((90 - shape.start) * 16), round(-shape.sweep * 16))
        else:
            _dip(painter, shape, dark, colours)
            _outline(painter, shape)


def image(drawing: Drawing, *, scale: float = 2.0, dark: bool = False, colours: Mapping[str, str] | None = None) -> QImage:
    """The drawing as an opaque image at `scale` pixels a unit; needs a QGuiApplication, which is made offscreen where there is none."""
    application()
    wide, high = math.ceil(drawing.width * scale), math.ceil(drawing.height * scale)
    if max(wide, high) > LARGEST:
        raise FileProblem(
            _("This picture would be {wide} × {high} pixels.").format(wide=wide, high=high), _("Choose fewer groups, or write it as .svg.")
        )
    canvas = QImage(wide, high, QImage.Format.Format_RGB32)
    canvas.fill(_colour("surface", dark, colours))
    canvas.setText("Title", drawing.title)
    painter = QPainter(canvas)
    try:
        painter.scale(scale, scale)
        paint(painter, drawing, dark=dark, colours=colours)
    finally:
        painter.end()
    return canvas


def png(drawing: Drawing, path: FilePath, *, scale: float = 2.0, dark: bool = False) -> None:
    """Write the drawing to `path` as PNG. Works without a display; raises OSError as any file does."""
    path.write_bytes(png_bytes(drawing, scale=scale, dark=dark))


def png_bytes(drawing: Drawing, *, scale: float = 2.0, dark: bool = False) -> bytes:
    """The drawing as the bytes of a PNG file; works without a display."""
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    # the stub wants bytes, Qt takes str
    if not image(drawing, scale=scale, dark=dark).save(buffer, "PNG"):  # type: ignore[call-overload]
        raise FileProblem(_("The picture could not be made as PNG."), _("Write it as .svg."))
    return bytes(data.data())


def face(size: float, bold: bool = False) -> QFont:
    """The typeface of pictures in pixels of the drawing."""
    font = QFont()
    font.setFamilies(FACES)
    font.setPixelSize(max(1, round(size)))
    font.setWeight(QFont.Weight.DemiBold if bold else QFont.Weight.Normal)
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return font


def _dip(painter: QPainter, shape: Rect | Circle | Path, dark: bool, colours: Mapping[str, str] | None) -> None:
    if shape.fill:
        painter.setBrush(_colour(shape.fill, dark, colours))
    else:
        painter.setBrush(Qt.BrushStyle.NoBrush)
    if not shape.stroke:
        painter.setPen(Qt.PenStyle.NoPen)
        return
    cap = Qt.PenCapStyle.FlatCap if not isinstance(shape, Path) or shape.dash else Qt.PenCapStyle.RoundCap
    pen = QPen(_colour(shape.stroke, dark, colours), shape.line, Qt.PenStyle.SolidLine, cap, Qt.PenJoinStyle.RoundJoin)
    dash = () if isinstance(shape, Rect) else shape.dash
    if dash:
        pen.setDashPattern([mark / shape.line for mark in dash])
    painter.setPen(pen)


def _outline(painter: QPainter, shape: Rect | Circle | Path) -> None:
    if isinstance(shape, Rect):
        box = QRectF(shape.x, shape.y, shape.width, shape.height)
        if shape.radius:
            painter.drawRoundedRect(box, shape.radius, shape.radius)
        else:
            painter.drawRect(box)
    elif isinstance(shape, Circle):
        painter.drawEllipse(QPointF(shape.x, shape.y), shape.radius, shape.radius)
    else:
        painter.drawPath(_path(shape))


def _path(shape: Path) -> QPainterPath:
    points = [QPointF(x, y) for x, y in shape.points]
    line = QPainterPath(points[0])
    if shape.curve:
        for k in range(1, len(points) - 2, 3):
            line.cubicTo(points[k], points[k + 1], points[k + 2])
    else:
        for point in points[1:]:
            line.lineTo(point)
    if shape.closed:
        line.closeSubpath()
    return line


def _write(painter: QPainter, shape: Text, colour: QColor) -> None:
    font = face(shape.size, shape.bold)
    measured = QFontMetricsF(font)
    line = " ".join(shape.text.split())
    if shape.room:
        line = measured.elidedText(line, Qt.TextElideMode.ElideRight, shape.room)
    wide = measured.horizontalAdvance(line)
    painter.save()
    painter.setFont(font)
    painter.setPen(colour)
    painter.translate(shape.x, shape.y)
    painter.rotate(shape.angle)
    painter.drawText(QPointF({"start": 0.0, "middle": -wide / 2, "end": -wide}[shape.anchor], 0.0), line)
    painter.restore()


def _colour(name: str, dark: bool, colours: Mapping[str, str] | None) -> QColor:
    token, _slash, cover = name.partition("/")
    value = palette.resolve(name, dark) if colours is None or token not in colours else colours[token]
    shade = QColor(value[:7])
    if colours is not None and token in colours and cover:
        shade.setAlphaF(int(cover) / 100)
    elif len(value) == 9:
        shade.setAlpha(int(value[7:], 16))
    return shade


def application() -> None:
    """Make sure that there is a QGuiApplication to draw with: offscreen where there is none. Where widgets are loaded it is one that they can live in,
    for a process has but one."""
    if QGuiApplication.instance() is not None:
        return
    widgets = sys.modules.get("PySide6.QtWidgets")
    kind: type[QGuiApplication] = QGuiApplication if widgets is None else widgets.QApplication
    before = os.environ.get("QT_QPA_PLATFORM")
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    try:
        _kept.append(kind(["cmdesk"]))
    finally:
        if before is None:
            del os.environ["QT_QPA_PLATFORM"]
        else:
            os.environ["QT_QPA_PLATFORM"] = before


def save(drawing: Drawing, path: FilePath) -> None:
    """Write a drawing as the ending of `path` says: .svg as text, anything else as PNG at twice the size."""
    if path.suffix.lower() == ".svg":
        path.write_text(svg.text(drawing), encoding="utf-8")
    else:
        png(drawing, path)
