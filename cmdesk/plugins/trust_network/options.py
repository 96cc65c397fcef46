"""What the exporters of the network can be told; kept apart, because options are known before anything is loaded."""

from __future__ import annotations

import msgspec

LEAST = 0.20
"""Pairs with less trust R are no tie (goal-model §4.1)."""


class TableOptions(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`names`: people by name, and then without measures. `at_least`: pairs with less trust R are no tie."""

    names: bool = False
    at_least: float = LEAST


class FilmOptions(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`periods`: how many at most; `days` between two; `at_least`: pairs with less trust R are no tie; `kind`: png or svg; `names`: whether the
    tips of an .svg name people."""

    periods: int = 8
    days: int = 90
    at_least: float = LEAST
    kind: str = "png"
    names: bool = False
