"""The picture one works with: pan, zoom, hover, click, lasso and box by mouse, and a walk by keyboard from person to neighbour."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QEvent, QPointF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QWheelEvent

from cmdesk.api_qt import ViewContext

from . import overlay, picking
from .look import Look
from .showing import NOBODY, Showing

_ZOOM = 1.2
_PAN = 60.0


class Canvas(Showing):
    """Signals, beside those of Showing: `selected(people, added)`, `tie_chosen(row)`, `circle_opened(circle)`. `tool`: "move", "box" or "lasso"; Shift
    draws a box, Ctrl+Shift a lasso with any tool."""

    selected = Signal(object, bool)
    tie_chosen = Signal(int)
    circle_opened = Signal(int)

    def __init__(self, context: ViewContext) -> None:
        super().__init__(context)
        self.tool = "move"
        self._press: QPointF | None = None
        self._dragged = False
        self._corners: list[tuple[float, float]] = []
        self._drawing = ""
        self.setMouseTracking(True)

    def paint_over(self, painter: QPainter, look: Look) -> None:
        if self._drawing:
            overlay.outline(painter, look, self._outline(), closed=self._drawing == "box")

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
        self.selected.emit(NOBODY, added)

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
            self.selected.emit(NOBODY, False)
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
