"""Assessments: a run of the assessor, stored with its evidence, and read back as a report from which what must be hidden is hidden."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from datetime import date
from itertools import groupby
from typing import TYPE_CHECKING, Any, Protocol

import msgspec

from cmdesk.core import reports, when
from cmdesk.core.community import Community, setting, simulated
from cmdesk.core.contributions import Assessor, CriterionScore, Metric, Score
from cmdesk.core.errors import CmdeskError, PluginProblem
from cmdesk.core.goal_model import GOALS, GoalModel
from cmdesk.core.progress import Progress
from cmdesk.core.reports import GroupLine, ImportLine, MetricLine, Report
from cmdesk.core.schema import ROOT
from cmdesk.core.text import N_, _, for_keeping
from cmdesk.core.visibility import TOO_SMALL, hide

if TYPE_CHECKING:
    from cmdesk.core.snapshot import Snapshot

ASSESSOR = "goal_fit.fit"
WINDOW_DAYS = 180


class Plugins(Protocol):
    """What an assessment needs of the host."""

    @property
    def metrics(self) -> Mapping[str, Metric]:
        """Every metric by name."""

    @property
    def assessors(self) -> Mapping[str, Assessor]:
        """Every assessor by name."""


class FitOptions(msgspec.Struct, frozen=True):
    """What the assessor of goal fit is told."""

    model: GoalModel


class AssessmentRow(msgspec.Struct, frozen=True):
    """A line of the list of runs; `at` in µs UTC, `as_of` an ISO date."""

    id: int
    at: int
    as_of: str
    window_days: int
    model_id: str
    model_version: str
    scores: int


class _Context(msgspec.Struct):
    """What an assessment keeps beside its scores, so that it stays whole when the community goes on."""

    groups: list[GroupLine]
    metrics: list[MetricLine]
    imports: list[ImportLine]
    channels: list[str]
    simulated: bool


def run(
    community: Community, plugins: Plugins, *, model: GoalModel, groups: Sequence[int] | None = None, goals: Sequence[str] | None = None,
    as_of: date | None = None, window_days: int = WINDOW_DAYS, progress: Progress | None = None,
) -> int:  # fmt: skip
    """Assess `groups` (ids; None: all) against `goals` (None: all eight) and store it; returns the assessment's id. Without `as_of` the last
    day with data counts. CmdeskError for an unknown goal, PluginProblem if the assessor is missing."""
    from cmdesk.core import loading  # numpy loads here, not when stored runs are read

    progress = progress or Progress()
    unknown = [goal for goal in goals or () if goal not in GOALS]
    if unknown:
        raise CmdeskError(
            _("There is no goal “{unknown}”.").format(unknown=unknown[0]), _("The goals are: {names}.").format(names=", ".join(GOALS))
        )
    if ASSESSOR not in plugins.assessors:
        raise PluginProblem(_("The plugin goal_fit is switched off or broken."), _("Switch it on to assess."))
    with community.reading() as connection:
        progress.step(_("Loading"))
        snapshot = loading.load(connection, as_of=as_of, window_days=window_days, metrics=plugins.metrics)
        row_of = {int(group_id): row for row, group_id in enumerate(snapshot.groups.id)}
        wanted = [row_of[group_id] for group_id in groups] if groups is not None else list(range(len(snapshot.groups)))
        context = _context(connection, snapshot, plugins.metrics)
    progress.step(_("Measuring trust"))
    chosen_goals = [goal for goal in GOALS if goals is None or goal in goals]
    with for_keeping():
        scores = list(plugins.assessors[ASSESSOR].assess(snapshot, wanted, chosen_goals, FitOptions(model), progress))
        _fill(context, snapshot, plugins.metrics, wanted, progress)
    progress.step(_("Storing"))
    day = when.day(snapshot.until, snapshot.zone).isoformat()
    with community.writing("assessments") as connection:
        return _store(connection, snapshot, model, context, scores, day)


def rows(connection: sqlite3.Connection) -> list[AssessmentRow]:
    """All runs, newest first."""
    found = connection.execute(
        "SELECT a.id, a.at, a.as_of, a.window_days, a.model_id, a.model_version, (SELECT count(*) FROM scores s WHERE s.assessment_id = a.id)"
        " FROM assessments a ORDER BY a.id DESC"
    )
    return [AssessmentRow(*row) for row in found]


def latest(connection: sqlite3.Connection) -> int | None:
    """The id of the newest run, None without any."""
    row = connection.execute("SELECT max(id) FROM assessments").fetchone()
    return None if row[0] is None else int(row[0])


def told(connection: sqlite3.Connection, assessment_id: int, names: bool = False) -> Report:
    """A stored run as a report in the user's language. CmdeskError if there is none of this id."""
    return reports.in_language(load(connection, assessment_id, names))


