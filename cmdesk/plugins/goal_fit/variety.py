"""How mixed a group is: Blau's index over units or expertise."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from cmdesk.api import Measure, Progress, Snapshot, _

from .facts import Facts, Floats, Index
from .measures import guarded, missing


def blau_unit(snapshot: Snapshot, groups: Sequence[int], progress: Progress) -> list[Measure]:
    """Blau's index over the units of A, 1 = as mixed as can be."""
    unit, units = snapshot.people.unit, _units(snapshot)

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
    expertise, tags = snapshot.people.expertise, _tags(snapshot)
    size = np.diff(expertise.start)

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


def _units(snapshot: Snapshot) -> int:
    unit, counted = snapshot.people.unit, snapshot.people.counted
    return len(np.unique(unit[counted & (unit >= 0)]))


def _tags(snapshot: Snapshot) -> int:
    return len(np.unique(snapshot.people.expertise.take(np.flatnonzero(snapshot.people.counted)).items))


def shares_of_units(shared: Facts, persons: Index) -> tuple[Index, Index, Floats, int]:
    """Places in `persons` and their units where known, how much each counts (1), and how many units there can be."""
    unit = shared.snapshot.people.unit[persons]
    known = np.flatnonzero(unit >= 0).astype(np.int32)
    return known, unit[known], np.ones(len(known)), min(len(known), _units(shared.snapshot))


def shares_of_expertise(shared: Facts, persons: Index) -> tuple[Index, Index, Floats, int]:
    """Places in `persons` and their tags of expertise, 1/k for each of a person's k tags, and how many tags there can be."""
    expertise = shared.snapshot.people.expertise
    size = np.diff(expertise.start)[persons]
    place = np.repeat(np.arange(len(persons), dtype=np.int32), size)
    return place, expertise.take(persons).items, 1.0 / np.maximum(size, 1)[place], min(int((size > 0).sum()), _tags(shared.snapshot))


def blau_amounts(amounts: Floats, kinds: int) -> Floats:
    """`blau` of each column of amounts (kinds × columns); nan where a column is empty."""
    total = amounts.sum(axis=0)
    p = np.divide(amounts, total, out=np.full(amounts.shape, np.nan), where=total > 0)
    return np.asarray(np.clip((1 - (p * p).sum(axis=0)) / (1 - 1 / kinds), 0.0, 1.0)) if kinds > 1 else np.full(amounts.shape[1], np.nan)
