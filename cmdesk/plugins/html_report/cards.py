"""One card for each chosen goal of a group: verdict, doubts, criteria, what would change it, the manager's role, the trend."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from markupsafe import Markup

from cmdesk.api import GOALS, Drawing, Report, Score, _, bands, drawing, frame, gains, goal_model, reports, role, trend, wording

from . import words

Picture = Callable[[Drawing], Markup]
_STRIP, _TALL = 190.0, 18.0


class Row(NamedTuple):
    """A criterion: `missing` says why it has no value."""

    title: str
    meaning: str
    must: bool
    strip: Markup | None
    value: str
    span: str
    n: str
    ideal: str
    acceptable: str
    notes: tuple[str, ...]
    cost: str
    missing: str
    source: str


class Card(NamedTuple):
    """One goal of one group; `why` instead of everything else where it may not be shown."""

    id: int
    group: str
    people: int | None
    why: str
    goal: str
    meaning: str
    verdict: str
    word: str
    fit: str
    reason: str
    doubts: tuple[str, ...]
    available: str
    rows: tuple[Row, ...]
    gains: tuple[str, ...]
    role: str
    quarter: tuple[str, ...]
    trend: Markup | None


def chosen(report: Report) -> list[tuple[reports.GroupLine, Score]]:
    """The goals that were chosen, by group (the whole community first) and in the model's order."""
    lines = {line.id: line for line in report.groups}
    order = {goal: place for place, goal in enumerate(GOALS)}
    found = [(lines[score.group], score) for score in report.scores if score.chosen and score.group in lines]
    return sorted(found, key=lambda pair: (pair[0].parent is not None, pair[0].path.casefold(), pair[0].id, order.get(pair[1].goal, len(order))))


def in_short(report: Report) -> list[tuple[str, str, int]]:
    """(verdict, its word, how often) of the chosen goals that may be shown."""
    shown = [score for line, score in chosen(report) if not line.hidden]
    counts = [(verdict, frame.word(verdict), sum(score.verdict == verdict for score in shown)) for verdict, _meaning in words.verdicts()]
    return [count for count in counts if count[2]]


def by_group(made: Sequence[Card]) -> list[tuple[str, list[Card]]]:
    """The cards of each group together."""
    parts = [list(part) for _id, part in groupby(made, key=lambda each: each.id)]
    return [(part[0].group, part) for part in parts]


def measures(report: Report) -> list[reports.MetricLine]:
    """The measures that the goal model asks for."""
    asked = {criterion.metric for goal in report.model.goals.values() for criterion in goal.criteria}
    return [line for line in report.metrics if line.name in asked]


def goals(report: Report) -> list[goal_model.Goal]:
    """The goals of the model, in its order."""
    return list(report.model.goals.values())


def card(report: Report, line: reports.GroupLine, score: Score, picture: Picture) -> Card:
    """The card of a score."""
    goal = report.model.goals[score.goal]
    name = line.path or line.name
    if line.hidden:
        return Card(line.id, name, None, _(line.why), goal.title, goal.meaning, "no_verdict", "", "", "", (), "", (), (), "", (), None)
    return Card(
        id=line.id, group=name, people=line.people, why="", goal=goal.title, meaning=goal.meaning, verdict=score.verdict, word=frame.word(score.verdict),
        fit=words.fit(score), reason=score.reason, doubts=tuple(words.doubts(score)), available=wording.percent(score.coverage),
        rows=tuple(_rows(report, score, picture)), gains=tuple(_gains(report, score)), role=goal.role, quarter=role.this_quarter(score, goal),
        trend=_trend(report, score, picture),
    )  # fmt: skip


def _rows(report: Report, score: Score, picture: Picture) -> Iterator[Row]:
    texts = {line.name: line for line in report.metrics}
    sources = {criterion.metric: criterion.source for criterion in report.model.goals[score.goal].criteria}
    for bar in bands.bars(score, report.model):
        row = bar.criterion
        metric = texts.get(row.metric)
        known = row.score is not None and row.value is not None
        ideal, acceptable = wording.ranges(bar.band, row.unit)
        title = metric.title if metric else row.metric
        value = wording.value(row.value, row.unit) if known else ""
        yield Row(
            title=title, meaning=metric.meaning if metric else "", must=row.gate, strip=_strip(bar, title, picture) if known else None,
            value=_("at least {value}").format(value=value) if known and row.at_least else value,
            span=wording.interval(row.low, row.high, row.unit) if known else "", n=wording.count(row.n) if known else "", ideal=ideal,
            acceptable=acceptable, notes=tuple(_notes(bar)) if known else (), cost="" if bar.cost is None else str(round(bar.cost)), missing="" if known else row.missing or _("not measured"),
            source=sources.get(row.metric, ""),
        )  # fmt: skip


def _notes(bar: bands.Bar) -> Iterator[str]:
    row = bar.criterion
    if row.indicative:
        yield _("indicative: 10 to 29 items")
    if row.proxy:
        yield _("measured by a stand-in")
    if row.without_moderators is not None:
        yield _("without moderators {value}").format(value=wording.value(row.without_moderators, row.unit))


def _strip(bar: bands.Bar, title: str, picture: Picture) -> Markup:
    shapes = bands.strip(bar, 2.0, _TALL / 2, _STRIP - 4.0)
    return picture(drawing.Drawing(width=_STRIP, height=_TALL, title=title, shapes=tuple(shapes)))


def _gains(report: Report, score: Score) -> Iterator[str]:
    texts = {line.name: (line.title, line.unit) for line in report.metrics}
    for gain in gains.told(score, report.model):
        title, unit = texts.get(gain.metric, (gain.metric, ""))
        said = gains.sentence(gain, title, lambda value, unit=unit: wording.value(value, unit), wording.decimal)  # type: ignore[misc]
        yield f"{said} {gain.advice}".strip()


def _trend(report: Report, score: Score, picture: Picture) -> Markup | None:
    line = next((line for line in report.trend if (line.group, line.goal) == (score.group, score.goal)), None)
    if line is None or len(line.points) < 2:
        return None
    return picture(trend.compose(line.points, report.dated, _("Trend of the fit"), width=720, height=270))
