"""Assessments: a run of the assessor, stored with its evidence, and read back as a report from which what must be hidden is hidden."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, Protocol

import msgspec

from cmdesk.core import assessment_context, circle_store, findings, gains, reports, score_tables, trend_store, when
from cmdesk.core.assessment_context import UNDATED, Context
from cmdesk.core.community import Community, setting
from cmdesk.core.contributions import Analysis, Assessor, Metric
from cmdesk.core.errors import CmdeskError, PluginProblem
from cmdesk.core.goal_model import GOALS, GoalModel
from cmdesk.core.progress import Progress
from cmdesk.core.reports import Report
from cmdesk.core.text import _, for_keeping
from cmdesk.core.visibility import hide

if TYPE_CHECKING:
    from cmdesk.core.assessing import Running
    from cmdesk.core.comparing import Shares
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

    @property
    def analyses(self) -> Mapping[str, Analysis]:
        """Every analysis by name."""

    def problem(self, name: str, error: BaseException) -> PluginProblem:
        """What to tell when the contribution `name` failed."""


class FitOptions(msgspec.Struct, frozen=True):
    """What the assessor of goal fit is told: the goal model, and the circles that were judged like groups."""

    model: GoalModel
    circles: tuple[Any, ...] = ()  # circle_groups.Judged; without numpy where stored runs are only read


class AssessmentRow(msgspec.Struct, frozen=True):
    """A line of the list of runs; `at` in µs UTC, `as_of` an ISO date, `name` the user's own ("" for none)."""

    id: int
    at: int
    as_of: str
    window_days: int
    model_id: str
    model_version: str
    scores: int
    undated: bool = False  # no fact has a date, and `as_of` is the first of January 1970
    name: str = ""


def run(
    community: Community, plugins: Plugins, *, model: GoalModel, groups: Sequence[int] | None = None, goals: Sequence[str] | None = None,
    as_of: date | None = None, window_days: int = WINDOW_DAYS, questions: bool = True, quick: bool = False, seed: int | None = None, level: float | None = None,
    progress: Progress | None = None,
) -> int:  # fmt: skip
    """Assess `groups` (ids; None: all) against `goals` (None: all eight) and store it; returns the assessment's id. Without `as_of` the last
    day with data counts. Circles and answers to `questions`, intervals, sensitivity and the trend follow the point values, unless it must be `quick`. All is stored
    at the end, nothing if it is stopped. CmdeskError for an unknown goal, PluginProblem if the assessor is missing."""
    running = _measured(
        community, plugins, model=model, groups=groups, goals=goals, as_of=as_of, window_days=window_days, seed=seed, level=level, progress=progress,
    )  # fmt: skip
    if questions:
        running.add_questions(plugins, progress)
    if not quick:
        running.add_intervals(progress)
        running.add_sensitivity(progress)
        running.add_trend(plugins, progress)
    running.keep(progress)
    return running.id


def begin(
    community: Community, plugins: Plugins, *, model: GoalModel, groups: Sequence[int] | None = None, goals: Sequence[str] | None = None,
    as_of: date | None = None, window_days: int = WINDOW_DAYS, seed: int | None = None, level: float | None = None, progress: Progress | None = None,
) -> Running:  # fmt: skip
    """The first stage of `run`: point values, stored as provisional. The other stages are methods of what comes back; `seed` and `level` (the
    share that an interval holds) are theirs."""
    running = _measured(
        community, plugins, model=model, groups=groups, goals=goals, as_of=as_of, window_days=window_days, seed=seed, level=level, progress=progress,
    )  # fmt: skip
    running.keep(progress)
    return running


