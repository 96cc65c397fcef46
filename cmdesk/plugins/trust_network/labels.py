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
        for left, top in _spots(wish, wide, high):
            if left < 0 or top < 0 or left + wide > window[0] or top + high > window[1]:
                continue
            box = (left - _GAP, top - 1, left + wide + _GAP, top + high + 1)
            other = boxes[:used]
            if not ((other[:, 0] < box[2]) & (box[0] < other[:, 2]) & (other[:, 1] < box[3]) & (box[1] < other[:, 3])).any():
                boxes[used] = box
                used += 1
                found.append(Written(wish.words, left, top, wide, high, wish.size, wish.bold))
                break
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
