"""Labels and buttons that show plain text only: a member's name is never read as HTML, nor its "&" as a shortcut."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLayout,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

Box = TypeVar("Box", bound=QBoxLayout)


def doubled(text: str) -> str:
    """`text` with every "&" doubled, for buttons, menus and tabs."""
    return text.replace("&", "&&")


def tip(text: str) -> str:
    """`text` as a tool tip that cannot become markup."""
    if not text:
        return ""
    import html  # not part of every start

    return f"<p>{html.escape(text)}</p>"


def label(text: str = "", kind: str = "", *, wrap: bool = False, select: bool = False) -> QLabel:
    """A label of plain text; `kind` is a role of the style sheet (title, heading, strong, muted, small, a verdict)."""
    made = QLabel()
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setText(text)
    if kind:
        made.setProperty("kind", kind)
    if wrap:
        made.setWordWrap(True)
        made.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
    if select:
        made.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return made


def restyle(widget: QWidget, kind: str) -> None:
    """Give `widget` another role of the style sheet."""
    if widget.property("kind") != kind:
        widget.setProperty("kind", kind)
        widget.style().unpolish(widget)
        widget.style().polish(widget)


def button(text: str, pressed: Callable[[], object] | None = None, kind: str = "", *, hint: str = "", name: str = "") -> QPushButton:
    """A button; `kind` primary, link, flat or choice; `name` for screen readers where the text is not enough."""
    made = QPushButton(doubled(text))
    if kind:
        made.setProperty("kind", kind)
    if kind == "link":
        made.setCursor(Qt.CursorShape.PointingHandCursor)
    if pressed is not None:
        made.clicked.connect(lambda *_checked: pressed())
    made.setToolTip(tip(hint))
    made.setAccessibleName(name or text)
    made.setAutoDefault(False)
    return made


def box(kind: str = "card", *, margins: tuple[int, int, int, int] = (16, 16, 16, 16), gap: int = 8) -> tuple[QFrame, QVBoxLayout]:
    """A frame with a column in it."""
    frame = QFrame()
    frame.setProperty("kind", kind)
    column = QVBoxLayout(frame)
    column.setContentsMargins(*margins)
    column.setSpacing(gap)
    return frame, column


class Form(QGridLayout):
    """Names at the left, fields at the right, on one line each."""

    def __init__(self) -> None:
        super().__init__()
        self.setContentsMargins(0, 0, 0, 0)
        self.setHorizontalSpacing(16)
        self.setVerticalSpacing(8)
        self.setColumnStretch(1, 1)

    def add(self, name: str, field: QWidget | QLayout) -> None:
        """A line; without a name only the field."""
        row = self.rowCount()
        if name:
            self.addWidget(label(name, "muted"), row, 0)
        if isinstance(field, QLayout):
            self.addLayout(field, row, 1)
        else:
            self.addWidget(field, row, 1)


def rule() -> QFrame:
    """A thin line across."""
    frame = QFrame()
    frame.setProperty("kind", "rule")
    return frame


def line(*parts: QWidget | int | QLayout, gap: int = 8) -> QHBoxLayout:
    """Widgets side by side; an integer is a stretch."""
    return _fill(QHBoxLayout(), parts, gap)


def column(*parts: QWidget | int | QLayout, gap: int = 8) -> QVBoxLayout:
    """Widgets below each other; an integer is a stretch."""
    return _fill(QVBoxLayout(), parts, gap)


def _fill(layout: Box, parts: tuple[QWidget | int | QLayout, ...], gap: int) -> Box:
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(gap)
    for part in parts:
        if isinstance(part, int):
            layout.addStretch(part)
        elif isinstance(part, QLayout):
            layout.addLayout(part)
        else:
            layout.addWidget(part)
    return layout


def scrolled(inner: QWidget) -> QScrollArea:
    """`inner` in a scroll area without a frame."""
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setWidget(inner)
    inner.setAutoFillBackground(False)
    area.viewport().setAutoFillBackground(False)
    return area


def empty(layout: QLayout) -> None:
    """Take everything out of `layout` and delete it."""
    while (item := layout.takeAt(0)) is not None:
        inner, widget = item.layout(), item.widget()
        if widget is not None:
            widget.hide()
            widget.deleteLater()
        elif inner is not None:
            empty(inner)
