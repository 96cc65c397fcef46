"""What each group is for: up to eight goals, each with its importance, set and removed as undoable commands."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable

import msgspec

from cmdesk.core import groups, history
from cmdesk.core.community import Community
from cmdesk.core.errors import CmdeskError
from cmdesk.core.goal_model import GOALS, TITLES
from cmdesk.core.text import N_, _
from cmdesk.core.when import now


class GoalRow(msgspec.Struct, frozen=True):
    """A chosen goal; `since` in µs UTC. Goals of groups that are not there (their import was undone) sleep and are not listed."""

    group_id: int
    group: str
    goal: str
    importance: int
    since: int


class Aim(msgspec.Struct, frozen=True):
    """A goal to set: group, goal, importance (1–5), and `since` in µs UTC (None: now, or when it was first set)."""

    group_id: int
    goal: str
    importance: int = 3
    since: int | None = None


def set(community: Community, group_id: int, goal: str, importance: int = 3) -> None:  # noqa: A001 -- goals.set reads as what it does
    """Set a goal of a group, or its importance (1–5); CmdeskError for an unknown goal or importance."""
    with community.reading() as connection:
        groups.ref_of(connection, group_id)
        name = _name(connection, group_id)
    set_many(community, [Aim(group_id, goal, importance)], N_("Goal “{goal}” for {name}").format(goal=TITLES.get(goal, goal), name=name))


def set_many(community: Community, aims: Iterable[Aim], title: str) -> None:
    """Set several goals as one undoable command with this title; CmdeskError for an unknown goal or importance, and then none is set."""
    with community.reading() as connection:
        changes = [_change(connection, aim) for aim in aims]
    changes = [change for change in changes if change.after != change.before]
    if changes:
        history.command(community, "goal", title, changes, tables=("goals",))


def _change(connection: sqlite3.Connection, aim: Aim) -> history.RowChange:
    if aim.goal not in GOALS:
        raise CmdeskError(_("There is no goal “{goal}”.").format(goal=aim.goal), _("The goals are: {names}.").format(names=", ".join(GOALS)))
    if not 1 <= aim.importance <= 5:
        raise CmdeskError(
            _("The importance {importance} is not between 1 and 5.").format(importance=aim.importance), _("5 is the most important.")
        )
    change = history.change(connection, "goals", {"group_ref": groups.ref_of(connection, aim.group_id), "goal": aim.goal}, None)
    since = aim.since if aim.since is not None else change.before["since"] if change.before else now()
    return msgspec.structs.replace(change, after={"importance": aim.importance, "since": since})


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
    title = N_("Goal “{goal}” removed from {name}").format(goal=TITLES.get(goal, goal), name=name)
    history.command(community, "goal", title, [change], tables=("goals",))


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
