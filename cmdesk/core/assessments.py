"""Assessments: a run of the assessor, stored with its evidence, and read back as a report from which what must be hidden is hidden."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, Protocol

import msgspec

from cmdesk.core import circle_store, findings, gains, reports, score_tables, trend_store, when
from cmdesk.core.community import Community, setting, simulated
from cmdesk.core.contributions import Analysis, Assessor, Metric
from cmdesk.core.errors import CmdeskError, PluginProblem
from cmdesk.core.goal_model import GOALS, GoalModel
from cmdesk.core.input_fields import PULSE
from cmdesk.core.progress import Progress
from cmdesk.core.reports import Asked, GroupLine, ImportLine, MetricLine, Report
from cmdesk.core.schema import ROOT
from cmdesk.core.text import N_, _, for_keeping
from cmdesk.core.visibility import TOO_SMALL, hide

if TYPE_CHECKING:
    from cmdesk.core.assessing import Running
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
    name: str = ""


class _Context(msgspec.Struct):
    """What an assessment keeps beside its scores, so that it stays whole when the community goes on."""

    groups: list[GroupLine]
    metrics: list[MetricLine]
    imports: list[ImportLine]
    channels: list[str]
    simulated: bool
    opted_out: int
    empty: str = ""  # why there is nothing to judge


_UNDATED, _LATER = "undated", "later"
"""Why a snapshot holds nothing: no fact has a date, or all of them are later than the as-of day."""


def run(
    community: Community, plugins: Plugins, *, model: GoalModel, groups: Sequence[int] | None = None, goals: Sequence[str] | None = None,
    as_of: date | None = None, window_days: int = WINDOW_DAYS, questions: bool = True, quick: bool = False, seed: int | None = None, level: float | None = None,
    progress: Progress | None = None,
) -> int:  # fmt: skip
    """Assess `groups` (ids; None: all) against `goals` (None: all eight) and store it; returns the assessment's id. Without `as_of` the last
    day with data counts. Circles and answers to `questions`, intervals, sensitivity and the trend follow the point values, unless it must be `quick`; what was stored stays if one of these
    is stopped. CmdeskError for an unknown goal, PluginProblem if the assessor is missing."""
    running = begin(
        community, plugins, model=model, groups=groups, goals=goals, as_of=as_of, window_days=window_days, seed=seed, level=level, progress=progress,
    )  # fmt: skip
    if questions:
        running.add_questions(plugins, progress)
    if not quick:
        running.add_intervals(progress)
        running.add_sensitivity(progress)
        running.add_trend(plugins, progress)
    return running.id


def begin(
    community: Community, plugins: Plugins, *, model: GoalModel, groups: Sequence[int] | None = None, goals: Sequence[str] | None = None,
    as_of: date | None = None, window_days: int = WINDOW_DAYS, seed: int | None = None, level: float | None = None, progress: Progress | None = None,
) -> Running:  # fmt: skip
    """The first stage of `run`: point values, stored as provisional. The other stages are methods of what comes back; `seed` and `level` (the
    share that an interval holds) are theirs."""
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
        context = _context(connection, snapshot, plugins.metrics)
    progress.step(_("Measuring trust"))
    chosen_goals = [goal for goal in GOALS if goals is None or goal in goals]
    work = assessing.Assessing(snapshot, plugins.assessors[ASSESSOR], wanted, chosen_goals, FitOptions(model))
    scores = work.points(progress)
    with for_keeping():
        _fill(context, snapshot, plugins.metrics, wanted, progress)
    progress.step(_("Storing"))
    with community.writing("assessments") as connection:
        id = _store(connection, snapshot, model, context)
        score_tables.write(connection, id, assessing.by_id(snapshot, scores))
    plan = resampling.Plan(seed=resampling.SEED if seed is None else seed, level=resampling.LEVEL if level is None else level)
    return assessing.Running(community, id, work, plan)


_NAMES = "SELECT ref, value FROM edits WHERE kind = 'assessment' AND field = 'name'"


def rows(connection: sqlite3.Connection) -> list[AssessmentRow]:
    """All runs, newest first."""
    found = connection.execute(
        "SELECT a.id, a.at, a.as_of, a.window_days, a.model_id, a.model_version, (SELECT count(*) FROM scores s WHERE s.assessment_id = a.id)"
        " FROM assessments a ORDER BY a.id DESC"
    )
    names = {int(ref): msgspec.json.decode(value, type=str) for ref, value in connection.execute(_NAMES)}
    return [msgspec.structs.replace(AssessmentRow(*row), name=names.get(row[0], "")) for row in found]


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


def for_others(connection: sqlite3.Connection, assessment_id: int, names: bool = False) -> Report:
    """As `told`, with what changed since the last assessment as of an earlier day that measured the same. CmdeskError if there is none of this id."""
    from cmdesk.core import comparing

    report = load(connection, assessment_id, names)
    earlier = connection.execute(
        "SELECT id FROM assessments WHERE id < ? AND as_of < ? ORDER BY as_of DESC, id DESC", (assessment_id, report.as_of)
    ).fetchall()
    for (before,) in earlier:
        try:
            since = comparing.compare(load(connection, before), report)
        except CmdeskError:  # it measured other things
            continue
        report = msgspec.structs.replace(report, since=since if since.scores else None)
        break
    return reports.in_language(report)


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
    context = msgspec.json.decode(row[4], type=_Context)
    scores = score_tables.read(connection, assessment_id)
    why = {line.id: line.why for line in context.groups if line.hidden}
    return Report(
        community=str(setting(connection, "name", "")), assessment_id=assessment_id, as_of=row[0], window_days=row[1], zone=row[2],
        model=msgspec.json.decode(row[3], type=GoalModel), scores=tuple(hide(score, why[score.group]) if score.group in why else score for score in scores),
        groups=tuple(context.groups), metrics=tuple(context.metrics), imports=tuple(context.imports), members=_roster(connection, names),
        channels=tuple(context.channels), names=names, simulated=context.simulated, notes=_notes(context, row[0], row[5]), undated=context.empty == _UNDATED,
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
        document["gains"] = msgspec.to_builtins(gains.gains(score.criteria, report.model.goals[score.goal]))
        scores.append(document)
    model = {"id": report.model.id, "version": report.model.version, "sha256": report.model.sha256}
    return {
        "assessment_id": report.assessment_id, "as_of": report.as_of, "window_days": report.window_days, "goal_model": model, "scores": scores,
        "simulated": report.simulated, "messages_seen": report.seen,
        "intervals": {"replicates": report.replicates, "seed": report.seed, "level": report.level} if report.replicates else None,
        "questions": findings.as_json(report.questions), "circles": [msgspec.to_builtins(circle) for circle in report.circles],
        "pulse": {line.path: msgspec.to_builtins(line.pulse) for line in report.groups if line.pulse},
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
    opted_out = connection.execute("SELECT count(*) FROM members WHERE opted_out").fetchone()[0]
    return _Context(lines, definitions, imports, channels, simulated(connection), opted_out, _empty(connection, snapshot))


def _empty(connection: sqlite3.Connection, snapshot: Snapshot) -> str:
    """Why the snapshot holds nothing, "" where it holds something."""
    from cmdesk.core import loading

    if snapshot.first < snapshot.until:
        return ""
    return _LATER if loading.last_day(connection) else _UNDATED


def _fill(context: _Context, snapshot: Snapshot, metrics: Mapping[str, Metric], wanted: Sequence[int], progress: Progress) -> None:
    """Size, density and competence of the assessed groups, where they may be shown."""
    from cmdesk.core import activity, suppression

    values: dict[str, list[float | None]] = {
        name: [measure.value for measure in snapshot.measure(name, wanted, progress)] if name in metrics else [None] * len(wanted)
        for name in ("D_R", "C")
    }
    asked = _asked(snapshot, metrics, wanted, progress)
    why, active = suppression.reasons(snapshot), activity.activity(snapshot).members
    for place, row in enumerate(wanted):
        line, small = context.groups[row], bool(why[row])
        context.groups[row] = msgspec.structs.replace(
            line, hidden=small, why=why[row], people=None if small else len(active[row]), density=None if small else values["D_R"][place],
            competence=None if small else values["C"][place], pulse=() if small else tuple(asked[place]),
        )  # fmt: skip


def _asked(snapshot: Snapshot, metrics: Mapping[str, Metric], wanted: Sequence[int], progress: Progress) -> list[list[Asked]]:
    """What the members of each group answered to the pulse, as far as enough did."""
    found: list[list[Asked]] = [[] for _row in wanted]
    for name in (f"pulse_{item}" for item in PULSE):
        for place, measure in enumerate(snapshot.measure(name, wanted, progress) if name in metrics and snapshot.by_hand.pulse else ()):
            if measure.value is not None:
                found[place].append(Asked(name, measure.value, measure.n, measure.low, measure.high))
    return found


def _notes(context: _Context, as_of: str, seen: float | None) -> tuple[str, ...]:
    notes = []
    if context.simulated:
        notes.append(N_("This community is simulated: its people and messages are invented."))
    if context.empty == _UNDATED:
        notes.append(N_("Nothing in this community has a date, so nothing could be judged; import messages, or a log with times."))
    if context.empty == _LATER:
        notes.append(N_("Nothing in this community is dated on or before {day}; choose a later day.").format(day=as_of))
    if seen is not None and seen < 1:
        notes.append(N_("The data hold {share} % of the messages, as stated at import.").format(share=round(100 * seen)))
    return tuple(notes)


def _roster(connection: sqlite3.Connection, names: bool) -> tuple[tuple[str, str, str, str], ...]:
    from cmdesk.core import members

    wanted = members.ids(connection, names=names)
    codes = dict(connection.execute("SELECT id, code FROM members").fetchall())
    lines = members.rows(connection, wanted, names)
    return tuple((codes[line.id], line.label if names else "", line.unit, line.role) for line in lines)


def _store(connection: sqlite3.Connection, snapshot: Snapshot, model: GoalModel, context: _Context) -> int:
    text, day = msgspec.json.encode(model).decode(), when.day(snapshot.until, snapshot.zone).isoformat()
    values = (when.now(), day, snapshot.window_days, snapshot.zone, text, model.id, model.version, model.sha256, _json(context), snapshot.seen)
    cursor = connection.execute(
        "INSERT INTO assessments (at, as_of, window_days, zone, model, model_id, model_version, model_sha256, context, seen, replicates, seed, level)"
        " VALUES (?,?,?,?,?,?,?,?,?,?,0,0,0)", values,
    )  # fmt: skip
    return int(cursor.lastrowid or 0)


def _json(value: object) -> str:
    return msgspec.json.encode(value).decode()
