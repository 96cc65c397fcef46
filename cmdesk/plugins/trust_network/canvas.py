"""The picture one works with: pan, zoom, hover, click, lasso and box, and a walk by keyboard from person to neighbour."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QEvent, QPointF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from cmdesk.api import _
from cmdesk.api_qt import ViewContext

from . import overlay, picking
from .camera import Camera, fitted
from .frames import QUICK, Frames
from .layers import Layers
from .look import Look
from .scene import Scene

if TYPE_CHECKING:
    from cmdesk.api import Bools, Index

_ZOOM = 1.2
_SETTLE = 60
_PAN = 60.0
_NOBODY = np.empty(0, np.int32)


class Canvas(QWidget):
    """Signals: `pointed(person)` (−1: none), `selected(people, added)`, `tie_chosen(row)`, `circle_opened(circle)`, `moved()` when another place is looked
    at, `failed(error)` where painting went wrong. `tool`: "move", "box" or "lasso"; Shift draws a box, Ctrl+Shift a lasso with any tool."""

    pointed = Signal(int)
    selected = Signal(object, bool)
    tie_chosen = Signal(int)
    circle_opened = Signal(int)
    moved = Signal()
    failed = Signal(object)

    def __init__(self, context: ViewContext) -> None:
        super().__init__()
        self._context = context
        self.camera = Camera()
        self.tool = "move"
        self.hover = -1
        self.focus = -1
        self.searched: Index = _NOBODY
        self.frames = Frames()
        self.writer = overlay.Writer(self.font())
        self.broken = ""
        self._fitted = True
        self._lit: tuple[Bools, Index] | None = None
        self._press: QPointF | None = None
        self._dragged = False
        self._corners: list[tuple[float, float]] = []
        self._drawing = ""
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._draw_on)
        self.setMouseTracking(True)
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
        people = people[scene.drawn[people]] if scene is not None and len(people) else _NOBODY
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
        if self._drawing:
            overlay.outline(painter, look, self._outline(), closed=self._drawing == "box")

    def _first(self, chosen: Index) -> Index:
        """Who is named before all others."""
        asked = [row for row in (self.hover, self.focus) if row >= 0]
        rows = np.concatenate([np.array(asked, np.int32), self.searched, chosen[:40]]).astype(np.int32)
        assert self.scene is not None
        rows = rows[self.scene.drawn[rows]] if len(rows) else rows
        _same, at = np.unique(rows, return_index=True)
        return rows[np.sort(at)]

    def _outline(self) -> list[tuple[float, float]]:
        if self._drawing == "box" and len(self._corners) > 1:
            (x0, y0), (x1, y1) = self._corners[0], self._corners[-1]
            return [(x0, y0), (x1, y0), (x1, y1), (x0, y1)]
        return self._corners

    # mouse

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        if event.button() not in (Qt.MouseButton.LeftButton, Qt.MouseButton.MiddleButton) or self.scene is None:
            return
        self._press, self._dragged = event.position(), False
        keys, tool = event.modifiers(), self.tool
        if keys & Qt.KeyboardModifier.ShiftModifier:
            tool = "lasso" if keys & Qt.KeyboardModifier.ControlModifier else "box"
        self._drawing = tool if tool != "move" and event.button() == Qt.MouseButton.LeftButton else ""
        self._corners = [(event.position().x(), event.position().y())]

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        at = event.position()
        if self._press is None:
            self._point(at)
            return
        gap = at - self._press
        if not self._dragged and gap.manhattanLength() < 4:
            return
        self._dragged = True
        if self._drawing:
            self._corners.append((at.x(), at.y()))
            self.update()
        else:
            self._press, self._fitted = at, False
            self._look_from(self.camera.moved(gap.x(), gap.y()))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        if self._press is None:
            return
        drawing, corners, self._press = self._drawing, self._outline(), None
        self._drawing = ""
        added = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if not self._dragged:
            self._click(event.position(), added)
        elif drawing and self.scene is not None:
            self.selected.emit(picking.within(self.scene, self.camera, corners), added)
        self.update()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        if self.scene is not None:
            circle = picking.circle_at(self.scene, self.camera, event.position().x(), event.position().y())
            if circle >= 0:
                self.circle_opened.emit(circle)

    def _point(self, at: QPointF) -> None:
        if self.scene is None:
            return
        person = picking.person_at(self.scene, self.camera, at.x(), at.y(), self.person_radius())
        if person != self.hover:
            self.hover = person
            self.setCursor(Qt.CursorShape.PointingHandCursor if person >= 0 else Qt.CursorShape.ArrowCursor)
            self._light()
            self.pointed.emit(person)

    def person_radius(self) -> float:
        """A person's radius in pixels."""
        return self.frames.layers.radius(self.camera) if self.frames.layers is not None else 1.0

    def _click(self, at: QPointF, added: bool) -> None:
        assert self.scene is not None
        person = picking.person_at(self.scene, self.camera, at.x(), at.y(), self.person_radius())
        if person >= 0:
            self.focus = person
            self.selected.emit(np.array([person], np.int32), added)
            return
        ties = self._lit[1] if self._lit is not None else None
        row = picking.tie_at(self.scene, self.camera, at.x(), at.y(), ties) if ties is not None or self.scene.choice.layout == "free" else -1
        if row >= 0:
            self.tie_chosen.emit(row)
            return
        self.selected.emit(_NOBODY, added)

    def leaveEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        if self.hover >= 0:
            self.hover = -1
            self._light()
            self.pointed.emit(-1)
        super().leaveEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802 - Qt's name
        turns = event.angleDelta().y() / 120
        if turns and self.scene is not None:
            self.zoom(_ZOOM**turns, event.position().x(), event.position().y())
        event.accept()

    def zoom(self, factor: float, x: float | None = None, y: float | None = None) -> None:
        """Closer or farther, keeping the pixel (the middle) where it is."""
        self._fitted = False
        self._look_from(self.camera.zoomed(factor, self.width() / 2 if x is None else x, self.height() / 2 if y is None else y))

    # keyboard

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        steps = {Qt.Key.Key_Right: (1, 0), Qt.Key.Key_Left: (-1, 0), Qt.Key.Key_Down: (0, 1), Qt.Key.Key_Up: (0, -1)}
        key, held = event.key(), event.modifiers()
        if self.scene is None or held & Qt.KeyboardModifier.AltModifier:
            super().keyPressEvent(event)
        elif key in steps:
            dx, dy = steps[Qt.Key(key)]
            if held & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier):
                self._fitted = False
                self._look_from(self.camera.moved(-dx * _PAN, -dy * _PAN))
            else:
                self._walk(dx, dy)
        elif key in (Qt.Key.Key_Plus, Qt.Key.Key_Equal, Qt.Key.Key_Minus):
            self.zoom(1 / _ZOOM if key == Qt.Key.Key_Minus else _ZOOM)
        elif key == Qt.Key.Key_0:
            self.fit()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space) and self.focus >= 0:
            self.selected.emit(np.array([self.focus], np.int32), bool(held & Qt.KeyboardModifier.ControlModifier))
        elif key == Qt.Key.Key_O and self.focus >= 0 and self.scene.facts.found.label[self.focus] >= 0:
            self.circle_opened.emit(int(self.scene.facts.found.label[self.focus]))
        elif key == Qt.Key.Key_Escape and len(self.scene.chosen()):
            self.selected.emit(_NOBODY, False)
        else:
            super().keyPressEvent(event)

    def _walk(self, dx: int, dy: int) -> None:
        """From person to neighbour; at first to the one nearest the middle of the window."""
        scene = self.scene
        if scene is None or not len(scene.rows):
            return
        if self.focus < 0:
            middle = np.array(self.camera.world(self.width() / 2, self.height() / 2))
            self.focus = int(scene.rows[int(((scene.place[scene.rows] - middle) ** 2).sum(axis=1).argmin())])
        else:
            self.focus = picking.neighbour(scene, self.focus, dx, dy)
        x, y = self.camera.screen(scene.place[self.focus]).tolist()
        if not (24 <= x <= self.width() - 24 and 24 <= y <= self.height() - 24):
            self.come_to(np.array([self.focus]))
        self.setAccessibleDescription(scene.label(self.focus))
        self.pointed.emit(self.focus)
        self.update()

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
