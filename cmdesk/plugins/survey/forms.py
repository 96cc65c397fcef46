"""Forms: a row for each respondent; a column for each colleague, lists of names in a cell, or columns Name 1, Name 2 …"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator

from cmdesk.api import N_, Record, relations, survey_roles, surveys

from .people import NOBODY
from .rows import Row, clock, place, rows_of, told_columns
from .scales import Scale, Unfit, scale_of
from .telling import NOTHING, PREVIEWS, Said, Telling, noted

_MOST = 500
_CHECKED = Scale()
_WHO = ("name", "first", "last", "email", "id")
_PREVIEW = frozenset({"survey preview", "preview", "survey test", "test", "spam"})
_ANYBODY = frozenset({"anonymous", "anoniem"})


class _Form:
    """One form, and by itself one whose answers are lists of names in a cell. A first look finds the respondents, their last answer, which columns
    hold names, and the scales."""

    named_are_asked = True

    def __init__(self, table: surveys.Found, telling: Telling) -> None:
        self._table, self._telling, self._source, self._people = table, telling, telling.source, telling.people
        self._roles = table.roles
        self._title = table.sheet or table.name.rpartition("/")[2].rpartition(".")[0]
        self._status = surveys.roles_of(table.heads, "status").get("status")
        self._last: dict[str, tuple[int, int]] = {}
        self._moment = clock(self._source, table, self._roles.get("time"), telling.options.date_order)

    def read(self) -> Iterator[Record]:
        """The answers of each row."""
        self._doubles()
        self._colleagues()
        cells: dict[int, set[str]] = {}
        candidates = self._may_be_lists()
        for number, row in rows_of(self._source, self._table, counted=False):
            for column in (*self._valued(), *candidates):
                known = cells.setdefault(column, set())
                if len(known) < _MOST:
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
            facts = list(self._telling.answers(person, relation, said, _CHECKED, blank_is_none=True, at=at))
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


class _Wide(_Form):
    """A column for each colleague, and question."""

    def _colleagues(self) -> None:
        heads, taken = self._table.heads, set(self._roles.values())
        choices = {k: (head.question, head.choice) for k, head in enumerate(heads) if head.choice and k not in taken}
        if not choices:
            choices = {k: (self._title, heads[k].text) for k in self._named_columns() if k not in taken}
        self._questions: dict[str, dict[int, tuple[str, str]]] = {}
        for k, (question, choice) in choices.items():
            try:
                key = self._people.find(choice)
            except Unfit as why:
                self._source.set_aside(place(self._table, self._table.top, k), str(why), 0)
                continue
            self._questions.setdefault(question, {})[k] = (key, choice)

    def _named_columns(self) -> list[int]:
        """The columns that are called as a respondent is, and those that hold the same answers: of colleagues who did not respond."""
        people = set[str]()
        cells: list[set[str]] = [set() for _head in self._table.heads]
        for _number, row in rows_of(self._source, self._table, counted=False):
            people |= {relations.words(self._cell(row, role)) for role in _WHO}
            people.add(relations.words(f"{self._cell(row, 'first')} {self._cell(row, 'last')}"))
            for known, cell in zip(cells, row, strict=True):
                if len(known) < _MOST:
                    known.add(cell.strip())
        heads = self._table.heads
        own = [k for k, head in enumerate(heads) if relations.words(head.text) in people - {""}]
        said = set[str]().union(*(cells[k] for k in own)) | {""}
        return [k for k, head in enumerate(heads) if k in own or (cells[k] != {""} and cells[k] <= said and "?" not in head.text)]

    def _valued(self) -> list[int]:
        return [k for columns in self._questions.values() for k in columns]

    def _scaled(self, cells: dict[int, set[str]]) -> None:
        options = self._telling.options
        self._scales: dict[str, tuple[Scale, bool]] = {}
        for question, columns in self._questions.items():
            ticked = {relations.words(choice) for _key, choice in columns.values()}
            values = {cell for k in columns for cell in cells.get(k, ()) if relations.words(cell) not in ticked}
            scale = scale_of(values, options.scale, options.levels)
            self._scales[question] = scale, self._telling.blank_is_none(scale, values)
            noted(self._source, self._table.label, self._telling.relation(question), question, scale)
            for key, _choice in columns.values():
                self._telling.invite(self._telling.relation(question), key)
        named = {key for columns in self._questions.values() for key, _choice in columns.values()}
        if self._last and not named & self._last.keys():
            self._source.set_aside(self._table.label, N_("no respondent is called as a column is: put a list of people with names and addresses beside the answers"), 0)

    def _answers(self, person: str, row: Row, at: int | None) -> Iterator[Record]:
        number, cells = row
        for question, columns in self._questions.items():
            scale, blank = self._scales[question]
            said = (Said(key, cells[k], place(self._table, number, k), choice) for k, (key, choice) in columns.items())
            yield from self._telling.answers(person, self._telling.relation(question), said, scale, blank_is_none=blank, at=at)


class _Names(_Form):
    """Columns Name 1, Name 2 … with answers about each: Trust 1, Trust 2 …"""

    def _colleagues(self) -> None:
        counted = surveys.numbered(self._table.heads)
        stem = next(stem for stem in counted if stem in survey_roles.NAMES)
        self._places = counted[stem]
        self._ratings = {name: places for name, places in counted.items() if name not in survey_roles.NAMES and places.keys() & self._places.keys()}
        self._stems = {name: self._table.heads[next(iter(places.values()))].text.strip(" 0123456789_#.") for name, places in self._ratings.items()}
        self._scale: dict[str, Scale] = {}
        self.named_are_asked = bool(self._people.listed)
        if not self.named_are_asked:
            self._source.set_aside(self._table.label, N_("who was asked is not known: put a list of people beside the answers"), 0)

    def _valued(self) -> list[int]:
        return [k for places in self._ratings.values() for k in places.values()]

    def _used(self) -> list[int]:
        return [*self._places.values(), *self._valued()]

    def _scaled(self, cells: dict[int, set[str]]) -> None:
        options = self._telling.options
        for name, places in self._ratings.items():
            values = set[str]().union(*(cells.get(k, set()) for k in places.values()))
            self._scale[name] = scale_of(values, options.scale, options.levels)
            noted(self._source, self._table.label, self._telling.relation(self._stems[name]), self._stems[name], self._scale[name])
        if not self._ratings:
            noted(self._source, self._table.label, self._telling.relation(self._title), self._title, None)

    def _answers(self, person: str, row: Row, at: int | None) -> Iterator[Record]:
        number, cells = row
        named = dict[int, str]()
        relation = self._telling.relation(next(iter(self._stems.values()), self._title))
        for count, k in self._places.items():
            for one in self._said([cells[k]] if cells[k].strip() else [], relation, place(self._table, number, k)):
                named[count] = one.about
        if not self._ratings:
            said = [Said(key, "x", place(self._table, number, self._places[count])) for count, key in named.items()]
            yield from self._telling.answers(person, self._telling.relation(self._title), said, _CHECKED, blank_is_none=True, at=at)
        for name, places in self._ratings.items():
            said = [Said(key, cells[places[count]], place(self._table, number, places[count])) for count, key in named.items() if count in places]
            relation = self._telling.relation(self._stems[name])
            yield from self._telling.answers(person, relation, said, self._scale[name], blank_is_none=True, at=at)


def _reader(form: type[_Form]) -> Callable[[surveys.Found, Telling], Iterator[Record]]:
    def read(table: surveys.Found, telling: Telling) -> Iterator[Record]:
        yield from form(table, telling).read()

    return read


READERS = {"wide": _reader(_Wide), "lists": _reader(_Form), "names": _reader(_Names)}
