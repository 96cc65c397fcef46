"""The same rules at past days: the trend of a fit quarter by quarter, and what people and ties did between two days."""

from __future__ import annotations

import dataclasses
import datetime as dt
import sqlite3
from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from cmdesk.core import activity, loading, suppression, variants, what_if
from cmdesk.core.assessments import ASSESSOR, WINDOW_DAYS, FitOptions, Plugins
from cmdesk.core.contributions import Score
from cmdesk.core.goal_model import GoalModel
from cmdesk.core.progress import Progress
from cmdesk.core.reports import TrendPoint
from cmdesk.core.resampling import Plan
from cmdesk.core.snapshot import DAY, Snapshot
from cmdesk.core.text import _

if TYPE_CHECKING:
    from cmdesk.core.comparing import Shares

QUARTER = 90
"""Days between two points of a trend (goal-model §4.0)."""


def trend(
    connection: sqlite3.Connection, plugins: Plugins, model: GoalModel, group_id: int, goals: Sequence[str], *, as_of: dt.date | None = None,
    quarters: int = 8, window_days: int = WINDOW_DAYS, plan: Plan | None = None, progress: Progress | None = None,
) -> dict[str, list[TrendPoint]]:  # fmt: skip
    """For each goal a point a quarter, the oldest first, back from `as_of` (the last day with data) as far as there are facts; recomputed with one
    goal model from what was known up to each day, with intervals and verdicts that go by them where a `plan` is given. A quarter
    with nothing before its end has no point, so the list may be empty."""
    found = trends(
        connection, plugins, model, [(group_id, goal) for goal in goals], as_of=as_of, quarters=range(quarters), window_days=window_days,
        plan=plan, progress=progress,
    )  # fmt: skip
    return {goal: found[group_id, goal] for goal in goals}


def trends(
    connection: sqlite3.Connection, plugins: Plugins, model: GoalModel, pairs: Sequence[tuple[int, str]], *, as_of: dt.date | None = None,
    quarters: range = range(8), window_days: int = WINDOW_DAYS, plan: Plan | None = None, progress: Progress | None = None,
) -> dict[tuple[int, str], list[TrendPoint]]:  # fmt: skip
    """As `trend`, for (group id, goal) pairs; `quarters` say how many quarters back (0: `as_of` itself); with `plan` the fits have intervals."""
    progress = progress or Progress()
    last = as_of or loading.last_day(connection)
    found: dict[tuple[int, str], list[TrendPoint]] = {pair: [] for pair in pairs}
    if last is None:
        return found
    progress.step(_("Quarters"), len(quarters), _("quarters"))
    for back in quarters:
        progress.check()
        if (last - dt.date.min).days < QUARTER * back:
            break
        day = last - dt.timedelta(days=QUARTER * back)
        snapshot = loading.load(connection, as_of=day, window_days=window_days, metrics=plugins.metrics)
        if snapshot.first == snapshot.until or (back and snapshot.first > snapshot.until - QUARTER * DAY):
            break
        judged = variants.resampled(snapshot, plan) if plan is not None else snapshot
        for goal in dict.fromkeys(goal for _group, goal in pairs):
            rows = {_row(snapshot, group): group for group, wanted in pairs if wanted == goal}
            for score in _judged(plugins, model, judged, list(rows), [goal], progress):
                found[rows[score.group], goal].insert(0, _point(snapshot, score.group, score, day))
        progress.advance()
    return found


def _point(snapshot: Snapshot, row: int, score: Score, day: dt.date) -> TrendPoint:
    why = suppression.reasons(snapshot)[row]
    if why:
        return TrendPoint(as_of=day.isoformat(), fit=None, low=None, high=None, verdict="no_verdict", coverage=0.0, people=None, hidden=why)
    people = len(activity.activity(snapshot).members[row])
    return TrendPoint(
        as_of=day.isoformat(), fit=score.fit, low=score.low, high=score.high, verdict=score.verdict, coverage=score.coverage, people=people
    )


def shares(
    connection: sqlite3.Connection, plugins: Plugins, model: GoalModel, before: tuple[str, int], after: tuple[str, int]
) -> Shares:
    """For `comparing.compare` of two assessments of this file, given as (as-of day, window): people = what those who came do to the fit of after,
    plus what those who left did to the fit of before."""
    old, new = (
        dataclasses.replace(loading.load(connection, as_of=dt.date.fromisoformat(day), window_days=window, metrics=plugins.metrics), rough=True)
        for day, window in (before, after)
    )
    known: dict[tuple[int, str], tuple[float, float] | None] = {}

    def of(group_id: int, goal: str) -> tuple[float, float] | None:
        if (group_id, goal) not in known:
            known[group_id, goal] = _split(plugins, model, old, new, group_id, goal)
        return known[group_id, goal]

    return of


def _split(plugins: Plugins, model: GoalModel, old: Snapshot, new: Snapshot, group_id: int, goal: str) -> tuple[float, float] | None:
    if not all(bool((snapshot.groups.id == group_id).any()) for snapshot in (old, new)):
        return None  # the group was taken back since
    one, two = _row(old, group_id), _row(new, group_id)
    there, here = (
        {int(snapshot.people.id[person]) for person in activity.activity(snapshot).members[row]} for snapshot, row in ((old, one), (new, two))
    )
    gone, come = _rows(old, there - here), _rows(new, here - there)

    def fit(snapshot: Snapshot, row: int) -> float | None:
        return _judged(plugins, model, snapshot, [row], [goal])[0].fit

    before, after = fit(old, one), fit(new, two)  # first: what is known of them need not be worked out again for the two between
    stayed = fit(what_if.without(old, gone), one) if gone else before
    staying = fit(what_if.without(new, come), two) if come else after
    if before is None or stayed is None or staying is None or after is None:
        return None
    return (after - staying) + (stayed - before), staying - stayed


def _judged(
    plugins: Plugins, model: GoalModel, snapshot: Snapshot, rows: Sequence[int], goals: Sequence[str], progress: Progress | None = None
) -> list[Score]:  # fmt: skip
    return list(plugins.assessors[ASSESSOR].assess(snapshot, rows, list(goals), FitOptions(model), progress or Progress()))


def _row(snapshot: Snapshot, group_id: int) -> int:
    return int(np.flatnonzero(snapshot.groups.id == group_id)[0])


def _rows(snapshot: Snapshot, members: set[int]) -> list[int]:
    return np.flatnonzero(np.isin(snapshot.people.id, list(members))).tolist()

