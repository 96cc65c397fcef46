"""Messages into facts. A million of them pass here: plain integers, no dates, and rare parts are decoded only where they are needed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from cmdesk.api import N_, Attendance, Post, Reaction, Record, Share

from .conversations import Conversations, Place
from .model import NONE, Comment, Emoji, Message, Quote, Room, Stamp, instant, moment, part, stamp, whole
from .people import People
from .wording import MENTION, addresses_all, from_blocks, own_words, plain

if TYPE_CHECKING:
    from cmdesk.api import Source

_WRITTEN = frozenset({
    None, "", "thread_broadcast", "reply_broadcast", "me_message", "file_share", "file_comment", "file_mention", "bot_message",
    "slackbot_response",
})  # fmt: skip
"""Subtypes of messages that somebody wrote; every other one is the system's."""
_JOINED = frozenset({"channel_join", "group_join"})
_LEFT = frozenset({"channel_leave", "group_leave"})
HUDDLE = "huddle_thread"
_BY_SLACK = frozenset({"tombstone", HUDDLE})
"""System messages that Slack puts under the name of its own bot, though it did nothing: they have no author."""


class Messages:
    """Turns the messages of one export into facts."""

    def __init__(self, source: Source, people: People, conversations: Conversations) -> None:
        self._source, self._people, self._conversations = source, people, conversations
        self._ids = people.ids
        self._no_comment = Comment()

    def read(self, name: str, place: Place) -> Iterator[Record]:
        """The facts in one file of messages of `place`."""
        source, stated, subtypes = self._source, self._people.stated, _WRITTEN
        broken, used = source.ledger.set_aside, 0
        for number, message in enumerate(source.json_records(name, Message), 1):
            ts = message.ts if type(message.ts) is str else stamp(message.ts)
            at = instant(ts)
            if at is None:
                elsewhere = source.ledger.set_aside - broken - (number - 1 - used)
                source.set_aside(
                    N_("{name}, record {number:,}").format(name=name, number=number + elsewhere),
                    N_("the message has no valid time, which is its key too"),
                )
                continue
            used += 1
            comment = None if message.comment is NONE else part(message.comment, Comment)
            author = "" if message.subtype in _BY_SLACK else self._people.author(message, comment.user if comment else None)
            if author and author not in stated and (person := self._people.stranger(author, message)):
                yield person
            post = (
                self._written(message, place, ts, at, author)
                if message.subtype in subtypes
                else self._event(message, place, ts, at, author)
            )
            yield post
            if message.reactions:
                yield from self._reactions(message.reactions, post.key)
            if message.attachments is not NONE and not post.event:
                yield from self._shares(message, post)
            if message.subtype == HUDDLE:
                yield from self._attended(message, post)
        source.use(used)

    def _written(self, message: Message, place: Place, ts: str, at: int, author: str) -> Post:
        """Something that a person or a bot wrote."""
        text = message.text or ""
        everybody: bool | None = None
        mentions: tuple[str, ...] = ()
        if "<" in text:
            mentions = self._mentioned(text)
            everybody = addresses_all(text) or None
            if message.subtype is not None:
                text = self._own_words(message, text)
        if not mentions and message.blocks is not NONE:
            text, mentions, everybody = self._with_blocks(message, text, everybody)
        thread, answered = self._thread(message, ts)
        # All by position, in the order of Post's fields: naming each takes five times as long, and this runs a million times.
        return Post(
            f"{place.key}:{ts}", author, place.key, at, plain(text), f"{place.key}:{thread}" if thread else "", "", answered, mentions,
            (), "", None, everybody, None, bool(message.hidden), False, _edited(message) if message.edited else None,
            _unnamed(message.reactions) if message.reactions else 0,
        )  # fmt: skip

    def _event(self, message: Message, place: Place, ts: str, at: int, author: str) -> Post:
        """A system message."""
        subtype, person = message.subtype, message.user
        if person and subtype in _JOINED:
            self._conversations.joined(place.key, self._ids[person], at)
        elif person and subtype in _LEFT:
            self._conversations.departed(place.key, self._ids[person], at)
        text = message.text or ""
        thread, answered = self._thread(message, ts)
        return Post(
            key=f"{place.key}:{ts}", author=author, group=place.key, at=at, text=plain(text),
            thread=f"{place.key}:{thread}" if thread else "", reply_author=answered, mentions=self._mentioned(text) if "<@" in text else (),
            event=True, edited=_edited(message), unnamed_reactions=_unnamed(message.reactions) if message.reactions else 0,
        )  # fmt: skip

    def _mentioned(self, text: str) -> tuple[str, ...]:
        ids = self._ids
        return tuple([ids[raw] for raw in MENTION.findall(text)])

    def _thread(self, message: Message, ts: str) -> tuple[str, str]:
        """(ts of the message that starts the thread, its author) for a reply, ("", "") for everything else."""
        if message.thread_ts is None and message.root is NONE:
            return "", ""
        thread = stamp(message.thread_ts)
        answered = message.parent_user_id
        if message.root is not NONE and (root := part(message.root, Stamp)):
            thread = thread or stamp(root.thread_ts) or stamp(root.ts)
            answered = answered or root.user
        if not thread or thread == ts:
            return "", ""
        return thread, self._ids[answered] if answered else ""

    def _own_words(self, message: Message, text: str) -> str:
        if message.subtype == "file_comment":
            comment = part(message.comment, Comment) or self._no_comment
            return comment.comment or text
        return own_words(text) if message.subtype == "file_share" else text

    def _with_blocks(self, message: Message, text: str, everybody: bool | None) -> tuple[str, tuple[str, ...], bool | None]:
        """Apps often say everything in blocks; people's own text repeats them, so they are decoded only where they can add something."""
        raw = bytes(message.blocks)
        if text and b'"user_id"' not in raw and b'"broadcast"' not in raw:
            return text, (), everybody
        words, users, all_of_them = from_blocks(message.blocks)
        return text or words, tuple([self._ids[user] for user in users]), everybody or all_of_them or None

    def _reactions(self, reactions: list[Emoji | None], post: str) -> Iterator[Reaction]:
        ids = self._ids
        for emoji in reactions:
            if emoji is not None:
                for user in emoji.users or ():
                    if user:
                        yield Reaction(post, ids[user], emoji.name or "")

    def _attended(self, message: Message, post: Post) -> Iterator[Attendance]:
        """Who took part in a huddle, a call in a channel; its message tells them when it is over."""
        room = part(message.room, Room)
        if room is None:
            return
        at = moment(room.date_start) or post.at
        people = dict.fromkeys(self._ids[person] for person in (room.created_by, *(room.participant_history or ())) if person)
        for person in people:
            yield Attendance(event=post.key, person=person, group=post.group, at=at)

    def _shares(self, message: Message, post: Post) -> Iterator[Share]:
        """Messages of other places that this one shows."""
        if b"_unfurl" not in (raw := bytes(message.attachments)) and b"is_share" not in raw:
            return
        for quote in part(message.attachments, list[Quote]) or ():
            key = f"{quote.channel_id}:{stamp(quote.ts)}"
            shown = quote.is_msg_unfurl or quote.is_share
            if (
                shown
                and post.author
                and quote.channel_id
                and instant(stamp(quote.ts))
                and not self._conversations.left_out(quote.channel_id)
            ):
                yield Share(post=key, person=post.author, group=post.group, at=post.at)


_MOST = 1_000_000_000  # reactions to one message; larger counts are damage, and no column could hold the largest


def _edited(message: Message) -> int | None:
    return instant(stamp(message.edited.ts)) if message.edited else None


def _unnamed(reactions: list[Emoji | None]) -> int:
    """Reactions whose actors the export does not list."""
    unnamed = 0
    for emoji in reactions:
        if emoji is not None:
            unnamed += max(0, whole(emoji.count) - sum(1 for user in emoji.users or () if user))
    return min(unnamed, _MOST)
