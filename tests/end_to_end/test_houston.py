"""The real Slack sample through the real commands: its numbers, its ledger, pseudonyms, undo."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pytest

from tests.end_to_end.conftest import Run

NUMBERS = {"person": 71, "group": 16, "membership": 201, "reaction": 199, "post": 1_382, "mention": 575}


def test_every_record_and_fact_of_the_sample_is_accounted_for(run: Run, file: Path, houston: Path) -> None:
    found = run("import", file, houston, "--json").json
    records = found["records"]
    assert found["importer"] == "slack.export"
    assert records["read"] == records["used"] + sum(records["left_out"].values()) + records["set_aside"] == 1_382 + 71 + 16
    assert {kind: fact["stated"] for kind, fact in found["facts"].items()} == NUMBERS
    for fact in found["facts"].values():
        assert fact["stated"] == fact["stored"] + fact["merged"] + fact["set_aside"]
        assert set(fact) == {"stated", "stored", "merged", "changed", "set_aside"}
    assert found["first"].startswith("2015-06-06") and found["last"].startswith("2016-07-27")
    assert all(set(problem) == {"where", "why", "records"} for problem in found["problems"])
    totals = run("show", file, "--json").json
    assert (totals["members"], totals["groups"], totals["memberships"], totals["reactions"]) == (71, 16, 201, 199)
    assert totals["posts"] + totals["events"] == 1_382


def test_json_is_the_only_thing_on_stdout_and_stderr_is_silent_without_a_terminal(run: Run, file: Path, houston: Path) -> None:
    done = run("import", file, houston, "--json")
    assert done.out.startswith("{") and done.out.endswith("}\n")
    assert done.err == ""


def test_a_preview_tells_the_same_and_changes_nothing(run: Run, file: Path, houston: Path) -> None:
    before = file.read_bytes()
    preview = run("import", file, houston, "--preview", "--json").json
    assert file.read_bytes() == before
    real = run("import", file, houston, "--json").json
    assert preview["import_id"] is None and real["import_id"] is not None
    assert preview["records"] == real["records"] and preview["facts"] == real["facts"]


def test_importing_it_twice_stores_nothing_and_the_dump_is_equal(run: Run, file: Path, houston: Path) -> None:
    run("import", file, houston)
    once = run("dump", file)
    again = run("import", file, houston, "--json").json
    assert all(fact["stored"] == 0 and fact["changed"] == 0 for fact in again["facts"].values())
    assert run("dump", file).out == once.out
    assert "names" in once.err


def test_undo_gives_the_dump_of_before_and_redo_that_of_after(run: Run, file: Path, houston: Path) -> None:
    empty = run("dump", file).out
    run("import", file, houston)
    imported = run("dump", file).out
    run("goal", file, "datajam", "collaborate", "--importance", "5")
    assert run("dump", file).out != imported
    assert "Collaborate" in run("undo", file).out
    assert run("dump", file).out == imported
    run("undo", file)
    assert run("dump", file).out == empty
    run("redo", file)
    assert run("dump", file).out == imported
    assert run("show", file, "groups", "--json").json["groups"][0]["posts"] == 1_031


def test_history_lists_what_was_done(run: Run, file: Path, houston: Path) -> None:
    assert "Nothing" in run("history", file).out
    run("import", file, houston)
    run("goal", file, "Houston", "find")
    kinds = [row["kind"] for row in run("history", file, "--json").json["history"]]
    assert kinds == ["goal", "import"]
    run("undo", file)
    run("undo", file)
    assert run("undo", file, expect=1).err.startswith("error: ")


def test_people_are_pseudonyms_unless_names_are_asked_for(run: Run, file: Path, houston: Path) -> None:
    run("import", file, houston)
    hidden = run("show", file, "members", "--json").json["members"]
    named = run("show", file, "members", "--names", "--json").json["members"]
    assert len(hidden) == len(named) == 71
    assert all(row["label"].startswith("P-") for row in hidden)
    names = {row["label"] for row in named if not row["label"].startswith("P-") and len(row["label"]) > 5}
    assert len(names) > 50
    for part in ("members", "groups", "goals", "imports", "ties", "assessments"):
        text = run("show", file, part).out
        assert not any(name in text for name in names), part


def test_each_part_shows_a_table_and_a_document(run: Run, file: Path, houston: Path) -> None:
    for part in ("members", "groups", "goals", "imports", "assessments"):
        assert isinstance(run("show", file, part, "--json").json[part], list)
        assert run("show", file, part).out.strip()
    run("import", file, houston)
    assert "slack.export" in run("show", file, "imports").out
    assert "datajam" in run("show", file, "groups").out


def test_text_is_not_kept_unless_asked(run: Run, file: Path, houston: Path, tmp_path: Path) -> None:
    run("import", file, houston)
    kept = tmp_path / "kept.cmdesk"
    run("new", kept)
    run("import", kept, houston, "--option", "keep_text=yes")
    with zipfile.ZipFile(houston) as archive:
        messages = [message for name in archive.namelist() if "/" in name for message in json.loads(archive.read(name))]
    plain = [message["text"].encode() for message in messages if "subtype" not in message and not set("<&\n") & set(message["text"])]
    telling = [text for text in plain if 60 < len(text) < 400]
    assert len(telling) > 50
    assert not any(text in file.read_bytes() for text in telling)
    assert all(text in kept.read_bytes() for text in telling[:10])


@pytest.mark.parametrize("words", [("nobody", "find"), ("datajam", "collaborate", "--remove")])
def test_a_goal_that_cannot_be_set_is_refused(run: Run, file: Path, houston: Path, words: tuple[str, ...]) -> None:
    run("import", file, houston)
    before = run("dump", file).out
    refused = run("goal", file, *words, expect=1)
    assert refused.err.startswith("error: ") and "\nhint: " in refused.err
    assert run("dump", file).out == before


def test_what_is_no_export_is_refused_and_the_file_stays(run: Run, file: Path, tmp_path: Path) -> None:
    before = file.read_bytes()
    for name, data in (("a.zip", b"PK\x03\x04 no zip"), ("b.bin", bytes(range(256)) * 40), ("empty.zip", b"")):
        (tmp_path / name).write_bytes(data)
        refused = run("import", file, tmp_path / name, expect=1)
        assert refused.out == "" and refused.err.startswith("error: ") and "Traceback" not in refused.err
    refused = run("import", file, tmp_path / "none.zip", expect=1)
    assert "none.zip" in refused.err
    assert file.read_bytes() == before


def test_new_does_not_write_over_a_file(run: Run, file: Path) -> None:
    before = file.read_bytes()
    assert run("new", file, expect=1).err.startswith("error: ")
    assert file.read_bytes() == before


def test_a_community_is_named_like_its_file_or_as_asked(run: Run, tmp_path: Path) -> None:
    run("new", tmp_path / "choir.cmdesk")
    assert run("show", tmp_path / "choir.cmdesk", "--json").json["name"] == "choir"
    run("goal", tmp_path / "choir.cmdesk", "choir", "connect")
    assert run("show", tmp_path / "choir.cmdesk", "goals", "--json").json["goals"][0]["group"] == "choir"
