"""Periods: a past one is what was known then, changes add up, people keep their place, and nothing is told of fewer than five."""

from __future__ import annotations

import datetime as dt
import itertools
from pathlib import Path

import numpy as np
import pytest

from cmdesk.core import loading
from cmdesk.core.building import Building
from cmdesk.core.community import Community
from cmdesk.core.drawing import Circle, Path as Line, Text
from cmdesk.core.snapshot import Snapshot
from cmdesk.plugins.trust_network.inspecting.telling import Naming
from cmdesk.plugins.trust_network.periods import changes, frames, picture, places
from cmdesk.simulation import CircleSizes, circles, write_slack
from cmdesk.simulation.snapshots import snapshot as simulated


@pytest.fixture(scope="module")
def community() -> Snapshot:
    return simulated(circles(5, CircleSizes(people=90, departments=4, circles=5, days=400)))


@pytest.fixture(scope="module")
def seen(community: Snapshot) -> list[frames.Frame]:
    return frames.frames(community)


def test_periods_end_a_quarter_apart_and_begin_with_the_facts(community: Snapshot) -> None:
    found = frames.ends(community)
    assert found[-1][1] == community.until
    assert all((after[0] - before[0]).days == 90 for before, after in itertools.pairwise(found))
    assert found[0][1] > community.first and len(found) == 5
    assert len(frames.ends(community, many=2)) == 2
    assert [end[0] for end in frames.ends(Building(until=dt.date(1, 1, 2)).snapshot())] == [dt.date(1, 1, 2)]


def test_a_past_period_is_what_the_file_says_as_of_that_day(tmp_path: Path) -> None:
    """Nothing that came later counts: the same ties as when the community is loaded at that day."""
    from cmdesk.core import importing

    write_slack(circles(3, CircleSizes(people=60, departments=3, circles=4, days=300)), tmp_path / "export.zip")
    with Community.create(tmp_path / "a.cmdesk", "A") as made:
        importing.run(made, [tmp_path / "export.zip"])
        with made.reading() as connection:
            now = loading.load(connection)
            for frame in frames.frames(now):
                then = loading.load(connection, as_of=frame.day)
                ties = then.trust.ties()
                assert frame.i.tolist() == ties.i.tolist() and frame.j.tolist() == ties.j.tolist()
                assert np.allclose(frame.r, ties.r)


def test_changes_add_up(seen: list[frames.Frame]) -> None:
    for before, after in itertools.pairwise(seen):
        found = changes.between(before, after)
        assert int(found.lost.sum() + found.kept.sum()) == len(before)
        assert int(found.new.sum() + found.kept.sum()) == len(after)
        assert int(found.new.sum() + found.lost.sum() + found.kept.sum()) == len(found)
        back = changes.between(after, before)
        assert (back.new == found.lost).all() and (back.came, back.went) == (found.went, found.came)
    same = changes.between(seen[-1], seen[-1])
    assert same.kept.all() and not same.came and not same.went


@pytest.mark.parametrize("names", [True, False])
def test_the_summary_adds_up_and_names_nobody(community: Snapshot, seen: list[frames.Frame], names: bool) -> None:
    found = changes.between(seen[-2], seen[-1])
    rows = changes.summary(Naming(community, names=names), found)
    numbers = [[int(cell) for cell in row[1:]] for row in rows[1:]]
    assert numbers[0] == [len(seen[-2]), int(found.new.sum()), int(found.lost.sum()), int(found.kept.sum()), len(seen[-1])]
    assert [sum(column) for column in zip(*numbers[1:], strict=True)] == numbers[0]


def test_the_table_of_ties_has_measures_under_pseudonyms_only(community: Snapshot, seen: list[frames.Frame]) -> None:
    found = changes.between(seen[-2], seen[-1])
    named, coded = (changes.table(Naming(community, names=names), found) for names in (True, False))
    assert len(named) == len(coded) == 1 + int(found.new.sum() + found.lost.sum())
    assert {len(row) for row in named} == {3} and {len(row) for row in coded} == {5}
    assert named[1:] == sorted(named[1:], key=lambda row: (row[2], row[0].casefold(), row[1].casefold()))


def test_rare_departments_are_one_in_the_summary() -> None:
    town = Building()
    for k in range(6):
        town.person(f"s{k}", unit="Sales")
    town.person("lone", unit="Board")
    for age in range(0, 80, 7):
        town.reply("lone", town.post("s0", "", age), age)
        town.reply("s0", town.post("lone", "", age), age)
        town.reply("s1", town.post("s2", "", age), age)
        town.reply("s2", town.post("s1", "", age), age)
    snapshot = town.snapshot()
    every = frames.frames(snapshot)
    said = " ".join(cell for row in changes.summary(Naming(snapshot, names=False), changes.between(every[0], every[-1])) for cell in row)
    assert "Board" not in said and "Sales" in said


