"""The score curve, the weighted mean, coverage and the verdict: vectors of the goal model to the printed digits, and laws."""

from __future__ import annotations

import math

import pytest
from hypothesis import given, strategies as st

from cmdesk.core import scoring
from cmdesk.core.contributions import Measure
from cmdesk.core.goal_model import Band, Criterion, Goal, Position

DENSITY = Band(accept_low=0.25, ideal_low=0.45, ideal_high=0.85, accept_high=0.98)
COLLABORATE = Band(accept_low=3, ideal_low=4, ideal_high=12, accept_high=25)
FIND = Band(accept_low=50, ideal_low=150)


def goal(*criteria: Criterion) -> Goal:
    return Goal(name="solve", title="", meaning="", role="", criteria=criteria, position=Position(size=(3, 9), density=(0.4, 0.8)))


def criterion(metric: str, weight: float, gate: bool = False, subscore: str = "", proxy: Band | None = None) -> Criterion:
    """A criterion whose score is its value: u(x) = x for x from 0 to 1."""
    return Criterion(metric=metric, weight=weight, gate=gate, subscore=subscore, band=Band(accept_low=0.5, ideal_low=1.0), proxy=proxy)


@pytest.mark.parametrize(
    ("x", "score"), [(0.05, 0), (0.15, 0.25), (0.25, 0.5), (0.35, 0.75), (0.45, 1), (0.85, 1), (0.92, 0.731), (0.98, 0.5), (1, 0.423)]
)
def test_curve_vectors(x: float, score: float) -> None:
    assert round(scoring.u(x, DENSITY), 3) == score


@pytest.mark.parametrize(
    ("band", "size", "score"),
    [
        (COLLABORATE, 18, 0.72), (COLLABORATE, 25, 0.50), (COLLABORATE, 40, 0.18), (COLLABORATE, 60, 0),
        (FIND, 20, 0.08), (FIND, 50, 0.5), (FIND, 100, 0.82), (FIND, 150, 1), (FIND, 0, 0), (COLLABORATE, -1, 0),
    ],
)  # fmt: skip
def test_sizes_use_logarithms(band: Band, size: float, score: float) -> None:
    assert abs(scoring.u(size, band, "ln") - score) <= 0.005


def test_open_sides_score_one_and_infinity_is_far_away() -> None:
    assert scoring.u(1e9, FIND) == 1
    assert scoring.u(math.inf, Band(accept_high=24, ideal_high=4)) == 0
    assert scoring.u(-math.inf, Band(accept_low=0, ideal_low=1)) == 0
    assert scoring.u(5, Band()) == 1
    with pytest.raises(ValueError, match="not a number"):
        scoring.u(math.nan, FIND)


@pytest.mark.parametrize(
    ("low", "high", "coverage", "failed", "measured", "expected"),
    [
        (0.60, 0.7, 0.8, False, True, "fits"), (0.60, 0.7, 0.8, False, False, "partly"), (0.9, 0.9, 0.59, False, True, "no_verdict"),
        (0.9, 0.9, 0.30, True, False, "not_yet"), (0.45, 0.499, 0.8, False, True, "not_yet"), (0.45, 0.50, 0.8, False, True, "partly"),
        (0.1 + 0.2 + 0.3, 0.7, 0.1 + 0.2 + 0.3, False, True, "fits"), (0.5999999999999, 0.7, 0.5999999999999, False, True, "fits"),
        (None, None, 0.0, False, False, "no_verdict"),
    ],
)  # fmt: skip
def test_verdict_rules(low: float | None, high: float | None, coverage: float, failed: bool, measured: bool, expected: str) -> None:
    assert scoring.verdict(low, high, coverage, gate_failed=failed, gates_measured=measured) == expected


def test_a_failed_gate_caps_the_fit_whatever_the_coverage() -> None:
    got = scoring.judge(
        goal(criterion("a", 30, gate=True), criterion("b", 70)), {"a": Measure(0.20), "b": Measure(None, missing="no data")}
    )
    assert (got.verdict, got.fit, got.coverage, got.failed) == ("not_yet", pytest.approx(0.2), 0.3, ("a",))
    got = scoring.judge(goal(criterion("a", 10, gate=True), criterion("b", 90)), {"a": Measure(0.20), "b": Measure(1.0)})
    assert (got.verdict, got.fit, got.low, got.high) == ("not_yet", 0.49, 0.49, 0.49)


def test_a_missing_gate_keeps_from_fits() -> None:
    rows = goal(criterion("a", 20, gate=True), criterion("b", 80))
    assert scoring.judge(rows, {"a": Measure(1.0), "b": Measure(1.0)}).verdict == "fits"
    assert scoring.judge(rows, {"b": Measure(1.0)}).verdict == "partly"


def test_no_verdict_has_no_fit_but_its_criteria() -> None:
    got = scoring.judge(goal(criterion("a", 59), criterion("b", 41)), {"a": Measure(1.0, n=12)})
    assert (got.verdict, got.fit, got.low, got.high, got.coverage) == ("no_verdict", None, None, None, 0.59)
    assert [(row.score, row.n) for row in got.criteria] == [(1.0, 12), (None, 0)]
    assert "No plugin brings the metric b" in got.criteria[1].missing


