"""One sentence that says why a verdict came out: the criterion that decides, or the data that are missing and how to bring them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from cmdesk.api import CriterionScore, _, goal_model, ngettext, scoring

Titles = Mapping[str, tuple[str, str]]
_NAMED = 3  # titles in one sentence


class Words:
    """How metrics are spoken of: title and unit by name."""

    def __init__(self, titles: Titles) -> None:
        self._titles = titles

    def title(self, metric: str) -> str:
        """The metric's title, or its name where no plugin brings it."""
        return self._titles.get(metric, (metric, ""))[0]

    def titles(self, rows: list[CriterionScore]) -> str:
        """Up to three titles, and how many more there are."""
        return listed([self.title(row.metric) for row in rows])

    def value(self, row: CriterionScore, value: float) -> str:
        """A value of the row's metric with its unit."""
        unit = self._titles.get(row.metric, ("", row.unit))[1]
        if unit == "share":
            return f"{100 * value:.0f} %" if value >= 0.1 or value == 0 else f"{100 * value:.1f} %"
        number = f"{value:.0f}" if abs(value) >= 100 or value == int(value) else f"{value:.2g}" if abs(value) < 10 else f"{value:.1f}"
        return number if unit in ("0–1", "ratio", "-1 to 1", "") else f"{number} {_(unit)}"

    def short(self, row: CriterionScore, criterion: goal_model.Criterion) -> str:
        """Such as: Readers: 30 %, where at least 50 % is acceptable."""
        value = row.value if row.value is not None else 0.0
        band = criterion.proxy if row.proxy and criterion.proxy else criterion.band
        told = self.value(row, value)
        said = {"title": self.title(row.metric), "value": _("at least {value}").format(value=told) if row.at_least else told}
        if band.ideal_low is not None and band.accept_low is not None and value < band.ideal_low:
            return _("{title}: {value}, where at least {edge} is acceptable").format(edge=self.value(row, band.accept_low), **said)
        if band.accept_high is not None:
            return _("{title}: {value}, where at most {edge} is acceptable").format(edge=self.value(row, band.accept_high), **said)
        return _("{title}: {value}").format(**said)


def listed(names: Sequence[str]) -> str:
    """Up to three names, and how many more there are."""
    if len(names) <= 1:
        return "".join(names)
    more = len(names) - _NAMED
    if more > 0:
        return _("{names} and {n} more").format(names=", ".join(names[:_NAMED]), n=more)
    return _("{names} and {last}").format(names=", ".join(names[:-1]), last=names[-1])


def _series(names: Sequence[str]) -> str:
    """Names that are not cmdesk's, without a word between them while they are few."""
    return ", ".join(names) if len(names) <= _NAMED else listed(names)


class Inside(NamedTuple):
    """What inside a group fits: names of groups, numbers of circles."""

    groups: Sequence[str]
    circles: Sequence[int]

    def told(self) -> str:
        """Such as: 3 of its groups (Board, Research, Sales) and 2 circles (circle 3, circle 7)."""
        circles = ""
        if self.circles:
            numbers = _series([_("circle {number}").format(number=number) for number in self.circles])
            circles = ngettext("{n} circle ({names})", "{n} circles ({names})", len(self.circles)).format(n=len(self.circles), names=numbers)
        if not self.groups:
            return circles
        said = {"n": len(self.groups), "names": _series(self.groups)}
        if circles:
            return _("{n} of its groups ({names}) and {circles}").format(circles=circles, **said)
        return _("{n} of its groups ({names})").format(**said)


def reason(found: scoring.Judgement, goal: goal_model.Goal, words: Words, inside: Inside) -> str:
    """See the module. `inside`: what inside this group fits."""
    if found.short:
        return _("The period is shorter than {least} days, too short for a verdict; choose a longer one.").format(least=scoring.LEAST_DAYS)
    if found.unseen:
        return _("Fewer than half of the messages were seen, too few to judge how close people are; import more of them.")
    if found.verdict == scoring.NO_VERDICT:
        return _no_verdict(found, words)
    if found.verdict == scoring.FITS:
        return _fits(found, words)
    text = _short_of(found, goal, words)
    many = len(inside.groups) + len(inside.circles)
    if not many:
        return text
    return ngettext("Not as a whole; {inside} fits: {why}", "Not as a whole; {inside} fit: {why}", many).format(inside=inside.told(), why=text)


def _no_verdict(found: scoring.Judgement, words: Words) -> str:
    absent = sorted((row for row in found.criteria if row.score is None), key=lambda row: (not row.gate, -row.weight))
    text = ngettext(
        "Only {share:.0f} % of what counts can be measured; missing is {titles} ({why}).",
        "Only {share:.0f} % of what counts can be measured; missing are {titles} ({why}).",
        len(absent),
    )
    return text.format(share=100 * found.coverage, titles=words.titles(absent), why=_inner(absent[0].missing))


def _fits(found: scoring.Judgement, words: Words) -> str:
    worst = scoring.losses(found.criteria)[0]
    if worst.score == 1 or worst.value is None:
        return _("It fits; everything that was measured lies in its ideal range.")
    return _("It fits; {title} ({value}) leaves most to gain.").format(
        title=words.title(worst.metric), value=words.value(worst, worst.value)
    )


def _short_of(found: scoring.Judgement, goal: goal_model.Goal, words: Words) -> str:
    criteria = {criterion.metric: criterion for criterion in goal.criteria}
    if found.failed:
        failed = sorted((row for row in found.criteria if row.metric in found.failed), key=lambda row: (row.score or 0.0, -row.weight))
        return _("{why} (a must-have).").format(why=words.short(failed[0], criteria[failed[0].metric]))
    if found.doubtful and found.verdict == scoring.PARTLY:
        metric, share = max(found.doubtful, key=lambda doubt: doubt[1])
        row = next(row for row in found.criteria if row.metric == metric)
        return _(
            "{why} (a must-have); when people and weeks are drawn again it is clearly missed in {share:.0f} % of the cases, so that is not sure."
        ).format(why=words.short(row, criteria[metric]), share=100 * share)
    unmeasured = [row for row in found.criteria if row.gate and row.score is None]
    if found.fit is not None and unmeasured and not round(found.fit, 9) < scoring.FIT_FROM:
        return _("What was measured fits, but a must-have is missing: {title} ({why}).").format(
            title=words.titles(unmeasured), why=_inner(unmeasured[0].missing)
        )
    worst = scoring.losses(found.criteria)[0]
    return _("{why}; this costs the fit most.").format(why=words.short(worst, criteria[worst.metric]))


def _inner(sentence: str) -> str:
    """A sentence as a part of another: without its full stop, and with a small letter where a word, not a name or an acronym, begins it."""
    text = sentence.rstrip(". ")
    return text[:1].lower() + text[1:] if text[1:2].islower() or text[1:2] == " " else text
