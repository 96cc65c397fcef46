"""Lists (a row: who, about whom, relation, score) and matrices (who → about whom)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING

from cmdesk.api import N_, Asked, Record, StatedTie, survey_roles

from .rows import Row, clock, place, rows_of, told_columns
from .scales import Scale, Unfit, scale_of
from .telling import ABOUT_SELF, HEADS, TWICE, Said, Telling, noted

if TYPE_CHECKING:
    from cmdesk.api import surveys

_MOST = 500
"""Different answers that are looked at to know a scale."""
TOTAL = "row_of_totals"
N_("row of totals")
EARLIER = "earlier_wave"
N_("earlier wave")


class _Long:
    """One list. A first look finds the scales, when each person answered last, and who is known at all."""

    def __init__(self, table: surveys.Found, telling: Telling) -> None:
        self._table, self._telling, self._source, self._people = table, telling, telling.source, telling.people
        self._at = table.roles
        self._who, self._about, self._time, self._wave_of = (_cell(self._at.get(role)) for role in ("source", "target", "time", "wave"))
        self._value, self._asks = _cell(self._at.get("value"), "x"), _cell(self._at.get("relation"))
        self._title = table.sheet or table.name.rpartition("/")[2].rpartition(".")[0]
        used = set(self._at.values())
        self._scores = [k for k, head in enumerate(table.heads) if k not in used and _relation(head.text)] if "value" not in self._at else []
        self._cells: dict[str, set[str]] = {}
        self._when: dict[tuple[str, str], int] = {}
        self._scales: dict[str, Scale] = {}
        self._wave = ""
        self._weights: dict[tuple[str, str], float | None] = {}
        self._seen: dict[tuple[str, str], set[str]] = {}  # who, question → about whom
        self._began: set[tuple[str, str]] = set()

    def read(self) -> Iterator[Record]:
        """The ties of each row."""
        self._look()
        for question, known in self._cells.items():
            self._scales[question] = scale_of(known, self._telling.options.scale, self._telling.options.levels) if self._valued else Scale()
            noted(self._source, self._table.label, self._telling.relation(question), question, self._scales[question] if self._valued else None)
        read = [column for role, column in self._at.items() if not (self._scores and role == "relation")]  # each scored column is a relation
        told_columns(self._source, self._table, [*read, *self._scores])
        yield from self._people.fresh()
        for number, cells in rows_of(self._source, self._table, counted=True):
            yield from self._row(number, cells)

    def _look(self) -> None:
        """The first look."""
        moment, self._telling.local = clock(self._source, self._table, self._at.get("time"), self._telling.options.date_order)
        waves, met = set[str](), set[str]()
        timed, parted, single = "time" in self._at, "wave" in self._at, not self._scores
        for _number, cells in rows_of(self._source, self._table, counted=False):
            if parted:
                waves.add(self._wave_of(cells))
            who = self._who(cells)
            if who not in met:
                met.add(who)
                if not self._people.strict:
                    self._first(who)
            if single and not timed:  # a list of a million rows
                question = self._asks(cells) or self._title
                if (answers := self._cells.get(question)) is None:
                    answers = self._cells[question] = set()
                if len(answers) < _MOST:
                    answers.add(self._value(cells))
                continue
            at = moment(self._time(cells))
            for question, cell in self._questions(cells):
                known = self._cells.setdefault(question, set())
                if len(known) < _MOST:
                    known.add(cell)
                if at is not None:
                    key = (who, question)
                    self._when[key] = max(at, self._when.get(key, at))
        self._wave = max(waves, key=lambda wave: (len(wave), wave), default="")

    @property
    def _valued(self) -> bool:
        return "value" in self._at or bool(self._scores)

    def _first(self, who: str) -> None:
        try:
            self._people.known_as(who) or self._people.add(who)
        except Unfit:
            return

    def _questions(self, cells: tuple[str, ...]) -> list[tuple[str, str]]:
        """(question, answer) of a row."""
        if self._scores:
            return [(self._table.heads[k].text, cells[k]) for k in self._scores]
        return [(self._asks(cells) or self._title, self._value(cells))]

    def _row(self, number: int, cells: tuple[str, ...]) -> Iterable[Record]:
        if "wave" in self._at and self._wave_of(cells) != self._wave:
            self._source.leave_out(EARLIER)
            return ()
        try:
            who = self._who(cells)
            one, other = self._people.find(who), self._people.find(self._about(cells))
            if one == other:
                raise Unfit(ABOUT_SELF)
            if not self._scores:  # one question a row: a list of a million rows
                return self._single(who, one, other, number, cells)
            said = [(question, self._weight(question, cell)) for question, cell in self._questions(cells)]
        except Unfit as why:
            self._source.set_aside(place(self._table, number), str(why))
            return ()
        fresh = [(question, weight) for question, weight in said if other not in self._about_whom(one, question)]
        if not fresh:
            self._source.set_aside(place(self._table, number), TWICE)
            return ()
        self._source.use()
        records: list[Record] = []
        for question, weight in fresh:
            self._about_whom(one, question).add(other)
            records += self._answer(one, other, question, weight, self._when.get((who, question)))
        return records

    def _single(self, who: str, one: str, other: str, number: int, cells: tuple[str, ...]) -> Iterable[Record]:
        question = self._asks(cells) or self._title
        weight = self._weight(question, self._value(cells))
        about = self._about_whom(one, question)
        if other in about:
            self._source.set_aside(place(self._table, number), TWICE)
            return ()
        about.add(other)
        self._source.use()
        return self._answer(one, other, question, weight, self._when.get((who, question)))

    def _about_whom(self, one: str, question: str) -> set[str]:
        """About whom a person answered a question so far."""
        found = self._seen.get((one, question))
        if found is None:
            found = self._seen[one, question] = set()
        return found

    def _weight(self, question: str, cell: str) -> float | None:
        key = (question, cell)
        if key not in self._weights:
            self._weights[key] = self._scales[question].weight(cell)
        return self._weights[key]

    def _answer(self, one: str, other: str, question: str, weight: float | None, at: int | None) -> Iterable[Record]:
        relation, scale = self._telling.relation(question), self._scales[question]
        self._telling.invite(relation, other)
        begun: Iterable[Record] = ()
        if weight is not None and (one, relation) not in self._began:
            self._began.add((one, relation))
            begun = self._telling.answered(one, relation, at)
        self._telling.invite(relation, one)
        if weight is None:
            return (*begun, Asked(one, relation, False, other, at, self._telling.local))
        if weight > scale.low:
            return (*begun, StatedTie(one, other, relation, weight, True, at, True, scale.low, scale.high, self._telling.local))
        return begun


def _cell(column: int | None, missing: str = "") -> Callable[[tuple[str, ...]], str]:
    """Takes the cell of a column out of a row; `missing` where there is no such column."""
    if column is None:
        return lambda _cells: missing
    return lambda cells: cells[column].strip()


def _relation(text: str) -> str:
    from cmdesk.api import relations

    return relations.guess(text)


def _long(table: surveys.Found, telling: Telling) -> Iterator[Record]:
    yield from _Long(table, telling).read()


def _matrix(table: surveys.Found, telling: Telling) -> Iterator[Record]:
    """One row: what a person says of everyone. An empty row is a person who did not answer."""
    source, people, options = telling.source, telling.people, telling.options
    ids, body = [""], list[Row]()
    opened = source.table(table.name, sheet=table.sheet, header=False, pad=True, counted=True)
    for count, row in enumerate(opened.rows):
        if count < table.top:
            source.leave_out(HEADS)
            ids = [cell.strip() for cell in row.cells]
            if survey_roles.is_total(ids[-1]):
                ids[-1] = ""
        elif survey_roles.is_total(row.cells[0]) and row.cells[0].strip() not in ids:
            source.leave_out(TOTAL, where=place(table, row.number))
        else:
            body.append((row.number, row.cells))
    keys = _keys(table, telling, ids)
    values = {cell for _number, cells in body for k, cell in enumerate(cells) if k in keys}
    scale = scale_of(values, options.scale, options.levels)
    relation, blank = telling.relation(table.matrix_of), telling.blank_is_none(scale, values)
    noted(source, table.label, relation, table.matrix_of, scale)
    last = {cells[0].strip(): number for number, cells in body}
    for number, cells in body:
        if last[cells[0].strip()] != number:
            source.set_aside(place(table, number), N_("the same person stands in a later row, which counts"))
            continue
        try:
            one = people.find(cells[0])
        except Unfit as why:
            source.set_aside(place(table, number), str(why))
            continue
        source.use()
        said = [Said(keys[k], cell, place(table, number, k)) for k, cell in enumerate(cells) if k in keys and (keys[k] != one or cell.strip())]
        off = [one_said for one_said in said if one_said.about == one]
        yield from people.fresh()
        yield from telling.answers(one, relation, (item for item in said if item not in off), scale, blank_is_none=blank, at=None)
        for key in keys.values():
            telling.invite(relation, key)


def _keys(table: surveys.Found, telling: Telling, ids: list[str]) -> dict[int, str]:
    """Column → person; a column that means nobody known is told."""
    found: dict[int, str] = {}
    for k, name in enumerate(ids):
        if not k or not name:
            continue
        try:
            found[k] = telling.people.find(name)
        except Unfit as why:
            telling.source.set_aside(place(table, table.top, k), str(why), 0)
    return found


READERS: dict[str, Callable[[surveys.Found, Telling], Iterator[Record]]] = {"long": _long, "matrix": _matrix}
