"""What-if: the new snapshot is that of a community where it were so, and the old one stays as it was."""

from __future__ import annotations

import numpy as np
import pytest

from cmdesk.core import what_if
from cmdesk.core.building import Building
from cmdesk.core.snapshot import Snapshot


def town(seed: int, gone: frozenset[str] = frozenset()) -> Building:
    """A random community; the people in `gone` are there but count for nothing."""
    generator = np.random.default_rng(seed)
    built, people = Building(), [f"p{k}" for k in range(14)]
    for person in people:
        built.person(person, counted=person not in gone)
    for group in ("a", "b", "c"):
        built.group(group, members=[person for person in people if generator.uniform() < 0.6], parent="a" if group == "c" else "")
    starts: list[int] = []
    for _k in range(200):
        author, age = people[generator.integers(14)], float(generator.uniform(0, 200))
        mentioned = [people[k] for k in set(generator.integers(0, 14, generator.integers(0, 3)).tolist())]
        if starts and generator.uniform() < 0.6:
            post = built.reply(author, starts[generator.integers(len(starts))], age=age, mentions=mentioned)
        else:
            starts.append(built.post(author, "abc"[generator.integers(3)], age=max(age, 150), mentions=mentioned, question=generator.uniform() < 0.5))
            post = starts[-1]
        if generator.uniform() < 0.5:
            built.react(people[generator.integers(14)], post)
    return built


def trusted(snapshot: Snapshot) -> dict[frozenset[str], float]:
    names, found = snapshot.people.name, snapshot.trust
    return {frozenset((names[i], names[j])): round(r, 12) for i, j, r in zip(found.i.tolist(), found.j.tolist(), found.r.tolist(), strict=True)}


def rosters(snapshot: Snapshot) -> dict[str, list[str]]:
    return {name: sorted(snapshot.people.name[row] for row in snapshot.groups.roster[k]) for k, name in enumerate(snapshot.groups.name)}


@pytest.mark.parametrize("seed", range(8))
def test_without_somebody_is_as_if_he_counted_for_nothing(seed: int) -> None:
    gone = frozenset({"p3", "p7"})
    whole = town(seed).snapshot()
    before = trusted(whole)
    left = what_if.without(whole, [whole.people.name.index(name) for name in gone])
    never = town(seed, gone).snapshot()
    assert trusted(left) == trusted(never)
    assert rosters(left) == rosters(never)
    assert left.competence.k.tolist() == never.competence.k.tolist()
    assert trusted(whole) == before and bool(whole.people.counted.all())


@pytest.mark.parametrize("seed", range(8, 40))
def test_what_is_carried_over_is_what_would_be_worked_out_anew(seed: int) -> None:
    generator = np.random.default_rng(seed)
    gone = frozenset(f"p{k}" for k in generator.integers(0, 14, generator.integers(1, 4)))
    whole = what_if.with_ties(town(seed).snapshot(), [(0, 5), (3, 9)])
    rows = [whole.people.name.index(name) for name in gone]
    fresh = what_if.without(whole, rows)
    assert "events" not in fresh.__dict__, "nothing was known yet"
    _known = whole.events, whole.trust
    carried = what_if.without(whole, rows)
    assert "events" in carried.__dict__ and "trust" in carried.__dict__
    assert told(carried) == told(fresh)
    for name in ("i", "j", "contexts"):
        assert getattr(carried.trust, name).tolist() == getattr(fresh.trust, name).tolist()
    for name in ("s_ij", "s_ji", "S", "bal", "emb", "mul", "r"):
        assert getattr(carried.trust, name) == pytest.approx(getattr(fresh.trust, name), abs=1e-12), name
    twice = what_if.without(carried, [next(row for row in range(14) if row not in rows)])
    assert trusted(twice) == trusted(what_if.without(fresh, [next(row for row in range(14) if row not in rows)]))


def told(snapshot: Snapshot) -> list[tuple[int, ...]]:
    happened = snapshot.events
    return sorted(zip(*(getattr(happened, name).tolist() for name in ("actor", "target", "kind", "m", "at", "group", "post")), strict=True))


def test_who_comes_is_in_the_groups_around_too() -> None:
    whole = town(1).snapshot()
    stranger = next(row for row in range(14) if row not in whole.groups.roster[whole.groups.name.index("a")])
    there = what_if.with_members(whole, whole.groups.name.index("c"), [stranger])
    name = whole.people.name[stranger]
    assert name in rosters(there)["c"] and name in rosters(there)["a"]
    assert rosters(there)["b"] == rosters(whole)["b"]
    assert trusted(there) == trusted(whole)


def test_an_added_tie_is_a_strong_one_and_disturbs_no_other_pair_s_exchange() -> None:
    built = Building()
    for name in "abcd":
        built.person(name)
    built.post("a", "g", age=3, mentions=["b"])
    whole = built.snapshot()
    added = what_if.with_ties(whole, [(2, 3), (2, 2)], group=1)
    found = added.trust
    row = int(np.flatnonzero((found.i == 2) & (found.j == 3))[0])
    assert bool(found.strong[row]) and len(found) == 2
    assert float(found.S[row]) == pytest.approx(2 * sum(2 ** (-7 * k / 90) for k in range(what_if.WEEKS)))
    assert len(whole.trust) == 1


def test_a_circle_becomes_a_group_and_a_group_is_split() -> None:
    whole = town(2).snapshot()
    a = whole.groups.name.index("a")
    members = whole.groups.roster[a]
    circled = what_if.with_group(whole, "Circle", members[:4])
    assert rosters(circled)["Circle"] == sorted(whole.people.name[row] for row in members[:4])
    assert set(circled.groups.inside[0].tolist()) == set(range(len(whole.groups) + 1))
    halves = what_if.split(whole, a, [("Left", members[:3]), ("Right", [*members[3:].tolist(), 99_999 % 14])])
    assert set(rosters(halves)["Left"]) | set(rosters(halves)["Right"]) <= set(rosters(whole)["a"])
    assert rosters(halves)["a"] == rosters(whole)["a"]
    assert halves.groups.path[-1] == "a/Right"
    assert len(whole.groups) == 4
