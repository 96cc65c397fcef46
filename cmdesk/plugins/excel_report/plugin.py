"""The exporter excel.report."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from cmdesk.api import Exporter, NoOptions, Progress, _, hookimpl

if TYPE_CHECKING:
    from cmdesk.api import Report


@hookimpl
def cmdesk_exporters() -> Iterator[Exporter]:
    """One workbook for one stored assessment."""
    yield Exporter(name="excel.report", title=_("Excel workbook"), suffix=".xlsx", accepts="report", write=write, check=check)


def write(report: Report, path: Path, options: NoOptions, progress: Progress) -> None:
    """Write the workbook of `report` to `path`."""
    from . import cells, workbook

    cells.write(workbook.sheets(report), path, progress, title=workbook.title(report), day=report.as_of)


def check(report: Report, path: Path) -> None:
    """Open the workbook again and compare every cell; PluginProblem says where it differs."""
    from . import cells, workbook

    cells.check(workbook.sheets(report), path)
