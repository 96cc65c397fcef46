"""Thick lines: the same pixels however they are made, and no gaps on a fine screen."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QImage, QPainter, QPen
from PySide6.QtWidgets import QApplication

from cmdesk.plugins.trust_network import thick
from cmdesk.plugins.trust_network.camera import Camera
from cmdesk.plugins.trust_network.lines import Lines

SIDE = 300


@pytest.fixture(autouse=True)
def _application(qapp: QApplication) -> None:
    """Images need none, their painters do."""


def drawn(lines: Lines, beside: thick.Shifts, ratio: float, *, sheet: bool) -> QImage:
    image = QImage(round(SIDE * ratio), round(SIDE * ratio), QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(ratio)
    image.fill(QColor("white"))
    painter = QPainter(image)
    for step in thick.steps(lines, Camera(), QRectF(0, 0, SIDE, SIDE), QPen(QColor("black"), 0), beside, image if sheet else None):
        step(painter)
    painter.end()
    return image


@pytest.mark.parametrize("ratio", [1.0, 1.5, 2.0])
@pytest.mark.parametrize("wide", [False, True])
def test_a_crowd_of_thick_lines_is_the_same_picture_as_each_alone(ratio: float, wide: bool) -> None:
    rng = np.random.default_rng(4)
    ends = rng.random((600, 2)) * SIDE
    i, j = rng.integers(0, 600, (2, 3_000)).astype(np.int32)
    lines, beside = Lines(ends, i, np.asarray((i + 1 + j % 5) % 600, np.int32)), thick.shifts(wide, ratio)
    one, other = (drawn(lines, beside, ratio, sheet=sheet) for sheet in (True, False))
    apart = np.frombuffer(one.constBits(), np.uint32) != np.frombuffer(other.constBits(), np.uint32)
    assert not apart.mean() > 0.002  # a line that lies half way between two dots may take either


@pytest.mark.parametrize("ratio", [1.0, 1.5, 2.0, 3.0])
def test_a_strong_tie_is_two_pixels_wide_without_a_gap(ratio: float) -> None:
    """On a screen of two dots a pixel it was two hairlines with a gap between them."""
    upright = Lines(np.array([[100.0, 20.0], [100.0, 280.0]]), np.array([0], np.int32), np.array([1], np.int32))
    image = drawn(upright, thick.shifts(False, ratio), ratio, sheet=False)
    row = [QColor(image.pixel(x, image.height() // 2)).lightness() < 128 for x in range(image.width())]
    dark = np.flatnonzero(row)
    assert len(dark) == round(2 * ratio) and dark[-1] - dark[0] == len(dark) - 1
