"""Trust inside a group: density, cohesion, connectedness, strongest ties, competence trust, reciprocity, isolation, clustering."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from cmdesk.api import Measure, Progress, Snapshot, _, ngettext

from .facts import QUARTER, Facts, Ints
from .measures import guarded, missing, unless
from .ties import ties

CLOSE_CONTACTS = 5
CONTACTS = 15


def density(snapshot: Snapshot, groups: Sequence[int], progress: Progress) -> list[Measure]:
    """D_R: the mean of R over all pairs of A."""

    def one(shared: Facts, group: int) -> Measure:
        found = ties(shared, group)
        pairs = found.n * (found.n - 1) // 2
        return Measure(float(found.pair_r.sum() / pairs), n=found.n)

    return guarded(snapshot, groups, one, least=2)


def coh(snapshot: Snapshot, groups: Sequence[int], progress: Progress) -> list[Measure]:
    """Mean of min(1, strong ties ÷ min(n − 1, 5))."""

    def one(shared: Facts, group: int) -> Measure:
        found = ties(shared, group)
        return Measure(cohesion(found.strong_degree), n=found.n)

    return guarded(snapshot, groups, one, least=2)


def cohesion(strong: Ints) -> float:
    """`coh` from the number of strong ties of each of n ≥ 2 persons."""
    return float(np.minimum(1.0, strong / min(len(strong) - 1, CLOSE_CONTACTS)).mean())


def con(snapshot: Snapshot, groups: Sequence[int], progress: Progress) -> list[Measure]:
    """Median of min(1, ties ÷ min(n − 1, 15))."""

    def one(shared: Facts, group: int) -> Measure:
        found = ties(shared, group)
        return Measure(connectedness(found.degree), n=found.n)

    return guarded(snapshot, groups, one, least=2)


def connectedness(degree: Ints) -> float:
    """`con` from the number of ties of each of n ≥ 2 persons."""
    return float(np.median(np.minimum(1.0, degree / min(len(degree) - 1, CONTACTS))))


def top(snapshot: Snapshot, groups: Sequence[int], progress: Progress) -> list[Measure]:
    """Mean over A of each person's highest R inside the group."""

    def one(shared: Facts, group: int) -> Measure:
        found = ties(shared, group)
        highest = np.zeros(found.n)
        np.maximum.at(highest, found.pair_a, found.pair_r)
        np.maximum.at(highest, found.pair_b, found.pair_r)
        return Measure(float(highest.mean()), n=found.n)

    return guarded(snapshot, groups, one, least=2)


def iso(snapshot: Snapshot, groups: Sequence[int], progress: Progress) -> list[Measure]:
    """The share of A without a tie inside the group."""

    def one(shared: Facts, group: int) -> Measure:
        found = ties(shared, group)
        return Measure(float((found.degree == 0).mean()), n=found.n)

    return guarded(snapshot, groups, one, least=1)


def trans(snapshot: Snapshot, groups: Sequence[int], progress: Progress) -> list[Measure]:
    """Mean local clustering on ties; a person with fewer than two ties counts 0."""

    def one(shared: Facts, group: int) -> Measure:
        found = ties(shared, group)
        shares = found.shared_contacts
        closed = (np.bincount(found.a, shares, found.n) + np.bincount(found.b, shares, found.n)) / 2
        open_ = found.degree * (found.degree - 1) / 2
        return Measure(float((closed / np.maximum(open_, 1)).mean()), n=found.n)

    return guarded(snapshot, groups, one, least=1)


def two(snapshot: Snapshot, groups: Sequence[int], progress: Progress) -> list[Measure]:
    """Pairs of A with directed events both ways in W ÷ pairs with any."""

    def one(shared: Facts, group: int) -> Measure:
        n = len(shared.active(group))
        pairs = shared.exchanges.among(shared.active(group))
        there, back = shared.exchanges.there[pairs] > 0, shared.exchanges.back[pairs] > 0
        interacting, both = int((there | back).sum()), int((there & back).sum())
        least = min(20, n * (n - 1) / 4)
        if interacting < least or not interacting:
            text = ngettext(
                "Only {n} pair of its members exchanged anything in this period, and {least:g} are needed; import more channels or a longer period.",
                "Only {n} pairs of its members exchanged anything in this period, and {least:g} are needed; import more channels or a longer period.",
                interacting,
            )
            return missing(text.format(n=interacting, least=max(1.0, least)), interacting)
        return Measure(both / interacting, n=interacting)

    return guarded(snapshot, groups, one, least=2)


def new(snapshot: Snapshot, groups: Sequence[int], progress: Progress) -> list[Measure]:
    """Pairs of A first reciprocated inside W, per person and 90 days."""
    short = unless(
        snapshot.first <= snapshot.since - QUARTER, snapshot, groups,
        _("It takes 90 days of data before the period to know which pairs are new; import a longer period."),
    )  # fmt: skip
    if short:
        return short

    def one(shared: Facts, group: int) -> Measure:
        active = shared.active(group)
        first = shared.exchanges.first[shared.exchanges.among(active)]
        fresh = int(((first > snapshot.since) & (first <= snapshot.until)).sum())
        return Measure(fresh / len(active) * 90 / snapshot.window_days, n=len(active))

    return guarded(snapshot, groups, one, least=1)
