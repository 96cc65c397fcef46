"""Trust inside a group, by hand."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, strategies as st

from cmdesk.core.building import Building
from cmdesk.plugins.goal_fit.network import cohesion, connectedness
from cmdesk.plugins.goal_fit.ties import triangles

from .worlds import GUARD, measure, missing, noise, seal, team, trusting, value

SEVEN = ("a", "b", "c", "d", "e", "f", "g")


def test_density_cohesion_connectedness_strongest_isolation() -> None:
    pairs = {("a", "b"): 0.6, ("b", "c"): 0.5, ("a", "c"): 0.3, ("c", "d"): 0.1, ("a", "zed"): 0.9}
    snapshot = trusting(seal(team("a", "b", "c", "d")), pairs)
    assert value(snapshot, "D_R") == pytest.approx(1.5 / 6)  # all pairs count, those under the tie's edge too
    assert value(snapshot, "coh") == pytest.approx((1 / 3 + 2 / 3 + 1 / 3 + 0) / 4)  # strong: a–b, b–c; three others
    assert value(snapshot, "con") == pytest.approx(2 / 3)  # ties 2, 2, 2, 0 of 3
    assert value(snapshot, "top") == pytest.approx((0.6 + 0.6 + 0.5 + 0.1) / 4)
    assert value(snapshot, "iso") == 0.25
    assert value(snapshot, "trans") == pytest.approx(0.75)  # a, b, c see a closed triangle, d counts 0
    assert value(snapshot, "n_core") == 3.0
    assert measure(snapshot, "D_R").n == 4


def test_a_strong_tie_must_be_balanced() -> None:
    snapshot = trusting(seal(team("a", "b")), {("a", "b"): 0.54}, one_sided=frozenset({("a", "b")}))
    assert value(snapshot, "coh") == 0.0
    assert value(snapshot, "con") == 1.0


def test_vectors_of_seven() -> None:
    assert round(cohesion(np.array([5, 4, 3, 3, 2, 1, 0])), 4) == 0.5143
    assert round(connectedness(np.array([6, 6, 5, 4, 3, 2, 0])), 4) == 0.6667


def test_trust_comes_from_the_snapshot() -> None:
    """The dyad of the goal model: R .4350 without shared contacts, in a group of two."""
    town = Building()
    town.group("team", members=["i", "j"])
    town.group("elsewhere", members=["zed"])
    opening = town.post("j", "team", age=100)
    for age in (0, 30, 60, 90):
        town.reply("i", opening, age=age, to=opening)
    mine = town.post("i", "team", age=100)
    for age in (10, 40):
        town.reply("j", mine, age=age, to=mine)
    town.react("j", mine, age=5)
    for _number in range(GUARD):  # by somebody outside, so that no contact is shared
        town.post("i", "elsewhere", age=170, mentions=["zed"])
    snapshot = seal(town)
    assert round(value(snapshot, "D_R"), 4) == 0.4350
    assert value(snapshot, "top") == value(snapshot, "D_R")


def test_silence_of_people_never_seen_is_no_evidence() -> None:
    town = Building()
    town.group("team", members=["a", "b", "c"])
    for name in ("a", "b", "c"):
        town.post(name, "team", age=3)
    noise(town, "a", GUARD - 1)
    snapshot = seal(town)
    for name in (
        "n",
        "n_core",
        "D_R",
        "coh",
        "con",
        "top",
        "C",
        "iso",
        "new",
        "trans",
        "even",
        "voice",
        "stab",
        "ext",
        "extT",
        "two",
        "newc",
    ):
        assert missing(snapshot, name), name
    assert "49" in missing(snapshot, "D_R")
    noise(town, "a", 1)
    snapshot = seal(town)
    assert value(snapshot, "n") == 3.0
    assert value(snapshot, "D_R") == 0.0  # strangers: silence among people who are active elsewhere is evidence
    assert value(snapshot, "n_core") == 0.0
    assert value(snapshot, "iso") == 1.0


def test_one_person_has_no_pairs() -> None:
    snapshot = trusting(seal(team("a")), {})
    for name in ("D_R", "coh", "con", "top", "C", "even", "two"):
        assert missing(snapshot, name), name
    assert value(snapshot, "n") == 1.0
    assert value(snapshot, "iso") == 1.0


def test_ties_count_wherever_the_members_meet() -> None:
    """A group without a channel has ties only; its active members are those who wrote anywhere."""
    town = Building()
    town.group("team", members=["a", "b", "c"])
    for _number in range(30):
        thread = town.post("a", "hall", age=20)
        town.reply("b", thread, age=19)
        town.post("b", "hall", age=18, mentions=["a"])
    snapshot = seal(town)
    assert value(snapshot, "n") == 2.0
    assert value(snapshot, "D_R") == pytest.approx(float(snapshot.trust.r[0]))
    assert value(snapshot, "con") == 1.0


def test_both_ways_and_new_pairs() -> None:
    town = team(*SEVEN)
    for giver, taker in [("a", "b"), ("b", "a"), ("a", "c"), ("c", "a"), ("d", "e"), ("f", "g"), ("g", "f")]:
        town.post(giver, "team", age=100, mentions=[taker])
    for name in "abcdefg":
        town.post("b", "team", age=50, mentions=[name])
    town.post("c", "team", age=300, mentions=["a"])  # before the period
    town.post("f", "team", age=300, mentions=["g"])
    town.post("g", "team", age=299, mentions=["f"])  # f and g were reciprocated before
    snapshot = seal(town)
    # pairs in W: ab ac de fg bc bd be bf bg; both ways: ab ac fg; least min(20, 7·6/4 = 10.5) is not reached
    assert "9 pairs" in missing(snapshot, "two")
    town.post("c", "team", age=40, mentions=["d", "e"])
    snapshot = seal(town)
    assert value(snapshot, "two") == pytest.approx(3 / 11)
    assert value(snapshot, "new") == pytest.approx(2 / 7 * 90 / 180)  # ab and ac


def test_new_pairs_need_a_past() -> None:
    assert "90 days" in missing(seal(team("a", "b")), "new")


def test_co_participation_is_no_exchange() -> None:
    town = team("a", "b", "s")
    thread = town.post("s", "team", age=5)
    for step in range(3):
        town.reply("a", thread, age=4 - step / 100)
        town.reply("b", thread, age=4 - step / 100 - 0.001)
    snapshot = seal(town)
    assert measure(snapshot, "two").n == 2  # a–s and b–s, not a–b
    assert value(snapshot, "two") == 0.0


@given(st.integers(3, 12), st.data())
def test_triangles_are_those_of_plain_counting(n: int, data: st.DataObject) -> None:
    edges = data.draw(st.sets(st.tuples(st.integers(0, n - 1), st.integers(0, n - 1)).filter(lambda e: e[0] < e[1])))
    listed = sorted(edges)
    a, b = (np.array([edge[k] for edge in listed], np.int32) for k in (0, 1))
    plain = [
        sum((min(x, k), max(x, k)) in edges and (min(y, k), max(y, k)) in edges for k in range(n) if k not in (x, y)) for x, y in listed
    ]
    assert triangles(n, a, b).tolist() == plain
