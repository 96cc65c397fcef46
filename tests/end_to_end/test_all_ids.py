"""Every case of bad input has its test through the real command: the ids of the list against those of the tests."""

from __future__ import annotations

import json
import re
from pathlib import Path

from tests.core.reading import corpus
from tests.end_to_end import test_bad_names, test_bad_times
from tests.plugins.graph_files import make_xml
from tests.plugins.mailbox import make_mail

LIST = json.loads((Path(__file__).parents[1] / "data" / "robustness.json").read_text("utf-8"))
TABLES = (corpus.CASES, make_mail.CASES, make_xml.CASES, test_bad_names.CASES, test_bad_times.CASES)
_TEST = re.compile(r"^def test_([A-H]\d\d)_", re.MULTILINE)


def ids_of_tests() -> set[str]:
    """The ids in the tables of cases that tests of this folder run, and in the names of their functions."""
    found = {case[:3] for table in TABLES for case in table if re.match(r"[A-H]\d\d", case)}
    for path in Path(__file__).parent.glob("test_*.py"):
        found.update(_TEST.findall(path.read_text("utf-8")))
    return found


def test_every_case_has_a_test() -> None:
    wanted = {f"{letter}{n:02}" for letter, last in LIST["last"].items() for n in range(1, last + 1)}
    assert len(wanted) == 189
    assert sorted(wanted - ids_of_tests()) == []
    assert sorted(ids_of_tests() - wanted) == []
