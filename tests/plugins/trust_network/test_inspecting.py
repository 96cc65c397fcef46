"""The inspector's content: a name and a measure never stand together, under five people nothing is told, the numbers are those of the model."""

from __future__ import annotations

import re
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings, strategies as st

from cmdesk.core import circles as found_circles
from cmdesk.core.building import Building
from cmdesk.core.snapshot import Snapshot
from cmdesk.plugins.trust_network.inspecting import circle, gap, person, tie
from cmdesk.plugins.trust_network.inspecting.telling import Naming, Told
from cmdesk.simulation import CircleSizes, circles
from cmdesk.simulation.snapshots import snapshot as simulated

MEASURE = re.compile(r"\b0\.\d\d\b")


def dyad() -> Snapshot:
    """The pair of the goal model's worked example (§6), with three others so that ties may be shown."""
    town = Building()
    town.group("talk", ["Ann", "Bob", "Cem", "Dee", "Eve"])
    for age in (0, 30, 60, 90):
        town.reply("Ann", town.post("Bob", "talk", age), age)
    for age in (10, 40):
        town.reply("Bob", town.post("Ann", "talk", age), age)
    town.react("Bob", town.post("Ann", "talk", 5), 5)
    for name in ("Cem", "Dee", "Eve"):
        town.post(name, "talk", 3)
    return town.snapshot()


@pytest.fixture(scope="module")
def community() -> Snapshot:
    return simulated(circles(5, CircleSizes(people=90, departments=4, circles=5, days=400)))


def row(snapshot: Snapshot, name: str) -> int:
    return snapshot.people.name.index(name)


def test_the_parts_of_a_tie_are_those_of_the_worked_example_and_sum_to_r() -> None:
    town = dyad()
    ann, bob = row(town, "Ann"), row(town, "Bob")
    found = tie.parts(town, ann, bob)
    assert found is not None
    assert found.s_ij == pytest.approx(2.9237, abs=1e-4) and found.s_ji == pytest.approx(1.9013, abs=1e-4)
    assert found.f == pytest.approx(0.7070, abs=1e-4) and found.bal == pytest.approx(0.7881, abs=1e-4)
    assert found.r == pytest.approx(0.4350, abs=1e-4)
    assert found.exchange + found.balance + found.shared + found.multiplexity == pytest.approx(found.r)
    back = tie.parts(town, bob, ann)
    assert back is not None and (back.s_ij, back.s_ji) == (found.s_ji, found.s_ij)
    assert tie.parts(town, ann, row(town, "Cem")) is None


def test_the_parts_of_every_pair_sum_to_its_r(community: Snapshot) -> None:
    for i, j, r in zip(community.trust.i.tolist(), community.trust.j.tolist(), community.trust.r.tolist(), strict=True):
        found = tie.parts(community, j, i)
        assert found is not None and found.r == r
        assert found.exchange + found.balance + found.shared + found.multiplexity == pytest.approx(r)


def test_a_tie_under_pseudonyms_tells_r_both_directions_dates_and_contexts() -> None:
    town = dyad()
    told = tie.tell(Naming(town, names=False), row(town, "Ann"), row(town, "Bob"))
    words = told.words()
    assert "0.43" in words or "0.44" in words
    assert "2025-06-30" in words and "2025-04-01" in words and "talk" in words
    counts = next(part.table for part in told.sections if part.title == "Both directions")
    assert ("reply", "4", "2") in counts and ("reaction", "0", "1") in counts
    assert "Ann" not in words and "Bob" not in words


def test_with_names_a_tie_tells_when_and_where_and_no_measure() -> None:
    town = dyad()
    told = tie.tell(Naming(town, names=True), row(town, "Ann"), row(town, "Bob"))
    words = told.words()
    assert "Ann" in words and "2025-06-30" in words and "talk" in words
    assert not MEASURE.search(words) and "strong" not in told.subtitle


def test_a_pair_without_exchange_is_no_error() -> None:
    town = dyad()
    assert "No exchange" in tie.tell(Naming(town, names=False), row(town, "Cem"), row(town, "Dee")).subtitle
    assert tie.tell(Naming(town, names=False), 0, 0).subtitle.startswith("No exchange")


