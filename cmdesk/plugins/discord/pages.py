"""The messages of a page (HTML) as facts. Three layouts: since 2022 each message is a container that begins with its author where a group of
messages does; before, a group tells author and time, and each message has an id; until 2019 messages have no ids either."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING

import msgspec

from cmdesk.api import N_, Person, Post, Record

from .channels import Place, Threads
from .clock import Clock
from .model import born, count
from .people import People

if TYPE_CHECKING:
    from cmdesk.api import Element, Source

_GROUP = "chatlog__message-group"
_NEW, _OLD, _OLDEST = "chatlog__message-container", "chatlog__message", "chatlog__content"
_AUTHOR = ("chatlog__author", "chatlog__author-name", "chatlog__system-notification-author")
_BOT = ("chatlog__author-tag", "chatlog__bot-label", "chatlog__bot-tag")
_TIME = ("chatlog__timestamp", "chatlog__short-timestamp", "chatlog__system-notification-timestamp")
_REPLY = ("chatlog__reply", "chatlog__reference")
_REPLY_AUTHOR = ("chatlog__reply-author", "chatlog__reference-author", "chatlog__reference-name")
_WORDS = ("chatlog__markdown-preserve", "preserve-whitespace")
_MENTION = ("chatlog__markdown-mention", "mention")
_SYSTEM = "chatlog__system-notification-content"
_EDITED = "chatlog__edited-timestamp"
_END = "postamble__entry"
_TO = re.compile(r"scrollToMessage\(event,\s*['\"]?(\d+)")
_NUMBERED = re.compile(r"(?:chatlog__message-container|message)-(\d+)")
_EXPORTED = re.compile(r"Exported ([\d\W]*\d) message")
_ZONE = re.compile(r"Timezone: (\S.*)")
_JOINED = "joined the server."
_MOST_TIMES = 50_000  # times of a page that are looked at to find the order of day and month
_LOOK = 1 << 20


class Shown(msgspec.Struct):
    """What a group of messages says for all of them."""

    author: str = ""
    times: tuple[str, ...] = ()
    reply: Element | None = None


class Look(msgspec.Struct):
    """The zone that a page tells at its end, and times that it shows."""

    zone: str = ""
    times: list[str] = []


def read(source: Source, place: Place, people: People, roots: dict[str, str], clock: Clock) -> Iterator[Record]:
    """The facts in one page."""
    return _Page(source, place, people, roots, clock).read()


def number_of(source: Source, place: Place) -> int:
    """The number of messages in a page, each a record."""
    return sum(1 for _record in source.html(place.name, (_layout(source.head(place.name, _LOOK)),)))


def _layout(head: bytes) -> str:
    """The class of a message."""
    if _NEW.encode() in head:
        return _NEW
    return _OLD if b"data-message-id" in head or b'id="message-' in head else _OLDEST


class _Page:
    def __init__(self, source: Source, place: Place, people: People, roots: dict[str, str], clock: Clock) -> None:
        self._source, self._place, self._people = source, place, people
        self._threads = Threads(place, roots)
        head = source.head(place.name, _LOOK)
        self._record = _layout(head)
        for element in source.html_tags(place.name, _AUTHOR):
            if (identifier := element.attributes.get("data-user-id", "").strip()) and (full := _full(element)):
                people.names[full] = identifier
        look = Look() if _has_ids(head) and self._record != _OLDEST else self._looked()
        self._clock = clock.seen(look.times, look.zone)
        self._stated: int | None = None
        self._again: Counter[str] = Counter()

    def read(self) -> Iterator[Record]:
        source, name = self._source, self._place.name
        group, number, used, begun = Shown(), 0, 0, source.ledger.read
        around = (*_AUTHOR, *_BOT, *_TIME, *_REPLY, _END)
        for element in source.html(name, (self._record,), around=around, begins=(_GROUP,)):
            if self._record not in element.classes:
                if _GROUP in element.classes:
                    group = Shown()
                elif _END in element.classes:
                    self._ending(element)
                elif person := self._around(element, group):
                    yield person
                continue
            number += 1
            at, local, why = self._moment(element, group)
            if at is None:
                source.set_aside(N_("{name}, record {number:,}").format(name=name, number=number), why or N_("the message has no time"))
                continue
            used += 1
            yield from self._facts(element, group, at, local)
        source.use(used)
        if self._stated is not None and self._stated > source.ledger.read - begun:
            why = N_("messages that the page says it holds: {stated:,}; messages found: {n:,}").format(stated=self._stated, n=number)
            source.set_aside(name, why, 0)

    def _looked(self) -> Look:
        """A look over a whole page whose ids tell no times: which it shows, and the zone that stands at its end."""
        look = Look()
        for element in self._source.html(self._place.name, (), around=(_END, *_TIME), counted=False):
            words = element.text().strip()
            if _END not in element.classes:
                if len(look.times) < _MOST_TIMES:
                    look.times.append(words)
            elif found := _ZONE.match(words):
                look.zone = found[1]
        return look

    def _ending(self, element: Element) -> None:
        """Take in how many messages the page says that it holds."""
        if found := _EXPORTED.match(element.text().strip()):
            self._stated = count("".join(c for c in found[1] if c.isdecimal()))

    def _around(self, element: Element, group: Shown) -> Person | None:
        """Take in what a group says before its messages."""
        if not element.classes.isdisjoint(_AUTHOR):
            group.author, person = self._who(element, author=True)
            return person
        if not element.classes.isdisjoint(_BOT):
            return Person(key=group.author, is_bot=True) if group.author else None
        if not element.classes.isdisjoint(_TIME):
            group.times = _times(element)
        else:
            group.reply = element
        return None

    def _who(self, element: Element, *, author: bool = False, is_bot: bool | None = None) -> tuple[str, Person | None]:
        name = element.text().strip()
        return self._people.shown(_full(element), name, element.attributes.get("data-user-id", "").strip(), is_bot=is_bot, author=author)

    def _moment(self, element: Element, group: Shown) -> tuple[int | None, bool, str]:
        """(µs, is the zone unknown?, why there is none): the id tells it to the millisecond; else what is shown."""
        told = born(_identifier(element))
        if told is not None:
            return told, False, ""
        return self._clock.moment(*self._shown_times(element, group))

    def _shown_times(self, element: Element, group: Shown) -> tuple[str, ...]:
        shown = element.first(*_TIME)
        return _times(shown) if shown is not None else group.times

    def _facts(self, element: Element, group: Shown, at: int, local: bool) -> Iterator[Record]:
        system = element.first(_SYSTEM)
        named = element.first(*_AUTHOR)
        if named is not None:
            is_bot = True if element.first(*_BOT) is not None else None
            group.author, person = self._who(named, author=True, is_bot=is_bot)
            if person is not None:
                yield person
        reply, group.reply = element.first(*_REPLY) or group.reply, None
        answered, asked = _target(reply), ""
        if answered and (asker := reply.first(*_REPLY_AUTHOR) if reply is not None else None) is not None:
            asked, person = self._who(asker)
            if person is not None:
                yield person
        content = system or (element if self._record == _OLDEST else element.first("chatlog__content"))
        mentions: dict[str, None] = {}
        everybody, text, edited = False, "", None
        if content is not None:
            for mention in content.all(*_MENTION):
                known, person, all_of_them = self._mention(mention)
                everybody = everybody or all_of_them
                mentions |= {known: None} if known else {}
                if person is not None:
                    yield person
            text = _words(content)
            edited = content.first(_EDITED)
        written = system is None
        if not written and group.author and not local and text.strip() == _JOINED:
            yield Person(key=group.author, joined=at)
        yield self._post(element, group, at, local, answered, asked, tuple(mentions), everybody, text, edited, written)

    def _post(
        self, element: Element, group: Shown, at: int, local: bool, answered: str, asked: str, mentions: tuple[str, ...], everybody: bool,
        text: str, edited: Element | None, written: bool,
    ) -> Post:  # fmt: skip
        identifier = _identifier(element) or self._made(group.author, at)
        root = self._threads.root(identifier, answered, written=written)
        place = self._place
        return Post(
            key=identifier, author=group.author, group=place.group, at=at, text=text, thread=root, reply_to=answered, reply_author=asked,
            mentions=mentions, title=place.title if place.thread and written and not root else "",
            announcement=True if everybody and written else None, event=not written, local=local,
            edited=self._clock.edited(edited.attributes.get("title", ""), at, self._shown_times(element, group)) if edited else None,
            unnamed_reactions=sum(count("".join(c for c in part.text() if c.isdecimal())) for part in element.all("chatlog__reaction-count")),
        )  # fmt: skip

    def _mention(self, element: Element) -> tuple[str, Person | None, bool]:
        """(key, person if new, is everybody meant?) of a mention, whose name gives way to the key."""
        words = element.text().strip()
        if not _full(element):
            return "", None, words in ("@everyone", "@here")
        known, person = self._people.shown(_full(element), words.removeprefix("@"))
        element.inside = ["@" + known]
        return known, person, False

    def _made(self, author: str, at: int) -> str:
        """A key for a message without id: place, author, time, and which one of that minute."""
        made = f"{self._place.key}:{author}:{at}"
        self._again[made] += 1
        return made if self._again[made] == 1 else f"{made}#{self._again[made]}"


def _identifier(element: Element) -> str:
    found = element.attributes.get("data-message-id", "").strip()
    if not found and (numbered := _NUMBERED.fullmatch(element.attributes.get("id", ""))):
        found = numbered[1]
    return found


def _has_ids(head: bytes) -> bool:
    """True if the first message's id tells its time."""
    found = re.search(rb"data-message-id=[\"']?(\d+)", head)
    return found is not None and born(found[1].decode()) is not None


def _full(element: Element) -> str:
    return element.attributes.get("title", "").strip()


def _times(element: Element) -> tuple[str, ...]:
    """A time as shown, and in full: the words of a month are clear where numbers are not."""
    full, short = element.attributes.get("title", "").strip(), element.text().strip()
    return (full, short) if full and full != short else (short,)


def _target(reply: Element | None) -> str:
    """The id of the message that a reply answers, "" if it cannot be told (or if a command was used)."""
    if reply is None:
        return ""
    waiting: list[Element | str] = [reply]
    while waiting:
        part = waiting.pop()
        if not isinstance(part, str):
            if found := _TO.search(part.attributes.get("onclick", "")):
                return found[1]
            waiting += reversed(part.inside)
    return ""


def _words(content: Element) -> str:
    """What was written, without the word for "edited" behind it."""
    if found := content.first(*_WORDS):
        return found.text()
    return "".join(
        part if isinstance(part, str) else part.text() for part in content.inside if isinstance(part, str) or _EDITED not in part.classes
    ).strip()
