"""Lines in batches on a painter. A painter draws only lines of one pixel fast, so a thick one is the same line some pixels beside itself; where they are very
many, each is drawn once, on a sheet of its own, and the sheet is laid down beside itself: the same pixels at half the cost."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QImage, QPainter, QPainterPath, QPen, QTransform

from .camera import Camera
from .lines import Lines

Shifts = tuple[tuple[float, float], ...]
HAIRLINE: Shifts = ((0.0, 0.0),)
_SHEET_FROM = 1_500
"""Lines from which a sheet pays: it costs about as much as so many lines."""


def shifts(wide: bool, ratio: float) -> Shifts:
    """Where a line is drawn again to be two pixels wide, and `wide` to be three in any direction, without gaps on a screen of `ratio` dots a pixel."""
    dots = range(max(round(2 * ratio), 2))
    across = tuple((dot / ratio, 0.0) for dot in dots)
    return (*across, *((0.0, dot / ratio) for dot in dots[1:])) if wide else across


def steps(lines: Lines, camera: Camera, window: QRectF, pen: QPen, beside: Shifts, image: QImage | None = None) -> Iterator[Callable[[QPainter], object]]:
    """Draw those lines that reach into `window` with an opaque pen. `image`: what is painted on, where a sheet of its size may be laid on it."""
    if image is None or len(beside) == 1 or lines.count < _SHEET_FROM:
        for path in lines.inside(window):
            yield partial(draw, path, camera, pen, beside)
        return
    sheet = QImage(image.size(), QImage.Format.Format_ARGB32_Premultiplied)
    sheet.setDevicePixelRatio(image.devicePixelRatio())
    sheet.fill(Qt.GlobalColor.transparent)
    for path in lines.inside(window):
        yield partial(_on_sheet, sheet, path, camera, pen)
    yield partial(_lay, sheet, beside)


def draw(path: QPainterPath, camera: Camera, pen: QPen, beside: Shifts, painter: QPainter) -> None:
    """Lines of one pixel, without smoothing: the one pen that the painter draws fast."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    before = painter.transform()
    for dx, dy in beside:
        painter.setTransform(QTransform(camera.scale, 0, 0, camera.scale, camera.x + dx, camera.y + dy) * before)
        painter.drawPath(path)
    painter.setTransform(before)


def _on_sheet(sheet: QImage, path: QPainterPath, camera: Camera, pen: QPen, _painter: QPainter) -> None:
    over = QPainter(sheet)
    draw(path, camera, pen, HAIRLINE, over)
    over.end()


def _lay(sheet: QImage, beside: Shifts, painter: QPainter) -> None:
    for dx, dy in beside:
        painter.drawImage(QPointF(dx, dy), sheet)
