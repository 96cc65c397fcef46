"""Goal models on the command line."""

from __future__ import annotations

from pathlib import Path

from tests.end_to_end.conftest import Run


def test_export_edit_keep_use_and_assess(file: Path, houston: Path, tmp_path: Path, run: Run) -> None:
    run("import", file, houston)
    out = tmp_path / "mine.toml"
    run("model", file, "--export", "competence", "--to", out)
    out.write_text(out.read_text("utf-8").replace('id = "competence"', 'id = "mine"'), "utf-8")
    run("model", file, "--add", out, "--use", "mine")
    rows = run("model", file, "--json").json["models"]
    assert [(row["id"], row["own"], row["in_use"]) for row in rows] == [("closeness", False, False), ("competence", False, False), ("mine", True, True)]
    assert run("assess", file, "--goal", "solve", "--json").json["goal_model"]["id"] == "mine"
    assert run("assess", file, "--goal", "solve", "--model", "closeness", "--json").json["goal_model"]["id"] == "closeness"
    assert run("model", file, "--diff", "mine", "--against", "competence").out == "They say the same.\n"
    assert "solve" in run("model", file, "--diff", "mine").out


def test_a_broken_model_is_refused_with_file_and_line(file: Path, tmp_path: Path, run: Run) -> None:
    before = file.read_bytes()
    broken = tmp_path / "broken.toml"
    broken.write_text('id = "x"\nversion = "1"\ntitle = "X"\ninclude = "closeness"\nweigth = 3\n', "utf-8")
    said = run("model", file, "--add", broken, expect=1)
    assert said.err.startswith("error: broken.toml, line 5: weigth")
    assert file.read_bytes() == before
    assert run("model", file, "--export", "closeness", expect=None).code == 2
