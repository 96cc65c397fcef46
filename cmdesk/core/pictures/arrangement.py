"""Where circles, departments and people stand on the circle map: the same facts give the same places, nothing is left to chance.

A circle of which at least 80 % belong to one department stands inside that department; the others stand between departments, near those whose
people they hold. Lengths are in units of the map: a person has room for about one square unit.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from cmdesk.core.snapshot import Bools, Floats, Index, Ints
from cmdesk.core.visibility import HIDDEN_BELOW

OWN = 0.8
"""The share of its members from which on a circle belongs to a department."""
GOLDEN = 2.399963
_STEPS = 160
_ROOM = 1.15
_GAP = 0.9
_WITHIN = 0.35
_SPECTRAL = 900


class Bands(NamedTuple):
    """The trust between circles, one row a pair (a < b), the strongest first: the sum and the number of ties."""

    a: Index
    b: Index
    trust: Floats
    ties: Ints


class Arrangement(NamedTuple):
    """Circle k has its middle at `centre[k]`, `radius[k]`, the department `own[k]` (−1: it mixes departments), the shares `mix[k]` (department,
    share), the largest first (nothing for circles of fewer than five people), and `size[k]` people. `area` are the departments that hold circles: (department, x, y, radius). `place` is where each
    person stands, nan for people in no circle or in one of fewer than five, which is drawn without people."""

    label: Index
    size: Ints
    centre: Floats
    radius: Floats
    own: Index
    mix: tuple[tuple[tuple[int, float], ...], ...]
    area: tuple[tuple[int, float, float, float], ...]
    place: Floats
    bands: Bands

    @property
    def small(self) -> Bools:
        """Which circles are too small to show people."""
        return np.asarray(self.size < HIDDEN_BELOW)

    def box(self) -> tuple[float, float, float, float]:
        """Left, top, right and bottom of everything."""
        if not len(self.centre):
            return (-1.0, -1.0, 1.0, 1.0)
        low, high = (self.centre - self.radius[:, None]).min(axis=0), (self.centre + self.radius[:, None]).max(axis=0)
        for _unit, x, y, reach in self.area:
            low, high = np.minimum(low, (x - reach, y - reach)), np.maximum(high, (x + reach, y + reach))
        return float(low[0]), float(low[1]), float(high[0]), float(high[1])


def arrange(label: Index, unit: Index, i: Index, j: Index, weight: Floats) -> Arrangement:
    """The map of people with the circle `label` (−1: none) and the department `unit` (−1: not known, or too small to show), and of their ties."""
    count = int(label.max(initial=-1)) + 1
    size = np.bincount(label[label >= 0], minlength=count).astype(np.int64)
    bands = between(label, i, j, weight)
    mix = tuple(part if people >= HIDDEN_BELOW else () for part, people in zip(_mixes(label, unit, count), size.tolist(), strict=True))
    own = np.array([part[0][0] if part and part[0][0] >= 0 and part[0][1] >= OWN else -1 for part in mix], np.int32)
    radius = _ROOM * np.sqrt(np.maximum(size, 2) * 1.6 / np.pi) + 0.5
    centre, area = _places(size, radius, own, mix, bands)
    place = _people(label, unit, size, centre, radius)
    return Arrangement(label, size, centre, radius, own, mix, area, place, bands)


def between(label: Index, i: Index, j: Index, weight: Floats) -> Bands:
    """The bands between the circles of these ties."""
    one, other = label[i], label[j]
    keep = (one != other) & (one >= 0) & (other >= 0)
    low, high = np.minimum(one, other)[keep].astype(np.int64), np.maximum(one, other)[keep]
    count = int(label.max(initial=-1)) + 1
    key, at = np.unique(low * max(count, 1) + high, return_inverse=True)
    trust = np.bincount(at, weight[keep], minlength=len(key))
    ties = np.bincount(at, minlength=len(key)).astype(np.int64)
    order = np.lexsort((key, -trust))
    a, b = np.divmod(key[order], max(count, 1))
    return Bands(a.astype(np.int32), b.astype(np.int32), np.asarray(trust[order], np.float64), ties[order])


def _mixes(label: Index, unit: Index, count: int) -> tuple[tuple[tuple[int, float], ...], ...]:
    known = label >= 0
    units = int(unit.max(initial=-1)) + 2
    table = np.bincount(label[known].astype(np.int64) * units + unit[known] + 1, minlength=count * units).reshape(count, units)
    size = np.maximum(table.sum(axis=1), 1)
    found = []
    for k in range(count):
        some = np.flatnonzero(table[k])
        order = some[np.lexsort((some == 0, -table[k, some]))]
        found.append(tuple((int(one) - 1, float(table[k, one] / size[k])) for one in order))
    return tuple(found)


def _places(
    size: Ints, radius: Floats, own: Index, mix: tuple[tuple[tuple[int, float], ...], ...], bands: Bands
) -> tuple[Floats, tuple[tuple[int, float, float, float], ...]]:
    """Circles of one department are packed into a block; blocks and mixed circles are then laid out together."""
    count = len(size)
    block = np.full(count, -1, np.int64)
    units = [int(one) for one in np.unique(own[own >= 0])]
    inner = np.zeros((count, 2))
    reach: list[float] = []
    for number, one in enumerate(units):
        mine = np.flatnonzero(own == one)
        block[mine] = number
        inner[mine], wide = _packed(radius[mine], _WITHIN)
        reach.append(wide + 0.8)
    for k in np.flatnonzero(block < 0):
        block[k] = len(reach)
        reach.append(float(radius[k]))
    pull = _pulls(block, len(reach), size, units, mix, bands)
    middle = _settled(np.array(reach), pull)
    area = tuple((one, float(middle[number, 0]), float(middle[number, 1]), reach[number]) for number, one in enumerate(units))
    return (middle[block] + inner if count else np.empty((0, 2))), area


def _packed(radius: Floats, gap: float) -> tuple[Floats, float]:
    """Middles of circles packed around (0, 0), the largest inmost, and the radius around all."""
    order = np.argsort(-radius, kind="stable")
    middle = np.zeros((len(radius), 2))
    done: list[int] = []
    angles = np.arange(0, 2 * np.pi, np.pi / 18)
    ring = np.column_stack([np.cos(angles), np.sin(angles)])
    for k in order.tolist():
        if done:
            near = (middle[done][:, None] + ring * (radius[done] + radius[k] + gap)[:, None, None]).reshape(-1, 2)
            apart = np.hypot(near[:, None, 0] - middle[done][:, 0], near[:, None, 1] - middle[done][:, 1])
            free = (apart >= radius[done] + radius[k] + gap - 1e-9).all(axis=1)
            far = np.where(free, np.hypot(near[:, 0], near[:, 1]), np.inf)
            middle[k] = near[int(far.argmin())]
        done.append(k)
    low, high = (middle - radius[:, None]).min(axis=0), (middle + radius[:, None]).max(axis=0)
    middle -= (low + high) / 2
    return middle, float((np.hypot(middle[:, 0], middle[:, 1]) + radius).max())


def _pulls(
    block: Ints, count: int, size: Ints, units: list[int], mix: tuple[tuple[tuple[int, float], ...], ...], bands: Bands
) -> Floats:
    """How strongly blocks pull each other: trust beyond what their sizes alone would bring, and the people that a mixed circle has of a department."""
    pull = np.zeros((count, count))
    np.add.at(pull, (block[bands.a], block[bands.b]), bands.trust)
    pull = pull + pull.T
    people = np.bincount(block, size, minlength=count)
    pull /= np.sqrt(np.maximum(people[:, None] * people[None, :], 1.0))
    np.fill_diagonal(pull, 0.0)
    pull /= max(float(np.quantile(pull[pull > 0], 0.95)) if (pull > 0).any() else 1.0, 1e-9)
    pull = np.minimum(pull, 1.5)
    home = {one: number for number, one in enumerate(units)}
    for k, parts in enumerate(mix):
        for one, share in parts:
            if one in home and home[one] != block[k]:
                pull[block[k], home[one]] += 1.2 * share
                pull[home[one], block[k]] += 1.2 * share
    return pull


def _settled(radius: Floats, pull: Floats) -> Floats:
    """Middles of blocks: they start where the pulls alone would put them, attract, and push each other apart until none overlap."""
    count = len(radius)
    if count < 2:
        return np.zeros((count, 2))
    middle = _start(pull) * float(np.sqrt((radius**2).sum())) * 1.6
    room = radius[:, None] + radius[None, :] + _GAP * 2
    np.fill_diagonal(room, 0.0)
    share = 0.2 * pull / np.maximum(pull.sum(axis=1, keepdims=True), 1.0)
    for step in range(_STEPS):
        cool = 1.0 - step / _STEPS
        across, down, distance = _gaps(middle)
        over = np.maximum(room - distance, 0.0)
        force = 0.5 * over - cool * share * np.maximum(distance - room, 0.0) + 0.06 * cool * room**2 / (distance + room)
        np.fill_diagonal(force, 0.0)
        force /= distance
        move = np.column_stack([(force * across).sum(axis=1), (force * down).sum(axis=1)]) - 0.03 * middle
        far = np.hypot(move[:, 0], move[:, 1])[:, None]
        middle = middle + move * np.minimum(1.0, (0.2 + cool) * radius.mean() * 2 / np.maximum(far, 1e-9))
    return _apart(np.asarray(middle), room)


def _apart(middle: Floats, room: Floats) -> Floats:
    for _step in range(300):
        across, down, distance = _gaps(middle)
        over = np.maximum(room - distance, 0.0)
        np.fill_diagonal(over, 0.0)
        if over.max() < 0.05:
            break
        over *= 0.52 / distance
        middle = middle + np.column_stack([(over * across).sum(axis=1), (over * down).sum(axis=1)])
    return np.array(middle - (middle.min(axis=0) + middle.max(axis=0)) / 2, np.float64)


def _gaps(middle: Floats) -> tuple[Floats, Floats, Floats]:
    """From each to each: across, down, and how far."""
    x, y = middle[:, 0], middle[:, 1]
    across, down = x[:, None] - x[None, :], y[:, None] - y[None, :]
    return across, down, np.sqrt(across * across + down * down) + 1e-9


def _start(pull: Floats) -> Floats:
    """The second and third vector of the normalised Laplacian (their signs fixed), a spiral where there are too many blocks or no pulls."""
    count = len(pull)
    turn = np.arange(count) * GOLDEN
    spiral: Floats = np.sqrt((np.arange(count) + 0.5) / count)[:, None] * np.column_stack([np.cos(turn), np.sin(turn)])
    if count > _SPECTRAL or count < 4 or not pull.any():
        return np.asarray(spiral, np.float64)
    scale = 1.0 / np.sqrt(np.maximum(pull.sum(axis=1), 1e-3))
    _values, vectors = np.linalg.eigh(np.eye(count) - scale[:, None] * pull * scale[None, :])
    found = vectors[:, 1:3] * np.sign(vectors[np.abs(vectors[:, 1:3]).argmax(axis=0), (1, 2)])
    ranks = found.argsort(axis=0).argsort(axis=0) / (count - 1) - 0.5  # ranks spread a lump over the whole map
    return np.array(ranks + 0.05 * spiral, np.float64)


def _people(label: Index, unit: Index, size: Ints, centre: Floats, radius: Floats) -> Floats:
    """Each circle's people on a sunflower, one department beside the other as slices; people in small circles have no place."""
    place = np.full((len(label), 2), np.nan)
    order = np.lexsort((np.arange(len(label)), unit, label))
    order = order[label[order] >= 0]
    start = np.searchsorted(label[order], np.arange(len(size) + 1))
    for k in np.flatnonzero(size >= HIDDEN_BELOW).tolist():
        members = order[start[k] : start[k + 1]]
        number = np.arange(len(members))
        turn = (number * GOLDEN) % (2 * np.pi)
        far = (radius[k] - 0.75) * np.sqrt((number + 0.5) / len(members))
        seats = np.argsort(turn, kind="stable")  # neighbours in angle sit together: slices
        place[members] = centre[k] + np.column_stack([np.cos(turn[seats]), np.sin(turn[seats])]) * far[seats, None]
    return place