def test_people_keep_their_place_and_one_seed_gives_one_picture(community: Snapshot, seen: list[frames.Frame]) -> None:
    naming = Naming(community, names=False)
    shown = picture.stage(naming, seen)
    again = picture.stage(naming, seen)
    assert np.array_equal(shown.place, again.place, equal_nan=True)
    where = [
        {shape.target: (shape.x, shape.y) for shape in picture.compose(shown, k).shapes if isinstance(shape, Circle) and shape.target}
        for k in range(len(seen))
    ]
    assert where[0] and all(each == where[0] for each in where)
    assert len(set(where[0].values())) == len(where[0]), "nobody lies on anybody"


def test_every_drawn_tie_has_its_fate(community: Snapshot, seen: list[frames.Frame]) -> None:
    shown = picture.stage(Naming(community, names=False), seen)
    found = picture.change(shown, len(seen) - 1)
    drawn = picture.compose(shown, len(seen) - 1)
    lines = [shape for shape in drawn.shapes if isinstance(shape, Line)]
    keys = 4 + sum(key.shape != 'circle' for key in shown.scene.keys)  # of the legend
    there = ~np.isnan(shown.place[:, 0])
    assert len(lines) - keys == int((there[found.i] & there[found.j]).sum())
    dashed = int((found.lost & there[found.i] & there[found.j]).sum())
    assert sum(bool(line.dash) for line in lines) - 1 == dashed


def test_what_is_not_drawn_is_counted(community: Snapshot, seen: list[frames.Frame], monkeypatch: pytest.MonkeyPatch) -> None:
    shown = picture.stage(Naming(community, names=False), seen)
    monkeypatch.setattr(picture, "MOST_TIES", 10)
    drawn = picture.compose(shown, len(seen) - 1)
    said = " ".join(shape.text for shape in drawn.shapes if isinstance(shape, Text))
    people = sum(isinstance(shape, Circle) and bool(shape.target) for shape in drawn.shapes)
    assert people + shown.scene.counts.small + shown.scene.counts.loose == int(community.people.counted.sum())
    found = picture.change(shown, len(seen) - 1)
    there = ~np.isnan(shown.place[:, 0])
    assert f"{int((there[found.i] & there[found.j]).sum()) - 10} ties, the weakest, are not drawn" in said


def few() -> Snapshot:
    town = Building()
    for age in range(0, 200, 5):
        town.reply("Ann", town.post("Bob", "", age), age)
        town.reply("Bob", town.post("Ann", "", age), age)
    return town.snapshot()


def test_fewer_than_five_people_show_no_tie() -> None:
    snapshot = few()
    naming = Naming(snapshot, names=False)
    every = frames.frames(snapshot)
    shown = picture.stage(naming, every)
    drawn = picture.compose(shown, 0)
    assert not [shape for shape in drawn.shapes if getattr(shape, "target", "")]
    assert any("fewer than five" in shape.text for shape in drawn.shapes if isinstance(shape, Text))
    assert len(changes.table(naming, changes.between(every[0], every[-1]))) == 1


@pytest.mark.parametrize("people", [0, 1, 7])
def test_a_community_without_ties_has_one_empty_period(people: int) -> None:
    town = Building()
    for k in range(people):
        town.person(f"p{k}")
    snapshot = town.snapshot()
    every = frames.frames(snapshot)
    assert [len(frame) for frame in every] == [0]
    shown = picture.stage(Naming(snapshot, names=False), every)
    assert picture.compose(shown, 0).table
    assert not len(places.union(every).i) and np.isnan(shown.place).all()


def test_people_in_small_circles_are_not_drawn() -> None:
    town = Building()
    for k in range(6):
        for age in range(0, 80, 7):
            one, other = f"a{k}", f"a{(k + 1) % 6}"
            town.reply(one, town.post(other, "", age), age)
            town.reply(other, town.post(one, "", age), age)
    for age in range(0, 80, 7):
        town.reply("x", town.post("y", "", age), age)
        town.reply("y", town.post("x", "", age), age)
    snapshot = town.snapshot()
    shown = picture.stage(Naming(snapshot, names=False), frames.frames(snapshot))
    circle = shown.scene.facts.found.label
    sizes = np.bincount(circle)
    assert shown.scene.counts.small == int((sizes[circle] < 5).sum()) >= 2
    drawn = picture.compose(shown, len(shown.frames) - 1)
    x = snapshot.people.id[snapshot.people.name.index("x")]
    assert f"person:{x}" not in {getattr(shape, "target", "") for shape in drawn.shapes}
