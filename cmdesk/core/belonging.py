"""Who belongs where, as far as the data say: whose department, role and expertise are known, which groups could be departments, and which goals
get no verdict without it."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence

import msgspec

from cmdesk.core import edits, groups, history
from cmdesk.core.community import Community
from cmdesk.core.goal_model import GoalModel
from cmdesk.core.schema import ROOT
from cmdesk.core.text import N_

UNIT, EXPERTISE, AUDIENCE, LEADER, ROLE = "unit", "expertise", "audience", "leader", "role"
NEEDED_BY = {
    UNIT: ("mix", "wide", "sim", "sim_out", "xthr", "bconc", "blau_unit", "ext"), EXPERTISE: ("blau_expertise",), AUDIENCE: ("aud",), LEADER: ("lead",),
    ROLE: ("srole",),
}  # fmt: skip
"""Kind of data → metrics of the goal model that rest on it."""
_MOST = "(SELECT count(*) FROM members WHERE NOT is_bot AND NOT deleted AND NOT opted_out"


class GroupLine(msgspec.Struct, frozen=True):
    """A group that could be a department: how many people are in it, and of how many of them no department is known."""

    id: int
    path: str
    people: int
    unknown: int


class Need(msgspec.Struct, frozen=True):
    """A kind of data: of how many people it is known (for an audience: of how many groups), and what it decides. `verdict`: goals whose must-have
    rests on it, `less`: goals that are judged on less without it."""

    kind: str
    known: int
    verdict: tuple[str, ...]
    less: tuple[str, ...]


class Belonging(msgspec.Struct, frozen=True):
    """What is known. `people` are members without bots and those who left the platform; `groups` are largest first."""

    people: int
    groups: tuple[GroupLine, ...]
    needs: tuple[Need, ...]


def standing(connection: sqlite3.Connection, model: GoalModel) -> Belonging:
    """What is known now, and what `model` needs."""
    (people, units, roles, expertise, leaders, audiences) = connection.execute(
        f"SELECT {_MOST}), {_MOST} AND unit <> ''), {_MOST} AND role <> ''), {_MOST} AND expertise <> '[]'), {_MOST} AND is_leader),"
        " (SELECT count(DISTINCT group_id) FROM belongs WHERE audience)"
    ).fetchone()
    known = {UNIT: units, ROLE: roles, EXPERTISE: expertise, LEADER: leaders, AUDIENCE: audiences}
    return Belonging(people, tuple(_groups(connection)), tuple(Need(kind, known[kind], *_goals(model, kind)) for kind in NEEDED_BY))


def _goals(model: GoalModel, kind: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    wanted = NEEDED_BY[kind]
    must = tuple(name for name, goal in model.goals.items() if any(one.gate and one.metric in wanted for one in goal.criteria))
    less = tuple(
        name for name, goal in model.goals.items() if name not in must and any(one.metric in wanted for one in goal.criteria)
    )  # fmt: skip
    return must, less


def _groups(connection: sqlite3.Connection) -> list[GroupLine]:
    counted = {
        group: (people, unknown)
        for group, people, unknown in connection.execute(
            "SELECT m.group_id, count(DISTINCT p.id), count(DISTINCT CASE WHEN p.unit = '' THEN p.id END) FROM belongs m"
            " JOIN identities i ON i.id = m.identity_id JOIN members p ON p.id = i.member_id"
            " WHERE NOT m.audience AND m.left_at IS NULL AND NOT p.is_bot AND NOT p.deleted AND NOT p.opted_out GROUP BY m.group_id"
        )
    }
    lines = [GroupLine(row.id, row.path, *counted[row.id]) for row in groups.rows(connection) if row.id != ROOT and row.id in counted]
    return sorted(lines, key=lambda line: (-line.people, line.path.casefold()))


def make_departments(community: Community, chosen: Sequence[int]) -> int:
    """Say of these groups that they are departments: who is in one and has no department gets its name, who is in several that of the smallest.
    One undoable command; returns of how many people the department is known by it."""
    with community.reading() as connection:
        names = {row.id: row.name for row in groups.rows(connection)}
        found: dict[str, str] = {}
        sizes = {line.id: line.people for line in _groups(connection)}
        for group in sorted((one for one in chosen if one in names), key=lambda one: (sizes.get(one, 0), one)):
            for ref in _without(connection, group):
                found.setdefault(ref, names[group])
        changes = [edits.member_change(connection, ref, UNIT, unit) for ref, unit in found.items()]
    if changes:
        history.command(community, "edit", N_("Departments taken from groups: {n} people").format(n=len(changes)), changes, tables=("members",))
    return len(changes)


def _without(connection: sqlite3.Connection, group: int) -> list[str]:
    rows = connection.execute(
        "SELECT DISTINCT p.ref FROM belongs m JOIN identities i ON i.id = m.identity_id JOIN members p ON p.id = i.member_id"
        " WHERE m.group_id = ? AND NOT m.audience AND m.left_at IS NULL AND NOT p.is_bot AND p.unit = ''", (group,),
    )  # fmt: skip
    return [row[0] for row in rows]
