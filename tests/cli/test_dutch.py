"""The command line in Dutch: what people read is Dutch, what scripts read does not change."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from cmdesk import app
from cmdesk.simulation import CircleSizes, circles, write_slack


@pytest.fixture
def file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    """An assessed community, made by an English desk."""
    write_slack(circles(5, CircleSizes(people=60, departments=3, circles=3, days=300)), tmp_path / "export.zip")
    path = tmp_path / "a.cmdesk"
    for arguments in (["new", path, "--name", "Proef"], ["import", path, tmp_path / "export.zip"], ["goal", path, "Proef", "connect"],
                      ["goal", path, "Proef", "solve"], ["goal", path, "Proef", "share_across"], ["assess", path]):  # fmt: skip
        assert app.run([str(each) for each in arguments]) == 0
    capsys.readouterr()
    return path


def _dutch(home: Path) -> None:
    (home / "config").mkdir(parents=True, exist_ok=True)
    (home / "config" / "settings.json").write_text('{"language": "nl"}')


def test_a_file_made_in_english_reads_in_dutch(file: Path, own_home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _dutch(own_home)
    for arguments, words in (
        (["show", str(file)], "leden"), (["show", str(file), "imports"], "apart gezet"), (["history", str(file)], "Doel “Verbinden” voor Proef"),
        (["show", str(file), "goals"], "delen tussen groepen"), (["show", str(file), "groups"], "verbinden, delen tussen groepen, oplossen"),
        (["assess", str(file)], "Proef · oplossen: NOG NIET"), (["assess", str(file)], "een voorwaarde"),
        (["assess", "--help"], "Alleen dit doel"), (["--help"], "Opdrachten"),
    ):  # fmt: skip
        assert app.run(arguments) == 0
        assert words in capsys.readouterr().out, arguments


def test_errors_are_told_in_dutch(file: Path, own_home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _dutch(own_home)
    notes = file.with_name("notes.bin")
    notes.write_bytes(b"\x00\x01\x02" * 50)
    for arguments, words in (
        (["show", "nowhere.cmdesk"], "bestaat niet"), (["goal", str(file), "Niemand", "find"], "Er is geen groep die “Niemand” heet."),
        (["import", str(file), str(notes)], "geen importmodule herkent dit bestand"),
    ):  # fmt: skip
        assert app.run(arguments) == 1
        said = capsys.readouterr().err
        assert said.startswith("fout: ") and words in said and "\ntip: " in said


def test_what_scripts_read_is_the_same_in_every_language(file: Path, own_home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    documents = []
    for language in ("en", "nl"):
        if language == "nl":
            _dutch(own_home)
        for arguments in (
            ["assess", str(file), "--json"], ["history", str(file), "--json"], ["show", str(file), "groups", "--json"], ["show", str(file), "goals", "--json"],
            ["what-if", str(file), "--json"], ["trend", str(file), "Proef", "connect", "--quarters", "2", "--json"],
        ):  # fmt: skip
            assert app.run(arguments) == 0
            found = json.loads(capsys.readouterr().out)
            found.pop("assessment_id", None)
            documents.append(found)
    assert documents[:6] == documents[6:]
    assert documents[4]["answers"][0]["before"]["reason"]


def test_numbers_have_a_comma(file: Path, own_home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """In what people read, be it printed, drawn or written."""
    _dutch(own_home)
    page, drawn, fit = tmp_path / "r.html", tmp_path / "m.svg", re.compile(r"\b0[.]\d\d\b")
    for arguments in (
        ("assess", file, "--quick", "--no-questions"), ("trend", file, "Proef", "connect", "--quick"), ("what-if", file, "--goal", "connect", "--leave", _somebody(capsys, file)),
        ("compare", file, 1, 1), ("show", file, "structure"), ("show", file, "groups"),
    ):  # fmt: skip
        said = _printed(capsys, *arguments)
        assert not fit.search(said), (arguments, fit.findall(said))
        assert re.search(r"\b0,\d\d\b", said) or arguments[-1] in ("structure", "groups"), said
    _printed(capsys, "export", file, "--with", "html.report", "--to", page)
    shown = re.sub(r"<[^>]+>", "\n", re.sub(r"<style.*?</style>", "", page.read_text("utf-8"), flags=re.DOTALL))
    assert fit.findall(shown) == []
    _printed(capsys, "export", file, "--with", "picture.matrix", "--to", drawn)
    assert fit.findall(re.sub(r"<[^>]+>", "\n", drawn.read_text("utf-8"))) == []


def _printed(capsys: pytest.CaptureFixture[str], *arguments: object) -> str:
    assert app.run([str(each) for each in arguments]) == 0
    return capsys.readouterr().out


def _somebody(capsys: pytest.CaptureFixture[str], file: Path) -> str:
    found = json.loads(_printed(capsys, "show", file, "members", "--json"))
    return str((found if isinstance(found, list) else next(iter(found.values())))[0]["label"])
