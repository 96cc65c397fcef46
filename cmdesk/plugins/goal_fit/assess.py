"""The assessor: every group against every goal, with the evidence and one sentence that says which criterion decides."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from cmdesk.api import GoalModel, Progress, Score, Snapshot, circle_groups, goal_model, scoring, suppression

from .facts import facts
from .reasons import Inside, Words, reason


def assess(
    snapshot: Snapshot, groups: Sequence[int], goals: Sequence[str], model: GoalModel | None, progress: Progress, circles: Sequence[Any] = ()
) -> Iterator[Score]:  # fmt: skip
    """A Score of each of `groups` for each of `goals`, group by group. Groups inside them are judged too, to say what inside them fits;
    `circles` are judged already."""
    model = model or goal_model.shipped()
    judged = Judge(snapshot, model, goals, groups, progress)
    words = Words({name: (metric.title, metric.unit) for name, metric in snapshot.metrics.items()})
    people = facts(snapshot).active
    for group in groups:
        for goal in goals:
            found = judged.of(group, goal)
            yield Score(
                group=group, goal=goal, chosen=goal in snapshot.groups.goals[group], fit=found.fit, low=found.low, high=found.high,
                verdict=found.verdict, chance=found.chance, provisional=snapshot.plan is None, coverage=found.coverage, people=len(people(group)), criteria=found.criteria,
                subscores=found.subscores, reason=reason(found, model.goals[goal], words, judged.fitting_inside(group, goal, circles)),
            )  # fmt: skip


class Judge:
    """Judgements of groups and of those inside them; each metric is asked once for all."""

    def __init__(self, snapshot: Snapshot, model: GoalModel, goals: Sequence[str], groups: Sequence[int], progress: Progress) -> None:
        self._snapshot, self._model = snapshot, model
        everything = sorted({inner for group in groups for inner in snapshot.groups.inside[group].tolist()})
        self._units = {name: metric.unit for name, metric in snapshot.metrics.items()}
        wanted = list(dict.fromkeys(criterion.metric for goal in goals for criterion in model.goals[goal].criteria))
        progress.step("Measuring", len(wanted), "metrics")
        self._measures = {}
        for name in wanted:
            if name in snapshot.metrics:
                self._measures[name] = dict(zip(everything, snapshot.measure(name, everything, progress), strict=True))
            progress.advance()
        self._found: dict[tuple[int, str], scoring.Judgement] = {}

    def of(self, group: int, goal: str) -> scoring.Judgement:
        """The judgement of one group against one goal."""
        if (group, goal) not in self._found:
            measures = {name: by_group[group] for name, by_group in self._measures.items()}
            seen, plan = self._snapshot.seen, self._snapshot.plan
            level = 0.80 if plan is None else plan.level
            self._found[group, goal] = scoring.judge(
                self._model.goals[goal], measures, self._units, seen=seen, level=level, days=self._snapshot.window_days
            )
        return self._found[group, goal]

    def fitting_inside(self, group: int, goal: str, circles: Sequence[Any]) -> Inside:
        """The groups and circles inside `group` that fit the goal; those that are hidden are not told of."""
        inside = self._snapshot.groups.inside[group].tolist()[1:]
        fits = [self._snapshot.groups.name[inner] for inner in inside if self._shown(inner) and self.of(inner, goal).verdict == scoring.FITS]
        able = [circle for circle in circles if goal in circle.fits and not circle.hidden]
        numbers = [circle.number for circle in circle_groups.inside(self._snapshot, group, able)] if able else []
        return Inside(fits, numbers)

    def _shown(self, group: int) -> bool:
        return not suppression.reasons(self._snapshot)[group]
