"""Communities and questions that nobody expects, through the real command: a reasoned "no verdict" or an exact result, never NaN, never a crash."""

from __future__ import annotations

import csv
import json
import math
import zipfile
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from tests.end_to_end.conftest import Run

Rows = Iterator[tuple[str, str, str, str]]  # author, group, time, key of the post that is answered
BEGIN = datetime(2025, 1, 6, 9, tzinfo=UTC)
PEOPLE = [f"P{k}" for k in range(8)]


def moment(hours: float) -> str:
    return (BEGIN + timedelta(hours=hours)).isoformat()


def one_person() -> Rows:
    for k in range(200):
        yield "P0", "club", moment(k), "" if k % 2 else str(max(0, k - 1))


def one_writes() -> Rows:
    yield from ((person, "club", moment(0), "") for person in PEOPLE)
    for k in range(8, 300):
        yield "P0", "club", moment(k), str(k % 8) if k % 3 else ""


def one_moment() -> Rows:
    for k in range(300):
        yield PEOPLE[k * 5 % 8], "club", moment(0), "" if k < 8 else str(k % 8)


def a_subset() -> Rows:
    """The board's members are all in the club, and write in both."""
    for k in range(400):
        small = k % 4 == 0
        author = PEOPLE[k // 4 % 5] if small else PEOPLE[k // 4 * 3 % 8]
        yield author, "board" if small else "club", moment(4 * k), "" if k < 16 or k % 5 == 0 else str(k - 4)


def nothing() -> Rows:
    """No messages: people and their ties only, and none of these has a time."""
    yield from ()


def one_thread() -> Rows:
    for k in range(100_000):
        yield f"P{k * 7 % 40}", "club", moment(k / 40), "0" if k else ""


ODD: list[Callable[[], Rows]] = [nothing, one_person, one_writes, one_moment, a_subset]


def log_of(rows: Rows, folder: Path) -> Path:
    """A log of facts as a spreadsheet."""
    path = folder / "log.csv"
    with path.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out)
        writer.writerow(["type", "time", "actor", "group", "parent", "id"])
        writer.writerows(["reply" if parent else "post", at, author, group, parent, str(k)] for k, (author, group, at, parent) in enumerate(rows))
    return path


def community(rows: Rows, run: Run, folder: Path) -> Path:
    """A community of these messages; without any, of people and ties."""
    file, known = folder / "odd.cmdesk", list(rows)
    run("new", file, "--name", "Odd")
    if known:
        run("import", file, log_of(iter(known), folder), "--as", "spreadsheet.log")
        return file
    (folder / "people.csv").write_text("id,name,unit\n" + "".join(f"{key},Name {key},Unit {key[-1]}\n" for key in PEOPLE), "utf-8")
    (folder / "ties.csv").write_text("from,to,weight\n" + "".join(f"{one},{other},1\n" for one, other in pairwise(PEOPLE)), "utf-8")
    run("import", file, folder / "people.csv", "--as", "spreadsheet.people")
    run("import", file, folder / "ties.csv", "--as", "spreadsheet.ties")
    return file


def strict(text: str) -> Any:
    """A JSON document without NaN and infinities."""

    def refuse(word: str) -> None:
        raise AssertionError(word)

    return json.loads(text, parse_constant=refuse)


def sound(document: Any) -> None:
    """Every score is explained, its numbers are numbers, and what was not measured says why."""
    for score in document["scores"]:
        assert score["verdict"] in ("fits", "partly", "not_yet", "no_verdict") and 0 <= score["coverage"] <= 1
        assert (score["fit"] is None) == (score["verdict"] == "no_verdict")
        if score["fit"] is not None:
            assert 0 <= score["low"] <= score["fit"] <= score["high"] <= 1 and score["reason"]
        for row in score["criteria"]:
            assert (row["value"] is None) == bool(row["missing"])
            assert row["value"] is None or math.isfinite(row["value"])
            assert row["value"] is None or row["low"] is None or row["low"] <= row["value"] <= row["high"]


