"""Scenario A3 of the founding article: people work in their small circles. Nothing tells the assessor about it but the facts."""

from __future__ import annotations

from pathlib import Path

import pytest

from cmdesk import pluginhost, simulation
from cmdesk.core import goal_model
from cmdesk.core.assessments import ASSESSOR, FitOptions
from cmdesk.core.goal_model import GOALS
from cmdesk.core.progress import Progress
from cmdesk.simulation import told
from cmdesk.simulation.snapshots import snapshot
from tests.end_to_end.conftest import Run


@pytest.mark.parametrize("seed", [11, 12, 13])
def test_a03_circles_fit_what_circles_are_for_and_the_whole_does_not_solve(seed: int) -> None:
    host = pluginhost.load(folders=False)
    seen = snapshot(simulation.circles(seed), metrics=host.metrics)
    options = FitOptions(goal_model.shipped())
    scores = list(host.assessors[ASSESSOR].assess(seen, range(len(seen.groups)), GOALS, options, Progress()))
    assert told.circles(seen, scores) == []
    whole = next(score for score in scores if score.group == 0 and score.goal == "solve")
    assert "not as a whole" in whole.reason.lower()


def test_a03_as_an_export_through_the_real_commands(run: Run, tmp_path: Path) -> None:
    export, file = tmp_path / "circles.zip", tmp_path / "circles.cmdesk"
    simulation.write_slack(simulation.circles(5), export)
    run("new", file)
    records = run("import", file, export, "--json").json["records"]
    assert records["read"] == records["used"]
    run("goal", file, "circle-01", "collaborate")
    found = run("assess", file, "--json").json
    verdicts = {(score["group"], score["goal"]): score["verdict"] for score in found["scores"]}
    circles = {group for group, _goal in verdicts if group.startswith("circle-")}
    assert len(circles) == 25
    for goal, wanted in (("collaborate", {"fits"}), ("inspire", {"fits", "partly"}), ("innovate", {"fits", "partly"})):
        assert sum(verdicts[circle, goal] in wanted for circle in circles) >= 20, goal
    assert verdicts["circles", "solve"] == "not_yet"
    assert found["window_days"] == 180 and found["as_of"].startswith("2024-07")
    assert found["goal_model"]["id"] == "closeness" and len(found["goal_model"]["sha256"]) == 64
    assert [(score["group"], score["goal"]) for score in found["scores"] if score["chosen"]] == [("circle-01", "collaborate")]


def test_a_small_group_is_too_small_to_show(run: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    export, file = tmp_path / "small.zip", tmp_path / "small.cmdesk"
    sizes = simulation.CircleSizes(people=40, departments=4, circles=3, smallest=3, largest=4, days=400)
    simulation.write_slack(simulation.circles(2, sizes), export)
    run("new", file)
    run("import", file, export)
    found = run("assess", file, "--json").json
    small = [score for score in found["scores"] if score["group"].startswith("circle-")]
    assert len(small) == 3 * 8
    for score in small:
        assert score["verdict"] == "no_verdict" and score["fit"] is None and score["criteria"] == []
        assert "too small to show" in score["reason"]
    assert "too small to show" in run("assess", file).out
