"""Tables (CSV, TSV, text in columns, XLSX): member lists, ties (edge lists, matrices, who is in what), logs of interactions, and lists that people
fill in by hand."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from cmdesk.api import Importer, Progress, Record, _, hookimpl

from . import log, people, ties
from .links import link
from .tables import FilledOptions, LogOptions, Options, TieOptions, sniffer

if TYPE_CHECKING:
    from cmdesk.api import Source

PATTERNS = ("*.csv", "*.tsv", "*.txt", "*.xlsx", "*.xlsm")


@hookimpl
def cmdesk_importers() -> Iterable[Importer]:
    """One importer for each kind of table."""
    yield Importer(
        name="spreadsheet.people", title=_("Table of people"), patterns=PATTERNS, sniff=sniffer("people"), read=people.read, options=Options
    )
    yield Importer(
        name="spreadsheet.ties", title=_("Table of ties"), patterns=PATTERNS, sniff=sniffer("ties"), read=ties.read, options=TieOptions
    )
    yield Importer(
        name="spreadsheet.log", title=_("Log of interactions"), patterns=PATTERNS, sniff=sniffer("log"), read=log.read, options=LogOptions,
        link=link,
    )  # fmt: skip
    yield Importer(
        name="spreadsheet.filled_in", title=_("Lists that were filled in"), patterns=PATTERNS, sniff=sniffer("filled"), read=_read_filled,
        options=FilledOptions,
    )  # fmt: skip


def _read_filled(source: Source, options: FilledOptions, progress: Progress) -> Iterator[Record]:
    from .filled_in import read

    yield from read(source, options, progress)
