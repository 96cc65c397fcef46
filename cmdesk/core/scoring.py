"""From measures to a fit: the score curve, the weighted mean, coverage and the verdict (docs/goal-model.md §4.4).

Where measures bring replicates, the fit is computed in each of them, and the verdict goes by its interval. Comparisons with an edge are made after rounding to nine decimals, so that a sum such as .1 + .2 never decides a verdict.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence

import msgspec

from cmdesk.core.contributions import CriterionScore, Measure
from cmdesk.core.goal_model import SUBSCORES, Band, Criterion, Goal
from cmdesk.core.text import N_

FITS, PARTLY, NOT_YET, NO_VERDICT = "fits", "partly", "not_yet", "no_verdict"
VERDICTS = (FITS, PARTLY, NOT_YET, NO_VERDICT)

FAILED_GATE = 0.25
"""A measured gate with a score under this fails."""
CAP = 0.49
"""The most that a fit can be where a gate fails."""
LEAST_COVERAGE = 0.60
FIT_FROM = 0.60
NOT_YET_UNDER = 0.50
SURELY_FAILED = 0.90
"""With replicates: a gate that fails on the value fails for sure where it fails in this share of them, too."""
SEEN_ENOUGH = 0.80
"""Where a smaller share of the messages was seen, AT_LEAST are lower bounds and never the reason for NOT YET (§4.6)."""
SEEN_TOO_LITTLE = 0.50
"""Where a smaller share of the messages was seen, there is no verdict on the goals CLOSE."""
AT_LEAST = frozenset({"D_R", "coh", "two"})
CLOSE = frozenset({"collaborate", "solve", "innovate"})
LEAST_DAYS = 90
"""A shorter period gives values, and no verdict (§4.6)."""

_PLACES = 9


def u(x: float, band: Band, scale: str = "linear") -> float:
    """The score of `x` on `band`, 0–1: 1 inside ideal, .5 at the acceptable edge, 0 one band-width beyond it; an open side scores 1.
    On the "ln" scale x and the edges are logarithms, and a size of 0 or less scores 0. `x` may be infinite, never nan."""
    if math.isnan(x):
        raise ValueError("a value that is not a number has no score: it is missing")
    if scale == "ln":
        if x <= 0:
            return 0.0
        x, band = math.log(x), logarithms(band)
    return min(_side(x, band.accept_low, band.ideal_low), _side(-x, _minus(band.accept_high), _minus(band.ideal_high)))


def _side(x: float, accept: float | None, ideal: float | None) -> float:
    if accept is None or ideal is None:
        return 1.0
    if math.isinf(x):
        return 1.0 if x > 0 else 0.0
    return min(1.0, max(0.0, 0.5 + 0.5 * (x - accept) / (ideal - accept)))


def _minus(edge: float | None) -> float | None:
    return None if edge is None else -edge


def logarithms(band: Band) -> Band:
    """The band of the logarithms."""
    return Band(**{key: None if (edge := getattr(band, key)) is None else math.log(edge) for key in Band.__struct_fields__})


class Judgement(msgspec.Struct, frozen=True, kw_only=True):
    """A goal's criteria as they came out, and what follows. `fit`, `low`, `high` and `chance` (the share of replicates with a fit of .50 or more)
    are None without a verdict, `chance` without replicates too. `failed`: the gates that fail; `doubtful`: with replicates, those of
    which it is not sure, and the share of replicates in which they fail; `unseen`: there is no verdict because too few of the messages were seen; `short`: because
    the period is too short. `loss` of a criterion is weight · (1 − score), what it costs the fit."""

    criteria: tuple[CriterionScore, ...]
    fit: float | None
    low: float | None
    high: float | None
    coverage: float
    verdict: str
    failed: tuple[str, ...]
    subscores: dict[str, float | None]
    subcoverage: dict[str, float]
    chance: float | None = None
    unseen: bool = False
    short: bool = False
    doubtful: tuple[tuple[str, float], ...] = ()


def judge(
    goal: Goal, measures: Mapping[str, Measure], units: Mapping[str, str] | None = None, *, seen: float | None = None, level: float = 0.80,
    days: int | None = None,
) -> Judgement:  # fmt: skip
    """Judge the measures of a group against `goal`; a metric that is not in `measures` counts as missing. `seen`: the share of the messages that
    the data hold (None: not known, counts as all); `days`: how long the period is (None: long enough). Without replicates low = high = fit; with them they hold `level` of the replicates."""
    units, part = units or {}, seen is not None and _under(seen, SEEN_ENOUGH)
    criteria = tuple(
        criterion_score(criterion, measures.get(criterion.metric), units.get(criterion.metric, ""), at_least=part and criterion.metric in AT_LEAST)
        for criterion in goal.criteria
    )
    found = _Outcome(goal, criteria, measures, level)
    word = found.verdict
    if word == NOT_YET and part:
        raised = [msgspec.structs.replace(row, score=1.0) if row.at_least else row for row in criteria]
        certain = {name: measure for name, measure in measures.items() if name not in AT_LEAST}  # what was raised is the same in all replicates
        word = word if _Outcome(goal, raised, certain, level).verdict == NOT_YET else PARTLY
    unseen = seen is not None and _under(seen, SEEN_TOO_LITTLE) and goal.name in CLOSE
    parts = {sub: [c.metric for c in goal.criteria if c.subscore == sub] for sub in SUBSCORES}
    subs = {sub: weighted((row.weight, row.score) for row in criteria if row.metric in names) for sub, names in parts.items() if names}
    short = days is not None and days < LEAST_DAYS
    word = NO_VERDICT if unseen or short else word
    told = word != NO_VERDICT
    return Judgement(
        criteria=criteria, fit=found.fit if told else None, low=found.low if told else None, high=found.high if told else None,
        chance=found.chance if told else None, coverage=found.coverage, verdict=word, failed=found.failed, unseen=unseen, short=short,
        doubtful=found.doubtful,
        subscores={sub: value for sub, (value, _) in subs.items()}, subcoverage={sub: cover for sub, (_, cover) in subs.items()},
    )  # fmt: skip


class _Outcome:
    """Fit, interval and verdict of criteria."""

    def __init__(self, goal: Goal, criteria: Sequence[CriterionScore], measures: Mapping[str, Measure], level: float) -> None:
        fit, self.coverage = weighted((row.weight, row.score) for row in criteria)
        failed = tuple(row.metric for row in criteria if row.gate and row.score is not None and _under(row.score, FAILED_GATE))
        self.fit = min(fit, CAP) if failed and fit is not None else fit
        self.low, self.high, self.chance, self.failed = self.fit, self.fit, None, failed
        self.doubtful: tuple[tuple[str, float], ...] = ()
        if self.fit is not None and any(measures[row.metric].replicates is not None for row in criteria if row.metric in measures):
            from cmdesk.core import replicates  # numpy loads here

            spread = replicates.spread(goal, criteria, measures, level)
            self.low, self.high, self.chance = min(spread.low, self.fit), max(spread.high, self.fit), spread.chance
            self.failed = tuple(name for name in failed if spread.failing[name] >= SURELY_FAILED)
            told = {name: share for name, share in spread.failing.items() if name in failed or share >= (1 - level) / 2}
            self.doubtful = tuple((name, share) for name, share in told.items() if name not in self.failed)
        measured = all(row.score is not None for row in criteria if row.gate)
        self.verdict = verdict(self.low, self.high, self.coverage, gate_failed=bool(self.failed), gates_measured=measured)


def criterion_score(criterion: Criterion, measure: Measure | None, unit: str = "", *, at_least: bool = False) -> CriterionScore:
    """One measure on its band: a proxy on the proxy band (missing where the criterion has none)."""
    if measure is None:
        measure = Measure(None, missing=N_("No plugin brings the metric {metric}; install or switch on the plugin that does.").format(metric=criterion.metric))
    value, missing, band = measure.value, measure.missing, criterion.band
    if value is not None and math.isnan(value):
        value, missing = None, N_("The metric gave no number; this is a fault of the plugin that brings it.")
    if value is not None and measure.proxy:
        if criterion.proxy is None:
            value, missing = None, N_("Only a stand-in could be measured, and this criterion has no band for it.")
        else:
            band = criterion.proxy
    there = value is not None
    return CriterionScore(
        metric=criterion.metric, value=value, unit=unit, n=measure.n, low=measure.low if there else None, high=measure.high if there else None,
        score=None if value is None else u(value, band, criterion.scale), weight=criterion.weight, gate=criterion.gate, missing=missing,
        indicative=measure.indicative and there, proxy=measure.proxy and there, advice=criterion.advice,
        at_least=at_least and there,
    )  # fmt: skip


def weighted(rows: Iterable[tuple[float, float | None]]) -> tuple[float | None, float]:
    """(Σ w·u / Σ w over what was measured, Σ w measured / Σ w) of (weight, score or None): what is missing never counts as 0."""
    rows = list(rows)
    total = math.fsum(weight for weight, _ in rows)
    measured = math.fsum(weight for weight, score in rows if score is not None)
    if measured <= 0:
        return None, 0.0
    fit = math.fsum(weight * score for weight, score in rows if score is not None) / measured
    return min(1.0, max(0.0, fit)), min(1.0, measured / total)


def verdict(low: float | None, high: float | None, coverage: float, *, gate_failed: bool, gates_measured: bool) -> str:
    """The first rule of §4.4 that holds; `low` and `high` are the edges of the fit's 80 % interval (None: nothing measured)."""
    if gate_failed:
        return NOT_YET
    if low is None or high is None or _under(coverage, LEAST_COVERAGE):
        return NO_VERDICT
    if not _under(low, FIT_FROM) and gates_measured:
        return FITS
    return NOT_YET if _under(high, NOT_YET_UNDER) else PARTLY


def _under(value: float, edge: float) -> bool:
    return round(value, _PLACES) < edge


def losses(criteria: Sequence[CriterionScore]) -> list[CriterionScore]:
    """The measured criteria by what they cost the fit, the dearest first; equal ones in the model's order."""
    measured = [row for row in criteria if row.score is not None]
    return sorted(measured, key=lambda row: -round(row.weight * (1 - (row.score or 0.0)), _PLACES))
