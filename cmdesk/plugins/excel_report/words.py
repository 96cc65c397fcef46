"""The report's words: verdicts, bands, goals."""

from __future__ import annotations

from collections.abc import Iterator

from cmdesk.api import GOALS, CriterionScore, Report, Score, _, goal_model, reports, wording

SHAPES = {"fits": "●", "partly": "◐", "not_yet": "○", "no_verdict": "–"}


def verdict(name: str) -> str:
    """A verdict as shape and word."""
    said = {"fits": _("FITS"), "partly": _("PARTLY"), "not_yet": _("NOT YET")}.get(name, _("NO VERDICT"))
    return f"{SHAPES.get(name, '–')} {said}"


def verdict_with_fit(score: Score) -> str:
    """A verdict and, where there is one, the fit."""
    return verdict(score.verdict) + ("" if score.fit is None or score.verdict == "no_verdict" else f"  {wording.decimal(score.fit)}")


def flips(score: Score) -> str:
    """The settings under which the verdict would be another one, "" where it is not fragile."""
    return "; ".join(f"{wording.setting(setting)}: {verdict(other)}" for setting, other in wording.flips(score)) if score.fragile else ""


def verdicts() -> Iterator[tuple[str, str]]:
    """Each verdict and what it says."""
    yield "fits", _("The structure is as the goal asks: the fit is at least 0.60 and every must-have was measured and is there.")
    yield "partly", _("Some of what the goal asks for is there.")
    yield "not_yet", _("The structure is not as the goal asks: the fit is under 0.50, or a must-have is clearly missing.")
    yield "no_verdict", _("Less than 60 % of what the goal asks for could be measured. The report names the data that are missing.")


def numbers() -> tuple[tuple[str, str], ...]:
    """What the columns of a goal's sheet mean."""
    return (
        (_("Score"), _("1 inside the ideal range, 0.5 at the edge of the acceptable range, 0 one range further; sizes on a logarithmic scale.")),
        (_("Contribution"), _("Score × weight ÷ the sum of the weights of the criteria that were measured.")),
        (_("Fit"), _("The sum of the contributions, 0 to 1; at most 0.49 where a must-have scores under 0.25.")),
        (_("From, to"), _("The interval: had other people and other weeks been seen, the number would lie in it in 80 % of the cases (or as Coverage says).")),
        (_("Chance of 0.50"), _("In how many of the resampled communities the fit is 0.50 or more.")),
        (_("Fragile"), _("The verdict without intervals is another one where trust fades faster or slower, or moderators are left out.")),
        (_("At least"), _("Part of the messages was not seen: the true value may be higher.")),
        (_("Without moderators"), _("The value when the posts of moderators do not count, where that differs.")),
        (_("Check"), _("The same number worked out again by a formula in this workbook, so that anybody can follow it.")),
        (_("Data available"), _("The weights of the criteria that were measured ÷ all weights. What is missing never counts as zero.")),
        (_("Must-have"), _("A criterion without which the goal cannot be reached: a score under 0.25 makes the verdict “not yet”.")),
        (_("n"), _("On how many persons, questions, pairs … a value stands.")),
    )


def goals_assessed(report: Report) -> list[str]:
    """The goals that the report has scores for, in the model's order; goals of a model of one's own last."""
    there = {score.goal for score in report.scores}
    return [goal for goal in GOALS if goal in there] + sorted(there - set(GOALS))


def chosen(report: Report) -> list[tuple[reports.GroupLine, Score]]:
    """The goals that were chosen, by group (the whole community first) and in the model's order."""
    lines = {line.id: line for line in report.groups}
    order = {goal: place for place, goal in enumerate(GOALS)}
    found = [(lines[score.group], score) for score in report.scores if score.chosen and score.group in lines]
    return sorted(found, key=lambda pair: (pair[0].parent is not None, pair[0].path.casefold(), pair[0].id, order.get(pair[1].goal, len(order))))


def goal_title(report: Report, goal: str) -> str:
    """A goal in the goal model's words."""
    return report.model.goals[goal].title if goal in report.model.goals else goal


def ranges(criterion: goal_model.Criterion | None, row: CriterionScore) -> tuple[str, str]:
    """The ideal and the acceptable range in words, of the stand-in where one was measured."""
    if criterion is None:
        return "", ""
    band = criterion.proxy if row.proxy and criterion.proxy is not None else criterion.band
    return _range(band.ideal_low, band.ideal_high), _range(band.accept_low, band.accept_high)


def _range(low: float | None, high: float | None) -> str:
    if low is None and high is None:
        return ""
    if high is None:
        return f"≥ {low:g}"
    return f"≤ {high:g}" if low is None else _("{low} to {high}").format(low=f"{low:g}", high=f"{high:g}")
