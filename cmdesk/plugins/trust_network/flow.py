"""A row of widgets that goes on in the next line where the window is narrow."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLayout, QLayoutItem, QVBoxLayout, QWidget

_NARROW = 200


class Column(QVBoxLayout):
    """Widgets below each other inside a scroll area, which gives them all the room there is, and scrolls only where they cannot do with less."""

    def hasHeightForWidth(self) -> bool:  # noqa: N802 - Qt's name; else the area asks for the height that they would like
        return False


class Flow(QLayout):
    """Items from left to right, top to bottom."""

    def __init__(self, parent: QWidget | None = None, gap: int = 8) -> None:
        super().__init__(parent)
        self._items: list[QLayoutItem] = []
        self._gap = gap
        self.setContentsMargins(0, 0, 0, 0)

    def addItem(self, item: QLayoutItem) -> None:  # noqa: N802 - Qt's name
        self._items.append(item)

    def count(self) -> int:
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:  # noqa: N802 - Qt's name; Qt asks beyond the end
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:  # noqa: N802 - Qt's name
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:  # noqa: N802 - Qt's name
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:  # noqa: N802 - Qt's name
        return True

    def heightForWidth(self, width: int) -> int:  # noqa: N802 - Qt's name
        return self._lay(QRect(0, 0, width, 0), move=False)

    def setGeometry(self, rect: QRect) -> None:  # noqa: N802 - Qt's name
        super().setGeometry(rect)
        self._lay(rect, move=True)

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        return self.minimumSize()

    def minimumSize(self) -> QSize:  # noqa: N802 - Qt's name
        size = QSize()
        for item in self._items:
            if not item.isEmpty():
                size = size.expandedTo(item.minimumSize())
        return size.boundedTo(QSize(_NARROW, size.height()))  # words that are wide now take more lines where there is less room

    def _lay(self, rect: QRect, *, move: bool) -> int:
        margins = self.contentsMargins()
        rect = rect.adjusted(margins.left(), 0, -margins.right(), 0)
        x, y, tall = rect.x(), rect.y() + margins.top(), 0
        line: list[tuple[QLayoutItem, int]] = []
        for item in self._items:
            if item.isEmpty():
                continue
            size = item.sizeHint()
            if line and x + size.width() > rect.right() + 1:
                self._put(line, y, tall, move)
                x, y, tall, line = rect.x(), y + tall + self._gap, 0, []
            line.append((item, x))
            x += size.width() + self._gap
            tall = max(tall, size.height())
        self._put(line, y, tall, move)
        return y + tall - rect.y() + margins.bottom()

    @staticmethod
    def _put(line: list[tuple[QLayoutItem, int]], y: int, tall: int, move: bool) -> None:
        for item, x in line if move else ():
            size = item.sizeHint()
            item.setGeometry(QRect(QPoint(x, y + (tall - size.height()) // 2), size))


class FlowRow(QWidget):
    """A widget whose `row` goes on in the next line; it is always as high as its lines, also where it becomes narrow or its words change."""

    def __init__(self, gap: int = 8) -> None:
        super().__init__()
        self.row = Flow(self, gap)

    def event(self, event: QEvent) -> bool:
        done = super().event(event)
        if event.type() == QEvent.Type.LayoutRequest:
            self._fit()
        return done

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        high = self.row.heightForWidth(self.width())
        if high != self.height() or high != self.minimumHeight():
            self.setFixedHeight(high)
