"""cmdesk compare"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click
import msgspec

from cmdesk.cli import output
from cmdesk.cli.assess_command import WORDS
from cmdesk.cli.desk import FILE, community_at, json_option, load_host, plugins_option, working
from cmdesk.core.text import _
from cmdesk.core.wording import decimal

if TYPE_CHECKING:
    import sqlite3

    from cmdesk.core.comparing import Comparison, ScoreChange, Shares
    from cmdesk.core.reports import Report


@click.command("compare")
@click.argument("file", type=FILE)
@click.argument("before", type=int)
@click.argument("after", type=int)
@click.option("--with-file", type=FILE, help="AFTER is an assessment of this other community.")
@click.option("--group", help="Only this group of BEFORE.")
@click.option("--with-group", help="Compare it with this group of AFTER.")
@click.option("--all", "every", is_flag=True, help="All eight goals, not only those that were chosen.")
@json_option
@plugins_option
def command(
    file: Path, before: int, after: int, with_file: Path | None, group: str | None, with_group: str | None, every: bool, as_json: bool, plugins: bool
) -> None:
    """Compare two assessments (their numbers: cmdesk show FILE assessments): what went up and down, and why."""
    from cmdesk.core import assessments, comparing

    if with_group and not group:
        raise click.UsageError(_("--with-group needs --group."))
    with community_at(file) as community, community.reading() as connection:
        old = assessments.load(connection, before)
        if with_file is None:
            new = assessments.load(connection, after)
            pair = _pair(old, new, group, with_group)
            shares = _shares(connection, old, new, pair, plugins)
        else:
            with community_at(with_file) as other, other.reading() as second:
                new = assessments.load(second, after)
            pair, shares = _pair(old, new, group, with_group), None
        with working(last=True):
            found = comparing.compare(old, new, pair, shares, every)
    if as_json:
        output.document(msgspec.to_builtins(found))
    else:
        _tell(found)


def _pair(old: Report, new: Report, group: str | None, with_group: str | None) -> tuple[int, int] | None:
    from cmdesk.core import reports

    if group is None:
        return None
    return reports.line_named(old, group).id, reports.line_named(new, with_group or group).id


def _shares(connection: sqlite3.Connection, old: Report, new: Report, pair: tuple[int, int] | None, plugins: bool) -> Shares | None:
    """What people and ties did can be told of one group at two days of one community."""
    from cmdesk.core import periods

    if old.undated or new.undated or (pair is not None and pair[0] != pair[1]):
        return None
    host = load_host(plugins)
    return periods.shares(connection, host, old.model, (old.as_of, old.window_days), (new.as_of, new.window_days))


def _tell(found: Comparison) -> None:
    before = _side(found.community_before, found.as_of_before, found.undated_before)
    after = _side(found.community_after, found.as_of_after, found.undated_after)
    output.line(f"{before} → {after}")
    heads = ("group", "goal", "before", "after", "change", "people", "ties", "rules")
    output.table(heads, [_row(change) for change in found.scores])
    for text in found.unlike:
        output.line(text)
    output.line(_("People: what those who left and came do to the fit. Ties: what changed among those who stayed. Rules: another goal model."))


def _side(community: str, day: str, undated: bool) -> str:
    if undated:
        return _("{community} without dates").format(community=community)
    return _("{community} up to {day}").format(community=community, day=day)


def _row(change: ScoreChange) -> list[str]:
    group = change.group if change.group == change.with_group else f"{change.group} → {change.with_group}"
    numbers = (change.change, change.people, change.ties, change.rules)
    sides = ((change.verdict_before, change.fit_before), (change.verdict_after, change.fit_after))
    said = [f"{_(WORDS[verdict])}{'' if fit is None else f' {decimal(fit)}'}" for verdict, fit in sides]
    return [group, _(change.goal.replace("_", " ")), *said, *("–" if value is None else output.signed(value) for value in numbers)]
