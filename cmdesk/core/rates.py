"""Rates with few items are drawn towards a prior: Beta-binomial shrinkage and its 80 % interval (docs/goal-model.md §4.6), without scipy."""

from __future__ import annotations

import math
from statistics import NormalDist
from typing import Any

import numpy as np

Floats = np.ndarray[Any, np.dtype[np.float64]]
Index = np.ndarray[Any, np.dtype[np.int64]]

STRENGTH = 10.0
"""m: the prior weighs as much as this many items."""
INTERVAL = 0.80

_MANY = 100  # from here on the Cornish-Fisher expansion is as good as 1e-6, and much faster
_TINY = 1e-300
_EPSILON = 1e-13


def shrunk(hits: float, items: float, prior: float, strength: float = STRENGTH) -> float:
    """(hits + m·prior) / (items + m): the mean of the posterior; `items` + m must be above 0."""
    return (hits + strength * prior) / (items + strength)


def interval(hits: float, items: float, prior: float, strength: float = STRENGTH, level: float = INTERVAL) -> tuple[float, float]:
    """The central interval of the posterior Beta(hits + m·prior, items − hits + m·(1 − prior))."""
    low, high = intervals(np.array([hits]), np.array([items]), prior, strength, level)
    return float(low[0]), float(high[0])


def intervals(hits: Floats, items: Floats, prior: float, strength: float = STRENGTH, level: float = INTERVAL) -> tuple[Floats, Floats]:
    """`interval` of many rates with one prior: their lower and their upper edges."""
    a, b = hits + strength * prior, items - hits + strength * (1 - prior)
    tail = (1 - level) / 2
    return beta_quantiles(tail, a, b), beta_quantiles(1 - tail, a, b)


def own_interval(hits: float, items: float, level: float = INTERVAL) -> tuple[float, float]:
    """The interval of a rate that is not shrunk: that of Jeffreys' prior Beta(½, ½), stretched to hold hits/items itself."""
    low, high = interval(hits, items, 0.5, 1.0, level)
    rate = hits / items
    return min(low, rate), max(high, rate)


def beta_quantiles(p: float, a: Floats, b: Floats) -> Floats:
    """x with I_x(a, b) = p, 0 < p < 1, to about 1e-10 (Newton's method inside a bracket); where a or b is 0 the distribution sits at 0 or 1."""
    result = np.where(a <= 0, 0.0, 1.0)
    many = np.minimum(a, b) >= _MANY
    result[many] = _many(p, a[many], b[many])
    todo: Index = np.flatnonzero((a > 0) & (b > 0) & ~many)
    a, b = a[todo].astype(np.float64), b[todo].astype(np.float64)
    x, low, high, ln_beta = a / (a + b), np.zeros(len(todo)), np.ones(len(todo)), _ln_beta(a, b)
    for _ in range(100):
        error = beta_cdf(x, a, b) - p
        low, high = np.where(error < 0, x, low), np.where(error > 0, x, high)
        ln_density = (a - 1) * np.log(np.maximum(x, _TINY)) + (b - 1) * np.log1p(-np.minimum(x, 1 - 1e-16)) - ln_beta
        step = error * np.exp(np.minimum(-ln_density, 700.0))
        new = np.where((x - step > low) & (x - step < high), x - step, (low + high) / 2)
        going = np.abs(new - x) > 1e-11
        result[todo] = new
        todo, x, a, b = todo[going], new[going], a[going], b[going]
        low, high, ln_beta = low[going], high[going], ln_beta[going]
        if not len(todo):
            break
    return result


def _many(p: float, a: Floats, b: Floats) -> Floats:
    """The quantile from mean, spread, skewness and excess kurtosis (Cornish and Fisher)."""
    z, n = NormalDist().inv_cdf(p), a + b
    spread = np.sqrt(a * b / (n * n * (n + 1)))
    skew = 2 * (b - a) * np.sqrt(n + 1) / ((n + 2) * np.sqrt(a * b))
    excess = 6 * ((a - b) ** 2 * (n + 1) - a * b * (n + 2)) / (a * b * (n + 2) * (n + 3))
    w = z + (z * z - 1) * skew / 6 + (z**3 - 3 * z) * excess / 24 - (2 * z**3 - 5 * z) * skew**2 / 36
    return np.asarray(a / n + spread * w)


def beta_cdf(x: Floats, a: Floats, b: Floats) -> Floats:
    """The regularised incomplete beta function I_x(a, b), a and b above 0 (continued fraction by Lentz's method)."""
    left = x < (a + 1) / (a + b + 2)
    y, s, t = np.where(left, x, 1 - x), np.where(left, a, b), np.where(left, b, a)
    inside = np.clip(y, _TINY, 1 - 1e-16)
    part = np.exp(s * np.log(inside) + t * np.log1p(-inside) - _ln_beta(a, b)) * _fraction(inside, s, t) / s
    part = np.where(y <= 0, 0.0, part)
    return np.where(left, part, 1 - part)


def _ln_beta(a: Floats, b: Floats) -> Floats:
    return np.array([math.lgamma(p) + math.lgamma(q) - math.lgamma(p + q) for p, q in zip(a.tolist(), b.tolist(), strict=True)])


def _fraction(x: Floats, a: Floats, b: Floats) -> Floats:
    c, d = np.ones_like(x), 1.0 / _not_zero(1 - (a + b) * x / (a + 1))
    result, done = d, np.zeros(len(x), np.bool_)
    for m in range(1, 10_000):
        even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
        d, c = 1.0 / _not_zero(1 + even * d), _not_zero(1 + even / c)
        result = result * d * c
        odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
        d, c = 1.0 / _not_zero(1 + odd * d), _not_zero(1 + odd / c)
        result = np.where(done, result, result * d * c)
        done |= np.abs(d * c - 1) < _EPSILON  # each stops by itself, so that no rate depends on those beside it
        if done.all():
            break
    return result


def _not_zero(value: Floats) -> Floats:
    return np.where(np.abs(value) > _TINY, value, _TINY)
