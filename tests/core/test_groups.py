"""Groups: nested, named by name or path, with purpose, owner and goals as undoable commands."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from cmdesk.core import dump, edits, goals, groups, history
from cmdesk.core.community import Community
from cmdesk.core.errors import CmdeskError
from cmdesk.core.records import Group, Membership, Origin, Person, Post
from tests.core.importing.stating import import_records

RECORDS = [
    Origin("slack", "T"), Group("d1", "North"), Group("d2", "South"), Group("t1", "Team", parent="d1"), Group("t2", "Team", parent="d2"),
    Person("a", "Ann"), Membership("a", "t1"), Post("1", "a", "t1", 1_000), Post("2", "a", "d1", 2_000), Post("3", "a", "d1", 3_000, event=True),
]  # fmt: skip


@pytest.fixture
def community(tmp_path: Path) -> Iterator[Community]:
    with Community.create(tmp_path / "test.cmdesk", "Test") as opened:
        import_records(opened, tmp_path, RECORDS)
        yield opened


def find(community: Community, name: str) -> groups.GroupRow:
    with community.reading() as connection:
        wanted = groups.find(connection, name)
        return next(line for line in groups.rows(connection) if line.id == wanted)


def state(community: Community) -> list[str]:
    with community.reading() as connection:
        return list(dump.text(connection))


def test_a_group_is_found_by_name_path_key_and_in_any_case(community: Community) -> None:
    assert find(community, "North").path == "North"
    assert find(community, "North/Team").ref == "slack:T/t1"
    assert find(community, "slack:T/t2").path == "South/Team"
    assert find(community, "north/team").ref == "slack:T/t1"
    assert find(community, "Test").id == 1


def test_two_groups_of_one_name_want_the_path(community: Community) -> None:
    with pytest.raises(CmdeskError, match="2 groups named “Team”") as told:
        find(community, "Team")
    assert "North/Team" in told.value.hint and "South/Team" in told.value.hint
    with pytest.raises(CmdeskError, match="no group named “West”"):
        find(community, "West")


def test_counts_leave_out_system_messages(community: Community) -> None:
    assert (find(community, "North").posts, find(community, "North/Team").posts, find(community, "Test").posts) == (1, 1, 2)
    assert (find(community, "North/Team").members, find(community, "Test").members) == (1, 1)


def test_groups_in_a_circle_of_parents_hang_below_the_community(community: Community, tmp_path: Path) -> None:
    import_records(community, tmp_path, [Origin("odd", "O"), Group("x", "X", parent="y"), Group("y", "Y", parent="x"), Group("z", "Z", parent="z")])
    assert {find(community, name).parent for name in "XYZ"} == {1}


def test_goals_and_purpose_are_undone_step_by_step(community: Community) -> None:
    north, before = find(community, "North").id, state(community)
    goals.set(community, north, "solve", 5)
    middle = state(community)
    edits.edit_group(community, north, purpose="Decide together", owner="Ann")
    assert find(community, "North").purpose == "Decide together"
    assert find(community, "North").goals == (("solve", 5),)
    history.undo(community)
    assert state(community) == middle
    history.undo(community)
    assert state(community) == before
    history.redo(community, lambda *_all: None)
    assert state(community) == middle


def test_a_goal_sleeps_while_its_group_is_away_and_wakes_with_it(community: Community, tmp_path: Path) -> None:
    goals.set(community, find(community, "North").id, "find")
    [newest] = _imports(community)
    history.undo_import(community, newest)
    with community.reading() as connection:
        assert goals.rows(connection) == []
    import_records(community, tmp_path, RECORDS)
    with community.reading() as connection:
        assert [(row.group, row.goal) for row in goals.rows(connection)] == [("North", "find")]


def _imports(community: Community) -> list[int]:
    from cmdesk.core import importing

    with community.reading() as connection:
        return [row.id for row in importing.rows(connection)]


@pytest.mark.parametrize(("goal", "importance"), [("win", 3), ("find", 0), ("find", 6)])
def test_what_is_no_goal_or_importance_is_refused(community: Community, goal: str, importance: int) -> None:
    before = state(community)
    with pytest.raises(CmdeskError):
        goals.set(community, 1, goal, importance)
    assert state(community) == before


def test_a_private_conversation_is_not_named_after_the_people_in_it(tmp_path: Path) -> None:
    """Slack, Mattermost and Discord name it by handles; those are names."""
    with Community.create(tmp_path / "dm.cmdesk", "Test") as opened:
        import_records(opened, tmp_path, [Origin("slack", "T"), Group("G1", "ann, bob, cas", kind="direct"), Group("G2", kind="direct"), Person("a", "Ann")])
        with opened.reading() as connection:
            names = {line.ref: line.name for line in groups.rows(connection)}
        assert names["slack:T/G1"].startswith("DM-") and names["slack:T/G2"].startswith("DM-")
        assert names["slack:T/G1"] != names["slack:T/G2"]
        assert find(opened, names["slack:T/G1"]).ref == "slack:T/G1"
