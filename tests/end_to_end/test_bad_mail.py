"""Every case of robustness F by its id, through the real command and its worker."""

from __future__ import annotations

import hashlib
import tempfile
from pathlib import Path

import pytest

from tests.end_to_end.conftest import Run
from tests.plugins.mailbox.make_mail import CASES


@pytest.fixture
def temp(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The temporary folder of this test and of the worker it starts."""
    folder = tmp_path / "temp"
    folder.mkdir()
    monkeypatch.setenv("TMPDIR", str(folder))
    monkeypatch.setattr(tempfile, "tempdir", None)
    return folder


@pytest.mark.parametrize("case", sorted(CASES))
def test_bad_mail(case: str, file: Path, tmp_path: Path, temp: Path, run: Run) -> None:
    make, expected = CASES[case]
    path = tmp_path / "source.mbox"
    path.write_bytes(make())
    before = hashlib.sha256(file.read_bytes()).hexdigest()
    done = run("import", file, path, "--as", "mailbox.archive", "--json", expect=None)
    assert "Traceback" not in done.err
    assert list(temp.iterdir()) == []
    if expected.get("refused"):
        assert (done.code, done.out) == (1, "")
        error, hint = done.err.splitlines()
        assert error.startswith("error: ") and error.endswith(".") and hint.startswith("hint: ")
        assert hashlib.sha256(file.read_bytes()).hexdigest() == before
        return
    assert done.code == 0, done.err
    records = done.json["records"]
    assert records["read"] == records["used"] + sum(records["left_out"].values()) + records["set_aside"]
    assert {name: records[name] for name in expected} == expected, done.out
    assert done.json["facts"].get("post", {"stated": 0})["stated"] == records["used"]
    for line in done.json["facts"].values():
        assert line["stated"] == line["stored"] + line["merged"] + line["set_aside"]
    for problem in done.json["problems"]:
        assert problem["where"] and problem["why"] and "ann" not in (problem["where"] + problem["why"]).lower().split()
    again = run("import", file, path, "--as", "mailbox.archive", "--json").json
    assert all(line["stored"] == line["changed"] == 0 for line in again["facts"].values())
