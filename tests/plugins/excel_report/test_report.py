"""The workbook of an assessment, sheet by sheet."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from openpyxl import load_workbook

from cmdesk.core.contributions import Measure
from cmdesk.plugins.excel_report.goal_sheet import heads

from .reports_made import METRICS, MODEL, line, read, report, score, written

FULL = {metric: Measure(0.9, n=40) for metric in METRICS}
GROUPS = (line(1, "Houston"), line(2, "datajam"), line(3, "secret", hidden=True), line(4, "other"))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    scores = [
        score(1, "find", FULL), score(2, "find", {"n": Measure(3.0, n=3)}, reason="Too few."), score(3, "find", FULL),
        score(4, "find", FULL, chosen=False), score(2, "collaborate", {}, reason="Nothing was measured."), score(4, "collaborate", FULL, chosen=False),
    ]  # fmt: skip
    return written(report(GROUPS, scores, members=(("P-1", "", "Sales", "Buyer"),)), tmp_path)


def test_sheets(path: Path) -> None:
    goals = [MODEL.goals["find"].title, MODEL.goals["collaborate"].title]
    assert list(read(path)) == ["Summary", *goals, "What would change it", "Position", "Definitions", "Coverage", "Limits of use", "Members"]


def test_a_row_for_each_criterion_with_everything(path: Path) -> None:
    rows = read(path)[MODEL.goals["find"].title]
    assert rows[0] == heads()
    criteria = MODEL.goals["find"].criteria
    mine = [row for row in rows[1:] if row[0] == "Houston"]
    assert [row[-1] for row in mine] == [None, *(criterion.metric for criterion in criteria)]
    for row, criterion in zip(mine[1:], criteria, strict=True):
        said = dict(zip(heads(), row, strict=True))
        assert said["Goal"] == MODEL.goals["find"].title
        assert said["Metric"] == f"Metric {criterion.metric}"
        assert said["Meaning"] == f"What {criterion.metric} means."
        assert (said["Value"], said["n"], said["Weight"]) == (0.9, 40, criterion.weight)
        assert said["Ideal"] and said["Acceptable"]
        assert isinstance(said["Score"], float | int) and isinstance(said["Contribution"], float | int)
        assert str(said["Contribution (check)"]).startswith("=")
        assert (said["Must-have"] == "yes") is criterion.gate
        assert (said["Advice"] or "", said["Source"] or "") == (criterion.advice, criterion.source)
        assert said["Missing reason"] is None
    whole = dict(zip(heads(), mine[0], strict=True))
    assert isinstance(whole["Fit"], float) and str(whole["Fit (check)"]).startswith("=")
    total = sum(row[heads().index("Contribution")] for row in mine[1:])
    assert total > 0.49 and whole["Fit"] == 0.49  # nine tenths of a person are no crowd: a must-have fails


def test_what_is_missing_says_why_and_has_no_number(path: Path) -> None:
    rows = [row for row in read(path)[MODEL.goals["collaborate"].title] if row[0] == "datajam"]
    for row in rows[1:]:
        said = dict(zip(heads(), row, strict=True))
        assert said["Missing reason"]
        assert (said["Value"], said["Score"], said["Contribution"], said["n"]) == (None, None, None, None)


def test_a_small_group_shows_nothing(path: Path) -> None:
    for name, rows in read(path).items():
        for row in rows:
            if row[0] == "secret":
                said = [cell for cell in row[1:] if cell is not None and cell not in {goal.title for goal in MODEL.goals.values()}]
                assert said, name
                assert all(str(cell).startswith("too small to show") for cell in said)


def test_what_was_not_chosen_is_folded_away_without_colour(path: Path) -> None:
    book = load_workbook(path)
    for name in ("Summary", MODEL.goals["find"].title, MODEL.goals["collaborate"].title):
        page = book[name]
        others = [row for row in page.iter_rows() if row[0].value == "other"]
        assert others, name
        for row in others:
            assert page.row_dimensions[row[0].row].hidden and page.row_dimensions[row[0].row].outlineLevel
            assert {cell.fill.fgColor.rgb for cell in row if cell.fill.fill_type} <= {"FFF5F6F4"}  # the band of a group's own line
        assert any(cell == "What else this structure would suit" for row in page.iter_rows(values_only=True) for cell in row)


def test_a_chosen_verdict_has_a_colour_that_the_legend_explains(path: Path) -> None:
    page = load_workbook(path)["Summary"]
    verdicts: dict[str, set[str]] = {}
    for row in page.iter_rows():
        for cell in row:
            if cell.fill.fill_type and str(cell.value or "")[:1] in "●◐○–" and cell.value and not page.row_dimensions[cell.row].hidden:
                verdicts.setdefault(str(cell.value).split("  ")[0], set()).add(cell.fill.fgColor.rgb)
    assert len(verdicts) == 4  # every one of them stands in the legend
    assert all(len(colours) == 1 for colours in verdicts.values())


def test_coverage_and_definitions(path: Path) -> None:
    sheets = read(path)
    said = {str(cell) for row in sheets["Coverage"] for cell in row if cell is not None}
    assert {"export.zip", "slack.export", "general", "random", MODEL.sha256, "direct messages: 7", "2026-01-31"} <= said
    (line_,) = [row for row in sheets["Coverage"] if row[0] == "export.zip"]
    assert line_[3:7] == (100, 90, 7, 3)
    assert "180" in " ".join(said)
    defined = {row[0] for row in sheets["Definitions"]}
    assert {f"Metric {name}" for name in METRICS} <= defined
    assert {goal.title for goal in MODEL.goals.values()} <= defined


def test_names_only_where_they_were_asked_for(tmp_path: Path) -> None:
    for names in (False, True):
        folder = tmp_path / str(names)
        folder.mkdir()
        members = (("P-1", "=Ann" if names else "", "+Sales", "@x"),)
        rows = read(written(report(GROUPS, [score(1, "find", FULL)], members=members, names=names), folder))["Members"]
        assert rows[0] == (("Pseudonym", "Name", "Unit", "Role") if names else ("Pseudonym", "Unit", "Role"))
        assert rows[1] == (("P-1", "=Ann", "+Sales", "@x") if names else ("P-1", "+Sales", "@x"))


def test_hostile_names_of_groups(tmp_path: Path) -> None:
    names = ["=cmd|' /C calc'!A0", "+1", "-x", "@x", "bell\x07", "x" * 40_000, "a & <b>"]
    groups = [line(1, "Houston"), *(line(number, name) for number, name in enumerate(names, 2))]
    book = load_workbook(written(report(groups, [score(group.id, "find", FULL) for group in groups]), tmp_path))
    for page in (book["Summary"], book[MODEL.goals["find"].title]):
        first = [row[0] for row in page.iter_rows(max_col=1)]
        assert {"=cmd|' /C calc'!A0", "+1", "-x", "@x", "bell", "a & <b>"} <= {cell.value for cell in first}
        assert {cell.data_type for cell in first if cell.value is not None} == {"s"}


def test_no_text_runs_into_its_neighbour(path: Path) -> None:
    """On a goal's sheet every text that is longer than its column is wrapped, in a row that is high enough for two lines at least."""
    page = load_workbook(path)[MODEL.goals["find"].title]
    for row in page.iter_rows(min_row=2):
        for cell, after in pairwise(row):
            width = page.column_dimensions[cell.column_letter].width
            if isinstance(cell.value, str) and after.value is not None and len(cell.value) > width * 1.2 and cell.data_type == "s":
                assert cell.alignment.wrap_text, cell.coordinate
                assert (page.row_dimensions[cell.row].height or 15) >= 30, cell.coordinate


def test_print_and_screen(path: Path) -> None:
    book = load_workbook(path)
    for page in book.worksheets:
        assert page.page_setup.orientation == "landscape" and page.sheet_properties.pageSetUpPr.fitToPage
    goal = book[MODEL.goals["find"].title]
    assert (goal.freeze_panes, goal.print_title_rows, goal.print_title_cols) == ("C2", "$1:$1", "$A:$B")  # the metric stands on each page
