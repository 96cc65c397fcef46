"""Compare two assessments: each criterion up or down, and what of the change comes from people, from ties, from the rules (issue of two dates, two
groups or two communities)."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Mapping, Sequence

import msgspec

from cmdesk.core import scoring
from cmdesk.core.contributions import CriterionScore, Measure, Score
from cmdesk.core.errors import CmdeskError
from cmdesk.core.goal_model import Goal, GoalModel
from cmdesk.core.reports import GroupLine, Report
from cmdesk.core.text import _

SIZE_CLASSES = (5, 15, 50, 150)
"""People up to which groups are of one size class (the layers of Dunbar): what a group of another class scores says little of this one (§4.6)."""


class CriterionChange(msgspec.Struct, frozen=True, kw_only=True):
    """One criterion before and after; None where it was not measured. `effect` is what its change does to the fit under the rules of before
    (the sum over all criteria, where both measured the same, is the change of the weighted mean)."""

    metric: str
    unit: str
    before: float | None
    after: float | None
    score_before: float | None
    score_after: float | None
    weight: float
    effect: float | None


class ScoreChange(msgspec.Struct, frozen=True, kw_only=True):
    """One goal of one group before and after. `change` = `rules` + `people` + `ties` where the three are known: `rules` is what other bands and
    weights do to the values of after; `people` what those who left and came do; `ties` the rest, what changed among those who stayed."""

    group: str
    with_group: str
    goal: str
    fit_before: float | None
    fit_after: float | None
    low_before: float | None
    low_after: float | None
    high_before: float | None
    high_after: float | None
    verdict_before: str
    verdict_after: str
    change: float | None
    rules: float | None
    people: float | None
    ties: float | None
    criteria: tuple[CriterionChange, ...]


class Comparison(msgspec.Struct, frozen=True, kw_only=True):
    """Two assessments side by side; `same_model`: one goal model, to the letter. `undated_before`, `undated_after`: that run has no fact with a
    date, and its day says nothing. `unlike`: of which two groups the sizes are too different to compare them, in sentences."""

    community_before: str
    community_after: str
    as_of_before: str
    as_of_after: str
    window_before: int
    window_after: int
    model_before: str
    model_after: str
    same_model: bool
    undated_before: bool = False
    undated_after: bool = False
    scores: tuple[ScoreChange, ...]
    unlike: tuple[str, ...] = ()


Shares = Callable[[int, str], tuple[float, float] | None]
"""(group id, goal) → what people and ties did to the fit, None where it cannot be told."""


def compare(
    before: Report, after: Report, pair: tuple[int, int] | None = None, shares: Shares | None = None, every: bool = False
) -> Comparison:
    """The goals that were chosen (with `every`, or where none was, all eight) of the groups that both assessed and may show; `pair`: only this
    group of before with that one of after (ids). CmdeskError where the two goal models measure different things."""
    for goal in sorted({score.goal for score in before.scores} & {score.goal for score in after.scores}):
        _refuse(before.model, after.model, goal)
    matched = [pair] if pair else _matched(before, after)
    lines, others = ({line.id: line for line in report.groups} for report in (before, after))
    found, other = ({(score.group, score.goal): score for score in report.scores} for report in (before, after))
    every = every or not any(score.chosen for score in (*before.scores, *after.scores))
    changes, unlike = [], []
    for one, two in matched:
        if lines[one].hidden or others[two].hidden:
            continue
        if one != two or before.community != after.community:
            unlike += _unlike(lines[one], others[two])
        for goal in before.model.goals:
            there = (one, goal) in found and (two, goal) in other
            if there and (every or found[one, goal].chosen or other[two, goal].chosen):
                split = shares(one, goal) if shares is not None else None
                changes.append(_change(before.model, after.model, lines[one], others[two], found[one, goal], other[two, goal], split))
    return Comparison(
        community_before=before.community, community_after=after.community, as_of_before=before.as_of, as_of_after=after.as_of,
        window_before=before.window_days, window_after=after.window_days, model_before=_named(before.model), model_after=_named(after.model),
        same_model=before.model.sha256 == after.model.sha256, undated_before=before.undated, undated_after=after.undated, scores=tuple(changes),
        unlike=tuple(unlike),
    )  # fmt: skip


def _unlike(line: GroupLine, other: GroupLine) -> list[str]:
    one, two = line.people or 0, other.people or 0
    if bisect_left(SIZE_CLASSES, one) == bisect_left(SIZE_CLASSES, two):
        return []
    said = _("{group} has {one} active people and {other} {two}: fits of groups of such different sizes do not compare. Hold each against its own past.")
    return [said.format(group=line.path, other=other.path, one=one, two=two)]


def _named(model: GoalModel) -> str:
    return f"{model.id} {model.version}"


def _matched(before: Report, after: Report) -> list[tuple[int, int]]:
    """Groups of one path; the two roots are each other's."""
    by_path = {line.path: line.id for line in after.groups if line.parent is not None}
    roots = [line.id for line in after.groups if line.parent is None]
    found = []
    for line in before.groups:
        other = roots[0] if line.parent is None and roots else by_path.get(line.path)
        if other is not None:
            found.append((line.id, other))
    return found


