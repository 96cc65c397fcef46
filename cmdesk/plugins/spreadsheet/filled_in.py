"""Lists that were filled in (see `lists`): status of questions and ideas, pages, checklists of groups, profiles, and answers to the pulse."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import msgspec

from cmdesk.api import N_, ImportProblem, Input, Progress, Record, input_fields

from . import cells
from .columns import Columns, match
from .looks import names_of_tables
from .tables import FilledOptions, Opened, looked_at, opened, origin
from .words import STATUS_WORDS, plain

if TYPE_CHECKING:
    from cmdesk.api import Source

ITEMS = tuple(item for item in input_fields.CHECKS if item != "review")
GUARDED = ("=", "+", "-", "@")
"""Signs before which a CSV list sets an apostrophe, so that no spreadsheet takes the cell for a formula."""
_NOT_FILLED = "not_filled_in"


def kind_of(columns: Columns) -> str:
    """Which list these columns are of: post, page, group, member, pulse, or "" if it is none."""
    if "group" in columns and any(item in columns for item in input_fields.PULSE):
        return "pulse"
    if "key" not in columns:
        return ""
    held = {
        "post": ("status",), "page": ("confirmed",), "member": ("reviewed",), "group": ("purpose", *(f"check_{item}" for item in ITEMS)),
    }  # fmt: skip
    return next((kind for kind, roles in held.items() if any(role in columns for role in roles)), "")


def read(source: Source, options: FilledOptions, progress: Progress) -> Iterator[Record]:
    """What was filled in, list by list."""
    yield origin(options)
    found = 0
    for name in names_of_tables(source):
        for sheet in [options.sheet] if options.sheet else source.sheets(name) or ("",):
            seen = looked_at(source, name, options, sheet)
            columns = match("filled", seen.names, options.columns)
            label = f"{name}, {sheet}" if sheet else name
            if not (seen.rows and kind_of(columns)):
                source.ignore(label, N_("it is empty") if kind_of(columns) else N_("its columns are not known"))
                continue
            found += 1
            table = opened(source, name, "filled", seen, options, columns)
            yield from _Filled(source, table, kind_of(columns), options).read()
    if not found:
        raise ImportProblem(
            N_("{name} holds no list that was filled in.").format(name=source.name),
            N_("Export the lists (cmdesk export --with lists.to_fill_in), fill them in, and keep the column “cmdesk key”."),
        )


class _Unfit(Exception):
    """A cell that cannot be taken; the message says which and why."""


def _parts(text: str) -> list[str]:
    return [part for part in (cells.tidy(one) for one in text.split(input_fields.LIST_SIGN)) if part]


def _listed(text: str) -> str:
    """A list of names in one form."""
    return f"{input_fields.LIST_SIGN} ".join(_parts(text))


def _decoded(text: str) -> dict[str, str]:
    try:
        return msgspec.json.decode(text.removeprefix("'"), type=dict[str, str]) if text else {}
    except msgspec.DecodeError:
        return {}


def _known_groups(source: Source, table: Opened) -> frozenset[str]:
    """The paths of groups that the list was exported with: those in which anybody is."""
    form = table.table
    rows = source.table(table.name, delimiter=form.delimiter, encoding=form.encoding, sheet=form.sheet, header=form.header, counted=False).rows
    return frozenset(path for row in rows for path in _parts(_decoded(table.columns.cell(row.cells, "before")).get("groups", "")))


class _Filled:
    """Reads one list."""

    def __init__(self, source: Source, table: Opened, kind: str, options: FilledOptions) -> None:
        self._source, self._table, self._columns, self._kind = source, table, table.columns, kind
        self._paths = _known_groups(source, table) if kind == "member" else frozenset()
        self._today = options.on or dt.date.today().isoformat()  # noqa: DTZ011 - the user's own day
        self._tallies: Counter[tuple[str, str, str, int]] = Counter()
        self._readers: dict[str, Callable[[tuple[str, ...]], Iterator[Input]]] = {
            "post": self._post, "page": self._page, "group": self._group, "member": self._member,
        }  # fmt: skip

    def read(self) -> Iterator[Record]:
        """The inputs of each row; those of the pulse at the end, as counts without a trace of who answered."""
        if self._kind == "member":
            self._source.set_aside(self._table.label, N_("who has no row here any more stays as before: a list that was filled in removes nobody"), 0)
        if not input_fields.is_day(self._today):
            raise ImportProblem(N_("“{day}” is no day.").format(day=self._today), N_("Write it as on=2026-03-31."))
        for row in self._table.table.rows:
            place = self._table.place(row.number)
            try:
                said = self._answers(row.cells) if self._kind == "pulse" else list(self._readers[self._kind](row.cells))
            except _Unfit as unfit:
                self._source.set_aside(place, str(unfit))
                continue
            if not said and self._stranger(row.cells):
                self._source.set_aside(place, N_("the row has no key, so it is nobody who was exported; new people come in by a table of people"))
                continue
            if not said:
                self._source.leave_out(_NOT_FILLED)
                continue
            if self._kind == "pulse":
                self._tallies.update(said)  # type: ignore[arg-type]
            else:
                wrong = next((why for one in said if (why := input_fields.unfit(one))), "")  # type: ignore[arg-type]
                if wrong:
                    self._source.set_aside(place, wrong)
                    continue
                yield from said  # type: ignore[misc]
            self._source.use()
        yield from self._counted()

    def _stranger(self, row: tuple[str, ...]) -> bool:
        """True for a row that somebody added to the list of people."""
        return self._kind == "member" and not self._columns.cell(row, "key") and bool(self._text(row, "member"))

    def _post(self, row: tuple[str, ...]) -> Iterator[Input]:
        if status := self._text(row, "status"):
            word = STATUS_WORDS.get(plain(status))
            if word is None:
                names = ", ".join(input_fields.STATUSES)
                raise _Unfit(N_("the status “{value}” is not known; use one of: {names}").format(value=status, names=names))
            yield self._said("post", row, "status", word, self._day(row, "since") or self._today)

    def _page(self, row: tuple[str, ...]) -> Iterator[Input]:
        if day := self._day(row, "confirmed"):
            yield self._said("page", row, "confirmed", "yes", day)
        if owner := self._text(row, "owner"):
            yield self._said("page", row, "owner", owner)
        if day := self._day(row, "review"):
            yield self._said("page", row, "review", day)

    def _group(self, row: tuple[str, ...]) -> Iterator[Input]:
        for item in ITEMS:
            if cell := self._text(row, f"check_{item}"):
                answer = cells.yes(cell)
                if answer is None:
                    raise _Unfit(N_("“{value}” is neither yes nor no").format(value=cell))
                yield self._said("group", row, f"check_{item}", "yes" if answer else "no")
        for field in ("owner", "purpose"):
            if text := self._text(row, field):
                yield self._said("group", row, field, text)
        if day := self._day(row, "review"):
            yield self._said("group", row, "review", day)

    def _member(self, row: tuple[str, ...]) -> Iterator[Input]:
        before = self._before(row)
        day = self._day(row, "reviewed")
        for field in input_fields.CORRECTED if before else ():
            role = "member" if field == "name" else field
            was, now = before.get(field, ""), self._text(row, role)
            if field == "name" and not was:  # exported under a pseudonym
                continue
            if field == "expertise":
                was, now = _listed(was), _listed(now)
            if role in self._columns and now != was:
                yield self._said("member", row, field, now or input_fields.EMPTIED)
        if before and "groups" in self._columns:
            yield from self._moves(row, before.get("groups", ""))
        if day:
            yield self._said("member", row, "reviewed", "yes", day)

    def _moves(self, row: tuple[str, ...], was: str) -> Iterator[Input]:
        old, now = _parts(was), _parts(self._text(row, "groups"))
        joins, leaves = [name for name in now if name not in old], [name for name in old if name not in now]
        if unknown := [name for name in joins if name not in self._paths]:
            raise _Unfit(N_("there is no group “{name}”; write its path as in the list of groups").format(name=unknown[0]))
        for field, names in (("joins", joins), ("leaves", leaves)):
            if names:
                yield self._said("member", row, field, _listed("; ".join(names)))

    def _before(self, row: tuple[str, ...]) -> dict[str, str]:
        """What the row was when it was exported; nothing where that column is gone: then nothing in it is an edit."""
        return _decoded(self._columns.cell(row, "before"))

    def _said(self, about: str, row: tuple[str, ...], field: str, value: str, day: str = "") -> Input:
        key = self._columns.cell(row, "key")
        if not key:
            raise _Unfit(N_("the row has no key"))
        return Input(about, key, field, value, day or self._today)

    def _answers(self, row: tuple[str, ...]) -> list[tuple[str, str, str, int]]:
        group, found = self._text(row, "group"), []
        day = self._day(row, "asked") or self._today
        for item in input_fields.PULSE:
            if cell := self._text(row, item):
                value = cells.number(cell, self._table.comma)
                if value is None or value not in range(1, input_fields.SCALE + 1):
                    raise _Unfit(N_("“{value}” is no answer from 1 to 5").format(value=cell))
                found.append((group, day, item, int(value)))
        if found and not group:
            raise _Unfit(N_("the row has no group"))
        return found

    def _counted(self) -> Iterator[Input]:
        for group, day, item in sorted({key[:3] for key in self._tallies}):
            counts = ",".join(str(self._tallies[group, day, item, step]) for step in range(1, input_fields.SCALE + 1))
            yield Input("group", group, f"pulse_{item}", counts, day)

    def _text(self, row: tuple[str, ...], role: str) -> str:
        text = cells.tidy(self._columns.cell(row, role))
        return text[1:] if text[:1] == "'" and text[1:2] in GUARDED else text

    def _day(self, row: tuple[str, ...], role: str) -> str:
        """The ISO day in a cell, "" if it is empty."""
        cell = self._columns.cell(row, role)
        if not cell:
            return ""
        when = self._table.moment(cell, role)
        if when.at is None:
            raise _Unfit(N_("{column}: {why}").format(column=self._columns.names[self._columns.at[role]], why=when.why))
        return (dt.datetime(1970, 1, 1) + dt.timedelta(microseconds=when.at)).date().isoformat()  # noqa: DTZ001 - a day, wherever it is
