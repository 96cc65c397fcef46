"""Places that people keep through all periods: laid out once, on every tie that ever was."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np

from cmdesk.api import Progress, _, arrangement, circles

from .. import facts
from ..choice import Choice
from ..strengths import Ties, trust_of

if TYPE_CHECKING:
    from cmdesk.api import Snapshot

    from .frames import Frame


def union(frames: Sequence[Frame]) -> Ties:
    """Every pair that has a tie in any period, once, with its greatest weight."""
    if not frames:
        nobody = np.zeros(0, np.int32)
        return Ties(nobody, nobody, np.zeros(0), np.zeros(0, np.bool_))
    width = max(len(frames[0].here), 1)
    every = np.concatenate([frame.keys() for frame in frames])
    keys, place = np.unique(every, return_inverse=True)
    most, strong = np.zeros(len(keys)), np.zeros(len(keys), np.bool_)
    np.maximum.at(most, place, np.concatenate([frame.r for frame in frames]))
    np.logical_or.at(strong, place, np.concatenate([frame.strong for frame in frames]))
    return Ties((keys // width).astype(np.int32), (keys % width).astype(np.int32), most, strong)


def settle(
    snapshot: Snapshot, choice: Choice, frames: Sequence[Frame], progress: Progress | None = None, *,
    roles: Mapping[int, str] | None = None, verdicts: Mapping[int, str] | None = None,
) -> facts.Facts:  # fmt: skip
    """The facts of a circle map on which people stand as the ties of all periods ask: for every period the same. Its `every` are the ties of all
    periods."""
    progress = progress or Progress()
    every, persons = union(frames), len(snapshot.people)
    progress.step(_("Finding circles"))
    label = circles.containers_of(every.i, every.j, every.weight, persons, progress=progress)
    unit, units = facts.departments(snapshot)
    progress.step(_("Placing circles"))
    found = arrangement.arrange(label, unit, every.i, every.j, every.weight)
    return facts.Facts(
        snapshot, choice, trust_of(snapshot, choice), every, found, unit, units, facts.main_groups(snapshot), roles or {}, verdicts or {}
    )
