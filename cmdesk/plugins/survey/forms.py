"""Forms: a row for each respondent; a column for each colleague, lists of names in a cell, or columns Name 1, Name 2 …"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from cmdesk.api import N_, Record, relations, survey_roles, surveys

from .form import CHECKED, MOST, Form
from .rows import Row, place, rows_of
from .scales import Scale, Unfit, scale_of
from .telling import Said, Telling, noted

_WHO = ("name", "first", "last", "email", "id")


class _Wide(Form):
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
                if len(known) < MOST:
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


class _Names(Form):
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
            yield from self._telling.answers(person, self._telling.relation(self._title), said, CHECKED, blank_is_none=True, at=at)
        for name, places in self._ratings.items():
            said = [Said(key, cells[places[count]], place(self._table, number, places[count])) for count, key in named.items() if count in places]
            relation = self._telling.relation(self._stems[name])
            yield from self._telling.answers(person, relation, said, self._scale[name], blank_is_none=True, at=at)


def _reader(form: type[Form]) -> Callable[[surveys.Found, Telling], Iterator[Record]]:
    def read(table: surveys.Found, telling: Telling) -> Iterator[Record]:
        yield from form(table, telling).read()

    return read


READERS = {"wide": _reader(_Wide), "lists": _reader(Form), "names": _reader(_Names)}
