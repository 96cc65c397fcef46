"""The trend of an assessment: the quarters before it, as they were worked out with it."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from itertools import groupby

from cmdesk.core.contributions import Score
from cmdesk.core.reports import TrendLine, TrendPoint

_POINT = tuple(TrendPoint.__struct_fields__)


def store(connection: sqlite3.Connection, assessment_id: int, found: Mapping[tuple[int, str], Sequence[TrendPoint]]) -> None:
    """Keep the points before an assessment, by (group id, goal), in place of those that it has, in the caller's transaction."""
    connection.execute("DELETE FROM trend_points WHERE assessment_id = ?", (assessment_id,))
    rows = [
        (assessment_id, group, goal, *(getattr(point, name) for name in _POINT)) for (group, goal), points in found.items() for point in points
    ]
    columns = ", ".join(_POINT)
    connection.executemany(
        f"INSERT INTO trend_points (assessment_id, group_id, goal, {columns}) VALUES ({','.join('?' * (3 + len(_POINT)))})", rows
    )


def load(
    connection: sqlite3.Connection, assessment_id: int, as_of: str, scores: Sequence[Score], hidden: Mapping[int, str]
) -> tuple[TrendLine, ...]:
    """The trends of an assessment, each ending with its own score; nothing of groups that are `hidden` (ids)."""
    rows = connection.execute(
        f"SELECT group_id, goal, {', '.join(_POINT)} FROM trend_points WHERE assessment_id = ? ORDER BY group_id, goal, as_of", (assessment_id,)
    )
    points = {key: tuple(_point(row[2:]) for row in part) for key, part in groupby(rows, key=lambda row: (row[0], row[1]))}
    return tuple(
        TrendLine(group=score.group, goal=score.goal, points=(*points[score.group, score.goal], _now(as_of, score)))
        for score in scores
        if (score.group, score.goal) in points and score.group not in hidden
    )


def _point(row: Sequence[object]) -> TrendPoint:
    return TrendPoint(**dict(zip(_POINT, row, strict=True)))  # type: ignore[arg-type] # as the table has them


def _now(as_of: str, score: Score) -> TrendPoint:
    return TrendPoint(
        as_of=as_of, fit=score.fit, low=score.low, high=score.high, verdict=score.verdict, coverage=score.coverage, people=score.people
    )
