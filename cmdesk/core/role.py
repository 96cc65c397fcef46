"""The community manager's own role in a goal, and what it asks of them this quarter."""

from __future__ import annotations

from cmdesk.core.contributions import Score
from cmdesk.core.gains import gains
from cmdesk.core.goal_model import Goal
from cmdesk.core.scoring import FITS

MOST = 4
_FROM_SCORE = 2


def this_quarter(score: Score, goal: Goal) -> tuple[str, ...]:
    """Up to MOST things to do: first what would raise the fit most, where it does not fit yet; then what the role asks whatever was measured."""
    wanted = [] if score.verdict == FITS else [gain.advice for gain in gains(score.criteria, goal) if gain.advice][:_FROM_SCORE]
    return tuple(dict.fromkeys([*wanted, *goal.quarter]))[:MOST]
