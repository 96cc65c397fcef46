"""No number of a hidden group can be had from what is shown: tried by solving for it, and by hand for the plain cases."""

from __future__ import annotations

import numpy as np
import pytest

from cmdesk.core import suppression
from cmdesk.core.building import Building
from cmdesk.core.snapshot import Snapshot
from cmdesk.core.visibility import BESIDE_SMALL, TOO_SMALL


def channels(town: Building, sizes: dict[str, int], parent: str = "") -> None:
    """Channels of as many people each, all of whom write."""
    for name, size in sizes.items():
        people = [f"{name} {n}" for n in range(size)]
        town.group(name, members=people, parent=parent)
        for person in people:
            town.post(person, name, age=1)


def why(snapshot: Snapshot) -> dict[str, str]:
    return {name: text for name, text in zip(snapshot.groups.name, suppression.reasons(snapshot), strict=True) if text}


def test_one_small_group_takes_the_smallest_beside_it_along() -> None:
    town = Building()
    channels(town, {"a": 20, "b": 9, "c": 3})
    assert why(town.snapshot()) == {"c": TOO_SMALL, "b": BESIDE_SMALL}


def test_two_small_groups_hide_each_other_where_they_are_five_together() -> None:
    town = Building()
    channels(town, {"a": 20, "b": 3, "c": 2})
    assert why(town.snapshot()) == {"b": TOO_SMALL, "c": TOO_SMALL}
    town = Building()
    channels(town, {"a": 20, "d": 8, "b": 2, "c": 2})
    assert why(town.snapshot()) == {"b": TOO_SMALL, "c": TOO_SMALL, "d": BESIDE_SMALL}


def test_who_writes_in_the_parent_itself_hides_too() -> None:
    town = Building()
    channels(town, {"a": 20, "c": 3})
    for n in range(6):
        town.post(f"a {n}", "", age=1)
    assert why(town.snapshot()) == {"c": TOO_SMALL}


def test_deeper_groups_are_looked_at_too() -> None:
    town = Building()
    town.group("dept", members=[])
    channels(town, {"team": 12, "pair": 2}, parent="dept")
    channels(town, {"other": 30})
    found = why(town.snapshot())
    assert found == {"pair": TOO_SMALL, "team": BESIDE_SMALL}


def test_departments_without_a_channel_are_divided_by_people() -> None:
    town = Building()
    people = [f"p{n}" for n in range(30)]
    town.group("chat", members=people)
    for person in people:
        town.post(person, "chat", age=1)
    town.group("north", members=people[:20])
    town.group("south", members=people[20:27])
    town.group("board", members=people[27:])
    assert why(town.snapshot()) == {"board": TOO_SMALL, "south": BESIDE_SMALL}


def test_nothing_is_hidden_where_all_are_large_and_nobody_beside_who_is_silent() -> None:
    town = Building()
    channels(town, {"a": 6, "b": 5})
    town.group("asleep", members=["x", "y"])
    assert why(town.snapshot()) == {"asleep": TOO_SMALL}


def test_a_community_under_five_shows_nothing() -> None:
    town = Building()
    channels(town, {"a": 2, "b": 2})
    assert set(why(town.snapshot()).values()) == {TOO_SMALL}


@pytest.mark.parametrize("seed", range(60))
def test_what_is_hidden_cannot_be_solved_for(seed: int) -> None:
    """Posts of each group itself are unknowns; each shown group states the sum of those inside it. A hidden sum must not follow."""
    generator = np.random.default_rng(seed)
    town, names = Building(), [""]
    for k in range(int(generator.integers(3, 14))):
        parent = names[int(generator.integers(len(names)))] if generator.uniform() < 0.6 else ""
        channels(town, {f"g{k}": int(generator.choice([0, 1, 2, 3, 4, 5, 8, 15, 30]))}, parent=parent)
        names.append(f"g{k}")
    if generator.uniform() < 0.3:
        for n in range(int(generator.integers(1, 9))):
            town.post(f"root {n}", "", age=1)
    snapshot = town.snapshot()
    groups, reasons = snapshot.groups, suppression.reasons(snapshot)
    if reasons[0]:
        assert all(reasons)
        return
    sums = np.zeros((len(groups), len(groups)))
    for group in range(len(groups)):
        sums[group, groups.inside[group]] = 1
    filled = [k for k in range(len(groups)) if (snapshot.posts.group == k).any()]
    sums = sums[:, filled]  # where nobody wrote there is nothing to solve for
    shown = sums[[not reason for reason in reasons]]
    for group, reason in enumerate(reasons):
        if reason == TOO_SMALL and sums[group].any():
            assert np.linalg.matrix_rank(np.vstack([shown, sums[group]])) > np.linalg.matrix_rank(shown), groups.name[group]
