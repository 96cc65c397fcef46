"""Sums over what had happened strictly before a moment, for many owners and moments at once."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from cmdesk.core.snapshot import Floats, Index, Ints

_CHUNK = 4_000_000  # entries that are listed at a time


class Past:
    """Entries of owners 0 … `owners` − 1, each with a time and a number in every column; kept by owner, then time."""

    def __init__(self, owner: Index | Ints, at: Ints, owners: int, **columns: Floats) -> None:
        self._times = np.unique(at)
        self._width = len(self._times) + 1
        key = np.asarray(owner, np.int64) * self._width + np.searchsorted(self._times, at)
        self.order = np.argsort(key, kind="stable")
        self._key = key[self.order]
        self._start = np.searchsorted(self._key, np.arange(owners + 1, dtype=np.int64) * self._width)
        self._columns = {name: np.append(values[self.order], 0.0) for name, values in columns.items()}

    def spans(self, owner: Index | Ints, before: Ints, since: Ints | None = None) -> tuple[Ints, Ints]:
        """(begin, end) in `order` of each owner's entries with since < t < before."""
        row = np.asarray(owner, np.int64)
        end = np.searchsorted(self._key, row * self._width + np.searchsorted(self._times, before))
        if since is None:
            return self._start[row], end
        begin = np.searchsorted(self._key, row * self._width + np.searchsorted(self._times, since, "right"))
        return np.minimum(begin, end), end

    def sums(self, owner: Index | Ints, before: Ints, *names: str, since: Ints | None = None) -> tuple[Floats, ...]:
        """The sum of each column over each owner's entries with since < t < before."""
        begin, end = self.spans(owner, before, since)
        order = np.argsort(begin, kind="stable")  # so that what lies between two spans is passed once at most
        edges = np.column_stack([begin[order], end[order]]).ravel()
        found = []
        for name in names:
            total = np.zeros(len(begin))
            if len(edges):
                total[order] = np.add.reduceat(self._columns[name], edges)[::2]
            found.append(np.where(end > begin, total, 0.0))
        return tuple(found)


def chunks(sizes: Ints) -> Iterator[slice]:
    """Parts of a row of tasks with about the same work each; `sizes` is the work of each task."""
    if not len(sizes):
        return
    part = np.cumsum(sizes) // _CHUNK
    edges = np.flatnonzero(np.diff(part, prepend=-1)).tolist()
    for low, high in zip(edges, [*edges[1:], len(sizes)], strict=True):
        yield slice(low, high)


def spread(begin: Ints, end: Ints) -> tuple[Ints, Ints]:
    """Every place in the spans (task, place), task by task."""
    sizes = end - begin
    task = np.repeat(np.arange(len(sizes)), sizes)
    return task, np.arange(len(task)) - np.repeat(np.cumsum(sizes) - sizes, sizes) + np.repeat(begin, sizes)
