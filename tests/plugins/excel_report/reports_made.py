"""Reports by hand: groups with measures, judged by the shipped goal model."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from openpyxl import load_workbook

from cmdesk.core import goal_model, scoring, visibility
from cmdesk.core.contributions import Measure, Score
from cmdesk.core.progress import Progress
from cmdesk.core.reports import GroupLine, ImportLine, MetricLine, Report
from cmdesk.plugins.excel_report import plugin

MODEL = goal_model.shipped()
METRICS = sorted({criterion.metric for goal in MODEL.goals.values() for criterion in goal.criteria})

Rows = list[tuple[Any, ...]]


def score(
    group: int, goal: str, measures: Mapping[str, Measure], *, chosen: bool = True, reason: str = "Because.", seen: float | None = None
) -> Score:
    """A group judged against a goal; a metric that is not in `measures` is missing. `seen`: the share of the messages that the data hold."""
    done = scoring.judge(MODEL.goals[goal], measures, seen=seen)
    return Score(
        group=group, goal=goal, chosen=chosen, fit=done.fit, low=done.low, high=done.high, verdict=done.verdict, provisional=done.chance is None, chance=done.chance,
        coverage=done.coverage, reason=reason, people=20, criteria=done.criteria,
    )  # fmt: skip


def line(number: int, name: str, *, hidden: bool = False) -> GroupLine:
    """A group; the first is the whole community."""
    return GroupLine(id=number, name=name, path=name, parent=None if number == 1 else 1, people=None if hidden else 20, hidden=hidden, why=visibility.TOO_SMALL if hidden else "")


def report(groups: Sequence[GroupLine], scores: Sequence[Score], **more: Any) -> Report:
    """A report on them. Scores of hidden groups are hidden as core hides them."""
    small = {group.id for group in groups if group.hidden}
    given: dict[str, Any] = {
        "community": "Houston", "assessment_id": 7, "as_of": "2026-01-31", "window_days": 180, "zone": "Europe/Amsterdam", "model": MODEL,
        "scores": tuple(visibility.hide(each) if each.group in small else each for each in scores), "groups": tuple(groups),
        "metrics": tuple(MetricLine(name, f"Metric {name}", "share", f"What {name} means.") for name in METRICS),
        "imports": (
            ImportLine(
                id=1, when=1_700_000_000_000_000, importer="slack.export", file="export.zip", read=100, used=90, left_out={"direct messages": 7},
                set_aside=3, first=1_600_000_000_000_000, last=1_690_000_000_000_000,
            ),
        ),
        "channels": ("general", "random"),
    }  # fmt: skip
    return Report(**{**given, **more})


def written(made: Report, folder: Path) -> Path:
    """The workbook of a report, written and checked as the host does it."""
    path = folder / "report.xlsx"
    (exporter,) = plugin.cmdesk_exporters()
    exporter.write(made, path, exporter.options(), Progress())
    assert exporter.check is not None
    exporter.check(made, path)
    return path


def read(path: Path) -> dict[str, Rows]:
    """Every sheet's rows as openpyxl reads them, formulas as text."""
    book = load_workbook(path)
    return {sheet.title: list(sheet.iter_rows(values_only=True)) for sheet in book.worksheets}


def column(rows: Rows, name: str) -> list[Any]:
    """The cells under a head of a goal's sheet."""
    at = rows[0].index(name)
    return [row[at] for row in rows[1:]]
