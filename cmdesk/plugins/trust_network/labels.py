"""Which labels are written, and where: by a budget, the most wanted first, and never one over another."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

import numpy as np

BUDGET = 90
"""Labels at once."""
_TRIED = 260
"""Candidates looked at, so that placing stays within milliseconds."""
_GAP = 3.0


class Wish(NamedTuple):
    """A label that wants a place: its words, the pixel it belongs to, how far from it (the radius of what it names), its size in pixels, and whether
    it is `bold`; `middle`: it may stand on its place itself."""

    words: str
    x: float
    y: float
    away: float
    size: float = 12.0
    bold: bool = False
    middle: bool = False


class Written(NamedTuple):
    """A label with its place: the box that it fills in pixels."""

    words: str
    left: float
    top: float
    width: float
    height: float
    size: float
    bold: bool


Width = Callable[[str, float, bool], float]


def place(wishes: Iterable[Wish], width: Width, window: tuple[float, float], taken: Sequence[tuple[float, float, float, float]] = ()) -> list[Written]:
    """Labels in the order wished, as far as there is room inside the window and beside `taken` (left, top, right, bottom)."""
    boxes = np.zeros((BUDGET + len(taken), 4))
    boxes[: len(taken)] = np.array(taken).reshape(-1, 4)
    used = len(taken)
    found: list[Written] = []
    for number, wish in enumerate(wishes):
        if number >= _TRIED or len(found) >= BUDGET:
            break
        if not wish.words or not -wish.away <= wish.x <= window[0] + wish.away or not -wish.away <= wish.y <= window[1] + wish.away:
            continue
        wide, high = width(wish.words, wish.size, wish.bold), wish.size * 1.35
        spots = [
            (left, top) for left, top in _spots(wish, wide, high)
            if left >= 0 and top >= 0 and left + wide <= window[0] and top + high <= window[1]
        ]  # fmt: skip
        if not spots:
            continue
        at, other = np.array(spots)[:, :, None], boxes[:used].T
        left, top = at[:, 0], at[:, 1]
        hit = (other[0] < left + wide + _GAP) & (left - _GAP < other[2]) & (other[1] < top + high + 1) & (top - 1 < other[3])
        free = ~hit.any(axis=1)
        if free.any():
            x, y = spots[int(free.argmax())]
            boxes[used] = (x - _GAP, y - 1, x + wide + _GAP, y + high + 1)
            used += 1
            found.append(Written(wish.words, x, y, wide, high, wish.size, wish.bold))
    return found


def _spots(wish: Wish, wide: float, high: float) -> list[tuple[float, float]]:
    """Where a label may stand, the best place first."""
    beside = wish.away + 4
    above = (wish.x - wide / 2, wish.y - wish.away - high - 1)
    below = (wish.x - wide / 2, wish.y + wish.away + 1)
    if wish.middle:
        return [(wish.x - wide / 2, wish.y - high / 2), above, below]
    if wish.away > 16:
        return [above, below]
    return [(wish.x + beside, wish.y - high / 2), (wish.x - beside - wide, wish.y - high / 2), above, below]
