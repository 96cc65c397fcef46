"""The page's words: verdicts, the doubts about a fit, definitions."""

from __future__ import annotations

from collections.abc import Iterator

from cmdesk.api import Report, Score, _, frame, wording


def verdicts() -> Iterator[tuple[str, str]]:
    """Each verdict by name, and what it says."""
    yield "fits", _("The structure is as the goal asks: the fit is at least 0.60 and every must-have was measured and is there.")
    yield "partly", _("Some of what the goal asks for is there.")
    yield "not_yet", _("The structure is not as the goal asks: the fit is under 0.50, or a must-have is clearly missing.")
    yield "no_verdict", _("Less than 60 % of what the goal asks for could be measured. The report names the data that are missing.")


def numbers(report: Report) -> Iterator[tuple[str, str]]:
    """What the numbers of a card mean."""
    yield _("Fit"), _("How much of what the goal asks for was found, 0 to 1; at most 0.49 where a must-have scores under 0.25.")
    level = report.level or 0.8
    yield (
        _("Interval"),
        _("Had other people and other weeks been seen, the number would lie in this range in {share} of the cases. Verdicts go by it.").format(
            share=wording.percent(level)
        ),
    )
    yield _("Fragile"), _("The verdict without intervals is another one where trust fades faster or slower, or moderators are left out.")
    yield _("Data available"), _("The weights of the criteria that were measured ÷ all weights. What is missing never counts as zero.")
    yield _("Must-have"), _("A criterion without which the goal cannot be reached: a score under 0.25 makes the verdict “not yet”.")
    yield _("n"), _("On how many persons, questions, pairs … a value stands.")
    yield _("At least"), _("Part of the messages was not seen: the true value may be higher.")


def fit(score: Score) -> str:
    """Fit with its interval, "" without a verdict."""
    if score.fit is None or score.verdict == "no_verdict":
        return ""
    said = wording.decimal(score.fit)
    span = "" if score.provisional else wording.interval(score.low, score.high)
    return f"{said} ({span})" if span else said


def doubts(score: Score) -> list[str]:
    """How sure the verdict is, and where the two goal models disagree."""
    found = []
    if score.fit is not None and score.verdict != "no_verdict":
        if score.provisional:
            found.append(_("Provisional: without intervals yet."))
        elif score.chance is not None:
            found.append(_("In {share} of the resampled communities the fit is 0.50 or more.").format(share=wording.percent(score.chance)))
    if score.fragile:
        flips = "; ".join(f"{wording.setting(setting)}: {frame.word(verdict)}" for setting, verdict in wording.flips(score))
        found.append(_("Fragile: the verdict without intervals is another one with {settings}.").format(settings=flips))
    if score.disagrees is not None:
        found.append(score.disagrees.sentence)
    return found
