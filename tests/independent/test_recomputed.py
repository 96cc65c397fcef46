"""Five metrics are recomputed from the raw export by a script that knows nothing of cmdesk, and agree with what the command prints."""

from __future__ import annotations

import ast
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from cmdesk.core import paths
from tests.independent import recompute

SCRIPT = Path(recompute.__file__)
BY_HAND = {"n", "two", "D_R", "ans", "even"}


def cmdesk(*words: object) -> str:
    """What a real command prints."""
    done = subprocess.run([sys.executable, "-m", "cmdesk", *map(str, words)], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return done.stdout


def export(told: str, folder: Path) -> Path:
    """The real sample, or a simulated export by the words of the command."""
    if told == "houston":
        return paths.resource("samples/slack/houstondatavis-slack-export.zip")
    path = folder / "export.zip"
    cmdesk("simulate", *told.split(), "--to", path)
    return path


@pytest.mark.parametrize(
    ("told", "least"),
    [("houston", 26), ("--people 120 --messages 6000 --seed 4", 15), ("--people 14 --messages 4000 --seed 5", 10), ("--scenario a3 --seed 2 --set people=200", 50),
     ("--scenario a6 --seed 2 --set size=20", 40)],
)  # fmt: skip
def test_an_independent_script_finds_the_same(told: str, least: int, tmp_path: Path) -> None:
    raw, file, printed = export(told, tmp_path), tmp_path / "a.cmdesk", tmp_path / "a.json"
    cmdesk("new", file, "--name", "Whole")
    cmdesk("import", file, raw)
    printed.write_text(cmdesk("assess", file, "--quick", "--no-questions", "--json"), "utf-8")
    done = subprocess.run([sys.executable, "-I", "-S", str(SCRIPT), str(raw), str(printed)], capture_output=True, text=True)
    lines: list[dict[str, Any]] = json.loads(done.stdout)
    assert [line for line in lines if not line["agree"]] == []
    assert done.returncode == 0
    valued = [line for line in lines if line["own"] is not None]
    assert len(valued) >= least and {line["metric"] for line in valued} == BY_HAND


def test_another_day_and_window(tmp_path: Path) -> None:
    raw, file, printed = export("--people 60 --messages 5000 --seed 6", tmp_path), tmp_path / "a.cmdesk", tmp_path / "a.json"
    cmdesk("new", file)
    cmdesk("import", file, raw)
    printed.write_text(cmdesk("assess", file, "--quick", "--no-questions", "--json", "--as-of", "2023-11-30", "--window", 60), "utf-8")
    lines = recompute.compare(str(raw), json.loads(printed.read_text("utf-8")))
    assert {line["metric"] for line in lines if line["own"] is not None} == BY_HAND
    assert [line for line in lines if not line["agree"]] == []


def test_the_exports_put_every_rule_of_trust_to_use(tmp_path: Path) -> None:
    """Co-participation, several addressees, several contexts, shared contacts, the cap on reactions: each changes R in these exports."""
    raw = recompute.Export(str(export("--people 14 --messages 4000 --seed 5", tmp_path)), 2 * 10**15)
    found = recompute.events(raw)
    reactions = [event for event in found if event.a == 0.25]
    assert len(reactions) < sum(who in raw.people and who != post.author for post in raw.posts for who in post.reactors)
    assert any(event.both for event in found)
    where: dict[frozenset[str], set[str]] = {}
    for event in found:
        where.setdefault(frozenset((event.source, event.target)), set()).add(event.channel)
    assert max(len(channels) for channels in where.values()) >= 2
    houston = recompute.Export(str(export("houston", tmp_path)), 2 * 10**15)
    assert any(event.a == 0.8 / 2 for event in recompute.events(houston))


def test_the_script_imports_nothing_but_the_standard_library() -> None:
    tree = ast.parse(SCRIPT.read_text("utf-8"))
    names = {alias.name.partition(".")[0] for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    names |= {(node.module or "").partition(".")[0] for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert names - {"__future__"} <= sys.stdlib_module_names


def test_a_value_that_is_off_is_found(tmp_path: Path) -> None:
    """The comparison can fail."""
    raw, file = export("houston", tmp_path), tmp_path / "a.cmdesk"
    cmdesk("new", file)
    cmdesk("import", file, raw)
    told = json.loads(cmdesk("assess", file, "--quick", "--no-questions", "--json", "--group", "general"))
    for score in told["scores"]:
        for row in score["criteria"]:
            if row["metric"] == "D_R":
                row["value"] += 1e-8
    assert {line["metric"] for line in recompute.compare(str(raw), told) if not line["agree"]} == {"D_R"}
