"""What is read of a JSON export: only the fields that become facts. Every field may be missing or null, ids may stand as numbers, and what is
rarely there stays undecoded (`Raw`) until it is needed."""

from __future__ import annotations

from collections.abc import Hashable
from functools import lru_cache
from typing import Any, TypeVar, cast

import msgspec

T = TypeVar("T")
Id = str | int | float | None
NONE = msgspec.Raw(b"null")
_SURE = range(15, 20)  # digits of an id of Discord
_START = 1_420_070_400_000  # ms: 2015, from which ids count
_UNTIL = 4_102_444_800_000  # ms: 2100
MOST = 1_000_000_000  # reactions to one message; larger counts are damage, and no column could hold the largest


class Header(msgspec.Struct):
    """What stands before the messages: `guild` and `channel` as they come, checked field by field."""

    guild: Any = None
    channel: Any = None
    dateRange: Any = None  # noqa: N815 - as the file calls it


class Role(msgspec.Struct, gc=False):
    """A role of a member of the server; the highest position counts."""

    name: str | None = None
    position: int | float | str | None = None


class User(msgspec.Struct, gc=False):
    """An author, or somebody mentioned."""

    id: Id = None
    name: str | None = None
    discriminator: Id = None
    nickname: str | None = None
    isBot: bool | None = None  # noqa: N815
    roles: msgspec.Raw = NONE


class Emoji(msgspec.Struct, gc=False):
    """Which reaction: `code` is the name of a standard one."""

    id: Id = None
    name: str | None = None
    code: str | None = None


class Reactions(msgspec.Struct, gc=False):
    """All reactions to a message with one emoji. `users` are listed since 2023, and may be fewer than `count`."""

    emoji: Emoji | None = None
    count: int | float | str | None = None
    users: list[User | None] | None = None


class Reference(msgspec.Struct, gc=False):
    """The message that one answers, forwards or pins."""

    type: Id = None
    messageId: Id = None  # noqa: N815


class Message(msgspec.Struct, gc=False):
    """An element of `messages`."""

    id: Id = None
    type: Id = None
    timestamp: str | int | float | None = None
    timestampEdited: str | int | float | None = None  # noqa: N815
    content: str | None = None
    author: User | None = None
    mentions: list[User | None] | None = None
    reactions: list[Reactions | None] | None = None
    reference: msgspec.Raw = NONE


def key(value: object) -> str:
    """An id as text; "" for none. A number of 2^53 and more that was made a float is no id any more."""
    if isinstance(value, str):
        return value.strip()
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else ""


def said(value: object) -> str:
    """A text field of unknown shape as text, "" if it is none."""
    return value.strip() if isinstance(value, str) else ""


def born(identifier: str) -> int | None:
    """When a thing of Discord was made, which its id tells, in µs UTC; None if it is no such id."""
    if len(identifier) not in _SURE or not (identifier.isascii() and identifier.isdecimal()):
        return None
    at = (int(identifier) >> 22) + _START
    return at * 1_000 if at < _UNTIL else None


def count(value: object) -> int:
    """A number of reactions, 0 where it says nothing."""
    try:
        found = int(float(value)) if isinstance(value, int | float | str) and value else 0
    except (ValueError, OverflowError):
        return 0
    return min(max(0, found), MOST)


@lru_cache(maxsize=16)
def _decoder(kind: Any) -> msgspec.json.Decoder[Any]:
    return msgspec.json.Decoder(kind | None, strict=False)


def part(raw: msgspec.Raw, kind: type[T]) -> T | None:
    """A part that was left undecoded; None where it is absent, null or of another shape."""
    try:
        found: T | None = _decoder(cast(Hashable, kind)).decode(raw)
    except (msgspec.DecodeError, UnicodeError, RecursionError):
        return None
    return found
