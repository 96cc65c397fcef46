"""Exchange across borders: mixing, wide bridges, shared contacts, threads across units, reliance on few, reach outside."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from cmdesk.api import Measure, Progress, Snapshot, _

from .answering import by_group
from .facts import Bools, Facts, Floats, Index, distinct, facts
from .measures import guarded, missing, rate
from .threads import threads
from .ties import STRONG, TIE, WEAK_FROM, Ties, outward, ties

BRIDGING = 10
TOP_SHARE = 10  # percent


class Border:
    """The ties among active members whose unit (or other label) is known: `ties` with `crosses` for each, `label` of each person."""

    def __init__(self, found: Ties, label: Index) -> None:
        self.ties, self.label = found, label[found.persons]
        self.known = self.label >= 0
        self.usable = self.known[found.a] & self.known[found.b]
        self.crosses = self.usable & (self.label[found.a] != self.label[found.b])

    def reason(self) -> str:
        """Why nothing can be said, or ""."""
        if 2 * int(self.known.sum()) < len(self.known):
            return _("The unit of most of its active members is not known; import a list of people with their units.")
        if not len(self.ties):
            return _("There is no tie among its active members yet; import more channels or a longer period.")
        if not self.usable.any():
            return _("There is no tie between members whose unit is known; import a list of people with their units.")
        return ""

    def pairs(self) -> tuple[int, int]:
        """(pairs across, all pairs) of persons whose label is known."""
        m = int(self.known.sum())
        sizes = np.bincount(self.label[self.known])
        return m * (m - 1) // 2 - int((sizes * (sizes - 1) // 2).sum()), m * (m - 1) // 2


def _bordered(snapshot: Snapshot, groups: Sequence[int], label: Index, one: Callable[[Facts, int, Border], Measure]) -> list[Measure]:
    """`one` for each group that has ties and known labels, in a community with more than one label."""
    several = len(np.unique(label[snapshot.people.counted & (label >= 0)])) >= 2

    def measure(shared: Facts, group: int) -> Measure:
        if not several:
            return missing(_("The data name fewer than two units; import a list of people with their units."))
        border = Border(ties(shared, group), label)
        why = border.reason()
        return missing(why, int(border.known.sum())) if why else one(shared, group, border)

    return guarded(snapshot, groups, measure, least=2)


def mixing(external: int, internal: int, pairs_across: int, pairs: int) -> float:
    """(E ÷ (E + I)) ÷ (pairs across ÷ pairs): 1 where ties cross borders as often as chance would have it; 0 where none does."""
    return external / (external + internal) / (pairs_across / pairs) if external else 0.0


def ei(external: int, internal: int) -> float:
    """(E − I) ÷ (E + I)."""
    return (external - internal) / (external + internal)


def expected_ei(pairs_across: int, pairs: int) -> float:
    """The E-I index that chance would give."""
    return (2 * pairs_across - pairs) / pairs


def _mixing(shared: Facts, group: int, border: Border) -> Measure:
    external, usable = int(border.crosses.sum()), int(border.usable.sum())
    return Measure(mixing(external, usable - external, *border.pairs()), n=usable)


def mix(snapshot: Snapshot, groups: Sequence[int], progress: Progress) -> list[Measure]:
    """Mixing across units."""
    return _bordered(snapshot, groups, snapshot.people.unit, _mixing)


def mix_place(snapshot: Snapshot, groups: Sequence[int], progress: Progress) -> list[Measure]:
    """Mixing across places."""
    return _bordered(snapshot, groups, snapshot.people.place, _mixing)


def mix_organisation(snapshot: Snapshot, groups: Sequence[int], progress: Progress) -> list[Measure]:
    """Mixing across organisations."""
    return _bordered(snapshot, groups, snapshot.people.organisation, _mixing)


def EI(snapshot: Snapshot, groups: Sequence[int], progress: Progress) -> list[Measure]:  # noqa: N802 - the metric's name
    """The E-I index of ties across units; `low` and `high` hold nothing here, the expectation of chance stands in `expected_ei`."""

    def one(shared: Facts, group: int, border: Border) -> Measure:
        external, usable = int(border.crosses.sum()), int(border.usable.sum())
        return Measure(ei(external, usable - external), n=usable)

    return _bordered(snapshot, groups, snapshot.people.unit, one)


def EI_random(snapshot: Snapshot, groups: Sequence[int], progress: Progress) -> list[Measure]:  # noqa: N802 - the metric's name
    """The E-I index that ties at random would have."""

    def one(shared: Facts, group: int, border: Border) -> Measure:
        across, pairs = border.pairs()
        return Measure(expected_ei(across, pairs), n=int(border.known.sum()))

    return _bordered(snapshot, groups, snapshot.people.unit, one)


def wide(snapshot: Snapshot, groups: Sequence[int], progress: Progress) -> list[Measure]:
    """Pairs of units (two actives each, or more) that two ties without a common person hold together ÷ such pairs."""

    def one(shared: Facts, group: int, border: Border) -> Measure:
        sizes = np.bincount(border.label[border.known])
        able = sizes >= 2
        pairs = int(able.sum()) * (int(able.sum()) - 1) // 2
        if not pairs:
            return missing(
                _("Fewer than two units have two active members here; it takes two, so import more channels or a longer period.")
            )
        a, b = border.ties.a[border.crosses], border.ties.b[border.crosses]
        kept = able[border.label[a]] & able[border.label[b]]
        return Measure(held(a[kept], b[kept], border.label) / pairs, n=pairs)

    return _bordered(snapshot, groups, snapshot.people.unit, one)


def held(a: Index, b: Index, label: Index) -> int:
    """Pairs of labels with two ties a–b that share no person. Ties between two sides all meet each other only if they share one person,
    so two persons on each side are enough."""
    if not len(a):
        return 0
    swap = label[a] > label[b]
    left, right = np.where(swap, b, a).astype(np.int64), np.where(swap, a, b).astype(np.int64)
    pair = label[left].astype(np.int64) * (int(label.max()) + 1) + label[right]
    _pairs, which = np.unique(pair, return_inverse=True)
    people = len(label)
    lefts = np.bincount(np.unique(which * people + left) // people)
    rights = np.bincount(np.unique(which * people + right) // people)
    return int(((lefts >= 2) & (rights >= 2)).sum())


def sim(snapshot: Snapshot, groups: Sequence[int], progress: Progress) -> list[Measure]:
    """Ties across units among A with at least one common tie ÷ such ties; 0 where there are ties but none across."""

    def one(shared: Facts, group: int, border: Border) -> Measure:
        common = border.ties.shared_contacts[border.crosses] > 0
        return Measure(float(common.mean()) if len(common) else 0.0, n=len(common))

    return _bordered(snapshot, groups, snapshot.people.unit, one)


def sim_out(snapshot: Snapshot, groups: Sequence[int], progress: Progress) -> list[Measure]:
    """Ties of A to persons of another unit outside the group with at least one common tie ÷ such ties; 0 where there are none across."""
    unit = snapshot.people.unit

    def one(shared: Facts, group: int) -> Measure:
        active, out = shared.active(group), outward(shared, group)
        if why := _no_outside(shared, group, unit, active):
            return missing(why, len(active))
        tie = out.r >= TIE
        if not len(ties(shared, group)) and not tie.any():
            return missing(_("Its active members have no tie yet; import more channels or a longer period."), len(active))
        across = tie & (unit[out.member] >= 0) & (unit[out.other] >= 0) & (unit[out.member] != unit[out.other])
        common = out.closed[across]
        return Measure(float(common.mean()) if len(common) else 0.0, n=len(common))

    return guarded(snapshot, groups, one, least=1)


def ext(snapshot: Snapshot, groups: Sequence[int], progress: Progress) -> list[Measure]:
    """Units other than one's own that an active member reaches over weak ties (.05 ≤ R < .5) to persons outside the group; the mean."""
    unit = snapshot.people.unit

    def one(shared: Facts, group: int) -> Measure:
        active, out = shared.active(group), outward(shared, group)
        if why := _no_outside(shared, group, unit, active):
            return missing(why, len(active))
        known = active[unit[active] >= 0]
        return Measure(float(reached(out.member, unit[out.other], out.r, unit) / len(known)), n=len(known))

    return guarded(snapshot, groups, one, least=1)


