"""Places that people keep through all periods: laid out once, on every tie that ever was."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from cmdesk.api import circles

if TYPE_CHECKING:
    from cmdesk.api import Floats, Index

    from .frames import Frame

_STEPS = 60


@dataclass(frozen=True, eq=False)
class Union:
    """Every pair that has a tie in any period, i < j sorted, with its greatest R."""

    i: Index
    j: Index
    r: Floats


def union(frames: Sequence[Frame]) -> Union:
    """All ties of all periods."""
    if not frames:
        nobody = np.zeros(0, np.int32)
        return Union(nobody, nobody, np.zeros(0))
    width = max(len(frames[0].here), 1)
    every, r = np.concatenate([frame.keys() for frame in frames]), np.concatenate([frame.r for frame in frames])
    keys, place = np.unique(every, return_inverse=True)
    most = np.zeros(len(keys))
    np.maximum.at(most, place, r)
    return Union((keys // width).astype(np.int32), (keys % width).astype(np.int32), most)


def lay_out(every: Union, persons: int, seed: int = circles.SEED) -> Floats:
    """`persons` × 2 places within 0–1 for the people with any tie (nan for the others): people with much trust are near, nobody lies on anybody. The
    same ties give the same places."""
    found = np.full((persons, 2), np.nan)
    tied = np.unique(np.concatenate([every.i, every.j]))
    if not len(tied):
        return found
    i, j = (np.searchsorted(tied, end).astype(np.int32) for end in (every.i, every.j))
    placed = circles.layout(i, j, every.r, len(tied), seed)
    found[tied] = _within(_apart(_ranked(placed)))
    return found


def circle(every: Union, persons: int, seed: int = circles.SEED) -> Index:
    """Everybody's circle on the ties of all periods, numbered from the largest; −1 without a tie."""
    found = np.full(persons, -1, np.int32)
    if not len(every.i):
        return found
    label = circles.partition(every.i, every.j, every.r, persons, seed)[0]
    tied = np.unique(np.concatenate([every.i, every.j]))
    names, place, count = np.unique(label[tied], return_inverse=True, return_counts=True)
    rank = np.empty(len(names), np.int32)
    rank[np.lexsort((names, -count))] = np.arange(len(names))
    found[tied] = rank[place]
    return found


def _ranked(placed: Floats) -> Floats:
    """Half as laid out, half spread evenly: parts that do not hang together fly far apart in a layout by forces and would shrink the rest."""
    low, high = placed.min(axis=0), placed.max(axis=0)
    scaled = (placed - low) / np.maximum(high - low, 1e-9)
    ranks = np.argsort(np.argsort(placed, axis=0, kind="stable"), axis=0) / max(len(placed) - 1, 1)
    return np.asarray(0.5 * scaled + 0.5 * ranks, np.float64)


def _apart(placed: Floats) -> Floats:
    """Push people off each other where there are few enough to compare all."""
    many = len(placed)
    if many > 1500 or many < 2:
        return placed
    room, found = 0.55 / np.sqrt(many), placed.copy()
    for _step in range(_STEPS):
        between = found[:, None, :] - found[None, :, :]
        far = np.sqrt((between**2).sum(axis=2)) + 1e-9
        push = np.where(far < room, (room - far) / 2, 0.0)
        np.fill_diagonal(push, 0.0)
        if not push.any():
            break
        found += ((push / far)[:, :, None] * between).sum(axis=1) * 0.7
    return found


def _within(placed: Floats) -> Floats:
    low, high = placed.min(axis=0), placed.max(axis=0)
    return np.asarray((placed - low) / np.maximum(high - low, 1e-9), np.float64)