def _measured(
    community: Community, plugins: Plugins, *, model: GoalModel, groups: Sequence[int] | None, goals: Sequence[str] | None, as_of: date | None,
    window_days: int, seed: int | None, level: float | None, progress: Progress | None,
) -> Running:  # fmt: skip
    """An assessment with its point values, nothing of it stored."""
    from cmdesk.core import assessing, loading, resampling  # numpy loads here, not when stored runs are read

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
        context = assessment_context.gather(connection, snapshot, plugins.metrics)
    progress.step(_("Measuring trust"))
    chosen_goals = [goal for goal in GOALS if goals is None or goal in goals]
    work = assessing.Assessing(snapshot, plugins.assessors[ASSESSOR], wanted, chosen_goals, FitOptions(model))
    scores = work.points(progress)
    with for_keeping():
        assessment_context.fill(context, snapshot, plugins.metrics, wanted, progress)

    def first(connection: sqlite3.Connection) -> int:
        id = _store(connection, snapshot, model, context)
        score_tables.write(connection, id, assessing.by_id(snapshot, scores))
        return id

    plan = resampling.Plan(seed=resampling.SEED if seed is None else seed, level=resampling.LEVEL if level is None else level)
    return assessing.Running(community, work, plan, first)


_NAMES = "SELECT ref, value FROM edits WHERE kind = 'assessment' AND field = 'name'"


def rows(connection: sqlite3.Connection) -> list[AssessmentRow]:
    """All runs, newest first."""
    found = connection.execute(
        "SELECT a.id, a.at, a.as_of, a.window_days, a.model_id, a.model_version, (SELECT count(*) FROM scores s WHERE s.assessment_id = a.id),"
        " json_extract(a.context, '$.empty') = ? FROM assessments a ORDER BY a.id DESC",
        (UNDATED,),
    )
    names = {int(ref): msgspec.json.decode(value, type=str) for ref, value in connection.execute(_NAMES)}
    return [msgspec.structs.replace(AssessmentRow(*row[:-1]), undated=bool(row[-1]), name=names.get(row[0], "")) for row in found]


def latest(connection: sqlite3.Connection) -> int | None:
    """The id of the newest run, None without any."""
    row = connection.execute("SELECT max(id) FROM assessments").fetchone()
    return None if row[0] is None else int(row[0])


def previous(connection: sqlite3.Connection, assessment_id: int) -> int | None:
    """The newest run up to an earlier day than this one's, None without any."""
    row = connection.execute(
        "SELECT b.id FROM assessments a JOIN assessments b ON b.as_of < a.as_of WHERE a.id = ? ORDER BY b.as_of DESC, b.id DESC LIMIT 1", (assessment_id,)
    ).fetchone()
    return None if row is None else int(row[0])


def told(connection: sqlite3.Connection, assessment_id: int, names: bool = False) -> Report:
    """A stored run as a report in the user's language. CmdeskError if there is none of this id."""
    return reports.in_language(load(connection, assessment_id, names))


def for_others(connection: sqlite3.Connection, assessment_id: int, names: bool = False, plugins: Plugins | None = None) -> Report:
    """As `told`, with what changed since the last assessment as of an earlier day that measured the same; with `plugins` it tells, too, what of
    it comes from people and from ties. CmdeskError if there is none of this id."""
    from cmdesk.core import comparing

    report = load(connection, assessment_id, names)
    earlier = connection.execute(
        "SELECT id FROM assessments WHERE id < ? AND as_of < ? ORDER BY as_of DESC, id DESC", (assessment_id, report.as_of)
    ).fetchall()
    for (before,) in earlier:
        try:
            old = load(connection, before)
            since = comparing.compare(old, report)
            if since.scores and plugins is not None:
                since = comparing.compare(old, report, shares=_shares(connection, plugins, old, report))
        except CmdeskError:  # it measured other things
            continue
        report = msgspec.structs.replace(report, since=since if since.scores else None)
        break
    return reports.in_language(report)


def _shares(connection: sqlite3.Connection, plugins: Plugins, old: Report, new: Report) -> Shares | None:
    """None where the assessor is missing or no fact has a date."""
    if ASSESSOR not in plugins.assessors or old.undated or new.undated:
        return None
    from cmdesk.core import periods

    return periods.shares(connection, plugins, old.model, (old.as_of, old.window_days), (new.as_of, new.window_days))


