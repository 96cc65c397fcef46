"""Where one looks: screen = place · scale + shift, in pixels."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from cmdesk.api import Floats

CLOSEST, FARTHEST = 120.0, 0.02


class Camera(NamedTuple):
    """Pixels per unit of the map, and where its origin is on the screen."""

    scale: float = 1.0
    x: float = 0.0
    y: float = 0.0

    def screen(self, place: Floats) -> Floats:
        """Places of the map as pixels (… × 2)."""
        return place * self.scale + (self.x, self.y)

    def world(self, x: float, y: float) -> tuple[float, float]:
        """The place of the map under a pixel."""
        return (x - self.x) / self.scale, (y - self.y) / self.scale

    def moved(self, dx: float, dy: float) -> Camera:
        """Shifted by pixels."""
        return self._replace(x=self.x + dx, y=self.y + dy)

    def zoomed(self, factor: float, x: float, y: float) -> Camera:
        """Closer by a factor, with what is under (x, y) staying there."""
        scale = min(max(self.scale * factor, FARTHEST), CLOSEST)
        ratio = scale / self.scale
        return Camera(scale, x + (self.x - x) * ratio, y + (self.y - y) * ratio)

    def at(self, wx: float, wy: float, width: float, height: float) -> Camera:
        """The same scale with a place of the map in the middle of the window."""
        return self._replace(x=width / 2 - wx * self.scale, y=height / 2 - wy * self.scale)


def fitted(box: tuple[float, float, float, float], width: float, height: float, margin: float = 24.0) -> Camera:
    """All of `box` in a window of that size."""
    wide, high = max(box[2] - box[0], 1e-6), max(box[3] - box[1], 1e-6)
    scale = min(max(width - 2 * margin, 20.0) / wide, max(height - 2 * margin, 20.0) / high)
    scale = min(max(scale, FARTHEST), CLOSEST / 3)
    return Camera(scale, width / 2 - (box[0] + box[2]) / 2 * scale, height / 2 - (box[1] + box[3]) / 2 * scale)
