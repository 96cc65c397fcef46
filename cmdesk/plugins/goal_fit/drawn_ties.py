"""Trust under drawn weeks: every measure that stands on ties, in all replicates."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import cached_property
from typing import Any

import numpy as np

from cmdesk.api import Progress, resampled_trust, resampling

from .across import TOP_SHARE, Border
from .between_groups import Meeting
from .drawn import Sums, ratio
from .facts import Bools, Facts, Floats, Index, Ints
from .network import CLOSE_CONTACTS, CONTACTS
from .ties import STRONG, TIE, WEAK_FROM, neighbours, pairs_among, ties, triangle_list

_TRIANGLES = 8_000_000  # triangles × replicates at a time

Names = Sequence[str]
OnTies = dict[tuple[str, int], Floats]


def on_ties(shared: Facts, plan: resampling.Plan, names: Names, groups: Sequence[int], progress: Progress) -> OnTies:
    """The B values of each of `names` (keys of INSIDE and OUTSIDE) in each of `groups`; nan where a replicate has nothing to measure."""
    source = resampled_trust.ResampledTrust(shared.snapshot, plan)
    found = {(name, group): np.full(plan.replicates, np.nan) for name in names for group in groups}
    inside = {group: Inside(shared, group) for group in groups}
    outside = {group: Outside(shared, group) for group in groups} if any(name in OUTSIDE for name in names) else {}
    for block in source.blocks(progress):
        everywhere = Everywhere(shared, block)
        for group in groups:
            progress.check()
            here = Here(inside[group], block)
            for name in names:
                if name in INSIDE and here.n >= 2:
                    found[name, group][block.columns] = INSIDE[name](here)
                elif name in OUTSIDE and here.n:
                    found[name, group][block.columns] = OUTSIDE[name](outside[group], here, everywhere)
    return found


class Inside:
    """What stays the same in all replicates: the active members of a group and the pairs of them that ever exchanged anything."""

    def __init__(self, shared: Facts, group: int) -> None:
        self.shared, self.group = shared, group
        self.persons = shared.active(group)
        rows, self.a, self.b = pairs_among(shared, self.persons)
        self.pair = neighbours(shared).pair[rows]

    @cached_property
    def meeting(self) -> Meeting:
        """Who shares a group, and so needs no bridge."""
        return Meeting(self.shared.snapshot, self.group, self.persons)

    def border(self, what: str) -> Border:
        """The border between units, places or organisations."""
        return Border(ties(self.shared, self.group), getattr(self.shared.snapshot.people, what))


class Here:
    """The pairs of a group in some replicates. `a`, `b`, `r`, `tie` and `strong` are those of pairs that are a tie in at least one of them."""

    def __init__(self, inside: Inside, block: resampled_trust.Block) -> None:
        self.inside, self.n = inside, len(inside.persons)
        self.every = block.r[inside.pair]
        some = (self.every >= TIE).any(axis=1)
        self.some, self.a, self.b, self.r = some, inside.a[some], inside.b[some], self.every[some]
        self.tie, self.strong = self.r >= TIE, block.strong[inside.pair[some]]

    @cached_property
    def ends(self) -> Sums:
        """Sums of the ties over their two persons."""
        return Sums(self.n, self.a, self.b)

    @cached_property
    def degree(self) -> Any:
        """Ties of each person: persons × replicates."""
        return self.ends.total(self.tie, np.int32)

    @cached_property
    def closing(self) -> Any:
        """For each tie, the persons with a tie to both: ties × replicates."""
        return closing(self.n, self.a, self.b, self.tie)

    def crossing(self, what: str = "unit") -> tuple[Border, Bools, Bools]:
        """The border, which of the pairs cross it, and which have a known side at both ends."""
        border = self.inside.border(what)
        known = border.known[self.a] & border.known[self.b]
        return border, known & (border.label[self.a] != border.label[self.b]), known


def closing(n: int, a: Index, b: Index, tie: Bools) -> Any:
    """For each edge, in how many triangles it stands in each replicate: edges × replicates, 0 where the edge itself is not there."""
    edges = triangle_list(n, a, b)
    found = np.zeros(tie.shape, np.int32)
    step = max(1, _TRIANGLES // max(tie.shape[1], 1))
    for low in range(0, len(edges[0]), step):
        one, two, three = (rows[low : low + step] for rows in edges)
        found += Sums(len(a), one, two, three).total(tie[one] & tie[two] & tie[three], np.int32)
    return found


def _density(here: Here) -> Floats:
    return np.asarray(here.every.sum(axis=0, dtype=np.float64) / (here.n * (here.n - 1) // 2))


def _coh(here: Here) -> Floats:
    strong = here.ends.total(here.strong, np.int32)
    return np.asarray(np.minimum(1.0, strong / min(here.n - 1, CLOSE_CONTACTS)).mean(axis=0))


def _con(here: Here) -> Floats:
    most = min(here.n - 1, CONTACTS)
    return np.asarray(np.median(np.minimum(here.degree, most), axis=0) / most)


def _top(here: Here) -> Floats:
    return np.asarray(Sums(here.n, here.inside.a, here.inside.b).highest(here.every).mean(axis=0, dtype=np.float64))


def _iso(here: Here) -> Floats:
    return np.asarray((here.degree == 0).mean(axis=0))


def _core(here: Here) -> Floats:
    return np.asarray((here.degree > 0).sum(axis=0).astype(np.float64))


def _trans(here: Here) -> Floats:
    closed = here.ends.total(here.closing, np.int64) / 2
    return np.asarray((closed / np.maximum(here.degree * (here.degree - 1) / 2, 1)).mean(axis=0))


def _mix(what: str) -> Callable[[Here], Floats]:
    def mixed(here: Here) -> Floats:
        border, across, known = here.crossing(what)
        return _mixed(here.tie[across].sum(axis=0), here.tie[known].sum(axis=0), *border.pairs())

    return mixed


def _mixed(external: Ints, usable: Ints, pairs_across: int, pairs: int) -> Floats:
    return ratio(external, usable) / (pairs_across / pairs) if pairs_across else np.zeros(len(usable))


def _mix_group(here: Here) -> Floats:
    if not len(here.a) or not len(here.inside.meeting.place):
        return np.full(here.tie.shape[1], np.nan)
    internal = here.inside.meeting.together(here.a, here.b)
    pairs = here.n * (here.n - 1) // 2
    return _mixed(here.tie[~internal].sum(axis=0), here.tie.sum(axis=0), pairs - here.inside.meeting.pairs(), pairs)


def _ei(here: Here) -> Floats:
    _border, across, known = here.crossing()
    external, usable = here.tie[across].sum(axis=0), here.tie[known].sum(axis=0)
    return ratio(2 * external - usable, usable)


def _sim(here: Here) -> Floats:
    _border, across, _known = here.crossing()
    there = here.tie[across].sum(axis=0)
    shared = ratio(((here.closing[across] > 0) & here.tie[across]).sum(axis=0), there)
    return np.where((there == 0) & here.tie.any(axis=0), 0.0, shared)


def _wide(here: Here) -> Floats:
    border, across, _known = here.crossing()
    able = np.bincount(border.label[border.known]) >= 2
    pairs = int(able.sum()) * (int(able.sum()) - 1) // 2
    a, b, tie = here.a[across], here.b[across], here.tie[across]
    kept = able[border.label[a]] & able[border.label[b]]
    if not pairs or not kept.any():
        return np.zeros(tie.shape[1]) if pairs else np.full(tie.shape[1], np.nan)
    a, b, tie = a[kept], b[kept], tie[kept]
    swap = border.label[a] > border.label[b]
    left, right = np.where(swap, b, a), np.where(swap, a, b)
    _names, which = np.unique(border.label[left].astype(np.int64) * len(able) + border.label[right], return_inverse=True)
    sides = [_two_ends(which, side, here.n, tie) for side in (left, right)]
    return np.asarray((sides[0] & sides[1]).sum(axis=0) / pairs)


def _two_ends(which: Ints, side: Index, n: int, tie: Bools) -> Any:
    """For each pair of units, whether at least two persons of this side stand in its ties: pairs × replicates."""
    keys, place = np.unique(which * n + side, return_inverse=True)
    there = Sums(len(keys), place).total(tie, np.int32) > 0
    return Sums(int(which.max()) + 1, keys // n).total(there, np.int32) >= 2


def _bconc(here: Here) -> Floats:
    _border, across, _known = here.crossing()
    r = np.where(here.tie[across], here.r[across], 0.0)
    if not len(r):
        return np.full(r.shape[1], np.nan)
    a, b = here.a[across], here.b[across]
    own = Sums(here.n, a, b).total(r, np.float64)
    many = -(-(own > 0).sum(axis=0) * TOP_SHARE // 100)
    ranked = -np.sort(-own, axis=0)
    least = ranked[np.maximum(many, 1) - 1, np.arange(own.shape[1])]
    top = own >= np.maximum(least, 1e-9)
    return ratio(np.where(top[a] | top[b], r, 0.0).sum(axis=0, dtype=np.float64), r.sum(axis=0, dtype=np.float64))


INSIDE: dict[str, Callable[[Here], Floats]] = {
    "D_R": _density, "coh": _coh, "con": _con, "top": _top, "iso": _iso, "n_core": _core, "trans": _trans, "mix": _mix("unit"),
    "mix_place": _mix("place"), "mix_organisation": _mix("organisation"), "mix_group": _mix_group, "EI": _ei, "sim": _sim, "wide": _wide,
    "bconc": _bconc,
}  # fmt: skip
"""Measures of the ties among the active members of a group."""


class Outside:
    """The pairs of active members of a group with persons who are not in it. `reach` sums those that lead to another unit by member and unit."""

    def __init__(self, shared: Facts, group: int) -> None:
        near, unit = neighbours(shared), shared.snapshot.people.unit
        active = shared.active(group)
        rows, first = near.rows(active)
        outside = ~shared.is_member(group)[near.other[rows]]
        rows, first = rows[outside], first[outside]
        self.pair = near.pair[rows]
        member, other = unit[first], unit[near.other[rows]]
        self.apart = np.flatnonzero((member >= 0) & (other >= 0) & (member != other))
        self.known = int((unit[active] >= 0).sum())
        key = first[self.apart].astype(np.int64) * (int(unit.max(initial=0)) + 1) + other[self.apart]
        units, place = np.unique(key, return_inverse=True)
        self.reach = Sums(len(units), place)


class Everywhere:
    """All pairs of the community in some replicates."""

    def __init__(self, shared: Facts, block: resampled_trust.Block) -> None:
        self._shared, self.r = shared, block.r

    @cached_property
    def closed(self) -> Bools:
        """Ties with a common contact, in the group or not: pairs × replicates."""
        trust = self._shared.snapshot.trust
        tie = self.r >= TIE
        some = tie.any(axis=1)
        found = np.zeros(tie.shape, np.bool_)
        found[some] = closing(self._shared.people, trust.i[some], trust.j[some], tie[some]) > 0
        return found


def _ext(outside: Outside, here: Here, everywhere: Everywhere) -> Floats:
    r = everywhere.r[outside.pair[outside.apart]]
    weak = (r >= WEAK_FROM) & (r < STRONG)
    return np.asarray((outside.reach.total(weak, np.int32) > 0).sum(axis=0) / max(outside.known, 1))


def _ext_ties(outside: Outside, here: Here, everywhere: Everywhere) -> Floats:
    return np.asarray((everywhere.r[outside.pair] >= TIE).sum(axis=0) / here.n)


def _sim_out(outside: Outside, here: Here, everywhere: Everywhere) -> Floats:
    out = outside.pair[outside.apart]
    tie = everywhere.r[out] >= TIE
    there = tie.sum(axis=0)
    return np.where(there > 0, ratio((tie & everywhere.closed[out]).sum(axis=0), there), 0.0)


OUTSIDE: dict[str, Callable[[Outside, Here, Everywhere], Floats]] = {"ext": _ext, "extT": _ext_ties, "sim_out": _sim_out}
"""Measures of the ties of the active members of a group with persons outside it."""

BY_TIES: Iterable[str] = (*INSIDE, *OUTSIDE)
