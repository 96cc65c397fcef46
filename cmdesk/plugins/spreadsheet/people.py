"""A table of people: one row, one person. Persons are told apart by their id, else e-mail address, else name."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from cmdesk.api import N_, Membership, Person, Progress, Record

from . import cells, closing
from .columns import Columns
from .looks import addressed, is_labels
from .tables import Opened, Options, chosen, group as stated_group, need, opened, origin
from .words import STANDINGS, plain

if TYPE_CHECKING:
    from cmdesk.api import Source

_COUNTED = ("modularityclass", "partition", "cluster")
"""Heads of groups that a program found and numbered: "modularity class 3"."""
_KEYS = {"person": "id", "email": "e-mail address", "name": "name", "first": "name"}


def read(source: Source, options: Options, progress: Progress) -> Iterator[Record]:
    """The people of each table, with their groups."""
    yield origin(options)
    for name, seen in chosen(source, "people", options):
        bare = not seen.header and not seen.said.columns_for("people", options.columns)
        at = {"person": 0, "unit": 1} if bare and is_labels(seen) else addressed(seen) if bare else {}
        columns = Columns(at, seen.names) if at else None
        table = opened(source, name, "people", seen, options, columns)
        need(table.columns, "people", "person", "email", "name", "first")
        told_apart = next(word for role, word in _KEYS.items() if role in table.columns)
        source.set_aside(table.label, N_("people are told apart by their {told_apart}").format(told_apart=told_apart), 0)
        if "manager" in table.columns:
            head = table.columns.names[table.columns.at["manager"]]
            source.set_aside(table.label, N_("column not read: {head} (who manages whom is neither a tie nor a membership)").format(head=head), 0)
        yield from _People(source, table, options).read()


class _People:
    """Reads one table."""

    def __init__(self, source: Source, table: Opened, options: Options) -> None:
        self._source, self._table, self._columns, self._options = source, table, table.columns, options
        self._groups: set[str] = set()
        self._keys: set[str] = set()
        head = table.columns.names[table.columns.at["groups"]] if "groups" in table.columns else ""
        self._counted = head.replace("_", " ") if plain(head) in _COUNTED else ""

    def read(self) -> Iterator[Record]:
        """A Person for each row, then its groups and memberships."""
        for row, rule in closing.parted(self._table.table.rows):
            name = self._name(row.cells)
            email = self._text(row.cells, "email").lower()
            key = cells.person(self._text(row.cells, "person")) or email or name
            place = self._table.place(row.number)
            if rule:
                self._source.leave_out(rule, where=place)
                continue
            if not key:
                self._source.set_aside(place, N_("the row has neither an id nor an e-mail address nor a name"))
                continue
            if key in self._keys:
                self._source.set_aside(place, N_("this person stands in an earlier row too; both count as one"), 0)
            self._keys.add(key)
            self._source.use()
            person = self._person(row.cells, key, name or (key if " " in key else ""), email, place)
            yield person
            yield from self._memberships(row.cells, person)

    def _person(self, row: tuple[str, ...], key: str, name: str, email: str, place: str) -> Person:
        active, standing = self._yes(row, "active"), STANDINGS.get(plain(self._columns.cell(row, "active")), "")
        bot, moderator, guest = (True if standing == role else self._yes(row, role) for role in ("bot", "moderator", "guest"))
        return Person(
            key=key, name=name, email=email, handle=self._text(row, "handle"), unit=self._text(row, "unit"), role=self._text(row, "role"),
            place=self._text(row, "place"), organisation=self._text(row, "organisation"),
            expertise=tuple(cells.several(self._columns.cell(row, "expertise"))), zone=self._text(row, "zone"),
            joined=self._date(row, "joined", place), left=self._date(row, "left", place), is_bot=bot,
            is_moderator=moderator, is_leader=self._yes(row, "leader"), is_guest=guest,
            deleted=True if standing == "deleted" else None if active is None else not active,
        )  # fmt: skip

    def _memberships(self, row: tuple[str, ...], person: Person) -> Iterator[Record]:
        for role in ("groups", "audience"):
            for said in cells.several(self._columns.cell(row, role)):
                group = f"{self._counted} {said}" if self._counted and role == "groups" and cells.number(said, False) is not None else said
                if group not in self._groups:
                    self._groups.add(group)
                    yield from stated_group(group, self._options)
                yield Membership(person=person.key, group=group, audience=role == "audience")

    def _name(self, row: tuple[str, ...]) -> str:
        """The full name, from one column or two ("nom" is the family name where there is a "prénom", "nombre" the given one beside "apellidos")."""
        name, first, last, infix = (self._text(row, role) for role in ("name", "first", "last", "infix"))
        last = f"{infix} {last}".strip() if last and not last.startswith(f"{infix} ") else last
        if first:
            return f"{first} {last or name}".strip() if last or not name.startswith(first) else name
        return f"{name} {last}".strip() if last and last not in name else name

    def _text(self, row: tuple[str, ...], role: str) -> str:
        return cells.tidy(self._columns.cell(row, role))

    def _yes(self, row: tuple[str, ...], role: str) -> bool | None:
        return cells.yes(self._columns.cell(row, role))

    def _date(self, row: tuple[str, ...], role: str, place: str) -> int | None:
        """A date; the person stays where it cannot be read."""
        cell = self._columns.cell(row, role)
        if not cell:
            return None
        when = self._table.moment(cell, role)
        if when.at is None:
            self._source.set_aside(
                place,
                N_("{column}: {why}; the person was read without it").format(
                    column=self._columns.names[self._columns.at[role]], why=when.why
                ),
                0,
            )
        return when.at
