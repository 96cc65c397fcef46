"""Where the shapes of a drawing are that say something: for tips, clicks and the walk by keyboard."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF

from cmdesk.core.drawing import Arc, Circle, Drawing, Path, Rect, Shape
from cmdesk.core.pictures import extent


class Spot(NamedTuple):
    """Where a shape with a tip or a target is."""

    box: QRectF
    round: bool
    tip: str
    target: str


def spots(drawing: Drawing) -> list[Spot]:
    """The shapes of `drawing` that say something, from back to front."""
    return [Spot(_box(shape), isinstance(shape, Circle), shape.tip, shape.target) for shape in drawing.shapes if shape.tip or shape.target]


def _box(shape: Shape) -> QRectF:
    if isinstance(shape, Rect):
        return QRectF(shape.x, shape.y, shape.width, shape.height)
    if isinstance(shape, Circle):
        return QRectF(shape.x - shape.radius, shape.y - shape.radius, 2 * shape.radius, 2 * shape.radius)
    if isinstance(shape, Arc):
        reach = shape.radius + shape.width / 2
        return QRectF(shape.x - reach, shape.y - reach, 2 * reach, 2 * reach)
    if isinstance(shape, Path):
        xs, ys = [x for x, _y in shape.points], [y for _x, y in shape.points]
        return QRectF(min(xs), min(ys), max(xs) - min(xs), max(ys) - min(ys)).adjusted(-3, -3, 3, 3)
    left, top, right, bottom = extent.of(shape)
    return QRectF(left, top, right - left, bottom - top)


def spot_at(spots: Sequence[Spot], at: QPointF) -> int:
    """Number of the front-most spot at a place of the drawing, −1 for none."""
    for number in range(len(spots) - 1, -1, -1):
        spot = spots[number]
        if not spot.box.contains(at):
            continue
        if spot.round:
            away = at - spot.box.center()
            if away.x() ** 2 + away.y() ** 2 > (spot.box.width() / 2) ** 2:
                continue
        return number
    return -1


def nearest(spots: Sequence[Spot], here: int, dx: int, dy: int) -> int:
    """The spot that one comes to from spot `here` in the direction (dx, dy); `here` itself where there is none."""
    start = spots[here].box.center()
    best, best_cost = here, float("inf")
    for number, spot in enumerate(spots):
        away = spot.box.center() - start
        ahead, aside = (away.x() * dx, abs(away.y())) if dx else (away.y() * dy, abs(away.x()))
        cost = ahead + 4 * aside
        if ahead > 1 and aside <= 3 * ahead and cost < best_cost:
            best, best_cost = number, cost
    return best