def _refuse(before: GoalModel, after: GoalModel, goal: str) -> None:
    one, two = ({criterion.metric for criterion in model.goals[goal].criteria} for model in (before, after))
    if one != two:
        differ = ", ".join(sorted(one ^ two))
        raise CmdeskError(
            _("The two assessments measure different things for the goal {goal}: {metrics}.").format(goal=goal, metrics=differ),
            _("Assess both with the same goal model, then compare."),
        )


def _change(
    before: GoalModel, after: GoalModel, line: GroupLine, other: GroupLine, one: Score, two: Score, split: tuple[float, float] | None
) -> ScoreChange:
    goal = before.goals[one.goal]
    change = None if one.fit is None or two.fit is None else two.fit - one.fit
    rules: float | None = 0.0
    if before.sha256 != after.sha256:
        old = under(goal, two.criteria)
        rules = None if old is None or two.fit is None else two.fit - old
    people = ties = None
    if split is not None and change is not None and rules is not None:
        people = split[0]
        ties = change - rules - people
    return ScoreChange(
        group=line.path, with_group=other.path, goal=one.goal, fit_before=one.fit, fit_after=two.fit, low_before=one.low, low_after=two.low,
        high_before=one.high, high_after=two.high, verdict_before=one.verdict, verdict_after=two.verdict, change=change, rules=rules,
        people=people, ties=ties, criteria=_criteria(goal, one.criteria, two.criteria),
    )  # fmt: skip


def under(goal: Goal, criteria: Sequence[CriterionScore]) -> float | None:
    """The fit of measured values under the rules of `goal`."""
    return scoring.judge(goal, _measures(criteria)).fit


def _measures(criteria: Sequence[CriterionScore]) -> Mapping[str, Measure]:
    return {
        row.metric: Measure(row.value, n=row.n, missing=row.missing, indicative=row.indicative, proxy=row.proxy, low=row.low, high=row.high)
        for row in criteria
    }


def _criteria(goal: Goal, one: Sequence[CriterionScore], two: Sequence[CriterionScore]) -> tuple[CriterionChange, ...]:
    old = {row.metric: row for row in one}
    new = {row.metric: row for row in scoring.judge(goal, _measures(two)).criteria}
    total = sum(row.weight for row in one if row.score is not None and new[row.metric].score is not None)
    rows = []
    for criterion in goal.criteria:
        first, second = old[criterion.metric], new[criterion.metric]
        effect = None
        if first.score is not None and second.score is not None and total:
            effect = criterion.weight * (second.score - first.score) / total
        rows.append(
            CriterionChange(
                metric=criterion.metric, unit=first.unit or second.unit, before=first.value, after=second.value, score_before=first.score,
                score_after=second.score, weight=criterion.weight, effect=effect,
            )
        )  # fmt: skip
    return tuple(rows)
