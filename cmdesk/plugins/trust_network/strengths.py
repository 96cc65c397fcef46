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
    """What surveys and lists of ties state: each direction as a share of its scale (of a list: of the relation's largest weight), a pair as the mean of both
    directions; strong if both named each other with half or more. `choice.overlay` sets it against what exchange shows."""
    source, target, share, unfit = _named(snapshot, choice.relations)
    persons = max(len(snapshot.people), 1)
    key, at = np.unique(source.astype(np.int64) * persons + target, return_inverse=True)
    forth = np.zeros(len(key))
    np.maximum.at(forth, at, share)
    source, target = np.divmod(key, persons)
    pair, place = np.unique(np.minimum(source, target) * persons + np.maximum(source, target), return_inverse=True)
    both = np.bincount(place, forth, minlength=len(pair)) / 2
    least = np.full(len(pair), np.inf)
    np.minimum.at(least, place, forth)
    strong = (np.bincount(place, minlength=len(pair)) == 2) & (least >= 0.5)
    i, j = (part.astype(np.int32) for part in np.divmod(pair, persons))
    return _set_against(snapshot, settled(i, j, both, strong), choice.overlay)._replace(unfit=unfit)


def relations(snapshot: Snapshot) -> tuple[str, ...]:
    """What people were asked or lists state; of surveys only relations whose single ties may be drawn."""
    from cmdesk.api import asked as asked_of

    surveyed = [snapshot.asked.relation_names[row] for row in asked_of.shown(snapshot)]
    return tuple(dict.fromkeys([*surveyed, *snapshot.stated_ties.relation_names]))


def _named(snapshot: Snapshot, wanted: tuple[str, ...]) -> tuple[Index, Index, Floats, int]:
    """Who names whom how strongly (0–1), of the wanted relations (of all but conflict where none is named), and how many have no usable weight."""
    from cmdesk.api import asked as asked_of

    names = [name for name in wanted or relations(snapshot) if wanted or name != "conflict"]
    stated, surveyed, counted = snapshot.stated_ties, snapshot.asked, snapshot.people.counted
    weight = np.where(np.isfinite(stated.weight), stated.weight, -1.0)
    largest = np.zeros(max(len(stated.relation_names), 1))
    np.maximum.at(largest, stated.relation, weight)
    in_list = (weight > 0) & _of(stated.relation, stated.relation_names, names)
    shown = [surveyed.relation_names[row] for row in asked_of.shown(snapshot)]
    in_survey = (surveyed.value >= asked_of.TIE_FROM) & _of(surveyed.relation, surveyed.relation_names, [name for name in names if name in shown])
    source = np.concatenate([stated.source[in_list], surveyed.source[in_survey]])
    target = np.concatenate([stated.target[in_list], surveyed.target[in_survey]])
    share = np.concatenate([(weight / np.maximum(largest, 1e-300)[stated.relation])[in_list], surveyed.value[in_survey]])
    keep = (source != target) & counted[source] & counted[target]
    return source[keep], target[keep], share[keep], int((~np.isfinite(stated.weight)).sum())


def _of(relation: Index, every: tuple[str, ...], wanted: list[str]) -> Bools:
    known = np.array([name in wanted for name in every], np.bool_)
    return known[relation] if len(every) else np.zeros(len(relation), np.bool_)


def _set_against(snapshot: Snapshot, said: Ties, overlay: str) -> Ties:
    """Asked ties that exchange shows as well ("both"), those that it does not show ("asked"), or ties in exchange that nobody stated ("observed")."""
    if not overlay:
        return said
    shown, persons = snapshot.trust.ties(), max(len(snapshot.people), 1)
    mine, theirs = said.i.astype(np.int64) * persons + said.j, shown.i.astype(np.int64) * persons + shown.j
    if overlay == "observed":
        return settled(shown.i, shown.j, shown.r, shown.strong).only(~np.isin(theirs, mine))
    return said.only(np.isin(mine, theirs) == (overlay == "both"))


KINDS_OF_TRUST: dict[str, Callable[[Snapshot, Choice], Ties]] = {"relational": relational, "competence": competence, "asked": asked}


def trust_of(snapshot: Snapshot, choice: Choice) -> str:
    """The kind of trust that a choice means."""
    if choice.trust:
        return choice.trust
    return "relational" if len(snapshot.posts) or not relations(snapshot) else "asked"


def of(snapshot: Snapshot, choice: Choice) -> Ties:
    """Every tie of the chosen kind, before any threshold."""
    return KINDS_OF_TRUST[trust_of(snapshot, choice)](snapshot, choice)
