"""What stands beside the goals in the workbook: questions, gains, trend, changes, position, limits; and that one report is one file."""

from __future__ import annotations

import datetime as dt
import time
import zipfile
from pathlib import Path
from typing import Any

import msgspec
import pytest
from openpyxl import load_workbook

from cmdesk.core import comparing, gains
from cmdesk.core.contributions import Disagreement, Figure, Finding, Measure, Sensitivity
from cmdesk.core.notes import Note
from cmdesk.core.reports import Asked, CircleLine, QuestionLine, Report, TrendLine, TrendPoint

from .reports_made import METRICS, MODEL, line, read, report, score, written

HALF = {metric: Measure(0.3, n=40, low=0.2, high=0.4) for metric in METRICS}


def point(day: str, fit: float | None = 0.5, **more: Any) -> TrendPoint:
    return TrendPoint(**{"as_of": day, "fit": fit, "low": 0.4, "high": 0.6, "verdict": "partly", "coverage": 0.9, "people": 19, **more})


@pytest.fixture
def made() -> Report:
    doubtful = msgspec.structs.replace(
        score(2, "connect", HALF), provisional=False, low=0.31, high=0.55, chance=0.4, fragile=True, verdict="partly",
        sensitivity=(Sensitivity("half_life=90", 0.5, "partly"), Sensitivity("without_moderators", 0.3, "not_yet")),
        disagrees=Disagreement("competence", "fits", 0.8, "The other one says: it fits."),
    )  # fmt: skip
    finding = Finding(
        answer="yes", word="yes", sentence="Yes, they do.", needs="", table=(("circle", "people"), (1.0, 8.0)),
        figures=(Figure(name="f", title="A share", value=0.4, unit="share", n=60, least=30, low=0.3, high=0.5), Figure(name="g", title="None", value=None, missing="Too few.")),
    )  # fmt: skip
    trend = (
        TrendLine(group=2, goal="connect", points=(point("2025-03-01"), point("2025-06-01", hidden="too small", fit=None, low=None, high=None, people=None), point("2025-09-01"))),
    )
    groups = [line(1, "Houston"), line(2, "Sales"), line(3, "secret", hidden=True)]
    groups[1] = msgspec.structs.replace(groups[1], density=0.3, competence=0.1, pulse=(Asked("pulse_know", 0.625, 12, 0.5, 0.75),))
    groups[2] = msgspec.structs.replace(groups[2], pulse=(Asked("pulse_know", 0.875, 9, 0.8, 0.95),))
    found = report(
        groups, [doubtful, score(3, "find", HALF)], trend=trend, dated=(Note("2025-05-01", "Moved"),), opted_out=2, replicates=500, seed=9, level=0.8,
        questions=(QuestionLine(name="q", title="T", question="Does it work?", finding=finding),),
        circles=(CircleLine(number=1, people=8, fits=("find",), groups=(1,)), CircleLine(number=2, people=None, fits=(), groups=())),
    )  # fmt: skip
    later = msgspec.structs.replace(found, scores=(msgspec.structs.replace(doubtful, fit=0.7), *found.scores[1:]))
    return msgspec.structs.replace(found, since=comparing.compare(found, later, shares=lambda group, goal: (0.125, 0.0)))


def test_the_goal_sheet_says_how_sure_it_is(made: Report, tmp_path: Path) -> None:
    rows = read(written(made, tmp_path))[MODEL.goals["connect"].title]
    whole, criterion = (dict(zip(rows[0], row, strict=True)) for row in rows[1:3])
    assert (whole["Fit from"], whole["Fit to"], whole["Chance of 0.50"]) == (0.31, 0.55, 0.4)
    assert whole["Fragile"] == "moderators left out: ○ NOT YET"
    assert whole["The other goal model"] == "The other one says: it fits."
    assert (criterion["Value from"], criterion["Value to"]) == (0.2, 0.4)


