"""What lies over the picture and changes with every move of the pointer: the veil over the rest, lit people and ties, labels, the lasso."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPen, QPolygonF, QTransform

from . import dots, labels
from .camera import Camera
from .layers import Layers
from .lines import path_of
from .look import Look
from .wishes import wishes

if TYPE_CHECKING:
    from cmdesk.api import Bools, Index

_MOST_LIT_TIES = 40_000


def veil(painter: QPainter, look: Look, width: float, height: float) -> None:
    """Dims everything below."""
    shade = look.colour("surface")
    shade.setAlphaF(0.78)
    painter.fillRect(QRectF(0, 0, width, height), shade)


def lit(painter: QPainter, layers: Layers, camera: Camera, look: Look, people: Bools, ties: Index) -> None:
    """People and ties in full strength over the veil; strong ties wide, weak ones thin and dashed."""
    scene = layers.scene
    ties = ties[:_MOST_LIT_TIES]
    ends = np.column_stack([scene.place[scene.ties.i[ties]], scene.place[scene.ties.j[ties]]])
    strong = scene.ties.strong[ties]
    few = len(ties) <= 400
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, few)
    before = painter.transform()
    for part, wide, style in ((ends[~strong], 1.2, Qt.PenStyle.DashLine), (ends[strong], 2.6, Qt.PenStyle.SolidLine)):
        pen = QPen(look.mixed("text", 0.62), wide if few else 0, style if few else Qt.PenStyle.SolidLine)
        pen.setCosmetic(True)
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setTransform(QTransform(camera.scale, 0, 0, camera.scale, camera.x, camera.y) * before)
        painter.drawPath(path_of(part))
        painter.setTransform(before)
    _lit_people(painter, layers, camera, look, np.flatnonzero(people)[: 2 * dots.FINE].astype(np.int32))


def _lit_people(painter: QPainter, layers: Layers, camera: Camera, look: Look, rows: Index) -> None:
    scene = layers.scene
    at, radius, ratio = camera.screen(scene.place[rows]), max(layers.radius(camera), 2.5), painter.device().devicePixelRatio()
    for number in np.unique(scene.key[rows]).tolist():
        key = scene.keys[number]
        mine = at[scene.key[rows] == number]
        dots.stamp(painter, mine, dots.mark(key.shape, radius, look.colour(key.colour), look.colour("surface"), ratio))


def rings(painter: QPainter, layers: Layers, camera: Camera, look: Look, rows: Index, ink: str = "accent") -> None:
    """A ring around each of these people."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(look.colour(ink), 2.2))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    radius = max(layers.radius(camera), 2.5) + 3.5
    for x, y in camera.screen(layers.scene.place[rows[:2000]]).tolist():
        painter.drawEllipse(QPointF(x, y), radius, radius)


class Writer:
    """Writes labels; remembers how wide words are."""

    def __init__(self, font: QFont) -> None:
        self._font = font
        self._known: dict[tuple[str, float, bool], float] = {}
        self._faces: dict[tuple[float, bool], tuple[QFont, QFontMetricsF]] = {}
        self.written: list[labels.Written] = []

    def face(self, size: float, bold: bool) -> tuple[QFont, QFontMetricsF]:
        """The typeface in that size, and its measures."""
        if (size, bold) not in self._faces:
            font = QFont(self._font)
            font.setPixelSize(round(size))
            font.setWeight(QFont.Weight.DemiBold if bold else QFont.Weight.Normal)
            self._faces[size, bold] = font, QFontMetricsF(font)
        return self._faces[size, bold]

    def width(self, words: str, size: float, bold: bool) -> float:
        """Pixels that the words take."""
        key = (words, size, bold)
        if key not in self._known:
            if len(self._known) > 20_000:
                self._known.clear()
            self._known[key] = self.face(size, bold)[1].horizontalAdvance(words)
        return self._known[key]

    def write(
        self, painter: QPainter, layers: Layers, camera: Camera, look: Look, first: Index, people: Bools | None, window: tuple[float, float]
    ) -> None:
        """Place and write the labels of a frame; `written` holds them."""
        wished = wishes(layers.scene, camera, first, people, max(layers.radius(camera), 2.5), window)
        self.written = labels.place(wished, self.width, window)
        halo = look.colour("surface")
        halo.setAlphaF(0.8)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for label in self.written:
            font, measured = self.face(label.size, label.bold)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(halo)
            painter.drawRoundedRect(QRectF(label.left - 2, label.top, label.width + 4, label.height), 3, 3)
            painter.setFont(font)
            painter.setPen(look.colour("text"))
            painter.drawText(QPointF(label.left, label.top + (label.height + measured.capHeight()) / 2), label.words)


def outline(painter: QPainter, look: Look, corners: list[tuple[float, float]], *, closed: bool) -> None:
    """The lasso or box while it is drawn."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(look.colour("accent"), 1.4, Qt.PenStyle.DashLine))
    painter.setBrush(look.colour("accent/12"))
    shape = QPolygonF([QPointF(x, y) for x, y in corners])
    if closed:
        painter.drawPolygon(shape)
    else:
        painter.drawPolyline(shape)
