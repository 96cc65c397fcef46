"""Every case of robustness F by its id, through the real command and its worker."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.end_to_end.gate import Gate
from tests.plugins.mailbox.make_mail import CASES


@pytest.mark.parametrize("case", sorted(CASES))
def test_bad_mail(case: str, gate: Gate, tmp_path: Path) -> None:
    make, expected = CASES[case]
    path = tmp_path / "source.mbox"
    path.write_bytes(make())
    done = gate(path, importer="mailbox.archive")
    assert bool(done.code) == bool(expected.get("refused")), done.err
    if done.code:
        return
    records = done.json["records"]
    assert {name: records[name] for name in expected} == expected, done.out
    assert done.json["facts"].get("post", {"stated": 0})["stated"] == records["used"]
    for problem in done.json["problems"]:
        assert "ann" not in (problem["where"] + problem["why"]).lower().split()
