"""Demonstrated competence K and competence trust C, from answers to questions (docs/goal-model.md §4.2).

R is no input of C: whether close people trust each other's competence more is a question that the data may answer.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from cmdesk.core.answers import HALF_LIFE, Answers, answers_of, questions_of
from cmdesk.core.events import Kind, pack
from cmdesk.core.meeting import Meetings
from cmdesk.core.snapshot import DAY, Bools, Floats, Index, Ints, distinct

if TYPE_CHECKING:
    from cmdesk.core.events import Events
    from cmdesk.core.snapshot import Snapshot

ENOUGH_QUESTIONS = 10
"""C̄ is missing where the community asked fewer questions in W."""
ENOUGH_ANSWERS = 5
"""A topic with fewer answers has no K of its own."""

FIRM = 10.0
"""Answers that the community's own rate of success must stand on."""
PRIOR_TRIALS = 8.0
_SEEN, _UNSEEN, _PROFILE = 1.0, 0.3, 0.4
DEMONSTRATED = 0.6
_RECOGNITION = {Kind.ACCEPTED: 1.0, Kind.REACTION: 0.3, Kind.MENTION: 0.5}


@dataclass(frozen=True, eq=False)
class Seen:
    """Of a set of members: those with K > 0 and to how many of the others each is visible (Σ vis), and the rows of recognition among them with
    the visibility of the receiver to the giver."""

    able: Ints
    times: Floats
    pair: Ints
    shown: Floats


@dataclass(frozen=True, eq=False)
class Competence:
    """K and its parts of every person (rows of `people`); `questions` is the number asked in W by counted persons. `giver`, `receiver`, `g` are
    the pairs with direct recognition g(giver → receiver) > 0."""

    snapshot: Snapshot
    answers: Answers
    questions: int
    prior: float
    h: Floats
    v: Floats
    z: Floats
    k: Floats
    giver: Index
    receiver: Index
    g: Floats

    def topic(self, tag: str) -> Floats | None:
        """K of every person in one topic (a tag of questions); None where it has fewer than 5 answers."""
        posts = self.snapshot.posts
        if tag not in posts.tag_names:
            return None
        tagged = np.zeros(len(posts), np.bool_)
        tagged[np.repeat(np.arange(len(posts)), np.diff(posts.tags.start))[posts.tags.items == posts.tag_names.index(tag)]] = True
        answers = self.answers.only(tagged[self.answers.question])
        if len(answers.post) < ENOUGH_ANSWERS:
            return None
        return _demonstrated(self.snapshot, answers, questions_of(self.snapshot) & tagged, self.prior)[3]

    def visible(self, i: Index | Ints, j: Index | Ints) -> Floats:
        """vis of j to i, for each pair."""
        met = np.zeros(len(i), np.bool_)
        order = np.argsort(j, kind="stable")
        persons, place = np.unique(np.asarray(j[order], np.int64), return_inverse=True)
        for part, table in self.meetings.tables(persons):
            low, high = np.searchsorted(place, [part.start, part.stop])
            rows = order[low:high]
            met[rows] = table[place[low:high] - part.start, i[rows]]
        return np.where(met, _SEEN, self._unseen[j])

    def trust(self, i: Index | Ints, j: Index | Ints) -> Floats:
        """C(i → j) of each pair (i ≠ j)."""
        width = len(self.k)
        known = pack((self.giver, width), (self.receiver, width))
        asked = pack((i, width), (j, width))
        at = np.minimum(np.searchsorted(known, asked), max(len(known) - 1, 0))
        g = np.where(known[at] == asked, self.g[at], 0.0) if len(known) else np.zeros(len(asked))
        return combined(self.k[j], self.visible(i, j), g)

    def mean_c(self, members: Index | Ints) -> float:
        """C̄: mean C over the ordered pairs of `members`; nan below two members or below 10 questions in the community."""
        members = np.unique(np.asarray(members, np.int64))
        n = len(members)
        if n < 2 or self.questions < ENOUGH_QUESTIONS:
            return math.nan
        seen = self.seen(members)
        total = float((DEMONSTRATED * self.k[seen.able] * seen.times).sum())
        k = self.k[self.receiver[seen.pair]]
        total += float((self.g[seen.pair] * (1 - DEMONSTRATED * k * seen.shown)).sum())
        return total / (n * (n - 1))

    def seen(self, members: Ints) -> Seen:
        """Who of `members` (rising) can show competence to whom of them."""
        inside = np.zeros(len(self.k), np.bool_)
        inside[members] = True
        n = len(members)
        able = members[self.k[members] > 0]
        together = self.meetings.in_one_group(members)
        met = np.full(len(able), n - 1)
        if not together:
            for part, table in self.meetings.tables(able):
                met[part] = np.count_nonzero(table & inside, axis=1) - 1
        pair = np.flatnonzero(inside[self.giver] & inside[self.receiver])
        shown = np.ones(len(pair)) if together else self.visible(self.giver[pair], self.receiver[pair])
        return Seen(able, met * _SEEN + (n - 1 - met) * self._unseen[able], pair, shown)

    @cached_property
    def _unseen(self) -> Floats:
        return unseen(self.snapshot)

    @cached_property
    def meetings(self) -> Meetings:
        """Who shares a group or a thread."""
        return Meetings.of(self.snapshot)


