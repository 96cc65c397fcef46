"""What would change it: the criteria whose change to the ideal would raise a fit most, from the curve and the weights alone."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import msgspec

from cmdesk.core.contributions import CriterionScore, Score
from cmdesk.core.goal_model import Band, Goal, GoalModel
from cmdesk.core.scoring import CAP, FAILED_GATE, NOT_YET, PARTLY, weighted
from cmdesk.core.text import _

MOST = 3


class Gain(msgspec.Struct, frozen=True, kw_only=True):
    """If `metric` moved from `value` to `ideal`, the nearest edge of its ideal range, the fit would be `fit`, which is `gain` more. `gate`: it is a
    must-have that fails now, and holds the fit down; where others fail as well, its `gain` may be 0."""

    metric: str
    value: float
    ideal: float
    fit: float
    gain: float
    gate: bool
    advice: str


def told(score: Score, model: GoalModel) -> list[Gain]:
    """The gains of a score as they are told: none where it fits, and none without a verdict, where no number stands for a fit."""
    return gains(score.criteria, model.goals[score.goal]) if score.verdict in (PARTLY, NOT_YET) and score.goal in model.goals else []


def gains(criteria: Sequence[CriterionScore], goal: Goal, most: int = MOST) -> list[Gain]:
    """Up to `most` changes of one criterion each, the largest gain first; none where nothing was measured or all is ideal. Data that are
    missing are no change. Where several must-haves fail, each is named even if it takes all of them to raise the fit."""
    bands = {criterion.metric: criterion for criterion in goal.criteria}
    now = _fit(criteria)
    found = []
    for place, row in enumerate(criteria):
        if row.score is None or row.value is None or row.score >= 1 or row.metric not in bands or now is None:
            continue
        criterion = bands[row.metric]
        edge = _ideal(row.value, criterion.proxy if row.proxy and criterion.proxy else criterion.band)
        better = [msgspec.structs.replace(other, score=1.0) if k == place else other for k, other in enumerate(criteria)]
        fit = _fit(better)
        failing = row.gate and round(row.score, 9) < FAILED_GATE
        if edge is not None and fit is not None and (fit > now or failing):
            found.append(
                Gain(
                    metric=row.metric, value=row.value, ideal=edge, fit=fit, gain=fit - now, gate=failing, advice=row.advice
                )
            )  # fmt: skip
    return sorted(found, key=lambda gain: (-round(gain.gain, 9), not gain.gate))[:most]


def sentence(gain: Gain, title: str, value: Callable[[float], str], number: Callable[[float], str]) -> str:
    """A gain in words; `value` writes the metric's values, `number` a fit."""
    if round(gain.gain, 9) <= 0:
        text = _("{title} from {value} to {ideal} is a must-have; the fit stays at {before} until the other must-haves are met, too.")
        return text.format(title=title, value=value(gain.value), ideal=value(gain.ideal), before=number(gain.fit))
    text = _("{title} from {value} to {ideal} would bring the fit from {before} to {after}.")
    said = text.format(title=title, value=value(gain.value), ideal=value(gain.ideal), before=number(gain.fit - gain.gain), after=number(gain.fit))
    return said + " " + _("It is a must-have.") if gain.gate else said


def _fit(criteria: Sequence[CriterionScore]) -> float | None:
    fit, _ignored = weighted((row.weight, row.score) for row in criteria)
    failed = any(row.gate and row.score is not None and round(row.score, 9) < FAILED_GATE for row in criteria)
    return fit if fit is None or not failed else min(fit, CAP)


def _ideal(value: float, band: Band) -> float | None:
    """The nearest edge of the ideal range."""
    if band.ideal_low is not None and value < band.ideal_low:
        return band.ideal_low
    return band.ideal_high if band.ideal_high is not None and value > band.ideal_high else None
