"""cmdesk assess"""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cmdesk.cli import output
from cmdesk.cli.days import DAY
from cmdesk.cli.desk import FILE, community_at, json_option, load_host, plugins_option, working
from cmdesk.cli.goal_names import GOAL
from cmdesk.core.text import N_, _
from cmdesk.core.wording import decimal, short

if TYPE_CHECKING:
    import sqlite3

    from cmdesk.core.contributions import Score
    from cmdesk.core.goal_model import GoalModel
    from cmdesk.core.reports import Report

GOAL_WORDS = (
    N_("inform"), N_("find"), N_("connect"), N_("share across"), N_("inspire"), N_("collaborate"), N_("solve"), N_("innovate"),
)  # fmt: skip
"""Goals in a table; the commands know them by their names."""

WORDS = {"fits": N_("FITS"), "partly": N_("PARTLY"), "not_yet": N_("NOT YET"), "no_verdict": N_("no verdict")}
"""Verdicts as people read them."""


@click.command("assess")
@click.argument("file", type=FILE)
@click.option("--group", "groups", multiple=True, metavar="G", help="Only this group (name or path); may be given several times.")
@click.option("--goal", "goals", multiple=True, type=GOAL, help="Only this goal; may be given several times.")
@click.option("--as-of", type=DAY, metavar="DAY", help="The last day to look at; the last day with data if not given.")
@click.option(
    "--window", type=click.IntRange(1, 36_500), default=180, show_default=True, metavar="DAYS", help="How many days count as now."
)
@click.option("--model", metavar="MODEL", help="A goal model of the community by its id, or a TOML file; the one in use if not given.")
@click.option("--quick", is_flag=True, help="Point values only: no intervals, no sensitivity; the verdicts are provisional.")
@click.option("--interval", type=click.Choice(["80", "90"]), default="80", show_default=True, help="Per cent of the resampled values that an interval holds.")
@click.option("--seed", type=click.IntRange(0), metavar="N", help="Seed of the resampling; the same seed and data give the same numbers.")
@click.option("--no-questions", "questions", is_flag=True, flag_value=False, default=True, help="Leave the three questions out; quicker.")
@json_option
@plugins_option
def command(
    file: Path, groups: tuple[str, ...], goals: tuple[str, ...], as_of: date | None, window: int, model: str, questions: bool, quick: bool, interval: str,
    seed: int | None, as_json: bool, plugins: bool,
) -> None:  # fmt: skip
    """Judge how well the structure of each group fits each goal, and keep the result.

    First come the point values, then their intervals, and whether the verdict holds under other settings. Stop it with Ctrl-C and the file
    is as it was.
    """
    from cmdesk.core import assessments, groups as core_groups, reports

    with community_at(file) as community:
        host = load_host(plugins)
        with community.reading() as connection:
            judge = goal_model(connection, model, frozenset(host.metrics))
            wanted = [core_groups.find(connection, name) for name in dict.fromkeys(groups)] if groups else None
        with working(last=True) as progress:
            done = assessments.run(
                community, host, model=judge, groups=wanted, goals=list(goals) or None, as_of=as_of,
                window_days=window, questions=questions, quick=quick, seed=seed, level=int(interval) / 100, progress=progress,
            )  # fmt: skip
        with community.reading() as connection:
            report = assessments.load(connection, done)
    if as_json:
        output.document(assessments.as_json(report))
    else:
        tell(reports.in_language(report))


def goal_model(connection: sqlite3.Connection, name: str | None, known: frozenset[str]) -> GoalModel:
    """The goal model in use, one of the community's by its id, or the user's own file."""
    from cmdesk.core import goal_model_file, models

    if name is None:
        return models.in_use(connection, known)
    if name in {row.id for row in models.rows(connection)}:
        return models.get(connection, name, known)
    return goal_model_file.read(Path(name), known)


def tell(report: Report) -> None:
    """Print a report for people: the matrix, then the reasons for what was chosen."""
    simulated = _(" (simulated)") if report.simulated else ""
    said = _("{community}{simulated}: nothing in it has a date. Goal model {id}.") if report.undated else ""
    output.line(
        (said or _("{community}{simulated}: assessed up to {as_of}, {window_days} days, goal model {id}.")).format(
            community=report.community, simulated=simulated, as_of=report.as_of, window_days=report.window_days, id=report.model.id
        )
    )
    if report.replicates:
        text = _("Verdicts go by {level} % intervals from {replicates} replicates (seed {seed}).")
        output.line(text.format(level=round(100 * report.level), replicates=report.replicates, seed=report.seed))
    else:
        output.line(_("Verdicts are provisional: without intervals."))
    for note in report.notes[report.simulated :]:
        output.line(note)
    output.line()
    _matrix(report)
    output.line()
    chosen = [score for score in report.scores if score.chosen]
    if chosen:
        _reasons(report, chosen)
    else:
        output.line(_("No group has a goal yet, so nothing here is a judgement: set one with cmdesk goal FILE GROUP GOAL."))
    if report.questions:
        output.line()
        for line in report.questions:
            output.line(f"{line.question} {line.finding.sentence}")


