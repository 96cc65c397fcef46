"""The circle map's places: the same each time, nothing over anything else, departments around their own circles."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings, strategies as st

from cmdesk.core.pictures import arrangement
from cmdesk.core.pictures.arrangement import Arrangement


def invented(seed: int, people: int, circles: int, units: int, ties: int) -> tuple[np.ndarray, ...]:  # type: ignore[type-arg]
    rng = np.random.default_rng(seed)
    label = np.sort(rng.integers(0, circles, people)).astype(np.int32)
    _known, label = np.unique(label, return_inverse=True)
    unit = rng.integers(-1, units, people).astype(np.int32)
    i, j = rng.integers(0, people, (2, ties))
    keep = i < j
    return label.astype(np.int32), unit, i[keep].astype(np.int32), j[keep].astype(np.int32), rng.random(int(keep.sum()))


def overlaps(found: Arrangement) -> float:
    """How deep any two circles lie in each other."""
    gap = np.hypot(*(found.centre[:, None] - found.centre[None, :]).transpose(2, 0, 1))
    over = found.radius[:, None] + found.radius[None, :] - gap
    np.fill_diagonal(over, -1.0)
    return float(over.max(initial=-1.0))


@settings(deadline=None, max_examples=30)
@given(st.integers(0, 99), st.integers(1, 300), st.integers(1, 25), st.integers(1, 6), st.integers(0, 900))
def test_circles_lie_apart_and_hold_their_people(seed: int, people: int, circles: int, units: int, ties: int) -> None:
    label, unit, i, j, weight = invented(seed, people, circles, units, ties)
    found = arrangement.arrange(label, unit, i, j, weight)
    assert overlaps(found) < 0.2
    shown = ~found.small[label]
    assert np.isfinite(found.place[shown]).all() and np.isnan(found.place[~shown]).all()
    far = np.hypot(*(found.place[shown] - found.centre[label[shown]]).T)
    assert (far <= found.radius[label[shown]]).all()
    again = arrangement.arrange(label, unit, i, j, weight)
    assert found.place.tobytes() == again.place.tobytes() and found.centre.tobytes() == again.centre.tobytes()


def test_a_circle_stands_in_a_department_from_four_fifths_on() -> None:
    label = np.repeat([0, 1], 10).astype(np.int32)
    unit = np.array([0] * 8 + [1] * 2 + [1] * 7 + [0] * 3, np.int32)
    none = np.empty(0, np.int32)
    found = arrangement.arrange(label, unit, none, none, np.empty(0))
    assert found.own.tolist() == [0, -1]
    (area,) = found.area
    assert area[0] == 0 and np.hypot(found.centre[0, 0] - area[1], found.centre[0, 1] - area[2]) + found.radius[0] <= area[3]
    assert found.mix[1] == ((1, 0.7), (0, 0.3))


def test_bands_sum_the_trust_between_circles() -> None:
    label = np.array([0, 0, 1, 1, -1], np.int32)
    i, j = np.array([0, 0, 1, 0, 2], np.int32), np.array([1, 2, 3, 4, 3], np.int32)
    bands = arrangement.between(label, i, j, np.array([0.9, 0.5, 0.25, 0.7, 0.8]))
    assert (bands.a.tolist(), bands.b.tolist(), bands.trust.tolist(), bands.ties.tolist()) == ([0], [1], [0.75], [2])


def test_nobody_is_a_picture_too() -> None:
    none = np.empty(0, np.int32)
    for people in (0, 1):
        found = arrangement.arrange(np.full(people, -1, np.int32), np.full(people, -1, np.int32), none, none, np.empty(0))
        assert len(found.centre) == 0 and all(np.isfinite(found.box()))
