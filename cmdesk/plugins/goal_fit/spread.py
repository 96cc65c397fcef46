"""Adds replicates and an interval to measures. Of two ways to draw again (weeks, persons) the one with the wider interval counts.

    weeks       what is written, exchanged or answered: `drawn_weeks`, `drawn_ties`, and competence trust
    persons     means, shares and pairs of the active members: `drawn_persons`
    items       shares of items or persons: the posterior of a rate (in `measures.rate`), or Jeffreys' for a plain share (here)
    none        aud, EI_random and what is entered by hand: a whole list is known, so the value is the same in every replicate
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import msgspec
import numpy as np

from cmdesk.api import Measure, Progress, Snapshot, resampled_competence, resampling

from .drawn_persons import BY_PERSONS, Persons
from .drawn_ties import BY_TIES, on_ties
from .drawn_weeks import BY_WEEKS, Written
from .facts import Facts, Floats, facts

_RARE = frozenset({"mix_group", "mix_place", "mix_organisation", "EI"})  # computed only when asked, the others in one pass
SHARES = frozenset({"read", "prof", "fresh", "cov", "prop", "iso", "voice", "newc"})
"""Plain shares: Jeffreys' posterior of their items is a way to draw them."""
_LIMITS = {"EI": (-1.0, 1.0)}
_OPEN = frozenset({"n", "n_core", "t50", "rate_w", "tfr", "tfr_all", "new", "mix", "mix_group", "mix_place", "mix_organisation", "ext", "extT"})


def spread(snapshot: Snapshot, name: str, groups: Sequence[int], measures: Sequence[Measure], progress: Progress) -> list[Measure]:
    """The measures of a metric with replicates under the snapshot's plan, and low and high; what is missing stays as it is."""
    plan = snapshot.plan
    if plan is None:
        return list(measures)
    todo = [group for group, one in zip(groups, measures, strict=True) if one.value is not None]
    ways = _ways(Drawing(facts(snapshot), plan, progress), name, todo, dict(zip(groups, measures, strict=True)))
    return [
        _with(one, plan, name, [way[group] for way in ways]) if one.value is not None else one
        for group, one in zip(groups, measures, strict=True)
    ]


class Drawing:
    """The ways to draw, each metric's values kept by group on the shared arrays."""

    def __init__(self, shared: Facts, plan: resampling.Plan, progress: Progress) -> None:
        self.shared, self.plan, self.progress = shared, plan, progress
        self._name = f"drawn {plan.seed} {plan.replicates}"

    def ties(self, name: str, groups: Sequence[int]) -> dict[int, Floats]:
        """By ties under drawn weeks."""
        together = [each for each in BY_TIES if each not in _RARE] if name not in _RARE else [name]

        def make(wanted: Sequence[int]) -> dict[tuple[str, int], Floats]:
            return on_ties(self.shared, self.plan, together, wanted, self.progress)

        return self._kept(name, groups, make)

    def weeks(self, name: str, groups: Sequence[int]) -> dict[int, Floats]:
        """By what was written in drawn weeks."""
        key = f"{self._name} written"
        if key not in self.shared.kept:
            self.shared.kept[key] = Written(self.shared, self.plan)
        written: Written = self.shared.kept[key]
        written.progress = self.progress
        return dict(zip(groups, BY_WEEKS[name](written, groups), strict=True))

    def persons(self, name: str, groups: Sequence[int]) -> dict[int, Floats]:
        """By drawn persons."""
        found = {}
        for group in groups:
            self.progress.check()
            drawn = self._persons(group)
            if drawn.n < 2:
                found[group] = np.full(self.plan.replicates, np.nan)  # one person drawn again is the same person
                continue
            values = BY_PERSONS[name](drawn)
            found[group] = values.mean() + (values - values.mean()) * np.sqrt(drawn.n / (drawn.n - 1))  # few persons spread too little
        return found

    def competence(self, groups: Sequence[int]) -> dict[int, Floats]:
        """C̄ under drawn weeks."""
        members = [self.shared.active(group) for group in groups]
        return dict(zip(groups, resampled_competence.mean_c(self.shared.snapshot, self.plan, members, self.progress), strict=True))

    def share(self, name: str, group: int, one: Measure) -> Floats:
        """Jeffreys' posterior of a share of n items; whether authors are visible is a share of persons, however much they write."""
        many = min(one.n, max(1, len(self.shared.active(group)))) if name == "prof" else one.n
        hits = (one.value or 0.0) * many
        rng = self.plan.generator("share", name, self.shared.snapshot.groups.ref[group])
        return rng.beta(hits + 0.5, many - hits + 0.5, self.plan.replicates)

    def _persons(self, group: int) -> Persons:
        key = f"{self._name} persons"
        kept = self.shared.kept.get(key)
        if kept is None or kept.group != group:
            kept = self.shared.kept[key] = Persons(self.shared, group, self.plan)
        found: Persons = kept
        return found

    def _kept(self, name: str, groups: Sequence[int], make: Callable[[Sequence[int]], dict[tuple[str, int], Floats]]) -> dict[int, Floats]:
        kept: dict[tuple[str, int], Floats] = self.shared.kept.setdefault(f"{self._name} values", {})
        todo = [group for group in groups if (name, group) not in kept]
        if todo:
            kept.update(make(todo))
        return {group: kept[name, group] for group in groups}


def _ways(draw: Drawing, name: str, groups: Sequence[int], measures: dict[int, Measure]) -> list[dict[int, Floats]]:
    """The replicates of each group, not yet centred, of every way that there is for this metric."""
    ways: list[dict[int, Floats]] = []
    if not groups:
        return ways
    if name in BY_TIES:
        ways.append(draw.ties(name, groups))
    if name in BY_WEEKS:
        ways.append(draw.weeks(name, groups))
    if name in BY_PERSONS:
        ways.append(draw.persons(name, groups))
    if name == "C":
        ways.append(draw.competence(groups))
    if name in SHARES:
        ways.append({group: draw.share(name, group, measures[group]) for group in groups})
    return ways


def _with(one: Measure, plan: resampling.Plan, name: str, ways: Sequence[Floats]) -> Measure:
    value = float(one.value or 0.0)
    lowest, highest = _LIMITS.get(name, (0.0, np.inf if name in _OPEN else 1.0))
    found = [resampling.centred(way, value, lowest, highest) for way in ways] or [np.full(plan.replicates, value)]
    edges = [plan.edges(values) for values in found]
    if one.replicates is not None and one.low is not None and one.high is not None:  # the posterior of a rate
        found, edges = [one.replicates, *found], [(one.low, one.high), *edges]
    widest = max(range(len(found)), key=lambda k: edges[k][1] - edges[k][0])
    low, high = edges[widest]
    return msgspec.structs.replace(one, low=min(low, value), high=max(high, value), replicates=found[widest])
