"""Shrinkage and its interval, against the goal model's examples and against the binomial sums that the Beta distribution is for whole numbers."""

from __future__ import annotations

import time
from math import comb

import numpy as np
import pytest
from hypothesis import given, strategies as st

from cmdesk.core import rates


@pytest.mark.parametrize(
    ("hits", "items", "prior", "mean", "low", "high", "places"),
    [(2, 12, 0.4, 0.2727, 0.158, 0.397, 3), (3, 4, 0.5, 0.5714, 0.40, 0.74, 2), (18, 30, 0.5, 0.5750, 0.47, 0.67, 2)],
)
def test_examples(hits: int, items: int, prior: float, mean: float, low: float, high: float, places: int) -> None:
    assert round(rates.shrunk(hits, items, prior), 4) == mean
    got = rates.interval(hits, items, prior)
    assert (round(got[0], places), round(got[1], places)) == (low, high)


@pytest.mark.parametrize("x", [0.01, 0.3, 0.5, 0.77, 0.99])
@pytest.mark.parametrize(("a", "b"), [(1, 1), (2, 3), (6, 16), (20, 1), (30, 40)])
def test_the_distribution_is_a_sum_of_binomials(x: float, a: int, b: int) -> None:
    n = a + b - 1
    exact = sum(comb(n, j) * x**j * (1 - x) ** (n - j) for j in range(a, n + 1))
    assert rates.beta_cdf(np.array([x]), np.array([float(a)]), np.array([float(b)]))[0] == pytest.approx(exact, abs=1e-12)


@given(st.integers(0, 5000), st.integers(0, 5000), st.floats(0.02, 0.98), st.sampled_from([0.05, 0.1, 0.5, 0.9]))
def test_a_quantile_has_its_share_below_it(hits: int, others: int, prior: float, p: float) -> None:
    a, b = np.array([hits + 10 * prior]), np.array([others + 10 * (1 - prior)])
    x = rates.beta_quantiles(p, a, b)
    assert 0 <= x[0] <= 1
    assert rates.beta_cdf(x, a, b)[0] == pytest.approx(p, abs=2e-4)


@given(st.integers(0, 300), st.integers(1, 300), st.floats(0, 1))
def test_the_shrunk_rate_lies_between_the_rate_and_the_prior(hits: int, others: int, prior: float) -> None:
    rate = hits / (hits + others)
    mean = rates.shrunk(hits, hits + others, prior)
    assert min(rate, prior) - 1e-12 <= mean <= max(rate, prior) + 1e-12


def test_certain_rates_have_a_certain_interval() -> None:
    assert rates.interval(0, 100, 0.0) == (0.0, 0.0)
    assert rates.interval(7, 7, 1.0) == (1.0, 1.0)
    low, high = rates.own_interval(0, 30)
    assert low == 0.0
    assert 0.03 < high < 0.05


def test_two_hundred_groups_at_once_are_fast() -> None:
    random = np.random.default_rng(1)
    items = random.integers(10, 100_000, 200).astype(float)
    began = time.perf_counter()
    low, high = rates.intervals(np.floor(items * random.random(200)), items, 0.3)
    assert time.perf_counter() - began < 1.0
    assert (low < high).all()