@pytest.mark.parametrize("make", ODD)
def test_an_odd_community_is_assessed_all_the_same(make: Callable[[], Rows], run: Run, tmp_path: Path) -> None:
    file = community(make(), run, tmp_path)
    run("goal", file, "Odd", "collaborate")
    document = strict(run("assess", file, "--json").out)
    assert len(document["scores"]) % 8 == 0 and document["scores"]
    sound(document)
    assert len(document["questions"]) == 3
    run("assess", file)
    for words in (("what-if", file, "--leave", code_of(file, run)), ("trend", file, "Odd", "collaborate"), ("show", file, "structure")):
        strict(run(*words, "--json").out)
        assert run(*words).out
    for picture in ("matrix", "position", "network"):
        run("picture", file, picture, "--to", tmp_path / f"{picture}.svg")
    run("export", file, "--with", "excel.report", "--to", tmp_path / "report.xlsx")
    with zipfile.ZipFile(tmp_path / "report.xlsx") as report:
        assert not any(b"NaN" in report.read(name) for name in report.namelist() if name.startswith("xl/worksheets/"))


def code_of(file: Path, run: Run) -> str:
    """Somebody's pseudonym."""
    code: str = run("show", file, "members", "--json").json["members"][0]["label"]
    return code


def test_without_dates_the_sentence_says_so(run: Run, tmp_path: Path) -> None:
    file = community(nothing(), run, tmp_path)
    said = run("assess", file).out
    assert "1970" not in said and "nothing in it has a date" in said and "import messages, or a log with times" in said
    assert all(score["verdict"] == "no_verdict" for score in run("assess", file, "--json").json["scores"])
    run("picture", file, "matrix", "--to", tmp_path / "matrix.svg")
    drawn = (tmp_path / "matrix.svg").read_text("utf-8")
    assert "nothing has a date" in drawn and "1970" not in drawn


@pytest.mark.parametrize("day", ["0001-01-01", "1969-12-31", "2001-01-01"])
def test_a_day_before_all_data_says_so(run: Run, tmp_path: Path, day: str) -> None:
    file = community(a_subset(), run, tmp_path)
    document = strict(run("assess", file, "--as-of", day, "--json").out)
    sound(document)
    assert document["as_of"] == day and all(score["verdict"] == "no_verdict" for score in document["scores"])
    assert f"is dated on or before {day}" in run("assess", file, "--as-of", day).out


def test_the_last_day_of_the_calendar_is_a_day(run: Run, tmp_path: Path) -> None:
    file = community(a_subset(), run, tmp_path)
    sound(strict(run("assess", file, "--as-of", "9999-12-31", "--window", 36_500, "--json").out))


@pytest.mark.parametrize("window", [-180, -1, 0, 36_501, 10**30])
@pytest.mark.parametrize("words", [("assess",), ("trend", "Odd", "connect"), ("what-if", "--leave", "x")])
def test_a_window_that_is_none_is_a_usage_error(run: Run, tmp_path: Path, window: int, words: tuple[str, ...]) -> None:
    file = tmp_path / "odd.cmdesk"
    run("new", file, "--name", "Odd")
    said = run(words[0], file, *words[1:], f"--window={window}", expect=2)
    assert said.out == "" and "--window" in said.err and "Traceback" not in said.err


def test_one_thread_of_a_hundred_thousand_posts(run: Run, tmp_path: Path) -> None:
    file = community(one_thread(), run, tmp_path)
    document = strict(run("assess", file, "--json", "--no-questions").out)
    sound(document)
    values = {row["metric"]: row["value"] for score in document["scores"] if score["group"] == "club" for row in score["criteria"]}
    assert values["n"] == 40 and values["two"] is not None and values["even"] > 0.9


def test_a_group_that_lies_in_another_is_measured_by_itself(run: Run, tmp_path: Path) -> None:
    file = community(a_subset(), run, tmp_path)
    people = {score["group"]: score["people"] for score in run("assess", file, "--quick", "--no-questions", "--json").json["scores"]}
    inner, outer = ({author for author, group, _at, _parent in a_subset() if group == name} for name in ("board", "club"))
    assert people == {"Odd": 8, "board": len(inner), "club": len(outer)}
