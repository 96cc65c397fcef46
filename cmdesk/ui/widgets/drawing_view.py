"""Shows a Drawing: tips on hover, targets to click, a walk through the targets by keyboard, and the same as a table."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QMimeData, QPoint, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QGuiApplication,
    QHelpEvent,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPixmap,
    QResizeEvent,
    QWheelEvent,
)  # fmt: skip
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QSizePolicy, QToolTip, QWidget

from cmdesk.core.drawing import Drawing
from cmdesk.ui import theme
from cmdesk.ui.widgets.plain import tip
from cmdesk.ui.widgets.spots import Spot, nearest, spot_at, spots

_SMALLEST, _LARGEST = 0.4, 8.0


class DrawingView(QAbstractScrollArea):
    """`activated(target)` on a click, Enter or Space; `pointed(target)` when the pointer or the keyboard comes to one ("" for none).
    Ctrl and the wheel zoom, dragging moves, 0 fits it in again."""

    activated = Signal(str)
    pointed = Signal(str)

    def __init__(self, drawing: Drawing | None = None, *, fit: str = "width") -> None:
        super().__init__()
        self.fit = fit
        self._drawing: Drawing | None = None
        self._spots: list[Spot] = []
        self._targets: list[Spot] = []
        self._focus = -1
        self._hover = -1
        self._zoom = 1.0
        self._fitted = True
        self._image: QPixmap | None = None
        self._drag: QPoint | None = None
        self.setProperty("kind", "plain")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._port = QWidget()  # known here, so that nobody asks for viewport(): PySide6 then prepares every kind of widget that there is
        self.setViewport(self._port)
        self._port.setMouseTracking(True)
        self._port.setAutoFillBackground(False)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        if drawing is not None:
            self.set_drawing(drawing)

    def drawing(self) -> Drawing | None:
        """What it shows."""
        return self._drawing

    def targets(self) -> list[str]:
        """The targets in the order of the keyboard walk."""
        return [spot.target for spot in self._targets]

    def set_drawing(self, drawing: Drawing) -> None:
        """Show `drawing`, keeping the place on the same target."""
        at = self._targets[self._focus].target if 0 <= self._focus < len(self._targets) else ""
        self._drawing = drawing
        self._spots = spots(drawing)
        seen: dict[str, Spot] = {}
        for spot in self._spots:
            if spot.target:
                seen.setdefault(spot.target, spot)
        self._targets = list(seen.values())
        self._focus = next((number for number, spot in enumerate(self._targets) if spot.target == at), -1)
        self._hover = -1
        self.setAccessibleName(drawing.title)
        self._layout()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        return QSize(int(self._drawing.width), int(self._drawing.height)) if self._drawing else QSize(400, 300)

    def spot_at(self, place: QPointF) -> int:
        """Number of the front-most spot at a place of the viewport, −1 for none."""
        return spot_at(self._spots, self._inner(place))

    def place_of(self, target: str) -> QPoint:
        """The middle of `target` in the viewport."""
        spot = next(spot for spot in self._targets if spot.target == target)
        return (spot.box.center() * self._zoom + self._offset()).toPoint()

    def _inner(self, place: QPointF) -> QPointF:
        return (place - self._offset()) / self._zoom

    def _offset(self) -> QPointF:
        assert self._drawing is not None
        port = self._port.size()
        spare_x = max(0.0, (port.width() - self._drawing.width * self._zoom) / 2) if self.fit == "all" else 0.0
        spare_y = max(0.0, (port.height() - self._drawing.height * self._zoom) / 2) if self.fit == "all" else 0.0
        return QPointF(spare_x - self.horizontalScrollBar().value(), spare_y - self.verticalScrollBar().value())

    def _layout(self) -> None:
        if self._drawing is None:
            return
        port = self._port.size()
        if self._fitted:
            wide = port.width() / max(self._drawing.width, 1.0)
            high = port.height() / max(self._drawing.height, 1.0)
            self._zoom = max(_SMALLEST, min(1.0 if self.fit == "width" else 1.6, wide if self.fit == "width" else min(wide, high)))
        for bar, size, room in (
            (self.horizontalScrollBar(), self._drawing.width, port.width()),
            (self.verticalScrollBar(), self._drawing.height, port.height()),
        ):
            bar.setRange(0, max(0, round(size * self._zoom) - room))
            bar.setPageStep(room)
            bar.setSingleStep(24)
        self._image = None
        self._port.update()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        self._layout()
        super().resizeEvent(event)

    def scrollContentsBy(self, dx: int, dy: int) -> None:  # noqa: N802 - Qt's name
        self._port.update()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.StyleChange):
            self._image = None
            self._port.update()
        super().changeEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        if self._drawing is None:
            return
        painter = QPainter(self._port)
        offset = self._offset()
        painter.drawPixmap(offset, self._rendered())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._hover >= 0 and self._spots[self._hover].target:
            self._ring(painter, self._spots[self._hover], offset, theme.colour("edge"), 1.5)
        if self.hasFocus() and 0 <= self._focus < len(self._targets):
            self._ring(painter, self._targets[self._focus], offset, theme.colour("accent"), 2.5)
        painter.end()

    def _ring(self, painter: QPainter, spot: Spot, offset: QPointF, colour: QColor, width: float) -> None:
        box = QRectF(spot.box.topLeft() * self._zoom + offset, spot.box.size() * self._zoom).adjusted(-1, -1, 1, 1)
        painter.setPen(QPen(colour, width))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        if spot.round:
            painter.drawEllipse(box)
        else:
            painter.drawRoundedRect(box, 4, 4)

    def _rendered(self) -> QPixmap:
        """The picture as pixels, kept until it, the zoom or the theme changes, so that hovering costs nothing."""
        if self._image is None or self._image.devicePixelRatio() != self.devicePixelRatioF():
            self._image = QPixmap.fromImage(self.image(self._zoom, self.devicePixelRatioF()))
        return self._image

    def image(self, zoom: float = 1.0, ratio: float = 2.0, background: str = "") -> QImage:
        """The drawing as an image; transparent without `background` (a token)."""
        from cmdesk.ui import painting

        assert self._drawing is not None
        size = QSize(max(1, round(self._drawing.width * zoom * ratio)), max(1, round(self._drawing.height * zoom * ratio)))
        image = QImage(size, QImage.Format.Format_ARGB32_Premultiplied)
        image.fill(theme.colour(background) if background else Qt.GlobalColor.transparent)
        painter = QPainter(image)
        painter.scale(zoom * ratio, zoom * ratio)
        painting.paint(painter, self._drawing, dark=theme.tokens().dark, colours=theme.tokens().colours())
        painter.end()
        image.setDevicePixelRatio(ratio)
        return image

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        if self._drawing is None:
            return
        if self._drag is not None and event.buttons() & Qt.MouseButton.LeftButton:
            moved = event.position().toPoint() - self._drag
            self._drag = event.position().toPoint()
            self.horizontalScrollBar().setValue(self.horizontalScrollBar().value() - moved.x())
            self.verticalScrollBar().setValue(self.verticalScrollBar().value() - moved.y())
            return
        number = self.spot_at(event.position())
        if number != self._hover:
            self._hover = number
            target = self._spots[number].target if number >= 0 else ""
            self._port.setCursor(Qt.CursorShape.PointingHandCursor if target else Qt.CursorShape.ArrowCursor)
            self.pointed.emit(target)
            self._port.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        if self._drawing is None or event.button() != Qt.MouseButton.LeftButton:
            return
        number = self.spot_at(event.position())
        if number >= 0 and self._spots[number].target:
            target = self._spots[number].target
            self._focus = next(at for at, spot in enumerate(self._targets) if spot.target == target)
            self._port.update()
            self.activated.emit(target)
        else:
            self._drag = event.position().toPoint()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        self._drag = None

    def leaveEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        self._hover = -1
        self._port.update()
        super().leaveEvent(event)

    def viewportEvent(self, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip and self._drawing is not None:
            number = self.spot_at(QPointF(event.pos()))
            QToolTip.showText(event.globalPos(), tip(self._spots[number].tip) if number >= 0 else "", self)
            return True
        return super().viewportEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802 - Qt's name
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.zoom_by(1.15 if event.angleDelta().y() > 0 else 1 / 1.15, event.position())
        else:
            super().wheelEvent(event)

    def zoom_by(self, factor: float, around: QPointF | None = None) -> None:
        """Zoom, keeping the place under `around` (the middle) where it is."""
        if self._drawing is None:
            return
        around = around or QPointF(self._port.rect().center())
        inner = self._inner(around)
        self._fitted = False
        self._zoom = max(_SMALLEST, min(_LARGEST, self._zoom * factor))
        self._layout()
        self.horizontalScrollBar().setValue(round(inner.x() * self._zoom - around.x()))
        self.verticalScrollBar().setValue(round(inner.y() * self._zoom - around.y()))

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        key = event.key()
        steps = {Qt.Key.Key_Right: (1, 0), Qt.Key.Key_Left: (-1, 0), Qt.Key.Key_Down: (0, 1), Qt.Key.Key_Up: (0, -1)}
        if key in steps and self._targets and not event.modifiers() & Qt.KeyboardModifier.AltModifier:
            self._walk(*steps[Qt.Key(key)])
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space) and 0 <= self._focus < len(self._targets):
            self.activated.emit(self._targets[self._focus].target)
        elif key in (Qt.Key.Key_Plus, Qt.Key.Key_Equal, Qt.Key.Key_Minus):
            self.zoom_by(1 / 1.15 if key == Qt.Key.Key_Minus else 1.15)
        elif key == Qt.Key.Key_0:
            self._fitted = True
            self._layout()
        elif key == Qt.Key.Key_C and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.copy()
        else:
            super().keyPressEvent(event)

    def _walk(self, dx: int, dy: int) -> None:
        """To the nearest target in that direction; without one yet, to the first."""
        if not 0 <= self._focus < len(self._targets):
            self._come_to(0)
            return
        self._come_to(nearest(self._targets, self._focus, dx, dy))

    def _come_to(self, number: int) -> None:
        self._focus = number
        spot = self._targets[number]
        self.setAccessibleDescription(spot.tip)
        middle = spot.box.center() * self._zoom
        for bar, at, room in (
            (self.horizontalScrollBar(), middle.x(), self._port.width()), (self.verticalScrollBar(), middle.y(), self._port.height()),
        ):  # fmt: skip
            if not bar.value() + 24 <= at <= bar.value() + room - 24:
                bar.setValue(round(at - room / 2))
        self.pointed.emit(spot.target)
        if spot.tip and self.isVisible():
            QToolTip.showText(self._port.mapToGlobal(self.place_of(spot.target) + QPoint(12, 12)), tip(spot.tip), self)
        self._port.update()

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        if event.reason() in (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason) and self._focus < 0 and self._targets:
            self._focus = 0
        self._port.update()
        super().focusInEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        self._port.update()
        super().focusOutEvent(event)

    def copy(self) -> None:
        """Picture and table to the clipboard."""
        if self._drawing is None:
            return
        data = QMimeData()
        data.setImageData(self.image(1.0, 2.0, "surface"))
        data.setText("\n".join("\t".join(cells) for cells in self._drawing.table))
        QGuiApplication.clipboard().setMimeData(data)
