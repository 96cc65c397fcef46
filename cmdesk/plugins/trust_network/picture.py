"""The picture as it leaves the window: the map with labels, beside it the legend, below it the date, filters, counts and how it was made. PNG and SVG from
the same code that paints the window."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QRect, QRectF, QSize
from PySide6.QtGui import QImage, QPainter

from cmdesk.api import DAY, FileProblem, _, drawing, frame, ngettext, when
from cmdesk.api_qt import application, face, paint

from . import legend, overlay, unit_matrix
from .camera import fitted
from .layers import Layers
from .look import Look
from .wishes import counted

if TYPE_CHECKING:
    from .scene import Scene

WIDTH, HEIGHT = 1400.0, 960.0


def titles() -> dict[str, str]:
    """The title by layout, of those that are maps."""
    return {"circles": _("Circles and departments"), "free": _("Who exchanges with whom")}


def title(scene: Scene) -> str:
    """The picture's title."""
    return unit_matrix.title(scene) if scene.choice.layout == "matrix" else titles()[scene.choice.layout]


def trust_words(trust: str) -> str:
    """What the ties are, in a few words."""
    return {
        "relational": _("trust, estimated from exchange"), "competence": _("competence trust, estimated from answers"),
        "asked": _("ties as stated in surveys and lists"),
    }[trust]  # fmt: skip


def below(scene: Scene) -> str:
    """Community, date and kind of trust: the line under the title."""
    snapshot = scene.facts.snapshot
    day = when.day(snapshot.until, snapshot.zone).isoformat()
    dated = (_("as of {date}").format(date=day),) if snapshot.until > 2 * DAY else ()  # without any dated fact T is the first day of all
    return " · ".join((snapshot.community, *dated, trust_words(scene.facts.trust)))


Box = tuple[float, float, float, float]


def notes(scene: Scene, bands: int, part: Box | None = None) -> list[str]:
    """Filters, counts and method, in sentences; of a `part` also how many people lie outside it."""
    choice = scene.choice
    lines = [" · ".join(counted(scene, bands))]
    if part is not None:
        (left, top, right, bottom), at = part, scene.places
        outside = int(((at[:, 0] < left) | (at[:, 1] < top) | (at[:, 0] > right) | (at[:, 1] > bottom)).sum())
        lines.append(ngettext("A part of the map: {n} person lies outside.", "A part of the map: {n} people lie outside.", outside).format(n=f"{outside:,}"))
    if choice.filters:
        lines.append(_("Only: {filters}").format(filters=", ".join(one.value for one in choice.filters)))
    method = _("Ties from {threshold} on. Circles: Leiden on modularity, large ones divided again; no circle was set by anybody.")
    lines.append(method.format(threshold=f"{choice.threshold:.2f}"))
    return lines


def write(scene: Scene, path: Path, part: Box | None = None, scale: float = 2.0) -> None:
    """Write the picture; the ending of `path` says .svg or PNG. `part`: left, top, right and bottom on the map of what it is to show; None: all of it."""
    application()
    if path.suffix.lower() == ".svg":
        path.write_bytes(_svg(scene, part))
        return
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    if not image(scene, part, scale).save(buffer, "PNG"):  # type: ignore[call-overload]  # the stub wants bytes, Qt takes str
        raise FileProblem(_("The picture could not be made as PNG."), _("Write it as .svg."))
    path.write_bytes(data.data())


def image(scene: Scene, part: Box | None = None, scale: float = 2.0, look: Look | None = None) -> QImage:
    """The picture as an image."""
    look = look or Look()
    shapes, box, size = _page(scene, part)
    found = QImage(round(size[0] * scale), round(size[1] * scale), QImage.Format.Format_RGB32)
    found.setDevicePixelRatio(scale)
    found.fill(look.colour("surface"))
    found.setText("Title", title(scene))
    painter = QPainter(found)
    _paint(painter, scene, look, shapes, box, part)
    painter.end()
    return found


def _svg(scene: Scene, part: Box | None) -> bytes:
    from PySide6.QtSvg import QSvgGenerator

    shapes, box, size = _page(scene, part)
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    generator = QSvgGenerator()
    generator.setOutputDevice(buffer)
    generator.setSize(QSize(round(size[0]), round(size[1])))
    generator.setViewBox(QRect(0, 0, round(size[0]), round(size[1])))
    generator.setTitle(title(scene))
    generator.setDescription("; ".join(" | ".join(row) for row in legend.compose(scene).table))
    painter = QPainter(generator)
    painter.fillRect(QRectF(0, 0, *size), Look().colour("surface"))
    _paint(painter, scene, Look(), shapes, box, part)
    painter.end()
    return bytes(data.data())


def _page(scene: Scene, part: Box | None) -> tuple[list[drawing.Shape], Box, tuple[float, float]]:
    """Heading, legend and notes as shapes; the box of the map (left, top, width, height); the size of the page."""
    shapes, top = frame.heading(title(scene), below(scene), WIDTH, scene.facts.snapshot.simulated)
    room = WIDTH - 2 * frame.MARGIN
    matrix = scene.choice.layout == "matrix"
    inner = unit_matrix.compose(scene, room) if matrix else None
    side = None if matrix else legend.compose(scene)
    wide = room if side is None else room - side.width - 16
    tall = max(HEIGHT - top - 90, side.height if side is not None else 0.0, inner.height if inner is not None else 0.0)
    if side is not None:
        shapes += [frame.moved(shape, WIDTH - frame.MARGIN - side.width, top) for shape in side.shapes]
    if inner is not None:
        shapes += [frame.moved(shape, frame.MARGIN, top) for shape in inner.shapes]
    written, bottom = frame.notes(frame.MARGIN, top + tall + 24, notes(scene, Layers(scene).bands(), None if matrix else part), room)
    return shapes + written, (frame.MARGIN, top, wide, tall), (WIDTH, bottom + 12)


def _paint(painter: QPainter, scene: Scene, look: Look, shapes: list[drawing.Shape], box: Box, part: Box | None) -> None:
    page = drawing.Drawing(width=WIDTH, height=HEIGHT, title="", shapes=tuple(shapes))
    if scene.choice.layout != "matrix":
        left, top, wide, high = box
        layers, seen = Layers(scene), fitted(part or scene.box(), wide, high)
        painter.save()
        painter.translate(left, top)
        painter.setClipRect(QRectF(0, 0, wide, high))
        for step in layers.steps(seen, look, round(wide), round(high), vector=True):
            step(painter)
        writer = overlay.Writer(face(12.0))
        writer.write(painter, layers, seen, look, scene.chosen(), None, (wide, high))
        if len(scene.chosen()):
            overlay.rings(painter, layers, seen, look, np.asarray(scene.chosen()))
        painter.restore()
    paint(painter, page, dark=look.dark, colours=look.over)
