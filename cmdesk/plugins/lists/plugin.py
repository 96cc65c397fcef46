"""Lists to fill in by hand, as a workbook or CSV file; the importer `spreadsheet.filled_in` reads them back."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from cmdesk.api import Exporter, Progress, _, hookimpl

if TYPE_CHECKING:
    from cmdesk.api import ListsToFill


class ListOptions(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`list`: which one a CSV file holds: threads, pages, groups, profiles or pulse. A workbook holds them all."""

    list: str = "threads"


@hookimpl
def cmdesk_exporters() -> Iterable[Exporter]:
    """`lists.to_fill_in`."""
    yield Exporter(name="lists.to_fill_in", title=_("Lists to fill in"), suffix=".xlsx", accepts="lists", write=_write, options=ListOptions)


def _write(lists: ListsToFill, path: Path, options: ListOptions, progress: Progress) -> None:
    from .workbook import write

    write(lists, path, options, progress)
