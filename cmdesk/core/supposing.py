"""A what-if question, asked of a snapshot: what is supposed, and what the fit of groups would be then. Nothing is stored."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import msgspec

from cmdesk.core import suppression, what_if
from cmdesk.core.contributions import Score
from cmdesk.core.errors import CmdeskError
from cmdesk.core.progress import Progress
from cmdesk.core.text import _, for_keeping

if TYPE_CHECKING:
    from cmdesk.core.assessments import Plugins
    from cmdesk.core.goal_model import GoalModel
    from cmdesk.core.snapshot import Snapshot


class Supposition(msgspec.Struct, frozen=True, kw_only=True):
    """What is supposed, in this order. People are members' ids, groups are groups' ids: `leave`; `join` (group, people); `ties` (person, person);
    `split` (group, people who go into one half; the others make the other); `circle` (name, people who become a group, group around it or None)."""

    leave: tuple[int, ...] = ()
    join: tuple[tuple[int, tuple[int, ...]], ...] = ()
    ties: tuple[tuple[int, int], ...] = ()
    split: tuple[tuple[int, tuple[int, ...]], ...] = ()
    circle: tuple[tuple[str, tuple[int, ...], int | None], ...] = ()


class Supposed(msgspec.Struct, frozen=True, kw_only=True):
    """One goal of one group, as it is and as it would be; `new`: the group is only supposed. A score is None where the group is not there or
    would tell of too few people; its texts are in English."""

    group: str
    goal: str
    chosen: bool
    new: bool
    before: Score | None
    after: Score | None


def suppose(snapshot: Snapshot, what: Supposition) -> Snapshot:
    """The snapshot in which it is so; CmdeskError for a person or group that is not there."""
    persons = dict(zip(snapshot.people.id.tolist(), range(len(snapshot.people)), strict=True))
    groups = {int(group): row for row, group in enumerate(snapshot.groups.id.tolist())}

    def people(members: Sequence[int]) -> list[int]:
        return [_row(persons, member) for member in members]

    if what.leave:
        snapshot = what_if.without(snapshot, people(what.leave))
    for group, members in what.join:
        snapshot = what_if.with_members(snapshot, _row(groups, group), people(members))
    if what.ties:
        one, other = people([tie[0] for tie in what.ties]), people([tie[1] for tie in what.ties])
        snapshot = what_if.with_ties(snapshot, list(zip(one, other, strict=True)))
    for group, members in what.split:
        row, first = _row(groups, group), people(members)
        rest = [person for person in snapshot.groups.roster[row].tolist() if person not in first]
        name = snapshot.groups.name[row]
        snapshot = what_if.split(snapshot, row, [(f"{name} 1", first), (f"{name} 2", rest)])
    for title, members, parent in what.circle:
        snapshot = what_if.with_group(snapshot, title, people(members), 0 if parent is None else _row(groups, parent))
    return snapshot


def rough(snapshot: Snapshot) -> Snapshot:
    """The snapshot that questions are asked of: with values only. What was computed of it is kept, so ask all questions of one."""
    return snapshot if snapshot.rough else dataclasses.replace(snapshot, rough=True, kept={}, _measures={})


def ask(
    snapshot: Snapshot, what: Supposition, plugins: Plugins, model: GoalModel, groups: Sequence[int], goals: Sequence[str],
    progress: Progress | None = None,
) -> list[Supposed]:  # fmt: skip
    """The scores of `groups` (rows) against `goals` now and then, and of each group that is only supposed."""
    progress = progress or Progress()
    snapshot = rough(snapshot)
    before = _scores(snapshot, plugins, model, groups, goals, progress)
    then = suppose(snapshot, what)  # after that: what is known now need not be worked out again
    new = list(range(len(snapshot.groups), len(then.groups)))
    after = _scores(then, plugins, model, [*groups, *new], goals, progress)
    return [
        Supposed(
            group=then.groups.path[group], goal=goal, chosen=goal in then.groups.goals[group], new=group >= len(snapshot.groups),
            before=before.get((group, goal)), after=after.get((group, goal)),
        )
        for group in [*groups, *new]
        for goal in goals
    ]  # fmt: skip


def _scores(
    snapshot: Snapshot, plugins: Plugins, model: GoalModel, groups: Sequence[int], goals: Sequence[str], progress: Progress
) -> dict[tuple[int, str], Score]:
    from cmdesk.core.assessments import ASSESSOR, FitOptions

    why = suppression.reasons(snapshot)
    shown = [group for group in groups if not why[group]]
    with for_keeping():  # as a stored score: told where it is shown
        found = plugins.assessors[ASSESSOR].assess(snapshot, shown, list(goals), FitOptions(model), progress)
        return {(score.group, score.goal): score for score in found}


def _row(rows: Mapping[int, int], wanted: int) -> int:
    if wanted not in rows:
        raise CmdeskError(_("A person or group of this question is no longer there."), _("Ask again with what is there now."))
    return rows[wanted]
