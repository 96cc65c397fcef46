"""Every case of robustness D by its id, through the real command and its worker."""

from __future__ import annotations

import hashlib
import tempfile
from pathlib import Path

import pytest

from tests.end_to_end.conftest import Run
from tests.plugins.graph_files.make_xml import CASES


@pytest.mark.parametrize("case", sorted(CASES))
def test_bad_graph(case: str, file: Path, tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    temp = tmp_path / "temp"
    temp.mkdir()
    monkeypatch.setenv("TMPDIR", str(temp))
    monkeypatch.setattr(tempfile, "tempdir", None)
    make, expected = CASES[case]
    path = tmp_path / "source.graphml"
    path.write_bytes(make())
    before = hashlib.sha256(file.read_bytes()).hexdigest()
    done = run("import", file, path, "--json", expect=None)
    assert "Traceback" not in done.err
    assert list(temp.iterdir()) == []
    if "refused" in expected:
        assert (done.code, done.out) == (1, "")
        error, hint = done.err.splitlines()
        assert error.startswith("error: ") and expected["refused"] in error and hint.startswith("hint: ")
        assert hashlib.sha256(file.read_bytes()).hexdigest() == before
        return
    assert done.code == 0, done.err
    records = done.json["records"]
    assert records["read"] == records["used"] + sum(records["left_out"].values()) + records["set_aside"]
    assert {name: records[name] for name in expected} == expected, done.out
    for line in done.json["facts"].values():
        assert line["stated"] == line["stored"] + line["merged"] + line["set_aside"]
    again = run("import", file, path, "--json").json
    assert all(line["stored"] == line["changed"] == 0 for line in again["facts"].values())
