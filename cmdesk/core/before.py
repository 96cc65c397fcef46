"""Trust as it was just before a moment of its own for each pair, from facts earlier than that moment only (docs/goal-model.md §4.5, Q3).

The formulas are those of `trust` and `competence` (§4.1, §4.2), with T replaced by the moment. Who shares a group is taken as it is now,
because memberships carry no dates here; profiles likewise.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from cmdesk.core import competence as now, trust
from cmdesk.core.answers import HALF_LIFE, NOT_YET, marks_of, questions_of
from cmdesk.core.events import Kind, pack
from cmdesk.core.past import Past, chunks, spread
from cmdesk.core.progress import Progress
from cmdesk.core.snapshot import DAY, Bools, Floats, Index, Ints, Lists, distinct

if TYPE_CHECKING:
    from cmdesk.core.snapshot import Snapshot


class Ties:
    """R of pairs at their own moments."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._until, self._life, self._people = snapshot.until, snapshot.half_life, len(snapshot.people)
        happened = snapshot.events
        low, high = np.minimum(happened.actor, happened.target), np.maximum(happened.actor, happened.target)
        key = pack((low, self._people), (high, self._people))
        self._pairs, pair = np.unique(key, return_inverse=True)
        weight, together = happened.weights(self._until, self._life), happened.kind == Kind.TOGETHER
        forward = happened.actor < happened.target
        self._past = Past(
            pair, happened.at, len(self._pairs), forth=np.where(forward | together, weight, 0.0),
            back=np.where(forward & ~together, 0.0, weight), context=_first_meetings(pair, happened.group, happened.at),
        )  # fmt: skip
        ends = self._pairs // max(self._people, 1), self._pairs % max(self._people, 1)
        first, other = np.concatenate(ends), np.concatenate(ends[::-1])
        order = np.argsort(pack((first, self._people), (other, self._people)))
        start = np.searchsorted(first[order], np.arange(self._people + 1))
        self._near = Lists(start, np.tile(np.arange(len(self._pairs), dtype=np.int32), 2)[order])
        self._other = other[order]

    def close(self, i: Index, j: Index, at: Ints, edge: float = trust.TIE, progress: Progress | None = None) -> Bools:
        """Whether R ≥ `edge` just before `at`, for each pair i ≠ j. Embeddedness is worked out only where it decides."""
        low, high = self.bounds(i, j, at)
        found = low >= edge
        open_rows = np.flatnonzero((low < edge) & (high >= edge))
        if len(open_rows):
            share = self._overlap(i[open_rows], j[open_rows], at[open_rows], progress or Progress())
            found[open_rows] = low[open_rows] + (high - low)[open_rows] * share >= edge
        return np.asarray(found, np.bool_)

    def r(self, i: Index, j: Index, at: Ints) -> Floats:
        """R just before `at`, for each pair i ≠ j."""
        low, high = self.bounds(i, j, at)
        return np.asarray(low + (high - low) * self._overlap(i, j, at, Progress()), np.float64)

    def bounds(self, i: Index, j: Index, at: Ints) -> tuple[Floats, Floats]:
        """R without any common neighbour, and with nothing but common neighbours."""
        pair, there = self._row(i, j)
        forth, back, contexts = (np.where(there, part, 0.0) for part in self._past.sums(pair, at, "forth", "back", "context"))
        scale = self._scale(at)
        total = (forth + back) * scale
        f = total / (total + trust.KAPPA)
        bal = np.divide(2 * np.minimum(forth, back), forth + back, out=np.zeros(len(total)), where=total > 0)
        mul = np.clip((contexts - 1) / 2, 0.0, 1.0)
        alone, balance, embedded, multiplex = trust.BETA
        low = f * (alone + balance * bal + multiplex * mul)
        return low, low + f * embedded

    def _row(self, i: Index | Ints, j: Index | Ints) -> tuple[Ints, Bools]:
        if not len(self._pairs):
            return np.zeros(len(i), np.int64), np.zeros(len(i), np.bool_)
        key = pack((np.minimum(i, j), self._people), (np.maximum(i, j), self._people))
        row = np.minimum(np.searchsorted(self._pairs, key), len(self._pairs) - 1)
        return row, self._pairs[row] == key

    def _scale(self, at: Ints) -> Floats:
        return np.asarray(np.exp2((self._until - at) / DAY / self._life), np.float64)

    def _overlap(self, i: Index, j: Index, at: Ints, progress: Progress) -> Floats:
        """O_ij of each pair, among those who were neighbours (S ≥ .05) just before `at`."""
        found = np.zeros(len(i))
        size = np.diff(self._near.start)
        for part in chunks(size[i] + size[j]):
            progress.check()
            one, other = (self._neighbours(side[part], at[part]) for side in (i, j))
            many = len(i[part])
            common = np.bincount(np.intersect1d(one, other, assume_unique=True) // max(self._people, 1), minlength=many)
            degree = np.bincount(one // max(self._people, 1), minlength=many) + np.bincount(other // max(self._people, 1), minlength=many)
            near = np.isin(np.arange(many, dtype=np.int64) * self._people + j[part], one)
            either = degree - 2 * near - common
            found[part] = np.divide(common, either, out=np.zeros(many), where=either > 0)
        return found

    def _neighbours(self, person: Index, at: Ints) -> Ints:
        """task · people + neighbour, for each task."""
        task, place = spread(self._near.start[person], self._near.start[person + 1])
        moment = at[task]
        forth, back = self._past.sums(self._near.items[place], moment, "forth", "back")
        near = (forth + back) * self._scale(moment) >= trust.NEIGHBOUR
        return task[near] * self._people + self._other[place[near]]


def _first_meetings(pair: Ints, group: Index, at: Ints) -> Floats:
    """1 for the earliest event of a pair in a group, else 0."""
    order = np.lexsort((at, group, pair))
    first = np.ones(len(order), np.bool_)
    first[1:] = (pair[order][1:] != pair[order][:-1]) | (group[order][1:] != group[order][:-1])
    found = np.zeros(len(order))
    found[order[first]] = 1.0
    return found


class Skill:
    """C(i → j) of pairs at their own moments."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._snapshot, self._people = snapshot, len(snapshot.people)
        self._answers = answers = snapshot.competence.answers
        at = snapshot.posts.at[answers.post]
        ones = np.ones(len(at))
        self._given = Past(answers.answerer, at, self._people, number=ones)
        asked = np.flatnonzero(questions_of(snapshot))
        self._asked = Past(snapshot.posts.author[asked], snapshot.posts.at[asked], self._people, number=np.ones(len(asked)))
        owner, when, trials, success = self._record(at)
        self._shown = Past(owner, when, self._people, trials=trials, success=success)
        self._all = Past(np.zeros(len(owner), np.int64), when, 1, trials=trials, success=success)
        self._previous = _previous(answers.answerer, answers.asker, at)
        said, points = now.recognised(snapshot, answers)
        self._known, pair = np.unique(pack((said.actor, self._people), (said.target, self._people)), return_inverse=True)
        worth = points * np.exp2((snapshot.until - said.at) / DAY / -HALF_LIFE)
        self._recognised = Past(pair, said.at, len(self._known), worth=worth)
        self._company: _Company | None = None

    def able(self, i: Index, j: Index, at: Ints, edge: float, progress: Progress | None = None) -> Bools:
        """Whether C(i → j) ≥ `edge` just before `at`, for each pair i ≠ j. Who met whom is worked out only where it decides."""
        k, g, unseen = self._k(j, at, progress or Progress()), self._g(i, j, at), now.unseen(self._snapshot)[j]
        least, most = now.combined(k, unseen, g), now.combined(k, np.ones(len(k)), g)
        found = least >= edge
        rows = np.flatnonzero((least < edge) & (most >= edge))
        if len(rows):
            self._company = self._company or _Company(self._snapshot)
            found[rows] = self._company.met(i[rows], j[rows], at[rows], progress or Progress())
        return np.asarray(found, np.bool_)

    def c(self, i: Index, j: Index, at: Ints) -> Floats:
        """C(i → j) just before `at`, for each pair i ≠ j."""
        self._company = self._company or _Company(self._snapshot)
        met = self._company.met(i, j, at, Progress())
        shown = np.where(met, 1.0, now.unseen(self._snapshot)[j])
        return now.combined(self._k(j, at, Progress()), shown, self._g(i, j, at))

    def _record(self, at: Ints) -> tuple[Index, Ints, Floats, Floats]:
        """What each answer adds to its author's record and when: a trial as it is given, success as it is accepted, thanked and praised."""
        answers = self._answers
        marks = marks_of(self._snapshot, answers)
        value, when, answer = [], [], []
        for each, reached in ((1.0, marks.accepted), (0.6, marks.thanked), (0.4, marks.praised)):
            rows = np.flatnonzero(reached < NOT_YET)
            value.append(np.full(len(rows), each))
            when.append(np.maximum(reached[rows], at[rows]))
            answer.append(rows)
        worth, moment, row = np.concatenate(value), np.concatenate(when), np.concatenate(answer)
        order = np.lexsort((moment, row))
        worth, moment, row = worth[order], moment[order], row[order]
        so_far = Past(row, np.arange(len(row)), len(at), worth=worth).sums(row, np.arange(len(row)), "worth")[0] if len(row) else worth
        gained = np.minimum(1.0, so_far + worth) - np.minimum(1.0, so_far)
        weight = np.exp2((self._snapshot.until - at) / DAY / -HALF_LIFE)
        owner = np.concatenate([answers.answerer, answers.answerer[row]])
        none = np.zeros(len(row))
        return owner, np.concatenate([at, moment]), np.concatenate([weight, none]), np.concatenate([np.zeros(len(at)), gained * weight[row]])

    def _k(self, j: Index, at: Ints, progress: Progress) -> Floats:
        since = at - self._snapshot.window_days * DAY
        scale = np.exp2((self._snapshot.until - at) / DAY / HALF_LIFE)
        everyone = np.zeros(len(at), np.int64)
        all_trials, all_success = self._all.sums(everyone, at, "trials", "success")
        firm = all_trials * scale >= now.FIRM
        prior = np.where(firm, np.divide(all_success, all_trials, out=np.full(len(at), 0.5), where=firm), 0.5)
        trials, success = (part * scale for part in self._shown.sums(j, at, "trials", "success"))
        (a,) = self._given.sums(j, at, "number", since=since)
        (q,) = self._asked.sums(j, at, "number", since=since)
        return now.demonstrated(trials, success, prior, a, q, self._helped(j, at, since, progress))

    def _helped(self, j: Index, at: Ints, since: Ints, progress: Progress) -> Floats:
        """Distinct askers whom each person answered in its window."""
        begin, end = self._given.spans(j, at, since)
        found = np.zeros(len(at))
        for part in chunks(end - begin):
            progress.check()
            task, place = spread(begin[part], end[part])
            new = self._previous[self._given.order[place]] <= since[part][task]
            found[part] = np.bincount(task[new], minlength=len(found[part]))
        return found

    def _g(self, i: Index, j: Index, at: Ints) -> Floats:
        if not len(self._known):
            return np.zeros(len(at))
        key = pack((i, self._people), (j, self._people))
        row = np.minimum(np.searchsorted(self._known, key), len(self._known) - 1)
        (e,) = self._recognised.sums(row, at, "worth")
        e = np.where(self._known[row] == key, e, 0.0) * np.exp2((self._snapshot.until - at) / DAY / HALF_LIFE)
        return np.asarray(e / (e + 1), np.float64)


def _previous(owner: Index, other: Index, at: Ints) -> Ints:
    """For each entry the time of the same pair's entry before it, the smallest integer where there is none."""
    order = np.lexsort((at, other, owner))
    before = np.full(len(at), np.iinfo(np.int64).min)
    same = (owner[order][1:] == owner[order][:-1]) & (other[order][1:] == other[order][:-1])
    before[order[1:][same]] = at[order[:-1][same]]
    return before


class _Company:
    """Who shares a group, or wrote in one thread in the window before a moment."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._window = snapshot.window_days * DAY
        self._people = len(snapshot.people)
        roster = snapshot.groups.roster
        owner = np.repeat(np.arange(len(roster)), np.diff(roster.start))
        inner = owner > 0  # to be in the community is no meeting
        order = np.argsort(roster.items[inner], kind="stable")
        start = np.searchsorted(roster.items[inner][order], np.arange(self._people + 1))
        self._groups = Lists(start, owner[inner][order].astype(np.int32))
        posts = snapshot.posts
        rows = np.flatnonzero(posts.author >= 0)
        self._thread, self._threads = posts.thread[rows], posts.threads
        self._posts = Past(posts.author[rows], posts.at[rows], self._people)

    def met(self, i: Index, j: Index, at: Ints, progress: Progress) -> Bools:
        """Whether each pair had met."""
        found = np.zeros(len(i), np.bool_)
        size = np.diff(self._groups.start)
        for part in chunks(size[i] + size[j]):
            lists = [(*spread(self._groups.start[side[part]], self._groups.start[side[part] + 1]), self._groups.items) for side in (i, j)]
            found[part] = _shared(lists[0], lists[1], len(i[part]))
        rows = np.flatnonzero(~found)
        spans = [self._posts.spans(side[rows], at[rows], at[rows] - self._window) for side in (i, j)]
        for part in chunks(sum((end - begin for begin, end in spans), np.zeros(len(rows), np.int64))):
            progress.check()
            listed = [(*spread(begin[part], end[part]), self._thread[self._posts.order]) for begin, end in spans]
            found[rows[part]] = _shared(listed[0], listed[1], len(rows[part]))
        return found


def _shared(one: tuple[Ints, Ints, Index], other: tuple[Ints, Ints, Index], tasks: int) -> Bools:
    """Tasks of which both sides (task, place, items) list a common item."""
    width = int(max(one[2].max(initial=0), other[2].max(initial=0))) + 1
    left, right = (distinct(task * width + items[place]) for task, place, items in (one, other))
    found = np.zeros(tasks, np.bool_)
    found[np.intersect1d(left, right, assume_unique=True) // width] = True
    return found


