"""cmdesk simulate: scenarios by name, with other sizes, and the tables that a Slack export cannot replace."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from cmdesk.simulation import scenarios
from tests.end_to_end.conftest import Run


def test_the_list_names_every_scenario(run: Run) -> None:
    out = run("simulate", "--scenario", "list").out
    assert all(one.key in out and one.name in out for one in scenarios.ALL)
    assert len(scenarios.BY_NAME) == 2 * len(scenarios.ALL)


def test_a_scenario_brings_its_tables_and_says_how_to_import_them(run: Run, tmp_path: Path) -> None:
    out = run("simulate", "--scenario", "a1", "--people", 80, "--set", "days=120", "--seed", 4, "--to", tmp_path / "a1.zip").out
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a1-facts.csv", "a1-people.csv", "a1.zip"]
    assert out.count("cmdesk import FILE.cmdesk") == 3 and out.count("--option adds_to=slack:TSIMULATED4") == 2
    with (tmp_path / "a1-people.csv").open(encoding="utf-8", newline="") as read:
        assert sum(row["audience"] != "" for row in csv.DictReader(read)) == 80


def test_the_same_seed_gives_the_same_files_and_another_other_ones(run: Run, tmp_path: Path) -> None:
    for folder, seed in (("one", 1), ("two", 1), ("three", 2)):
        (tmp_path / folder).mkdir()
        run("simulate", "--scenario", "small-solves", "--seed", seed, "--to", tmp_path / folder / "x.zip")
    one, two, three = ({path.name: path.read_bytes() for path in (tmp_path / folder).iterdir()} for folder in ("one", "two", "three"))
    assert one == two and one.keys() == three.keys() and one != three


def test_tables_alone_are_labelled_as_simulated(run: Run, tmp_path: Path) -> None:
    run("simulate", "--scenario", "a7", "--to", tmp_path / "a7.zip")
    run("new", tmp_path / "a7.cmdesk")
    run("import", tmp_path / "a7.cmdesk", tmp_path / "a7-people.csv", "--option", "adds_to=slack:TSIMULATED0")
    assert "simulated" in run("show", tmp_path / "a7.cmdesk").out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--scenario", "a99"), "no scenario"),
        (("--scenario", "a1", "--set", "peopel=5"), "no size"),
        (("--scenario", "a1", "--set", "people=many"), "whole number"),
        (("--scenario", "a5", "--set", "departments=0"), "between 1 and"),
        (("--scenario", "a5", "--set", "across=-1"), "between 0 and"),
    ],
)
def test_what_a_scenario_does_not_have_is_told_with_what_it_has(run: Run, tmp_path: Path, arguments: tuple[str, ...], said: str) -> None:
    ran = run("simulate", *arguments, "--to", tmp_path / "x.zip", expect=1)
    assert said in ran.err and not list(tmp_path.iterdir())


@pytest.mark.parametrize("name", [one.key for one in scenarios.ALL])
def test_every_scenario_can_be_small(run: Run, tmp_path: Path, name: str) -> None:
    run("simulate", "--scenario", name, "--people", 30, "--set", "days=60", "--to", tmp_path / "x.zip")
    run("new", tmp_path / "x.cmdesk")
    assert run("import", tmp_path / "x.cmdesk", tmp_path / "x.zip", "--json").json["records"]["read"] > 0
