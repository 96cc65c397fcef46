"""Tables (CSV, TSV, text in columns, XLSX): member lists, ties (edge lists, matrices, who is in what), logs of interactions, and lists that people
fill in by hand."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING

from cmdesk.api import N_, Importer, Progress, Record, _, hookimpl

from . import log, people, ties
from .links import link
from .tables import READ_TOGETHER, FilledOptions, LogOptions, Options, TieOptions, kinds_in, sniffer

if TYPE_CHECKING:
    from cmdesk.api import Source

PATTERNS = ("*.csv", "*.tsv", "*.txt", "*.xlsx", "*.xlsm", "*.xls", "*.xlsb", "*.ods")


@hookimpl
def cmdesk_importers() -> Iterable[Importer]:
    """One importer for each kind of table."""
    yield Importer(
        name="spreadsheet.people", title=_("Table of people"), patterns=PATTERNS, sniff=sniffer("people"), read=_together("people"), options=Options
    )
    yield Importer(
        name="spreadsheet.ties", title=_("Table of ties"), patterns=PATTERNS, sniff=sniffer("ties"), read=_together("ties"), options=TieOptions
    )
    yield Importer(
        name="spreadsheet.log", title=_("Log of interactions"), patterns=PATTERNS, sniff=sniffer("log"), read=_together("log"), options=LogOptions,
        link=link,
    )  # fmt: skip
    yield Importer(
        name="spreadsheet.filled_in", title=_("Lists that were filled in"), patterns=PATTERNS, sniff=sniffer("filled"), read=_read_filled,
        options=FilledOptions,
    )  # fmt: skip


def _together(kind: str) -> Callable[[Source, Options, Progress], Iterator[Record]]:
    """Reads the tables of `kind`; where a folder or archive holds tables of other kinds too, those as well, each as what it is."""

    def read(source: Source, options: Options, progress: Progress) -> Iterator[Record]:
        readers: dict[str, Callable[..., Iterator[Record]]] = {"people": people.read, "ties": ties.read, "log": log.read}
        yield from readers[kind](source, options, progress)
        here = frozenset() if options.columns else kinds_in(source, options)
        for other in READ_TOGETHER:
            if other != kind and other in here:
                yield from readers[other](source, _as(_OPTIONS[other], options), progress)
        if not source.ledger.read:
            source.set_aside(source.name, N_("the table has a head and no rows"), 0)

    return read


_OPTIONS: dict[str, type[Options]] = {"people": Options, "ties": TieOptions, "log": LogOptions}


def _as(kind: type[Options], options: Options) -> Options:
    """What `options` say, for another kind of table."""
    return kind(**{name: getattr(options, name) for name in Options.__struct_fields__})


def _read_filled(source: Source, options: FilledOptions, progress: Progress) -> Iterator[Record]:
    from .filled_in import read

    yield from read(source, options, progress)
