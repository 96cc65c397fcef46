"""Circles: found where they are, the same each time, and in a process of their own."""

from __future__ import annotations

import itertools
import sys

import numpy as np
import pytest

from cmdesk.core import circles
from cmdesk.core.building import Building
from cmdesk.core.snapshot import Snapshot


def islands(sizes: list[int], bridges: int = 1) -> Snapshot:
    """Circles in which everybody talks to everybody, joined by a few pairs."""
    town = Building()
    crowd = [[f"c{k}p{n}" for n in range(size)] for k, size in enumerate(sizes)]
    for k, people in enumerate(crowd):
        for one, other in itertools.permutations(people, 2):
            for age in (1, 8, 15):
                town.post(one, f"g{k}", age=age, mentions=[other])
    for k in range(len(crowd) - 1):
        for n in range(bridges):
            for age in (1, 9):
                town.post(crowd[k][n], "all", age=age, mentions=[crowd[k + 1][n]])
                town.post(crowd[k + 1][n], "all", age=age, mentions=[crowd[k][n]])
    return town.snapshot()


def test_the_circles_that_are_there_are_found() -> None:
    snapshot = islands([7, 6, 5, 5, 4, 8, 6, 5])
    found = circles.circles(snapshot)
    names = snapshot.people.name
    assert sorted(sorted({names[person][:2] for person in circle}) for circle in found) == [[f"c{k}"] for k in range(8)]
    assert sorted(len(circle) for circle in found) == [4, 5, 5, 5, 6, 6, 7, 8]


def test_too_large_too_small_and_no_denser_than_the_whole_are_no_circles() -> None:
    assert circles.circles(islands([20, 2])) == []
    assert circles.circles(islands([6])) == []
    assert circles.circles(Building().snapshot()) == []


def test_containers_hold_everybody_with_a_tie_the_largest_first() -> None:
    snapshot = islands([4, 9, 6])
    found = circles.containers(snapshot)
    assert np.bincount(found[found >= 0]).tolist() == [9, 6, 4]
    lonely = Building()
    lonely.person("alone")
    assert circles.containers(lonely.snapshot()).tolist() == [-1]


def test_one_seed_one_answer_and_one_picture() -> None:
    ties = islands([5, 6, 7]).trust.ties()
    n = 18
    for ask in (lambda: circles.partition(ties.i, ties.j, ties.r, n, seed=3, runs=4), lambda: circles.layout(ties.i, ties.j, ties.r, n, seed=3)):
        first = ask()
        circles.stop()  # another helper gives the same
        assert np.array_equal(first, ask())
    assert np.isfinite(circles.layout(ties.i, ties.j, ties.r, n)).all()


def test_igraph_stays_out_of_this_process() -> None:
    circles.containers(islands([4, 5]))
    assert "igraph" not in sys.modules


def test_a_helper_that_died_is_replaced() -> None:
    snapshot = islands([4, 5])
    before = circles.containers(snapshot).tolist()
    circles.stop()
    assert circles.containers(snapshot).tolist() == before


@pytest.fixture(autouse=True, scope="module")
def _no_helper_left() -> object:
    yield
    circles.stop()
