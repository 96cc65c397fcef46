"""Goal models: the two that ship, and messages that name file, line, key and what is allowed."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
from hypothesis import given, strategies as st

from cmdesk.core import goal_model, goal_model_file
from cmdesk.core.errors import CmdeskError, FileProblem
from cmdesk.core.goal_model import GOALS, GoalModel
from cmdesk.core.goal_model_file import GoalModelProblem
from cmdesk.core.toml_lines import Lines

TEXT = goal_model.shipped().text
METRICS = frozenset(row.metric for goal in goal_model.shipped().goals.values() for row in goal.criteria)

# goal-model.md §4.5, typed again: metric, gate, accept low, ideal low, ideal high, accept high, weight
TABLES = {
    "inform": [("aud", 1, 0.6, 0.9, None, None, 25), ("read", 1, 0.5, 0.8, None, None, 30), ("t50", 0, None, None, 24, 72, 10),
               ("rate_w", 0, 0.25, 1, 5, 10, 10), ("srole", 0, 0.7, 0.9, None, None, 15), ("ann_ans", 0, 0.1, 0.3, None, None, 10)],
    "find": [("n", 1, 50, 150, None, None, 10), ("ans", 1, 0.5, 0.75, None, None, 20), ("solved", 0, 0.3, 0.6, None, None, 10),
             ("tfr", 0, None, None, 4, 24, 10), ("prof", 1, 0.6, 0.9, None, None, 20), ("fresh", 0, 0.6, 0.85, None, None, 15),
             ("cov", 0, 0.5, 0.8, None, None, 10), ("man", 0, 0.5, 1, None, None, 5)],
    "connect": [("con", 1, 0.2, 0.5, None, None, 25), ("two", 0, 0.25, 0.5, None, None, 20), ("new", 0, 0.3, 1, None, None, 15),
                ("iso", 0, None, None, 0.1, 0.3, 15), ("wel", 0, 0.5, 0.8, None, None, 15), ("prof", 0, 0.5, 0.8, None, None, 10)],
    "share_across": [("mix", 1, 0.3, 0.6, 1.2, 1.6, 25), ("wide", 0, 0.3, 0.6, None, None, 15), ("sim", 0, 0.3, 0.6, None, None, 20),
                     ("xthr", 0, 0.25, 0.5, None, None, 15), ("prof", 0, 0.6, 0.9, None, None, 10), ("bconc", 0, None, None, 0.4, 0.7, 10),
                     ("man", 0, 0.5, 1, None, None, 5)],
    "inspire": [("recog", 1, 0.03, 0.1, None, None, 20), ("voice", 0, 0.15, 0.3, None, None, 20), ("prop", 0, 0.05, 0.15, None, None, 15),
                ("trans", 0, 0.1, 0.25, 0.65, 0.85, 15), ("lead", 0, 0.25, 0.75, None, None, 15), ("xthr", 0, 0.2, 0.4, None, None, 15)],
    "collaborate": [("n", 1, 3, 4, 12, 25, 15), ("coh", 1, 0.3, 0.6, None, None, 25), ("two", 0, 0.5, 0.8, None, None, 15),
                    ("tfr_all", 0, None, None, 4, 24, 10), ("even", 0, 0.6, 0.8, None, None, 10), ("stab", 0, 0.4, 0.65, None, None, 10),
                    ("extT", 0, 0.3, 0.5, None, None, 10), ("man", 0, 0.5, 1, None, None, 5)],
    "solve": [("n", 1, 2, 3, 9, 15, 20), ("D_R", 1, 0.25, 0.45, 0.85, 0.98, 20), ("top", 0, 0.4, 0.6, None, None, 10),
              ("C", 1, 0.2, 0.4, None, None, 20), ("blau_expertise", 0, 0.2, 0.4, None, None, 10), ("even", 0, 0.7, 0.85, None, None, 10),
              ("multi", 0, 0.3, 0.5, None, None, 5), ("man", 0, 0.5, 1, None, None, 5)],
    "innovate": [("n_core", 1, 3, 4, 15, 30, 10), ("D_R", 1, 0.2, 0.35, 0.75, 0.95, 15), ("ext", 1, 1, 2, 6, 12, 20),
                 ("sim_out", 0, 0.2, 0.5, None, None, 15), ("blau_unit", 0, 0.3, 0.5, None, None, 15), ("newc", 0, 0.05, 0.1, 0.35, 0.6, 10),
                 ("idea", 0, 0.15, 0.3, None, None, 10), ("follow", 0, 0.1, 0.25, None, None, 5)],
}  # fmt: skip
COMPETENCE = {
    "solve": [("n", True, 20), ("C", True, 30), ("man", False, 20), ("blau_expertise", False, 10), ("even", False, 10), ("multi", False, 5), ("D_R", False, 5)],
    "innovate": [("n_core", True, 10), ("C", True, 20), ("ext", True, 20), ("blau_unit", False, 15), ("man", False, 15), ("idea", False, 10),
                 ("newc", False, 5), ("follow", False, 5)],
}  # fmt: skip
POSITIONS = {
    "inform": (100, 100_000, 0, 0.10), "find": (50, 100_000, 0, 0.15), "connect": (15, 500, 0.02, 0.30), "share_across": (30, 5000, 0.01, 0.20),
    "inspire": (30, 10_000, 0.01, 0.20), "collaborate": (4, 12, 0.30, 0.85), "solve": (3, 9, 0.45, 0.85), "innovate": (4, 15, 0.35, 0.75),
}  # fmt: skip


def problem(text: str, known: frozenset[str] = frozenset()) -> GoalModelProblem:
    with pytest.raises(GoalModelProblem) as caught:
        goal_model.load(text, "mine.toml", known)
    return caught.value


def line_of(text: str, part: str) -> int:
    return text[: text.index(part)].count("\n") + 1


def test_closeness_is_the_tables() -> None:
    model = goal_model.shipped()
    assert (model.id, model.sha256) == ("closeness", hashlib.sha256(model.text.encode()).hexdigest())
    for goal in GOALS:
        rows = [
            (c.metric, int(c.gate), c.band.accept_low, c.band.ideal_low, c.band.ideal_high, c.band.accept_high, c.weight)
            for c in model.goals[goal].criteria
        ]
        assert rows == TABLES[goal], goal
        position = model.goals[goal].position
        assert (*position.size, *position.density) == POSITIONS[goal]
    logarithmic = {(goal, c.metric) for goal in GOALS for c in model.goals[goal].criteria if c.scale == "ln"}
    assert logarithmic == {("find", "n"), ("collaborate", "n"), ("solve", "n"), ("innovate", "n_core")}
    proxy = model.goals["inform"].criteria[1].proxy
    assert proxy is not None
    assert (proxy.accept_low, proxy.ideal_low) == (0.27, 0.38)


def test_subscores_of_innovate() -> None:
    parts = {c.metric: c.subscore for c in goal_model.shipped().goals["innovate"].criteria}
    assert {m for m, sub in parts.items() if sub == "idea_finding"} == {"ext", "blau_unit", "idea", "newc"}
    assert {m for m, sub in parts.items() if sub == "idea_growing"} == {"D_R", "sim_out", "follow"}


def test_competence_differs_in_two_goals_only() -> None:
    closeness, competence = goal_model.shipped(), goal_model.shipped("competence")
    for goal in GOALS:
        if goal in COMPETENCE:
            assert [(c.metric, c.gate, c.weight) for c in competence.goals[goal].criteria] == COMPETENCE[goal]
        else:
            assert competence.goals[goal] == closeness.goals[goal]
    c = competence.goals["innovate"].criteria[1]
    assert (c.band.accept_low, c.band.ideal_low) == (0.20, 0.40)


@pytest.mark.parametrize("id", goal_model.SHIPPED)
def test_every_criterion_has_source_and_advice(id: str) -> None:
    for goal in goal_model.shipped(id).goals.values():
        assert goal.role
        assert goal.meaning
        for row in goal.criteria:
            assert row.source, (goal.name, row.metric)
            assert row.advice, (goal.name, row.metric)


def test_an_unknown_shipped_model() -> None:
    with pytest.raises(CmdeskError, match="no goal model") as caught:
        goal_model.shipped("love")
    assert "closeness, competence" in caught.value.hint


def test_wrong_sum_names_the_goal() -> None:
    text = TEXT.replace('metric = "read"\nweight = 30', 'metric = "read"\nweight = 31')
    got = problem(text)
    assert (
        got.message
        == f"mine.toml, line {line_of(text, '[goals.inform]')}: goals.inform: the weights of its criteria sum to 101, they must sum to 100"
    )
    assert (got.key, got.line) == ("goals.inform", line_of(text, "[goals.inform]"))


def test_bands_that_cross() -> None:
    text = TEXT.replace("ideal_low = 0.45\n", "ideal_low = 0.2\n", 1)
    got = problem(text)
    assert got.line == line_of(text, "ideal_low = 0.2\n")
    assert got.key == "goals.solve.criteria[2].ideal_low"
    assert "accept_low is 0.25 and ideal_low is 0.2" in got.message
    assert "accept_low < ideal_low" in got.hint


@pytest.mark.parametrize("known", [METRICS, METRICS | {"my_plugin.metric"}])
def test_unknown_metric_lists_the_known_ones(known: frozenset[str]) -> None:
    text = TEXT.replace('metric = "rate_w"', 'metric = "rate_x"')
    assert goal_model.load(text, "mine.toml").goals["inform"].criteria[3].metric == "rate_x"  # without the host nobody can tell
    got = problem(text, known)
    assert (got.line, got.key) == (line_of(text, '"rate_x"'), "goals.inform.criteria[4].metric")
    assert 'no metric is called "rate_x"' in got.message
    assert got.hint.startswith('Did you mean "rate_w"? Allowed: ')


@pytest.mark.parametrize(
    ("old", "new", "says", "hint"),
    [
        ("weight = 25", 'weight = "25"', "is text, it must be a number", "0.25"),
        ("weight = 25", "weight = true", "is true or false, it must be a number", "0.25"),
        ("weight = 25", "weight = -25", "is -25", "above 0"),
        ("weight = 25", "weight = nan", "is not a usable number", "between"),
        ("weight = 25", "weihgt = 25", "is not a key of a goal model here", 'Did you mean "weight"?'),
        ("\ngate = true", '\ngate = "yes"', "is text, it must be true or false", "gate = true"),
        ('\nscale = "ln"', '\nscale = "log"', '"log" is not known', "Allowed: linear, ln."),
        ('subscore = "idea_growing"', 'subscore = "growing"', '"growing" is not known', "idea_finding, idea_growing"),
        ("accept_low = 0.6\n", "", "stands without accept_low", "leave out both"),
        ("accept_low = 3\n", "accept_low = 0\n", "on the ln scale it must be above 0", "linear"),
        ("size = [100, 100000]", "size = [100]", "must be two numbers", "size = [from, to]"),
        ("density = [0, 0.1]", "density = [0, 1.5]", "is no range", "from 0 to 1"),
        ("[goals.inform.position] # [D]", "[goals.inform.place]", "is not a key", "position"),
        ('version = "1"', "version = 1", "is a number, it must be text", "in quotes"),
        ('id = "closeness"', "", "is missing", "Add id"),
        ('metric = "t50"', 'metric = "read"', "stands twice in this goal", "Keep one"),
        ("\n[goals.inform]", '\nincludes = "other.toml"\n[goals.inform]', "is not a key", "Allowed: id, version, title, include, goals"),
        ("\n[goals.inform]", '\ninclude = "other"\n[goals.inform]', 'there is no goal model "other"', "closeness"),
    ],
)  # fmt: skip
def test_wrong_keys_and_types_are_named(old: str, new: str, says: str, hint: str) -> None:
    text = TEXT.replace(old, new, 1)
    assert text != TEXT
    got = problem(text)
    assert says in got.details
    assert got.message.startswith("mine.toml, line ")
    assert any(says in line for line in got.details.splitlines())
    if says in got.message:
        assert hint in got.hint


def test_a_missing_goal() -> None:
    got = problem(TEXT.replace("goals.inspire", "goals.inspired"))
    assert 'the goal "inspire" is missing' in got.details
    assert (got.key, 'Did you mean "inspire"?' in got.hint) == ("goals.inspired", True)


def test_no_criteria_and_no_band() -> None:
    text = TEXT[: TEXT.index("[[goals.innovate.criteria]]")]
    assert "there are none" in problem(text).message
    text = TEXT.replace("ideal_high = 24\naccept_high = 72\n", "")
    assert "has no band" in problem(text).message


def test_all_problems_are_listed_and_the_first_is_the_message() -> None:
    text = TEXT.replace("weight = 25", "weight = 0", 1).replace('\nscale = "ln"', '\nscale = "log"', 1)
    got = problem(text)
    assert got.details.splitlines()[0] == got.message
    assert len(got.details.splitlines()) == 3


def test_broken_toml_names_the_line() -> None:
    text = TEXT.replace("weight = 30", "weight = = 30", 1)
    got = problem(text)
    assert got.line == line_of(text, "= = 30")
    assert "not valid TOML" in got.message
    assert problem('id = "a').line == 1
    assert "nested too deeply" in problem("a = " + "[" * 100_000).message
    assert "not valid TOML" in problem("a = " + "9" * 10_000).message


def test_wrong_shapes_do_not_crash() -> None:
    for text in (
        "",
        "goals = 1",
        "goals = []",
        "[goals]\ninform = 3",
        "[goals.inform]\ncriteria = 5",
        '[goals.inform]\ncriteria = ["x"]',
        "goals.inform.criteria = [{}]",
    ):
        assert problem(text).message.startswith("mine.toml, line ")


def test_lines_are_found_in_other_ways_of_writing_toml() -> None:
    text = 'title = """\nweight = 3\n[goals.find]\n"""\nversion = "1"\n[goals . "inform"]\nrole = 4 # nothing\n'
    lines = Lines(text)
    assert lines.of(("version",)) == 5
    assert lines.of(("goals", "inform", "role")) == 7
    assert lines.of(("goals", "find")) == 1
    assert lines.of(("goals", "inform", "criteria", 0, "weight")) == 6


def test_a_file_of_more_than_1_mb(tmp_path: Path) -> None:
    assert "1,000,000" in problem("#" * 1_000_001).message
    big = tmp_path / "big.toml"
    big.write_bytes(b"#" * 10_000_000)
    with pytest.raises(GoalModelProblem, match=r"big.toml, line 1: the file has 10,000,000 bytes"):
        goal_model_file.read(big)


def test_files(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    with pytest.raises(FileProblem, match=r"mine.toml cannot be read"):
        goal_model_file.read(path)
    path.write_bytes(b"\xef\xbb\xbf" + TEXT.encode())
    assert goal_model_file.read(path) == goal_model.shipped()
    path.write_bytes(b'id = "a"\ntitle = "\xff"\n')
    with pytest.raises(GoalModelProblem, match="line 2: this is not UTF-8"):
        goal_model_file.read(path)


@given(st.text(max_size=300))
def test_any_text_is_a_model_or_a_named_problem(text: str) -> None:
    try:
        assert isinstance(goal_model.load(text, "x.toml"), GoalModel)
    except GoalModelProblem as caught:
        assert caught.message.startswith("x.toml, line ")
        assert 1 <= caught.line <= len(text.splitlines()) + 1


@given(st.integers(0, len(TEXT) - 1), st.integers(1, 40))
def test_a_model_with_a_hole_is_a_model_or_a_named_problem(at: int, size: int) -> None:
    try:
        assert isinstance(goal_model.load(TEXT[:at] + TEXT[at + size :], "x.toml", METRICS), GoalModel)
    except GoalModelProblem as caught:
        assert caught.message.startswith("x.toml, line ")


def test_the_boundary_of_mixing_is_an_option_of_the_goal() -> None:
    head = '[goals.share_across]\n'
    names = METRICS | {"mix_place", "mix_group", "mix_organisation"}
    for boundary, metric in (("unit", "mix"), ("place", "mix_place"), ("group", "mix_group"), ("organisation", "mix_organisation")):
        model = goal_model.load(TEXT.replace(head, f'{head}boundary = "{boundary}"\n'), "mine.toml", names)
        goal, shipped = model.goals["share_across"], goal_model.shipped().goals["share_across"]
        assert goal.boundary == boundary
        first, before = goal.criteria[0], shipped.criteria[0]
        assert (first.metric, first.weight, first.gate, first.band) == (metric, before.weight, before.gate, before.band)
        assert goal.criteria[1:] == shipped.criteria[1:]


def test_a_boundary_that_cannot_work_is_named() -> None:
    text = TEXT.replace("[goals.share_across]\n", '[goals.share_across]\nboundary = "country"\n')
    found = problem(text)
    assert found.key == "goals.share_across.boundary" and "unit, group, place, organisation" in found.hint
    assert "no criterion to work on" in problem(TEXT.replace("[goals.solve]\n", '[goals.solve]\nboundary = "place"\n')).message
    gone = problem(TEXT.replace("[goals.share_across]\n", '[goals.share_across]\nboundary = "place"\n'), METRICS)
    assert 'the metric "mix_place" is not there' in gone.message


def test_each_goal_says_what_its_role_asks_in_a_quarter() -> None:
    for id in goal_model.SHIPPED:
        for goal in goal_model.shipped(id).goals.values():
            assert len(goal.quarter) == 3 and all(text.endswith(".") for text in goal.quarter)
    for bad in ('"a text"', "[1]", '[""]'):
        found = problem(TEXT.replace("[goals.solve]\n", f"[goals.solve]\nquarter = {bad}\n").replace("quarter = [\n  \"Compose", "x_quarter = [\n  \"Compose"))
        assert "goals.solve.quarter" in found.details


def test_an_included_model_gives_the_goals_that_are_not_written() -> None:
    text = 'id = "mine"\nversion = "2"\ntitle = "Mine"\ninclude = "competence"\n'
    model = goal_model_file.load(text, "mine.toml")
    assert model.goals == goal_model.shipped("competence").goals
    assert model.id == "mine" and model.sha256 not in (goal_model.shipped("competence").sha256, goal_model_file.load(text + "# x", "mine.toml").sha256)


def test_goal_models_that_include_each_other_are_named() -> None:
    texts = {name: f'id = "{name}"\nversion = "1"\ntitle = "T"\ninclude = "{other}"\n' for name, other in (("a", "b"), ("b", "c"), ("c", "a"), ("own", "own"))}
    for name, chain in (("a", "a → b → c → a"), ("own", "own → own")):
        with pytest.raises(GoalModelProblem, match="in a circle") as told:
            goal_model_file.load(texts[name], f"{name}.toml", find=texts.get)
        assert chain in told.value.message and told.value.key == "include"


def test_a_problem_in_an_included_model_is_told_with_its_file() -> None:
    with pytest.raises(GoalModelProblem, match=r"^base\.toml, line 1: goals"):
        goal_model_file.load('id = "a"\nversion = "1"\ntitle = "T"\ninclude = "base"', "a.toml", find={"base": 'id = "base"\nversion = "1"\ntitle = "B"\n'}.get)


@pytest.mark.parametrize("id", ["closeness", "competence"])
def test_what_is_written_reads_back(id: str) -> None:
    model = goal_model.shipped(id)
    assert goal_model_file.load(goal_model_file.written(model), "back.toml").goals == model.goals