@pytest.mark.parametrize("names", [True, False])
def test_a_name_and_a_measure_never_stand_together(community: Snapshot, names: bool) -> None:
    shown = replace(community, people=replace(community.people, name=tuple(f"Zoë {k}x" for k in range(len(community.people)))))
    naming = Naming(shown, names=names)
    label = found_circles.containers(shown)
    every: list[Told] = [person.tell(naming, k, circle=label) for k in range(len(shown.people))]
    ties = shown.trust.ties()
    every += [tie.tell(naming, int(i), int(j)) for i, j in zip(ties.i[:40], ties.j[:40], strict=True)]
    for told in every:
        words = told.words()
        assert ("Zoë" in words) is names
        if names:
            assert not MEASURE.search(words) and "Strong ones" not in words
    assert any(MEASURE.search(told.words()) for told in every) is not names


def test_a_person_leads_to_ties_and_says_when_first_and_last_seen() -> None:
    town = dyad()
    told = person.tell(Naming(town, names=False), row(town, "Ann"))
    facts = dict(told.sections[0].facts)
    assert facts["First seen"] == "2025-04-01" and facts["Last seen"] == "2025-06-30"
    targets = [line.target for part in told.sections for line in part.lines if line.target]
    ids = town.people.id
    assert targets == [f"tie:{ids[row(town, 'Ann')]}:{ids[row(town, 'Bob')]}"]


def test_rare_departments_read_other_under_pseudonyms_and_by_name_with_names() -> None:
    town = Building()
    for k in range(6):
        town.person(f"s{k}", unit="Sales")
    town.person("lone", unit="Board")
    snapshot = town.snapshot()
    lone = row(snapshot, "lone")
    assert person.tell(Naming(snapshot, names=False), lone).subtitle == "other"
    assert person.tell(Naming(snapshot, names=True), lone).subtitle == "Board"


def test_who_does_not_count_has_no_ties_told() -> None:
    town = dyad()
    counted = town.people.counted.copy()
    counted[row(town, "Ann")] = False
    gone = replace(town, people=replace(town.people, counted=counted))
    told = person.tell(Naming(gone, names=False), row(town, "Ann"))
    assert len(told.sections) == 1 and not told.sections[0].lines


def test_under_five_people_nothing_is_told() -> None:
    town = Building()
    for age in range(0, 60, 5):
        town.reply("Ann", town.post("Bob", "", age), age)
    four = town.snapshot()
    naming = Naming(four, names=False)
    label = found_circles.containers(four)
    for told in (person.tell(naming, 0), tie.tell(naming, 0, 1), circle.tell(naming, 0, label), gap.tell(naming, np.array([0]), np.array([1]), ("a", "b"))):
        assert not MEASURE.search(told.words()) and not any(line.target.startswith("tie:") for part in told.sections for line in part.lines)


def test_a_circle_tells_people_density_departments_and_bridges(community: Snapshot) -> None:
    label = found_circles.containers(community)
    told = circle.tell(Naming(community, names=False), 0, label)
    facts = dict(told.sections[0].facts)
    members = np.flatnonzero(label == 0)
    assert facts["People"] == str(len(members))
    inside = community.trust.within(members)
    assert facts["Density of trust"] == f"{inside.r.sum() / (len(members) * (len(members) - 1) / 2):.2f}"
    for one in members.tolist():
        assert community.people.code[one] not in told.words().split()


def test_bridges_hold_every_tie_that_leaves_a_circle_and_hide_small_circles(community: Snapshot) -> None:
    label = found_circles.containers(community)
    sizes = np.bincount(label[label >= 0])
    ties = community.trust.ties()
    for number in range(len(sizes)):
        found = circle.bridges(community, number, label)
        assert all(bridge.other < 0 or sizes[bridge.other] >= 5 for bridge in found)
        leaving = (label[ties.i] == number) != (label[ties.j] == number)
        assert sum(bridge.ties for bridge in found) == int(leaving.sum())


