"""What each group is for: up to eight goals, each with its importance, set and removed as undoable commands."""

from __future__ import annotations

import sqlite3

import msgspec

from cmdesk.core import groups, history
from cmdesk.core.community import Community
from cmdesk.core.errors import CmdeskError
from cmdesk.core.goal_model import GOALS
from cmdesk.core.text import N_, _
from cmdesk.core.when import now


class GoalRow(msgspec.Struct, frozen=True):
    """A chosen goal; `since` in µs UTC. Goals of groups that are not there (their import was undone) sleep and are not listed."""

    group_id: int
    group: str
    goal: str
    importance: int
    since: int


def set(community: Community, group_id: int, goal: str, importance: int = 3) -> None:  # noqa: A001 -- goals.set reads as what it does
    """Set a goal of a group, or its importance (1–5); CmdeskError for an unknown goal or importance."""
    if goal not in GOALS:
        raise CmdeskError(_("There is no goal “{goal}”.").format(goal=goal), _("The goals are: {names}.").format(names=", ".join(GOALS)))
    if not 1 <= importance <= 5:
        raise CmdeskError(
            _("The importance {importance} is not between 1 and 5.").format(importance=importance), _("5 is the most important.")
        )
    with community.reading() as connection:
        ref = groups.ref_of(connection, group_id)
        name = _name(connection, group_id)
        change = history.change(connection, "goals", {"group_ref": ref, "goal": goal}, None)
    since = change.before["since"] if change.before else now()
    change = msgspec.structs.replace(change, after={"importance": importance, "since": since})
    if change.after != change.before:
        history.command(community, "goal", N_("Goal {goal} for {name}").format(goal=goal, name=name), [change], tables=("goals",))


def remove(community: Community, group_id: int, goal: str) -> None:
    """Take a goal from a group; CmdeskError if it does not have it."""
    with community.reading() as connection:
        ref = groups.ref_of(connection, group_id)
        name = _name(connection, group_id)
        change = history.change(connection, "goals", {"group_ref": ref, "goal": goal}, None)
    if change.before is None:
        raise CmdeskError(
            _("{name} does not have the goal “{goal}”.").format(name=name, goal=goal),
            _("`cmdesk show FILE goals` lists the goals that are set."),
        )
    history.command(community, "goal", N_("Goal {goal} removed from {name}").format(goal=goal, name=name), [change], tables=("goals",))


def rows(connection: sqlite3.Connection) -> list[GoalRow]:
    """All goals of groups that are there, by group path and importance."""
    goals = {
        (ref, goal): (importance, since)
        for ref, goal, importance, since in connection.execute("SELECT group_ref, goal, importance, since FROM goals")
    }
    found = []
    for line in groups.rows(connection):
        for goal, importance in line.goals:
            found.append(GoalRow(line.id, line.path, goal, importance, goals[line.ref, goal][1]))
    return found


def _name(connection: sqlite3.Connection, group_id: int) -> str:
    return str(connection.execute("SELECT name FROM groups WHERE id = ?", (group_id,)).fetchone()[0])
