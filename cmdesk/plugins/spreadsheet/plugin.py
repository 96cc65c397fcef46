"""Tables (CSV, TSV, text in columns, XLSX): member lists, ties (edge lists, matrices, who is in what) and logs of interactions."""

from __future__ import annotations

from collections.abc import Iterable

from cmdesk.api import Importer, _, hookimpl

from . import log, people, ties
from .links import link
from .tables import LogOptions, Options, TieOptions, sniffer

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
        name="spreadsheet.log", title=_("Log of interactions"), patterns=PATTERNS, sniff=sniffer("log"), read=log.read, options=LogOptions, link=link,
    )
