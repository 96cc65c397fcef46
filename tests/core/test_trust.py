"""Relational trust: the vectors of docs/goal-model.md §6, and the rules about what makes an event."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pytest
from hypothesis import given, settings, strategies as st

from cmdesk.core.building import Building
from cmdesk.core.events import Kind
from cmdesk.core.snapshot import Snapshot
from cmdesk.core.trust import Trust

NOON = dt.datetime(2025, 6, 25, 12, tzinfo=dt.UTC)


def pair(snapshot: Snapshot, one: str, other: str) -> Trust:
    """The row of two persons."""
    names = snapshot.people.name
    i, j = sorted((names.index(one), names.index(other)))
    found = snapshot.trust
    return found.only((found.i == i) & (found.j == j))


def kinds(snapshot: Snapshot) -> list[tuple[str, str, Kind, int]]:
    """Every event as (actor, target, kind, m), sorted."""
    events, names = snapshot.events, snapshot.people.name
    rows = zip(events.actor.tolist(), events.target.tolist(), events.kind.tolist(), events.m.tolist(), strict=True)
    return sorted((names[a], names[t], Kind(k), m) for a, t, k, m in rows)


def dyad() -> Building:
    """i → j replies aged 0, 30, 60, 90 d; j → i replies aged 10, 40 d and a reaction aged 5 d, with far posts to reply to."""
    town = Building()
    at_j, at_i = town.post("j", "one", age=400), town.post("i", "one", age=401)
    for age in (0, 30, 60, 90):
        town.reply("i", at_j, age=age)
    for age in (10, 40):
        town.reply("j", at_i, age=age)
    town.react("j", at_i, age=5)
    return town


@pytest.mark.parametrize(("half_life", "left"), [(45, 0.0036), (90, 0.060), (180, 0.245)])
def test_weight_left_after_a_year(half_life: float, left: float) -> None:
    town = Building()
    town.reply("a", town.post("b", "one", age=700), age=365)
    snapshot = town.snapshot(half_life=half_life)
    assert pair(snapshot, "a", "b").S[0] == pytest.approx(left, abs=6e-4 if half_life == 180 else 6e-5 if half_life == 45 else 6e-4)


def test_the_dyad_of_the_design() -> None:
    row = pair(dyad().snapshot(), "i", "j")
    assert round(float(row.s_ij[0]), 4) in (2.9237, 1.9013)
    assert sorted((round(float(row.s_ij[0]), 4), round(float(row.s_ji[0]), 4))) == [1.9013, 2.9237]
    assert round(float(row.S[0]), 4) == 4.8250
    assert round(float(row.f[0]), 4) == 0.7070
    assert round(float(row.bal[0]), 4) == 0.7881
    assert float(row.emb[0]) == 0 and float(row.mul[0]) == 0
    assert round(float(row.r[0]), 4) == 0.4350


def test_overlap_and_contexts_raise_it_as_the_design_says() -> None:
    """emb .25 and mul .5 ⇒ R .5056: two groups for the pair, and one common neighbour of four in all."""
    town = dyad()
    names = {"i": ["p", "q"], "j": ["p", "r", "s"]}  # p is shared: n = 1, k = 3 and 4 with each other: 1 / (2 + 3 − 1) = .25
    for one, others in names.items():
        for other in others:
            town.reply(other, town.post(one, f"with {other} {one}", age=300), age=1)
    far = town.post("j", "two", age=800)
    town.reply("i", far, age=20_000)  # another group, without weight
    row = pair(town.snapshot(), "i", "j")
    assert float(row.emb[0]) == pytest.approx(0.25)
    assert float(row.mul[0]) == pytest.approx(0.5)
    assert round(float(row.r[0]), 4) == 0.5056


def test_co_participation_of_the_design() -> None:
    town = Building(until=NOON.date())
    age = town.age(NOON)
    start = town.post("S", "one", age=age)
    for k, author in enumerate("ABABAB"):
        town.reply(author, start, age=age - k / 1440)
    snapshot = town.snapshot(half_life=1e9)  # "all aged 0"
    assert round(float(pair(snapshot, "A", "S").S[0]), 6) == 3.0
    assert round(float(pair(snapshot, "B", "S").S[0]), 6) == 3.0
    assert round(float(pair(snapshot, "A", "B").S[0]), 6) == 0.30
    assert [float(pair(snapshot, *two).emb[0]) for two in ("AS", "BS", "AB")] == [1.0, 1.0, 1.0]
    assert round(float(pair(snapshot, "A", "S").r[0]), 3) == 0.300
    assert round(float(pair(snapshot, "A", "B").r[0]), 4) == 0.1174


def test_one_post_gives_one_event_per_addressee_of_the_heaviest_kind() -> None:
    town = Building()
    start = town.post("a", "one", age=30)
    town.reply("b", start, age=20, mentions=["a", "c"])
    assert kinds(town.snapshot()) == [("b", "a", Kind.REPLY, 1), ("b", "c", Kind.MENTION, 2)]


def test_a_mention_of_many_weighs_little_for_each() -> None:
    town = Building()
    town.post("a", "one", age=0, mentions=["b", "c", "d", "e"])
    snapshot = town.snapshot()
    assert float(pair(snapshot, "a", "b").S[0]) == pytest.approx(0.8 / 4)


def test_nobody_trusts_himself_and_bots_and_those_who_opted_out_are_nobody() -> None:
    town = Building()
    town.person("bot", counted=False)
    start = town.post("a", "one", age=9, mentions=["a"])
    town.reply("a", start, age=8)
    town.reply("bot", start, age=7, mentions=["a"])
    town.react("a", start, age=6)
    assert kinds(town.snapshot()) == []
    assert len(town.snapshot().trust) == 0


def test_at_most_five_reactions_of_one_to_another_in_a_local_week() -> None:
    town = Building(until=dt.date(2025, 6, 29))  # a Sunday: the last seven days are one ISO week
    posts = [town.post("a", "one", age=40 + k) for k in range(9)]
    for k, post in enumerate(posts):
        town.react("b", post, age=0.5 + k / 10)
    town.react("b", posts[0], age=7.5)  # the week before
    assert [kind for *_who, kind, _m in kinds(town.snapshot())] == [Kind.REACTION] * 6


def test_a_reply_in_a_thread_speaks_to_its_starter_unless_it_says_to_whom() -> None:
    town = Building()
    start = town.post("a", "one", age=30)
    answer = town.reply("b", start, age=20)
    town.reply("c", start, age=10, to=answer)
    assert [(a, t) for a, t, kind, _m in kinds(town.snapshot()) if kind == Kind.REPLY] == [("b", "a"), ("c", "b")]


def test_taking_part_needs_five_places_three_days_and_no_reply_between_the_two() -> None:
    town = Building(until=NOON.date())
    age = town.age(NOON)
    start = town.post("S", "one", age=age + 1)
    town.reply("A", start, age=age + 0.1)
    town.reply("B", start, age=age)
    assert [kind for a, t, kind, _m in kinds(town.snapshot()) if {a, t} == {"A", "B"}] == [Kind.TOGETHER]
    far = Building(until=NOON.date())
    start = far.post("S", "one", age=age + 9)
    far.reply("A", start, age=age + 4)
    far.reply("B", start, age=age)
    assert [kind for *_who, kind, _m in kinds(far.snapshot())] == [Kind.REPLY, Kind.REPLY]
    spoken = Building(until=NOON.date())
    start = spoken.post("S", "one", age=age + 1)
    said = spoken.reply("A", start, age=age + 0.1)
    spoken.reply("B", start, age=age, to=said)
    assert Kind.TOGETHER not in [kind for a, t, kind, _m in kinds(spoken.snapshot()) if {a, t} == {"A", "B"}]


def test_an_accepted_answer_counts_once_from_asker_to_answerer() -> None:
    town = Building()
    question = town.post("a", "one", age=400, question=True)
    answer = town.reply("b", question, age=390)
    town.accept(answer, age=0)
    town.accept(answer, age=0)
    accepted = [row for row in kinds(town.snapshot()) if row[2] == Kind.ACCEPTED]
    assert accepted == [("a", "b", Kind.ACCEPTED, 1)]


def test_a_strong_tie_needs_some_balance() -> None:
    town = Building()
    for k in range(40):
        town.reply("fan", town.post("star", f"g{k % 4}", age=300), age=1)
    row = pair(town.snapshot(), "fan", "star")
    assert not bool(row.strong[0])


_posts = st.lists(st.tuples(st.integers(0, 5), st.integers(0, 5), st.integers(0, 2), st.floats(0, 300)), min_size=1, max_size=40)


@settings(max_examples=60, deadline=None)
@given(_posts)
def test_trust_lies_between_0_and_1_and_does_not_depend_on_the_order_of_posts(said: list[tuple[int, int, int, float]]) -> None:
    def measured(rows: list[tuple[int, int, int, float]]) -> dict[tuple[str, str], float]:
        town = Building()
        for person in range(6):
            town.person(f"p{person}")
        for group in range(3):
            town.group(f"g{group}", members=[f"p{person}" for person in range(6)])
        for one, other, group, age in rows:
            town.post(f"p{one}", f"g{group}", age=age, mentions=[f"p{other}"])
        snapshot = town.snapshot()
        names, found = snapshot.people.name, snapshot.trust
        return {(names[i], names[j]): r for i, j, r in zip(found.i.tolist(), found.j.tolist(), found.r.tolist(), strict=True)}

    there, back = measured(said), measured(said[::-1])
    assert there == pytest.approx(back)
    assert all(0 <= r <= 1 for r in there.values())


def test_within_gives_what_a_plain_look_gives() -> None:
    generator = np.random.default_rng(7)
    town = Building()
    for _post in range(300):
        one, other = generator.integers(0, 30, 2)
        town.post(f"p{one}", "g", age=float(generator.uniform(0, 300)), mentions=[f"p{other}"])
    found = town.snapshot().trust
    members = np.array([3, 4, 5, 8, 13, 21], np.int32)
    plain = np.isin(found.i, members) & np.isin(found.j, members)
    inside = found.within(members)
    assert inside.r.tolist() == found.r[plain].tolist()
