"""Where the two goal models that come with cmdesk disagree: closeness and competence judge two goals differently (docs/goal-model.md §4.5)."""

from __future__ import annotations

from functools import lru_cache

from cmdesk.core import goal_model
from cmdesk.core.contributions import Disagreement, Score
from cmdesk.core.goal_model import SHIPPED, GoalModel
from cmdesk.core.text import N_

WORDS = {"fits": N_("it fits"), "partly": N_("it fits partly"), "not_yet": N_("it does not fit yet"), "no_verdict": N_("there is no verdict")}


@lru_cache(maxsize=1)
def contested() -> tuple[str, ...]:
    """The goals that the two models judge by different criteria."""
    one, other = (goal_model.shipped(id) for id in SHIPPED)
    return tuple(name for name, goal in one.goals.items() if goal.criteria != other.goals[name].criteria)


@lru_cache(maxsize=8)
def _shipped(id: str) -> GoalModel:
    return goal_model.shipped(id)


def rivals(model: GoalModel) -> dict[str, GoalModel]:
    """Contested goals that `model` judges as one of the two does → the other one of the two. A goal of one's own has no rival."""
    found = {}
    for name in contested():
        for id, other in (SHIPPED, SHIPPED[::-1]):
            if model.goals[name].criteria == _shipped(id).goals[name].criteria:
                found[name] = _shipped(other)
    return found


def disagreement(score: Score, other: Score, rival: GoalModel) -> Disagreement | None:
    """What the rival says where its verdict is another one, None where they agree."""
    if score.verdict == other.verdict:
        return None
    here, there = WORDS[score.verdict], WORDS[other.verdict]
    sentence = N_("The goal models disagree: by the one in use {what}, by {model} {instead}.").format(what=here, model=rival.id, instead=there)
    return Disagreement(model=rival.id, verdict=other.verdict, fit=other.fit, sentence=sentence)
