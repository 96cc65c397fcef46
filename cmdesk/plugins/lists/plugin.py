"""Lists to fill in by hand, as a workbook or CSV file; the importer `spreadsheet.filled_in` reads them back."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from cmdesk.api import Exporter, Progress, _, hookimpl

if TYPE_CHECKING:
    from cmdesk.api import Ledgers, ListsToFill


class ListOptions(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`list`: which one a CSV file holds: threads, pages, groups, profiles or pulse. A workbook holds them all."""

    list: str = "threads"


class LedgerOptions(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`import_id`: only this import; 0: all of them."""

    import_id: int = 0


@hookimpl
def cmdesk_exporters() -> Iterable[Exporter]:
    """`lists.to_fill_in` and `lists.ledger`."""
    yield Exporter(name="lists.to_fill_in", title=_("Lists to fill in"), suffix=".xlsx", accepts="lists", write=_write, check=_check, options=ListOptions)
    yield Exporter(
        name="lists.ledger", title=_("What was read, and what was set aside"), suffix=".xlsx", accepts="ledger", write=_write_ledger, check=_check,
        options=LedgerOptions,
    )  # fmt: skip


def _write(lists: ListsToFill, path: Path, options: ListOptions, progress: Progress) -> None:
    from .workbook import write

    write(lists, path, options, progress)


def _write_ledger(ledgers: Ledgers, path: Path, options: LedgerOptions, progress: Progress) -> None:
    from .ledger import write

    write(ledgers, path, options, progress)


def _check(subject: object, path: Path) -> None:
    from cmdesk.api import written

    if path.suffix.lower() == ".csv":
        written.table(path)
    else:
        written.packed(path)
