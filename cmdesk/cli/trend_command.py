"""cmdesk trend"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click
import msgspec

from cmdesk.cli import output
from cmdesk.cli.assess_command import WORDS, goal_model
from cmdesk.cli.days import DAY
from cmdesk.cli.desk import FILE, community_at, json_option, load_host, plugins_option, working
from cmdesk.cli.goal_names import GOAL
from cmdesk.core.retelling import told
from cmdesk.core.text import _
from cmdesk.core.wording import decimal

if TYPE_CHECKING:
    from cmdesk.core.notes import Note
    from cmdesk.core.reports import TrendPoint


@click.command("trend")
@click.argument("file", type=FILE)
@click.argument("group")
@click.argument("goal", type=GOAL)
@click.option("--quarters", type=click.IntRange(1, 80), default=8, show_default=True, help="How many quarters to go back.")
@click.option("--as-of", type=DAY, metavar="DAY", help="The last day to look at; the last day with data if not given.")
@click.option("--window", type=click.IntRange(1, 36_500), default=180, show_default=True, metavar="DAYS", help="How many days count as now.")
@click.option("--model", metavar="MODEL", help="A goal model of the community by its id, or a TOML file; the one in use if not given.")
@click.option("--quick", is_flag=True, help="Point values only: no intervals; the verdicts are provisional.")
@click.option("--to", "out", type=click.Path(path_type=Path, dir_okay=False), metavar="OUT.png|.svg", help="Draw it, with the notes on its axis.")
@json_option
@plugins_option
def command(
    file: Path, group: str, goal: str, quarters: int, as_of: date | None, window: int, model: str | None, quick: bool, out: Path | None,
    as_json: bool, plugins: bool,
) -> None:  # fmt: skip
    """How the fit of a group and goal went, quarter by quarter, judged by one goal model."""
    from cmdesk.core import exporting, groups, notes, periods, resampling
    from cmdesk.core.community import setting, simulated
    from cmdesk.core.pictures import trend
    from cmdesk.core.progress import Progress

    if out is not None and out.suffix.lower() not in (".png", ".svg"):
        raise click.UsageError(_("{name} ends neither in .png nor in .svg.").format(name=out.name), click.get_current_context())
    with community_at(file) as community:
        host = load_host(plugins)
        with community.reading() as connection, working(last=True) as progress:
            judge = goal_model(connection, model, frozenset(host.metrics))
            wanted = groups.find(connection, group)
            path = groups.paths_of({row.id: (row.name, row.parent) for row in groups.rows(connection)})[wanted]
            points = periods.trend(
                connection, host, judge, wanted, [goal], as_of=as_of, quarters=quarters, window_days=window,
                plan=None if quick else resampling.Plan(), progress=progress,
            )[goal]  # fmt: skip
            noted, invented = notes.rows(connection), simulated(connection)
            name = str(setting(connection, "name", ""))
    shown = [note for note in noted if points and points[0].as_of <= note.day <= points[-1].as_of]
    if out is not None:
        below = f"{name} · {_('goal model {id}').format(id=judge.id)}"
        drawing = trend.compose(points, shown, f"{path} · {told(judge.goals[goal].title)}", below, simulated=invented)
        exporting.write(host.exporters["picture.trend"], drawing, out, None, Progress())
    if as_json:
        model_line = {"id": judge.id, "version": judge.version, "sha256": judge.sha256}
        output.document({"group": path, "goal": goal, "goal_model": model_line, "points": msgspec.to_builtins(points), "notes": msgspec.to_builtins(shown)})
        return
    _tell(path, goal, judge.id, points, shown)


def _tell(path: str, goal: str, model: str, points: Sequence[TrendPoint], shown: Sequence[Note]) -> None:
    if not points:
        output.line(_("{path} · {goal}: nothing up to that day has a date, so there is no trend.").format(path=path, goal=_(goal.replace("_", " "))))
        return
    rows: list[tuple[str, str, str, str]] = []
    for point in points:
        fit = decimal(point.fit)
        span = "" if point.low is None or point.high is None or point.low == point.high else _("{low} to {high}").format(low=decimal(point.low), high=decimal(point.high))
        rows.append((point.as_of, _(WORDS[point.verdict]), fit, told(point.hidden).partition(":")[0] or span))
    output.line(_("{path} · {goal}, goal model {id}:").format(path=path, goal=_(goal.replace("_", " ")), id=model))
    output.table(("up to", "verdict", "fit", "80 % interval"), rows)
    for note in shown:
        output.line(f"{note.day}: {note.text}")
