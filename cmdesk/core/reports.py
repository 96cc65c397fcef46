"""What an exporter of accepts="report" gets: an assessment as it was stored, with everything a reader needs beside it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

import msgspec

from cmdesk.core.contributions import CriterionScore, Finding, Score
from cmdesk.core.drawing import Drawing, Text
from cmdesk.core.errors import CmdeskError
from cmdesk.core.goal_model import Criterion, Goal, GoalModel
from cmdesk.core.retelling import told
from cmdesk.core.text import _

if TYPE_CHECKING:
    from cmdesk.core.comparing import Comparison
    from cmdesk.core.notes import Note


class Asked(msgspec.Struct, frozen=True):
    """A question of the pulse as a group's members answered it, beside the assessment and not scored: the mean (0–1) of `n` answers and its
    80 % interval."""

    metric: str
    value: float
    n: int
    low: float | None = None
    high: float | None = None


class GroupLine(msgspec.Struct, frozen=True, kw_only=True):
    """A group in a report; where it is `hidden`, for the reason `why`, `people`, `density` (mean R) and `competence` (mean C) are None. `unheard`: why
    answers to the pulse that there are do not count."""

    id: int
    name: str
    path: str
    parent: int | None
    people: int | None
    hidden: bool
    why: str = ""
    density: float | None = None
    competence: float | None = None
    pulse: tuple[Asked, ...] = ()
    unheard: str = ""


class ImportLine(msgspec.Struct, frozen=True, kw_only=True):
    """One import of the community, for the coverage sheet."""

    id: int
    when: int
    importer: str
    file: str
    read: int
    used: int
    left_out: dict[str, int]
    set_aside: int
    first: int | None
    last: int | None


class MetricLine(msgspec.Struct, frozen=True):
    """A definition: what a metric means."""

    name: str
    title: str
    unit: str
    meaning: str


class CircleLine(msgspec.Struct, frozen=True, kw_only=True):
    """A cohesive circle of the whole community: its number, how many people it has (None: hidden, under 5), the goals that its structure fits, and
    the groups (ids) that hold all of it."""

    number: int
    people: int | None
    fits: tuple[str, ...]
    groups: tuple[int, ...]


class TrendPoint(msgspec.Struct, frozen=True, kw_only=True):
    """A group and goal at the end of a past day; `as_of` an ISO date. `hidden` says why nothing may be shown ("" where it may)."""

    as_of: str
    fit: float | None
    low: float | None
    high: float | None
    verdict: str
    coverage: float
    people: int | None
    hidden: str = ""


class TrendLine(msgspec.Struct, frozen=True, kw_only=True):
    """How the fit of a group (id) with a chosen goal went, a point a quarter, the oldest first, the assessment itself last."""

    group: int
    goal: str
    points: tuple[TrendPoint, ...]


class QuestionLine(msgspec.Struct, frozen=True, kw_only=True):
    """A question about the whole community with what was found."""

    name: str
    title: str
    question: str
    finding: Finding


class Report(msgspec.Struct, frozen=True, kw_only=True):
    """One stored assessment, hidden where it must be (groups under 5), and its context. `as_of` is an ISO date; `people` are
    (pseudonym, name) pairs only where names were switched on, else pseudonyms with empty names. `simulated`: say so on every page. `seen`: the share of the
    platform's messages that the data hold, as stated at import (None: not stated). `replicates`: how often the community was resampled with
    `seed` for intervals that hold `level` of them (0: points only). `opted_out`: how many members asked to be left out. `dated`: the user's
    notes on days. `since`: what changed from an earlier assessment, only in a report for others, and only where there is one. `undated`: no
    fact has a date, and `as_of` is the first of January 1970."""

    community: str
    assessment_id: int
    as_of: str
    window_days: int
    zone: str
    model: GoalModel
    scores: tuple[Score, ...]
    groups: tuple[GroupLine, ...]
    metrics: tuple[MetricLine, ...]
    imports: tuple[ImportLine, ...]
    members: tuple[tuple[str, str, str, str], ...] = ()  # (pseudonym, name or "", unit, role): the roster, never with a measure
    channels: tuple[str, ...] = ()
    names: bool = False
    simulated: bool = False
    undated: bool = False
    notes: tuple[str, ...] = ()
    questions: tuple[QuestionLine, ...] = ()
    circles: tuple[CircleLine, ...] = ()
    seen: float | None = None
    replicates: int = 0
    seed: int = 0
    level: float = 0.0
    trend: tuple[TrendLine, ...] = ()
    opted_out: int = 0
    dated: tuple[Note, ...] = ()
    since: Comparison | None = None


def line_named(report: Report, name: str) -> GroupLine:
    """The group of a report with this path, else this name; CmdeskError if there is none or there are several."""
    for hits in ([line for line in report.groups if line.path == name], [line for line in report.groups if line.name == name]):
        if len(hits) == 1:
            return hits[0]
        if hits:
            raise CmdeskError(
                _("There are {n} groups named “{name}”.").format(n=len(hits), name=name),
                _("Name one by its path: {paths}.").format(paths=", ".join(line.path for line in hits[:5])),
            )
    raise CmdeskError(_("That assessment has no group named “{name}”.").format(name=name), _("Name one as the assessment does."))


def period(report: Report) -> str:
    """What an assessment looked at, as people read it."""
    if report.undated:
        return _("nothing has a date")
    return _("as of {date}, {days} days").format(date=report.as_of, days=report.window_days)


def in_language(report: Report) -> Report:
    """The same report with the texts of cmdesk and of its goal models in the user's language; texts of one's own stay. Names, numbers,
    verdicts and the goal model's hash are untouched."""
    model = msgspec.structs.replace(
        report.model, title=told(report.model.title), goals={name: _goal(goal) for name, goal in report.model.goals.items()}
    )
    metrics = tuple(msgspec.structs.replace(line, title=told(line.title), meaning=told(line.meaning)) for line in report.metrics)
    imports = tuple(msgspec.structs.replace(line, left_out={_rule(rule): n for rule, n in line.left_out.items()}) for line in report.imports)
    return msgspec.structs.replace(
        report, model=model, metrics=metrics, imports=imports, scores=tuple(_score(score) for score in report.scores),
        notes=tuple(told(note) for note in report.notes),
        questions=questions_in_language(report.questions),
    )  # fmt: skip


