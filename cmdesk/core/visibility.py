"""What may be shown: measures, ties and verdicts of fewer than five people are hidden (goal-model §4.8), never a roster or a purpose."""

from __future__ import annotations

import msgspec

from cmdesk.core.contributions import Score
from cmdesk.core.text import N_

HIDDEN_BELOW = 5
TOO_SMALL = N_("too small to show: fewer than 5 active people")
BESIDE_SMALL = N_("not shown: it would tell of a smaller group beside it")


def hidden(active: int, roster: int) -> bool:
    """True if a group's measures would tell about too few people: 1–4 active, or fewer than 5 people at all."""
    return 0 < active < HIDDEN_BELOW or max(active, roster) < HIDDEN_BELOW


def hide(score: Score, why: str = TOO_SMALL) -> Score:
    """The same line without anything that was measured, because `why`."""
    return msgspec.structs.replace(
        score, fit=None, low=None, high=None, verdict="no_verdict", coverage=0.0, reason=why, people=0, criteria=(), subscores={},
        chance=None, fragile=False, sensitivity=(), disagrees=None,
    )  # fmt: skip
