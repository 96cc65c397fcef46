"""The messages of a JSON export as facts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from cmdesk.api import N_, Person, Post, Reaction, Record, Share, parse_when

from .channels import Place, Threads
from .model import NONE, Header, Message, Reactions, Reference, User, born, count, key, part
from .people import People

if TYPE_CHECKING:
    from cmdesk.api import Source

_WRITTEN = frozenset({"", "Default", "Reply", "0", "19", "20", "23", "ApplicationCommand", "ChatInputCommand", "ContextMenuCommand"})
"""Types of messages that a person or a bot wrote; every other one is the system's."""
_REPLY = frozenset({"Reply", "19"})
_JOINED = frozenset({"GuildMemberJoin", "7"})
_STARTER = frozenset({"ThreadStarterMessage", "21"})
_FORWARD = frozenset({"Forward", "1"})
_EVERYONE = re.compile(r"(?<![\w@])@(?:everyone|here)\b")
_RAW_MENTION = re.compile(r"<@!?(\d{1,20})>")
_RAW_MARK = re.compile(r"<(?:a?(:\w+:)\d+|#(\d+)|@&(\d+))>")


def read(source: Source, place: Place, people: People, roots: dict[str, str]) -> Iterator[Record]:
    """The facts in one JSON export."""
    return _Document(source, place, people, roots).read()


class _Document:
    def __init__(self, source: Source, place: Place, people: People, roots: dict[str, str]) -> None:
        self._source, self._place, self._people = source, place, people
        self._threads = Threads(place, roots)

    def read(self) -> Iterator[Record]:
        source, name = self._source, self._place.name
        _header, messages = source.json_inside(name, "messages", Header, Message)
        broken, used = source.ledger.set_aside, 0
        for number, message in enumerate(messages, 1):
            identifier = key(message.id)
            at, local = _moment(message, identifier)
            if not identifier or at is None:
                elsewhere = source.ledger.set_aside - broken - (number - 1 - used)
                why = N_("the message has no time") if identifier else N_("the message has no id, which is its key")
                source.set_aside(N_("{name}, record {number:,}").format(name=name, number=number + elsewhere), why)
                continue
            used += 1
            yield from self._facts(message, identifier, at, local)
        source.use(used)

    def _facts(self, message: Message, identifier: str, at: int, local: bool) -> Iterator[Record]:
        kind, author = key(message.type), ""
        written = kind in _WRITTEN
        if message.author is not None:
            author = key(message.author.id)
            if person := self._people.met(message.author, True):
                yield person
            if kind in _JOINED and author and not local:
                yield Person(key=author, joined=at)
        reference = part(message.reference, Reference) if message.reference is not NONE else None
        answered = key(reference.messageId) if reference is not None and kind in _REPLY else ""
        users = [user for user in message.mentions or () if user is not None and key(user.id)]
        for user in users:
            if person := self._people.met(user, True):
                yield person
        text = message.content or ""
        mentioned, text = _mentions(users, text)
        pinged = [user for user in mentioned if not mentioned[user]] if kind in _REPLY else []
        asked = pinged[0] if len(pinged) == 1 else ""
        root = self._threads.root(identifier, answered, written=written, starter=kind in _STARTER)
        everybody = written and (_EVERYONE.search(text) is not None or (self._place.news and not root))
        thread_title = self._place.title if self._place.thread and not root and written else ""
        # All by position, in the order of Post's fields: naming each takes five times as long, and this runs a million times.
        yield Post(
            identifier, author, self._place.group, at, text, root, answered, asked,
            tuple([user for user in mentioned if user != asked]), (), thread_title, None, True if everybody else None, None, not written,
            local, _edited(message), _unnamed(message.reactions) if message.reactions else 0,
        )  # fmt: skip
        if message.reactions:
            yield from self._reactions(message.reactions, identifier)
        if reference is not None and key(reference.type) in _FORWARD and author and key(reference.messageId):
            yield Share(post=key(reference.messageId), person=author, group=self._place.group, at=at)

    def _reactions(self, reactions: list[Reactions | None], post: str) -> Iterator[Record]:
        """Who reacted, and the persons that are met here first. They come before: a reaction stands beside its post."""
        found: list[Record] = []
        for reaction in reactions:
            if reaction is None:
                continue
            emoji = reaction.emoji
            kind = (emoji.code or emoji.name or "") if emoji is not None else ""
            for user in reaction.users or ():
                if user is not None and (person := key(user.id)):
                    if stated := self._people.met(user, False):
                        found.append(stated)
                    yield Reaction(post, person, kind)
        yield from found


def _moment(message: Message, identifier: str) -> tuple[int | None, bool]:
    """(time in µs, is its zone unknown?): what the export says, where that is a moment; else what the id tells."""
    when = parse_when(message.timestamp)
    if when.at is not None and not when.local:
        return when.at, False
    told = born(identifier)
    return (told, False) if told is not None else (when.at, when.local)


def _edited(message: Message) -> int | None:
    if message.timestampEdited is None:
        return None
    when = parse_when(message.timestampEdited)
    return None if when.local else when.at


def _mentions(users: list[User], text: str) -> tuple[dict[str, bool], str]:
    """(key of each person mentioned → is the mention in the text?, the text with keys for names). A reply that calls the answered person lists
    them as mentioned too, though nothing in its text does."""
    found: dict[str, bool] = {}
    if "<" in text:
        found = dict.fromkeys(_RAW_MENTION.findall(text), True)
        text = _RAW_MARK.sub(lambda mark: mark[1] or mark[2] or "@" + mark[3], _RAW_MENTION.sub(r"@\1", text))
    for user in users:
        identifier = key(user.id)
        for name in (user.nickname, user.name):
            if name and (at := "@" + name) in text:
                text = text.replace(at, "@" + identifier)
                found[identifier] = True
        found.setdefault(identifier, False)
    return found, text


def _unnamed(reactions: list[Reactions | None]) -> int:
    """Reactions whose actors the export does not list."""
    unnamed = 0
    for reaction in reactions:
        if reaction is not None:
            unnamed += max(0, count(reaction.count) - sum(1 for user in reaction.users or () if user is not None and key(user.id)))
    return unnamed
