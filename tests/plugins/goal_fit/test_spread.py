"""Replicates of the metrics: drawing everybody and every week once gives the value itself; laws of draws, seeds and groups."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest

from cmdesk.core import variants
from cmdesk.core.building import Building
from cmdesk.core.contributions import Measure
from cmdesk.core.progress import Progress
from cmdesk.core.resampling import MOST_WEEKS, Plan
from cmdesk.core.snapshot import Index, Snapshot
from cmdesk.plugins.goal_fit.answering import median_wait
from cmdesk.plugins.goal_fit.drawn_persons import BY_PERSONS, Persons
from cmdesk.plugins.goal_fit.drawn_ties import BY_TIES, on_ties
from cmdesk.plugins.goal_fit.drawn_weeks import BY_WEEKS, Written, waiting_median
from cmdesk.plugins.goal_fit.facts import facts
from cmdesk.simulation import CircleSizes, circles
from cmdesk.simulation.snapshots import snapshot

from .worlds import metrics, seal, value

SHARES = ("ans", "solved", "multi", "idea", "read", "srole", "ann_ans")


class Once(Plan):
    """Every week and every person is drawn exactly once."""

    @property
    def _shifts(self) -> Index:  # type: ignore[override]
        return np.zeros((MOST_WEEKS, self.replicates), np.int32)

    def persons(self, group: str, many: int) -> Index:
        """Everybody once."""
        return np.ones((many, self.replicates), np.int32)


@cache
def town() -> Snapshot:
    """A small organisation with circles, units, ideas and questions."""
    sizes = CircleSizes(people=80, departments=4, circles=5, days=400)
    return snapshot(circles(4, sizes), metrics=metrics())


@cache
def drawn(seed: int = 1, replicates: int = 60) -> Snapshot:
    return variants.resampled(town(), Plan(replicates, seed))


def measures(seen: Snapshot, name: str, groups: list[int] | None = None) -> list[Measure]:
    return seen.measure(name, list(range(len(seen.groups))) if groups is None else groups, Progress())


@pytest.mark.parametrize("name", list(BY_TIES))
def test_ties_under_weeks_drawn_once_give_the_value(name: str) -> None:
    groups = list(range(len(town().groups)))
    found = on_ties(facts(town()), Once(3), [name], groups, Progress())
    known = [(group, one.value) for group, one in zip(groups, measures(town(), name), strict=True) if one.value is not None]
    if name not in ("mix_place", "mix_organisation"):
        assert known
    for group, value_ in known:
        assert found[name, group] == pytest.approx([value_] * 3, abs=1e-5), group


@pytest.mark.parametrize("name", list(BY_WEEKS))
def test_what_was_written_in_weeks_drawn_once_gives_the_value(name: str) -> None:
    known = {group: one.value for group, one in enumerate(measures(town(), name)) if one.value is not None}
    found = BY_WEEKS[name](Written(facts(town()), Once(3)), list(known))
    rough = 0.02 if name in ("tfr", "tfr_all") else 1e-6  # many different times are rounded up
    for drawn_values, value_ in zip(found, known.values(), strict=True):
        assert drawn_values == pytest.approx([value_] * 3, rel=rough, abs=1e-6)


@pytest.mark.parametrize("name", list(BY_PERSONS))
def test_persons_drawn_once_give_the_value(name: str) -> None:
    for group, one in enumerate(measures(town(), name)):
        if one.value is not None:
            assert BY_PERSONS[name](Persons(facts(town()), group, Once(3))) == pytest.approx([one.value] * 3, abs=1e-9), group


@pytest.mark.parametrize("name", sorted(metrics()))
def test_replicates_surround_the_value_and_stay_in_range(name: str) -> None:
    for point, one in zip(measures(town(), name), measures(drawn(), name), strict=True):
        assert (one.value, one.n, one.missing) == (point.value, point.n, point.missing)
        if one.value is None:
            assert one.replicates is None
            continue
        assert one.replicates is not None
        assert one.low is not None
        assert one.high is not None
        assert one.replicates.shape == (60,)
        assert np.isfinite(one.replicates).all()
        assert one.low <= one.value <= one.high
        if metrics()[name].unit in ("share", "0–1"):
            assert 0 <= one.replicates.min() <= one.replicates.max() <= 1


def test_the_same_seed_gives_the_same_numbers_whatever_is_asked_together() -> None:
    fresh = variants.resampled(snapshot(circles(4, CircleSizes(people=80, departments=4, circles=5, days=400)), metrics=metrics()), Plan(60, 1))
    for name in sorted(metrics(), reverse=True):
        if name.startswith("mix_"):
            continue
        together, alone = measures(drawn(), name), measures(fresh, name, [3]) + measures(fresh, name, [1])
        for one, other in zip((together[3], together[1]), alone, strict=True):
            assert (one.low, one.high) == (other.low, other.high)
            assert np.array_equal(one.replicates, other.replicates) if one.replicates is not None else other.replicates is None


def test_another_seed_gives_other_numbers_near_by() -> None:
    one, other = measures(drawn(), "D_R", [0])[0], measures(drawn(2), "D_R", [0])[0]
    assert one.replicates is not None
    assert other.replicates is not None
    assert not np.array_equal(one.replicates, other.replicates)
    assert one.low == pytest.approx(other.low, rel=0.1)
    assert one.high == pytest.approx(other.high, rel=0.1)


def steady(weeks: int, per_week: int = 1, lucky: bool = False) -> Snapshot:
    """Two people who answer each other every week, or, with `lucky`, in every second week twice as often."""
    made = Building(window_days=7 * weeks)
    for week in range(weeks):
        for number in range(per_week * (2 if lucky and week % 2 else 0 if lucky else 1)):
            age = 7 * week + 3 + number / 10
            start = made.post("ann", "team", age + 0.05)
            made.reply("ann", made.reply("bob", start, age), age - 0.05)
    for _number in range(50):
        made.post("ann", "elsewhere", 1, mentions=["zed"])
        made.post("bob", "elsewhere", 1, mentions=["zed"])
    made.group("team", ["ann", "bob"])
    return seal(made)


def test_what_is_the_same_every_week_has_no_spread() -> None:
    seen = steady(26)
    one = variants.resampled(seen, Plan(50)).measure("D_R", [seen.groups.name.index("team")])[0]
    assert one.replicates is not None
    assert one.low == pytest.approx(one.high, abs=1e-6)
    assert one.low == pytest.approx(value(seen, "D_R"), abs=1e-6)


def test_irregular_exchange_spreads() -> None:
    seen = steady(26, 4, lucky=True)
    one = variants.resampled(seen, Plan(200)).measure("D_R", [seen.groups.name.index("team")])[0]
    assert one.low is not None
    assert one.high is not None
    assert one.low < value(seen, "D_R") < one.high


def test_median_under_drawn_weeks_is_the_plain_median_of_what_was_drawn() -> None:
    rng = np.random.default_rng(5)
    for _number in range(40):
        size = int(rng.integers(5, 60))
        time, answered = rng.integers(1, 30, size), rng.random(size) < rng.random()
        week = rng.integers(0, 4, size)
        counts = rng.integers(0, 3, (4, 6)).astype(np.float32)
        found = waiting_median(time, answered, week, counts, 1e6)
        for column in range(6):
            times = counts[week, column].astype(int)
            drawn_time, drawn_answered = np.repeat(time, times), np.repeat(answered, times)
            assert found[column] == median_wait(drawn_time[drawn_answered], drawn_time[~drawn_answered], 1e6)


def test_few_questions_spread_wide_and_many_narrow() -> None:
    found = {name: [one for one in measures(drawn(), name) if one.value is not None and one.low is not None] for name in SHARES}
    for several in found.values():
        for one in several:
            assert one.high is not None
            assert one.low is not None
            assert one.high - one.low <= 3.4 * 0.5 / np.sqrt(one.n) + 1e-9
