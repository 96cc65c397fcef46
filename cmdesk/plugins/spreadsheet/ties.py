"""Tables of ties: edge lists, text in columns (SNAP), square matrices, and who is in which group (two kinds of node: memberships)."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING

from cmdesk.api import N_, Membership, Progress, Record, StatedTie, survey_roles

from . import cells, closing
from .columns import Columns, match
from .looks import Look
from .showing import show
from .tables import Opened, TieOptions, chosen, group as stated_group, need, opened, origin
from .words import plain

if TYPE_CHECKING:
    from cmdesk.api import Source

SELF_TIE = "tie_to_oneself"
NOTHING = "weight_zero_or_less"
N_("weight zero or less")  # as the rule is shown
NO_ANSWER = "weight_empty"
HEADER = "header_of_the_matrix"
N_("header of the matrix")
_TYPES = ("type", "typ", "soort")
_EPOCH = 100_000_000  # seconds: 1973; smaller numbers count from the start of a study


class _LeftOut(Exception):
    """A row that is left out by the rule of this name."""


class _Unfit(Exception):
    """A row that cannot become a tie: why, in words."""


def read(source: Source, options: TieOptions, progress: Progress) -> Iterator[Record]:
    """The ties of each table; of a table of persons and groups the memberships."""
    yield origin(options)
    for name, seen in chosen(source, "ties", options):
        said = seen.said.columns_for("ties", options.columns)
        if seen.matrix and not said:
            yield from _matrix(source, opened(source, name, "ties", seen, options), options)
            continue
        columns = match("ties", seen.names, said)
        if not seen.header and not said:
            columns = _by_position(seen, source, name)
        elif not said:
            columns = _with_direction(seen, columns)
        if "person" in columns and "group" in columns and not ("source" in columns and "target" in columns):
            yield from _memberships(source, opened(source, name, "ties", seen, options, columns), options)
            continue
        show(source, name, "ties", seen, options, columns.at)
        need(columns, "ties", "source")
        need(columns, "ties", "target")
        yield from _edges(source, opened(source, name, "ties", seen, options, columns), options)


def _by_position(seen: Look, source: Source, name: str) -> Columns:
    """Columns of a list without header: from, to (or person, group), then a weight or a time, or both."""
    at = {"person": 0, "group": 1} if seen.two_kinds else {"source": 0, "target": 1}
    for index in range(2, min(len(seen.names), 4)):
        numbers = [value for cell in seen.column(index) if (value := cells.number(cell, False)) is not None]
        if numbers and min(numbers) >= _EPOCH:
            at.setdefault("time", index)
        elif len(numbers) > 20 and numbers == sorted(numbers) and len(set(numbers)) * 2 > len(numbers):
            source.set_aside(name, N_("column {index} counts time from an unknown start and was not read").format(index=index + 1), 0)
        else:
            at.setdefault("weight", index)
    return Columns(at, seen.names)


def _with_direction(seen: Look, columns: Columns) -> Columns:
    """As `columns`, but a type that says Directed or Undirected, as Gephi writes it, is a direction and no relation."""
    from cmdesk.api import relations

    if "direction" in columns:
        return columns
    for index, name in enumerate(seen.names):
        if plain(name) in _TYPES and (said := seen.column(index)) and all(relations.one_way(word) is not None for word in said):
            others = match("ties", ["" if number == index else name for number, name in enumerate(seen.names)])
            return Columns({**others.at, "direction": index}, seen.names)
    return columns


def _directed(table: Opened, row: tuple[str, ...], options: TieOptions) -> bool:
    """Whether the tie of a row goes one way; where the row does not say, as the options say."""
    from cmdesk.api import relations

    cell = table.columns.cell(row, "direction")
    if not cell:
        return options.directed
    said = relations.one_way(cell)
    said = cells.yes(cell) if said is None else said
    if said is None:
        raise _Unfit(N_("the direction is neither directed nor undirected"))
    return said


def _edges(source: Source, table: Opened, options: TieOptions) -> Iterator[Record]:
    """One row, one tie."""
    for row, rule in closing.parted(table.table.rows):
        try:
            if rule:
                raise _LeftOut(rule)
            ties = _ties(table, row.cells, options)
        except _LeftOut as rule:
            source.leave_out(str(rule), where=table.place(row.number))
        except _Unfit as why:
            source.set_aside(table.place(row.number), str(why))
        else:
            source.use()
            yield from ties


def _ties(table: Opened, row: tuple[str, ...], options: TieOptions) -> list[StatedTie]:
    """The ties of a row: one, or one to each person in a cell that names several ("Bob; Cem")."""
    columns, at = table.columns, table.columns.at
    one, others = cells.person(row[at["source"]].strip()), _persons(row[at["target"]].strip())
    if not one or not others:
        raise _Unfit(N_("the row does not name two persons"))
    if others == (one,):
        raise _LeftOut(SELF_TIE)
    weight = _weight(table, row) if "weight" in at else 1.0
    relation = (cells.tidy(columns.cell(row, "relation")) if "relation" in at else "") or options.relation
    when, local = _time(table, row) if "time" in at else (None, False)
    directed = _directed(table, row, options) if "direction" in at else options.directed
    return [StatedTie(one, other, relation, weight, directed, when, local=local) for other in others if other != one]


@lru_cache(maxsize=1 << 16)
def _persons(cell: str) -> tuple[str, ...]:
    """The persons in a cell."""
    return tuple(cells.person(other) for other in cells.several(cell, commas=False))


def _weight(table: Opened, row: tuple[str, ...]) -> float:
    cell = table.columns.cell(row, "weight")
    if not cell:
        raise _LeftOut(NO_ANSWER)
    weight = cells.number(cell, table.comma, table.points)
    if weight is None:
        raise _Unfit(N_("the weight is no number"))
    if weight <= 0:
        raise _LeftOut(NOTHING)
    return weight


def _time(table: Opened, row: tuple[str, ...]) -> tuple[int | None, bool]:
    """(the time of a row, whether it is what a clock of no known zone showed)."""
    cell = table.columns.cell(row, "time")
    if not cell:
        return None, False
    when = table.stamped(row)
    if when.at is None:
        raise _Unfit(when.why)
    return when.at, when.local


def _memberships(source: Source, table: Opened, options: TieOptions) -> Iterator[Record]:
    """One row: a person is in a group."""
    columns = table.columns
    groups: set[str] = set()
    for row, rule in closing.parted(table.table.rows):
        if rule:
            source.leave_out(rule, where=table.place(row.number))
            continue
        person, group = cells.person(columns.cell(row.cells, "person")), cells.tidy(columns.cell(row.cells, "group"))
        if not person or not group:
            source.set_aside(table.place(row.number), N_("the row does not name a person and a group"))
            continue
        weight = cells.number(columns.cell(row.cells, "weight"), table.comma, table.points)
        if weight is not None and weight <= 0:
            source.leave_out(NOTHING)
            continue
        try:
            joined, _local = _time(table, row.cells)
        except _Unfit as why:
            source.set_aside(table.place(row.number), str(why))
            continue
        if group not in groups:
            groups.add(group)
            yield from stated_group(group, options)
        source.use()
        yield Membership(person=person, group=group, joined=joined)


def _matrix(source: Source, table: Opened, options: TieOptions) -> Iterator[Record]:
    """One row: a person's ties to everyone. Empty cells, zero, and the diagonal are no ties."""
    relation = options.relation or table.name.rpartition("/")[2].rpartition(".")[0]
    ids, width = list[str](), 0
    for row in table.table.rows:
        if not ids:
            width = len(row.cells) - survey_roles.is_total(row.cells[-1])
            ids = [cells.person(cell) for cell in row.cells[1:width]]
            source.leave_out(HEADER)
            continue
        if survey_roles.is_total(row.cells[0]) and row.cells[0].strip() not in ids:
            source.leave_out(closing.TOTAL, where=table.place(row.number))
            continue
        one = cells.person(row.cells[0])
        weights = [cells.number(cell, table.comma, table.points) if cell.strip() else 0.0 for cell in row.cells[1:width]]
        if not one or None in weights:
            source.set_aside(table.place(row.number), N_("a cell is no number") if one else N_("the row names nobody"))
            continue
        source.use()
        for other, weight in zip(ids, weights, strict=True):
            if other != one and weight is not None and weight > 0:
                yield StatedTie(source=one, target=other, relation=relation, weight=weight, directed=options.directed)
