"""The same community measured otherwise: with replicates, with another half-life of trust, or without the posts of moderators.

What does not change by it is not computed again.
"""

from __future__ import annotations

from copy import copy
from dataclasses import replace
from typing import Any

import numpy as np

from cmdesk.core.resampling import Plan
from cmdesk.core.snapshot import Bools, Lists, Snapshot


def resampled(snapshot: Snapshot, plan: Plan) -> Snapshot:
    """Its measures come with replicates under `plan`."""
    return _changed(snapshot, plan=plan, _measures={})


def with_half_life(snapshot: Snapshot, days: float) -> Snapshot:
    """Relational trust fades by half in `days`; values only."""
    other = _changed(snapshot, half_life=days, rough=True, _measures={}, kept={})
    other.__dict__.pop("trust", None)
    return other


def without_moderators(snapshot: Snapshot) -> Snapshot:
    """Moderators are no actors, no targets and no members; values only."""
    people, groups = snapshot.people, snapshot.groups
    counted = people.counted & ~people.is_moderator
    return replace(
        snapshot, people=replace(people, counted=counted), with_moderators=False, rough=True, kept={}, _measures={},
        groups=replace(groups, roster=_only(groups.roster, counted), audience=_only(groups.audience, counted)),
    )  # fmt: skip


def _changed(snapshot: Snapshot, **fields: Any) -> Snapshot:
    """A copy that keeps what was computed."""
    other = copy(snapshot)
    other.__dict__.update(fields)  # the class is frozen, and `replace` would forget
    return other


def _only(lists: Lists, kept: Bools) -> Lists:
    there = kept[lists.items] if len(lists.items) else np.zeros(0, np.bool_)
    upto = np.concatenate([[0], np.cumsum(there)])
    return Lists(upto[lists.start], lists.items[there])
