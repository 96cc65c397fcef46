"""Competence trust under drawn weeks: questions, answers and recognition are drawn again; who can see whom stays as it is."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from cmdesk.core.answers import HALF_LIFE, questions_of
from cmdesk.core.competence import DEMONSTRATED, PRIOR_TRIALS, recognitions
from cmdesk.core.events import pack
from cmdesk.core.progress import Progress
from cmdesk.core.resampling import WEEK, ByWeek, Plan, week_of, weeks_in
from cmdesk.core.snapshot import DAY, Floats, Index, Ints, Singles

if TYPE_CHECKING:
    from cmdesk.core.snapshot import Snapshot

_CELLS = 8_000_000  # pairs × replicates at a time


def mean_c(snapshot: Snapshot, plan: Plan, groups: Sequence[Index | Ints], progress: Progress) -> list[Floats]:
    """B values of C̄ for each of `groups`, which are at least two members each."""
    drawn, members = _Drawn(snapshot, plan), [np.unique(np.asarray(group, np.int64)) for group in groups]
    seen = [snapshot.competence.seen(group) for group in members]
    receiver = snapshot.competence.receiver
    found = [np.zeros(plan.replicates) for _group in groups]
    step = max(8, _CELLS // max(drawn.rows, 1))
    for low in range(0, plan.replicates, step):
        columns = slice(low, min(low + step, plan.replicates))
        k, g = drawn.competence(columns), drawn.recognition(columns)
        for total, group, one in zip(found, members, seen, strict=True):
            progress.check()
            shown = (DEMONSTRATED * k[one.able] * one.times[:, None]).sum(axis=0)
            given = (g[one.pair] * (1 - DEMONSTRATED * k[receiver[one.pair]] * one.shown[:, None])).sum(axis=0)
            total[columns] = (shown + given) / (len(group) * (len(group) - 1))
    return found


class _Drawn:
    """Answers, questions and recognitions by person (or pair) and week."""

    def __init__(self, snapshot: Snapshot, plan: Plan) -> None:
        kept, posts, self._people = snapshot.competence, snapshot.posts, len(snapshot.people)
        answers, self._prior = kept.answers, kept.prior
        weeks = weeks_in(snapshot.until - snapshot.first)
        recent = weeks_in(snapshot.until - snapshot.since)
        self._decay, self._counts = plan.decay(weeks, HALF_LIFE), plan.counts(recent)

        def by_week(row: Ints | Index, at: Ints, amount: Floats, rows: int, decays: bool) -> ByWeek:
            week = week_of(at, snapshot.until, weeks if decays else recent)
            fresh = np.exp2(((snapshot.until - at) / DAY - (snapshot.until - at) // WEEK * 7) / -HALF_LIFE) if decays else 1.0
            return ByWeek(row, week, amount * fresh, rows, weeks if decays else recent)

        at, ones = posts.at[answers.post], np.ones(len(answers.post))
        self._trials = by_week(answers.answerer, at, ones, self._people, True)
        self._success = by_week(answers.answerer, at, answers.success, self._people, True)
        new = answers.recent
        self._given = by_week(answers.answerer[new], at[new], ones[new], self._people, False)
        asked = np.flatnonzero(questions_of(snapshot) & (posts.at > snapshot.since))
        self._asked = by_week(posts.author[asked], posts.at[asked], np.ones(len(asked)), self._people, False)
        pairs, place = np.unique(pack((answers.answerer[new], self._people), (answers.asker[new], self._people)), return_inverse=True)
        self._helper = pairs // max(self._people, 1)
        self._helped = by_week(place, at[new], ones[new], len(pairs), False)
        giver, receiver, weight, said = recognitions(snapshot, answers)
        known = pack((kept.giver, self._people), (kept.receiver, self._people))
        row = np.searchsorted(known, pack((giver, self._people), (receiver, self._people)))
        points = weight * np.exp2((snapshot.until - said) / DAY / HALF_LIFE)
        self._recognised = by_week(row, said, points, len(known), True)
        self.rows = max(self._people, len(pairs), len(known))

    def competence(self, columns: slice) -> Floats:
        """K: people × columns."""
        decay, counts = self._decay[:, columns], self._counts[:, columns]
        h = (self._success.under(decay) + self._prior * PRIOR_TRIALS) / (self._trials.under(decay) + PRIOR_TRIALS)
        helped = np.zeros((self._people, counts.shape[1]))
        if len(self._helper):
            begin = np.flatnonzero(np.diff(self._helper, prepend=-1))  # pairs are sorted by helper
            helped[self._helper[begin]] = np.add.reduceat(self._helped.under(counts) > 0, begin, axis=0, dtype=np.int64)
        a, q = self._given.under(counts).astype(np.float64), self._asked.under(counts).astype(np.float64)
        z = _normal(np.divide(a - q, np.sqrt(a + q), out=np.zeros_like(a), where=a + q > 0))
        return np.asarray(helped / (helped + 5.0) * (0.6 * h + 0.4 * z))

    def recognition(self, columns: slice) -> Singles:
        """g of each pair with recognition: pairs × columns."""
        e = self._recognised.under(self._decay[:, columns])
        return np.asarray(e / (e + 1))


def _normal(x: Floats) -> Floats:
    """Φ to 1e-7 (Abramowitz & Stegun 26.2.17): numpy has none, and millions of values take too long one by one."""
    t = 1 / (1 + 0.2316419 * np.abs(x))
    tail = t * (0.319381530 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))))
    tail *= np.exp(-x * x / 2) / np.sqrt(2 * np.pi)
    return np.asarray(np.where(x >= 0, 1 - tail, tail), np.float64)
