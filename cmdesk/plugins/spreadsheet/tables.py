"""Options of the importers, and a table opened for one of them: columns matched, dates understood."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import cache
from typing import TYPE_CHECKING

import msgspec

from cmdesk.api import N_, CmdeskError, Group, ImportProblem, Origin, _

from . import cells
from .columns import Columns
from .looks import Look, columns_of, kind_of, look, names_of_tables, parts, surest
from .showing import show

if TYPE_CHECKING:
    from cmdesk.api import Source, Table, When

TIMES = ("time", "joined", "left", "since", "confirmed", "review", "reviewed", "asked")
"""Roles of columns that hold times."""
_DAY = 86_400_000_000  # µs
ORDERS = ("", "dmy", "mdy", "ymd", "s", "ms", "us", "ns", "excel", "excel1904")
READ_TOGETHER = ("people", "ties", "log")
"""Kinds of table that are read in one import where a folder or archive holds several."""

_DELIMITERS = {"tab": "\t", "\\t": "\t", "space": " ", "comma": ",", "semicolon": ";"}


class Options(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`columns`: "role=Header;role=Header" where the guess is wrong ("role=" takes one away; a table without header has "column 1" …).
    `delimiter`: one character, tab or space. `encoding`, `sheet`: as they are called. `source`: the name under which facts are kept, so that
    several files of one source go together. `adds_to`: "slack:T0123…", an export imported earlier (its platform and key) of whose people, groups
    and posts this table tells more: ids of persons, groups and posts are then those of that platform. `header`: "no", or the number of the line that holds it. `date_order`: dmy, mdy, ymd, or the
    unit of numbers (s, ms, us, ns, excel, excel1904). `zone`: the IANA name of the time zone whose clock wrote times that name none; without it
    they stay marked as local."""

    columns: str = ""
    delimiter: str = ""
    encoding: str = ""
    sheet: str = ""
    source: str = "spreadsheet"
    adds_to: str = ""
    date_order: str = ""
    header: str = ""
    zone: str = ""


class TieOptions(Options, frozen=True, forbid_unknown_fields=True):
    """`relation`: what the ties are, where no column says so. `directed` no: a tie holds both ways."""

    relation: str = ""
    directed: bool = True


class LogOptions(Options, frozen=True, forbid_unknown_fields=True):
    """As `Options`."""


class FilledOptions(Options, frozen=True, forbid_unknown_fields=True):
    """`on`: the ISO day on which this was so, for rows without a day; without it the day of the import."""

    on: str = ""


class Opened(msgspec.Struct, frozen=True):
    """A table to read: `hints` say for each column of times how they are written, `comma` whether numbers may have decimal commas,
    `points` whether the weights prove it."""

    name: str
    label: str
    columns: Columns
    table: Table
    hints: dict[str, str]
    comma: bool
    points: bool = False

    def moment(self, cell: str, role: str) -> When:
        """The time in a cell of `role`; its `why` says what to do about an unclear order of day and month."""
        when = _parser()(cell, self.hints[role])
        if when.at is None and "unclear" in when.why:
            return msgspec.structs.replace(when, why=N_("{why} (say it with --option date_order=dmy or mdy)").format(why=when.why))
        return when

    def stamped(self, row: Sequence[str]) -> When:
        """The time of a row: its date and, where a column of its own holds it, its time of day."""
        when = self.moment(self.columns.cell(row, "time"), "time")
        if when.at is None or not when.local or when.at % _DAY or "clock" not in self.columns:
            return when
        clock = cells.clock(self.columns.cell(row, "clock"))
        return when if clock is None else msgspec.structs.replace(when, at=when.at + clock)

    def place(self, number: int) -> str:
        """Where a row stands, for people."""
        return f"{self.label}, line {number:,}"


@cache
def _parser() -> Callable[[str, str], When]:
    from cmdesk.api import parse_when  # when first needed: collecting the importers reads no times

    return parse_when


def origin(options: Options) -> Origin:
    """Where the facts of a table come from: the name that the user gave, or the export to which it adds. CmdeskError if that is no such thing."""
    if options.adds_to:
        platform, colon, key = (part.strip() for part in options.adds_to.partition(":"))
        if not (platform and colon and key):
            raise CmdeskError(_("“{name}” does not name an export.").format(name=options.adds_to), _("Write platform:key, such as adds_to=slack:T0123456."))
        return Origin(platform=platform, key=key)
    name = options.source.strip() or "spreadsheet"
    return Origin(platform="spreadsheet", key=name, title=name)


def group(key: str, options: Options, kind: str = "group") -> Iterator[Group]:
    """The group with this key, named like it; nothing where the export to which the table adds says what it is called."""
    if not options.adds_to:
        yield Group(key=key, name=key, kind=kind)


def sniffer(kind: str) -> Callable[[Source], float]:
    """The `sniff` of the importer for this kind of table."""

    def sniff(source: Source) -> float:
        try:
            found, sure = surest(source)
        except CmdeskError:
            return 0.0
        return sure if found == kind else 0.0

    return sniff


