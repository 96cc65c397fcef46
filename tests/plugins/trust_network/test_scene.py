"""Ties, circles, filters, counts and keys: what is drawn and what is said not to be."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings, strategies as st

from cmdesk.core.building import Building
from cmdesk.plugins.trust_network import keys, naming, strengths, wishes
from cmdesk.plugins.trust_network.choice import KINDS, Choice, Filter, Trail, read, text
from tests.plugins.trust_network.towns import crowds, known, seen, town


def test_ties_from_a_plugin_are_settled() -> None:
    i, j = np.array([0, 1, 2, 3, 0, 1], np.int32), np.array([1, 0, 2, 4, 3, 4], np.int32)
    found = strengths.settled(i, j, np.array([0.3, 0.7, 0.9, np.nan, np.inf, 2.0]), np.array([False, True, True, True, True, False]))
    assert list(zip(found.i.tolist(), found.j.tolist(), found.weight.tolist(), found.strong.tolist(), strict=True)) == [
        (0, 1, 0.7, True), (1, 4, 1.0, False),
    ]  # fmt: skip
    assert found.unfit == 2


def test_asked_ties_are_strong_where_both_name_each_other() -> None:
    snapshot = town(4, [(0, 1), (1, 0), (0, 2), (2, 3), (3, 2)], weights=[4.0, 4.0, 4.0, 4.0, 1.0])
    found = strengths.of(snapshot, Choice(trust="asked"))
    assert dict(zip(zip(found.i.tolist(), found.j.tolist(), strict=True), found.weight.tolist(), strict=True)) == {
        (0, 1): 1.0, (0, 2): 0.5, (2, 3): 0.625,
    }  # fmt: skip
    assert found.strong.tolist() == [True, False, False]


def test_kinds_of_exchange_can_be_left_out() -> None:
    building = Building()
    for age in range(1, 40):
        building.post("a", age=age, mentions=["b"])
        thread = building.post("c", age=age)
        building.reply("d", thread, age)
    snapshot = building.snapshot()
    every = strengths.of(snapshot, Choice(trust="relational"))
    assert len(every.i) == 2
    mentions = strengths.of(snapshot, Choice(trust="relational", kinds=("mention",)))
    names = snapshot.people.name
    assert [(names[a], names[b]) for a, b in zip(mentions.i.tolist(), mentions.j.tolist(), strict=True)] == [("a", "b")]
    assert np.allclose(every.weight, snapshot.trust.r) and set(KINDS) == set(Choice().kinds)


def test_everybody_and_every_tie_is_drawn_or_counted() -> None:
    snapshot = town(40, [*crowds(12, 12, 3), (24, 25)], weights=[0.5] * (12 * 11 * 2 + 3 * 2 + 2 + 1), units=3)
    facts = known(snapshot)
    for choice in ({}, {"threshold": 0.9}, {"filters": (Filter("unit", "Department 1"),)}, {"filters": (Filter("circle", "1"), Filter("unit", "Department 1"))}):
        scene = seen(facts, **choice)
        counts = scene.counts
        assert counts.people + counts.loose + counts.filtered + counts.small == int(snapshot.people.counted.sum())
        assert counts.ties + counts.below + counts.hidden_ties == counts.every_tie == len(facts.every.i)
        assert counts.people == int(scene.drawn.sum()) and np.isfinite(scene.place[scene.drawn]).all()
        told = " ".join(wishes.counted(scene, 0))
        assert f"{counts.people} p" in told and (not counts.loose or f"{counts.loose} more ha" in told)


def test_people_in_circles_under_five_are_not_drawn() -> None:
    scene = seen(known(town(15, crowds(9, 3))), layout="free")
    assert scene.counts.small in (0, 3)  # the three may have joined the nine
    lonely = seen(known(town(8, crowds(4))))
    assert lonely.counts.people == 0 and lonely.counts.small == 4 and lonely.counts.ties == 0 and lonely.counts.loose == 4


def test_names_and_measures_never_stand_together() -> None:
    facts = known(town(20, crowds(12, 8)))
    assert len(set(seen(facts, names=False, size="contacts").size.tolist())) > 1
    assert set(seen(facts, names=True, size="contacts").size.tolist()) == {1.0}
    assert set(seen(facts, names=True, size="posts").size.tolist()) == {1.0}


@pytest.mark.parametrize("colour", ["unit", "group", "circle", "verdict", "role"])
def test_every_person_has_one_key(colour: str) -> None:
    facts = known(town(60, crowds(30, 30), units=10))
    found, row = keys.of(facts, colour)  # type: ignore[arg-type]
    assert ((row >= 0) & (row < len(found))).all()
    assert len({(key.colour, key.shape) for key in found[:-1]}) == len(found) - 1
    assert sum(key.people for key in found) == int((facts.found.label >= 0).sum())


def test_departments_under_five_have_no_key() -> None:
    facts = known(town(20, crowds(20), units=5))
    assert facts.units == ()
    assert known(town(20, crowds(20), units=4)).units == tuple(f"Department {k}" for k in (1, 2, 3, 4))


def test_around_reaches_so_many_steps() -> None:
    scene = seen(known(town(8, [(k, k + 1) for k in range(7)])))
    rows = [int(scene.around(np.array([0]), depth).sum()) for depth in (1, 2, 3)]
    label = scene.facts.found.label
    assert rows == [2, 3, 4] if scene.drawn.all() else len(set(label.tolist())) > 1


@given(st.text(max_size=300))
def test_a_name_is_one_short_line_that_turns_nothing(name: str) -> None:
    shown = naming.shown_name(name)
    assert len(shown) <= naming.LONGEST and "\n" not in shown and not set("\u202a\u202b\u202d\u202e\u2066\u2067\u2068") & set(shown)


def test_back_and_forward_walk_through_choices() -> None:
    trail = Trail(Choice())
    for depth in (1, 2, 3):
        trail.go(Choice(depth=depth))
    assert trail.back() and trail.now.depth == 2 and trail.back() and trail.now.depth == 1 and not trail.back()
    assert trail.forward() and trail.now.depth == 2
    trail.go(Choice(depth=1, layout="free"))
    assert not trail.forward()


@settings(max_examples=25)
@given(st.builds(Choice, threshold=st.floats(0, 1), depth=st.integers(1, 3), filters=st.tuples(st.builds(Filter, field=st.just("unit"), value=st.text(max_size=9)))))
def test_a_kept_choice_comes_back(choice: Choice) -> None:
    assert read(text(choice)) == choice
    assert read("{not json") == Choice() and read('{"layout": "spiral"}') == Choice()