def reached(member: Index, other_unit: Index, r: Floats, unit: Index) -> int:
    """How many units, not their own, each person reaches over the weak ties `member` → somebody of `other_unit`; the sum over persons."""
    weak = (r >= WEAK_FROM) & (r < STRONG)
    member, other_unit = member[weak], other_unit[weak]
    own = unit[member]
    apart = (other_unit >= 0) & (own >= 0) & (other_unit != own)
    return len(distinct(member[apart].astype(np.int64) * (int(unit.max(initial=0)) + 1) + other_unit[apart]))


def extT(snapshot: Snapshot, groups: Sequence[int], progress: Progress) -> list[Measure]:  # noqa: N802 - the metric's name
    """Ties to persons outside the group, per active member."""

    def one(shared: Facts, group: int) -> Measure:
        active = shared.active(group)
        if shared.is_whole(group):
            return missing(_nobody_outside(), len(active))
        return Measure(float((outward(shared, group).r >= TIE).sum() / len(active)), n=len(active))

    return guarded(snapshot, groups, one, least=1)


def _nobody_outside() -> str:
    return _("The whole community has nobody outside it; choose a group inside it.")


def _no_outside(shared: Facts, group: int, unit: Index, active: Index) -> str:
    """Why nothing can be said about other units outside, or ""."""
    if shared.is_whole(group):
        return _nobody_outside()
    if len(np.unique(unit[shared.snapshot.people.counted & (unit >= 0)])) < 2:
        return _("The data name fewer than two units; import a list of people with their units.")
    known = int((unit[active] >= 0).sum())
    if 2 * known < len(active) or not known:
        return _("The unit of most of its active members is not known; import a list of people with their units.")
    return ""


