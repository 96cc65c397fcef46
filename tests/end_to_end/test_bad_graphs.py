"""Every case of robustness D by its id, through the real command and its worker."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.end_to_end.gate import Gate
from tests.plugins.graph_files.make_xml import CASES


@pytest.mark.parametrize("case", sorted(CASES))
def test_bad_graph(case: str, gate: Gate, tmp_path: Path) -> None:
    make, expected = CASES[case]
    path = tmp_path / "source.graphml"
    path.write_bytes(make())
    done = gate(path)
    if "refused" in expected:
        assert done.code == 1 and expected["refused"] in done.err.splitlines()[0], done.err
        return
    assert done.code == 0, done.err
    records = done.json["records"]
    assert {name: records[name] for name in expected} == expected, done.out
