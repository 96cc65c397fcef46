"""What would change it, worked out by hand."""

from __future__ import annotations

import msgspec
import pytest
from hypothesis import given, strategies as st

from cmdesk.core import gains, scoring
from cmdesk.core.contributions import Measure, Score
from cmdesk.core.goal_model import shipped

GOAL = shipped("closeness").goals["solve"]
METRICS = [criterion.metric for criterion in GOAL.criteria]


def judged(**values: float | None) -> scoring.Judgement:
    return scoring.judge(GOAL, {name: Measure(value, missing="" if value is not None else "none") for name, value in values.items()})


def test_the_dearest_criterion_comes_first_and_a_failed_must_have_before_all() -> None:
    found = judged(n=40, D_R=0.30, top=0.5, C=0.3, blau_expertise=0.5, even=0.9, multi=0.6, man=1.0)
    assert found.failed == ("n",)
    first, *rest = gains.gains(found.criteria, GOAL)
    assert (first.metric, first.gate, first.ideal) == ("n", True, 9)
    assert first.fit == pytest.approx((20 + 20 * 0.625 + 10 * 0.75 + 20 * 0.75 + 10 + 10 + 5 + 5) / 100)
    assert rest == []  # no other change lifts the fit over the failed must-have


def test_three_at_most_and_none_where_all_is_ideal() -> None:
    short = judged(n=5, D_R=0.30, top=0.5, C=0.3, blau_expertise=0.3, even=0.8, multi=0.4, man=0.75)
    found = gains.gains(short.criteria, GOAL)
    assert [gain.metric for gain in found] == ["D_R", "C", "top"]
    assert gains.gains(judged(n=5, D_R=0.6, top=0.7, C=0.5, blau_expertise=0.5, even=0.9, multi=0.6, man=1.0).criteria, GOAL) == []
    assert gains.gains(judged().criteria, GOAL) == []


def test_too_much_moves_down_to_the_ideal() -> None:
    [gain] = gains.gains(judged(n=5, D_R=0.95, top=0.9, C=0.5, blau_expertise=0.5, even=0.9, multi=0.6, man=1.0).criteria, GOAL)
    assert (gain.metric, gain.value, gain.ideal) == ("D_R", 0.95, 0.85)


@given(st.dictionaries(st.sampled_from(METRICS), st.floats(0, 30), min_size=1))
def test_a_gain_is_what_judging_again_gives(values: dict[str, float]) -> None:
    before = judged(**values)
    for gain in gains.gains(before.criteria, GOAL, most=9):
        after = judged(**{**values, gain.metric: gain.ideal})
        assert after.fit is None or after.fit == pytest.approx(gain.fit)
        assert gain.gain > 0 or (gain.gain == 0 and gain.gate and len(before.failed) > 1)


def test_where_two_must_haves_fail_both_are_named() -> None:
    found = gains.gains(judged(n=40, D_R=0.01, top=0.9, C=0.5, blau_expertise=0.5, even=0.9, multi=0.6, man=1.0).criteria, GOAL)
    assert [(gain.metric, gain.gate, gain.fit, gain.gain) for gain in found] == [("n", True, 0.49, 0.0), ("D_R", True, 0.49, 0.0)]
    said = gains.sentence(found[0], "Active members", "{:g}".format, "{:.2f}".format)
    assert "from 40 to 9" in said and "stays at 0.49" in said and "would bring" not in said


@pytest.mark.parametrize("verdict", ["fits", "no_verdict"])
def test_no_number_stands_for_a_fit_that_was_not_told(verdict: str) -> None:
    short = judged(n=5, D_R=0.30)
    score = Score(group=1, goal="solve", chosen=True, provisional=True, reason="", people=5, fit=None, low=None, high=None, verdict=verdict, coverage=short.coverage, criteria=short.criteria)
    assert gains.gains(short.criteria, GOAL)
    assert gains.told(score, shipped("closeness")) == []
    assert gains.told(msgspec.structs.replace(score, verdict="partly"), shipped("closeness"))
