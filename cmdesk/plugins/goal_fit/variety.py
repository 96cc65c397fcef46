"""How mixed a group is: Blau's index over units or expertise."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from cmdesk.api import Measure, Progress, Snapshot, _

from .facts import Facts, Floats
from .measures import guarded, missing


def blau_unit(snapshot: Snapshot, groups: Sequence[int], progress: Progress) -> list[Measure]:
    """Blau's index over the units of A, 1 = as mixed as can be."""
    unit, counted = snapshot.people.unit, snapshot.people.counted
    units = len(np.unique(unit[counted & (unit >= 0)]))

    def one(shared: Facts, group: int) -> Measure:
        if units < 2:
            return missing(_("The data name fewer than two units; import a list of people with their units."))
        active = shared.active(group)
        known = unit[active][unit[active] >= 0]
        if 2 * len(known) < len(active):
            return missing(_("The unit of most of its active members is not known; import a list of people with their units."), len(known))
        if len(known) < 2:
            return missing(_("It takes two active members whose unit is known; import a list of people with their units."), len(known))
        return Measure(blau(np.bincount(known).astype(np.float64), min(len(known), units)), n=len(known))

    return guarded(snapshot, groups, one, least=1)


def blau_expertise(snapshot: Snapshot, groups: Sequence[int], progress: Progress) -> list[Measure]:
    """Blau's index over the tags of expertise of A; a person with k tags counts 1/k for each."""
    expertise, counted = snapshot.people.expertise, snapshot.people.counted
    size = np.diff(expertise.start)
    tags = len(np.unique(expertise.take(np.flatnonzero(counted)).items))

    def one(shared: Facts, group: int) -> Measure:
        if tags < 2:
            return missing(_("The data name fewer than two kinds of expertise; import a list of people with their expertise."))
        active = shared.active(group)
        known = active[size[active] > 0]
        if 2 * len(known) < len(active):
            return missing(_("The expertise of most of its active members is not known; import a list of people with it."), len(known))
        if len(known) < 2:
            return missing(_("It takes two active members whose expertise is known; import a list of people with it."), len(known))
        weight = np.repeat(1.0 / size[known], size[known])
        return Measure(blau(np.bincount(expertise.take(known).items, weight).astype(np.float64), min(len(known), tags)), n=len(known))

    return guarded(snapshot, groups, one, least=1)


def blau(amounts: Floats, kinds: int) -> float:
    """(1 − Σ p²) ÷ (1 − 1/kinds), at most 1; kinds ≥ 2. Somebody with several tags can bring more kinds than persons, hence the limit."""
    p = amounts / amounts.sum()
    return float(min(1.0, max(0.0, (1 - (p * p).sum()) / (1 - 1 / kinds))))