def load(connection: sqlite3.Connection, assessment_id: int, names: bool = False) -> Report:
    """A stored run as a report with its texts as they are kept, groups under five people hidden. CmdeskError if there is none of this id."""
    row = connection.execute("SELECT as_of, window_days, zone, model, context FROM assessments WHERE id = ?", (assessment_id,)).fetchone()
    if row is None:
        raise CmdeskError(
            _("There is no assessment {assessment_id}.").format(assessment_id=assessment_id),
            _("`cmdesk show FILE assessments` lists them."),
        )
    context = msgspec.json.decode(row[4], type=_Context)
    scores = _scores(connection, assessment_id)
    why = {line.id: line.why for line in context.groups if line.hidden}
    return Report(
        community=str(setting(connection, "name", "")), assessment_id=assessment_id, as_of=row[0], window_days=row[1], zone=row[2],
        model=msgspec.json.decode(row[3], type=GoalModel), scores=tuple(hide(score, why[score.group]) if score.group in why else score for score in scores),
        groups=tuple(context.groups), metrics=tuple(context.metrics), imports=tuple(context.imports), members=_roster(connection, names),
        channels=tuple(context.channels), names=names, simulated=context.simulated, notes=_notes(context),
    )  # fmt: skip


def as_json(report: Report) -> dict[str, Any]:
    """The document of `cmdesk assess --json`."""
    lines = {line.id: line for line in report.groups}
    scores = []
    for score in report.scores:
        document = msgspec.to_builtins(score)
        document["group_id"] = document.pop("group")
        document["group"] = lines[score.group].path
        scores.append(document)
    model = {"id": report.model.id, "version": report.model.version, "sha256": report.model.sha256}
    return {
        "assessment_id": report.assessment_id, "as_of": report.as_of, "window_days": report.window_days, "goal_model": model, "scores": scores,
        "simulated": report.simulated,
    }  # fmt: skip


def _context(connection: sqlite3.Connection, snapshot: Snapshot, metrics: Mapping[str, Metric]) -> _Context:
    from cmdesk.core import groups, importing

    kept = snapshot.groups
    found = {line.id: line for line in groups.rows(connection)}
    imports = [
        ImportLine(
            id=line.id, when=line.at, importer=line.importer, file=line.file, read=line.read, used=line.used, left_out=line.left_out,
            set_aside=line.set_aside, first=line.first, last=line.last,
        )
        for line in importing.rows(connection)
    ]  # fmt: skip
    lines = [
        GroupLine(id=line.id, name=line.name, path=line.path, parent=line.parent, people=None, hidden=True, why=TOO_SMALL)
        for line in (found[int(group_id)] for group_id in kept.id)
    ]
    definitions = [MetricLine(name, metric.title, metric.unit, metric.meaning) for name, metric in metrics.items()]
    channels = [line.path for line in found.values() if line.id != ROOT and line.posts]
    return _Context(lines, definitions, imports, channels, simulated(connection))


def _fill(context: _Context, snapshot: Snapshot, metrics: Mapping[str, Metric], wanted: Sequence[int], progress: Progress) -> None:
    """Size, density and competence of the assessed groups, where they may be shown."""
    from cmdesk.core import activity, suppression

    values: dict[str, list[float | None]] = {
        name: [measure.value for measure in snapshot.measure(name, wanted, progress)] if name in metrics else [None] * len(wanted)
        for name in ("D_R", "C")
    }
    why, active = suppression.reasons(snapshot), activity.activity(snapshot).members
    for place, row in enumerate(wanted):
        line, small = context.groups[row], bool(why[row])
        context.groups[row] = msgspec.structs.replace(
            line, hidden=small, why=why[row], people=None if small else len(active[row]), density=None if small else values["D_R"][place],
            competence=None if small else values["C"][place],
        )  # fmt: skip


