"""What is filled in by hand: undoable, dated, named by platform keys, and of two values for a day the later one holds."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st

from cmdesk.core import dump, edits, filled, groups, history, inputs
from cmdesk.core.community import Community
from cmdesk.core.errors import CmdeskError
from cmdesk.core.records import Group, Input, Origin, Person, Post
from tests.core.importing.stating import import_records

POST, GROUP = "slack:T/1", "slack:T/g"
SLACK = Origin("slack", "T")
EXPORT = [SLACK, Person("ann", name="Ann"), Group("g", "Team"), Post("1", author="ann", group="g", at=1_000, text="idea: bikes")]


@pytest.fixture
def community(tmp_path: Path) -> Iterator[Community]:
    with Community.create(tmp_path / "test.cmdesk", "Test") as opened:
        import_records(opened, tmp_path, EXPORT)
        yield opened


def lines(community: Community) -> list[str]:
    with community.reading() as connection:
        return list(dump.text(connection))


def statuses(community: Community) -> list[tuple[str, str]]:
    with community.reading() as connection:
        return [(one.day, one.value) for one in filled.said(connection, "post", "status").get((POST, "status"), [])]


def status(value: str, day: str = "2026-01-01") -> Input:
    return Input("post", POST, "status", value, day)


def owner(community: Community) -> str:
    with community.reading() as connection:
        return next(row.owner for row in groups.rows(connection) if row.ref == GROUP)


def test_a_status_has_its_days_and_can_be_taken_back(community: Community) -> None:
    assert inputs.fill_in(community, [status("taken_up")], "one") == 1
    assert inputs.fill_in(community, [status("adopted", "2026-02-01"), status("taken_up")], "two") == 1  # the second says nothing new
    assert statuses(community) == [("2026-01-01", "taken_up"), ("2026-02-01", "adopted")]
    assert inputs.fill_in(community, [status("")], "back") == 1
    assert statuses(community) == [("2026-02-01", "adopted")]
    history.undo(community)
    assert statuses(community) == [("2026-01-01", "taken_up"), ("2026-02-01", "adopted")]


@pytest.mark.parametrize(
    "wrong",
    [
        Input("post", POST, "status", "great", "2026-01-01"), Input("post", POST, "status", "open", "1 Jan"), Input("post", POST, "owner", "x", "2026-01-01"),
        Input("group", GROUP, "check_rule", "perhaps", "2026-01-01"), Input("group", GROUP, "pulse_know", "1,2,3", "2026-01-01"),
        Input("group", GROUP, "pulse_know", "1,2,3,4,-5", "2026-01-01"), Input("group", GROUP, "review", "soon", "2026-01-01"),
        Input("wall", GROUP, "review", "2026-01-01", "2026-01-01"), Input("post", "", "status", "open", "2026-01-01"),
        Input("group", GROUP, "purpose", "x" * 2_001, "2026-01-01"), Input("page", "p", "confirmed", "no", "2026-01-01"),
    ],
)  # fmt: skip
def test_what_does_not_fit_is_refused_and_nothing_is_taken(community: Community, wrong: Input) -> None:
    before = lines(community)
    with pytest.raises(CmdeskError):
        inputs.fill_in(community, [status("open"), wrong], "both")
    assert lines(community) == before


def test_an_import_sets_the_same_aside_with_its_reason(community: Community, tmp_path: Path) -> None:
    records = [Origin("sheet", "s"), status("adopted"), status("great"), Input("post", "slack:T/9", "status", "open", "2026-01-01"),
               Input("group", "Team", "owner", "Ann", "2026-01-01")]  # fmt: skip
    line = import_records(community, tmp_path, records).facts["input"]
    assert (line.stated, line.stored, line.set_aside) == (4, 2, 2)
    assert owner(community) == "Ann"
    with community.reading() as connection:
        told = connection.execute("SELECT place, why FROM set_aside").fetchall()
    assert any("great" in why for _place, why in told) and any("slack:T/9" in place for place, _why in told)


def test_of_two_for_a_day_the_later_one_holds(community: Community, tmp_path: Path) -> None:
    inputs.fill_in(community, [status("declined")], "typed")
    result = import_records(community, tmp_path, [Origin("sheet", "s"), status("adopted")])
    assert statuses(community) == [("2026-01-01", "adopted")]
    inputs.fill_in(community, [status("tried")], "typed again")
    assert statuses(community) == [("2026-01-01", "tried")]
    history.undo(community)
    assert statuses(community) == [("2026-01-01", "adopted")]
    history.undo_import(community, result.import_id)
    assert statuses(community) == [("2026-01-01", "declined")]


def test_an_imported_value_can_be_taken_back_by_hand(community: Community, tmp_path: Path) -> None:
    import_records(community, tmp_path, [Origin("sheet", "s"), status("adopted")])
    inputs.fill_in(community, [status("")], "away")
    assert statuses(community) == []
    history.undo(community)
    assert statuses(community) == [("2026-01-01", "adopted")]


def test_owner_of_a_list_and_of_the_window(community: Community, tmp_path: Path) -> None:
    with community.reading() as connection:
        team = groups.find(connection, "Team")
    edits.edit_group(community, team, owner="Bob")
    import_records(community, tmp_path, [Origin("sheet", "s"), Input("group", GROUP, "owner", "Ann", "2026-01-01")])
    assert owner(community) == "Ann"
    edits.edit_group(community, team, owner="Cem")
    assert owner(community) == "Cem"
    history.undo(community)
    assert owner(community) == "Ann"
    inputs.fill_in(community, [Input("group", GROUP, "owner", "Dan", "2026-02-01")], "typed")
    assert owner(community) == "Dan"
    history.undo(community)
    assert owner(community) == "Ann"


def test_it_sleeps_while_the_post_is_away(community: Community, tmp_path: Path) -> None:
    inputs.fill_in(community, [status("adopted")], "typed")
    with community.reading() as connection:
        first = connection.execute("SELECT min(id) FROM imports").fetchone()[0]
    with pytest.raises(CmdeskError, match="no import"):
        history.undo_import(community, first + 99)
    from cmdesk.core import loading, worklist

    with community.reading() as connection:
        assert [row.status for row in worklist.Threads(connection).rows(connection, worklist.Threads(connection).ids)] == ["adopted"]
        assert len(loading.load(connection).by_hand.statuses) == 1
    from cmdesk.core.importing.undo import retract

    with community.pragma("foreign_keys=OFF", "foreign_keys=ON"), community.writing("facts") as connection:
        retract(connection, first)
    with community.reading() as connection:
        assert worklist.Threads(connection).ids == []
        assert loading.load(connection).by_hand.statuses == {}
    import_records(community, tmp_path, EXPORT)
    with community.reading() as connection:
        assert len(loading.load(connection).by_hand.statuses) == 1


_days = st.sampled_from(["2026-01-01", "2026-02-01"])
_said = st.one_of(
    st.builds(Input, st.just("post"), st.just(POST), st.just("status"), st.sampled_from(["", "open", "adopted"]), _days),
    st.builds(Input, st.just("group"), st.just(GROUP), st.sampled_from(["check_rule", "check_owner"]), st.sampled_from(["", "yes", "no"]), _days),
    st.builds(Input, st.just("group"), st.just(GROUP), st.sampled_from(["owner", "purpose"]), st.sampled_from(["", "A", "B"]), _days),
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.tuples(st.booleans(), st.lists(_said, min_size=1, max_size=3)), max_size=6))
def test_undo_walks_all_the_way_back_and_redo_forward(steps: list[tuple[bool, list[Input]]]) -> None:
    with tempfile.TemporaryDirectory() as name, Community.create(Path(name) / "a.cmdesk", "C") as community:
        import_records(community, Path(name), EXPORT)
        seen = [(lines(community), owner(community))]
        for number, (_kind, every) in enumerate(steps):
            distinct = list({(one.ref, one.field, one.day): one for one in every}.values())
            if inputs.fill_in(community, distinct, f"step {number}"):
                seen.append((lines(community), owner(community)))
        for state in reversed(seen[:-1]):
            history.undo(community)
            assert (lines(community), owner(community)) == state
        for state in seen[1:]:
            history.redo(community, lambda *_: None)
            assert (lines(community), owner(community)) == state


def test_what_holds_on_a_day_and_before_anything_was_said(community: Community) -> None:
    every = [Input("group", GROUP, "check_rule", value, day) for value, day in (("no", "2026-01-10"), ("yes", "2026-03-10"))]
    inputs.fill_in(community, every, "both")
    with community.reading() as connection:
        found = [filled.latest(connection, "group", day)[GROUP]["check_rule"].value for day in ("2025-12-31", "2026-02-01", "2026-03-10", filled.FOREVER)]
    assert found == ["no", "no", "yes", "yes"]
