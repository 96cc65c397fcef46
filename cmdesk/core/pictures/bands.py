"""A criterion's value on its acceptable and ideal band, as a strip; the criteria of a score by what they cost it."""

from __future__ import annotations

import math

import msgspec

from cmdesk.core.contributions import CriterionScore, Score
from cmdesk.core.drawing import Circle, Path, Rect, Shape
from cmdesk.core.goal_model import Band, Criterion, GoalModel


class Bar(msgspec.Struct, frozen=True):
    """A criterion with its band and what it costs: points of 100 that the fit lacks because of it (None: not measured)."""

    criterion: CriterionScore
    band: Band
    log: bool
    cost: float | None


def bars(score: Score, model: GoalModel) -> list[Bar]:
    """The criteria of `score`, the costliest first, what was not measured last."""
    known = {each.metric: each for each in model.goals[score.goal].criteria} if score.goal in model.goals else {}
    weights = sum(each.weight for each in score.criteria if each.score is not None)
    made = [_bar(each, known.get(each.metric), weights) for each in score.criteria]
    return sorted(made, key=lambda bar: (bar.cost is None, -(bar.cost or 0.0), -bar.criterion.weight))


def _bar(each: CriterionScore, asked: Criterion | None, weights: float) -> Bar:
    band = (asked.proxy if each.proxy and asked.proxy else asked.band) if asked else Band()
    cost = None if each.score is None or weights <= 0 else 100 * each.weight * (1 - each.score) / weights
    return Bar(each, band, bool(asked and asked.scale == "ln"), cost)


def strip(bar: Bar, left: float, middle: float, track: float) -> list[Shape]:
    """The band of a measured criterion, `track` wide from `left` on around the line `middle`: acceptable, ideal, interval, value."""
    each, band = bar.criterion, bar.band
    low, high = _domain(bar)

    def x(value: float) -> float:
        at = (_scaled(value, bar.log) - low) / (high - low) if high > low else 0.5
        return left + track * min(1.0, max(0.0, at))

    shapes: list[Shape] = [Rect(x=left, y=middle - 7, width=track, height=14, fill="line/60", radius=3)]
    for start, end, fill in ((band.accept_low, band.accept_high, "accent/20"), (band.ideal_low, band.ideal_high, "accent/35")):
        from_x = left if start is None else x(start)
        to_x = left + track if end is None else x(end)
        if to_x > from_x and (start is not None or end is not None):
            shapes.append(Rect(x=from_x, y=middle - 7, width=to_x - from_x, height=14, fill=fill, radius=3))
    assert each.score is not None
    token = "fits" if each.score >= 0.75 else "partly" if each.score >= 0.5 else "not_yet"
    if each.low is not None and each.high is not None and each.high > each.low:
        shapes.append(Path(points=((x(each.low), middle), (x(each.high), middle)), stroke=token, line=2.5))
    if each.value is not None:
        shapes.append(Circle(x=x(each.value), y=middle, radius=6.5, fill=token, stroke="surface", line=2.0))
    return shapes


def _scaled(value: float, log: bool) -> float:
    return math.log(max(value, 0.5)) if log else value


def _domain(bar: Bar) -> tuple[float, float]:
    band, each = bar.band, bar.criterion
    edges = [edge for edge in (band.accept_low, band.accept_high, band.ideal_low, band.ideal_high) if edge is not None]
    values = [value for value in (each.value, each.low, each.high) if value is not None and math.isfinite(value)]
    reach = max(edges, default=1.0) * (1.0 if each.unit == "share" and max(edges, default=1.0) > 0.6 else 1.4)
    top = min(max([reach, *values]), 3 * reach) if reach > 0 else max([1.0, *values])
    if each.unit in ("share", "0–1", "0-1"):
        top = min(1.0, max(top, 0.1))
    bottom = min([0.0, *edges, *values])
    return (_scaled(1.0 if bar.log else bottom, bar.log), _scaled(top, bar.log))
