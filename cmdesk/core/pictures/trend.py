"""The trend: the fit of a group and goal quarter by quarter, with its interval, its verdict as a shape, and the user's dated notes on the axis."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from cmdesk.core import lettering
from cmdesk.core.drawing import Circle, Drawing, Path, Rect, Shape, Text
from cmdesk.core.pictures import frame
from cmdesk.core.scoring import FIT_FROM, NOT_YET_UNDER
from cmdesk.core.text import _
from cmdesk.core.wording import decimal

if TYPE_CHECKING:
    from cmdesk.core.notes import Note
    from cmdesk.core.reports import TrendPoint

_WIDTH, _PLOT = 960.0, 260.0
_LEAST = 420.0
_SIDE, _RADIUS, _LINE = 56.0, 6.5, 17.0
_MOST_NOTES = 12
"""Notes with their words on the picture; the others keep their mark, their tip and their line in the table."""


class _Plot(NamedTuple):
    left: float
    right: float
    top: float
    bottom: float
    first: dt.date
    last: dt.date

    def x(self, day: str) -> float:
        days = (self.last - self.first).days
        if not days:
            return (self.left + self.right) / 2
        return self.left + 24 + (self.right - self.left - 48) * (dt.date.fromisoformat(day) - self.first).days / days

    def y(self, fit: float) -> float:
        return self.bottom - (self.bottom - self.top) * min(max(fit, 0.0), 1.0)


def compose(
    points: Sequence[TrendPoint], notes: Sequence[Note], title: str, below: str = "", *, simulated: bool = False, width: float = 0.0, height: float = 0.0
) -> Drawing:
    """Points by day, the oldest first; `title` such as "Sales · Connect people". `width` and `height`: laid out for a window of that size, which has
    a heading of its own; 0: as on paper. Notes outside the points' days are left out."""
    wide, top = max(width, _LEAST) if width else _WIDTH, 12.0
    shapes: list[Shape] = []
    if not width:
        shapes, top = frame.heading(title, below, wide, simulated)
    elif simulated:
        shapes, _room = frame.notice(wide - 16, 6)
        top = 40.0
    if not points:
        shapes.append(Text(x=frame.MARGIN, y=top + 24, text=_("There are no facts to look back on."), size=13, colour="muted"))
        return Drawing(width=wide, height=top + 48, title=title, shapes=tuple(shapes), table=((_("Up to"), _("Verdict"), _("Fit")),))
    shown = [note for note in notes if points[0].as_of <= note.day <= points[-1].as_of]
    margin = 16.0 if width else frame.MARGIN
    words = min(len(shown), _MOST_NOTES) * _LINE + (10 if shown else 0)
    tall = max(height - top - words - 92, 96.0) if width else _PLOT
    days = [dt.date.fromisoformat(point.as_of) for point in (points[0], points[-1])]
    plot = _Plot(margin + _SIDE, wide - margin, top + words, top + words + tall, *days)
    shapes += [*_grid(plot), *_dates(plot, points), *_notes(plot, shown, top), *_line(plot, points)]
    for point in points:
        shapes += _mark(plot, point)
    entries = [(frame.glyph(verdict, 0, 0, 7), frame.word(verdict)) for verdict in frame.VERDICTS]
    if any(_spread(point) for point in points):
        key: list[Shape] = [Path(points=points_of, stroke="muted", line=2) for points_of in (((0, -8), (0, 8)), ((-5, -8), (5, -8)), ((-5, 8), (5, 8)))]
        entries.append((key, _("80 % interval")))
    keys, bottom = frame.legend(plot.left, plot.bottom + 52, entries, plot.right - plot.left)
    return Drawing(width=wide, height=bottom + 8, title=title, shapes=(*shapes, *keys), table=_table(points, shown))


def _spread(point: TrendPoint) -> bool:
    return point.low is not None and point.high is not None and point.high > point.low


def _grid(plot: _Plot) -> list[Shape]:
    shapes: list[Shape] = [
        Rect(x=plot.left, y=plot.y(1), width=plot.right - plot.left, height=plot.y(FIT_FROM) - plot.y(1), fill="fits_back"),
        Rect(x=plot.left, y=plot.y(NOT_YET_UNDER), width=plot.right - plot.left, height=plot.y(0) - plot.y(NOT_YET_UNDER), fill="not_yet_back"),
    ]
    edges = (0.0, NOT_YET_UNDER, FIT_FROM, 1.0)
    shapes += [Path(points=((plot.left, plot.y(fit)), (plot.right, plot.y(fit))), stroke="line") for fit in edges]
    shapes += [
        Text(x=plot.left - 8, y=plot.y(fit) + shift, text=decimal(fit, 1), size=11, colour="muted", anchor="end")
        for fit, shift in ((0.0, 4.0), (NOT_YET_UNDER, 12.0), (FIT_FROM, -2.0), (1.0, 4.0))
    ]
    middle = (plot.top + plot.bottom) / 2
    shapes.append(Text(x=plot.left - 40, y=middle, text=_("fit"), size=12, colour="muted", anchor="middle", angle=-90))
    return shapes


