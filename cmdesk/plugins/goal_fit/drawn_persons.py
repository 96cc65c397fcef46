"""Measures of a group in which its active members are drawn again: the vertex bootstrap (Snijders & Borgatti 1999).

A pair of copies of one person has no trust of its own; it gets that of a random pair that was observed. Shares and means over persons are
those of the persons drawn.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import Any

import numpy as np

from cmdesk.api import competence, rates, resampling

from .across import Border
from .content import answers_and_pages
from .drawn import Sums, ratio
from .facts import Facts, Floats, Index, Ints
from .measures import LEAST_ITEMS, PRIORS
from .network import CLOSE_CONTACTS, CONTACTS
from .threads import threads
from .ties import STRONG, TIE, WEAK_FROM, Ties, outward, ties
from .variety import blau_amounts, shares_of_expertise, shares_of_units

_CHUNK = 16_384  # pairs at a time


class Persons:
    """The active members of a group as they were drawn: `times` each (persons × B), `same` pairs of copies of one person, `rng` for these."""

    def __init__(self, shared: Facts, group: int, plan: resampling.Plan) -> None:
        self.shared, self.group = shared, group
        self.active = shared.active(group)
        self.n = len(self.active)
        ref = shared.snapshot.groups.ref[group]
        self.times = plan.persons(ref, self.n)
        self.same = (self.times * (self.times - 1) // 2).sum(axis=0)
        self._plan, self._ref = plan, ref

    def rng(self, name: str) -> np.random.Generator:
        """The stream of one metric."""
        return self._plan.generator("copies", self._ref, name)

    @cached_property
    def ties(self) -> Ties:
        """Trust among them."""
        return ties(self.shared, self.group)

    @property
    def pairs(self) -> int:
        """How many pairs of different persons there are."""
        return self.n * (self.n - 1) // 2

    def summed(self, a: Index | Ints, b: Index | Ints, value: Any) -> Floats:
        """Σ value over all pairs of copies of a and b."""
        found = np.zeros(self.times.shape[1])
        for low in range(0, len(a), _CHUNK):
            part = slice(low, low + _CHUNK)
            copies = self.times[a[part]] * self.times[b[part]]
            found += (copies * np.asarray(value[part], np.float64)[:, None]).sum(axis=0)
        return found

    def degree(self, a: Index, b: Index, name: str) -> Ints:
        """How many copies each copy of a person has an edge with, where a–b are the edges: persons × B."""
        found = Sums(self.n, np.concatenate([a, b])).total(self.times[np.concatenate([b, a])], np.int32)
        share = len(a) / self.pairs
        return np.asarray(found + self.rng(name).binomial(np.maximum(self.times - 1, 0), share) if share else found)

    def of(self, person: Index | Ints) -> Any:
        """How often each of `person` (rows of people) was drawn; once where it is none of the active members: persons × B."""
        at = np.minimum(np.searchsorted(self.active, person), self.n - 1)
        return np.where((self.active[at] == person)[:, None], self.times[at], 1)

    def mean(self, values: Any) -> Floats:
        """The mean over the persons drawn."""
        return np.asarray((self.times * np.asarray(values, np.float64)[:, None]).sum(axis=0) / self.n)


def _density(drawn: Persons) -> Floats:
    found, rng = drawn.ties, drawn.rng("D_R")
    total = drawn.summed(found.pair_a, found.pair_b, found.pair_r)
    there = rng.binomial(drawn.same, len(found.pair_r) / drawn.pairs)
    if there.any():
        picked = found.pair_r[rng.integers(0, len(found.pair_r), int(there.sum()))]
        total += np.bincount(np.repeat(np.arange(len(there)), there), picked, len(there))
    return total / drawn.pairs


def _coh(drawn: Persons) -> Floats:
    found = drawn.ties
    strong = drawn.degree(found.a[found.strong], found.b[found.strong], "coh")
    return np.asarray((drawn.times * np.minimum(1.0, strong / min(drawn.n - 1, CLOSE_CONTACTS))).sum(axis=0) / drawn.n)


def _con(drawn: Persons) -> Floats:
    most = min(drawn.n - 1, CONTACTS)
    ties_of = np.minimum(drawn.degree(drawn.ties.a, drawn.ties.b, "con"), most)
    upto = np.cumsum([np.where(ties_of == level, drawn.times, 0).sum(axis=0) for level in range(most + 1)], axis=0)
    middle = [(upto <= place).sum(axis=0) for place in ((drawn.n - 1) // 2, drawn.n // 2)]
    return np.asarray((middle[0] + middle[1]) / 2 / most)


def _across(drawn: Persons, what: str, name: str) -> tuple[Any, Any, Any, Any]:
    """Ties across, ties, pairs across and pairs, of copies whose side is known."""
    border, rng = Border(drawn.ties, getattr(drawn.shared.snapshot.people, what)), drawn.rng(name)
    found, times = drawn.ties, drawn.times[border.known]
    external, usable = drawn.summed(found.a, found.b, border.crosses), drawn.summed(found.a, found.b, border.usable)
    pairs_across, pairs = border.pairs()
    many, same = times.sum(axis=0), (times * (times - 1) // 2).sum(axis=0)
    sizes = Sums(int(border.label.max(initial=0)) + 1, border.label[border.known]).total(times, np.int64)
    apart = (many * many - (sizes * sizes).sum(axis=0)) // 2
    more = rng.binomial(same, pairs_across / max(pairs, 1))
    tied_across = rng.binomial(more, border.crosses.sum() / max(pairs_across, 1))
    tied_within = rng.binomial(same - more, (border.usable.sum() - border.crosses.sum()) / max(pairs - pairs_across, 1))
    return external + tied_across, usable + tied_across + tied_within, apart + more, many * (many - 1) // 2


def _mix(what: str) -> Callable[[Persons], Floats]:
    def mixed(drawn: Persons) -> Floats:
        external, usable, across, pairs = _across(drawn, what, f"mix {what}")
        return np.where((external == 0) & (usable > 0), 0.0, ratio(external * pairs, usable * across))

    return mixed


def _ei(drawn: Persons) -> Floats:
    external, usable, _across_pairs, _pairs = _across(drawn, "unit", "EI")
    return ratio(2 * external - usable, usable)


def _two(drawn: Persons) -> Floats:
    exchanges, rng = drawn.shared.exchanges, drawn.rng("two")
    rows = exchanges.among(drawn.active)
    there, back = exchanges.there[rows] > 0, exchanges.back[rows] > 0
    some, both = there | back, there & back
    a, b = (np.searchsorted(drawn.active, end[rows]) for end in (exchanges.low, exchanges.high))
    more = rng.binomial(drawn.same, some.sum() / drawn.pairs)
    again = rng.binomial(more, both.sum() / max(int(some.sum()), 1))
    return ratio(drawn.summed(a, b, both) + again, drawn.summed(a, b, some) + more)


def _top(drawn: Persons) -> Floats:
    highest = np.zeros(drawn.n)
    np.maximum.at(highest, drawn.ties.pair_a, drawn.ties.pair_r)
    np.maximum.at(highest, drawn.ties.pair_b, drawn.ties.pair_r)
    return drawn.mean(highest)


def _trans(drawn: Persons) -> Floats:
    found = drawn.ties
    closed = (np.bincount(found.a, found.shared_contacts, found.n) + np.bincount(found.b, found.shared_contacts, found.n)) / 2
    return drawn.mean(closed / np.maximum(found.degree * (found.degree - 1) / 2, 1))


def _sim(drawn: Persons) -> Floats:
    border = Border(drawn.ties, drawn.shared.snapshot.people.unit)
    a, b = drawn.ties.a[border.crosses], drawn.ties.b[border.crosses]
    shared = drawn.ties.shared_contacts[border.crosses] > 0
    there = drawn.summed(a, b, np.ones(len(a)))
    return np.where(there > 0, ratio(drawn.summed(a, b, shared), there), 0.0)


def _sim_out(drawn: Persons) -> Floats:
    out, unit = outward(drawn.shared, drawn.group), drawn.shared.snapshot.people.unit
    across = (out.r >= TIE) & (unit[out.member] >= 0) & (unit[out.other] >= 0) & (unit[out.member] != unit[out.other])
    times = drawn.times[np.searchsorted(drawn.active, out.member[across])]
    there = times.sum(axis=0)
    return np.where(there > 0, ratio((times * out.closed[across][:, None]).sum(axis=0), there), 0.0)


def _ext(drawn: Persons) -> Floats:
    out, unit = outward(drawn.shared, drawn.group), drawn.shared.snapshot.people.unit
    weak = (out.r >= WEAK_FROM) & (out.r < STRONG)
    member, reached = out.member[weak], unit[out.other[weak]]
    apart = (reached >= 0) & (unit[member] >= 0) & (reached != unit[member])
    keys = np.unique(member[apart].astype(np.int64) * (int(unit.max(initial=0)) + 1) + reached[apart])
    own = np.bincount(keys // (int(unit.max(initial=0)) + 1), minlength=drawn.shared.people)[drawn.active]
    known = unit[drawn.active] >= 0
    return ratio((drawn.times * own[:, None]).sum(axis=0), drawn.times[known].sum(axis=0))


def _ext_ties(drawn: Persons) -> Floats:
    out = outward(drawn.shared, drawn.group)
    return drawn.mean(np.bincount(out.member[out.r >= TIE], minlength=drawn.shared.people)[drawn.active])


def _even(drawn: Persons) -> Floats:
    wrote = drawn.shared.window_writers.posts(drawn.group, drawn.active)[:, None]
    p = wrote / (drawn.times * wrote).sum(axis=0)
    return np.asarray(-(drawn.times * p * np.log(p)).sum(axis=0) / np.log(drawn.n))


def _trusted(drawn: Persons) -> Floats:
    """C̄ as the mean of the trust that each person gets."""
    kept = drawn.shared.snapshot.competence
    seen = kept.seen(drawn.active.astype(np.int64))
    got = np.zeros(drawn.shared.people)
    got[seen.able] = competence.DEMONSTRATED * kept.k[seen.able] * seen.times
    receiver = kept.receiver[seen.pair]
    given = kept.g[seen.pair] * (1 - competence.DEMONSTRATED * kept.k[receiver] * seen.shown)
    return drawn.mean((got + np.bincount(receiver, given, drawn.shared.people))[drawn.active] / (drawn.n - 1))


def _prof(drawn: Persons) -> Floats:
    place, author, shown, views = answers_and_pages(drawn.shared)
    mine = np.flatnonzero(np.isin(place, drawn.shared.snapshot.groups.inside[drawn.group]))
    weight = drawn.of(author[mine]).astype(np.float64)
    if (views[mine] >= 0).all() and views[mine].sum() > 0:
        weight *= views[mine, None]
    return ratio((weight * shown[mine, None]).sum(axis=0), weight.sum(axis=0))


def _xthr(drawn: Persons) -> Floats:
    """Threads as often as two of the people in them were drawn; drawn towards the community's rate as the value is."""
    shared, unit = drawn.shared, drawn.shared.snapshot.people.unit
    found = threads(shared)
    several, across = found.spans(unit)
    every = several & found.in_window
    mine = np.flatnonzero(every & np.isin(found.place, shared.snapshot.groups.inside[drawn.group]))
    width = max(1, shared.people)
    known = found.pairs[unit[found.pairs % width] >= 0]  # thread by thread, persons rising
    begin = np.searchsorted(known, np.stack([mine, mine + 1]) * width)
    one, other = known[begin[0]] % width, known[begin[1] - 1] % width
    total, crossing = np.zeros(drawn.times.shape[1]), np.zeros(drawn.times.shape[1])
    for low in range(0, len(mine), _CHUNK):
        part = slice(low, low + _CHUNK)
        weight = (drawn.of(one[part]) * drawn.of(other[part])).astype(np.float64)
        total += weight.sum(axis=0)
        crossing += weight[across[mine[part]]].sum(axis=0)
    rate = ratio(crossing, total)
    if drawn.group == 0:
        return rate
    prior = PRIORS["xthr"] if every.sum() < LEAST_ITEMS else across[every].mean()
    return (rate * len(mine) + rates.STRENGTH * prior) / (len(mine) + rates.STRENGTH)


def _blau(shares: Callable[[Facts, Index], tuple[Index, Index, Floats, int]]) -> Callable[[Persons], Floats]:
    def varied(drawn: Persons) -> Floats:
        person, kind, share, kinds = shares(drawn.shared, drawn.active)
        amounts = Sums(int(kind.max(initial=0)) + 1, kind).total(drawn.times[person] * share[:, None], np.float64)
        return blau_amounts(amounts, kinds)

    return varied


BY_PERSONS: dict[str, Callable[[Persons], Floats]] = {
    "D_R": _density, "coh": _coh, "con": _con, "mix": _mix("unit"), "mix_place": _mix("place"), "mix_organisation": _mix("organisation"),
    "EI": _ei, "two": _two, "top": _top, "trans": _trans, "sim": _sim,
    "sim_out": _sim_out, "ext": _ext, "extT": _ext_ties, "even": _even, "C": _trusted, "prof": _prof, "xthr": _xthr, "blau_unit": _blau(shares_of_units),
    "blau_expertise": _blau(shares_of_expertise),
}  # fmt: skip
"""Measures that stand on persons or on pairs of them."""
