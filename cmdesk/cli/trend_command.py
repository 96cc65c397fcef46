"""cmdesk trend"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click
import msgspec

from cmdesk.cli import output
from cmdesk.cli.assess_command import WORDS, goal_model
from cmdesk.cli.desk import FILE, community_at, json_option, load_host, plugins_option, working
from cmdesk.cli.goal_names import GOAL
from cmdesk.core.retelling import told
from cmdesk.core.text import _


@click.command("trend")
@click.argument("file", type=FILE)
@click.argument("group")
@click.argument("goal", type=GOAL)
@click.option("--quarters", type=click.IntRange(1, 80), default=8, show_default=True, help="How many quarters to go back.")
@click.option("--as-of", type=click.DateTime(["%Y-%m-%d"]), help="The last day to look at; the last day with data if not given.")
@click.option("--window", type=click.IntRange(1, 36_500), default=180, show_default=True, metavar="DAYS", help="How many days count as now.")
@click.option("--model", metavar="MODEL", help="A goal model of the community by its id, or a TOML file; the one in use if not given.")
@json_option
@plugins_option
def command(
    file: Path, group: str, goal: str, quarters: int, as_of: datetime | None, window: int, model: str | None, as_json: bool, plugins: bool
) -> None:
    """How the fit of a group and goal went, quarter by quarter, judged by one goal model."""
    from cmdesk.core import groups, notes, periods

    with community_at(file) as community:
        host = load_host(plugins)
        with community.reading() as connection, working(last=True) as progress:
            judge = goal_model(connection, model, frozenset(host.metrics))
            wanted = groups.find(connection, group)
            path = groups.paths_of({row.id: (row.name, row.parent) for row in groups.rows(connection)})[wanted]
            points = periods.trend(
                connection, host, judge, wanted, [goal], as_of=as_of.date() if as_of else None, quarters=quarters, window_days=window, progress=progress
            )[goal]  # fmt: skip
            noted = notes.rows(connection)
    shown = [note for note in noted if points and points[0].as_of <= note.day <= points[-1].as_of]
    if as_json:
        model_line = {"id": judge.id, "version": judge.version, "sha256": judge.sha256}
        output.document({"group": path, "goal": goal, "goal_model": model_line, "points": msgspec.to_builtins(points), "notes": msgspec.to_builtins(shown)})
        return
    rows: list[tuple[str, str, str, str]] = []
    for point in points:
        fit = "–" if point.fit is None else f"{point.fit:.2f}"
        span = "" if point.low is None or point.high is None or point.low == point.high else _("{low} to {high}").format(low=f"{point.low:.2f}", high=f"{point.high:.2f}")
        rows.append((point.as_of, _(WORDS[point.verdict]), fit, told(point.hidden).partition(":")[0] or span))
    output.line(_("{path} · {goal}, goal model {id}:").format(path=path, goal=_(goal.replace("_", " ")), id=judge.id))
    output.table(("up to", "verdict", "fit", "80 % interval"), rows)
    for note in shown:
        output.line(f"{note.day}: {note.text}")
