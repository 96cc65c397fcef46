"""A circle that became a group is a group like any other, and the command can be taken back without a trace."""

from __future__ import annotations

from pathlib import Path

import pytest

from cmdesk.core import assessments, circle_store, dump, goal_model, goals, grouping, groups, history, importing, loading
from cmdesk.core.community import Community
from cmdesk.core.errors import CmdeskError
from cmdesk.pluginhost import Host
from cmdesk.simulation import CircleSizes, circles, write_slack


@pytest.fixture(scope="module")
def export(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("circles") / "export.zip"
    write_slack(circles(3, CircleSizes(people=90, departments=4, circles=6, days=300)), path)
    return path


@pytest.fixture
def assessed(community: Community, export: Path, host: Host) -> Community:
    importing.run(community, [export])
    assessments.run(community, host, model=goal_model.shipped())
    return community


def text(community: Community) -> str:
    with community.reading() as connection:
        return "\n".join(dump.text(connection))


def members_of(community: Community, group: int) -> set[str]:
    with community.reading() as connection:
        snapshot = loading.load(connection)
    row = snapshot.groups.id.tolist().index(group)
    return {snapshot.people.ref[k] for k in snapshot.groups.roster[row]}


def test_a_circle_becomes_a_group_and_back(assessed: Community, host: Host) -> None:
    before = text(assessed)
    with assessed.reading() as connection:
        report = assessments.load(connection, 1)
        members = circle_store.members(connection, 1, 1)
        parent = next(line.id for line in groups.rows(connection) if line.kind == "channel")
    assert report.circles and report.circles[0].people == len(members) >= 5
    made = grouping.of_circle(assessed, 1, "  Ring   one ", parent=parent)
    with assessed.reading() as connection:
        line = next(line for line in groups.rows(connection) if line.id == made)
    assert line.name == "Ring one" and line.parent == parent and line.members == len(members) and line.kind == "circle"
    assert members_of(assessed, made) == set(members)
    goals.set(assessed, made, "collaborate")
    done = assessments.run(assessed, host, model=goal_model.shipped(), groups=[made], goals=["collaborate"])
    with assessed.reading() as connection:
        (score,) = assessments.load(connection, done).scores
    assert score.chosen and score.people == len(members) and score.fit is not None
    assert ("collaborate" in report.circles[0].fits) == (score.verdict == "fits")  # judged as a circle, judged as the group: the same
    assert "made_group\t" in text(assessed)
    history.undo(assessed)
    history.undo(assessed)
    assert text(assessed) == before
    history.redo(assessed, lambda *_: None)
    assert members_of(assessed, made) == set(members)


def test_what_a_name_may_be(assessed: Community) -> None:
    grouping.of_circle(assessed, 1, "Ring")
    for name in ("", "  ", "RING", "general", "x" * 201):
        with pytest.raises(CmdeskError):
            grouping.of_circle(assessed, 1, name)
    with pytest.raises(CmdeskError, match="no circle 999"):
        grouping.of_circle(assessed, 999, "Other")
    with pytest.raises(CmdeskError, match="two people"):
        grouping.make(assessed, "Alone", ["a", "a"])


def test_without_an_assessment_no_circle_is_known(community: Community) -> None:
    with pytest.raises(CmdeskError, match="assessed"):
        grouping.of_circle(community, 1, "Ring")


def test_the_group_sleeps_while_its_people_are_gone(assessed: Community, export: Path) -> None:
    made = grouping.of_circle(assessed, 1, "Ring")
    count = len(members_of(assessed, made))
    with assessed.reading() as connection:
        import_id = importing.rows(connection)[0].id
    history.undo_import(assessed, import_id)
    with assessed.reading() as connection:
        assert next(line for line in groups.rows(connection) if line.name == "Ring").members == 0
    importing.run(assessed, [export])
    with assessed.reading() as connection:
        assert next(line for line in groups.rows(connection) if line.name == "Ring").members == count


def test_small_circles_are_stored_hidden(assessed: Community) -> None:
    with assessed.reading() as connection:
        for line in circle_store.load(connection, 1):
            size = len(circle_store.members(connection, 1, line.number))
            assert (line.people is None) == (size < 5) or line.people == size
            assert line.people is not None or line.fits == ()
