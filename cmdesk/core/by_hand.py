"""What people filled in by hand, as a snapshot holds it: as of T, with rows of the snapshot in place of platform keys."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple


class Answer(NamedTuple):
    """An answer to an item of the pulse: `value` 0–1, `person` −1 where it is anonymous (a tally), `day` local days since 1970-01-01."""

    person: int
    day: int
    value: float


@dataclass(frozen=True, eq=False)
class ByHand:
    """`checks`: row of groups → item of the checklist → what was answered by hand (`review`: a date is set). `purposes`: rows of groups
    whose purpose is stated; `owners`: row of groups → the person who owns it, −1 where the name is nobody's here. `statuses`: row of posts →
    the local days (since 1970-01-01) on which its status changed, empty where it was only said to be open. `pulse`: (row of groups, item) →
    answers as far as they are known at T."""

    checks: Mapping[int, Mapping[str, bool]] = field(default_factory=dict)
    purposes: frozenset[int] = frozenset()
    owners: Mapping[int, int] = field(default_factory=dict)
    statuses: Mapping[int, tuple[int, ...]] = field(default_factory=dict)
    pulse: Mapping[tuple[int, str], tuple[Answer, ...]] = field(default_factory=dict)