def test_subscores_have_their_own_criteria() -> None:
    rows = goal(
        criterion("a", 20, subscore="idea_finding"),
        criterion("b", 30, subscore="idea_finding"),
        criterion("c", 10, subscore="idea_growing"),
        criterion("d", 40),
    )
    got = scoring.judge(rows, {"a": Measure(1.0), "b": Measure(0.5), "d": Measure(0.0)})
    assert got.subscores == {"idea_finding": pytest.approx(0.7), "idea_growing": None}
    assert got.subcoverage == {"idea_finding": 1.0, "idea_growing": 0.0}


def test_a_proxy_is_scored_on_its_own_band_or_is_missing() -> None:
    band = Band(accept_low=0.27, ideal_low=0.38)
    got = scoring.judge(
        goal(criterion("a", 50, proxy=band), criterion("b", 50)), {"a": Measure(0.38, proxy=True), "b": Measure(0.38, proxy=True)}
    )
    assert (got.criteria[0].score, got.criteria[0].proxy) == (1.0, True)
    assert (got.criteria[1].score, got.criteria[1].value) == (None, None)
    assert "stand-in" in got.criteria[1].missing


def test_what_is_no_number_is_missing() -> None:
    row = scoring.criterion_score(criterion("a", 1), Measure(math.nan, n=3))
    assert (row.value, row.score) == (None, None)
    assert row.missing


def test_losses_are_sorted_by_what_they_cost() -> None:
    got = scoring.judge(
        goal(criterion("a", 20), criterion("b", 50), criterion("c", 30)), {"a": Measure(0.0), "b": Measure(0.9), "c": Measure(None)}
    )
    assert [row.metric for row in scoring.losses(got.criteria)] == ["a", "b"]


edges = st.lists(st.floats(0.01, 1e6), min_size=4, max_size=4, unique=True).map(sorted)


@given(edges, st.floats(-1e7, 1e7), st.floats(-1e7, 1e7), st.sampled_from(["linear", "ln"]))
def test_curve_is_monotone_up_to_ideal_and_within_0_and_1(four: list[float], x: float, y: float, scale: str) -> None:
    band = Band(accept_low=four[0], ideal_low=four[1], ideal_high=four[2], accept_high=four[3])
    low, high = min(x, y), max(x, y)
    assert 0 <= scoring.u(x, band, scale) <= 1
    if high <= four[2]:
        assert scoring.u(low, band, scale) <= scoring.u(high, band, scale)
    if low >= four[1]:
        assert scoring.u(low, band, scale) >= scoring.u(high, band, scale)


rows = st.lists(st.tuples(st.floats(0.01, 100), st.one_of(st.none(), st.floats(0, 1))), min_size=1, max_size=12)


@given(rows)
def test_fit_lies_among_the_scores_and_missing_never_counts_as_zero(given_rows: list[tuple[float, float | None]]) -> None:
    fit, coverage = scoring.weighted(given_rows)
    measured = [(weight, score) for weight, score in given_rows if score is not None]
    assert 0 <= coverage <= 1
    assert scoring.weighted(measured)[0] == fit
    if not measured:
        assert fit is None
        return
    assert fit is not None
    scores = [score for _, score in measured]
    assert min(scores) - 1e-9 <= fit <= max(scores) + 1e-9


@given(rows, st.data())
def test_a_better_score_never_lowers_the_fit(given_rows: list[tuple[float, float | None]], data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(given_rows) - 1))
    weight, score = given_rows[place]
    if score is None:
        return
    better = [*given_rows[:place], (weight, data.draw(st.floats(score, 1))), *given_rows[place + 1 :]]
    before, after = scoring.weighted(given_rows)[0], scoring.weighted(better)[0]
    assert before is not None
    assert after is not None
    assert after >= before - 1e-12


@pytest.mark.parametrize(("days", "verdict"), [(1, "no_verdict"), (89, "no_verdict"), (90, "fits"), (None, "fits")])
@pytest.mark.parametrize("gate", [False, True])
def test_a_period_under_ninety_days_gives_values_and_no_verdict(days: int | None, verdict: str, gate: bool) -> None:
    found = scoring.judge(goal(criterion("a", 60, gate=gate), criterion("b", 40)), {"a": Measure(1.0), "b": Measure(1.0)}, days=days)
    assert (found.verdict, found.short) == (verdict, verdict == "no_verdict")
    assert (found.fit is None) is found.short and [row.score for row in found.criteria] == [1.0, 1.0]


def test_a_must_have_that_fails_in_a_short_period_is_no_verdict_either() -> None:
    found = scoring.judge(goal(criterion("a", 60, gate=True), criterion("b", 40)), {"a": Measure(0.0), "b": Measure(1.0)}, days=7)
    assert found.verdict == "no_verdict" and found.fit is None
