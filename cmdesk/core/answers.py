"""Answers to questions: who answered whom, when, and how well it went (docs/goal-model.md §4.2)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from cmdesk.core.events import pack
from cmdesk.core.snapshot import DAY, Bools, Floats, Index, Ints

if TYPE_CHECKING:
    from cmdesk.core.snapshot import Parted, Snapshot

HALF_LIFE = 180.0
"""Days in which an answer's weight halves."""
NOT_YET = np.iinfo(np.int64).max
"""The time of what did not happen."""


@dataclass(frozen=True, eq=False)
class Answers:
    """One row an answer: a person's first reply to another person's question. `question` and `post` are rows of posts; `weight` is
    its decay at T, `success` in 0–1 (not decayed)."""

    question: Index
    post: Index
    asker: Index
    answerer: Index
    recent: Bools  # in W
    weight: Floats
    success: Floats

    def only(self, rows: Bools) -> Answers:
        """These answers."""
        return replace(self, **{name: getattr(self, name)[rows] for name in self.__dataclass_fields__})


@dataclass(frozen=True, eq=False)
class AnswerMarks:
    """When each answer was first accepted, thanked (a positive reaction by the asker) and praised (by a second other person); NOT_YET where it
    never was."""

    accepted: Ints
    thanked: Ints
    praised: Ints


def questions_of(snapshot: Snapshot) -> Bools:
    """Which posts are questions of counted persons."""
    return np.asarray(snapshot.posts.question & np.append(snapshot.people.counted, False)[snapshot.posts.author])


def answers_of(snapshot: Snapshot) -> Answers:
    """Each person's first reply to each question of another, up to T, by time."""
    parted = snapshot.parted
    if parted is not None and "competence" in parted.whole.__dict__:
        return _fewer(snapshot, parted)
    posts, width = snapshot.posts, len(snapshot.people)
    counted = np.append(snapshot.people.counted, False)
    row = np.flatnonzero(posts.is_reply & (posts.answers >= 0) & counted[posts.author])
    question = posts.answers[row]
    fits = questions_of(snapshot)[question] & (posts.author[question] != posts.author[row])
    row, question = row[fits], question[fits]
    _pair, first = np.unique(pack((question, len(posts)), (posts.author[row], width)), return_index=True)  # rows go by time
    row, question = row[first].astype(np.int32), question[first]
    weight = np.exp2((snapshot.until - posts.at[row]) / DAY / -HALF_LIFE)
    found = Answers(question, row, posts.author[question], posts.author[row], posts.at[row] > snapshot.since, weight, np.zeros(len(row)))
    return replace(found, success=_success(marks_of(snapshot, found)))


def _fewer(snapshot: Snapshot, parted: Parted) -> Answers:
    """Those of the community before people left, without theirs and without what they thought of others'."""
    known, gone = parted.whole.competence.answers, parted.gone
    found = known.only(~(gone[known.asker] | gone[known.answerer]))
    marks = snapshot.reactions
    theirs = (marks.post >= 0) & np.append(gone, False)[marks.person]
    marked = np.zeros(len(snapshot.posts), np.bool_)
    marked[marks.post[theirs]] = True
    again = marked[found.post]
    success = found.success.copy()
    success[again] = _success(marks_of(snapshot, found.only(again)))
    return replace(found, success=success)


def marks_of(snapshot: Snapshot, answers: Answers) -> AnswerMarks:
    """The marks that answers got up to T from counted persons."""
    posts, marks, width = snapshot.posts, snapshot.reactions, len(snapshot.people)
    counted = np.append(snapshot.people.counted, False)
    accepted, thanked, praised = (np.full(len(answers.post), NOT_YET) for _ in range(3))
    answer_of = np.full(len(posts) + 1, -1, np.int64)
    answer_of[answers.post] = np.arange(len(answers.post))
    said = answer_of[snapshot.accepted.post]
    np.minimum.at(accepted, said[said >= 0], snapshot.accepted.at[said >= 0])
    answer = answer_of[marks.post]
    keep = (answer >= 0) & counted[marks.person]
    answer, person, at = answer[keep], marks.person[keep], marks.at[keep]
    positive = np.ones(len(answer), np.bool_) if marks.positive is None else marks.positive[keep]
    by_asker = positive & (person == answers.asker[answer])
    np.minimum.at(thanked, answer[by_asker], at[by_asker])
    other = (person != answers.asker[answer]) & (person != answers.answerer[answer])
    answer, person, at = answer[other], person[other], at[other]
    order = np.lexsort((at, person, answer))
    pair = pack((answer[order], len(answers.post)), (person[order], width))
    first = order[np.diff(pair, prepend=-1) != 0]  # each person's earliest
    first = first[np.lexsort((at[first], answer[first]))]
    begins = np.flatnonzero(np.diff(answer[first], prepend=-1))
    second = begins[np.diff(begins, append=len(first)) >= 2] + 1
    praised[answer[first[second]]] = at[first[second]]
    return AnswerMarks(accepted, thanked, praised)


def _success(marks: AnswerMarks) -> Floats:
    """min(1, accepted + .6 · thanked + .4 · praised), of each answer."""
    there = [1.0 * (moment < NOT_YET) for moment in (marks.accepted, marks.thanked, marks.praised)]
    return np.asarray(np.minimum(1.0, there[0] + 0.6 * there[1] + 0.4 * there[2]), np.float64)
