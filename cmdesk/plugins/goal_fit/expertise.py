"""Competence trust inside a group, and how well its topics are covered."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from cmdesk.api import Measure, Progress, Snapshot, _, competence

from .answering import questions
from .facts import Facts, Index, Ints, facts
from .measures import guarded, missing, unless

QUESTIONS_OF_A_TOPIC = 5
TOPICS = 3
EXPERTS = 2
EXPERT = 0.5


def trusted(snapshot: Snapshot, groups: Sequence[int], progress: Progress) -> list[Measure]:
    """C̄: mean competence trust over the ordered pairs of A."""
    asked = snapshot.competence.questions

    def one(shared: Facts, group: int) -> Measure:
        active = shared.active(group)
        if asked < competence.ENOUGH_QUESTIONS:
            text = _(
                "The community asked only {n} questions in this period, and {least} are needed; import messages with their text, or a longer period."
            )
            return missing(text.format(n=asked, least=competence.ENOUGH_QUESTIONS), len(active))
        return Measure(snapshot.competence.mean_c(active), n=len(active))

    return guarded(snapshot, groups, one, least=2)


def cov(snapshot: Snapshot, groups: Sequence[int], progress: Progress) -> list[Measure]:
    """Topics (tags with at least 5 questions of W in the group) with at least two members of K ≥ .5 in the topic ÷ such topics."""
    why = _("No question has a tag; import an export with tags or topics.")
    if short := unless({"question", "tag"} <= snapshot.states, snapshot, groups, why):
        return short
    shared = facts(snapshot)
    place, tag = _tagged(shared)
    experts = _experts(shared, tag)

    def one(group: int) -> Measure:
        mine = tag[np.isin(place, snapshot.groups.inside[group])]
        topics = np.flatnonzero(np.bincount(mine, minlength=1) >= QUESTIONS_OF_A_TOPIC)
        if len(topics) < TOPICS:
            text = _(
                "Only {n} topics have five questions in this period, and {least} are needed; import a longer period, or tag questions."
            )
            return missing(text.format(n=len(topics), least=TOPICS), len(topics))
        member = shared.is_member(group)
        covered = [int(member[experts[topic]].sum()) >= EXPERTS for topic in topics.tolist()]
        return Measure(sum(covered) / len(topics), n=len(topics))

    return [one(group) for group in groups]


def _tagged(shared: Facts) -> tuple[Index, Index]:
    """Group and tag of every question of W, once a tag."""
    rows = questions(shared)
    tags = shared.snapshot.posts.tags
    return np.repeat(shared.place[rows], np.diff(tags.start)[rows]), tags.take(rows).items


def _experts(shared: Facts, tag: Index) -> dict[int, Ints]:
    """Persons with K ≥ .5 in each topic that has enough questions anywhere."""
    snapshot, found = shared.snapshot, {}
    for topic in np.flatnonzero(np.bincount(tag, minlength=1) >= QUESTIONS_OF_A_TOPIC).tolist():
        k = snapshot.competence.topic(snapshot.posts.tag_names[topic])
        found[topic] = np.flatnonzero(k >= EXPERT) if k is not None else np.zeros(0, np.int64)
    return found
