"""The ties of each kind of trust as one shape: pairs with a weight in 0–1. A further kind of tie is one more entry of `KINDS_OF_TRUST`."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from .choice import KINDS, Choice

if TYPE_CHECKING:
    from cmdesk.api import Bools, Floats, Index, Snapshot


class Ties(NamedTuple):
    """Pairs of persons (rows of people, i < j, each pair once) with `weight` in 0–1 and whether the tie is `strong`; `unfit` rows were left out because
    they had no usable weight."""

    i: Index
    j: Index
    weight: Floats
    strong: Bools
    unfit: int = 0

    def only(self, rows: Bools | Index) -> Ties:
        """These ties only."""
        return Ties(self.i[rows], self.j[rows], self.weight[rows], self.strong[rows], self.unfit)

    def __repr__(self) -> str:
        return f"{len(self.i)} ties"


def settled(i: Index, j: Index, weight: Floats, strong: Bools) -> Ties:
    """Ties as the viewer wants them, from whatever a plugin brings: ties to oneself go, a pair that comes twice keeps its largest weight, weights that
    are no number (or none above 0) are left out and counted."""
    good = np.isfinite(weight) & (weight > 0) & (i != j)
    unfit = int((~np.isfinite(weight)).sum())
    low, high = np.minimum(i, j)[good].astype(np.int64), np.maximum(i, j)[good].astype(np.int64)
    weight, strong = np.minimum(weight[good], 1.0), strong[good]
    key = low * (int(high.max(initial=0)) + 1) + high
    order = np.lexsort((-weight, key))
    first = np.ones(len(order), np.bool_)
    first[1:] = key[order][1:] != key[order][:-1]
    keep = order[first]
    return Ties(low[keep].astype(np.int32), high[keep].astype(np.int32), weight[keep], strong[keep], unfit)


def relational(snapshot: Snapshot, choice: Choice) -> Ties:
    """R of every pair, from the chosen kinds of exchange."""
    found = snapshot.trust
    if set(choice.kinds) != set(KINDS):
        from cmdesk.api import trust

        wanted = np.array([name in choice.kinds for name in KINDS])
        events = snapshot.events.only(wanted[snapshot.events.kind])
        found = trust.of_events(snapshot, events)
    return settled(found.i, found.j, found.r, found.strong)


def competence(snapshot: Snapshot, choice: Choice) -> Ties:
    """C of pairs that turned to each other or recognised each other: the mean of both directions; strong from .5."""
    known = snapshot.competence
    pairs = snapshot.trust
    persons = len(snapshot.people)
    low = np.concatenate([pairs.i, np.minimum(known.giver, known.receiver)]).astype(np.int64)
    high = np.concatenate([pairs.j, np.maximum(known.giver, known.receiver)]).astype(np.int64)
    key = np.unique(low * max(persons, 1) + high)
    i, j = (part.astype(np.int32) for part in np.divmod(key, max(persons, 1)))
    weight = (known.trust(i, j) + known.trust(j, i)) / 2 if len(i) else np.empty(0)
    return settled(i, j, weight, weight >= 0.5)


def asked(snapshot: Snapshot, choice: Choice) -> Ties:
    """What surveys and lists of ties state: each direction as a share of its relation's largest weight, a pair as the mean of both directions; strong if
    both named each other with half or more."""
    stated = snapshot.stated_ties
    weight = np.where(np.isfinite(stated.weight), stated.weight, np.nan)
    largest = np.zeros(max(len(stated.relation_names), 1))
    usable = np.isfinite(weight) & (weight > 0)
    np.maximum.at(largest, stated.relation[usable], weight[usable])
    share = weight / np.where(largest[stated.relation] > 0, largest[stated.relation], 1.0)
    if choice.relations:
        kept = np.array([name in choice.relations for name in stated.relation_names], np.bool_)[stated.relation]
    else:
        kept = np.ones(len(weight), np.bool_)
    counted = snapshot.people.counted
    keep = usable & kept & (stated.source != stated.target) & counted[stated.source] & counted[stated.target]
    persons = max(len(snapshot.people), 1)
    key, at = np.unique(stated.source[keep].astype(np.int64) * persons + stated.target[keep], return_inverse=True)
    forth = np.zeros(len(key))
    np.maximum.at(forth, at, share[keep])
    source, target = np.divmod(key, persons)
    pair, place = np.unique(np.minimum(source, target) * persons + np.maximum(source, target), return_inverse=True)
    both = np.bincount(place, forth, minlength=len(pair)) / 2
    least = np.full(len(pair), np.inf)
    np.minimum.at(least, place, forth)
    strong = (np.bincount(place, minlength=len(pair)) == 2) & (least >= 0.5)
    i, j = (part.astype(np.int32) for part in np.divmod(pair, persons))
    return settled(i, j, both, strong)._replace(unfit=int((~np.isfinite(stated.weight)).sum()))


KINDS_OF_TRUST: dict[str, Callable[[Snapshot, Choice], Ties]] = {"relational": relational, "competence": competence, "asked": asked}


def trust_of(snapshot: Snapshot, choice: Choice) -> str:
    """The kind of trust that a choice means."""
    if choice.trust:
        return choice.trust
    return "relational" if len(snapshot.posts) or not len(snapshot.stated_ties.source) else "asked"


def of(snapshot: Snapshot, choice: Choice) -> Ties:
    """Every tie of the chosen kind, before any threshold."""
    return KINDS_OF_TRUST[trust_of(snapshot, choice)](snapshot, choice)
