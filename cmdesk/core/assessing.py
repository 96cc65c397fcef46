"""An assessment in its three stages: point values, intervals, sensitivity. Each makes what is known better."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import msgspec

from cmdesk.core import circle_groups, circle_store, disagreeing, findings, score_tables, suppression, trend_store, variants, when
from cmdesk.core.community import Community
from cmdesk.core.contributions import Assessor, CriterionScore, Disagreement, Score, Sensitivity
from cmdesk.core.progress import Progress
from cmdesk.core.resampling import Plan
from cmdesk.core.snapshot import Snapshot
from cmdesk.core.text import _, for_keeping

if TYPE_CHECKING:
    from cmdesk.core.assessments import Plugins
    from cmdesk.core.goal_model import GoalModel

HALF_LIVES = (45.0, 90.0, 180.0)
"""Half-lives of relational trust, in days, under which an assessment is repeated."""
TREND_QUARTERS = 8
"""Points of the trend that is kept with an assessment, its own among them."""
TREND_REPLICATES = 100
"""Replicates behind the interval of a past quarter: fewer than of the present, which a board asks about first."""
WITHOUT_MODERATORS = "without_moderators"

_Key = tuple[int, str]
_Write = Callable[[sqlite3.Connection, int], None]


class Assessing:
    """Groups (rows of the snapshot) against goals. Each stage returns the scores as they then stand, by rows of the snapshot."""

    def __init__(self, snapshot: Snapshot, assessor: Assessor, groups: Sequence[int], goals: Sequence[str], options: Any) -> None:
        self.snapshot, self._assessor = snapshot, assessor
        self._groups, self._goals, self._options = groups, goals, options
        self._points: dict[_Key, Score] = {}
        self.scores: list[Score] = []

    @property
    def model(self) -> GoalModel:
        """The goal model that it judges by."""
        found: GoalModel = self._options.model
        return found

    def circles(self, progress: Progress) -> tuple[circle_groups.Judged, ...]:
        """The circles, judged like groups; from here on reasons name those that fit."""
        with for_keeping():
            found = circle_groups.judged(self.snapshot, self._assessor, self._goals, self._options, progress)
        self._options = msgspec.structs.replace(self._options, circles=found)
        return found

    def points(self, progress: Progress) -> list[Score]:
        """Point values, marked provisional."""
        self.scores = self._with_rival(self.snapshot, self._assess(self.snapshot, progress), progress)
        self._points = {_key(score): score for score in self.scores}
        return self.scores

    def intervals(self, plan: Plan, progress: Progress) -> list[Score]:
        """The same values with intervals, and verdicts that go by them."""
        progress.step(_("Drawing people and weeks again"))
        resampled = variants.resampled(self.snapshot, plan)
        self.scores = self._with_rival(resampled, self._assess(resampled, progress), progress)
        return self.scores

    def sensitivity(self, progress: Progress) -> list[Score]:
        """What the point verdicts would be under other settings, and each value without moderators where it differs; nothing of a setting that
        would leave too few people of a group."""
        found: dict[str, dict[_Key, Score]] = {}
        for setting, other in self._settings():
            progress.step(_("Trying other settings"))
            found[setting] = self._points if other is None else _shown(other, self._assess(other, progress))
        self.scores = [
            _with(score, self._points[_key(score)], {name: by[_key(score)] for name, by in found.items() if _key(score) in by}) for score in self.scores
        ]
        return self.scores

    def _settings(self) -> list[tuple[str, Snapshot | None]]:
        """The settings by name; None is that of the point values."""
        settings: list[tuple[str, Snapshot | None]] = [
            (f"half_life={days:g}", None if days == self.snapshot.half_life else variants.with_half_life(self.snapshot, days)) for days in HALF_LIVES
        ]
        if self.snapshot.people.is_moderator.any() and self.snapshot.with_moderators:
            settings.append((WITHOUT_MODERATORS, variants.without_moderators(self.snapshot)))
        return settings

    def _assess(self, snapshot: Snapshot, progress: Progress) -> list[Score]:
        with for_keeping():
            return list(self._assessor.assess(snapshot, self._groups, self._goals, self._options, progress))

    def _with_rival(self, snapshot: Snapshot, scores: Sequence[Score], progress: Progress) -> list[Score]:
        """The scores with what the other goal model says of the contested goals, where it says something else."""
        rivals = {goal: model for goal, model in disagreeing.rivals(self._options.model).items() if goal in self._goals}
        found: dict[_Key, Disagreement | None] = {}
        mine = {_key(score): score for score in scores}
        for model in {model.id: model for model in rivals.values()}.values():
            goals = [goal for goal, rival in rivals.items() if rival.id == model.id]
            with for_keeping():
                for other in self._assessor.assess(snapshot, self._groups, goals, msgspec.structs.replace(self._options, model=model), progress):
                    found[_key(other)] = disagreeing.disagreement(mine[_key(other)], other, model)
        return [msgspec.structs.replace(score, disagrees=found[_key(score)]) if found.get(_key(score)) else score for score in scores]


class Running:
    """An assessment and its later stages. `keep` stores it under `id`, with what its stages brought so far; from then on each stage replaces
    what is stored. One that was removed stays so."""

    def __init__(self, community: Community, work: Assessing, plan: Plan, first: Callable[[sqlite3.Connection], int]) -> None:
        self.id = 0
        self._community, self._work, self._plan, self._first = community, work, plan, first
        self._waiting: list[_Write] = []

    def keep(self, progress: Progress | None = None) -> None:
        """Store it, at once and whole. `first` stores the point values and gives the id."""
        (progress or Progress()).step(_("Storing"))
        with self._community.writing("assessments") as connection:
            id = self._first(connection)
            for write in self._waiting:
                write(connection, id)
        self.id, self._waiting = id, []

    def add_questions(self, plugins: findings.Analysts, progress: Progress | None = None) -> None:
        """Find circles, name those that fit in the reasons, and answer the questions about the whole community."""
        progress = progress or Progress()
        circles = self._work.circles(progress)
        scores = self._work.points(progress)
        with for_keeping():
            found = findings.answer(plugins, self._work.snapshot, progress)

        def write(connection: sqlite3.Connection, id: int) -> None:
            findings.store(connection, id, found)
            circle_store.store(connection, id, circle_groups.rows(self._work.snapshot, circles))

        self._store(self._replacing(scores), write)

    def add_intervals(self, progress: Progress | None = None) -> None:
        """Replace the point values by intervals."""
        scores = self._work.intervals(self._plan, progress or Progress())
        plan = self._plan

        def write(connection: sqlite3.Connection, id: int) -> None:
            values = (plan.replicates, plan.seed, plan.level, id)
            connection.execute("UPDATE assessments SET replicates = ?, seed = ?, level = ? WHERE id = ?", values)

        self._store(self._replacing(scores), write)

    def add_sensitivity(self, progress: Progress | None = None) -> None:
        """Add the sensitivity of the point verdicts."""
        self._store(self._replacing(self._work.sensitivity(progress or Progress())))

    def add_trend(self, plugins: Plugins, progress: Progress | None = None) -> None:
        """Add the quarters before, of the groups that have a goal, with intervals from TREND_REPLICATES replicates."""
        from cmdesk.core import periods

        snapshot = self._work.snapshot
        scores = by_id(snapshot, self._work.scores)
        with self._community.reading() as connection:
            found = periods.trends(
                connection, plugins, self._work.model, [(score.group, score.goal) for score in scores if score.chosen],
                as_of=when.day(snapshot.until, snapshot.zone), quarters=range(1, TREND_QUARTERS), window_days=snapshot.window_days,
                plan=replace(self._plan, replicates=min(TREND_REPLICATES, self._plan.replicates)), progress=progress,
            )  # fmt: skip
        self._store(lambda connection, id: trend_store.store(connection, id, found))

    def _replacing(self, scores: Sequence[Score]) -> _Write:
        named = by_id(self._work.snapshot, scores)
        return lambda connection, id: score_tables.write(connection, id, named)

    def _store(self, *writes: _Write) -> None:
        if not self.id:
            self._waiting += writes
            return
        with self._community.writing("assessments") as connection:
            if connection.execute("SELECT 1 FROM assessments WHERE id = ?", (self.id,)).fetchone() is not None:
                for write in writes:
                    write(connection, self.id)


def by_id(snapshot: Snapshot, scores: Sequence[Score]) -> list[Score]:
    """Scores that name groups by row, naming them by id."""
    return [msgspec.structs.replace(score, group=int(snapshot.groups.id[score.group])) for score in scores]


def _key(score: Score) -> _Key:
    return score.group, score.goal


def _shown(snapshot: Snapshot, scores: Sequence[Score]) -> dict[_Key, Score]:
    """Those of groups that may be shown in this snapshot too: without moderators a group may be down to four people."""
    why = suppression.reasons(snapshot)
    return {_key(score): score for score in scores if not why[score.group]}


def _with(score: Score, point: Score, under: Mapping[str, Score]) -> Score:
    """A score with what it would be under other settings; `point` is its point value."""
    settings = tuple(Sensitivity(name, other.fit, other.verdict) for name, other in under.items())
    criteria = score.criteria
    if WITHOUT_MODERATORS in under:
        values = {row.metric: row.value for row in under[WITHOUT_MODERATORS].criteria}
        criteria = tuple(_without(row, values.get(row.metric)) for row in criteria)
    fragile = any(setting.verdict != point.verdict for setting in settings)
    return msgspec.structs.replace(score, criteria=criteria, sensitivity=settings, fragile=fragile)


def _without(row: CriterionScore, value: float | None) -> CriterionScore:
    differs = value is not None and value != row.value
    return msgspec.structs.replace(row, without_moderators=value if differs else None)