def load(connection: sqlite3.Connection, assessment_id: int, names: bool = False) -> Report:
    """A stored run as a report with its texts as they are kept, groups under five people hidden. CmdeskError if there is none of this id."""
    from cmdesk.core import notes  # it brings history and importing along, which the window does not need at its start

    row = connection.execute(
        "SELECT as_of, window_days, zone, model, context, seen, replicates, seed, level FROM assessments WHERE id = ?", (assessment_id,)
    ).fetchone()
    if row is None:
        raise CmdeskError(
            _("There is no assessment {assessment_id}.").format(assessment_id=assessment_id),
            _("`cmdesk show FILE assessments` lists them."),
        )
    context = msgspec.json.decode(row[4], type=Context)
    scores = score_tables.read(connection, assessment_id)
    why = {line.id: line.why for line in context.groups if line.hidden}
    return Report(
        community=str(setting(connection, "name", "")), assessment_id=assessment_id, as_of=row[0], window_days=row[1], zone=row[2],
        model=msgspec.json.decode(row[3], type=GoalModel), scores=tuple(hide(score, why[score.group]) if score.group in why else score for score in scores),
        groups=tuple(context.groups), metrics=tuple(context.metrics), imports=tuple(context.imports), members=_roster(connection, names),
        channels=tuple(context.channels), names=names, simulated=context.simulated, notes=assessment_context.notes(context, row[0], row[5]), undated=context.empty == UNDATED,
        trend=trend_store.load(connection, assessment_id, row[0], scores, why), opted_out=context.opted_out,
        dated=tuple(notes.rows(connection)), seen=row[5], replicates=row[6], seed=row[7], level=row[8],
        questions=findings.load(connection, assessment_id), circles=circle_store.load(connection, assessment_id),
    )  # fmt: skip


def as_json(report: Report) -> dict[str, Any]:
    """The document of `cmdesk assess --json`."""
    lines = {line.id: line for line in report.groups}
    scores = []
    for score in report.scores:
        document = msgspec.to_builtins(score)
        document["group_id"] = document.pop("group")
        document["group"] = lines[score.group].path
        document["gains"] = msgspec.to_builtins(gains.told(score, report.model))
        scores.append(document)
    model = {"id": report.model.id, "version": report.model.version, "sha256": report.model.sha256}
    return {
        "assessment_id": report.assessment_id, "as_of": report.as_of, "window_days": report.window_days, "goal_model": model, "scores": scores,
        "simulated": report.simulated, "messages_seen": report.seen,
        "intervals": {"replicates": report.replicates, "seed": report.seed, "level": report.level} if report.replicates else None,
        "questions": findings.as_json(report.questions), "circles": [msgspec.to_builtins(circle) for circle in report.circles],
        "pulse": {line.path: msgspec.to_builtins(line.pulse) for line in report.groups if line.pulse},
    }  # fmt: skip


def _roster(connection: sqlite3.Connection, names: bool) -> tuple[tuple[str, str, str, str], ...]:
    from cmdesk.core import members

    wanted = members.ids(connection, names=names)
    codes = dict(connection.execute("SELECT id, code FROM members").fetchall())
    lines = members.rows(connection, wanted, names)
    return tuple((codes[line.id], line.label if names else "", line.unit, line.role) for line in lines)


def _store(connection: sqlite3.Connection, snapshot: Snapshot, model: GoalModel, context: Context) -> int:
    text, day = msgspec.json.encode(model).decode(), when.day(snapshot.until, snapshot.zone).isoformat()
    values = (when.now(), day, snapshot.window_days, snapshot.zone, text, model.id, model.version, model.sha256, _json(context), snapshot.seen)
    cursor = connection.execute(
        "INSERT INTO assessments (at, as_of, window_days, zone, model, model_id, model_version, model_sha256, context, seen, replicates, seed, level)"
        " VALUES (?,?,?,?,?,?,?,?,?,?,0,0,0)", values,
    )  # fmt: skip
    return int(cursor.lastrowid or 0)


def _json(value: object) -> str:
    return msgspec.json.encode(value).decode()
