"""Data that nobody would wish for: an exact result or a reasoned “no verdict”, with intervals and sensitivity, never nan and never a crash."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterator
from dataclasses import replace

import pytest

from cmdesk.core import goal_model
from cmdesk.core.assessing import Assessing
from cmdesk.core.building import Building
from cmdesk.core.contributions import Score
from cmdesk.core.goal_model import GOALS
from cmdesk.core.progress import Progress
from cmdesk.core.resampling import Plan
from cmdesk.core.snapshot import Snapshot
from cmdesk.plugins.goal_fit import plugin

from .worlds import metrics, seal

ASSESSOR = next(iter(plugin.cmdesk_assessors()))


def stages(seen: Snapshot) -> Iterator[list[Score]]:
    work = Assessing(seen, ASSESSOR, range(len(seen.groups)), GOALS, plugin.FitOptions(goal_model.shipped()))
    yield work.points(Progress())
    yield work.intervals(Plan(40), Progress())
    yield work.sensitivity(Progress())


def numbers(score: Score) -> Iterator[float | None]:
    yield from (score.fit, score.low, score.high, score.chance, score.coverage, *score.subscores.values())
    for row in score.criteria:
        yield from (row.value, row.low, row.high, row.score, row.without_moderators)
    for each in score.sensitivity:
        yield each.fit


def nobody() -> Building:
    return Building()


def one_person() -> Building:
    town = Building()
    for age in range(100):
        town.post("ann", "team", age, question=True)
    return town


def all_by_one() -> Building:
    town = Building()
    town.group("team", ["ann", "bob", "eve", "joe", "kim"])
    for age in range(200):
        town.post("ann", "team", age, mentions=["bob", "eve"])
    return town


def one_moment() -> Building:
    town = Building()
    for number in range(120):
        names = ("ann", "bob", "eve", "joe", "kim")
        start = town.post(names[number % 5], "team", 3, question=True, idea=True)
        town.react(names[(number + 1) % 5], town.reply(names[(number + 2) % 5], start, 3), 3)
    return town


def one_thread() -> Building:
    town = Building()
    start = town.post("p0", "team", 100)
    for number in range(20_000):
        town.reply(f"p{number % 7}", start, 99 - number / 300)
    return town


def subset() -> Building:
    """Two groups, one of which has the same members and a part of the posts of the other."""
    town = Building()
    names = ["ann", "bob", "eve", "joe", "kim", "lea"]
    town.group("outer", names)
    town.group("inner", names[:5], parent="outer")
    town.group("twin", names[:5])
    for number in range(150):
        start = town.post(names[number % 5], "inner", number)
        town.reply(names[(number + 1) % 5], start, max(0, number - 0.5))
    return town


def ages_ago() -> Building:
    """A first message of 1970 and the rest today."""
    town = Building()
    town.post("ann", "team", 20_000, mentions=["bob"])
    for number in range(100):
        town.reply("bob", town.post("ann", "team", 5 + number / 10), 4)
    return town


def only_bots() -> Building:
    town = all_by_one()
    for name in ("ann", "bob", "eve", "joe", "kim"):
        town.person(name, counted=False)
    return town


def only_moderators() -> Building:
    town = subset()
    for name in ("ann", "bob", "eve", "joe", "kim", "lea"):
        town.person(name, moderator=True, unit="Sales")
    return town


@pytest.mark.parametrize(
    "make", [nobody, one_person, all_by_one, one_moment, one_thread, subset, ages_ago, only_bots, only_moderators], ids=lambda make: make.__name__
)
@pytest.mark.parametrize("window", [180, 0, -30])
def test_every_stage_gives_numbers_or_reasons(make: object, window: int) -> None:
    town = make()  # type: ignore[operator]
    town._window = window  # a Building refuses nothing: this is what a file could say
    seen = seal(town)
    for scores in stages(seen):
        assert len(scores) == len(seen.groups) * len(GOALS)
        for score in scores:
            assert all(number is None or math.isfinite(number) for number in numbers(score))
            assert score.reason.endswith(".")
            assert (score.fit is None) == (score.verdict == "no_verdict")
            assert all((row.value is None) == bool(row.missing) for row in score.criteria)
            if window <= 0:
                assert score.verdict in ("no_verdict", "not_yet")


def test_an_end_before_all_data_is_no_verdict() -> None:
    seen = Building(until=dt.date(1990, 1, 1)).snapshot(metrics=metrics())
    for scores in stages(seen):
        assert {score.verdict for score in scores} == {"no_verdict"}


def test_facts_without_a_time_in_reach_change_nothing() -> None:
    town = subset()
    seen = replace(seal(town), first=seal(town).until)  # nothing is older than the end
    for scores in stages(seen):
        for score in scores:
            assert all(number is None or math.isfinite(number) for number in numbers(score))
