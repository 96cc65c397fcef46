"""Lists of who took part in a meeting or event: CSV, TSV and workbooks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from cmdesk.api import Importer, Progress, Record, _, hookimpl

from .options import Options

if TYPE_CHECKING:
    from cmdesk.api import Source


@hookimpl
def cmdesk_importers() -> Iterable[Importer]:
    """`meetings.attendance`."""
    yield Importer(
        name="meetings.attendance", title=_("List of who took part in a meeting"), patterns=("*.csv", "*.tsv", "*.xlsx", "*.xls", "*.ods"), sniff=_sniff,
        read=_read, options=Options,
    )  # fmt: skip


def _sniff(source: Source) -> float:
    from cmdesk.api import CmdeskError

    from .layout import sniff

    try:
        return sniff(source)
    except CmdeskError:
        return 0.0


def _read(source: Source, options: Options, progress: Progress) -> Iterator[Record]:
    from .reading import read

    yield from read(source, options, progress)
