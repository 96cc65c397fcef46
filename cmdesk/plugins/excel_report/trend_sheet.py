"""The fit of each chosen goal, quarter by quarter, with charts of the first of them."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping, Sequence
from itertools import zip_longest
from typing import Any

from cmdesk.api import Report, _, reports

from . import charts, words
from .model import Cell, Column, Row, Sheet, Styled

_COLUMNS = (
    Column(30, "line"), Column(28, "line"), Column(12, "day+line"), Column(15, "line"), Column(9, "score+line+bold"), Column(9, "score+line+muted"),
    Column(9, "score+line+muted"), Column(11, "share+line"), Column(9, "whole+line"), Column(40, "line+indent"),
    Column(3), Column(24, "line+muted"), Column(12, "day+line+muted"), Column(5, "whole+line+muted"),
)  # fmt: skip
_NOTE = 12
"""The column of the words of a note, for the charts; its day and the height of its mark stand beside it."""
_DAY, _FIT, _LOW, _HIGH = 3, 5, 6, 7
_QUARTER = datetime.timedelta(days=90)
_MOST = 12
"""Charts; the rows below have the rest."""


def sheet(report: Report) -> Sheet:
    """One row for a quarter of a group and goal; the last one of each is this assessment."""
    lines = [line for line in report.trend if line.points]
    noted = _noted(report, lines)
    names = {line.id: line.path or line.name for line in report.groups}

    def rows() -> Iterator[Row | tuple[Cell, ...]]:
        heads = (
            _("Group"), _("Goal"), _("Up to"), _("Verdict"), _("Fit"), _("Fit from"), _("Fit to"), _("Data available"), _("People"), _("Your notes since the quarter before"), "",
            _("Note"), _("Date"), "",
        )  # fmt: skip
        yield Row(tuple(Styled(head, "head") for head in heads), height=32)
        below = [(None, note.text, datetime.date.fromisoformat(note.day), 0) for note in noted]
        for row, note in zip_longest(_rows(report, lines, names), below):
            yield (*(row or ("",) * (_NOTE - 2)), *(note or ()))

    def dress(page: Any) -> None:
        first = 2
        places = charts.places(("P", "Z"), 2, 16)
        for line in lines[:_MOST]:
            last = first + len(line.points) - 1
            title = f"{names[line.group]} · {words.goal_title(report, line.goal)}"
            series = [
                charts.Line(_("Fit"), _DAY, _FIT, first, last, "line"), charts.Line(_("Fit from"), _DAY, _LOW, first, last, "dashes", "8A9499"),
                charts.Line(_("Fit to"), _DAY, _HIGH, first, last, "dashes", "8A9499"),
            ]  # fmt: skip
            charts.scatter(page, series, next(places), title=title, across="", up=_("Fit"), days=True, notes=_shown(noted, line))
            first = last + 1

    return Sheet(_("Trend"), _COLUMNS, rows, heads=1, filtered=True, freeze="A2", colour="3F8F5B", dress=dress)


def _noted(report: Report, lines: Sequence[reports.TrendLine]) -> list[Any]:
    """The user's notes of the days that any of the charts shows."""
    first, last = min((line.points[0].as_of for line in lines), default=""), max((line.points[-1].as_of for line in lines), default="")
    return [note for note in report.dated if first <= note.day <= last]


def _shown(noted: Sequence[Any], line: reports.TrendLine) -> list[charts.Note]:
    """Where the notes stand that lie in the time of this line."""
    first, last = line.points[0].as_of, line.points[-1].as_of
    return [charts.Note(row, _NOTE) for row, note in enumerate(noted, 2) if first <= note.day <= last]


def _rows(report: Report, lines: Sequence[reports.TrendLine], names: Mapping[int, str]) -> Iterator[tuple[Cell, ...]]:
    for line in lines:
        before = (datetime.date.fromisoformat(line.points[0].as_of) - _QUARTER).isoformat()
        for point in line.points:
            yield _row(report, names[line.group], line, point, before)
            before = point.as_of


def _row(report: Report, group: str, line: reports.TrendLine, point: reports.TrendPoint, before: str) -> tuple[Cell, ...]:
    day = datetime.date.fromisoformat(point.as_of)
    goal = words.goal_title(report, line.goal)
    notes = "; ".join(f"{note.day}: {note.text}" for note in report.dated if before < note.day <= point.as_of)
    if point.hidden:
        return (group, goal, day, Styled(_(point.hidden), "line+muted"), "", "", "", "", "", notes)
    spread = point.low is not None and point.low != point.high
    return (
        group, goal, day, words.verdict(point.verdict), "" if point.fit is None else point.fit, point.low if spread else "", point.high if spread else "",
        point.coverage, "" if point.people is None else point.people, notes,
    )  # fmt: skip
