"""The Excel report of 50,000 rows against openpyxl's write-only mode with the same cells: the same texts, numbers and formulas, read back from
the report. The peer is spared what the report has besides: styles, empty cells that carry a line, heights and folded rows."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openpyxl

from benchmarks.table import Line
from cmdesk import pluginhost
from cmdesk.core import goal_model
from cmdesk.core.contributions import CriterionScore, Score
from cmdesk.core.progress import Progress
from cmdesk.core.reports import GroupLine, MetricLine, Report

ROWS = 50_000
EXPORTER = "excel.report"


def lines() -> Iterator[Line]:
    """Up to the rename, and with the check that reads the file back."""
    exporter = pluginhost.load(folders=False).exporters[EXPORTER]
    report = _report()
    with tempfile.TemporaryDirectory() as folder:
        path, bare = Path(folder) / "report.xlsx", Path(folder) / "bare.xlsx"
        began = time.perf_counter()
        exporter.write(report, path, exporter.options(), Progress())
        written = time.perf_counter() - began
        began = time.perf_counter()
        assert exporter.check is not None
        exporter.check(report, path)
        checked = written + time.perf_counter() - began
        sheets = _cells(path)
        peer = _write(sheets, bare)
    rows = sum(len(cells) for cells in sheets.values())
    yield Line(f"Excel of {rows:,} rows ÷ openpyxl write-only", f"{written:.1f} s", f"{peer:.1f} s", written / peer, 1.5)
    yield Line("the same with re-opening and comparison", f"{checked:.1f} s", f"{peer:.1f} s", checked / peer, 2.5)


def _report() -> Report:
    """A report whose goal sheets have ROWS rows together: enough groups, each against all goals, each criterion measured."""
    model = goal_model.shipped()
    per_group = sum(len(goal.criteria) for goal in model.goals.values())
    count = -(-ROWS // per_group)
    groups = tuple(GroupLine(id=k + 1, name=f"Group {k}", path=f"Group {k}", parent=None if k == 0 else 1, people=20, hidden=False) for k in range(count))
    scores = tuple(_score(group.id, goal) for group in groups for goal in model.goals.values())
    metrics = {criterion.metric: MetricLine(criterion.metric, criterion.metric, "share", "A number.") for goal in model.goals.values() for criterion in goal.criteria}
    return Report(
        community="Benchmark (simulated)", assessment_id=1, as_of="2026-01-01", window_days=180, zone="UTC", model=model, scores=scores,
        groups=groups, metrics=tuple(metrics.values()), imports=(), simulated=True,
    )  # fmt: skip


def _score(group: int, goal: goal_model.Goal) -> Score:
    criteria = tuple(
        CriterionScore(
            metric=one.metric, value=0.5, unit="share", n=40, low=0.5, high=0.5, score=0.75, weight=one.weight, gate=one.gate, advice=one.advice
        )
        for one in goal.criteria
    )
    return Score(
        group=group, goal=goal.name, chosen=True, fit=0.75, low=0.75, high=0.75, verdict="fits", provisional=True, coverage=1.0, reason="It fits.",
        people=20, criteria=criteria,
    )  # fmt: skip


def _cells(path: Path) -> dict[str, list[tuple[Any, ...]]]:
    book = openpyxl.load_workbook(path, read_only=True)
    found = {sheet.title: list(sheet.iter_rows(values_only=True)) for sheet in book.worksheets}
    book.close()
    return found


def _write(sheets: dict[str, list[tuple[Any, ...]]], path: Path) -> float:
    began = time.perf_counter()
    book = openpyxl.Workbook(write_only=True)
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    book.save(path)
    return time.perf_counter() - began
