"""Sums over many replicates at once: rows × replicates in, persons (or other keys) × replicates out."""

from __future__ import annotations

from typing import Any

import numpy as np

from .facts import Floats, Index, Ints


class Sums:
    """Sums of rows by the keys 0 … n − 1 that they belong to; with several columns of keys a row counts for each of them."""

    def __init__(self, n: int, *keys: Index | Ints) -> None:
        self._n = n
        every = np.concatenate(keys)
        order = np.argsort(every, kind="stable")
        self._row = order % max(len(keys[0]), 1)
        ordered = every[order]
        self._begin = np.flatnonzero(np.diff(ordered, prepend=-1))
        self._key = ordered[self._begin]

    def total(self, values: Any, dtype: Any) -> Any:
        """The sum of the values of each key, 0 where it has none: n × replicates."""
        found = np.zeros((self._n, values.shape[1]), dtype)
        if len(self._key):
            found[self._key] = np.add.reduceat(values[self._row], self._begin, axis=0, dtype=dtype)
        return found

    def highest(self, values: Any) -> Any:
        """The highest value of each key, 0 where it has none: n × replicates."""
        found = np.zeros((self._n, values.shape[1]), values.dtype)
        if len(self._key):
            found[self._key] = np.maximum.reduceat(values[self._row], self._begin, axis=0)
        return found


def ratio(above: Any, below: Any) -> Floats:
    """above ÷ below, nan where below is 0."""
    return np.asarray(np.divide(above, below, out=np.full(np.shape(above), np.nan), where=np.asarray(below) > 0), np.float64)
