"""Checklist, ideas followed up and the pulse, by hand."""

from __future__ import annotations

from dataclasses import replace

import pytest

from cmdesk.core.building import Building
from cmdesk.core.by_hand import Answer, ByHand
from cmdesk.core.snapshot import DAY, Snapshot

from .worlds import measure, missing, seal, team, value

LAST = 20_269  # 2025-06-30 in days since 1970


def with_hand(snapshot: Snapshot, **what: object) -> Snapshot:
    return replace(snapshot, by_hand=ByHand(**what), kept={}, _measures={})  # type: ignore[arg-type]


def row(snapshot: Snapshot, group: str = "team") -> int:
    return snapshot.groups.name.index(group)


def person(snapshot: Snapshot, name: str) -> int:
    return snapshot.people.name.index(name)


def test_the_checklist_counts_once_something_was_answered_by_hand() -> None:
    snapshot = seal(team("a", "b", "c"))
    assert "checklist" in missing(snapshot, "man")
    k = row(snapshot)
    found = with_hand(snapshot, checks={k: {"rule": True, "posting": True, "review": True}}, purposes=frozenset({k}), owners={k: person(snapshot, "a")})
    assert value(found, "man") == 5 / 6  # no role is known of anybody
    assert "checklist" in missing(found, "man", "elsewhere")


def test_what_is_neither_answered_nor_told_counts_as_no() -> None:
    snapshot = seal(team("a", "b", "c"))
    k = row(snapshot)
    found = measure(with_hand(snapshot, checks={k: {"rule": False}}, owners={k: -1}), "man")
    assert found.value == 0.0
    assert found.n == 3  # rule, purpose and review are known; who may post, the owner and roles are not


@pytest.mark.parametrize(("age", "active"), [(29.9, True), (30.1, False)])
def test_an_owner_is_active_for_thirty_days(age: float, active: bool) -> None:
    town = Building()
    town.group("team", members=["a", "b"])
    town.post("a", "elsewhere", age=age)
    town.post("b", "team", age=1)
    snapshot = seal(town)
    k = row(snapshot)
    assert value(with_hand(snapshot, checks={k: {"rule": False}}, owners={k: person(snapshot, "a")}), "man") == (1 / 6 if active else 0.0)


def test_an_answer_goes_before_what_the_data_tell() -> None:
    snapshot = seal(team("a", "b"))
    k = row(snapshot)
    hand = {"owner": True, "purpose": False, "roles": True, "rule": True}
    assert value(with_hand(snapshot, checks={k: hand}, purposes=frozenset({k})), "man") == 3 / 6


def test_roles_are_seen_from_sixty_percent_on() -> None:
    for roles, expected in ((2, 0.0), (3, 1 / 6)):
        town = team("a", "b", "c", "d", "e")
        for name in "abcde"[:roles]:
            town.person(name, role="engineer")
        snapshot = seal(town)
        assert value(with_hand(snapshot, checks={row(snapshot): {"rule": False}}), "man") == expected


def test_the_checklist_is_the_same_without_moderators() -> None:
    town = team("a", "b", "c")
    town.person("a", moderator=True)
    for more in ({}, {"with_moderators": False}):
        snapshot = seal(town, **more)
        k = row(snapshot)
        assert value(with_hand(snapshot, checks={k: {"rule": True}}, owners={k: person(snapshot, "a")}), "man") == 2 / 6


def ideas(ages: list[float]) -> tuple[Snapshot, list[int]]:
    town = team("a", "b")
    for age in ages:
        town.post("a", "team", age=age, idea=True)
    snapshot = seal(town)
    rows = [k for k in range(len(snapshot.posts)) if snapshot.posts.idea[k]]
    return snapshot, sorted(rows, key=lambda k: int(snapshot.posts.at[k]), reverse=True)


def test_ideas_that_got_a_status_within_ninety_days() -> None:
    snapshot, rows = ideas([10.0, 95.0, *(100.0 + k for k in range(11))])  # the first is too young, 12 count
    began = [LAST - int((snapshot.until - int(snapshot.posts.at[k])) // DAY) for k in rows]
    hits = {rows[1]: (began[1] + 90,), rows[2]: (began[2],), rows[3]: (began[3] + 91,), rows[4]: (began[4] - 1,), rows[5]: (), rows[0]: (began[0],)}
    found = measure(with_hand(snapshot, statuses=hits), "follow", "Community")
    assert found.n == 12
    assert found.value == pytest.approx(2 / 12)  # the community's own rate is not shrunk
    assert measure(with_hand(snapshot, statuses=hits), "follow").value == pytest.approx((2 + 10 * 2 / 12) / 22)


def test_follow_is_missing_without_ideas_without_statuses_and_with_few() -> None:
    assert "idea" in missing(seal(team("a", "b")), "follow")
    snapshot, rows = ideas([100.0 + k for k in range(12)])
    assert "status" in missing(snapshot, "follow")
    few, some = ideas([100.0, 110.0])
    assert "2 ideas" in missing(with_hand(few, statuses={some[0]: ()}), "follow")
    assert value(with_hand(snapshot, statuses={rows[0]: ()}), "follow", "Community") == 0.0  # said to be open: nothing changed


def asked(count: int, day: int = LAST, mark: float = 0.75, person: int = -1) -> tuple[Answer, ...]:
    return (Answer(person, day, mark),) * count


def test_the_pulse_needs_eight_answers_and_forty_percent() -> None:
    names = [f"p{k}" for k in range(20)]
    snapshot = seal(team(*names))
    k = row(snapshot)
    assert "not asked" in missing(snapshot, "pulse_know")
    assert "7 people" in missing(with_hand(snapshot, pulse={(k, "know"): asked(7)}), "pulse_know")
    found = measure(with_hand(snapshot, pulse={(k, "know"): (*asked(6), *asked(2, mark=0.25))}), "pulse_know")
    assert found.value == pytest.approx(5 / 8)
    assert found.n == 8
    assert found.low is not None and found.high is not None and found.low < 5 / 8 < found.high
    big = seal(team(*(f"p{k}" for k in range(21))))
    assert "38 %" in missing(with_hand(big, pulse={(row(big), "know"): asked(8)}), "pulse_know")


def test_the_newest_round_counts_and_a_persons_newest_answer() -> None:
    snapshot = seal(team(*(f"p{k}" for k in range(10))))
    k = row(snapshot)
    rounds = (*asked(10, LAST - 50, 0.0), *asked(8, LAST - 5, 1.0))
    assert value(with_hand(snapshot, pulse={(k, "safe"): rounds}), "pulse_safe") == 1.0
    again = tuple(Answer(p, LAST - d, mark) for p in range(8) for d, mark in ((40, 0.0), (2, 0.5)))
    assert value(with_hand(snapshot, pulse={(k, "got"): again}), "pulse_got") == 0.5
    assert "not asked" in missing(with_hand(snapshot, pulse={(k, "got"): asked(10, LAST - 181)}), "pulse_got")


def test_a_group_that_was_not_asked_has_the_answers_of_those_inside() -> None:
    snapshot = seal(team(*(f"p{k}" for k in range(10))))
    hand = {(row(snapshot), "trust"): asked(9, mark=1.0)}
    assert value(with_hand(snapshot, pulse=hand), "pulse_trust", "Community") == 1.0