def test_a_topic_is_what_two_of_a_circle_talked_about() -> None:
    town = Building()
    names = [f"p{k}" for k in range(6)]
    town.group("talk", names)
    both = town.post("p0", "talk", 4, tags=["travel"])
    town.reply("p1", both, 3)
    town.post("p2", "talk", 4, tags=["secret"])
    snapshot = town.snapshot()
    assert circle.topics(snapshot, np.arange(6, dtype=np.int32)) == [("travel", 1)]


def test_a_small_circle_is_not_told_of() -> None:
    town = dyad()
    told = circle.tell(Naming(town, names=False), 0, found_circles.containers(town))
    assert told.subtitle == "A small circle" and not MEASURE.search(told.words())


def bridged(pairs: list[tuple[int, int]], size: int = 6) -> tuple[Snapshot, np.ndarray, np.ndarray]:
    """Two departments of `size`; each pair of (row of the one, row of the other) writes to each other every week."""
    town = Building()
    sides = [[f"{side}{k}" for k in range(size)] for side in "ab"]
    for side in sides:
        for name in side:
            town.person(name, unit=side[0][0])
        for k in range(size):
            weekly(town, side[k], side[(k + 1) % size])
    for i, j in pairs:
        weekly(town, sides[0][i], sides[1][j])
    snapshot = town.snapshot()
    return snapshot, np.arange(size), np.arange(size, 2 * size)


def weekly(town: Building, one: str, other: str) -> None:
    for age in range(0, 90, 7):
        town.reply(one, town.post(other, "", age), age)
        town.reply(other, town.post(one, "", age), age)


def test_a_gap_without_a_tie_says_so_and_counts_nobody() -> None:
    snapshot, one, other = bridged([])
    found = gap.between(snapshot, one, other)
    assert (found.ties, found.here, found.there, found.held, found.able) == (0, 0, 0, False, 0)
    assert gap.tell(Naming(snapshot, names=True), one, other, ("A", "B")).subtitle == "No tie bridges the gap"


@pytest.mark.parametrize(
    ("pairs", "held", "words"),
    [
        ([(0, 0)], False, "Everything goes through one person"), ([(0, 0), (0, 1)], False, "Everything goes through one person"),
        ([(0, 0), (0, 1), (1, 0)], True, "Held by more"), ([(0, 0), (1, 1)], True, "Held by more"),
    ],
)  # fmt: skip
def test_a_gap_is_held_where_two_ties_share_no_person(pairs: list[tuple[int, int]], held: bool, words: str) -> None:
    snapshot, one, other = bridged(pairs)
    found = gap.between(snapshot, one, other)
    assert found.ties == len(pairs) and found.held is held
    told = gap.tell(Naming(snapshot, names=True), one, other, ("A", "B"))
    assert told.subtitle.startswith(words)
    assert not any(name in told.words() for name in snapshot.people.name)
    assert gap.between(snapshot, other, one) == gap.Gap(**{**{f: getattr(found, f) for f in found.__struct_fields__}, "here": found.there, "there": found.here})


def test_who_could_bridge_are_the_contacts_of_those_who_do() -> None:
    snapshot, one, other = bridged([(0, 0)])
    assert gap.between(snapshot, one, other).able == 4  # each end has two neighbours in its ring


def test_a_gap_of_few_people_is_not_told() -> None:
    snapshot, one, other = bridged([(0, 0)])
    told = gap.tell(Naming(snapshot, names=True), one[:4], other, ("A", "B"))
    assert "fewer than five" in told.words() and not told.subtitle


@settings(max_examples=30, deadline=None)
@given(st.sets(st.tuples(st.integers(0, 3), st.integers(0, 3)), max_size=6))
def test_held_is_what_it_says(pairs: set[tuple[int, int]]) -> None:
    snapshot, one, other = bridged(sorted(pairs), 5)
    ties = gap.between(snapshot, one, other)
    across = [(i, j) for i, j in zip(snapshot.trust.ties().i.tolist(), snapshot.trust.ties().j.tolist(), strict=True) if i < 5 <= j]
    assert ties.ties == len(across)
    assert ties.held == any(a[0] != b[0] and a[1] != b[1] for a in across for b in across)
