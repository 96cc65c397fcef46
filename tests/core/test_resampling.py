"""Draws of weeks and persons: every slot has a week, sums are kept, seeds and keys alone decide."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, strategies as st

from cmdesk.core.building import Building
from cmdesk.core.progress import Progress
from cmdesk.core.resampled_trust import ResampledTrust
from cmdesk.core.resampling import MOST_WEEKS, WEEK, ByWeek, Plan, centred, week_of, weeks_in
from cmdesk.core.snapshot import DAY

PLAN = Plan(40, 7)


@pytest.mark.parametrize("slots", [1, 2, 5, 26, 300, MOST_WEEKS + 1])
def test_every_slot_gets_a_week_near_it(slots: int) -> None:
    drawn = PLAN.drawn(slots)
    assert drawn.shape == (slots, 40)
    assert drawn.min() >= 0
    assert drawn.max() < slots
    assert np.abs(drawn - np.arange(slots)[:, None]).max() <= 6
    assert (PLAN.counts(slots).sum(axis=0) == slots).all()
    if slots > MOST_WEEKS:
        assert (drawn[MOST_WEEKS] == MOST_WEEKS).all()


def test_more_history_does_not_change_what_is_drawn_for_recent_weeks() -> None:
    assert (PLAN.drawn(40)[:20] == PLAN.drawn(200)[:20]).all()


def test_decay_weighs_a_week_by_its_slot() -> None:
    drawn, decay = PLAN.drawn(30), PLAN.decay(30, 90.0)
    for column in (0, 17):
        expected = np.zeros(30)
        for slot, week in enumerate(drawn[:, column].tolist()):
            expected[week] += 2 ** (-7 * slot / 90)
        assert decay[:, column] == pytest.approx(expected, rel=1e-6)


@pytest.mark.parametrize("many", [0, 1, 7, 200])
def test_as_many_persons_are_drawn_as_there_are(many: int) -> None:
    times = PLAN.persons("group:team", many)
    assert times.shape == (many, 40)
    assert (times.sum(axis=0) == many).all()
    assert (times == Plan(40, 7).persons("group:team", many)).all()
    if many == 200:
        assert not np.array_equal(times, PLAN.persons("group:other", many))
        assert not np.array_equal(times, Plan(40, 8).persons("group:team", many))


def test_fewer_replicates_are_not_another_draw_of_persons() -> None:
    assert (Plan(10, 7).persons("g", 5) == PLAN.persons("g", 5)[:, :10]).all()


@given(st.lists(st.tuples(st.integers(0, 5), st.integers(0, 3), st.integers(0, 9)), max_size=40))
def test_sums_under_weights_are_those_of_a_matrix(entries: list[tuple[int, int, int]]) -> None:
    row, week, value = (np.array([entry[k] for entry in entries], np.int64) for k in range(3))
    weights = np.arange(12, dtype=np.float32).reshape(4, 3)
    expected = np.zeros((6, 3))
    for r, w, v in entries:
        expected[r] += v * weights[w]
    assert np.array_equal(ByWeek(row, week, value.astype(np.float64), 6, 4).under(weights), expected)


def test_weeks_are_counted_back_from_the_end() -> None:
    until = 1_000 * WEEK
    assert week_of(np.array([until, until - WEEK + 1, until - WEEK, until - 600 * WEEK]), until, 521).tolist() == [0, 0, 1, 520]
    assert [weeks_in(span) for span in (-DAY, 0, 1, WEEK, WEEK + 1, 10**6 * WEEK)] == [1, 1, 1, 1, 2, MOST_WEEKS + 1]


@given(st.lists(st.floats(0, 1), min_size=2, max_size=30), st.floats(0, 1))
def test_replicates_are_moved_to_the_value_and_stay_in_range(values: list[float], point: float) -> None:
    moved = centred(np.array(values), point, 0.0, 1.0)
    assert ((moved >= 0) & (moved <= 1)).all()
    if np.ptp(values) == 0:
        assert (moved == point).all()


def test_what_cannot_be_computed_counts_as_the_value() -> None:
    assert centred(np.array([np.nan, np.nan]), 0.3, 0, 1).tolist() == [0.3, 0.3]


def test_trust_is_drawn_anew_and_overlap_is_not() -> None:
    town = Building()
    for week in range(30):
        for _number in range(week % 3):
            start = town.post("ann", "team", 7 * week + 2)
            town.reply("bob", start, 7 * week + 1)
        town.reply("ann", town.post("eve", "team", 7 * week + 2), 7 * week + 1.5)
    seen = town.snapshot()
    blocks = list(ResampledTrust(seen, PLAN).blocks(Progress()))
    r = np.concatenate([block.r for block in blocks], axis=1)
    assert r.shape == (len(seen.trust), 40)
    for pair, value in enumerate(seen.trust.r):
        assert r[pair].min() <= value <= r[pair].max() + 1e-6
        assert r[pair].mean() == pytest.approx(value, rel=0.1)
    same = np.concatenate([block.r for block in ResampledTrust(seen, Plan(40, 7)).blocks(Progress())], axis=1)
    assert np.array_equal(r, same)


def test_nothing_exchanged_gives_no_pairs() -> None:
    town = Building()
    town.post("ann", "team", 3)
    assert [block.r.shape[0] for block in ResampledTrust(town.snapshot(), PLAN).blocks(Progress())] == [0]
