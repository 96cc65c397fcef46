"""Verdicts on intervals: the vectors of the goal model, gates in every replicate, and lower bounds where messages were not seen."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, strategies as st

from cmdesk.core import replicates, scoring
from cmdesk.core.contributions import Measure
from cmdesk.core.goal_model import GOALS, Band, Criterion, Goal, Position, shipped

B = 1000


def criterion(metric: str, weight: float, gate: bool = False) -> Criterion:
    """A criterion whose score is its value."""
    return Criterion(metric=metric, weight=weight, gate=gate, band=Band(accept_low=0.5, ideal_low=1.0))


def goal(*criteria: Criterion, name: str = "solve") -> Goal:
    return Goal(name=name, title="", meaning="", role="", criteria=criteria, position=Position(size=(3, 9), density=(0.4, 0.8)))


def spread(low: float, high: float) -> Measure:
    """A measure whose 80 % interval is low … high: 80 % of its replicates lie evenly between them, a tenth below and above."""
    below, above = max(0.0, low - 0.05), min(1.0, high + 0.05)
    tail = B // 10 - 2
    values = np.concatenate([np.full(tail, below), np.linspace(low, high, B - 2 * tail), np.full(tail, above)])
    return Measure((low + high) / 2, n=50, replicates=values)


@pytest.mark.parametrize(
    ("low", "high", "verdict"),
    [(0.61, 0.7, "fits"), (0.45, 0.499, "not_yet"), (0.45, 0.51, "partly"), (0.58, 0.9, "partly")],
)
def test_the_verdict_goes_by_the_interval(low: float, high: float, verdict: str) -> None:
    found = scoring.judge(goal(criterion("a", 80), criterion("b", 20)), {"a": spread(low, high), "b": spread(low, high)})
    assert found.verdict == verdict
    assert found.low == pytest.approx(low, abs=0.002)
    assert found.high == pytest.approx(high, abs=0.002)


def test_a_missing_gate_and_little_coverage_rule_as_without_intervals() -> None:
    rows = goal(criterion("a", 80), criterion("b", 20, gate=True))
    assert scoring.judge(rows, {"a": spread(0.7, 0.8)}).verdict == "partly"
    rows = goal(criterion("a", 59), criterion("b", 41))
    found = scoring.judge(rows, {"a": spread(0.9, 0.95)})
    assert (found.verdict, found.fit, found.low, found.chance) == ("no_verdict", None, None, None)


@pytest.mark.parametrize(("failing", "verdict"), [(1.0, "not_yet"), (0.90, "not_yet"), (0.89, "partly"), (0.0, "fits")])
def test_a_gate_fails_where_it_fails_in_nine_of_ten_replicates(failing: float, verdict: str) -> None:
    many = round(failing * B)
    gate = Measure(0.20 if failing > 0.5 else 0.9, replicates=np.concatenate([np.full(many, 0.2), np.full(B - many, 0.9)]))
    found = scoring.judge(goal(criterion("g", 10, gate=True), criterion("a", 90)), {"g": gate, "a": spread(0.9, 0.95)})
    assert found.verdict == verdict
    assert found.failed == (("g",) if verdict == "not_yet" else ())
    assert found.fit is not None
    assert (found.fit <= scoring.CAP) == (failing > 0.5)
    assert found.chance == pytest.approx(1 - failing)
    assert found.low is not None and found.high is not None and found.low <= found.fit <= found.high
    assert found.doubtful == ((("g", pytest.approx(failing)),) if verdict == "partly" else ())


def test_a_gate_that_the_value_passes_never_rules_alone() -> None:
    """The fit stands on the values; where draws nearly always miss what the value reaches, nothing is sure."""
    gate = Measure(0.9, replicates=np.concatenate([np.full(950, 0.2), np.full(50, 0.9)]))
    found = scoring.judge(goal(criterion("g", 10, gate=True), criterion("a", 90)), {"g": gate, "a": spread(0.9, 0.95)})
    assert (found.verdict, found.failed, found.doubtful) == ("partly", (), (("g", 0.95),))
    assert found.low is not None and found.high is not None and found.fit is not None
    assert found.low == scoring.CAP < found.fit <= found.high


def test_a_gate_that_fails_now_and_then_is_no_doubt() -> None:
    gate = Measure(0.9, replicates=np.concatenate([np.full(90, 0.2), np.full(910, 0.9)]))
    found = scoring.judge(goal(criterion("g", 10, gate=True), criterion("a", 90)), {"g": gate, "a": spread(0.9, 0.95)})
    assert (found.verdict, found.doubtful) == ("fits", ())


@given(st.lists(st.floats(0, 1), min_size=2, max_size=2), st.integers(0, 2**32 - 1), st.floats(0.01, 0.4))
def test_fit_edges_and_verdict_never_contradict_each_other(values: list[float], seed: int, width: float) -> None:
    rng = np.random.default_rng(seed)
    measures = {name: Measure(value, replicates=np.clip(rng.normal(value, width, 400), 0, 1)) for name, value in zip("ga", values, strict=True)}
    found = scoring.judge(goal(criterion("g", 40, gate=True), criterion("a", 60)), measures)
    assert found.low is not None and found.high is not None and found.fit is not None
    assert found.low <= found.fit <= found.high
    if found.verdict == "fits":
        assert found.low >= 0.6 - 1e-9 and found.failed == ()
    elif found.verdict == "not_yet":
        assert found.fit < 0.5 and (found.failed or found.high < 0.5)


def test_rule_one_holds_at_little_coverage() -> None:
    gate = Measure(0.20, replicates=np.full(B, 0.2))
    found = scoring.judge(goal(criterion("g", 30, gate=True), criterion("a", 70)), {"g": gate})
    assert (found.verdict, found.coverage) == ("not_yet", 0.3)
    assert found.fit is not None
    assert found.fit <= 0.49


def test_a_wider_interval_is_offered() -> None:
    rows, measures = goal(criterion("a", 100)), {"a": Measure(0.5, replicates=np.linspace(0, 1, B))}
    narrow, wide = scoring.judge(rows, measures), scoring.judge(rows, measures, level=0.90)
    assert (narrow.low, narrow.high) == (pytest.approx(0.1, abs=0.001), pytest.approx(0.9, abs=0.001))
    assert (wide.low, wide.high) == (pytest.approx(0.05, abs=0.001), pytest.approx(0.95, abs=0.001))
    assert narrow.chance == wide.chance == pytest.approx(0.5, abs=0.01)


def test_replicates_that_are_no_numbers_count_as_the_value() -> None:
    found = scoring.judge(goal(criterion("a", 100)), {"a": Measure(0.7, replicates=np.full(B, np.nan))})
    assert (found.fit, found.low, found.high) == (pytest.approx(0.7),) * 3


@given(st.floats(-5, 500), st.sampled_from([(goal_name, row) for goal_name in GOALS for row in shipped().goals[goal_name].criteria]))
def test_the_curve_of_many_values_is_that_of_one(x: float, where: tuple[str, Criterion]) -> None:
    row = where[1]
    assert replicates.u(np.array([x]), row.band, row.scale)[0] == pytest.approx(scoring.u(x, row.band, row.scale), abs=1e-12)


CLOSE_ROWS = (criterion("D_R", 30, gate=True), criterion("a", 70))


@pytest.mark.parametrize(
    ("seen", "verdict"), [(None, "not_yet"), (1.0, "not_yet"), (0.80, "not_yet"), (0.799, "partly"), (0.5, "partly"), (0.499, "no_verdict")]
)
@pytest.mark.parametrize("with_replicates", [False, True])
def test_what_was_not_seen_never_speaks_against_a_group(seen: float | None, verdict: str, with_replicates: bool) -> None:
    measures = {"D_R": Measure(0.1), "a": Measure(0.7)}
    if with_replicates:
        measures = {"D_R": Measure(0.1, replicates=np.full(B, 0.1)), "a": spread(0.65, 0.75)}
    found = scoring.judge(goal(*CLOSE_ROWS), measures, seen=seen)
    assert found.verdict == verdict
    assert found.unseen == (verdict == "no_verdict")
    assert [row.at_least for row in found.criteria] == [seen is not None and seen < 0.8, False]


def test_other_criteria_still_speak_against_a_group() -> None:
    assert scoring.judge(goal(*CLOSE_ROWS), {"D_R": Measure(0.1), "a": Measure(0.2)}, seen=0.7).verdict == "not_yet"
    rows = goal(criterion("D_R", 30, gate=True), criterion("a", 70, gate=True))
    assert scoring.judge(rows, {"D_R": Measure(0.1), "a": Measure(0.1)}, seen=0.7).verdict == "not_yet"


def test_goals_of_loose_networks_keep_their_verdict() -> None:
    assert scoring.judge(goal(criterion("a", 100), name="find"), {"a": Measure(0.9)}, seen=0.3).verdict == "fits"
