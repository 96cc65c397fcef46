"""How far a shape reaches, so that nothing is laid over something else."""

from __future__ import annotations

import math

from cmdesk.core import lettering
from cmdesk.core.drawing import Arc, Circle, Path, Rect, Shape, Text

Box = tuple[float, float, float, float]
"""Left, top, right, bottom."""


def of(shape: Shape) -> Box:
    """The box around a shape; of a text as far as its width can be estimated."""
    if isinstance(shape, Rect):
        return shape.x, shape.y, shape.x + shape.width, shape.y + shape.height
    if isinstance(shape, Circle | Arc):
        reach = shape.radius + (shape.width / 2 if isinstance(shape, Arc) else 0.0)
        return shape.x - reach, shape.y - reach, shape.x + reach, shape.y + reach
    if isinstance(shape, Path):
        across, down = [x for x, _y in shape.points], [y for _x, y in shape.points]
        return min(across), min(down), max(across), max(down)
    wide = lettering.width(lettering.cut(shape.text, shape.room, shape.size, shape.bold), shape.size, shape.bold)
    left = shape.x - {"start": 0.0, "middle": wide / 2, "end": wide}[shape.anchor]
    box = (left, shape.y - lettering.ASCENT * shape.size, left + wide, shape.y + lettering.DESCENT * shape.size)
    return _turned(shape, box) if shape.angle else box


def apart(one: Box, other: Box, gap: float = 0.0) -> bool:
    """True if the boxes leave at least `gap` pixels between them."""
    return one[2] + gap <= other[0] or other[2] + gap <= one[0] or one[3] + gap <= other[1] or other[3] + gap <= one[1]


def _turned(shape: Text, box: Box) -> Box:
    sine, cosine = math.sin(math.radians(shape.angle)), math.cos(math.radians(shape.angle))
    corners = [(x - shape.x, y - shape.y) for x in (box[0], box[2]) for y in (box[1], box[3])]
    across = [shape.x + x * cosine - y * sine for x, y in corners]
    down = [shape.y + x * sine + y * cosine for x, y in corners]
    return min(across), min(down), max(across), max(down)
