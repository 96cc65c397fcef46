"""The score curve of a criterion: 1 inside ideal, ½ at the acceptable edge, 0 one band-width beyond; with the groups as they stand now."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

from cmdesk.core import scoring
from cmdesk.core.drawing import Circle, Drawing, Path, Rect, Shape, Text
from cmdesk.core.goal_model import Band, Criterion
from cmdesk.core.text import _
from cmdesk.core.wording import decimal, short

_WIDTH, _HEIGHT = 400.0, 168.0
_LEFT, _RIGHT, _TOP, _BOTTOM = 34.0, 10.0, 12.0, 34.0
_STEPS = 120


def compose(criterion: Criterion, title: str, values: Sequence[tuple[str, float]] = (), width: float = _WIDTH) -> Drawing:
    """The curve of `criterion`; `title` names its metric, `values` are (group, value) to mark on it."""
    band, log = criterion.band, criterion.scale == "ln"
    low, high = _domain(band, log, [value for _group, value in values])

    def x(value: float) -> float:
        return _LEFT + (width - _LEFT - _RIGHT) * (_scaled(value, log) - low) / (high - low)

    def y(score: float) -> float:
        return _HEIGHT - _BOTTOM - (_HEIGHT - _TOP - _BOTTOM) * score

    shapes: list[Shape] = []
    ideal = (low if band.ideal_low is None else _scaled(band.ideal_low, log), high if band.ideal_high is None else _scaled(band.ideal_high, log))
    left, right = (_LEFT + (width - _LEFT - _RIGHT) * (edge - low) / (high - low) for edge in ideal)
    shapes.append(Rect(x=left, y=y(1), width=max(1.0, right - left), height=y(0) - y(1), fill="accent/20", tip=_("ideal")))
    for score, word in ((0.0, "0"), (0.5, "½"), (1.0, "1")):
        shapes.append(Path(points=((_LEFT, y(score)), (width - _RIGHT, y(score))), stroke="line"))
        shapes.append(Text(x=_LEFT - 8, y=y(score) + 4, text=word, size=11, colour="muted", anchor="end"))
    shapes += _edges(band, x, y)
    points = [low + (high - low) * step / _STEPS for step in range(_STEPS + 1)]
    line = tuple((_LEFT + (width - _LEFT - _RIGHT) * step / _STEPS, y(_u(at, criterion))) for step, at in enumerate(points))
    shapes.append(Path(points=line, stroke="accent", line=2.5))
    rows = []
    for group, value in values:
        score = scoring.u(value, band, criterion.scale)
        tip = _("{group}: {value} gives {score}").format(group=group, value=short(value), score=decimal(score))
        shapes.append(Circle(x=min(max(x(value), _LEFT), width - _RIGHT), y=y(score), radius=4.5, fill="text", stroke="surface", line=1.5, tip=tip))
        rows.append((group, f"{value:.4g}", decimal(score)))
    table = ((_("value"), "", _("score")), *_table(criterion), *rows)
    return Drawing(width=width, height=_HEIGHT, title=_("Score of {metric}").format(metric=title), shapes=tuple(shapes), table=table)


def _u(at: float, criterion: Criterion) -> float:
    return scoring.u(math.exp(at) if criterion.scale == "ln" else at, criterion.band, criterion.scale)


def _edges(band: Band, x: Callable[[float], float], y: Callable[[float], float]) -> list[Shape]:
    """The four edges with their values; one that would stand on another one is left to the table."""
    shapes: list[Shape] = []
    taken: list[float] = []
    for key in ("ideal_low", "ideal_high", "accept_low", "accept_high"):
        edge = getattr(band, key)
        if edge is None:
            continue
        score, at = (1.0 if key.startswith("ideal") else 0.5), x(edge)
        shapes.append(Path(points=((at, y(0)), (at, y(score))), stroke="edge", dash=(2, 3)))
        if all(abs(at - other) > 30 for other in taken):
            taken.append(at)
            shapes.append(Text(x=at, y=y(0) + 16, text=f"{edge:g}", size=11, colour="muted", anchor="middle"))
    return shapes


def _domain(band: Band, log: bool, values: Sequence[float]) -> tuple[float, float]:
    """From where to where: one band-width beyond the acceptable edges, and a little more."""
    edges = [_scaled(edge, log) for edge in (band.accept_low, band.ideal_low, band.ideal_high, band.accept_high) if edge is not None]
    reach = [*edges]
    if band.accept_low is not None and band.ideal_low is not None:
        reach.append(2 * _scaled(band.accept_low, log) - _scaled(band.ideal_low, log))
    if band.accept_high is not None and band.ideal_high is not None:
        reach.append(2 * _scaled(band.accept_high, log) - _scaled(band.ideal_high, log))
    low, high = min(reach), max(reach)
    spare = 0.15 * (high - low) or 1.0
    low, high = low - spare, high + spare
    floor = 0.0
    if min(edges) >= floor and all(value >= 0 for value in values):
        low = max(low, floor)
    return low, high


def _scaled(value: float, log: bool) -> float:
    return math.log(max(value, 1e-9)) if log else value


def _table(criterion: Criterion) -> list[tuple[str, str, str]]:
    said = (("accept_low", _("acceptable from")), ("ideal_low", _("ideal from")), ("ideal_high", _("ideal to")), ("accept_high", _("acceptable to")))
    found = []
    for key, word in said:
        edge = getattr(criterion.band, key)
        if edge is not None:
            found.append((word, f"{edge:g}", decimal(scoring.u(edge, criterion.band, criterion.scale))))
    return found