def competence(snapshot: Snapshot) -> Competence:
    """K, its parts and direct recognition at T."""
    answers = answers_of(snapshot)
    trials = float(answers.weight.sum())
    prior = float((answers.weight * answers.success).sum()) / trials if trials >= FIRM else 0.5
    asked = questions_of(snapshot)
    h, v, z, k = _demonstrated(snapshot, answers, asked, prior)
    giver, receiver, g = _recognition(snapshot, answers)
    questions = int((asked & (snapshot.posts.at > snapshot.since)).sum())
    return Competence(snapshot, answers, questions, prior, h, v, z, k, giver, receiver, g)


def _demonstrated(snapshot: Snapshot, answers: Answers, asked: Bools, prior: float) -> tuple[Floats, Floats, Floats, Floats]:
    """h, v, z and K of every person, from these answers and questions."""
    width, posts = len(snapshot.people), snapshot.posts
    trials = np.bincount(answers.answerer, answers.weight, width)
    success = np.bincount(answers.answerer, answers.weight * answers.success, width)
    new = answers.recent
    a = np.bincount(answers.answerer[new], minlength=width)
    q = np.bincount(posts.author[asked & (posts.at > snapshot.since)], minlength=width)
    pairs = distinct(pack((answers.answerer[new], width), (answers.asker[new], width)))
    helped = np.bincount(pairs // max(width, 1), minlength=width)
    h, v, z = _parts(trials, success, prior, a, q, helped)
    return h, v, z, v * (0.6 * h + 0.4 * z)


def demonstrated(trials: Floats, success: Floats, prior: Floats | float, a: Floats, q: Floats, helped: Floats) -> Floats:
    """K from decayed trials and successes, the community's rate of success, answers given and questions asked in W, and distinct askers helped."""
    h, v, z = _parts(trials, success, prior, a, q, helped)
    return np.asarray(v * (0.6 * h + 0.4 * z), np.float64)


def _parts(trials: Any, success: Any, prior: Any, a: Any, q: Any, helped: Any) -> tuple[Floats, Floats, Floats]:
    h = (success + prior * PRIOR_TRIALS) / (trials + PRIOR_TRIALS)
    v = helped / (helped + 5.0)
    return h, v, _normal(np.divide(a - q, np.sqrt(a + q), out=np.zeros(len(h)), where=a + q > 0))


def unseen(snapshot: Snapshot) -> Floats:
    """vis of each person to somebody who never met them."""
    return np.asarray(_UNSEEN + _PROFILE * np.nan_to_num(snapshot.people.profile), np.float64)


def combined(k: Floats, visible: Floats, g: Floats) -> Floats:
    """C from K, vis and g of each pair."""
    return np.asarray(1 - (1 - DEMONSTRATED * k * visible) * (1 - g), np.float64)


def _normal(x: Floats) -> Floats:
    """Φ, the share of a standard normal distribution below x."""
    values, place = np.unique(x, return_inverse=True)
    return np.array([0.5 * math.erfc(-value / math.sqrt(2.0)) for value in values.tolist()], np.float64)[place]


def recognised(snapshot: Snapshot, answers: Answers) -> tuple[Events, Floats]:
    """The events in which one person directly recognised another, and what each is worth: an accepted answer, a reaction on an answer, a question
    addressed to a person."""
    happened, posts = snapshot.events, snapshot.posts
    is_answer = np.zeros(len(posts), np.bool_)
    is_answer[answers.post] = True
    points = np.zeros(len(Kind))
    points[list(_RECOGNITION)] = list(_RECOGNITION.values())
    fits = happened.kind == Kind.ACCEPTED
    for kind, where in ((Kind.REACTION, is_answer), (Kind.MENTION, posts.question)):
        rows = np.flatnonzero(happened.kind == kind)
        fits[rows] = where[happened.post[rows]]
    said = happened.only(fits)
    return said, points[said.kind]


def _recognition(snapshot: Snapshot, answers: Answers) -> tuple[Index, Index, Floats]:
    """Sorted pairs with g > 0, decayed."""
    width = len(snapshot.people)
    said, points = recognised(snapshot, answers)
    weight = points * np.exp2((snapshot.until - said.at) / DAY / -HALF_LIFE)
    pairs, place = np.unique(pack((said.actor, width), (said.target, width)), return_inverse=True)
    e = np.bincount(place, weight, len(pairs))
    return (pairs // max(width, 1)).astype(np.int32), (pairs % max(width, 1)).astype(np.int32), e / (e + 1)


def recognitions(snapshot: Snapshot, answers: Answers) -> tuple[Index, Index, Floats, Ints]:
    """Giver, receiver, decayed weight and time of each recognition."""
    said, points = recognised(snapshot, answers)
    return said.actor, said.target, points * np.exp2((snapshot.until - said.at) / DAY / -HALF_LIFE), said.at