def xthr(snapshot: Snapshot, groups: Sequence[int], progress: Progress) -> list[Measure]:
    """Threads of W with people of at least two units ÷ threads of W with at least two people (whose unit is known)."""
    shared, unit, people = facts(snapshot), snapshot.people.unit, snapshot.people
    why = ""
    if "thread" not in snapshot.states:
        why = _("The data hold no threads; import an export that tells which message replies to which.")
    elif len(np.unique(unit[people.counted & (unit >= 0)])) < 2:
        why = _("The data name fewer than two units; import a list of people with their units.")
    if why:
        return [missing(why) for _group in groups]
    found = threads(shared)
    several, across = found.spans(unit)
    items, hits = by_group(shared, found.place, several & found.in_window), by_group(shared, found.place, across & found.in_window)
    measured = rate(snapshot, groups, "xthr", hits, items, _("threads with at least two people whose unit is known"))
    return [_known_units(shared, group, unit, one) for group, one in zip(groups, measured, strict=True)]


def _known_units(shared: Facts, group: int, unit: Index, measure: Measure) -> Measure:
    active = shared.active(group)
    if measure.value is None or 2 * int((unit[active] >= 0).sum()) >= len(active):
        return measure
    return missing(_("The unit of most of its active members is not known; import a list of people with their units."), measure.n)


def bconc(snapshot: Snapshot, groups: Sequence[int], progress: Progress) -> list[Measure]:
    """How much of the trust across units hangs on the top tenth of the people who bridge."""

    def one(shared: Facts, group: int, border: Border) -> Measure:
        a, b, r = border.ties.a[border.crosses], border.ties.b[border.crosses], border.ties.r[border.crosses]
        bridging = len(np.unique(np.concatenate([a, b])))
        if bridging < BRIDGING:
            text = _("Only {n} of its members have a tie across units, and {least} are needed; import more channels or a longer period.")
            return missing(text.format(n=bridging, least=BRIDGING), bridging)
        return Measure(concentration(a, b, r), n=bridging)

    return _bordered(snapshot, groups, snapshot.people.unit, one)


def concentration(a: Index, b: Index, r: Floats) -> float:
    """Σ R of the ties a–b that touch the top ⌈10 %⌉ of their persons (by the R of their ties; equal ones in the order of rows) ÷ Σ R."""
    size = int(max(a.max(), b.max())) + 1
    own = np.bincount(a, r, size) + np.bincount(b, r, size)
    persons = np.unique(np.concatenate([a, b]))
    many = -(-len(persons) * TOP_SHARE // 100)
    top = persons[np.lexsort((persons, -np.round(own[persons], 12)))[:many]]
    touched: Bools = np.isin(a, top) | np.isin(b, top)
    return float(r[touched].sum() / r.sum())
