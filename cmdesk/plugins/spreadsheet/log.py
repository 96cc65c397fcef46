"""A log of interactions: one row says who did what, when, where, towards whom. A column `type` tells what (words in five languages); without
it a row with a parent is a reply and any other a message."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import TYPE_CHECKING

from cmdesk.api import N_, Accepted, Attendance, Page, Person, Post, Progress, Reaction, Record, Share, Viewing

from . import cells, closing
from .tables import LogOptions, Opened, chosen, group as stated_group, need, opened, origin
from .words import MARKS, TYPES, plain

if TYPE_CHECKING:
    from cmdesk.api import Source


def read(source: Source, options: LogOptions, progress: Progress) -> Iterator[Record]:
    """The interactions of each table."""
    yield origin(options)
    for name, seen in chosen(source, "log", options):
        table = opened(source, name, "log", seen, options)
        need(table.columns, "log", "actor")
        yield from _Log(source, table, options).read()


_plain, _often = lru_cache(maxsize=1 << 12)(plain), lru_cache(maxsize=1 << 14)(cells.tidy)
"""For cells whose text many rows have."""


class _Unfit(Exception):
    """A row that cannot become a fact: why, in words."""


class _Log:
    """Reads one table. `_roots`: the start of the thread of each reply, because a row names only the post that it answers."""

    def __init__(self, source: Source, table: Opened, options: LogOptions) -> None:
        self._source, self._table, self._columns, self._options = source, table, table.columns, options
        self._titled, self._tagged, self._aimed = (role in self._columns for role in ("title", "tags", "target"))
        self._naming = "actor_name" in self._columns and not options.adds_to
        self._persons: set[str] = set()
        self._clocked = "clock" in self._columns
        self._groups: set[str] = set()
        self._roots: dict[str, str] = {}
        self._makers: dict[str, Callable[[tuple[str, ...], int | None, bool], Record]] = {
            "message": self._post, "mention": self._post, "reply": self._reply, "reaction": self._reaction, "accepted": self._accepted,
            "share": self._share, "view": self._viewing, "attendance": self._attendance, "page": self._page,
        }  # fmt: skip

    def read(self) -> Iterator[Record]:
        """One fact for each row, groups before their first use."""
        for row, rule in closing.parted(self._table.table.rows):
            if rule:
                self._source.leave_out(rule, where=self._table.place(row.number))
                continue
            try:
                kind = self._type(row.cells)
                at, local = self._time(row.cells)
                fact = self._makers[kind](row.cells, at, local)
            except _Unfit as unfit:
                self._source.set_aside(self._table.place(row.number), str(unfit))
                continue
            self._source.use()
            if self._naming:
                yield from self._named(row.cells)
            group = fact.group if isinstance(fact, Post) else self._group(row.cells)
            if group and group not in self._groups:
                self._groups.add(group)
                yield from stated_group(group, self._options, "channel")
            yield fact

    def _named(self, row: tuple[str, ...]) -> Iterator[Person]:
        """The person who did it, where a column beside the id tells the name, before the first thing that the person did."""
        key, name = self._actor(row) if self._columns.cell(row, "actor") else "", cells.tidy(self._columns.cell(row, "actor_name"))
        if key and name and key not in self._persons:
            self._persons.add(key)
            yield Person(key=key, name=name)

    def _time(self, row: tuple[str, ...]) -> tuple[int | None, bool]:
        """(the time of a row, whether it is what a clock of no known zone showed)."""
        if "time" not in self._columns:
            return None, False
        when = self._table.stamped(row) if self._clocked else self._table.moment(self._columns.cell(row, "time"), "time")
        if when.at is None:
            raise _Unfit(when.why)
        return when.at, when.local

    def _type(self, row: tuple[str, ...]) -> str:
        word = self._columns.cell(row, "type")
        if not word:
            return "reply" if self._columns.cell(row, "parent") else "message"
        kind = TYPES.get(_plain(word))
        if kind is None:
            raise _Unfit(N_("the type “{word}” is not known").format(word=word[:40]))
        return kind

    def _post(self, row: tuple[str, ...], at: int | None, local: bool) -> Record:
        """A message; its type may say that it is a question, an announcement or an idea. Where it does not, core's rules for texts decide."""
        said = MARKS.get(_plain(self._columns.cell(row, "type")), "")
        # All by position, in the order of Post's fields: naming each takes five times as long.
        return Post(
            self._key(row), self._actor(row), self._group(row), at, self._columns.cell(row, "text"), "", "", "", tuple(self._targets(row)) if self._aimed else (),
            self._tags(row) if self._tagged else (), self._title(row), said == "question" or None, said == "announcement" or None,
            said == "idea" or None, False, local,
        )  # fmt: skip

    def _reply(self, row: tuple[str, ...], at: int | None, local: bool) -> Record:
        """The first target is whom it answers, the others are mentioned. A reply to a person of whom no post is named answers a post that
        is not in this log."""
        key, parent, targets = self._key(row), cells.tidy(self._columns.cell(row, "parent")), self._targets(row) if self._aimed else []
        if not parent and not targets:
            raise _Unfit(N_("a reply needs the id of the post that it answers (column parent) or a target"))
        parent = parent or f"{key}/answered"
        thread = self._roots[key] = self._roots.get(parent, parent)
        return Post(
            key, self._actor(row), self._group(row), at, self._columns.cell(row, "text"), thread, parent, targets[0] if targets else "",
            tuple(targets[1:]), self._tags(row) if self._tagged else (), self._title(row), None, None, None, False, local,
        )  # fmt: skip

    def _reaction(self, row: tuple[str, ...], at: int | None, local: bool) -> Record:
        kind = self._columns.cell(row, "reaction") or self._columns.cell(row, "text")
        return Reaction(post=self._about(row), person=self._actor(row), kind=cells.tidy(kind)[:100], at=at, local=local)

    def _accepted(self, row: tuple[str, ...], at: int | None, local: bool) -> Record:
        return Accepted(post=self._about(row), by=self._actor(row), at=at, local=local)

    def _share(self, row: tuple[str, ...], at: int | None, local: bool) -> Record:
        return Share(post=self._about(row), person=self._actor(row), group=self._group(row), at=at, local=local)

    def _viewing(self, row: tuple[str, ...], at: int | None, local: bool) -> Record:
        return Viewing(post=self._about(row), person=self._actor(row), at=at, local=local)

    def _attendance(self, row: tuple[str, ...], at: int | None, local: bool) -> Record:
        event = next((found for role in ("parent", "id", "title", "group") if (found := cells.tidy(self._columns.cell(row, role)))), "")
        if not event:
            raise _Unfit(N_("an attendance needs an event (column parent, id, title or group)"))
        return Attendance(event=event, person=self._actor(row), group=self._group(row), at=at, local=local)

    def _page(self, row: tuple[str, ...], at: int | None, local: bool) -> Record:
        """A page of lasting content: `time` is its last change or confirmation."""
        key = next((found for role in ("id", "parent", "title") if (found := cells.tidy(self._columns.cell(row, role)))), "")
        if not key:
            raise _Unfit(N_("a page needs an id or a title"))
        views = cells.number(self._columns.cell(row, "views"), self._table.comma)
        return Page(
            key=key, group=self._group(row), author=cells.person(self._columns.cell(row, "actor")), title=cells.tidy(self._columns.cell(row, "title")),
            updated=at, views=int(views) if views is not None and 0 <= views < 2**53 else None, local=local,
        )  # fmt: skip

    def _about(self, row: tuple[str, ...]) -> str:
        """The post that a row is about."""
        post = cells.tidy(self._columns.cell(row, "parent")) or cells.tidy(self._columns.cell(row, "id"))
        if not post:
            raise _Unfit(N_("the row does not say which post it is about (column parent)"))
        return post

    def _actor(self, row: tuple[str, ...]) -> str:
        actor = cells.person(self._columns.cell(row, "actor"))
        if not actor:
            raise _Unfit(N_("the row does not say who did it"))
        return actor

    def _group(self, row: tuple[str, ...]) -> str:
        return _often(self._columns.cell(row, "group"))

    def _title(self, row: tuple[str, ...]) -> str:
        return cells.tidy(self._columns.cell(row, "title")) if self._titled else ""

    def _tags(self, row: tuple[str, ...]) -> tuple[str, ...]:
        """Tags, beside those in the text, in lower case as core reads them."""
        said = self._columns.cell(row, "tags")
        return tuple(dict.fromkeys(tag.lstrip("#").lower() for tag in cells.several(said) if tag.strip("#"))) if said else ()

    def _targets(self, row: tuple[str, ...]) -> list[str]:
        said = self._columns.cell(row, "target")
        return [cells.person(target) for target in cells.several(said, names=True)] if said else []

    def _key(self, row: tuple[str, ...]) -> str:
        """The post's id; without one a key from all that the row says, so that the same row is the same post in every import."""
        found = cells.tidy(self._columns.cell(row, "id"))
        if found:
            return found
        roles = ("actor", "type", "time", "group", "target", "parent", "title", "text", *(("clock",) if self._clocked else ()))
        said = "\x1f".join(self._columns.cell(row, role) for role in roles)
        return "row-" + hashlib.blake2b(said.encode("utf-8", "replace"), digest_size=12).hexdigest()
