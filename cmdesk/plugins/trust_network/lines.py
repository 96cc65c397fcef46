"""Very many straight lines, drawn in batches: sorted by place into chunks, each one QPainterPath that is made when first drawn, so that a frame that shows a
part of the map draws that part only, and no object is made for a line."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QByteArray, QDataStream, QRectF
from PySide6.QtGui import QPainterPath

if TYPE_CHECKING:
    from cmdesk.api import Floats, Index

CHUNK = 2_000
"""Lines in a batch: a few milliseconds of drawing."""
_RECORD = np.dtype([("kind", ">i4"), ("x", ">f8"), ("y", ">f8")])


def path_of(ends: Floats) -> QPainterPath:
    """Lines (n × 4: x, y, x, y) as one path, by way of Qt's own stream format: no Python object per line."""
    record = np.empty(2 * len(ends), _RECORD)
    record["kind"][0::2], record["kind"][1::2] = 0, 1
    record["x"], record["y"] = ends[:, 0::2].ravel(), ends[:, 1::2].ravel()
    data = struct.pack(">i", len(record)) + record.tobytes() + struct.pack(">ii", 0, 0)
    path = QPainterPath()
    if len(ends):
        stream = QDataStream(QByteArray(data))
        stream >> path
    return path


class Lines:
    """Lines between places (n × 2), one a pair of rows."""

    def __init__(self, place: Floats, i: Index, j: Index) -> None:
        ends = np.column_stack([place[i], place[j]]) if len(i) else np.empty((0, 4))
        order = _by_place(ends)
        self._ends = ends[order]
        self.count = len(ends)
        starts = range(0, len(ends), CHUNK)
        self._paths: list[QPainterPath | None] = [None for _start in starts]
        self._boxes = [_box(self._ends[start : start + CHUNK]) for start in starts]

    def inside(self, window: QRectF) -> Iterator[QPainterPath]:
        """The chunks that reach into `window`, in places of the map."""
        for number, box in enumerate(self._boxes):
            if window.left() <= box[2] and box[0] <= window.right() and window.top() <= box[3] and box[1] <= window.bottom():
                yield self._path(number)

    def _path(self, number: int) -> QPainterPath:
        path = self._paths[number]
        if path is None:
            path = self._paths[number] = path_of(self._ends[number * CHUNK : (number + 1) * CHUNK])
        return path


def _by_place(ends: Floats) -> Index:
    """Long lines first, in one heap, then short ones along a curve through the map: chunks of neighbours have small boxes."""
    if len(ends) <= CHUNK:
        return np.arange(len(ends), dtype=np.int32)
    middle = (ends[:, :2] + ends[:, 2:]) / 2
    low, high = middle.min(axis=0), middle.max(axis=0)
    cell = np.minimum((middle - low) / np.maximum(high - low, 1e-9) * 64, 63).astype(np.int64)
    curve = np.zeros(len(ends), np.int64)
    for bit in range(6):
        curve |= ((cell[:, 0] >> bit) & 1) << (2 * bit) | ((cell[:, 1] >> bit) & 1) << (2 * bit + 1)
    length = np.hypot(ends[:, 2] - ends[:, 0], ends[:, 3] - ends[:, 1])
    far = length > float((high - low).max()) / 8
    return np.asarray(np.lexsort((curve, ~far)), np.int32)


def _box(ends: Floats) -> tuple[float, float, float, float]:
    low = np.minimum(ends[:, :2], ends[:, 2:]).min(axis=0)
    high = np.maximum(ends[:, :2], ends[:, 2:]).max(axis=0)
    return float(low[0]), float(low[1]), float(high[0]), float(high[1])
