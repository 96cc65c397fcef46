"""Ties that people state, beside those that their exchange shows: in a file, or as answers to a survey. Never in R or C."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from cmdesk.core.snapshot import Bools, Floats, Index


@dataclass(frozen=True, eq=False)
class StatedTies:
    """Ties that a file states (those that a survey's answers state: AskedTies)."""

    source: Index
    target: Index
    relation: Index
    relation_names: tuple[str, ...]
    weight: Floats


@dataclass(frozen=True, eq=False)
class AskedTies:
    """What members said of each other when a survey asked them, each person's newest answer. One row a colleague named: `source` says it of
    `target` (rows of People), `value` in 0–1 of its scale. `asked[r]`, `answered[r]` (relations × people): who was asked about relation r, and who
    answered; only of the latter a missing row means "no tie". `blank`: (relation, source, target) where one who answered left a colleague out.
    Never in R or C. Measures of it: `core.asked`."""

    source: Index
    target: Index
    relation: Index
    value: Floats
    relation_names: tuple[str, ...]
    asked: Bools
    answered: Bools
    blank: Index

    @classmethod
    def none(cls) -> AskedTies:
        """Nobody was asked anything."""
        empty, nobody = np.empty(0, np.int32), np.zeros((0, 0), np.bool_)
        return cls(empty, empty, empty, np.empty(0), (), nobody, nobody, np.empty((0, 3), np.int32))
