"""Exchange across borders, by hand."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, strategies as st

from cmdesk.core.snapshot import Snapshot
from cmdesk.plugins.goal_fit import across
from cmdesk.plugins.goal_fit.variety import blau

from .worlds import measure, missing, noise, seal, team, trusting, value

UNITS = {"a": "X", "b": "X", "c": "Y", "d": "Y", "e": "Z"}


def five(pairs: dict[tuple[str, str], float], **more: str) -> Snapshot:
    return trusting(seal(team(*UNITS, **UNITS, **more)), pairs)


def test_mixing_vectors() -> None:
    assert round(across.ei(30, 70), 3) == -0.4
    assert round(across.expected_ei(300, 435), 3) == 0.379
    assert round(across.mixing(30, 70, 300, 435), 3) == 0.435


def test_mix_and_ei_of_five() -> None:
    snapshot = five({("a", "b"): 0.5, ("a", "c"): 0.3, ("c", "d"): 0.4, ("d", "e"): 0.2, ("b", "e"): 0.19})
    assert value(snapshot, "mix") == pytest.approx((2 / 4) / (8 / 10))  # ties ab, ac, cd, de; 10 pairs, 2 within
    assert value(snapshot, "EI") == 0.0
    assert value(snapshot, "EI_random") == pytest.approx((8 - 2) / 10)


def test_ties_but_none_across_are_zero() -> None:
    snapshot = five({("a", "b"): 0.5})
    for name in ("mix", "sim", "wide"):
        assert value(snapshot, name) == 0.0
    assert value(snapshot, "EI") == -1.0


def test_no_tie_unknown_units_and_one_unit_are_missing() -> None:
    assert "no tie" in missing(five({}), "mix")
    unknown = trusting(seal(team("a", "b", "c", "d", a="X", c="")), {("a", "b"): 0.5})
    assert "two units" in missing(unknown, "mix")
    town = team("a", "b", "c", "d", "e", a="X", b="Y")
    assert "most of its active members" in missing(trusting(seal(town), {("a", "b"): 0.5}), "mix")
    assert "most of its active members" in missing(trusting(seal(town), {("a", "b"): 0.5}), "blau_unit")


def test_a_group_of_one_unit_in_a_community_of_several() -> None:
    town = team("a", "b", "c", a="X", b="X", c="X")
    town.person("zed", unit="Y")
    snapshot = trusting(seal(town), {("a", "b"): 0.5})
    assert value(snapshot, "mix") == 0.0
    assert value(snapshot, "blau_unit") == 0.0


def test_wide_bridges() -> None:
    label = np.array([-1, 0, 0, 1, 1])
    assert across.held(np.array([1, 1]), np.array([3, 4]), label) == 0
    assert across.held(np.array([1, 2]), np.array([3, 4]), label) == 1
    # units X and Y have two actives each, Z one: one pair of units
    assert value(five({("a", "c"): 0.3, ("a", "d"): 0.3}), "wide") == 0.0
    assert value(five({("a", "c"): 0.3, ("b", "d"): 0.3, ("b", "e"): 0.3}), "wide") == 1.0


def test_shared_bridges() -> None:
    snapshot = five({("a", "b"): 0.5, ("a", "c"): 0.3, ("b", "c"): 0.3, ("d", "e"): 0.3})
    assert value(snapshot, "sim") == pytest.approx(2 / 3)  # ac and bc share b and a; de shares nobody
    assert measure(snapshot, "sim").n == 3


def test_reliance_on_few_bridges() -> None:
    a, b = np.array([1, 1, 2, 3, 4, 5, 6]), np.array([7, 8, 9, 10, 11, 12, 7])
    assert round(across.concentration(a, b, np.array([0.5, 0.4, 0.3, 0.3, 0.3, 0.3, 0.2])), 4) == 0.4783
    units = {f"x{k}": "X" for k in range(1, 7)} | {f"y{k}": "Y" for k in range(7, 13)}
    pairs = {
        ("x1", "y7"): 0.5,
        ("x1", "y8"): 0.4,
        ("x2", "y9"): 0.3,
        ("x3", "y10"): 0.3,
        ("x4", "y11"): 0.3,
        ("x5", "y12"): 0.3,
        ("x6", "y7"): 0.2,
    }
    snapshot = trusting(seal(team(*units, **units)), pairs)
    assert round(value(snapshot, "bconc"), 4) == 0.4783
    assert "4 of its members" in missing(five({("a", "c"): 0.5, ("b", "d"): 0.4}), "bconc")


def test_units_reached_outside() -> None:
    town = team("p", "q", p="X", q="X")
    outside = {"y1": "Y", "y2": "Y", "z": "Z", "x": "X", "v": "V"}
    for name, unit in outside.items():
        town.person(name, unit=unit)
    pairs = {
        ("p", "y1"): 0.10,
        ("p", "y2"): 0.30,
        ("p", "z"): 0.04,
        ("p", "x"): 0.20,
        ("p", "v"): 0.60,
        ("q", "z"): 0.05,
        ("q", "y1"): 0.49,
    }
    snapshot = trusting(seal(town), pairs)
    assert value(snapshot, "ext") == (1 + 2) / 2
    assert value(snapshot, "extT") == (3 + 1) / 2  # p: y2, x, v; q: y1
    for name in ("ext", "extT", "sim_out"):
        assert "nobody outside" in missing(snapshot, name, "Community")


def test_shared_contacts_outside() -> None:
    town = team("p", "q", p="X", q="X")
    for name, unit in {"y": "Y", "z": "Z", "w": "Z", "x": "X"}.items():
        town.person(name, unit=unit)
    pairs = {("p", "q"): 0.5, ("p", "y"): 0.3, ("q", "y"): 0.3, ("p", "z"): 0.3, ("p", "x"): 0.3, ("z", "x"): 0.3, ("q", "w"): 0.3}
    snapshot = trusting(seal(town), pairs)
    # across and outside: py and qy share q and p, pz shares x (outside), qw shares nobody; px is the same unit
    assert value(snapshot, "sim_out") == 0.75
    assert value(trusting(seal(town), {("p", "q"): 0.5}), "sim_out") == 0.0
    assert "no tie" in missing(trusting(seal(town), {}), "sim_out")


def test_threads_across_units() -> None:
    town = team(*UNITS, **UNITS)
    for number in range(12):
        thread = town.post("a", "team", age=20 + number)
        town.reply("c" if number < 3 else "b", thread, age=19 + number)
        town.reply("zed", thread, age=19 + number)  # whose unit nobody knows
    town.reply("a", town.post("a", "team", age=5), age=4)  # alone
    old = town.post("a", "team", age=400)
    town.reply("c", old, age=399)
    snapshot = seal(town)
    assert measure(snapshot, "xthr", "Community").value == 0.25
    assert value(snapshot, "xthr") == pytest.approx((3 + 10 * 0.25) / 22)  # drawn towards the community's own
    assert measure(snapshot, "xthr").indicative
    del town
    lonely = team("a", "b", a="X", b="Y")
    assert "no threads" in missing(seal(lonely), "xthr")


def test_mixing_across_groups_places_and_organisations() -> None:
    town = team("a", "b", "c", "d")
    town.group("left", members=["a", "b"])
    town.group("right", members=["c", "d", "zed"])
    for name, place in zip("abcd", ("P", "P", "Q", "Q"), strict=True):
        town.person(name, place=place, organisation=place * 2)
    pairs = {("a", "b"): 0.5, ("c", "d"): 0.5, ("a", "c"): 0.3}
    snapshot = trusting(seal(town), pairs)
    expected = (1 / 3) / (4 / 6)
    for name in ("mix_group", "mix_place", "mix_organisation"):
        assert value(snapshot, name) == pytest.approx(expected), name
    assert "share no group" in missing(trusting(seal(team("a", "b")), {("a", "b"): 0.5}), "mix_group")


def test_variety_vectors() -> None:
    assert round(blau(np.array([0.5, 0.25, 0.25]), 3), 4) == 0.9375
    snapshot = five({})
    assert value(snapshot, "blau_unit") == pytest.approx((1 - (4 + 4 + 1) / 25) / (1 - 1 / 3))


def test_variety_of_expertise() -> None:
    town = team("a", "b", "c", "d")
    assert "expertise" in missing(seal(town), "blau_expertise")
    town.person("a", expertise=["law"])
    town.person("b", expertise=["law", "art"])
    snapshot = seal(town)
    assert value(snapshot, "blau_expertise") == pytest.approx((1 - 0.75**2 - 0.25**2) / (1 - 1 / 2))  # d and c are unknown, just half
    assert measure(snapshot, "blau_expertise").n == 2


def test_missing_units_do_not_silence_the_rest() -> None:
    town = team("a", "b")
    noise(town, "b")
    snapshot = trusting(seal(town), {("a", "b"): 0.4})
    assert value(snapshot, "D_R") == 0.4


@given(st.lists(st.integers(0, 5), min_size=2, max_size=30), st.data())
def test_mixing_and_variety_stay_in_range(labels: list[int], data: st.DataObject) -> None:
    label = np.array(labels, np.int32)
    n = len(label)
    pairs = data.draw(st.sets(st.tuples(st.integers(0, n - 1), st.integers(0, n - 1)).filter(lambda e: e[0] < e[1]), min_size=1))
    a, b = (np.array([pair[k] for pair in sorted(pairs)], np.int32) for k in (0, 1))
    cross = label[a] != label[b]
    sizes = np.bincount(label)
    apart = n * (n - 1) // 2 - int((sizes * (sizes - 1) // 2).sum())
    assert across.mixing(int(cross.sum()), int((~cross).sum()), apart, n * (n - 1) // 2) >= 0
    assert 0 <= across.held(a[cross], b[cross], label) <= apart
    assert 0 <= blau(sizes.astype(float), max(2, len(np.unique(label)))) <= 1
    if cross.any():
        assert 0 < across.concentration(a[cross], b[cross], np.ones(int(cross.sum()))) <= 1