def test_questions(made: Report, tmp_path: Path) -> None:
    rows = read(written(made, tmp_path))["Questions"]
    assert {"Does it work?", "Answer: yes", "Yes, they do."} <= {row[0] for row in rows}
    (share,) = [row for row in rows if row[0] == "A share"]
    assert share[:7] == ("A share", 0.4, 0.3, 0.5, "share", 60, 30)
    (none,) = [row for row in rows if row[0] == "None"]
    assert none[1] is None and none[8] == "Too few."
    assert (1, 8) in {row[:2] for row in rows} and (MODEL.goals["find"].title, 1, 8) in {row[:3] for row in rows}


def test_what_would_change_it(made: Report, tmp_path: Path) -> None:
    rows = read(written(made, tmp_path))["What would change it"]
    one = made.scores[0]
    expected = gains.gains(one.criteria, MODEL.goals["connect"])
    assert len(expected) == 3
    assert [(row[0], row[5], row[6], row[8]) for row in rows[1:]] == [("Sales", gain.value, gain.ideal, gain.fit) for gain in expected]


def test_trend_with_a_chart_that_reads_its_cells(made: Report, tmp_path: Path) -> None:
    path = written(made, tmp_path)
    rows = read(path)["Trend"]
    assert [(row[2], row[4], row[5], row[6]) for row in rows[1:]] == [
        (dt.datetime.fromisoformat("2025-03-01"), 0.5, 0.4, 0.6), (dt.datetime.fromisoformat("2025-06-01"), None, None, None), (dt.datetime.fromisoformat("2025-09-01"), 0.5, 0.4, 0.6),
    ]  # fmt: skip
    assert rows[2][9] == "2025-05-01: Moved" and rows[2][3] == "too small"
    (chart,) = load_workbook(path)["Trend"]._charts
    *lines, note = chart.series
    assert [series.yVal.numRef.f for series in lines] == ["'Trend'!$E$2:$E$4", "'Trend'!$F$2:$F$4", "'Trend'!$G$2:$G$4"]
    assert {series.xVal.numRef.f for series in lines} == {"'Trend'!$C$2:$C$4"}
    assert [note.tx.strRef.f, note.xVal.numRef.f, note.yVal.numRef.f] == ["'Trend'!$L$2", "'Trend'!$M$2", "'Trend'!$N$2"]
    assert note.dLbls.dLbl[0].showSerName
    assert [str(cell)[:10] for cell in rows[1][11:14]] == ["Moved", "2025-05-01", "0"]


def test_notes_of_the_first_quarter_are_told_and_those_before_it_are_not(made: Report, tmp_path: Path) -> None:
    dated = (Note("2024-11-01", "Long ago"), Note("2025-01-15", "Started"), Note("2025-03-01", "=Same day"), Note("2025-09-02", "Later"))
    path = written(msgspec.structs.replace(made, dated=dated), tmp_path)
    assert [row[9] for row in read(path)["Trend"][1:4]] == ["2025-01-15: Started; 2025-03-01: =Same day", None, None]
    (chart,) = load_workbook(path)["Trend"]._charts
    assert [series.tx.strRef.f for series in chart.series[3:]] == ["'Trend'!$L$2"]
    assert [row[11] for row in read(path)["Trend"][1:4]] == ["=Same day", None, None]


def test_more_notes_than_quarters_stand_below_each_other(made: Report, tmp_path: Path) -> None:
    path = written(msgspec.structs.replace(made, dated=tuple(Note(f"2025-04-{day:02}", f"n{day}") for day in range(1, 9))), tmp_path)
    rows = read(path)["Trend"]
    assert [row[11] for row in rows[1:]] == [f"n{day}" for day in range(1, 9)]
    assert all(cell in (None, "") for row in rows[4:] for cell in row[:10])
    (chart,) = load_workbook(path)["Trend"]._charts
    assert len(chart.series) == 3 + 6


