"""Undo and redo: the newest standing command first, never over a later change."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from cmdesk.core import dump, edits, goals, groups, history
from cmdesk.core.changes import Changes
from cmdesk.core.community import Community
from cmdesk.core.errors import CmdeskError
from cmdesk.core.records import Group, Origin, Person, Post
from tests.core.importing.stating import import_records


@pytest.fixture
def community(tmp_path: Path) -> Iterator[Community]:
    with Community.create(tmp_path / "test.cmdesk", "Test") as opened:
        yield opened


def lines(community: Community) -> list[str]:
    with community.reading() as connection:
        return list(dump.text(connection))


def never(*_: object) -> None:
    raise AssertionError("no import was undone")


def test_undo_and_redo_walk_the_same_way_back_and_forth(community: Community) -> None:
    states = [lines(community)]
    goals.set(community, 1, "find")
    states.append(lines(community))
    goals.set(community, 1, "find", 5)
    states.append(lines(community))
    goals.remove(community, 1, "find")
    states.append(lines(community))
    edits.edit_group(community, 1, purpose="Help each other", owner="Ann")
    states.append(lines(community))
    for state in reversed(states[:-1]):
        history.undo(community)
        assert lines(community) == state
    with pytest.raises(CmdeskError, match="nothing to undo"):
        history.undo(community)
    for state in states[1:]:
        history.redo(community, never)
        assert lines(community) == state
    with pytest.raises(CmdeskError, match="nothing to redo"):
        history.redo(community, never)


def test_a_new_command_ends_redo(community: Community) -> None:
    goals.set(community, 1, "find")
    history.undo(community)
    goals.set(community, 1, "solve")
    with pytest.raises(CmdeskError, match="nothing to redo"):
        history.redo(community, never)


def test_history_only_grows_and_says_what_was_undone(community: Community) -> None:
    goals.set(community, 1, "find")
    history.undo(community)
    history.redo(community, never)
    with community.reading() as connection:
        rows = history.rows(connection)
    assert [(row.state, row.title) for row in rows] == [
        ("redo", "Goal “Find information” for Test"), ("undo", "Goal “Find information” for Test"), ("done", "Goal “Find information” for Test"),
    ]  # fmt: skip


def test_goals_sleep_while_their_group_is_gone(community: Community, tmp_path: Path) -> None:
    export = [Origin("slack", "T"), Group("g", "help"), Post("p", group="g", at=1)]
    import_records(community, tmp_path, export)
    with community.reading() as connection:
        goals.set(community, groups.find(connection, "help"), "find", 4)
    with community.reading() as connection:
        (row,) = list(connection.execute("SELECT id FROM imports"))
    history.undo_import(community, row[0])
    with community.reading() as connection:
        assert goals.rows(connection) == []
    import_records(community, tmp_path, export)
    with community.reading() as connection:
        assert [(row.group, row.goal, row.importance) for row in goals.rows(connection)] == [("help", "find", 4)]


def test_wrong_goals_are_refused_in_words(community: Community) -> None:
    with pytest.raises(CmdeskError, match="no goal “fly”"):
        goals.set(community, 1, "fly")
    with pytest.raises(CmdeskError, match="between 1 and 5"):
        goals.set(community, 1, "find", 6)
    with pytest.raises(CmdeskError, match="does not have the goal"):
        goals.remove(community, 1, "find")
    with pytest.raises(CmdeskError, match="no longer there"):
        goals.set(community, 99, "find")
    assert lines(community) == [line for line in lines(community) if not line.startswith("goal")]


def test_an_edit_of_a_member_lies_over_the_facts(community: Community, tmp_path: Path) -> None:
    import_records(community, tmp_path, [Origin("slack", "T"), Person("a", name="Ann", unit="Sales")])
    with community.reading() as connection:
        member = connection.execute("SELECT id FROM members").fetchone()[0]
    edits.edit_member(community, member, unit="Care")

    def unit() -> str:
        with community.reading() as connection:
            return str(connection.execute("SELECT unit FROM members").fetchone()[0])

    assert unit() == "Care"
    history.undo(community)
    assert unit() == "Sales"


def test_listeners_hear_what_changed(community: Community) -> None:
    heard: list[Changes] = []
    community.changed.append(heard.append)
    goals.set(community, 1, "find")
    history.undo(community)
    assert [sorted(one.tables) for one in heard] == [["goals", "history"], ["goals", "history"]]


def test_groups_are_found_by_path_name_and_key(community: Community, tmp_path: Path) -> None:
    import_records(
        community, tmp_path,
        [Origin("slack", "T"), Group("1", "Care"), Group("2", "help", parent="1"), Group("3", "Sales"), Group("4", "help", parent="3")],
    )  # fmt: skip
    with community.reading() as connection:
        assert groups.find(connection, "Care/help") != groups.find(connection, "sales/help")
        assert groups.find(connection, "slack:T/4") == groups.find(connection, "Sales/help")
        with pytest.raises(CmdeskError, match="2 groups named “help”"):
            groups.find(connection, "help")
        with pytest.raises(CmdeskError, match="no group named"):
            groups.find(connection, "nobody")
        assert groups.find(connection, "Test") == 1
