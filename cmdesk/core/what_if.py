"""What if people left or came, ties were added, a group were split, a circle were a group: another snapshot; the file stays as it is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from cmdesk.core import assembling, fewer
from cmdesk.core.events import Events, Kind
from cmdesk.core.snapshot import DAY, Bools, Groups, Index, Ints, Lists, Parted, Snapshot

WEEKS = 13
"""An added tie is one message a week each way over the last quarter."""


def without(snapshot: Snapshot, persons: Sequence[int] | Index) -> Snapshot:
    """These people (rows) left: their posts stay where they are, but they are nobody's contact, member or audience any more."""
    counted = snapshot.people.counted.copy()
    counted[np.asarray(persons, np.int64)] = False
    groups = replace(snapshot.groups, roster=_only(snapshot.groups.roster, counted), audience=_only(snapshot.groups.audience, counted))
    added = tuple(part.only(counted[part.actor] & counted[part.target]) for part in snapshot.added)
    found = _new(snapshot, people=replace(snapshot.people, counted=counted), groups=groups, added=added)
    found.kept["parted"] = Parted(snapshot, snapshot.people.counted & ~counted)
    fewer.carry_over(snapshot, found)
    return found


def with_members(snapshot: Snapshot, group: int, persons: Sequence[int] | Index) -> Snapshot:
    """These people (rows) are members of `group` and so of the groups around it."""
    return _new(snapshot, groups=_with(snapshot.groups, group, persons, snapshot.people.counted))


def with_ties(snapshot: Snapshot, pairs: Sequence[tuple[int, int]], group: int = 0) -> Snapshot:
    """Each pair of people (rows) exchanges one message a week each way in `group` over the last WEEKS weeks."""
    one = np.array([pair[0] for pair in pairs], np.int32)
    other = np.array([pair[1] for pair in pairs], np.int32)
    real = (one != other) & snapshot.people.counted[one] & snapshot.people.counted[other] if len(pairs) else np.zeros(0, np.bool_)
    ends = np.concatenate([one[real], other[real]]), np.concatenate([other[real], one[real]])
    actor, target = (np.tile(end, WEEKS).astype(np.int32) for end in ends)
    at = np.repeat(snapshot.until - 7 * DAY * np.arange(WEEKS, dtype=np.int64), 2 * int(real.sum()))
    many = len(actor)
    added = Events(
        actor, target, np.full(many, Kind.REPLY, np.int8), np.ones(many, np.int32), at, np.full(many, group, np.int32), np.full(many, -1, np.int32)
    )
    return _new(snapshot, added=(*snapshot.added, added))


def with_group(snapshot: Snapshot, name: str, persons: Sequence[int] | Index, parent: int = 0) -> Snapshot:
    """A new group of these people (rows) inside `parent`, without a channel: such as a circle that becomes a group. It is the last row."""
    return with_groups(snapshot, [(name, persons)], parent)


def with_groups(snapshot: Snapshot, made: Sequence[tuple[str, Sequence[int] | Index]], parent: int = 0) -> Snapshot:
    """New groups (name, people) inside `parent`, without a channel; they are the last rows. Who turned to whom stays as it is."""
    groups, count, many = snapshot.groups, len(snapshot.groups), len(made)
    above = np.append(groups.parent, np.full(many, parent, np.int32)).astype(np.int32)
    names = tuple(name for name, _persons in made)
    ahead = "" if parent == 0 else f"{groups.path[parent]}/"
    around = [k for k in range(count) if parent in groups.inside[k]] if parent else [0]
    owners = [np.repeat(np.arange(count), np.diff(groups.roster.start))]
    people: list[Index] = [groups.roster.items]
    for k, (_name, persons) in enumerate(made):
        new = np.asarray(persons, np.int32)
        new = new[snapshot.people.counted[new]]
        for owner in (*around, count + k):
            owners.append(np.full(len(new), owner, np.int64))
            people.append(new)
    roster = assembling.grouped(np.concatenate(owners), np.concatenate(people), count + many)
    lists = Lists(np.append(groups.audience.start, np.full(many, groups.audience.start[-1])), groups.audience.items)
    found = _new(snapshot, groups=Groups(
        id=np.append(groups.id, -1 - count - np.arange(many)), ref=(*groups.ref, *(f"what-if:{count + k}" for k in range(many))),
        name=(*groups.name, *names), path=(*groups.path, *(ahead + name for name in names)), parent=above, roster=roster, audience=lists,
        inside=assembling.inside(above), has_channel=np.append(groups.has_channel, np.zeros(many, np.bool_)),
        goals=(*groups.goals, *(frozenset() for _ in range(many))),
    ))  # fmt: skip
    for computed in ("events", "trust"):
        if computed in snapshot.__dict__:
            found.__dict__[computed] = snapshot.__dict__[computed]
    return found


def split(snapshot: Snapshot, group: int, parts: Sequence[tuple[str, Sequence[int] | Index]]) -> Snapshot:
    """`group` is divided into new groups (name, members) inside it; people who are not its members are passed over."""
    members = snapshot.groups.roster[group]
    for name, persons in parts:
        snapshot = with_group(snapshot, name, np.intersect1d(np.asarray(persons, np.int64), members), group)
    return snapshot


def _new(snapshot: Snapshot, **changes: object) -> Snapshot:
    """Another snapshot: nothing that was computed of the old one is taken along."""
    return replace(snapshot, **changes, kept={}, _measures={})  # type: ignore[arg-type]


def _with(groups: Groups, group: int, persons: Sequence[int] | Index, counted: Bools) -> Groups:
    """The groups with more members in `group`, those around it included."""
    new = np.asarray(persons, np.int32)
    new = new[counted[new]]
    around = [k for k in range(len(groups)) if group in groups.inside[k]]
    owner = np.repeat(np.arange(len(groups)), np.diff(groups.roster.start))
    owners: Ints = np.concatenate([owner, np.repeat(np.array(around, np.int64), len(new))])
    people = np.concatenate([groups.roster.items, np.tile(new, len(around))])
    return replace(groups, roster=assembling.grouped(owners, people, len(groups)))


def _only(lists: Lists, counted: Bools) -> Lists:
    keep = counted[lists.items]
    before = np.concatenate([[0], np.cumsum(keep)])
    return Lists(before[lists.start], lists.items[keep])
