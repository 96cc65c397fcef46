"""How a community is resampled: persons and weeks are drawn again, B times, with one seed (docs/intervals.md).

A week is a block of seven days counted back from T, so that none is cut off at the end. Slot k of a replicate gets the events of a week drawn
near k (at most six weeks away, reflected at the ends) and they age as slot k: what grows or fades goes on doing so in every replicate (local block
bootstrap, Paparoditis & Politis 2002). Draws hang on the seed and on what is drawn (a week, a group), never on the order of asking.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from cmdesk.core.snapshot import DAY, Floats, Index, Ints, Singles

REPLICATES = 500
"""B of an assessment, where nothing else is asked."""
SEED = 20151
"""The seed of an assessment, where nothing else is asked."""
LEVEL = 0.80
"""The share of the replicates that an interval holds, where nothing else is asked."""
WEEK = 7 * DAY
MOST_WEEKS = 520
"""Facts older than ten years form one block that is never drawn for another."""

_NEAR = 6


@dataclass(frozen=True)
class Plan:
    """B replicates with a seed, and the share of them that an interval holds (0.80: from the 10th to the 90th percentile)."""

    replicates: int = REPLICATES
    seed: int = SEED
    level: float = LEVEL

    def generator(self, *key: str) -> np.random.Generator:
        """A stream of its own for each key."""
        text = "\x1f".join((str(self.seed), *key)).encode()
        return np.random.Generator(np.random.PCG64(int.from_bytes(hashlib.sha256(text).digest()[:16], "big")))

    @cached_property
    def _shifts(self) -> Index:
        """How far from its slot each week is drawn: MOST_WEEKS × B."""
        return np.stack([
            self.generator("week", str(slot)).integers(-_NEAR, _NEAR + 1, self.replicates).astype(np.int32) for slot in range(MOST_WEEKS)
        ])  # fmt: skip

    def drawn(self, slots: int, first: int = 0) -> Ints:
        """The week drawn for each of `slots` slots from `first` on, counted from `first`: slots × B, in 0 … slots − 1."""
        kept = min(slots, MOST_WEEKS - first)
        week = np.abs(np.arange(kept)[:, None] + self._shifts[first : first + kept])
        week = np.where(week >= kept, 2 * (kept - 1) - week, week).clip(0, max(kept - 1, 0))
        older = np.arange(kept, slots)[:, None] + np.zeros((1, self.replicates), np.int64)
        return np.concatenate([week.astype(np.int64), older])

    def counts(self, slots: int, first: int = 0) -> Singles:
        """How often each week was drawn: weeks × B; the columns sum to `slots`."""
        return self._summed(self.drawn(slots, first), np.ones(slots))

    def decay(self, slots: int, half_life: float) -> Singles:
        """What an event at the end of each week weighs, over all slots that drew its week: weeks × B; half_life in days."""
        return self._summed(self.drawn(slots), np.exp2(np.arange(slots) * -7.0 / half_life))

    def _summed(self, drawn: Ints, weights: Floats) -> Singles:
        slots, width = drawn.shape
        table = np.bincount((drawn * width + np.arange(width)).ravel(), np.repeat(weights, width), slots * width)
        return table.reshape(slots, width).astype(np.float32)

    def persons(self, group: str, many: int) -> Index:
        """How often each of `many` persons of a group (by its stable key) is drawn: persons × B; the columns sum to `many`."""
        drawn = self.generator("persons", group).integers(0, max(many, 1), (self.replicates, many))
        key = drawn + np.arange(self.replicates)[:, None] * many
        return np.bincount(key.ravel(), minlength=self.replicates * many).reshape(self.replicates, many).T.astype(np.int32)

    def edges(self, values: Floats) -> tuple[float, float]:
        """The percentiles between which the told share of `values` lies."""
        tail = 50 * (1 - self.level)
        low, high = np.percentile(values, [tail, 100 - tail])
        return float(low), float(high)


def week_of(at: Ints, until: int, slots: int) -> Ints:
    """How many whole weeks before T each time lies, at most slots − 1."""
    return np.minimum((until - at) // WEEK, slots - 1)


def weeks_in(span: int) -> int:
    """How many weeks a span of time (µs) takes, the last perhaps in part; at most MOST_WEEKS and one for all that is older."""
    return int(min(max(1, -(-span // WEEK)), MOST_WEEKS + 1))


class ByWeek:
    """Amounts by row and week: `value` of `row` in `week`, summed under drawn weeks."""

    def __init__(self, row: Ints | Index, week: Ints, value: Floats, rows: int, weeks: int) -> None:
        key = row.astype(np.int64) * weeks + week
        keys, place = np.unique(key, return_inverse=True)
        total = np.bincount(place, value, len(keys)).astype(np.float32)
        row = keys // weeks
        size = np.bincount(row, minlength=rows)
        start = np.cumsum(size) - size
        self.rows = rows
        self._by_size = np.argsort(-size, kind="stable")
        many = size[self._by_size]
        self._slabs = []
        for k in range(int(size.max(initial=0))):
            upto = int(np.searchsorted(-many, -k, side="left"))  # rows with more than k weeks come first
            at = start[self._by_size[:upto]] + k
            self._slabs.append((keys[at] % weeks, total[at, None]))

    def under(self, weights: Singles) -> Singles:
        """Σ value · weight of its week, for each row: rows × the columns of `weights` (weeks × columns)."""
        found = np.zeros((self.rows, weights.shape[1]), np.float32)
        for week, value in self._slabs:
            found[: len(week)] += value * weights[week]
        ordered = np.empty_like(found)
        ordered[self._by_size] = found
        return ordered


def centred(values: Floats, point: float, low: float, high: float) -> Floats:
    """Replicates moved so that their mean is the point value, inside low … high. Drawing with replacement loses what happened once, so
    replicates of “how many” or “whether ever” lie too low as a whole; how far they differ from each other is what is used."""
    values = np.where(np.isfinite(values), values, point)
    if np.ptp(values) == 0:
        return np.full(len(values), point)
    return np.asarray((values - values.mean() + point).clip(min(low, point), max(high, point)), np.float64)
