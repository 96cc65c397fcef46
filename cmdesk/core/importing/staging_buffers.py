"""Rows on their way into a staging file: gathered by table, and written many at a time."""

from __future__ import annotations

from collections import Counter
from itertools import chain
from pathlib import Path
from typing import Any

from cmdesk.core.importing.staging_file import INSERTS, at_once, make

BATCH = 5_000
_AT_ONCE = 100  # rows a statement: half the time of one by one
_MANY = {table: at_once(insert, _AT_ONCE) for table, insert in INSERTS.items()}


class Buffers:
    """The staging file at `path`, the number of the last row of each table, and the rows that are not written yet."""

    def __init__(self, path: Path) -> None:
        self._connection = make(path)
        self._ids: Counter[str] = Counter()
        self._buffers: dict[str, list[tuple[Any, ...]]] = {name: [] for name in INSERTS}

    def close(self) -> None:
        """Let the file go, also where it is not finished."""
        self._connection.close()

    def _next(self, table: str) -> int:
        self._ids[table] += 1
        return self._ids[table]

    def _put(self, table: str, row: tuple[Any, ...]) -> None:
        buffer = self._buffers[table]
        buffer.append(row)
        if len(buffer) >= BATCH:
            self._flush(table)

    def _flush(self, table: str) -> None:
        buffer = self._buffers[table]
        whole = len(buffer) - len(buffer) % _AT_ONCE
        for start in range(0, whole, _AT_ONCE):
            self._connection.execute(_MANY[table], tuple(chain.from_iterable(buffer[start : start + _AT_ONCE])))
        self._connection.executemany(INSERTS[table], buffer[whole:])
        buffer.clear()
