"""cmdesk link, unlink, show suggestions and links: without names no name and no key is printed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from cmdesk.cli import run
from cmdesk.core.community import Community
from cmdesk.core.records import Origin, Person
from tests.core.importing.stating import import_records


@pytest.fixture
def file(tmp_path: Path) -> str:
    with Community.create(tmp_path / "c.cmdesk", "C") as community:
        import_records(community, tmp_path, [Origin("mail", "l"), Person("ann@a.example", name="Ann Smith"), Person("bo@a.example", name="Bo Ray")])
        import_records(community, tmp_path, [Origin("slack", "T"), Person("U1", name="Smith, Ann"), Person("U2", name="Cy Noh")])
    return str(tmp_path / "c.cmdesk")


def test_from_a_suggestion_to_a_person_and_back(file: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["show", file, "suggestions", "--json"]) == 0
    text = capsys.readouterr().out
    assert "Smith" not in text and "ann@" not in text and "U1" not in text
    (pair,) = json.loads(text)["suggestions"]
    assert run(["link", file, pair["person"], pair["other"]]) == 0
    capsys.readouterr()
    assert run(["show", file, "links"]) == 0
    assert "ann@" not in capsys.readouterr().out
    assert run(["link", file, "--write", str(tmp_path / "d.csv")]) == 0
    assert "mail:l/ann@a.example" in (tmp_path / "d.csv").read_text("utf-8-sig")
    assert run(["unlink", file, pair["person"]]) == 0
    assert run(["link", file, "--read", str(tmp_path / "d.csv")]) == 0
    assert run(["undo", file]) == 0
    capsys.readouterr()
    assert run(["show", file, "suggestions", "--names", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["suggestions"][0]["keys"] == ["mail:l/ann@a.example", "slack:T/U1"]


def test_not_the_same_by_names(file: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["link", file, "Bo Ray", "Cy Noh", "--names", "--not-same"]) == 0
    assert run(["link", file, "onlyone"]) == 2
    capsys.readouterr()
    assert run(["show", file, "links", "--names", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["links"] == [{"person": "mail:l/bo@a.example", "other": "slack:T/U2", "same": False}]
