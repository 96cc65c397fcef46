"""Several goal models in one community: kept, used, compared, removed, each step undoable; what cannot be used changes nothing."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from cmdesk.core import dump, goal_model, goal_model_file, history, models
from cmdesk.core.community import Community
from cmdesk.core.errors import CmdeskError
from cmdesk.core.goal_model_file import GoalModelProblem

OWN = 'id = "ours"\nversion = "1"\ntitle = "Ours"\ninclude = "closeness"\n'


@pytest.fixture
def community(tmp_path: Path) -> Iterator[Community]:
    with Community.create(tmp_path / "test.cmdesk", "Test") as opened:
        yield opened


def state(community: Community) -> list[str]:
    with community.reading() as connection:
        return list(dump.text(connection))


def ids(community: Community) -> dict[str, bool]:
    with community.reading() as connection:
        return {row.id: row.in_use for row in models.rows(connection)}


def test_a_model_is_kept_used_and_undone_step_by_step(community: Community) -> None:
    steps = [state(community)]
    models.add(community, OWN)
    steps.append(state(community))
    models.use(community, "ours")
    steps.append(state(community))
    assert ids(community) == {"closeness": False, "competence": False, "ours": True}
    with community.reading() as connection:
        assert models.in_use(connection).id == "ours"
    models.add(community, OWN.replace("1", "2"))
    for step in reversed(steps):
        history.undo(community)
        assert state(community) == step
    assert ids(community) == {"closeness": True, "competence": False}


def test_what_cannot_be_used_is_refused_and_the_last_good_one_stays(community: Community) -> None:
    models.add(community, OWN)
    models.use(community, "ours")
    before = state(community)
    for text, kind in (
        (OWN + "goals = 3\n", GoalModelProblem), (OWN.replace("closeness", "nowhere"), GoalModelProblem), (OWN.replace("closeness", "ours"), GoalModelProblem),
        (OWN.replace('"ours"', '"closeness"').replace('include = "closeness"', 'include = "competence"'), CmdeskError), ("\0", GoalModelProblem), ("#" * 10_000_000, GoalModelProblem),
    ):  # fmt: skip
        with pytest.raises(kind):
            models.add(community, text)
        assert state(community) == before
    with pytest.raises(CmdeskError):
        models.use(community, "nowhere")
    with community.reading() as connection:
        assert models.in_use(connection).id == "ours"


def test_a_circle_of_two_models_of_ones_own_is_refused(community: Community) -> None:
    models.add(community, OWN)
    models.add(community, OWN.replace('"ours"', '"more"').replace('"closeness"', '"ours"'))
    with pytest.raises(GoalModelProblem, match="in a circle"):
        models.add(community, OWN.replace('"closeness"', '"more"'))


def test_a_model_in_use_or_under_another_one_is_not_removed(community: Community) -> None:
    models.add(community, OWN)
    models.add(community, OWN.replace('"ours"', '"more"').replace('"closeness"', '"ours"'))
    with pytest.raises(CmdeskError, match="stands on"):
        models.remove(community, "ours")
    models.use(community, "more")
    with pytest.raises(CmdeskError, match="in use"):
        models.remove(community, "more")
    models.use(community, "competence")
    models.remove(community, "more")
    models.remove(community, "ours")
    with pytest.raises(CmdeskError, match="of its own"):
        models.remove(community, "closeness")


def test_a_metric_of_a_plugin_that_is_gone_is_named_and_the_shipped_model_serves(community: Community) -> None:
    text = goal_model_file.written(goal_model.shipped()).replace('"closeness"', '"ours"', 1).replace('metric = "aud"', 'metric = "shout.share"')
    known = {criterion.metric for goal in goal_model.shipped().goals.values() for criterion in goal.criteria}
    models.add(community, text, {*known, "shout.share"})
    models.use(community, "ours", {*known, "shout.share"})
    with community.reading() as connection:
        assert models.in_use(connection, {*known, "shout.share"}).id == "ours"
        assert models.in_use(connection, known).id == "closeness"
        [row] = [row for row in models.rows(connection, known) if row.id == "ours"]
    assert "shout.share" in row.problem


def test_differences_are_named_key_by_key() -> None:
    closeness, competence = goal_model.shipped("closeness"), goal_model.shipped("competence")
    assert models.differences(closeness, closeness) == []
    found = models.differences(competence, closeness)
    assert {row.goal for row in found} == {"solve", "innovate"}
    said = {(row.goal, row.metric, row.key): (row.ours, row.theirs) for row in found}
    assert said["solve", "C", "weight"] == ("30", "20")
    assert said["solve", "D_R", "gate"] == ("", "true")
    assert said["solve", "top", ""] == ("", "10")
