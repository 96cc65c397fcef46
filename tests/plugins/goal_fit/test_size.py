"""Who is active, by hand."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, strategies as st

from cmdesk.core.building import Building
from cmdesk.plugins.goal_fit.size import evenness

from .worlds import measure, missing, noise, seal, team, value


def test_active_are_members_who_wrote_in_the_channel_in_the_window() -> None:
    town = team("a", "b", "c", "d")
    town.group("team", members=["a", "b", "c", "quiet", "old"])  # d wrote there but is no member
    town.post("old", "team", age=180.5)
    town.react("quiet", town.post("a", "team", age=2))
    snapshot = seal(town)
    assert value(snapshot, "n") == 3.0
    assert value(snapshot, "n", "Community") == 4.0
    assert measure(snapshot, "n").n == 3


def test_a_parent_holds_the_groups_inside_it() -> None:
    town = Building()
    town.group("house", members=["a"])
    town.group("room", members=["b", "c"], parent="house")
    town.group("cellar", members=["d"], parent="room")
    for name, group in (("b", "room"), ("d", "cellar"), ("a", "elsewhere"), ("c", "elsewhere")):
        town.post(name, group, age=4)
    noise(town, "b")
    snapshot = seal(town)
    assert value(snapshot, "n", "house") == 2.0  # b and d; a and c wrote, but not in here
    assert value(snapshot, "n", "room") == 2.0
    assert "0 replies" in missing(snapshot, "n", "cellar")


def test_bots_and_the_opted_out_do_not_count() -> None:
    town = team("a", "b", "robot")
    town.person("robot", counted=False)
    assert value(seal(town), "n") == 2.0


def test_without_moderators() -> None:
    town = team("a", "b", "c")
    town.person("c", moderator=True)
    assert value(seal(town), "n") == 3.0
    assert value(seal(town, with_moderators=False), "n") == 2.0


def test_audience() -> None:
    town = team("a", "b")
    town.group("team", members=["a", "b", "x"], audience=["a", "b", "c", "d", "e"])
    snapshot = seal(town)
    assert value(snapshot, "aud") == 0.4
    assert measure(snapshot, "aud").n == 5
    assert "whom the group is meant for" in missing(snapshot, "aud", "elsewhere")


def test_new_members() -> None:
    town = team("a", "b", "c", "d")
    assert "when most" in missing(seal(town), "newc")
    for name, joined in (("a", 10), ("b", 364), ("c", 366)):
        town.person(name, joined=joined)
    snapshot = seal(town)
    assert value(snapshot, "newc") == pytest.approx(2 / 3)
    assert measure(snapshot, "newc").n == 3


def test_new_members_by_their_first_post_where_a_year_stands_before_the_window() -> None:
    town = team("a", "b")
    town.post("a", "team", age=180 + 365)
    snapshot = seal(town)
    assert value(snapshot, "newc") == 0.5


def test_constancy() -> None:
    town = team("a", "b", "c")  # all wrote 10 days ago
    town.group("team", members=["a", "b", "c", "d"])
    assert "180 days" in missing(seal(town), "stab")
    for name, age in (("a", 100), ("d", 179), ("b", 181)):
        town.post(name, "team", age=age)
    assert value(seal(town), "stab") == 0.25  # a b c now, a d before


def test_evenness_vector() -> None:
    assert round(evenness(np.array([0.5, 0.25, 0.25])), 4) == 0.9464


def test_evenness_counts_posts_in_the_scope() -> None:
    town = team("a", "b", "c")
    for _number in range(1):
        town.post("a", "team", age=3)
    snapshot = seal(town)  # 2, 1, 1 in the team; the noise of a lies elsewhere
    assert round(value(snapshot, "even"), 4) == 0.9464


def test_voice() -> None:
    town = team("a", "b")
    town.group("team", members=["a", "b", "c"])
    town.reply("c", town.post("a", "team", age=3), age=2)
    assert value(seal(town), "voice") == pytest.approx(2 / 3)


@given(st.lists(st.integers(1, 1000), min_size=2, max_size=40))
def test_evenness_is_between_0_and_1_and_highest_when_equal(counts: list[int]) -> None:
    got = evenness(np.array(counts, float))
    assert 0 <= got <= 1
    if len(set(counts)) == 1:
        assert got == pytest.approx(1)
