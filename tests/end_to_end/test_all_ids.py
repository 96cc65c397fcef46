"""Every case of bad input has its test through the real command: the ids of the list against those of the tests."""

from __future__ import annotations

import json
import re
from pathlib import Path

from tests.core.reading import corpus
from tests.end_to_end import test_bad_names, test_bad_times
from tests.plugins.mailbox import make_mail

LIST = json.loads((Path(__file__).parents[1] / "data" / "robustness.json").read_text("utf-8"))
TABLES = (corpus.CASES, make_mail.CASES, test_bad_names.CASES, test_bad_times.CASES)
_TEST = re.compile(r"^def test_([A-H]\d\d)_", re.MULTILINE)
_CASE = re.compile(r'"(D\d\d)(?:_\w+)?":')


def ids_of_tests() -> set[str]:
    """The ids in the tables of cases that tests of this folder run, and in the names of their functions; graph files have tests of their own."""
    found = {case[:3] for table in TABLES for case in table if re.match(r"[A-H]\d\d", case)}
    for path in Path(__file__).parent.glob("test_*.py"):
        found.update(_TEST.findall(path.read_text("utf-8")))
    for path in (Path(__file__).parents[1] / "plugins" / "graph_files").glob("*.py"):
        found.update(_TEST.findall(path.read_text("utf-8")), _CASE.findall(path.read_text("utf-8")))
    return found


def test_every_case_has_a_test() -> None:
    wanted = {f"{letter}{n:02}" for letter, last in LIST["last"].items() for n in range(1, last + 1)}
    assert len(wanted) == 189
    theirs = {case for case in wanted if case in LIST["theirs"] or case[0] in LIST["theirs"]}
    assert sorted(wanted - theirs - ids_of_tests()) == []
    assert sorted(ids_of_tests() - wanted) == []


def test_what_belongs_to_an_importer_is_tested_once_it_is_there() -> None:
    """Take a letter out of "theirs" when its importer lands; then every case of it needs a test here."""
    plugins = Path(__file__).parents[2] / "cmdesk" / "plugins"
    assert [letter for letter, importer in LIST["theirs"].items() if (plugins / importer).exists()] == []
