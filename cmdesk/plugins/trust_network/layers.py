"""The picture itself, from back to front: departments, bands, circles, ties, people. It comes in steps of a few milliseconds, so that a window can draw on
without standing still; an export runs them all."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QImage, QPainter, QPainterPath, QPen

from cmdesk.api import palette

from . import dots, keys, thick
from .camera import Camera
from .lines import Lines
from .look import Look
from .scene import Scene

if TYPE_CHECKING:
    from cmdesk.api import Floats

Step = Callable[[QPainter], object]
OPEN_FROM = 70.0
"""Radius in pixels from which a circle shows its ties."""
MOST_BANDS = 600
"""Bands drawn at once, the strongest; the rest is counted."""


class Layers:
    """Draws one scene. What depends on the scene alone (lines sorted into batches) is kept from frame to frame."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self._lines: dict[str, tuple[Lines, Lines]] = {}

    def steps(
        self, camera: Camera, look: Look, width: int, height: int, image: QImage | None = None, *, vector: bool = False
    ) -> Iterator[Step]:
        """The steps of one frame. `image`: what is painted on, where pixels may be written into it; `vector`: people as outlines, for a file that is
        enlarged later."""
        window = QRectF(-camera.x / camera.scale, -camera.y / camera.scale, width / camera.scale, height / camera.scale)
        if self.scene.choice.layout == "circles":
            yield partial(self._areas, camera, look)
            yield partial(self._bands, camera, look)
            yield partial(self._circles, camera, look)
            near = float(self.scene.facts.found.radius.max(initial=0.0)) * camera.scale >= OPEN_FROM
            if near or len(self.opened()):
                yield from self._ties("inner" if near else "opened", camera, look, window, None if vector else image)
        else:
            yield from self._ties("every", camera, look, window, None if vector else image)
        yield from self._people(camera, look, (width, height), image, vector)

    # circles

    def _areas(self, camera: Camera, look: Look, painter: QPainter) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for unit, x, y, radius in self.scene.facts.found.area:
            token = keys.colour_of(unit)
            painter.setPen(QPen(look.mixed(token, 0.6), 1.2))
            painter.setBrush(look.mixed(token, 0.13))
            cx, cy = x * camera.scale + camera.x, y * camera.scale + camera.y
            painter.drawEllipse(QPointF(cx, cy), radius * camera.scale, radius * camera.scale)

    def bands(self) -> int:
        """How many bands are drawn."""
        return min(len(self.scene.bands.a), MOST_BANDS, 4 * max(len(self.scene.facts.found.size), 1))

    def _bands(self, camera: Camera, look: Look, painter: QPainter) -> None:
        """From rim to rim, a little bent towards the middle so that bands of one direction run together; widths are as the trust. The weakest first."""
        found, bands = self.scene.facts.found, self.scene.bands
        if not len(bands.a):
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        widest, most = float(bands.trust[0]), min(max(1.6 * camera.scale, 3.0), 40.0)
        for row in range(self.bands() - 1, -1, -1):
            a, b = int(bands.a[row]), int(bands.b[row])
            share = float(bands.trust[row]) / widest
            pen = QPen(look.mixed("edge", 0.22 + 0.45 * share), max(0.8, most * share))
            pen.setCapStyle(Qt.PenCapStyle.FlatCap)
            painter.setPen(pen)
            painter.drawPath(_band(camera.screen(found.centre[a]), camera.screen(found.centre[b]), camera))

    def _circles(self, camera: Camera, look: Look, painter: QPainter) -> None:
        found = self.scene.facts.found
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        middle = camera.screen(found.centre)
        for k in range(len(found.size)):
            x, y, radius = float(middle[k, 0]), float(middle[k, 1]), float(found.radius[k]) * camera.scale
            self._circle(painter, look, k, x, y, radius)

    def _circle(self, painter: QPainter, look: Look, k: int, x: float, y: float, radius: float) -> None:
        found = self.scene.facts.found
        own = int(found.own[k])
        if found.small[k]:
            pen = QPen(look.colour("edge"), 1.0, Qt.PenStyle.DashLine)
            painter.setPen(pen)
            painter.setBrush(look.colour("surface"))
            painter.drawEllipse(QPointF(x, y), radius, radius)
            return
        painter.setPen(QPen(look.colour(keys.colour_of(own)), 2.0) if own >= 0 else QPen(look.colour("line"), 1.0))
        painter.setBrush(look.mixed(keys.colour_of(own), 0.07) if own >= 0 else look.colour("surface"))
        painter.drawEllipse(QPointF(x, y), radius, radius)
        if own < 0 and any(unit >= 0 for unit, _share in found.mix[k]):
            self._ring(painter, look, k, x, y, radius)

    def _ring(self, painter: QPainter, look: Look, k: int, x: float, y: float, radius: float) -> None:
        """The mix of departments as a ring; departments with the first twelve colours are whole, the next ones (with another shape) have a notch."""
        wide = min(max(radius * 0.14, 2.5), 14.0)
        box = QRectF(x - radius + wide / 2, y - radius + wide / 2, 2 * radius - wide, 2 * radius - wide)
        start = 90.0
        for unit, share in self.scene.facts.found.mix[k]:
            pen = QPen(look.colour(keys.colour_of(unit)), wide, Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap)
            painter.setPen(pen)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            sweep = max(360 * share - 1.2, 0.8)
            painter.drawArc(box, round(start * 16), round(-sweep * 16))
            if unit >= palette.UNITS:
                painter.setPen(QPen(look.colour("surface"), wide * 0.34, Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap))
                painter.drawArc(box, round(start * 16), round(-sweep * 16))
            start -= 360 * share

    # ties

    def lines(self, which: str) -> tuple[Lines, Lines]:
        """The drawn ties, weak and strong; "inner": those inside circles, "opened": inside those circles that were opened."""
        if which not in self._lines:
            ties, label = self.scene.ties, self.scene.facts.found.label
            if which != "every":
                ties = ties.only(label[ties.i] == label[ties.j])
            if which == "opened":
                ties = ties.only(np.isin(label[ties.i], label[self.opened()]))
            weak, strong = ties.only(~ties.strong), ties.only(ties.strong)
            self._lines[which] = Lines(self.scene.place, weak.i, weak.j), Lines(self.scene.place, strong.i, strong.j)
        return self._lines[which]

    def opened(self) -> list[int]:
        """A member of each circle that was opened."""
        return [self.scene.row_of[id] for id in self.scene.choice.opened if id in self.scene.row_of]

    def _ties(self, which: str, camera: Camera, look: Look, window: QRectF, image: QImage | None) -> Iterator[Step]:
        """Weak ties as hairlines, strong ones two or three pixels wide and darker: they differ without colour. Circles seen from afar keep their ties inside."""
        weak, strong = self.lines(which)
        crowd = weak.count + strong.count  # the more lines, the fainter each, so that together they do not become a wall
        faint, firm = (0.4, 0.8) if crowd < 2_000 else (0.28, 0.6) if crowd < 10_000 else (0.18, 0.36)
        yield from thick.steps(weak, camera, window, QPen(look.mixed("edge", faint), 0), thick.HAIRLINE)
        beside = thick.shifts(crowd < 10_000, 1.0 if image is None else image.devicePixelRatio())
        yield from thick.steps(strong, camera, window, QPen(look.mixed("edge", firm), 0), beside, image)

    # people

    def radius(self, camera: Camera) -> float:
        """The radius of a person in pixels."""
        return min(max(0.48 * camera.scale, 1.0), 11.0)

    def _people(self, camera: Camera, look: Look, window: tuple[int, int], image: QImage | None, vector: bool) -> Iterator[Step]:
        scene, (width, height) = self.scene, window
        at = camera.screen(scene.place[scene.rows])
        seen = (at[:, 0] > -20) & (at[:, 1] > -20) & (at[:, 0] < width + 20) & (at[:, 1] < height + 20)
        rows, at = scene.rows[seen], at[seen]
        radius = self.radius(camera)
        sizes = np.round(scene.size[rows] * 4) / 4  # a handful of sizes, each a mark of its own
        for number in np.unique(scene.key[rows]).tolist():
            key = scene.keys[number]
            for size in np.unique(sizes[scene.key[rows] == number]).tolist():
                mine = at[(scene.key[rows] == number) & (sizes == size)]
                how = None if vector else image if len(rows) > dots.FINE else dots.mark
                yield partial(_marks, mine, key.shape, radius * size, look, key.colour, how)


