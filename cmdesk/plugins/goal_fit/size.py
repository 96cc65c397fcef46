"""Who is active: size, core, audience, newcomers, constancy, evenness, voice."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from cmdesk.api import Measure, Progress, Snapshot, _

from .facts import NEVER, QUARTER, YEAR, Facts, Floats, Ints, facts
from .measures import guarded, missing, unless
from .ties import ties


def n(snapshot: Snapshot, groups: Sequence[int], progress: Progress) -> list[Measure]:
    """Members with at least one contribution in W."""
    return guarded(snapshot, groups, lambda shared, group: Measure(float(len(shared.active(group))), n=len(shared.active(group))))


def n_core(snapshot: Snapshot, groups: Sequence[int], progress: Progress) -> list[Measure]:
    """Active members with at least one tie inside the group."""

    def one(shared: Facts, group: int) -> Measure:
        return Measure(float(np.count_nonzero(ties(shared, group).degree)), n=len(shared.active(group)))

    return guarded(snapshot, groups, one)


def aud(snapshot: Snapshot, groups: Sequence[int], progress: Progress) -> list[Measure]:
    """The share of the persons that the group is meant for who are in it."""
    shared = facts(snapshot)

    def one(group: int) -> Measure:
        audience = snapshot.groups.audience[group]
        audience = audience[snapshot.people.counted[audience]]
        if not len(audience):
            return missing(_("Nobody says whom the group is meant for; import a list of people that names the intended audience."))
        return Measure(float(shared.is_member(group)[audience].mean()), n=len(audience))

    return [one(group) for group in groups]


def newc(snapshot: Snapshot, groups: Sequence[int], progress: Progress) -> list[Measure]:
    """The share of A that joined in the last 365 days; without a date of joining the first post counts, if a year of facts stands before W."""
    joined = np.where(snapshot.people.joined == NEVER, _first_seen(snapshot), snapshot.people.joined)

    def one(shared: Facts, group: int) -> Measure:
        when = joined[shared.active(group)]
        known = when[when != NEVER]
        if 2 * len(known) < len(when):
            return missing(
                _(
                    "It is not known when most of its active members joined; import a list of people with dates, or a year more of messages."
                ),
                len(when),
            )
        return Measure(float((known > snapshot.until - YEAR).mean()), n=len(known))

    return guarded(snapshot, groups, one, least=1)


def _first_seen(snapshot: Snapshot) -> Ints:
    """The first post of each person, NEVER where a year of facts before W is not there."""
    shared = facts(snapshot)
    first = np.full(shared.people, NEVER)
    if snapshot.first <= snapshot.since - YEAR:
        rows = np.flatnonzero(shared.human)[::-1]
        first[snapshot.posts.author[rows]] = snapshot.posts.at[rows]  # posts are sorted by time: the earliest is written last
    return first


def stab(snapshot: Snapshot, groups: Sequence[int], progress: Progress) -> list[Measure]:
    """Jaccard of the active members of this quarter and of the one before it."""
    middle, begin = snapshot.until - QUARTER, snapshot.until - 2 * QUARTER
    short = unless(
        snapshot.first <= begin, snapshot, groups, _("The data begin less than 180 days before the as-of date; import a longer period.")
    )
    if short:
        return short
    shared = facts(snapshot)
    now, before = shared.writers(middle, snapshot.until), shared.writers(begin, middle)

    def one(_shared: Facts, group: int) -> Measure:
        a, b = now.members(group), before.members(group)
        union = len(np.union1d(a, b))
        if not union:
            return missing(_("None of its members wrote in the last 180 days; import more channels."))
        return Measure(len(np.intersect1d(a, b, assume_unique=True)) / union, n=union)

    return guarded(snapshot, groups, one)


def even(snapshot: Snapshot, groups: Sequence[int], progress: Progress) -> list[Measure]:
    """Evenness of the contributions of A: their entropy ÷ ln n."""

    def one(shared: Facts, group: int) -> Measure:
        active = shared.active(group)
        share = shared.window_writers.posts(group, active)
        return Measure(evenness(share), n=len(active))

    return guarded(snapshot, groups, one, least=2)


def evenness(amounts: Floats) -> float:
    """−Σ p ln p / ln n of at least two amounts above 0: 1 where all are equal."""
    p = amounts / amounts.sum()
    return float(min(1.0, max(0.0, -(p * np.log(p)).sum() / np.log(len(p)))))


def voice(snapshot: Snapshot, groups: Sequence[int], progress: Progress) -> list[Measure]:
    """The share of A that starts at least one thread."""
    shared = facts(snapshot)
    starters = shared.starters

    def one(shared: Facts, group: int) -> Measure:
        active = shared.active(group)
        return Measure(float(np.isin(active, starters.members(group), assume_unique=True).mean()), n=len(active))

    return guarded(snapshot, groups, one, least=1)
