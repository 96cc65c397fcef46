"""Relational trust R of every pair under drawn weeks: the exchange is drawn again, overlap and the number of contexts stay as they are."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from cmdesk.core.events import Kind, pack
from cmdesk.core.progress import Progress
from cmdesk.core.resampling import WEEK, ByWeek, Plan, week_of, weeks_in
from cmdesk.core.snapshot import DAY, Bools, Singles
from cmdesk.core.trust import BALANCED, BETA, KAPPA, STRONG

if TYPE_CHECKING:
    from cmdesk.core.snapshot import Snapshot

_CELLS = 12_000_000  # pairs × replicates at a time
_CHUNK = 16_384  # pairs at a time inside a block, so that its arrays stay in the processor's cache


@dataclass(frozen=True, eq=False)
class Block:
    """Some replicates: their `columns` of B, and R and strength of every pair (rows of `snapshot.trust`): pairs × columns."""

    columns: slice
    r: Singles
    strong: Bools


class ResampledTrust:
    """The directed exchange of every pair by week, ready to be summed under drawn weeks."""

    def __init__(self, snapshot: Snapshot, plan: Plan) -> None:
        trust, happened, people = snapshot.trust, snapshot.events, len(snapshot.people)
        self._width = plan.replicates
        slots = weeks_in(snapshot.until - int(happened.at.min())) if len(happened) else 1
        self._decay = plan.decay(slots, snapshot.half_life)
        emb, mul = BETA[2] * trust.emb, BETA[3] * trust.mul
        self._fixed = (BETA[0] + emb + mul).astype(np.float32)[:, None]
        low, high = np.minimum(happened.actor, happened.target), np.maximum(happened.actor, happened.target)
        pairs = pack((trust.i, people), (trust.j, people))
        key = pack((low, people), (high, people))
        row = np.minimum(np.searchsorted(pairs, key), max(len(pairs) - 1, 0))
        known = pairs[row] == key if len(pairs) else np.zeros(len(key), np.bool_)
        week = week_of(happened.at, snapshot.until, slots)
        end = snapshot.until - week * WEEK
        amount = happened.weights(snapshot.until, snapshot.half_life) * np.exp2((snapshot.until - end) / DAY / snapshot.half_life)
        together = happened.kind == Kind.TOGETHER
        forth, back = known & ((happened.actor < happened.target) | together), known & ((happened.actor > happened.target) | together)
        self._ways = [ByWeek(row[way], week[way], amount[way], len(pairs), slots) for way in (forth, back)]

    def __len__(self) -> int:
        return len(self._fixed)

    def blocks(self, progress: Progress) -> Iterator[Block]:
        """All replicates, some at a time, so that memory stays flat."""
        size = min(self._width, max(8, _CELLS // max(len(self), 1)))
        for first in range(0, self._width, size):
            columns = slice(first, min(first + size, self._width))
            progress.check()
            forth, back = (way.under(self._decay[:, columns]) for way in self._ways)
            yield Block(columns, *self._trust(forth, back))

    def _trust(self, forth: Singles, back: Singles) -> tuple[Singles, Bools]:
        """R and strength; R is written over `forth`."""
        strong = np.empty(forth.shape, np.bool_)
        for low in range(0, len(forth), _CHUNK):
            part = slice(low, low + _CHUNK)
            total, least = forth[part] + back[part], np.minimum(forth[part], back[part])
            r = (total * self._fixed[part] + (2 * BETA[1]) * least) / (total + np.float32(KAPPA))
            strong[part] = (r >= STRONG) & (2 * least >= BALANCED * total)
            forth[part] = r
        return forth, strong
