"""Goal models that cannot be used, through the real command: a message with file, line, key and what is allowed; the last good model stays in use."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from cmdesk.core import goal_model
from tests.end_to_end.conftest import Run

GOOD = goal_model.shipped().text


def changed(old: str, new: str) -> str:
    assert old in GOOD
    return GOOD.replace(old, new, 1)


BAD = {
    "ten_megabytes": (GOOD + "\n# " + "x" * 10_000_000, "may have 1,000,000"),
    "deep": ("a = " + "[" * 100_000 + "]" * 100_000, "nested too deeply"),
    "empty": ("", 'the goal "inform" is missing'),
    "no_toml": ("id = = 1", "not valid TOML"),
    "weights": (changed("weight = 25", "weight = 26"), "sum to 101, they must sum to 100"),
    "text_for_number": (changed("weight = 25", 'weight = "25"'), "is text, it must be a number"),
    "list_for_number": (changed("weight = 25", "weight = [25]"), "it must be a number"),
    "not_a_number": (changed("weight = 25", "weight = nan"), "is not a usable number"),
    "endless": (changed("accept_low = 0.6", "accept_low = -inf"), "is not a usable number"),
    "below_zero": (changed("weight = 25", "weight = -25"), "Allowed: above 0"),
    "many_digits": (changed("weight = 25", "weight = 1" + "0" * 4999), "more digits than anybody can read"),
    "yes_for_true": (changed("\ngate = true", '\ngate = "yes"'), "gate"),
    "bands_cross": (changed("ideal_low = 0.9", "ideal_low = 0.1"), "crosses itself"),
    "unknown_metric": (changed('metric = "mix"', 'metric = "mixx"'), 'no metric is called "mixx"'),
    "unknown_key": (changed("weight = 25", "wieght = 25"), "wieght"),
    "unknown_goal": (GOOD + '\n[goals.fly]\ntitle = "Fly"\n', "fly"),
    "goals_as_list": ('id = "x"\nversion = "1"\ntitle = "x"\ngoals = [1, 2]\n', "goals"),
    "no_metric": (changed('metric = "mix"\n', ""), "metric"),
    "includes_itself": ('include = "includes_itself.toml"\n', "include"),
    "includes_a_ring": ('include = "ring.toml"\n', "include"),
    "includes_from_above": ('include = "../../etc/passwd"\n', "include"),
    "includes_nothing": ('include = "nobody.toml"\n', "include"),
}


@pytest.mark.parametrize("case", BAD)
def test_a_bad_goal_model_is_refused_in_words_and_the_good_one_stays(case: str, file: Path, houston: Path, run: Run, tmp_path: Path) -> None:
    text, words = BAD[case]
    path = tmp_path / f"{case}.toml"
    path.write_text(text, "utf-8")
    (tmp_path / "ring.toml").write_text('include = "includes_a_ring.toml"\n', "utf-8")
    before = file.read_bytes()
    for command in (("assess", file, "--model", path, "--json"), ("model", file, "--add", path), ("trend", file, "Houston", "find", "--model", path)):
        said = run(*command, expect=1)
        error, hint = said.err.splitlines()
        assert said.out == "" and error.startswith("error: ") and hint.startswith("hint: ") and len(hint) > 10
        assert re.search(r"\.toml(, line \d+)?: ", error) or "cannot be read" in error, error
        assert words in error + hint
    assert file.read_bytes() == before
    assert [row["id"] for row in run("model", file, "--json").json["models"] if row["in_use"]] == ["closeness"]
    assert run("assess", file, "--quick", "--no-questions", "--json").json["goal_model"]["id"] == "closeness"


@pytest.mark.parametrize("raw", [bytes(range(256)), GOOD.encode("utf-16"), b"\xff\xfe\xff"])
def test_bytes_that_are_no_text_are_refused(raw: bytes, file: Path, run: Run, tmp_path: Path) -> None:
    (tmp_path / "raw.toml").write_bytes(raw)
    assert "UTF-8" in run("assess", file, "--model", tmp_path / "raw.toml", expect=1).err


def test_only_what_comes_with_cmdesk_can_be_included_so_that_nothing_goes_in_circles(file: Path, run: Run, tmp_path: Path) -> None:
    for name, other in (("one", "two"), ("two", "three"), ("three", "one")):
        (tmp_path / f"{name}.toml").write_text(f'include = "{other}.toml"\n', "utf-8")
        said = run("assess", file, "--model", tmp_path / f"{name}.toml", expect=1).err
        assert f'{name}.toml, line 1: include: there is no goal model "{other}.toml"' in said and "Allowed: closeness, competence." in said
    (tmp_path / "closeness.toml").write_text('include = "closeness.toml"\n', "utf-8")
    assert "in a circle: closeness.toml → closeness.toml" in run("assess", file, "--model", tmp_path / "closeness.toml", expect=1).err