def _notes(context: _Context) -> tuple[str, ...]:
    if context.simulated:
        return (N_("This community is simulated: its people and messages are invented."),)
    return ()


def _roster(connection: sqlite3.Connection, names: bool) -> tuple[tuple[str, str, str, str], ...]:
    from cmdesk.core import members

    wanted = members.ids(connection, names=names)
    codes = dict(connection.execute("SELECT id, code FROM members").fetchall())
    lines = members.rows(connection, wanted, names)
    return tuple((codes[line.id], line.label if names else "", line.unit, line.role) for line in lines)


_ASSESSMENT = "INSERT INTO assessments (at, as_of, window_days, zone, model, model_id, model_version, model_sha256, context) VALUES (?,?,?,?,?,?,?,?,?)"
_SCORE = (
    "INSERT INTO scores (id, assessment_id, group_id, goal, chosen, fit, low, high, verdict, provisional, coverage, reason, people, subscores)"
    " VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?)"
)


def _store(
    connection: sqlite3.Connection, snapshot: Snapshot, model: GoalModel, context: _Context, scores: Sequence[Score], day: str
) -> int:
    text = msgspec.json.encode(model).decode()
    values = (when.now(), day, snapshot.window_days, snapshot.zone, text, model.id, model.version, model.sha256, _json(context))
    assessment_id = int(connection.execute(_ASSESSMENT, values).lastrowid or 0)
    first = connection.execute("SELECT coalesce(max(id), 0) + 1 FROM scores").fetchone()[0]
    score_rows, criterion_rows = [], []
    for score_id, score in enumerate(scores, first):
        group_id = int(snapshot.groups.id[score.group])
        score_rows.append(
            (score_id, assessment_id, group_id, score.goal, score.chosen, score.fit, score.low, score.high, score.verdict, score.provisional,
             score.coverage, score.reason, score.people, _json(score.subscores))
        )  # fmt: skip
        for place, one in enumerate(score.criteria):
            criterion_rows.append(
                (score_id, place, one.metric, one.value, one.unit, one.n, one.low, one.high, one.score, one.weight, one.gate, one.missing,
                 one.indicative, one.proxy, one.advice)
            )  # fmt: skip
    connection.executemany(_SCORE, score_rows)
    connection.executemany("INSERT INTO criteria VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)", criterion_rows)
    return assessment_id


def _scores(connection: sqlite3.Connection, assessment_id: int) -> list[Score]:
    """Stored scores; `group` is the group's id."""
    found = connection.execute(
        "SELECT c.score_id, c.metric, c.value, c.unit, c.n, c.low, c.high, c.score, c.weight, c.gate, c.missing, c.indicative, c.proxy, c.advice"
        " FROM criteria c JOIN scores s ON s.id = c.score_id WHERE s.assessment_id = ? ORDER BY c.score_id, c.place",
        (assessment_id,),
    )
    criteria = {score_id: tuple(_criterion(row) for row in part) for score_id, part in groupby(found, key=lambda row: row[0])}
    rows = connection.execute(
        "SELECT id, group_id, goal, chosen, fit, low, high, verdict, provisional, coverage, reason, people, subscores FROM scores"
        " WHERE assessment_id = ? ORDER BY id",
        (assessment_id,),
    )
    return [
        Score(
            group=row[1], goal=row[2], chosen=bool(row[3]), fit=row[4], low=row[5], high=row[6], verdict=row[7], provisional=bool(row[8]),
            coverage=row[9], reason=row[10], people=row[11], criteria=criteria.get(row[0], ()), subscores=msgspec.json.decode(row[12]),
        )
        for row in rows
    ]  # fmt: skip


def _criterion(row: tuple[Any, ...]) -> CriterionScore:
    return CriterionScore(
        metric=row[1], value=row[2], unit=row[3], n=row[4], low=row[5], high=row[6], score=row[7], weight=row[8], gate=bool(row[9]),
        missing=row[10], indicative=bool(row[11]), proxy=bool(row[12]), advice=row[13],
    )  # fmt: skip


def _json(value: object) -> str:
    return msgspec.json.encode(value).decode()
