"""cmdesk what-if"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
import msgspec

from cmdesk.cli import output
from cmdesk.cli.assess_command import WORDS, goal_model
from cmdesk.cli.days import DAY
from cmdesk.cli.desk import FILE, community_at, json_option, load_host, plugins_option, working
from cmdesk.cli.goal_names import GOAL
from cmdesk.core.errors import CmdeskError
from cmdesk.core.text import _
from cmdesk.core.wording import decimal

if TYPE_CHECKING:
    import sqlite3

    from cmdesk.core.contributions import Score
    from cmdesk.core.snapshot import Snapshot
    from cmdesk.core.supposing import Supposed, Supposition


@click.command("what-if")
@click.argument("file", type=FILE)
@click.option("--leave", multiple=True, metavar="WHO[,WHO…]", help="These people leave.")
@click.option("--join", multiple=True, metavar="GROUP=WHO[,WHO…]", help="These people come into the group.")
@click.option("--tie", multiple=True, metavar="WHO,WHO", help="These two write to each other once a week.")
@click.option("--split", multiple=True, metavar="GROUP=WHO[,WHO…]", help="These members go into one half of the group, the others into the other.")
@click.option("--circle", multiple=True, metavar="NAME=WHO[,WHO…]", help="These people become a group of that name.")
@click.option("--group", "groups", multiple=True, metavar="G", help="Only this group; all groups with a goal if not given.")
@click.option("--goal", "goals", multiple=True, type=GOAL, help="Only this goal; all goals that a group has if not given.")
@click.option("--as-of", type=DAY, metavar="DAY", help="The last day to look at; the last day with data if not given.")
@click.option("--window", type=click.IntRange(1, 36_500), default=180, show_default=True, metavar="DAYS", help="How many days count as now.")
@click.option("--model", metavar="MODEL", help="A goal model of the community by its id, or a TOML file; the one in use if not given.")
@json_option
@plugins_option
def command(file: Path, as_of: date | None, window: int, model: str | None, as_json: bool, plugins: bool, **asked: Any) -> None:
    """Ask what the fit would be; the community stays as it is. People are named by their pseudonyms (cmdesk show FILE members)."""
    from cmdesk.core import loading, supposing

    with community_at(file) as community, community.reading() as connection:
        host = load_host(plugins)
        what = _supposition(connection, asked)
        with working(last=True) as progress:
            snapshot = loading.load(connection, as_of=as_of, window_days=window, metrics=host.metrics)
            made = {name for name, _who, _parent in what.circle}
            rows, goals = _wanted(connection, snapshot, [name for name in asked["groups"] if name not in made], asked["goals"])
            found = supposing.ask(snapshot, what, host, goal_model(connection, model, frozenset(host.metrics)), rows, goals, progress)
    every = bool(asked["goals"]) or not any(row.chosen for row in found)
    shown = [row for row in found if every or row.chosen or row.new]
    if asked["groups"] and made.issuperset(asked["groups"]):
        shown = [row for row in shown if row.group in asked["groups"]]
    if as_json:
        output.document({"answers": [_json(row) for row in shown]})
    else:
        _tell(shown)


def _supposition(connection: sqlite3.Connection, asked: dict[str, Any]) -> Supposition:
    from cmdesk.core import groups, supposing

    codes = dict(connection.execute("SELECT code, id FROM members").fetchall())

    def people(text: str) -> tuple[int, ...]:
        names = [part.strip() for part in text.split(",") if part.strip()]
        unknown = [name for name in names if name not in codes]
        if unknown or not names:
            raise CmdeskError(_("There is nobody with the pseudonym “{name}”.").format(name=unknown[0] if unknown else text), _("`cmdesk show FILE members` lists them."))
        return tuple(codes[name] for name in names)

    def named(text: str) -> tuple[str, tuple[int, ...]]:
        name, equals, who = text.rpartition("=")
        if not equals or not name:
            raise click.UsageError(_("{text}: a name, an equals sign and people, such as team=P-2222222,P-3333333.").format(text=text))
        return name, people(who)

    ties = [people(text) for text in asked["tie"]]
    if any(len(tie) != 2 for tie in ties):
        raise click.UsageError(_("--tie takes two people, such as P-2222222,P-3333333."))
    return supposing.Supposition(
        leave=tuple(member for text in asked["leave"] for member in people(text)),
        join=tuple((groups.find(connection, name), who) for name, who in map(named, asked["join"])),
        ties=tuple((tie[0], tie[1]) for tie in ties),
        split=tuple((groups.find(connection, name), who) for name, who in map(named, asked["split"])),
        circle=tuple((name, who, None) for name, who in map(named, asked["circle"])),
    )


def _wanted(connection: sqlite3.Connection, snapshot: Snapshot, names: list[str], goals: tuple[str, ...]) -> tuple[list[int], list[str]]:
    from cmdesk.core import groups
    from cmdesk.core.goal_model import GOALS

    row_of = {int(group): row for row, group in enumerate(snapshot.groups.id.tolist())}
    if names:
        rows = [row_of[groups.find(connection, name)] for name in dict.fromkeys(names)]
    else:
        rows = [row for row, chosen in enumerate(snapshot.groups.goals) if chosen] or [0]
    return rows, [goal for goal in GOALS if not goals or goal in goals]


def _json(row: Supposed) -> dict[str, Any]:
    sides = {side: None if score is None else _side(score) for side, score in (("before", row.before), ("after", row.after))}
    return {"group": row.group, "goal": row.goal, "chosen": row.chosen, "new": row.new, **sides}


def _side(score: Score) -> dict[str, Any]:
    whole = msgspec.to_builtins(score)
    return {key: whole[key] for key in ("fit", "verdict", "coverage", "people", "reason", "criteria")}


def _tell(rows: list[Supposed]) -> None:
    def said(score: Score | None) -> str:
        if score is None:
            return _("not shown")
        return _(WORDS[score.verdict]) + ("" if score.fit is None else f" {decimal(score.fit)}")

    def change(row: Supposed) -> str:
        known = row.before is not None and row.after is not None and row.before.fit is not None and row.after.fit is not None
        return output.signed(row.after.fit - row.before.fit) if known else ""  # type: ignore[union-attr,operator]

    lines = [(row.group, _(row.goal.replace("_", " ")), _("new") if row.new else said(row.before), said(row.after), change(row)) for row in rows]
    output.table(("group", "goal", "now", "then", "change"), lines)
    output.line(_("Nothing was changed in the community."))
