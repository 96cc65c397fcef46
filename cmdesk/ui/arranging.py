"""Where the parts of the window stand."""

from __future__ import annotations

from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QLayout, QVBoxLayout, QWidget


def arranged(rail: QWidget, top: QWidget, messages: QWidget, pages: QWidget, inspector: QWidget, status: QWidget) -> QWidget:
    """The parts of the window in their places: rail at the left, status below, messages above the pages, the inspector at their right."""
    middle = _tight(QVBoxLayout(), messages, (pages, 1))
    beside = _tight(QHBoxLayout(), (middle, 1), inspector)
    right = _tight(QVBoxLayout(), top, (beside, 1))
    across = _tight(QHBoxLayout(), rail, (right, 1))
    centre = QWidget()
    outer = _tight(QVBoxLayout(centre), (across, 1), status)
    outer.setContentsMargins(0, 0, 0, 0)
    return centre


def _tight(box: QBoxLayout, *parts: QWidget | tuple[QWidget | QLayout, int]) -> QBoxLayout:
    box.setSpacing(0)
    for part in parts:
        inside, stretch = part if isinstance(part, tuple) else (part, 0)
        if isinstance(inside, QLayout):
            box.addLayout(inside, stretch)
        else:
            box.addWidget(inside, stretch)
    return box
