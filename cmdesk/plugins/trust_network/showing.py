"""A widget that shows a scene: the place looked at, the light around people, frames that come bit by bit, labels. What hands do stands in canvas.py."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QEvent, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from cmdesk.api import _
from cmdesk.api_qt import ViewContext

from . import overlay
from .camera import Camera, fitted
from .frames import QUICK, Frames
from .layers import Layers
from .look import Look
from .scene import Scene

if TYPE_CHECKING:
    from cmdesk.api import Bools, Index

_SETTLE = 60
NOBODY = np.empty(0, np.int32)


class Showing(QWidget):
    """Shows a scene and what lies over it: where it looks, who is lit, how it is drawn on while nothing stands still. Signals: `pointed(person)`
    (−1: none), `moved()` when another place is looked at, `failed(error)` where painting went wrong."""

    pointed = Signal(int)
    moved = Signal()
    failed = Signal(object)

    def __init__(self, context: ViewContext) -> None:
        super().__init__()
        self._context = context
        self.camera = Camera()
        self.hover = -1
        self.focus = -1
        self.searched: Index = NOBODY
        self.frames = Frames()
        self.writer = overlay.Writer(self.font())
        self.broken = ""
        self._fitted = True
        self._lit: tuple[Bools, Index] | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._draw_on)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(120, 80)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        return QSize(900, 640)

    # what is shown

    @property
    def scene(self) -> Scene | None:
        """What it shows."""
        return self.frames.layers.scene if self.frames.layers is not None else None

    def look(self) -> Look:
        """The colours in force."""
        tokens = self._context.theme
        return Look(tokens.dark, tokens.colours())

    def put(self, scene: Scene, layers: Layers | None = None) -> None:
        """Show a scene, drawn by `layers` where they are others than usual. The place looked at stays, unless all was in sight or the choice names one."""
        self.broken = ""
        self.frames.put(layers or Layers(scene))
        self.hover = -1
        if self.focus >= 0 and not (self.focus < len(scene.drawn) and scene.drawn[self.focus]):
            self.focus = -1
        chosen = scene.choice
        if chosen.scale:
            self.camera = Camera(chosen.scale).at(*chosen.centre, self.width(), self.height())
            self._fitted = False
        elif self._fitted:
            self.camera = fitted(scene.box(), self.width(), self.height())
        self._light()
        self._sharpen()

    def look_along(self, camera: Camera) -> None:
        """Look at the place of another canvas, without a word of it."""
        if camera != self.camera:
            self.camera, self._fitted = camera, False
            self._sharpen()

    def reselect(self, scene: Scene) -> None:
        """The same picture with another selection: nothing is drawn anew but what lies over it."""
        assert self.frames.layers is not None
        self.frames.layers.scene = scene
        if scene.choice.scale:
            self._fitted = False
            self._look_from(Camera(scene.choice.scale).at(*scene.choice.centre, self.width(), self.height()))
        self._light()

    def fit(self) -> None:
        """All of it in sight."""
        self._fitted = True
        if self.scene is not None:
            self._look_from(fitted(self.scene.box(), self.width(), self.height()))

    def come_to(self, people: Index, *, close: bool = False) -> None:
        """Put these people into the middle; `close`: near enough to read names."""
        scene = self.scene
        people = people[scene.drawn[people]] if scene is not None and len(people) else NOBODY
        if scene is None or not len(people):
            return
        middle = scene.place[people].mean(axis=0)
        camera = self.camera._replace(scale=max(self.camera.scale, 22.0)) if close else self.camera
        self._fitted = False
        self._look_from(camera.at(float(middle[0]), float(middle[1]), self.width(), self.height()))

    def open_circle(self, k: int) -> None:
        """Put one circle into the window."""
        if self.scene is None:
            return
        found = self.scene.facts.found
        (x, y), radius = found.centre[k].tolist(), float(found.radius[k]) * 1.15
        self._fitted = False
        self._look_from(fitted((x - radius, y - radius, x + radius, y + radius), self.width(), self.height()))

    def look_for(self, words: str) -> bool:
        """Centre the people whose shown name (or pseudonym) holds these words, and name them first; False if nobody on the map does."""
        scene, wanted = self.scene, words.strip().casefold()
        if scene is None:
            return True
        people = scene.facts.snapshot.people
        shown = people.name if scene.names else people.code
        rows = [row for row in scene.rows.tolist() if wanted and wanted in shown[row].casefold()]
        self.searched = np.array(rows[:50], np.int32)
        if rows:
            self.focus = rows[0]
            self.come_to(np.array(rows[:1], np.int32), close=True)
        self.update()
        return bool(rows) or not wanted

    def part(self) -> tuple[float, float, float, float]:
        """Left, top, right and bottom on the map of what the window shows."""
        return *self.camera.world(0.0, 0.0), *self.camera.world(float(self.width()), float(self.height()))

    def lights(self) -> tuple[Bools, Index] | None:
        """Who and which ties stand out now; None where nothing does."""
        return self._lit

    def _look_from(self, camera: Camera) -> None:
        self.camera = camera
        self._sharpen()
        self.moved.emit()

    def _light(self) -> None:
        """Work out who is lit: around the one pointed at, else around those selected."""
        scene = self.scene
        self._lit = None
        if scene is not None:
            centre = np.array([self.hover], np.int32) if self.hover >= 0 else scene.chosen()
            if len(centre):
                depth = 1 if self.hover >= 0 else scene.choice.depth
                people = scene.around(centre, depth)
                inner = scene.around(centre, depth - 1)
                ties = np.flatnonzero(people[scene.ties.i] & people[scene.ties.j] & (inner[scene.ties.i] | inner[scene.ties.j]))
                self._lit = people, ties.astype(np.int32)
        self.update()

    # drawing

    def _sharpen(self) -> None:
        """A sharp picture for this place: now where that is quick, else once the movement settles."""
        if self.scene is not None and self.frames.cost > QUICK:
            self._timer.start(_SETTLE)
        self.update()

    def _aim(self) -> tuple[Camera, Look, int, int, float]:
        return self.camera, self.look(), self.width(), self.height(), self.devicePixelRatioF()

    def _draw_on(self) -> None:
        if self.scene is None:
            return
        try:
            self._advance()
        except Exception as error:  # noqa: BLE001 - whatever goes wrong in drawing is told once, not at every frame
            self._break(error)

    def _advance(self) -> None:
        aim = self._aim()
        if self.frames.wants(*aim):
            if not self.frames.drawing(*aim):
                self.frames.begin(*aim)
            if not self.frames.advance():
                self._timer.start(0)
                return
        self.update()

    def _break(self, error: BaseException) -> None:
        if not self.broken:
            self.broken = _("The picture could not be drawn.")
            QTimer.singleShot(0, self, lambda: self.failed.emit(error))  # not while Qt paints: whoever tells it changes the window
        self.update()

    def finish(self) -> None:
        """Draw the sharp picture now, however long it takes: for pictures that leave the window."""
        if self.scene is not None and self.frames.wants(*self._aim()):
            self.frames.begin(*self._aim())
            self.frames.advance(float("inf"))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        painter = QPainter(self)
        try:
            self.paint(painter)
        except Exception as error:  # noqa: BLE001 - Qt cannot take an exception here
            self._break(error)
        finally:
            painter.end()

    def paint(self, painter: QPainter) -> None:
        """One frame."""
        look, layers = self.look(), self.frames.layers
        painter.fillRect(self.rect(), look.colour("surface"))
        if layers is None or self.broken:
            painter.setPen(look.colour("muted"))
            painter.drawText(self.rect().adjusted(16, 16, -16, -16), Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap, self.broken)
            return
        if self.frames.wants(*self._aim()) and not self._timer.isActive():
            self._advance()
        self.frames.show(painter, self.camera)
        chosen = layers.scene.chosen()
        if self._lit is not None:
            overlay.veil(painter, look, self.width(), self.height())
            overlay.lit(painter, layers, self.camera, look, *self._lit)
        overlay.rings(painter, layers, self.camera, look, chosen)
        first = self._first(chosen)
        self.writer.write(
            painter, layers, self.camera, look, first, self._lit[0] if self._lit else None, (float(self.width()), float(self.height()))
        )
        if self.hasFocus() and self.focus >= 0:
            overlay.rings(painter, layers, self.camera, look, np.array([self.focus]), "text")
        self.paint_over(painter, look)

    def paint_over(self, painter: QPainter, look: Look) -> None:
        """What a hand draws over it: nothing here."""

    def _first(self, chosen: Index) -> Index:
        """Who is named before all others."""
        asked = [row for row in (self.hover, self.focus) if row >= 0]
        rows = np.concatenate([np.array(asked, np.int32), self.searched, chosen[:40]]).astype(np.int32)
        assert self.scene is not None
        rows = rows[self.scene.drawn[rows]] if len(rows) else rows
        _same, at = np.unique(rows, return_index=True)
        return rows[np.sort(at)]

    def person_radius(self) -> float:
        """A person's radius in pixels."""
        return self.frames.layers.radius(self.camera) if self.frames.layers is not None else 1.0

    def zoom(self, factor: float, x: float | None = None, y: float | None = None) -> None:
        """Closer or farther, keeping the pixel (the middle) where it is."""
        self._fitted = False
        self._look_from(self.camera.zoomed(factor, self.width() / 2 if x is None else x, self.height() / 2 if y is None else y))

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        self.update()
        super().focusInEvent(event)

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.StyleChange):
            self._sharpen()
        super().changeEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        if self.scene is not None and self._fitted:
            self.camera = fitted(self.scene.box(), self.width(), self.height())
        elif event.oldSize().isValid():  # what was in the middle stays there
            gap = (event.size() - event.oldSize()) / 2
            self.camera = self.camera.moved(gap.width(), gap.height())
        self._sharpen()
        super().resizeEvent(event)
