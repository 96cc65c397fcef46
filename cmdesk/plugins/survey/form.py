"""What all forms have in common: a row for each respondent, who may name people in lists in a cell."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from cmdesk.api import N_, Record, relations, survey_roles, surveys

from .people import NOBODY
from .rows import Row, clock, place, rows_of, told_columns
from .scales import Scale, Unfit
from .telling import NOTHING, PREVIEWS, Said, Telling, noted

MOST = 500
"""Different answers that are looked at to know a scale."""
CHECKED = Scale()
"""That of names, which are given or not."""
_PREVIEW = frozenset({"survey preview", "preview", "survey test", "test", "spam"})
_ANYBODY = frozenset({"anonymous", "anoniem"})


class Form:
    """One form, and by itself one whose answers are lists of names in a cell. A first look finds the respondents, their last answer, which columns
    hold names, and the scales."""

    named_are_asked = True

    def __init__(self, table: surveys.Found, telling: Telling) -> None:
        self._table, self._telling, self._source, self._people = table, telling, telling.source, telling.people
        self._roles = table.roles
        self._title = table.sheet or table.name.rpartition("/")[2].rpartition(".")[0]
        self._status = surveys.roles_of(table.heads, "status").get("status")
        self._last: dict[str, tuple[int, int]] = {}
        self._moment, telling.local = clock(self._source, table, self._roles.get("time"), telling.options.date_order)

    def read(self) -> Iterator[Record]:
        """The answers of each row."""
        self._doubles()
        self._colleagues()
        cells: dict[int, set[str]] = {}
        candidates = self._may_be_lists()
        for number, row in rows_of(self._source, self._table, counted=False):
            for column in (*self._valued(), *candidates):
                known = cells.setdefault(column, set())
                if len(known) < MOST:
                    known.add(row[column])
            if (one := self._respondent(row)[0]) and not self._preview(row):
                self._last[one] = max(self._last.get(one, (0, 0)), (self._at(row) or 0, number))
        self._lists = {k: self._table.heads[k].text for k in candidates if self._names_people(cells.get(k, set()))}
        for text in self._lists.values():
            noted(self._source, self._table.label, self._telling.relation(text), text, None)
        self._scaled(cells)
        told_columns(self._source, self._table, [*self._roles.values(), *self._used(), *self._lists])
        yield from self._people.fresh()
        for number, row in rows_of(self._source, self._table, counted=True):
            yield from self._row(number, row)

    # — what a shape says —

    def _colleagues(self) -> None:
        """Make the persons known that the heads name."""

    def _valued(self) -> list[int]:
        """The columns that hold answers on a scale."""
        return []

    def _used(self) -> list[int]:
        """The columns that hold answers."""
        return self._valued()

    def _scaled(self, cells: dict[int, set[str]]) -> None:
        """Find the scales from the different cells of each column."""

    def _answers(self, person: str, row: Row, at: int | None) -> Iterator[Record]:
        """The facts in a row, but for those of lists."""
        yield from ()

    # — lists of names in a cell, in any form —

    def _may_be_lists(self) -> list[int]:
        """The columns whose heads ask for people."""
        taken = {*self._roles.values(), *self._used()}
        free = [(k, head) for k, head in enumerate(self._table.heads) if k not in taken and not head.choice]
        return [k for k, head in free if relations.guess(head.text) or survey_roles.plain(head.text) in survey_roles.LISTED]

    def _names_people(self, cells: set[str]) -> bool:
        names = [name for cell in cells for name in self._whole(surveys.listed(cell))]
        return sum(self._is_known(name) for name in names) * 10 >= max(len(names), 1) * 3

    def _is_known(self, name: str) -> bool:
        try:
            return bool(self._people.known_as(name))
        except Unfit:
            return True

    def _listed(self, person: str, row: Row, at: int | None) -> Iterator[Record]:
        """The ties in cells with several names. Who fills in one and leaves another empty names nobody there."""
        number, cells = row
        filled = any(cells[k].strip() for k in self._lists)
        for k, text in self._lists.items():
            relation, where = self._telling.relation(text), place(self._table, number, k)
            if not filled:
                self._telling.invite(relation, person)
                continue
            said = list(self._said(surveys.listed(cells[k]), relation, where))
            facts = list(self._telling.answers(person, relation, said, CHECKED, blank_is_none=True, at=at))
            yield from facts or self._telling.answered(person, relation, at)

    def _said(self, names: list[str], relation: str, where: str) -> Iterator[Said]:
        """Everybody named; a name that cannot be told is told."""
        for name in self._whole(names):
            try:
                key = self._people.find(name)
            except Unfit as why:
                if str(why) != NOBODY:
                    self._source.set_aside(where, str(why), 0)
                continue
            if self.named_are_asked:
                self._telling.invite(relation, key)
            yield Said(key, "x", where)

    def _whole(self, names: list[str]) -> Iterator[str]:
        """Names that a comma parted ("Bakker, Ann") are put together again where the whole is known."""
        at = 0
        while at < len(names):
            both = ", ".join(names[at : at + 2])
            step = 2 if at + 1 < len(names) and " " not in names[at] and self._is_whole(both) else 1
            yield both if step == 2 else names[at]
            at += step

    def _is_whole(self, both: str) -> bool:
        try:
            return bool(self._people.known_as(both))
        except Unfit:
            return False

    # — respondents —

    def _doubles(self) -> None:
        """Names that two columns of a question have, or that stand in the answers with two addresses."""
        counted = Counter((head.question, relations.words(head.choice)) for head in self._table.heads if head.choice)
        for head in self._table.heads:
            if head.choice and counted[head.question, relations.words(head.choice)] > 1:
                self._people.double(head.choice)
        addresses: dict[str, str] = {}
        if "name" in self._roles and "email" in self._roles and not self._people.listed:
            for _number, row in rows_of(self._source, self._table, counted=False):
                name, email = self._cell(row, "name"), self._cell(row, "email").lower()
                if name and email and addresses.setdefault(relations.words(name), email) != email:
                    self._people.double(name)

    def _cell(self, row: tuple[str, ...], role: str) -> str:
        column = self._roles.get(role)
        text = row[column].strip() if column is not None else ""
        return "" if relations.words(text) in _ANYBODY else text

    def _at(self, row: tuple[str, ...]) -> int | None:
        return self._moment(self._cell(row, "time"))

    def _preview(self, row: tuple[str, ...]) -> bool:
        return self._status is not None and relations.words(row[self._status]) in _PREVIEW

    def _respondent(self, row: tuple[str, ...]) -> tuple[str, str]:
        """(key, why there is none). By name, address or id, whichever is known; else a new person of that name."""
        name = self._cell(row, "name") or f"{self._cell(row, 'first')} {self._cell(row, 'last')}".strip()
        email, number = self._cell(row, "email"), self._cell(row, "id")
        told = [text for text in (email, name) if text] or ([number] if not {"name", "first", "email"} & self._roles.keys() else [])
        if not told:
            return "", NOBODY
        try:
            found = next((key for text in [*told, number] if text and (key := self._people.known_as(text))), "")
            key = found or self._people.find(told[-1])
        except Unfit as why:
            return "", str(why)
        return self._people.add(name, email, key, self._cell(row, "unit"), self._cell(row, "role")), ""

    def _row(self, number: int, row: tuple[str, ...]) -> Iterator[Record]:
        where = place(self._table, number)
        if self._preview(row):
            self._source.leave_out(PREVIEWS)
            return
        person, why = self._respondent(row)
        if not person:
            self._source.set_aside(where, N_("who answered cannot be told: {why}").format(why=why))
            return
        if self._last[person][1] != number:
            self._source.set_aside(where, N_("the same person answered again, and that counts"))
            return
        facts = [*self._answers(person, (number, row), self._at(row)), *self._listed(person, (number, row), self._at(row))]
        if facts:
            self._source.use()
        else:
            self._source.leave_out(NOTHING)
        yield from self._people.fresh()
        yield from facts
