"""A likeness of structure in words, and what the role asks this quarter."""

from __future__ import annotations

from cmdesk.core import goal_model, resembling, role
from cmdesk.core.contributions import CriterionScore, Score
from cmdesk.core.goal_model import GOALS
from cmdesk.core.reports import GroupLine, MetricLine, Report


def criterion(metric: str, score: float | None, weight: float = 50, gate: bool = False, advice: str = "") -> CriterionScore:
    value = None if score is None else 0.0
    return CriterionScore(metric=metric, value=value, unit="", n=1, low=None, high=None, score=score, weight=weight, gate=gate, advice=advice)


def scored(group: int, goal: str, verdict: str, fit: float | None, *criteria: CriterionScore, chosen: bool = False) -> Score:
    return Score(
        group=group, goal=goal, chosen=chosen, fit=fit, low=fit, high=fit, verdict=verdict, provisional=True, coverage=1.0, reason="", people=9,
        criteria=criteria,
    )  # fmt: skip


def report(*scores: Score, hidden: frozenset[int] = frozenset()) -> Report:
    lines = tuple(GroupLine(id=k, name=f"g{k}", path=f"g{k}", parent=None, people=9, hidden=k in hidden) for k in (1, 2, 3, 4))
    metrics = (MetricLine("a", "Size", "", ""), MetricLine("b", "Density", "", ""), MetricLine("c", "Ideas", "", ""))
    return Report(
        community="x", assessment_id=1, as_of="2025-01-01", window_days=180, zone="UTC", model=goal_model.shipped(), scores=scores, groups=lines,
        metrics=metrics, imports=(),
    )  # fmt: skip


def test_only_shown_groups_without_a_chosen_goal_are_compared() -> None:
    one = report(
        scored(1, "solve", "fits", 0.9), scored(2, "solve", "fits", 0.9, chosen=True), scored(3, "solve", "no_verdict", None), hidden=frozenset({3})
    )
    assert resembling.without_goal(one) == [1]


def test_the_most_alike_comes_first_and_a_failed_must_have_last() -> None:
    found = resembling.likenesses(report(
        scored(1, "innovate", "not_yet", 0.49, criterion("a", 1.0)), scored(1, "solve", "partly", 0.55, criterion("a", 1.0), criterion("b", 0.1)),
        scored(1, "find", "fits", 0.8, criterion("a", 1.0, 20), criterion("b", 0.9, 80)), scored(1, "connect", "fits", 0.85, criterion("c", 1.0)),
        scored(1, "inform", "no_verdict", None), scored(2, "inspire", "fits", 1.0),
    ), 1)  # fmt: skip
    assert [one.goal for one in found] == ["connect", "find", "solve", "innovate"]
    assert found[0].reason == "This structure resembles that of a community that lets people get to know each other: most alike in ideas."
    assert found[1].reason == "This structure resembles that of a community that helps people find information: most alike in density and size."
    assert found[2].reason == "This structure partly resembles that of a community that solves complex problems: most alike in size, least in density."
    assert found[3].reason.startswith("This structure differs from that of a community that innovates")


def test_where_nothing_is_alike_it_says_so() -> None:
    (one,) = resembling.likenesses(report(scored(1, "solve", "not_yet", 0.1, criterion("a", 0.0))), 1)
    assert one.reason.startswith("This structure resembles none of the goals clearly") and one.reason.endswith("least alike in size.")
    assert resembling.likenesses(report(), 1) == []


def test_every_goal_has_its_phrase() -> None:
    assert set(resembling.phrases()) == set(GOALS)


def test_the_quarter_begins_with_what_would_raise_the_fit() -> None:
    goal = goal_model.shipped().goals["solve"]
    rows = tuple(
        CriterionScore(metric=one.metric, value=0.01, unit="", n=1, low=None, high=None, score=0.1 if one.metric == "D_R" else 1.0, weight=one.weight,
                       gate=one.gate, advice=one.advice)
        for one in goal.criteria
    )  # fmt: skip
    density = next(one.advice for one in goal.criteria if one.metric == "D_R")
    asked = role.this_quarter(scored(1, "solve", "not_yet", 0.49, *rows), goal)
    assert asked == (density, *goal.quarter)
    assert role.this_quarter(scored(1, "solve", "fits", 0.9, *rows), goal) == goal.quarter
