"""The picture as pixels: shown at once where it is quick to draw, else the last one moved along with the pointer while a sharp one is drawn bit by bit."""

from __future__ import annotations

import time
from collections.abc import Iterator

from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPainter

from .camera import Camera
from .layers import Layers, Step
from .look import Look

QUICK = 0.012
"""Seconds that one frame may draw; what takes longer goes on in the next."""


class Frames:
    """`front`: the last whole image and where it was looked at from. `layers` draw it; `advance` draws on."""

    def __init__(self) -> None:
        self.layers: Layers | None = None
        self.cost = 0.0
        """Seconds that the last whole image took."""
        self._front: QImage | None = None
        self._from = Camera()
        self._back: QImage | None = None
        self._steps: Iterator[Step] = iter(())
        self._aim: tuple[Camera, Look, int, int, float] | None = None
        self._spent = 0.0
        self._stale = True

    def put(self, layers: Layers) -> None:
        """Another scene; the picture of the one before stands until it is drawn."""
        self.layers = layers
        self._stale = True
        self._back = None

    def wants(self, camera: Camera, look: Look, width: int, height: int, ratio: float) -> bool:
        """True if the image that stands is not sharp for this place and size."""
        return self._stale or self._aim != (camera, look, width, height, ratio) or self._back is not None

    def drawing(self, camera: Camera, look: Look, width: int, height: int, ratio: float) -> bool:
        """True if that very image is on its way."""
        return self._back is not None and self._aim == (camera, look, width, height, ratio)

    def begin(self, camera: Camera, look: Look, width: int, height: int, ratio: float) -> None:
        """Start a sharp image; what was being drawn is dropped."""
        assert self.layers is not None
        image = QImage(max(1, round(width * ratio)), max(1, round(height * ratio)), QImage.Format.Format_RGB32)
        image.setDevicePixelRatio(ratio)
        image.fill(look.colour("surface"))
        self._aim, self._back, self._spent, self._stale = (camera, look, width, height, ratio), image, 0.0, False
        self._steps = self.layers.steps(camera, look, width, height, image)

    def advance(self, seconds: float = QUICK) -> bool:
        """Draw on for so long; True once the sharp image is whole and stands in front."""
        if self._back is None or self._aim is None:
            return True
        began = time.perf_counter()
        painter = QPainter(self._back)
        try:
            for step in self._steps:
                step(painter)
                if time.perf_counter() - began > seconds:
                    return False
        finally:
            painter.end()
            self._spent += time.perf_counter() - began
        self._front, self._from, self._back, self.cost = self._back, self._aim[0], None, self._spent
        return True

    def show(self, painter: QPainter, camera: Camera) -> None:
        """The last whole image, moved and scaled to where one looks now."""
        if self._front is None:
            return
        ratio = camera.scale / self._from.scale
        x, y = camera.x - self._from.x * ratio, camera.y - self._from.y * ratio
        size = self._front.deviceIndependentSize()
        if ratio == 1.0:
            painter.drawImage(round(x), round(y), self._front)
        else:
            painter.drawImage(QRectF(x, y, size.width() * ratio, size.height() * ratio), self._front)
