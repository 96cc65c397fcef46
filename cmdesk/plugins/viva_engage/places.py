"""Groups, networks and private conversations, and who is in them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from cmdesk.api import N_, Group, Membership, Record

from .cells import DAMAGE, DAMAGED, moment, told, yes
from .layout import Part, members
from .people import People

if TYPE_CHECKING:
    from cmdesk.api import Source


class Places:
    """What is known of places. With several networks each is a group around its groups."""

    def __init__(self, networks: dict[str, str]) -> None:
        self._networks = networks if len(networks) > 1 else {}
        self._stated: set[str] = set()
        self._by_name: dict[str, str] = {}
        self.private: set[str] = set()

    def networks(self) -> Iterator[Group]:
        """A group for each network."""
        for key, name in self._networks.items():
            yield Group(key=f"network:{key}", name=name or key, kind="network")

    def around(self, part: Part) -> str:
        """The key of the group around those of a table, "" for the community."""
        return f"network:{part.folder}" if part.folder in self._networks else ""

    def read(self, source: Source, part: Part) -> Iterator[Group]:
        """The groups of a table."""
        table = source.table(part.name, header=True, pad=True)
        for row in table.rows:
            cell = {name: told(row.cells[k]) for name, k in part.columns.items()}
            where, key = N_("{label}, line {number:,}").format(label=part.name, number=row.number), cell["id"]
            if not key or DAMAGED.fullmatch(key):
                source.set_aside(where, DAMAGE if key else N_("the row has no id"))
                continue
            source.use()
            self._stated.add(key)
            self._by_name.setdefault(cell["name"].casefold(), key)
            if yes(cell["private"]):
                self.private.add(key)
            gone = yes(cell.get("deleted", "")) or bool(cell.get("deleted_at"))
            yield Group(
                key=key, name=cell["name"] or key, kind="group", parent=self.around(part), purpose=cell.get("description", ""), created=moment(cell.get("created_at", ""))[0],
                archived=gone or yes(cell.get("archived", "")), private=yes(cell["private"]),
            )  # fmt: skip

    def group(self, key: str, name: str, private: bool, around: str) -> Group | None:
        """A group that messages stand in and no table states; None if it was stated."""
        if not key or key in self._stated:
            return None
        self._stated.add(key)
        if private:
            self.private.add(key)
        return Group(key=key, name=told(name) or key, kind="group", parent=around, private=private)

    def conversation(self, thread: str, people: tuple[str, ...]) -> Iterator[Record]:
        """A private conversation and who is in it, once."""
        key = direct(thread)
        if key not in self._stated:
            self._stated.add(key)
            yield Group(key=key, name=key, kind="direct", private=True)
            yield from (Membership(person=person, group=key) for person in people)

    def memberships(self, source: Source, part: Part, people: People) -> Iterator[Membership]:
        """Who is in which group, by a list that is no part of the export."""
        columns = members(part.columns)
        if columns is None:
            return
        table = source.table(part.name, header=True, pad=True)
        for row in table.rows:
            where = N_("{label}, line {number:,}").format(label=part.name, number=row.number)
            group, user = told(row.cells[columns.group]), told(row.cells[columns.user])
            key, person = group if group in self._stated else self._by_name.get(group.casefold(), group if group.isdigit() else ""), people.find(user)
            if DAMAGED.fullmatch(group) or DAMAGED.fullmatch(user):
                source.set_aside(where, DAMAGE)
            elif not key or not person:
                source.set_aside(where, N_("no table of the export holds this group") if person else N_("no table of the export holds this user"))
            else:
                source.use()
                since = columns.since
                yield Membership(person=person, group=key, joined=moment(row.cells[since])[0] if since is not None else None)


def direct(thread: str) -> str:
    """The key of the place of a private conversation."""
    return f"conversation:{thread}"