def _marks(at: Floats, shape: str, radius: float, look: Look, token: str, how: object, painter: QPainter) -> None:
    """`how`: an image to write into, None for outlines, else stamps."""
    colour, rim = look.colour(token), look.colour("surface")
    if isinstance(how, QImage):
        painter.end()  # its pixels are written past the painter
        dots.write(how, at, shape, radius, colour)
        painter.begin(how)
    elif how is None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(rim, 0.6))
        painter.setBrush(colour)
        for x, y in at.tolist():
            dots.outline(painter, shape, x, y, radius)
    else:
        dots.stamp(painter, at, dots.mark(shape, radius, colour, rim, painter.device().devicePixelRatio()))


def _band(start: Floats, end: Floats, camera: Camera) -> QPainterPath:
    """A curve that leans towards the middle of the map."""
    middle = (start + end) / 2
    lean = (np.array([camera.x, camera.y]) - middle) * 0.12
    path = QPainterPath(QPointF(*start.tolist()))
    path.quadTo(QPointF(*(middle + lean).tolist()), QPointF(*end.tolist()))
    return path


def paint(layers: Layers, image: QImage, camera: Camera, look: Look, *, clear: bool = True) -> None:
    """All steps at once."""
    if clear:
        image.fill(look.colour("surface"))
    ratio = image.devicePixelRatio()
    painter = QPainter(image)
    for step in layers.steps(camera, look, round(image.width() / ratio), round(image.height() / ratio), image):
        step(painter)
    painter.end()