def _matrix(report: Report) -> None:
    """Groups × goals. A chosen goal stands in capitals; a group without goal and without verdict is not listed."""
    cells: dict[int, dict[str, Score]] = defaultdict(dict)
    for score in report.scores:
        cells[score.group][score.goal] = score
    goals = list(dict.fromkeys(score.goal for score in report.scores))
    rows: list[list[str | int | None]] = []
    for line in report.groups:
        scores = cells.get(line.id)
        if scores is None:
            continue
        if line.hidden:
            rows.append([line.path, "", _(line.why).partition(":")[0], *([""] * (len(goals) - 1))])
        else:
            rows.append([line.path, line.people, *(_cell(scores[goal]) if goal in scores else "" for goal in goals)])
    output.table(("group", "people", *(_(goal.replace("_", " ")) for goal in goals)), rows, right=frozenset({1}))
    output.line(
        _("In capitals: a goal that was chosen. The rest is what else the structure would suit. The number is the fit in per cent.")
    )
    if any(score.fragile for score in report.scores):
        output.line(_("*: fragile, the verdict is another one under other settings (half-life of trust, or without moderators)."))
    _pulse(report)


def _pulse(report: Report) -> None:
    """What the members of each group answered, beside what was measured."""
    names = {line.name: line.title for line in report.metrics}
    for line in report.groups:
        if line.pulse:
            told = "; ".join(_("{title} {value} of 1 ({n} answers)").format(title=names.get(one.metric, one.metric), value=decimal(one.value), n=one.n) for one in line.pulse)
            output.line(f"{line.path} · {told}")


def _cell(score: Score) -> str:
    word = _(WORDS[score.verdict])
    word = word if score.chosen else word.lower()
    if score.verdict == "no_verdict":
        return "–" if not score.chosen else word
    return f"{word} {round(100 * (score.fit or 0))}{'*' if score.fragile else ''}"


def _reasons(report: Report, chosen: list[Score]) -> None:
    from cmdesk.core import role

    paths = {line.id: line.path for line in report.groups}
    for score in chosen:
        output.line(f"{paths[score.group]} · {_(score.goal.replace('_', ' '))}: {_(WORDS[score.verdict])}{_fit(score)}. {score.reason}")
        if score.disagrees is not None:
            output.line(f"    {score.disagrees.sentence}")
        for text in what_would_change(score, report):
            output.line("    " + _("would change it: {text}").format(text=text))
        if score.fragile:
            output.line("    " + _("fragile: {settings}").format(settings=", ".join(flips(score))))
        goal = report.model.goals[score.goal]
        output.line("    " + _("your role: {role}; this quarter:").format(role=goal.role))
        for text in role.this_quarter(score, goal):
            output.line(f"      {text}")


def _fit(score: Score) -> str:
    """Such as: 0.62 (0.51 to 0.70), at least .50 in 97 % of the replicates."""
    if score.fit is None:
        return ""
    if score.provisional or score.low is None or score.high is None or score.chance is None:
        return f" {decimal(score.fit)}"
    text = _("{fit} ({low} to {high}; .50 or more in {chance:.0f} % of the replicates)")
    return " " + text.format(fit=decimal(score.fit), low=decimal(score.low), high=decimal(score.high), chance=100 * score.chance)


def flips(score: Score) -> list[str]:
    """The settings under which the point verdict is another one than under the usual setting."""
    from cmdesk.core import wording

    return [f"{wording.setting(setting)}: {_(WORDS[verdict])}" for setting, verdict in wording.flips(score)]


def what_would_change(score: Score, report: Report) -> list[str]:
    """The changes of one criterion that would raise the fit most, in words; none for a score that fits."""
    from cmdesk.core import gains

    titles = {line.name: (line.title, line.unit) for line in report.metrics}
    found = gains.told(score, report.model)
    said = []
    for gain in found:
        title, unit = titles.get(gain.metric, (gain.metric, ""))
        said.append(gains.sentence(gain, title, partial(_value, unit), decimal))
    return said


def _value(unit: str, value: float) -> str:
    number = f"{100 * value:.0f} %" if unit == "share" else short(value)
    return number if unit in ("", "share", "0–1", "ratio", "n", "-1 to 1") else f"{number} {_(unit)}"

