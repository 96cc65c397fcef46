"""The fit in every replicate: its interval, how often it is .50 or more, and how often each gate fails (docs/goal-model.md §4.4, §4.6)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np

from cmdesk.core import scoring
from cmdesk.core.contributions import CriterionScore, Measure
from cmdesk.core.goal_model import Band, Criterion, Goal
from cmdesk.core.snapshot import Floats


class Spread(NamedTuple):
    """What the replicates of a fit say; `failing` has the share of them in which each measured gate fails."""

    low: float
    high: float
    chance: float
    failing: dict[str, float]


def spread(goal: Goal, criteria: Sequence[CriterionScore], measures: Mapping[str, Measure], level: float) -> Spread:
    """Of criteria of which at least one is measured and has replicates. Gates are applied in every replicate; a criterion whose
    measure is not there or has no replicates is the same in all of them."""
    fits, failing = fits_of(goal, criteria, measures)
    tail = 50 * (1 - level)
    low, high = np.percentile(fits, [tail, 100 - tail])
    return Spread(float(low), float(high), float((fits.round(9) >= scoring.NOT_YET_UNDER).mean()), failing)


def fits_of(goal: Goal, criteria: Sequence[CriterionScore], measures: Mapping[str, Measure]) -> tuple[Floats, dict[str, float]]:
    """The fit in each replicate, and for each measured gate the share of replicates in which it fails."""
    total, weights, failing, any_fails = np.zeros(1), 0.0, {}, np.zeros(1, np.bool_)
    for criterion, row in zip(goal.criteria, criteria, strict=True):
        if row.score is None or row.value is None:
            continue
        scores = _scores(criterion, row, measures.get(row.metric))
        total = total + row.weight * scores
        weights += row.weight
        if row.gate:
            fails = scores.round(9) < scoring.FAILED_GATE
            failing[row.metric] = float(fails.mean())
            any_fails = any_fails | fails
    fits = np.clip(total / weights, 0.0, 1.0)
    return np.where(any_fails, np.minimum(fits, scoring.CAP), fits), failing


def _scores(criterion: Criterion, row: CriterionScore, measure: Measure | None) -> Floats:
    """u in each replicate; one number for all where there is nothing to draw."""
    band = criterion.proxy if row.proxy and criterion.proxy is not None else criterion.band
    if measure is None or measure.replicates is None:
        return np.array([row.score], np.float64)
    values = np.where(np.isnan(measure.replicates), row.value or 0.0, measure.replicates)
    return u(values, band, criterion.scale)


def u(values: Floats, band: Band, scale: str = "linear") -> Floats:
    """`scoring.u` of many values."""
    if scale == "ln":
        inside = np.log(np.maximum(values, 1e-300))
        return np.where(values > 0, u(inside, scoring.logarithms(band)), 0.0)
    low = _side(values, band.accept_low, band.ideal_low)
    high = _side(-values, *(None if edge is None else -edge for edge in (band.accept_high, band.ideal_high)))
    return np.minimum(low, high)


def _side(values: Floats, accept: float | None, ideal: float | None) -> Floats:
    if accept is None or ideal is None:
        return np.ones(len(values))
    return np.asarray(np.clip(0.5 + 0.5 * (values - accept) / (ideal - accept), 0.0, 1.0))