def _dates(plot: _Plot, points: Sequence[TrendPoint]) -> list[Shape]:
    shapes: list[Shape] = []
    free = plot.left - 60
    for point in points:
        x = plot.x(point.as_of)
        shapes.append(Path(points=((x, plot.bottom), (x, plot.bottom + 5)), stroke="muted"))
        half = lettering.width(point.as_of, 11) / 2 + 6
        if x - half >= free:
            free = x + half
            shapes.append(Text(x=x, y=plot.bottom + 20, text=point.as_of, size=11, colour="muted", anchor="middle"))
    return shapes


def _notes(plot: _Plot, notes: Sequence[Note], top: float) -> list[Shape]:
    """Each note a line down to the axis; the words one below another, beside their line on the side that has room."""
    shapes: list[Shape] = []
    for number, note in enumerate(notes):
        x, y = plot.x(note.day), top + 10 + min(number, _MOST_NOTES) * _LINE
        tip = f"{note.day}: {note.text}"
        worded = number < _MOST_NOTES
        shapes.append(Path(points=((x, y - 8 if worded else plot.top), (x, plot.bottom)), stroke="muted", dash=(3, 3), tip=tip))
        shapes.append(Circle(x=x, y=plot.bottom, radius=4, fill="text", stroke="surface", tip=tip, target=f"note:{note.day}:{note.text}"))
        if worded:
            right = x < (plot.left + plot.right) / 2
            room = (plot.right - x if right else x - plot.left) - 12
            words = lettering.cut(note.text, room, 12)
            shapes.append(Text(x=x + 6 if right else x - 6, y=y, text=words, size=12, anchor="start" if right else "end", tip=tip))
    return shapes


def _line(plot: _Plot, points: Sequence[TrendPoint]) -> list[Shape]:
    """What is known of two quarters in a row is joined."""
    shapes: list[Shape] = []
    for one, other in pairwise(points):
        if one.fit is not None and other.fit is not None:
            shapes.append(Path(points=((plot.x(one.as_of), plot.y(one.fit)), (plot.x(other.as_of), plot.y(other.fit))), stroke="accent/60", line=2))
    return shapes


def _mark(plot: _Plot, point: TrendPoint) -> list[Shape]:
    x = plot.x(point.as_of)
    tip = f"{point.as_of}: {_said(point)}"
    if point.fit is None:
        y = plot.bottom - 14
        return [*frame.glyph("no_verdict", x, y, _RADIUS), Circle(x=x, y=y, radius=_RADIUS + 3, tip=tip)]
    y = plot.y(point.fit)
    shapes: list[Shape] = []
    if point.low is not None and point.high is not None and point.high > point.low:
        low, high = plot.y(point.low), plot.y(point.high)
        for line in (((x, low), (x, high)), ((x - 5, low), (x + 5, low)), ((x - 5, high), (x + 5, high))):
            shapes.append(Path(points=line, stroke=point.verdict, line=2))  # noqa: PERF401 - reads as it is drawn
    back = Circle(x=x, y=y, radius=_RADIUS + 1, fill="surface")
    return [*shapes, back, *frame.glyph(point.verdict, x, y, _RADIUS), Circle(x=x, y=y, radius=_RADIUS + 3, tip=tip)]


def _said(point: TrendPoint) -> str:
    if point.hidden:
        return _(point.hidden)
    if point.fit is None:
        return frame.word(point.verdict)
    told = f"{frame.word(point.verdict)} {decimal(point.fit)}"
    return told + " " + _("({low} to {high})").format(low=decimal(point.low), high=decimal(point.high)) if _spread(point) else told


def _table(points: Sequence[TrendPoint], notes: Sequence[Note]) -> tuple[tuple[str, ...], ...]:
    """Points and notes by day."""
    rows: list[tuple[str, ...]] = []
    for point in points:
        spread = f"{decimal(point.low)}–{decimal(point.high)}" if _spread(point) else ""
        fit = decimal(point.fit)
        rows.append((point.as_of, frame.word(point.verdict), fit, spread, "" if point.people is None else str(point.people), _(point.hidden)))
    rows += [(note.day, "", "", "", "", note.text) for note in notes]
    return ((_("Up to"), _("Verdict"), _("Fit"), _("80 % interval"), _("Active people"), _("Note")), *sorted(rows, key=lambda row: row[0]))
