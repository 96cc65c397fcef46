"""cmdesk goal"""

from __future__ import annotations

from pathlib import Path

import click

from cmdesk.cli import output
from cmdesk.cli.desk import FILE, community_at
from cmdesk.cli.goal_names import GOAL
from cmdesk.core.text import _


@click.command("goal")
@click.argument("file", type=FILE)
@click.argument("group")
@click.argument("goal", type=GOAL)
@click.option("--importance", type=click.IntRange(1, 5), default=3, show_default=True, help="5 is the most important.")
@click.option("--remove", is_flag=True, help="Take the goal away.")
def command(file: Path, group: str, goal: str, importance: int, remove: bool) -> None:
    """Say what a group is for.

    GROUP is its name, or its path where two share a name; the whole community is named like the community. GOAL is one of inform, find,
    connect, share_across, inspire, collaborate, solve, innovate.
    """
    from cmdesk.core import goals, groups

    with community_at(file) as community:
        with community.reading() as connection:
            group_id = groups.find(connection, group)
        if remove:
            goals.remove(community, group_id, goal)
            output.line(_("{group} no longer has the goal {goal}.").format(group=group, goal=goal))
        else:
            goals.set(community, group_id, goal, importance)
            output.line(_("{group} has the goal {goal} (importance {importance}).").format(group=group, goal=goal, importance=importance))
