"""One period on the canvas: circles as rims, every tie as a line told apart as kept, lost and new, people in their places."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPen

from .. import thick
from ..camera import Camera
from ..layers import Layers, Step
from ..lines import Lines
from ..look import Look
from ..strengths import Ties

if TYPE_CHECKING:
    from ..scene import Scene
    from .changes import Changes
    from .picture import Stage

_DASHED = 4_000
"""Lost ties up to which they are dashed: a painter takes long for dashes."""
_NOT_YET = 0.5


class FateLayers(Layers):
    """Draws `scene`, whose ties are those of one period, with what became of those of another one."""

    def __init__(self, scene: Scene, found: Changes) -> None:
        super().__init__(scene)
        there = scene.drawn[found.i] & scene.drawn[found.j] if len(found) else np.zeros(0, np.bool_)
        strong = found.after >= 0.5
        self._fates = [
            (Lines(scene.place, found.i[rows], found.j[rows]), look)
            for rows, look in (
                (np.flatnonzero(there & found.kept & ~strong), "kept"), (np.flatnonzero(there & found.kept & strong), "firm"),
                (np.flatnonzero(there & found.lost), "lost"), (np.flatnonzero(there & found.new), "new"),
            )
        ]  # fmt: skip

    def steps(
        self, camera: Camera, look: Look, width: int, height: int, image: QImage | None = None, *, vector: bool = False
    ) -> Iterator[Step]:
        window = QRectF(-camera.x / camera.scale, -camera.y / camera.scale, width / camera.scale, height / camera.scale)
        ratio = 1.0 if vector or image is None else image.devicePixelRatio()
        yield partial(self._circles, camera, look)
        for lines, fate in self._fates:
            pen, beside = _pen(fate, look, lines.count, ratio)
            yield from thick.steps(lines, camera, window, pen, beside, None if vector else image)
        yield from self._people(camera, look, (width, height), image, vector)


def _pen(fate: str, look: Look, many: int, ratio: float) -> tuple[QPen, thick.Shifts]:
    """The pen of a fate, and where a line is drawn beside itself to be thick."""
    if fate == "lost":
        pen = QPen(look.mixed("not_yet", 0.8), 0)
        if many <= _DASHED:
            pen.setDashPattern([4.0, 4.0])
        return pen, thick.HAIRLINE
    if fate == "new":
        return QPen(look.colour("accent"), 0), thick.shifts(True, ratio)
    firm = fate == "firm"
    return QPen(look.mixed("edge", 0.7 if firm else 0.4), 0), thick.shifts(False, ratio) if firm else thick.HAIRLINE


def scene_of(shown: Stage, number: int) -> Scene:
    """The scene of one period: its ties, and people who were not there yet as small marks."""
    now, base = shown.frames[number], shown.scene
    both = base.drawn[now.i] & base.drawn[now.j] if len(now) else np.zeros(0, np.bool_)
    ties = Ties(now.i[both], now.j[both], now.r[both], now.strong[both])
    return replace(base, ties=ties, size=np.where(now.here, 1.0, _NOT_YET))