def test_position_with_the_regions_of_the_goal_model(made: Report, tmp_path: Path) -> None:
    path = written(made, tmp_path)
    rows = read(path)["Position"]
    assert [row[:4] for row in rows[1:3] if row[0]] == [("Sales", 20, 0.3, 0.1)]
    page = load_workbook(path)["Position"]
    (chart,) = page._charts
    goals = list(MODEL.goals.values())
    assert len(chart.series) == len(goals) + 1
    for series, goal in zip(chart.series, goals, strict=False):
        first, last = (part.partition("$B$")[2] for part in series.xVal.numRef.f.split("!")[1].split(":"))
        corners = {(page.cell(row, 2).value, page.cell(row, 3).value) for row in range(int(first), int(last) + 1)}
        (small, large), (thin, dense) = goal.position.size, goal.position.density
        assert corners == {(small, thin), (large, thin), (large, dense), (small, dense)}


def test_what_changed(made: Report, tmp_path: Path) -> None:
    rows = read(written(made, tmp_path))["What changed"]
    (whole,) = [row for row in rows if row[2] == "all together"]
    assert whole[0] == "Sales" and whole[6] == 0.7 and whole[11] == pytest.approx(0.7 - float(whole[5]))
    assert len([row for row in rows if row[0] == "Sales"]) == 1 + len(MODEL.goals["connect"].criteria)
    people, ties, rules = (float(part) for part in whole[12:15])
    assert people == 0.125 and rules == 0 and people + ties + rules == pytest.approx(float(whole[11])), "the parts add up to the change"


def test_what_members_answered(made: Report, tmp_path: Path) -> None:
    rows = read(written(made, tmp_path))["Pulse"]
    assert [row[:6] for row in rows[5:]] == [("Sales", "pulse_know", 0.625, 0.5, 0.75, 12)], "not of the hidden group"
    without = msgspec.structs.replace(made, groups=tuple(msgspec.structs.replace(each, pulse=()) for each in made.groups))
    assert "Pulse" not in read(written(without, tmp_path))


def test_limits_and_who_opted_out(made: Report, tmp_path: Path) -> None:
    sheets = read(written(made, tmp_path))
    said = {str(cell) for name in ("Limits of use", "Coverage") for row in sheets[name] for cell in row}
    assert {"Trust is not interaction", "Check: works council", "2 members opted out and are left out.", "80\N{NO-BREAK SPACE}%, from 500 resampled communities (seed 9)"} <= said


def test_the_matrix_is_coloured_by_rules(made: Report, tmp_path: Path) -> None:
    page = load_workbook(written(made, tmp_path))["Summary"]
    (place,) = [cell.coordinate for row in page.iter_rows() for cell in row if str(cell.value).startswith("◐ PARTLY  ")]
    rules = [rule for area in page.conditional_formatting for rule in area.rules if place in area.cells]
    assert len(rules) == 4 and any('"◐"' in rule.formula[0] for rule in rules)


def test_a_goal_may_bear_the_name_of_a_sheet(made: Report, tmp_path: Path) -> None:
    goals = {**made.model.goals, "connect": msgspec.structs.replace(made.model.goals["connect"], title="Trend")}
    path = written(msgspec.structs.replace(made, model=msgspec.structs.replace(made.model, goals=goals)), tmp_path)
    book = load_workbook(path)
    assert {"Trend", "Trend (2)"} <= set(book.sheetnames)
    (chart,) = book["Trend (2)"]._charts
    assert chart.series[0].yVal.numRef.f.startswith("'Trend (2)'!")


def test_the_same_report_gives_the_same_bytes(made: Report, tmp_path: Path) -> None:
    first = written(made, tmp_path).read_bytes()
    time.sleep(1.1)  # openpyxl tells time to the second
    assert written(made, tmp_path).read_bytes() == first
    with zipfile.ZipFile(tmp_path / "report.xlsx") as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert archive.read("docProps/core.xml").count(b">2026-01-31T00:00:00Z<") == 2