def looked_at(source: Source, name: str, options: Options, sheet: str = "") -> Look:
    """A look at a table as the options say that it is written."""
    if options.date_order not in ORDERS:
        raise CmdeskError(
            _("There is no date order “{date_order}”.").format(date_order=options.date_order),
            _("Give one of: {names}.").format(names=", ".join(ORDERS[1:])),
        )
    delimiter = _DELIMITERS.get(options.delimiter.lower(), options.delimiter)
    if options.header not in ("", "no") and not options.header.isdecimal():
        raise CmdeskError(
            _("“{header}” is no line of a header.").format(header=options.header), _("Give the number of its line, or “no” where there is none.")
        )
    header = "no" if options.header == "0" else options.header
    return look(source, name, delimiter=delimiter, encoding=options.encoding, sheet=sheet or options.sheet, header=header)


def chosen(source: Source, kind: str, options: Options) -> Iterator[tuple[str, Look]]:
    """The tables of a source that are of this kind; a source with one table is taken at the user's word."""
    names = names_of_tables(source)
    for entry in source.entries():
        if entry.name not in names:
            source.ignore(entry.name, N_("it is not a table"))
    if not names:
        raise ImportProblem(_("{name} holds no table.").format(name=source.name), _("Give a CSV, TSV or XLSX file."))
    found = 0
    several = _looks(source, options)
    for name, sheet, seen in several:
        if len(several) > 1 and (other := kind_of(seen)[0]) != kind:
            if other not in READ_TOGETHER:
                source.ignore(_label(name, sheet), N_("it is a table of {other}").format(other=other) if other else N_("its columns are not known"))
            continue
        found += 1
        yield name, seen
    for name in names:
        for sheet in source.sheets(name, hidden=True):
            if sheet != options.sheet:
                source.ignore(_label(name, sheet), N_("the sheet is hidden"))
        for sheet in source.sheets(name) if options.sheet else ():
            if sheet.casefold() != options.sheet.casefold():
                source.ignore(_label(name, sheet), N_("another sheet was named"))
    if not found:
        raise ImportProblem(
            _("{name} holds no table of {kind}.").format(name=source.name, kind=kind),
            _("Import its tables one by one, and say which column is what."),
        )


def kinds_in(source: Source, options: Options) -> frozenset[str]:
    """The kinds of table in a source of several; none where there is one table only."""
    several = _looks(source, options)
    return frozenset(kind_of(seen)[0] for _name, _sheet, seen in several) if len(several) > 1 else frozenset()


def _looks(source: Source, options: Options) -> list[tuple[str, str, Look]]:
    """(entry, sheet, look) of each table in a source, without the sheets of a workbook that hold nothing."""
    tables = parts(source, options.sheet)
    found = []
    for name, sheet in tables:
        try:
            found.append((name, sheet, looked_at(source, name, options, sheet)))
        except ImportProblem as problem:
            if len(tables) == 1:
                raise
            if not sheet:  # one bad file among good ones; a sheet that holds nothing is no news
                source.ignore(name, problem.message)
    if not found and tables:
        looked_at(source, tables[0][0], options)  # says what is wrong with it
    return found


def _label(name: str, sheet: str) -> str:
    return f"{name}, {sheet}" if sheet else name


def opened(source: Source, name: str, kind: str, seen: Look, options: Options, columns: Columns | None = None) -> Opened:
    """The table, ready to be read; tells in the ledger which columns are read as what."""
    columns = columns or columns_of(kind, seen, seen.said.columns_for(kind, options.columns))
    show(source, name, kind, seen, options, columns.at)
    begin = int(options.header) if options.header.isdecimal() else 0
    table = source.table(
        name, delimiter=seen.delimiter, encoding=options.encoding, sheet=seen.sheet, header=seen.header, comments=seen.comments, begin=begin
    )
    label = f"{name}, {table.sheet}" if table.sheet else name
    source.set_aside(label, columns.told() if columns.at else N_("a square table: a row for each person, a column for each person"), 0)
    order = options.date_order or seen.said.order
    hint = "" if order == "ymd" else order
    hints = {role: hint or seen.hint(columns.at[role]) for role in TIMES if role in columns}
    comma = table.delimiter == ";"
    points = comma and "weight" in columns and any("," in cell for cell in seen.column(columns.at["weight"]))
    return Opened(name, label, columns, table, hints, comma, points)


def need(columns: Columns, kind: str, *roles: str) -> None:
    """ImportProblem unless the table has one of `roles`."""
    if not any(role in columns for role in roles):
        raise ImportProblem(
            _("No column of this table of {kind} is known as {names}.").format(kind=kind, names=" or ".join(roles)),
            _('Say which it is: --option columns="{role}=Header". The columns are: {names}.').format(
                role=roles[0], names=", ".join(columns.names)
            ),
        )
