"""docs/goal-model.md cannot lag: every metric, every criterion and every edge of the shipped model stand in it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from cmdesk.core import goal_model
from cmdesk.core.goal_model import GOALS, Band, Criterion
from cmdesk.plugins.goal_fit.catalogue import catalogue

ROOT = Path(__file__).parents[3]
DOCS = (ROOT / "docs" / "goal-model.md").read_text("utf-8")
ROWS = [[cell.strip() for cell in line.strip("|").split(" | ")] for line in DOCS.splitlines() if line.startswith("| ")]


def row_of(metric: str) -> list[str]:
    return next(row for row in ROWS if row[0].strip("| ") == f"`{metric}`")


@pytest.mark.parametrize("entry", catalogue(), ids=lambda entry: entry.name)
def test_every_metric_has_formula_unit_source_minimum_and_module(entry) -> None:  # type: ignore[no-untyped-def]
    _name, title, formula, unit, source, minimum, module = row_of(entry.name)
    assert (title, unit) == (entry.title, entry.unit)
    assert formula
    assert source
    assert minimum
    assert module.strip(" |`") == entry.home.split(".")[0] + ".py"
    assert (ROOT / "cmdesk" / "plugins" / "goal_fit" / module.strip(" |`")).is_file()


def test_no_metric_is_only_in_the_docs() -> None:
    documented = {row[0].strip("| `") for row in ROWS if len(row) == 7 and row[0].startswith("`")}
    assert documented == {entry.name for entry in catalogue()}


def table(goal: str) -> dict[str, list[str]]:
    """The rows of a goal's table in §4.5, by metric."""
    begin = DOCS.index(f"(`{goal}`)")
    lines = DOCS[begin:].split("\n\n")[1].splitlines()[2:]
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines if line.startswith("| ")]
    return {row[0].split()[0]: row for row in cells}


def numbers(text: str) -> set[float]:
    return {float(found) for found in re.findall(r"\d*\.?\d+", text)}


def edges(band: Band | None) -> set[float]:
    return (
        set()
        if band is None
        else {edge for edge in (band.accept_low, band.accept_high, band.ideal_low, band.ideal_high) if edge is not None}
    )


@pytest.mark.parametrize("goal", GOALS)
def test_the_tables_are_the_shipped_model(goal: str) -> None:
    criteria = goal_model.shipped().goals[goal].criteria
    rows = table(goal)
    assert list(rows) == [criterion.metric for criterion in criteria]
    for criterion in criteria:
        check(criterion, rows[criterion.metric])


def check(criterion: Criterion, row: list[str]) -> None:
    name, accept, ideal, weight, source, advice = row
    assert (" G" in name) == criterion.gate, name
    assert float(weight) == criterion.weight
    assert numbers(accept) | numbers(ideal) == edges(criterion.band) | edges(criterion.proxy), name
    assert source
    assert advice


def test_the_competence_model_is_in_the_docs() -> None:
    text = DOCS[DOCS.index("**Two shipped goal models**") :]
    for goal in ("solve", "innovate"):
        said = (
            text[text.index(f"{goal} = ") :].split(";")[0].split(". ")[0]
            if goal == "solve"
            else text[text.index("innovate = ") :].split(". ")[0]
        )
        for criterion in goal_model.shipped("competence").goals[goal].criteria:
            assert re.search(rf"\b{criterion.metric}( G)? {criterion.weight:g}\b", said), (goal, criterion.metric, said)


def test_how_each_metric_is_drawn_again_is_documented() -> None:
    from cmdesk.plugins.goal_fit import spread
    from cmdesk.plugins.goal_fit.drawn_persons import BY_PERSONS
    from cmdesk.plugins.goal_fit.drawn_ties import BY_TIES
    from cmdesk.plugins.goal_fit.drawn_weeks import BY_WEEKS
    from cmdesk.plugins.goal_fit.measures import PRIORS

    text = (ROOT / "docs" / "intervals.md").read_text("utf-8")
    rows = dict(line.strip("| ").split(" | ", 1) for line in text.splitlines() if line.startswith("| ") and "`" in line)
    told = {name: set(way.split(" and ")) for way, names in rows.items() for name in re.findall(r"`(\w+)`", names)}
    ways = {
        "weeks": {*BY_TIES, *BY_WEEKS, "C"}, "persons": set(BY_PERSONS), "items": {*spread.SHARES, *PRIORS},
    }  # fmt: skip
    for entry in catalogue():
        drawn = {way for way, names in ways.items() if entry.name in names}
        assert told[entry.name] == (drawn or {"nothing: the same in every replicate"}), entry.name
