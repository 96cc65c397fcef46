"""How a metric says what it found: with n, with "indicative" where it stands on few items, or missing with a reason."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from cmdesk.api import Measure, Snapshot, _, ngettext, rates

from .facts import LEAST_EVENTS, Facts, Floats, facts

LEAST_ITEMS = 10
PLAIN_ITEMS = 30

PRIORS = {
    "ans": 0.50, "solved": 0.30, "ann_ans": 0.10, "wel": 0.50, "srole": 0.70, "xthr": 0.25, "idea": 0.15, "multi": 0.30,
    "follow": 0.10,
}  # fmt: skip
"""What a rate is drawn towards where the community's own is not known: the acceptable value of the goal model that ships."""


def missing(why: str, n: int = 0) -> Measure:
    """Not measured, because `why`."""
    return Measure(None, n=n, missing=why)


def too_few(n: int, what: str) -> Measure:
    """Fewer than ten items; `what` names them in the plural."""
    text = _("Only {n} {what} in this period, and {least} are needed; import a longer period or more channels.")
    return missing(text.format(n=n, what=what, least=LEAST_ITEMS), n)


def sampled(value: float, n: int) -> Measure:
    """A value that stands on n ≥ 10 items."""
    return Measure(float(value), n=n, indicative=n < PLAIN_ITEMS)


def too_quiet(shared: Facts, group: int) -> str:
    """Why nothing can be said about ties and silence in `group`, or "": its members are hardly seen anywhere."""
    sent = int(shared.sent[group])
    if sent >= LEAST_EVENTS:
        return ""
    text = ngettext(
        "Its members sent {n} reply, mention or reaction in this period, and {least} are needed; import more channels or a longer period.",
        "Its members sent {n} replies, mentions or reactions in this period, and {least} are needed; import more channels or a longer period.",
        sent,
    )
    return text.format(n=sent, least=LEAST_EVENTS)


def guarded(snapshot: Snapshot, groups: Sequence[int], one: Callable[[Facts, int], Measure], least: int = 0) -> list[Measure]:
    """`one(facts, group)` for each group whose members are seen often enough and of whom at least `least` are active."""
    shared = facts(snapshot)
    found = []
    for group in groups:
        quiet, n = too_quiet(shared, group), len(shared.active(group))
        if quiet:
            found.append(missing(quiet, n))
        elif n < least:
            found.append(missing(few_people(n, least), n))
        else:
            found.append(one(shared, group))
    return found


def few_people(n: int, least: int) -> str:
    """Why a measure between people cannot be taken."""
    text = _("{n} of its members wrote in this period, and it takes {least}; import a longer period, or name its members.")
    return text.format(n=n, least=least)


def rate(snapshot: Snapshot, groups: Sequence[int], name: str, hits: Floats, items: Floats, what: str) -> list[Measure]:
    """Shares hits/items with few items drawn towards the community's own, and their 80 % intervals; `hits` and `items` of all groups."""
    community = hits[0] / items[0] if len(items) and items[0] >= LEAST_ITEMS else None
    prior = PRIORS[name] if community is None else float(community)
    level = rates.INTERVAL if snapshot.plan is None else snapshot.plan.level
    edges = {} if snapshot.rough else _edges(snapshot, name, hits, items, prior, level)
    found = []
    for group in groups:
        k, n = float(hits[group]), int(items[group])
        if n < LEAST_ITEMS:
            found.append(too_few(n, what))
            continue
        value = k / n if group == 0 else rates.shrunk(k, n, prior)
        lower, upper = (None, None) if snapshot.rough else rates.own_interval(k, n, level) if group == 0 else edges[group]
        drawn = _posterior(snapshot, name, group, k, n, None if group == 0 else prior)
        found.append(Measure(value, n=n, indicative=n < PLAIN_ITEMS, low=lower, high=upper, replicates=drawn))
    return found


def _edges(snapshot: Snapshot, name: str, hits: Floats, items: Floats, prior: float, level: float) -> dict[int, tuple[float, float]]:
    """The intervals of this rate of all groups with enough items, so that the last bit does not hang on which ones are asked for. Points and
    replicates have the same ones."""
    kept = facts(snapshot).kept
    key = f"edges {name} {level} {prior}"
    if key not in kept:
        wanted = np.flatnonzero(items >= LEAST_ITEMS)
        wanted = wanted[wanted > 0]
        low, high = rates.intervals(hits[wanted], items[wanted], prior, level=level)
        kept[key] = dict(zip(wanted.tolist(), zip(low.tolist(), high.tolist(), strict=True), strict=True))
    found: dict[int, tuple[float, float]] = kept[key]
    return found


def _posterior(snapshot: Snapshot, name: str, group: int, hits: float, items: int, prior: float | None) -> Floats | None:
    """Draws of the posterior of a rate under the snapshot's plan; without a prior that of Jeffreys. None where nothing is resampled."""
    if snapshot.plan is None:
        return None
    strength, share = (1.0, 0.5) if prior is None else (rates.STRENGTH, prior)
    a, b = hits + strength * share, items - hits + strength * (1 - share)
    rng = snapshot.plan.generator("rate", name, snapshot.groups.ref[group])
    return rng.beta(a, b, snapshot.plan.replicates) if a > 0 and b > 0 else np.full(snapshot.plan.replicates, float(a > 0))


def unless(stated: bool, snapshot: Snapshot, groups: Sequence[int], why: str) -> list[Measure] | None:
    """All missing because `why`, or None where the sources state what is needed."""
    return None if stated else [missing(why) for _group in groups]
