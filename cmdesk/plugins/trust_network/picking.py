"""What is under the pointer, inside a lasso, or the next person in a direction. Whole arrays at once: 100,000 people take about a millisecond."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from .camera import Camera
from .scene import Scene

if TYPE_CHECKING:
    from cmdesk.api import Floats, Index

_REACH = 6.0


def person_at(scene: Scene, camera: Camera, x: float, y: float, radius: float) -> int:
    """The row of the nearest person within reach of a pixel, −1 for none."""
    if not len(scene.rows):
        return -1
    wx, wy = camera.world(x, y)
    at = scene.places
    far = (at[:, 0] - wx) ** 2 + (at[:, 1] - wy) ** 2
    best = int(far.argmin())
    return int(scene.rows[best]) if far[best] <= (max(radius, _REACH) / camera.scale) ** 2 else -1


def circle_at(scene: Scene, camera: Camera, x: float, y: float) -> int:
    """The circle under a pixel, −1 for none."""
    found = scene.facts.found
    if scene.choice.layout != "circles" or not len(found.size):
        return -1
    wx, wy = camera.world(x, y)
    inside = np.hypot(found.centre[:, 0] - wx, found.centre[:, 1] - wy) - found.radius
    best = int(inside.argmin())
    return best if inside[best] <= 0 else -1


def tie_at(scene: Scene, camera: Camera, x: float, y: float, rows: Index | None = None, reach: float = 4.0) -> int:
    """The row (of `scene.ties`) of the tie nearest to a pixel, of `rows` or of all; −1 for none within `reach` pixels."""
    if rows is None:
        rows = np.arange(len(scene.ties.i), dtype=np.int32)
    if not len(rows):
        return -1
    start, end = scene.place[scene.ties.i[rows]], scene.place[scene.ties.j[rows]]
    along = end - start
    at = np.array(camera.world(x, y)) - start
    share = np.clip((at * along).sum(axis=1) / np.maximum((along**2).sum(axis=1), 1e-12), 0.0, 1.0)
    far = np.hypot(*(at - along * share[:, None]).T)
    best = int(far.argmin())
    return int(rows[best]) if far[best] <= reach / camera.scale else -1


def within(scene: Scene, camera: Camera, corners: Sequence[tuple[float, float]]) -> Index:
    """The people inside a closed line of pixels (even–odd rule)."""
    if len(corners) < 3:
        return np.empty(0, np.int32)
    at = scene.places
    edge: Floats = np.array([camera.world(*corner) for corner in corners])
    inside = np.zeros(len(at), np.bool_)
    for (x0, y0), (x1, y1) in zip(edge, np.roll(edge, -1, axis=0), strict=True):
        if y0 == y1:
            continue
        crosses = (at[:, 1] < y0) != (at[:, 1] < y1)
        inside ^= crosses & (at[:, 0] < x0 + (at[:, 1] - y0) * (x1 - x0) / (y1 - y0))
    return scene.rows[inside]


def neighbour(scene: Scene, person: int, dx: int, dy: int) -> int:
    """The neighbour to walk to in a direction: in trust, and the nearest on the map; the person itself where there is none."""
    others = scene.neighbours(person)
    if not len(others):
        return person
    gap = scene.place[others] - scene.place[person]
    along = gap[:, 0] * dx + gap[:, 1] * dy
    beside = np.abs(gap[:, 0] * dy) + np.abs(gap[:, 1] * dx)
    cost = np.where(along > 0, along + 2 * beside, np.inf)
    best = int(cost.argmin())
    return int(others[best]) if np.isfinite(cost[best]) else person
