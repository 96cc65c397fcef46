"""Scenario A3 of the founding article: people work in their small circles. Nothing tells the assessor about it but the facts."""

from __future__ import annotations

from pathlib import Path

from cmdesk import simulation
from tests.end_to_end.conftest import Run


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


def test_a_small_group_is_too_small_to_show(run: Run, tmp_path: Path) -> None:
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
