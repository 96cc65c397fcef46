"""How a fit went: a dot a quarter with its verdict and interval, and the user's dated notes on the axis."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import NamedTuple

from cmdesk.core import lettering, wording
from cmdesk.core.drawing import Drawing, Path, Rect, Shape, Text
from cmdesk.core.pictures import frame
from cmdesk.core.reports import TrendLine, TrendPoint
from cmdesk.core.scoring import FIT_FROM, NOT_YET_UNDER
from cmdesk.core.text import _

_LEFT, _RIGHT, _TOP, _TALL = 34.0, 22.0, 14.0, 104.0
_DATE, _SMALL = 78.0, 11.0
_NOTES = 6
"""Notes that are written out; more would leave no room for the picture."""


class _Plot(NamedTuple):
    first: int
    last: int
    width: float

    def x(self, day: str) -> float:
        whole = max(1, self.last - self.first)
        return _LEFT + 14 + (self.width - _LEFT - _RIGHT - 14) * (dt.date.fromisoformat(day).toordinal() - self.first) / whole

    def y(self, fit: float) -> float:
        return _TOP + _TALL * (1 - fit)


def compose(line: TrendLine, title: str, notes: Sequence[tuple[str, str]] = (), width: float = 680.0) -> Drawing:
    """The trend of one group and goal. `notes` are (ISO date, text); those outside the time shown are left out. A quarter without a fit is a gap."""
    days = [dt.date.fromisoformat(point.as_of).toordinal() for point in line.points]
    plot = _Plot(min(days), max(days), width)
    shapes: list[Shape] = [*_axes(plot), *_dates(plot, line.points)]
    fitted = [point for point in line.points if point.fit is not None]
    for point, after in zip(line.points, line.points[1:], strict=False):
        if point.fit is not None and after.fit is not None:
            shapes.append(Path(points=((plot.x(point.as_of), plot.y(point.fit)), (plot.x(after.as_of), plot.y(after.fit))), stroke="edge", line=1.2))
    for point in fitted:
        shapes += _dot(plot, point)
    inside = [note for note in notes if line.points[0].as_of <= note[0] <= line.points[-1].as_of][:_NOTES]
    below = _TOP + _TALL + 30
    for number, (day, text) in enumerate(inside, 1):
        x = plot.x(day)
        shapes.append(Path(points=((x, _TOP), (x, _TOP + _TALL)), stroke="accent", dash=(2, 3), tip=f"{day}: {text}"))
        shapes.append(Text(x=x, y=_TOP - 3, text=str(number), size=10, colour="accent", anchor="middle"))
        shapes.append(Text(x=_LEFT, y=below + 8, text=f"{number}  {day}: {text}", size=_SMALL, colour="muted", room=width - _LEFT - _RIGHT))
        below += 16
    table = ((_("Up to"), _("Verdict"), _("Fit"), _("Interval"), _("People")), *(_row(point) for point in line.points))
    return Drawing(width=width, height=below + 6, title=title, shapes=tuple(shapes), table=table)


def _row(point: TrendPoint) -> tuple[str, ...]:
    if point.hidden:
        return point.as_of, _(point.hidden), "", "", ""
    people = "" if point.people is None else str(point.people)
    return point.as_of, frame.word(point.verdict), wording.decimal(point.fit), wording.interval(point.low, point.high), people


def _axes(plot: _Plot) -> list[Shape]:
    right = plot.width - _RIGHT + 8
    top = Rect(x=_LEFT, y=plot.y(1), width=right - _LEFT, height=plot.y(FIT_FROM) - plot.y(1), fill="fits/8")
    middle = Rect(x=_LEFT, y=plot.y(FIT_FROM), width=right - _LEFT, height=plot.y(NOT_YET_UNDER) - plot.y(FIT_FROM), fill="partly/10")
    shapes: list[Shape] = [top, middle]
    for fit in (0.0, NOT_YET_UNDER, FIT_FROM, 1.0):
        shapes.append(Path(points=((_LEFT, plot.y(fit)), (right, plot.y(fit))), stroke="line"))
        y = plot.y(fit) + (8 if fit == NOT_YET_UNDER else 2 if fit == FIT_FROM else 4)
        shapes.append(Text(x=_LEFT - 6, y=y, text=wording.decimal(fit, 1), size=10, colour="muted", anchor="end"))
    return shapes


def _dates(plot: _Plot, points: Sequence[TrendPoint]) -> list[Shape]:
    """The days of the points, as many as have room, the last one always."""
    shapes: list[Shape] = []
    taken = plot.width * 2
    for point in reversed(points):
        if plot.x(point.as_of) + _DATE / 2 > taken:
            continue
        taken = plot.x(point.as_of) - _DATE / 2
        at_end = point is points[-1]
        x = plot.width - 2 if at_end else plot.x(point.as_of)
        shapes.append(Text(x=x, y=_TOP + _TALL + 18, text=point.as_of, size=_SMALL, colour="muted", anchor="end" if at_end else "middle"))
        if at_end:
            taken = min(taken, x - lettering.width(point.as_of, _SMALL) - 8)
    return shapes


def _dot(plot: _Plot, point: TrendPoint) -> list[Shape]:
    assert point.fit is not None
    x, paint = plot.x(point.as_of), point.verdict
    shapes: list[Shape] = []
    if point.low is not None and point.high is not None and point.high > point.low:
        shapes.append(Path(points=((x, plot.y(point.low)), (x, plot.y(point.high))), stroke=paint, line=3))
    back = [Rect(x=x - 5, y=plot.y(point.fit) - 5, width=10, height=10, fill="surface", radius=5)]
    return [*shapes, *back, *frame.glyph(point.verdict, x, plot.y(point.fit), 5)]
