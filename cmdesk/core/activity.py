"""Who is active: who wrote in the window, in each group itself and among its members (docs/goal-model.md §4.0)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from cmdesk.core.events import pack
from cmdesk.core.snapshot import Index, Lists, distinct

if TYPE_CHECKING:
    from cmdesk.core.snapshot import Parted, Snapshot


@dataclass(frozen=True, eq=False)
class Activity:
    """For each group, as sets of rows of people: `wrote`, who wrote in the group itself; `members`, its active members A: members who wrote in
    it or in a group inside it, or, where it has no channel, anywhere."""

    wrote: list[set[int]]
    members: list[set[int]]


def activity(snapshot: Snapshot) -> Activity:
    """The activity of a snapshot's window; worked out once."""
    if "activity" not in snapshot.kept:
        snapshot.kept["activity"] = _fewer(snapshot.parted) if snapshot.parted else _activity(snapshot)
    found: Activity = snapshot.kept["activity"]
    return found


def _fewer(parted: Parted) -> Activity:
    """That of everybody but the people who left."""
    known, gone = activity(parted.whole), set(np.flatnonzero(parted.gone).tolist())
    return Activity([wrote - gone for wrote in known.wrote], [members - gone for members in known.members])


def _activity(snapshot: Snapshot) -> Activity:
    groups, writers = snapshot.groups, _writers(snapshot)
    wrote = [set(writers[group].tolist()) for group in range(len(groups))]
    everywhere = set[int]().union(*wrote)
    members = []
    for group, channel in enumerate(groups.has_channel.tolist()):
        here = set[int]().union(*(wrote[inner] for inner in groups.inside[group].tolist())) if channel else everywhere
        members.append(here.intersection(groups.roster[group].tolist()))
    return Activity(wrote, members)


def _writers(snapshot: Snapshot) -> Lists:
    """The counted persons who wrote in W in each group itself."""
    posts, width = snapshot.posts, len(snapshot.people)
    rows = np.flatnonzero((posts.at > snapshot.since) & (posts.at <= snapshot.until) & (posts.author >= 0))
    rows = rows[snapshot.people.counted[posts.author[rows]]] if width else rows
    pairs = distinct(pack((np.maximum(posts.group[rows], 0), len(snapshot.groups)), (posts.author[rows], width)))
    person: Index = (pairs % max(width, 1)).astype(np.int32)
    return Lists(np.searchsorted(pairs // max(width, 1), np.arange(len(snapshot.groups) + 1)).astype(np.int64), person)
