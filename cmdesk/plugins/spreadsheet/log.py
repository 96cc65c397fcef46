"""A log of interactions: one row says who did what, when, where, towards whom. A column `type` tells what (words in five languages); without
it a row with a parent is a reply and any other a message."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from functools import lru_cache
from operator import itemgetter
from typing import TYPE_CHECKING, NamedTuple

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


_often = lru_cache(maxsize=1 << 14)(cells.tidy)
"""For cells whose text many rows have."""
_MISSING = -1  # the empty cell that is put behind every row


@lru_cache(maxsize=1 << 12)
def _meant(word: str) -> tuple[str | None, str]:
    """(what a word in the column `type` means, None for no known word; the mark that it sets)."""
    form = plain(word)
    return TYPES.get(form), MARKS.get(form, "")


class _Unfit(Exception):
    """A row that cannot become a fact: why, in words."""


class _Row(NamedTuple):
    """What the cells of a row say, by role, without blanks around it; "" for a column that the table has not."""

    time: str
    actor: str
    group: str
    type: str
    text: str
    id: str
    parent: str
    target: str
    title: str
    tags: str
    reaction: str
    views: str
    actor_name: str
    clock: str


class _Log:
    """Reads one table. `_roots`: the start of the thread of each reply, because a row names only the post that it answers."""

    def __init__(self, source: Source, table: Opened, options: LogOptions) -> None:
        self._source, self._table, self._options = source, table, options
        self._pick = itemgetter(*(table.columns.at.get(role, _MISSING) for role in _Row._fields))
        self._timed, self._clocked = "time" in table.columns, "clock" in table.columns
        self._naming = "actor_name" in table.columns and not options.adds_to
        self._persons: set[str] = set()
        self._groups: set[str] = set()
        self._roots: dict[str, str] = {}
        self._makers: dict[str, Callable[[_Row, int | None, bool], Record]] = {
            "message": self._post, "mention": self._post, "reply": self._reply, "reaction": self._reaction, "accepted": self._accepted,
            "share": self._share, "view": self._viewing, "attendance": self._attendance, "page": self._page,
        }  # fmt: skip

    def read(self) -> Iterator[Record]:
        """One fact for each row, groups before their first use."""
        groups, pick = self._groups, self._pick
        for numbered, rule in closing.parted(self._table.table.rows):
            if rule:
                self._source.leave_out(rule, where=self._table.place(numbered.number))
                continue
            row = _Row._make(map(str.strip, pick((*numbered.cells, ""))))
            try:
                kind = self._type(row)
                fact = self._makers[kind](row, *self._time(row, numbered.cells))
            except _Unfit as unfit:
                self._source.set_aside(self._table.place(numbered.number), str(unfit))
                continue
            self._source.use()
            if self._naming:
                yield from self._named(row)
            group = fact.group if type(fact) is Post else self._group(row)
            if group and group not in groups:
                groups.add(group)
                yield from stated_group(group, self._options, "channel")
            yield fact

    def _named(self, row: _Row) -> Iterator[Person]:
        """The person who did it, where a column beside the id tells the name, before the first thing that the person did."""
        key, name = self._actor(row) if row.actor else "", cells.tidy(row.actor_name)
        if key and name and key not in self._persons:
            self._persons.add(key)
            yield Person(key=key, name=name)

    def _time(self, row: _Row, cells: tuple[str, ...]) -> tuple[int | None, bool]:
        """(the time of a row, whether it is what a clock of no known zone showed)."""
        if not self._timed:
            return None, False
        when = self._table.stamped(cells) if self._clocked else self._table.moment(row.time, "time")
        if when.at is None:
            raise _Unfit(when.why)
        return when.at, when.local

    def _type(self, row: _Row) -> str:
        word = row.type
        if not word:
            parent = cells.tidy(row.parent)
            return "reply" if parent and parent != cells.tidy(row.id) else "message"
        kind, _mark = _meant(word)
        if kind is None:
            raise _Unfit(N_("the type “{word}” is not known").format(word=word[:40]))
        return kind

    def _post(self, row: _Row, at: int | None, local: bool) -> Record:
        """A message; its type may say that it is a question, an announcement or an idea. Where it does not, core's rules for texts decide. With
        a parent other than itself it stands in that one's thread, whatever its type calls it."""
        said = _meant(row.type)[1]
        key, thread, parent = self._key(row), "", cells.tidy(row.parent)
        parent = "" if parent == key else parent
        if parent:
            thread = self._roots[key] = self._roots.get(parent, parent)
        # All by position, in the order of Post's fields: naming each takes five times as long.
        return Post(
            key, self._actor(row), self._group(row), at, row.text, thread, parent, "", tuple(self._targets(row)) if row.target else (),
            self._tags(row) if row.tags else (), cells.tidy(row.title), said == "question" or None, said == "announcement" or None,
            said == "idea" or None, False, local,
        )  # fmt: skip

    def _reply(self, row: _Row, at: int | None, local: bool) -> Record:
        """The first target is whom it answers, the others are mentioned. A reply to a person of whom no post is named answers a post that
        is not in this log."""
        key, parent, targets = self._key(row), cells.tidy(row.parent), self._targets(row) if row.target else []
        if not parent and not targets:
            raise _Unfit(N_("a reply needs the id of the post that it answers (column parent) or a target"))
        parent = parent or f"{key}/answered"
        thread = self._roots[key] = self._roots.get(parent, parent)
        return Post(
            key, self._actor(row), self._group(row), at, row.text, thread, parent, targets[0] if targets else "",
            tuple(targets[1:]), self._tags(row) if row.tags else (), cells.tidy(row.title), None, None, None, False, local,
        )  # fmt: skip

    def _reaction(self, row: _Row, at: int | None, local: bool) -> Record:
        kind = row.reaction or row.text
        return Reaction(post=self._about(row), person=self._actor(row), kind=cells.tidy(kind)[:100], at=at, local=local)

    def _accepted(self, row: _Row, at: int | None, local: bool) -> Record:
        return Accepted(post=self._about(row), by=self._actor(row), at=at, local=local)

    def _share(self, row: _Row, at: int | None, local: bool) -> Record:
        return Share(post=self._about(row), person=self._actor(row), group=self._group(row), at=at, local=local)

    def _viewing(self, row: _Row, at: int | None, local: bool) -> Record:
        return Viewing(post=self._about(row), person=self._actor(row), at=at, local=local)

    def _attendance(self, row: _Row, at: int | None, local: bool) -> Record:
        event = next((found for role in ("parent", "id", "title", "group") if (found := cells.tidy(getattr(row, role)))), "")
        if not event:
            raise _Unfit(N_("an attendance needs an event (column parent, id, title or group)"))
        return Attendance(event=event, person=self._actor(row), group=self._group(row), at=at, local=local)

    def _page(self, row: _Row, at: int | None, local: bool) -> Record:
        """A page of lasting content: `time` is its last change or confirmation."""
        key = next((found for role in ("id", "parent", "title") if (found := cells.tidy(getattr(row, role)))), "")
        if not key:
            raise _Unfit(N_("a page needs an id or a title"))
        views = cells.number(row.views, self._table.comma)
        return Page(
            key=key, group=self._group(row), author=cells.person(row.actor), title=cells.tidy(row.title),
            updated=at, views=int(views) if views is not None and 0 <= views < 2**53 else None, local=local,
        )  # fmt: skip

    def _about(self, row: _Row) -> str:
        """The post that a row is about."""
        post = cells.tidy(row.parent) or cells.tidy(row.id)
        if not post:
            raise _Unfit(N_("the row does not say which post it is about (column parent)"))
        return post

    def _actor(self, row: _Row) -> str:
        actor = cells.person(row.actor)
        if not actor:
            raise _Unfit(N_("the row does not say who did it"))
        return actor

    def _group(self, row: _Row) -> str:
        return _often(row.group)

    def _tags(self, row: _Row) -> tuple[str, ...]:
        """Tags, beside those in the text, in lower case as core reads them."""
        said = row.tags
        return tuple(dict.fromkeys(tag.lstrip("#").lower() for tag in cells.several(said) if tag.strip("#"))) if said else ()

    def _targets(self, row: _Row) -> list[str]:
        said = row.target
        return [cells.person(target) for target in cells.several(said, names=True)] if said else []

    def _key(self, row: _Row) -> str:
        """The post's id; without one a key from all that the row says, so that the same row is the same post in every import."""
        found = cells.tidy(row.id)
        if found:
            return found
        roles = ("actor", "type", "time", "group", "target", "parent", "title", "text", *(("clock",) if self._clocked else ()))
        said = "\x1f".join(getattr(row, role) for role in roles)
        return "row-" + hashlib.blake2b(said.encode("utf-8", "replace"), digest_size=12).hexdigest()