def _rule(rule: str) -> str:
    """A rule by which records were left out, in words; by its name where no catalogue has it."""
    words = rule.replace("_", " ")
    return told(words) if told(words) != words else rule


def _goal(goal: Goal) -> Goal:
    return msgspec.structs.replace(
        goal, title=told(goal.title), meaning=told(goal.meaning), role=told(goal.role), quarter=tuple(map(told, goal.quarter)), criteria=tuple(_asked(one) for one in goal.criteria)
    )


def _asked(criterion: Criterion) -> Criterion:
    return msgspec.structs.replace(criterion, advice=told(criterion.advice), source=told(criterion.source))


def _score(score: Score) -> Score:
    other = score.disagrees
    return msgspec.structs.replace(
        score, reason=told(score.reason), criteria=tuple(_measured(one) for one in score.criteria),
        disagrees=None if other is None else msgspec.structs.replace(other, sentence=told(other.sentence)),
    )  # fmt: skip


def _measured(one: CriterionScore) -> CriterionScore:
    return msgspec.structs.replace(one, missing=told(one.missing), advice=told(one.advice))


def questions_in_language(lines: Sequence[QuestionLine]) -> tuple[QuestionLine, ...]:
    """The same questions and findings in the user's language."""
    return tuple(_answered(line) for line in lines)


def _answered(line: QuestionLine) -> QuestionLine:
    return QuestionLine(name=line.name, title=told(line.title), question=told(line.question), finding=found_in_language(line.finding))


def found_in_language(finding: Finding) -> Finding:
    """The same finding in the user's language, its picture and its table too."""
    sentence = told(finding.sentence)
    if sentence == finding.sentence:  # it may hold two
        sentence = " ".join(told(part) for part in re.split(r"(?<=[.)]) (?=[A-Z])", finding.sentence))
    figures = tuple(
        msgspec.structs.replace(figure, title=told(figure.title), missing=told(figure.missing), word=told(figure.word)) for figure in finding.figures
    )
    heads = [tuple(told(cell) if isinstance(cell, str) else cell for cell in row) for row in finding.table]
    return msgspec.structs.replace(
        finding, word=told(finding.word), sentence=sentence, needs=told(finding.needs), figures=figures, table=tuple(heads),
        picture=None if finding.picture is None else drawn_in_language(finding.picture),
    )  # fmt: skip


def drawn_in_language(drawing: Drawing) -> Drawing:
    """The same picture with its texts in the user's language."""
    shapes = tuple(
        msgspec.structs.replace(shape, tip=told(shape.tip), **({"text": told(shape.text)} if isinstance(shape, Text) else {}))
        for shape in drawing.shapes
    )
    table = tuple(tuple(told(cell) for cell in row) for row in drawing.table)
    return msgspec.structs.replace(drawing, title=told(drawing.title), shapes=shapes, table=table)
