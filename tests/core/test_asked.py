"""Answers to surveys: what of them is loaded, what groups may know of them, and that they never touch R."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings, strategies as st

from cmdesk.core import asked, loading
from cmdesk.core.building import Building
from cmdesk.core.community import Community
from cmdesk.core.records import Asked, Group, Membership, Origin, Person, Post, Record, StatedTie
from cmdesk.core.snapshot import DAY, Snapshot
from cmdesk.core.visibility import BESIDE_SMALL, TOO_SMALL
from tests.core.importing.stating import import_records

PEOPLE = [f"p{k}" for k in range(8)]


@pytest.fixture
def community(tmp_path: Path) -> Iterator[Community]:
    with Community.create(tmp_path / "test.cmdesk", "Community") as opened:
        yield opened


def loaded(community: Community) -> Snapshot:
    with community.reading() as connection:
        return loading.load(connection, as_of=None)


def said(snapshot: Snapshot) -> set[tuple[str, str, str, float]]:
    """(relation, who, of whom, value) by the keys of persons."""
    found, keys = snapshot.asked, [ref.rpartition("/")[2] for ref in snapshot.people.ref]
    return {
        (found.relation_names[relation], keys[source], keys[target], round(value, 4))
        for source, target, relation, value in zip(
            found.source.tolist(), found.target.tolist(), found.relation.tolist(), found.value.tolist(), strict=True
        )
    }


def test_the_newest_answer_of_each_person_counts(community: Community, tmp_path: Path) -> None:
    records = [
        Origin("survey", "s"), *(Person(key, name=key) for key in "abcd"),
        Asked("a", "trust", at=DAY), StatedTie("a", "b", "trust", 5.0, at=DAY, asked=True, low=1, high=5),
        Asked("a", "trust", at=3 * DAY), StatedTie("a", "c", "trust", 2.0, at=3 * DAY, asked=True, low=1, high=5),
        Asked("b", "trust", at=2 * DAY), StatedTie("b", "a", "trust", 3.0, at=2 * DAY, asked=True, low=1, high=5),
        Asked("b", "trust", False, "d", at=2 * DAY), Asked("c", "trust", False), Asked("d", "advice"),
        StatedTie("a", "d", "network", 4.0),
    ]  # fmt: skip
    import_records(community, tmp_path, records)
    snapshot = loaded(community)
    assert said(snapshot) == {("trust", "a", "c", 0.25), ("trust", "b", "a", 0.5)}
    found = snapshot.asked
    assert found.relation_names == ("advice", "trust")
    assert found.asked.sum(axis=1).tolist() == [1, 3] and found.answered.sum(axis=1).tolist() == [1, 2]
    assert found.blank.tolist() == [[1, 1, 3]]
    assert (len(snapshot.stated_ties.source), len(snapshot.trust)) == (1, 0)


def test_an_earlier_day_does_not_know_later_answers(community: Community, tmp_path: Path) -> None:
    post = [Post(f"m{k}", "ab"[k % 2], at=k * DAY) for k in range(1, 11)]
    answers = [Asked("a", "trust", at=9 * DAY), StatedTie("a", "b", "trust", at=9 * DAY, asked=True)]
    import_records(community, tmp_path, [Origin("survey", "s"), Person("a"), Person("b"), *post, *answers])
    with community.reading() as connection:
        newest = loading.last_day(connection)
        assert newest is not None
        assert len(loading.load(connection, as_of=newest).asked.source) == 1
        assert len(loading.load(connection, as_of=newest.replace(day=5)).asked.source) == 0


def test_one_who_opted_out_is_in_no_answer(community: Community, tmp_path: Path) -> None:
    from cmdesk.core.edits import edit_member

    import_records(community, tmp_path, [
        Origin("survey", "s"), Person("a"), Person("b"), Person("c"), Asked("a", "trust"), StatedTie("a", "b", "trust", asked=True),
        Asked("b", "trust"), StatedTie("b", "a", "trust", asked=True), StatedTie("a", "c", "trust", asked=True),
    ])  # fmt: skip
    edit_member(community, 2, opted_out=True)
    assert said(loaded(community)) == {("trust", "a", "c", 1.0)}


def circle(town: Building, people: list[str], relation: str = "trust") -> None:
    """Everybody names the next two."""
    for k, person in enumerate(people):
        town.ask(person, relation, {people[(k + 1) % len(people)]: 1.0, people[(k + 2) % len(people)]: 0.75})


def lines(town: Building) -> dict[str, asked.Answers]:
    snapshot = town.snapshot()
    return {snapshot.groups.name[line.group]: line for line in asked.of_groups(snapshot)}


def test_shares_worked_out_by_hand() -> None:
    town = Building()
    circle(town, PEOPLE)  # 16 directed ties over 16 pairs, none mutual: k+1, k+2 of 8
    town.ask("p0", "trust", {"p1": 1.0, "p2": 0.4, "p7": 0.5})  # p7 names p0 too; .4 is no tie
    for k in range(8):  # p0-p1, p1-p2 … talk: a ring of 8, all of them named
        for age in (1, 2, 3, 4):
            town.post(PEOPLE[k], "", age, mentions=[PEOPLE[(k + 1) % 8]])
            town.post(PEOPLE[(k + 1) % 8], "", age, mentions=[PEOPLE[k]])
    line = lines(town)["Community"]
    assert (line.asked, line.answered, line.named) == (8, 8, 16)
    assert line.mutual == pytest.approx(1 / 15) and line.seen == pytest.approx(8 / 15) and line.said is None  # 8 pairs are too few to tell
    assert town.snapshot().trust.tie.sum() == 8


def test_who_did_not_answer_lowers_no_share() -> None:
    town = Building()
    for person in PEOPLE[:6]:
        town.ask(person, "trust", {other: 1.0 for other in PEOPLE if other != person})
    whole = lines(town)["Community"]
    for person in PEOPLE[6:]:
        town.ask(person, "trust", None)
    line = lines(town)["Community"]
    assert (whole.mutual, line.mutual, line.asked, line.answered, line.low) == (1.0, 1.0, 8, 6, False)
    town.ask("p5", "trust", {}, blank=PEOPLE[:5])  # answered, about nobody
    assert lines(town)["Community"].mutual == 1.0
    town.ask("p5", "trust", {})
    assert lines(town)["Community"].mutual == pytest.approx(10 / 15)


def test_below_half_is_told() -> None:
    town = Building()
    circle(town, PEOPLE[:5])
    for k in range(6):
        town.ask(f"q{k}", "trust", None)
    line = lines(town)["Community"]
    assert (line.response, line.low) == (pytest.approx(5 / 11), True)


def test_fewer_than_five_answers_are_hidden_and_what_would_tell_of_them() -> None:
    town = Building()
    circle(town, PEOPLE)
    town.group("small", members=PEOPLE[:4])
    town.group("most", members=PEOPLE[:6])
    found = lines(town)
    assert {name: line.hidden for name, line in found.items()} == {"Community": "", "small": TOO_SMALL, "most": BESIDE_SMALL}
    assert (found["most"].asked, found["most"].named, found["most"].mutual) == (0, 0, None)


def test_relations_of_few_answers_are_not_drawn() -> None:
    town = Building()
    circle(town, PEOPLE)
    circle(town, PEOPLE[:4], "advice")
    snapshot = town.snapshot()
    assert [snapshot.asked.relation_names[k] for k in asked.shown(snapshot)] == ["trust"]
    named = asked.rows(snapshot.asked, 1)
    assert len(named) == 16 and set(snapshot.asked.source[named].tolist()) == set(range(8))


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 7), st.integers(0, 7), st.floats(0, 1)), max_size=40), st.sets(st.integers(0, 7)))
def test_answers_change_no_trust_and_shares_are_shares(answers: list[tuple[int, int, float]], silent: set[int]) -> None:
    town = Building()
    for k in range(8):
        town.post(PEOPLE[k], "", 1, mentions=[PEOPLE[(k + 3) % 8]])
    before = town.snapshot().trust.r
    for who in range(8):
        given_ = {PEOPLE[other]: value for one, other, value in answers if one == who and other != who}
        town.ask(PEOPLE[who], "trust", None if who in silent else given_)
    snapshot = town.snapshot()
    assert np.array_equal(before, snapshot.trust.r)
    for line in asked.of_groups(snapshot):
        assert all(share is None or 0 <= share <= 1 for share in (line.mutual, line.seen, line.said, line.response))
        assert bool(line.hidden) == (8 - len(silent) < 5)


def test_a_file_gives_what_a_town_made_by_hand_gives(community: Community, tmp_path: Path) -> None:
    town, records = Building(), list[Record]()
    circle(town, PEOPLE)
    town.group("g", members=PEOPLE)
    records = [Origin("survey", "s"), Group("g", "g"), *(Membership(person, "g") for person in PEOPLE), *(Person(person, name=person) for person in PEOPLE)]
    for k, person in enumerate(PEOPLE):
        records.append(Asked(person, "trust"))
        records += [StatedTie(person, PEOPLE[(k + step) % 8], "trust", weight, asked=True, low=1, high=5) for step, weight in ((1, 5.0), (2, 4.0))]
    import_records(community, tmp_path, records)
    snapshot = loaded(community)
    found = {snapshot.groups.name[line.group]: line for line in asked.of_groups(snapshot)}
    assert {name: (line.asked, line.named, line.mutual, line.hidden) for name, line in found.items()} == {
        name: (line.asked, line.named, line.mutual, line.hidden) for name, line in lines(town).items()
    }
