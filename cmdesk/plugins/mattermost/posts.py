"""Posts and the replies nested in them as facts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING

from cmdesk import api
from cmdesk.api import N_, Record

from .model import NONE, Post, Reaction, fields, moment, name_of, never, parts
from .people import People
from .places import Places
from .wording import JOINED, LEFT, by_type, by_words, mentions, of_team

if TYPE_CHECKING:
    from cmdesk.api import Source

_SUBJECT = ("addedUsername", "removedUsername", "username")


class Posts:
    """Turns the posts of one export into facts."""

    def __init__(self, source: Source, people: People, places: Places) -> None:
        self._source, self._people, self._places = source, people, places
        self._seen: set[int] = set()
        self._again: Counter[str] = Counter()

    def read(self, post: Post, group: str, where: str) -> Iterator[Record] | None:
        """The facts in a post of `group`; None if it has no time, which is part of its key."""
        at = moment(post.create_at)
        return None if at is None else self._thread(post, group, at, where)

    def _thread(self, post: Post, group: str, at: int, where: str) -> Iterator[Record]:
        key = self._key(group, at, name_of(post.user))
        author = ""
        for record in self._one(post, group, at, key, "", "", where):
            if type(record) is api.Post:
                author = record.author
            yield record
        replies, broken = parts(post.replies, Post)
        for reply in replies:
            then = moment(reply.create_at)
            if then is None:
                broken += 1
                continue
            yield from self._one(reply, group, then, self._key(group, then, name_of(reply.user)), key, author, where)
        if broken:
            self._source.set_aside(where, N_("replies in it that cannot be read: {n:,}").format(n=broken), 0)

    def _one(self, post: Post, group: str, at: int, key: str, thread: str, answered: str, where: str) -> Iterator[Record]:
        author, text = name_of(post.user), post.message or ""
        kind = (post.type or "").strip()
        event, who = (by_type(kind), "") if kind.startswith("system_") else ("", "") if kind else by_words(text, author)
        props = fields(post.props) if len(bytes(post.props)) > 4 else {}
        if props and not event and _yes(props.get("from_webhook")):
            author, hook = self._people.hook(_text(props.get("override_username")), author)
            if hook is not None:
                yield hook
        elif props and not event and _yes(props.get("from_bot")) and author and author not in self._people.known:
            self._people.known.add(author)
            yield api.Person(key=author, handle=author, is_bot=True)
        if event in (JOINED, LEFT):
            self._moved(event, who or next((name_of(_text(props.get(field))) for field in _SUBJECT if props.get(field)), author), group, at,
                        of_team(kind, text))  # fmt: skip
        found, everybody = mentions(text, self._people.known) if "@" in text and not event else ((), False)
        # All by position, in the order of Post's fields: naming each takes five times as long, and this runs a million times.
        yield api.Post(
            key, author, group, at, text, thread, "", answered, found, (), "", None, True if everybody else None, None, bool(event), False,
            None if never(post.edit_at) else moment(post.edit_at), 0,
        )  # fmt: skip
        if post.reactions is not NONE:
            yield from self._reactions(post, key, where)

    def _reactions(self, post: Post, key: str, where: str) -> Iterator[Record]:
        reactions, broken = parts(post.reactions, Reaction)
        for reaction in reactions:
            if user := name_of(reaction.user):
                yield api.Reaction(key, user, reaction.emoji_name or "", moment(reaction.create_at))
            else:
                broken += 1
        if broken:
            self._source.set_aside(where, N_("reactions in it that cannot be read: {n:,}").format(n=broken), 0)

    def _moved(self, event: str, who: str, group: str, at: int, team: bool) -> None:
        place = group.partition("/")[0] if team else group
        if who:
            (self._places.joined if event == JOINED else self._places.left)(who, place, at)

    def _key(self, group: str, at: int, user: str) -> str:
        """Posts have no id: place, time in ms and author; of several at once the second is #2."""
        made = f"{group}:{at // 1_000}:{user}"
        mark = hash(made)
        if mark not in self._seen:
            self._seen.add(mark)
            return made
        self._again[made] += 1
        return f"{made}#{self._again[made] + 1}"


def _yes(value: object) -> bool:
    return value is True or value == "true"


def _text(value: object) -> str:
    return value.strip() if isinstance(value, str) else ""
