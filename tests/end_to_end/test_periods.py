"""Trend, comparison and what-if on the command line, and that the file stays as it was."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.end_to_end.conftest import Run


@pytest.fixture
def club(file: Path, houston: Path, run: Run) -> Path:
    run("import", file, houston)
    run("goal", file, "datajam", "collaborate")
    run("goal", file, "Houston", "connect")
    return file


def test_a_trend_goes_back_as_far_as_there_are_facts(club: Path, run: Run) -> None:
    run("note", club, "2016-03-01", "new host")
    run("note", club, "2014-03-01", "before all")
    found = run("trend", club, "Houston", "connect", "--json").json
    days = [point["as_of"] for point in found["points"]]
    assert days == sorted(days) and days[-1] == "2016-07-27" and days[0] >= "2015-08-01"
    assert [note["text"] for note in found["notes"]] == ["new host"]
    assessed = run("assess", club, "--group", "Houston", "--goal", "connect", "--json").json["scores"][0]
    last = found["points"][-1]
    assert {key: last[key] for key in ("fit", "low", "high", "verdict", "coverage")} == {key: assessed[key] for key in ("fit", "low", "high", "verdict", "coverage")}
    assert all(point["low"] < point["fit"] < point["high"] for point in found["points"] if point["fit"] is not None)
    assert "new host" in run("trend", club, "Houston", "connect").out


def test_a_quick_trend_has_points_only(club: Path, run: Run) -> None:
    points = run("trend", club, "Houston", "connect", "--quick", "--json").json["points"]
    assert any(point["fit"] is not None for point in points)
    assert all(point["low"] == point["fit"] == point["high"] for point in points)


@pytest.mark.parametrize("day", ["0001-01-01", "0001-06-30", "2001-01-01"])
def test_a_trend_before_all_data_has_no_points_and_says_so(club: Path, run: Run, day: str) -> None:
    assert run("trend", club, "Houston", "connect", "--as-of", day, "--json").json["points"] == []
    assert "nothing up to that day has a date" in run("trend", club, "Houston", "connect", "--as-of", day).out


def test_a_small_group_shows_no_point(club: Path, run: Run) -> None:
    points = run("trend", club, "datasets", "find", "--json").json["points"]
    assert points and all(point["fit"] is None and point["hidden"] for point in points)


def test_compare_splits_the_change_into_people_and_ties(club: Path, run: Run) -> None:
    run("assess", club, "--as-of", "2015-12-31")
    run("assess", club, "--as-of", "2016-01-31")
    found = run("compare", club, 1, 2, "--all", "--group", "Houston", "--json").json
    known = [change for change in found["scores"] if change["people"] is not None]
    assert known
    for change in known:
        assert change["change"] == pytest.approx(change["people"] + change["ties"] + change["rules"])
    assert any(change["people"] for change in known)
    assert {(change["group"], change["goal"]) for change in run("compare", club, 1, 2, "--json").json["scores"]} <= {
        ("Houston", "connect"), ("datajam", "collaborate"),
    }  # fmt: skip
    assert "People:" in run("compare", club, 1, 2).out


def test_runs_without_dates_are_compared_and_say_so(file: Path, tmp_path: Path, run: Run) -> None:
    ties = tmp_path / "ties.csv"
    ties.write_text("from,to\n" + "".join(f"p{one},p{other}\n" for one in range(8) for other in range(one)), encoding="utf-8")
    run("import", file, ties)
    run("assess", file, "--goal", "solve")
    run("assess", file, "--goal", "solve")
    told = run("compare", file, 1, 2, "--all").out
    assert "without dates" in told and "1970" not in told


def test_different_measures_are_refused_in_words(club: Path, run: Run) -> None:
    run("assess", club, "--goal", "solve")
    run("assess", club, "--goal", "solve", "--model", "competence")
    refused = run("compare", club, 1, 2, expect=1)
    assert "measure different things" in refused.err and "hint:" in refused.err


def test_what_if_changes_nothing_but_the_answer(club: Path, run: Run) -> None:
    before = club.read_bytes()
    tie = run("show", club, "ties", "--json").json["ties"][0]
    answers = run("what-if", club, "--leave", tie["person"], "--json").json["answers"]
    assert {(row["group"], row["goal"]) for row in answers} == {("Houston", "connect"), ("datajam", "collaborate")}
    whole = next(row for row in answers if row["group"] == "Houston")
    assert whole["after"]["people"] == whole["before"]["people"] - 1
    made = run("what-if", club, "--circle", f"Core={tie['person']},{tie['other']}", "--json").json["answers"]
    assert [row["after"] for row in made if row["group"] == "Core"] == [None] * 8  # two people: never shown
    alone = run("what-if", club, "--circle", f"Core={tie['person']},{tie['other']}", "--group", "Core", "--goal", "solve")
    assert [line.split()[:3] for line in alone.out.splitlines()[1:2]] == [["Core", "solve", "new"]]
    assert club.read_bytes() == before


@pytest.mark.parametrize(
    "words",
    [["--leave", "P-NOBODY9"], ["--join", "nowhere=P-NOBODY9"], ["--tie", "P-NOBODY9"], ["--split", "datajam"], ["--circle", "=x"], ["--leave", ","]],
)
def test_what_cannot_be_asked_is_said(club: Path, run: Run, words: list[str]) -> None:
    said = run("what-if", club, *words, expect=None)
    assert said.code in (1, 2) and said.err.startswith("error: ") and "Traceback" not in said.err


def test_what_would_change_a_verdict_stands_in_text_and_document(club: Path, run: Run) -> None:
    document = run("assess", club, "--group", "Houston", "--goal", "connect", "--quick", "--json").json
    [score] = document["scores"]
    assert set(score) >= {"gains", "disagrees"}
    assert score["gains"], "a group that does not fit ideally has something to gain"
    gains = [gain["gain"] for gain in score["gains"]]
    assert gains == sorted(gains, reverse=True) and len(gains) <= 3
    for gain in score["gains"]:
        assert gain["fit"] - gain["gain"] == pytest.approx(score["fit"])
    if score["verdict"] in ("partly", "not_yet"):
        assert "would change it: " in run("assess", club, "--group", "Houston", "--goal", "connect", "--quick").out


def test_a_trend_is_drawn_with_its_notes(club: Path, run: Run, tmp_path: Path) -> None:
    run("note", club, "2016-03-01", "new <host> & co")
    run("trend", club, "Houston", "connect", "--quick", "--to", tmp_path / "trend.svg")
    text = (tmp_path / "trend.svg").read_text("utf-8")
    assert "new &lt;host&gt; &amp; co" in text and "Houston" in text
    refused = run("trend", club, "Houston", "connect", "--to", tmp_path / "trend.pdf", expect=2)
    assert "neither in .png nor in .svg" in refused.err and not (tmp_path / "trend.pdf").exists()
