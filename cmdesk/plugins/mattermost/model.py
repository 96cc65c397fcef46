"""What is read of a bulk export: a line is one record. Every field may be missing or null; what is nested and long stays undecoded (`Raw`), so
that one broken reply does not cost its whole thread."""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from functools import lru_cache
from typing import TYPE_CHECKING, Any, TypeVar, cast

import msgspec

from cmdesk.api import N_

if TYPE_CHECKING:
    from cmdesk.api import Source

T = TypeVar("T")
Number = int | float | str | None
NONE = msgspec.Raw(b"null")
_EARLIEST, _LATEST = 631_152_000_000, 4_102_444_800_000  # ms: 1990, 2100


class Team(msgspec.Struct, gc=False):
    """`type` is O (open) or I (by invitation)."""

    name: str | None = None
    display_name: str | None = None
    type: str | None = None
    description: str | None = None


class Channel(msgspec.Struct, gc=False):
    """`type` is O (open) or P (private); `deleted_at` in ms, where it was archived."""

    team: str | None = None
    name: str | None = None
    display_name: str | None = None
    type: str | None = None
    header: str | None = None
    purpose: str | None = None
    deleted_at: Number = None


class UserTeam(msgspec.Struct, gc=False):
    """A team that a user is in, and the channels of it."""

    name: str | None = None
    roles: str | None = None
    channels: msgspec.Raw = NONE


class UserChannel(msgspec.Struct, gc=False):
    """A channel that a user is in."""

    name: str | None = None


class User(msgspec.Struct, gc=False):
    """The user name is the only key that an export has."""

    username: str | None = None
    email: str | None = None
    nickname: str | None = None
    first_name: str | None = None
    last_name: str | None = None
    position: str | None = None
    roles: str | None = None
    delete_at: Number = None
    profile_image: str | None = None
    teams: msgspec.Raw = NONE


class Bot(msgspec.Struct, gc=False):
    """A bot's account."""

    username: str | None = None
    display_name: str | None = None
    delete_at: Number = None


class Reaction(msgspec.Struct, gc=False):
    """A reaction, with its time."""

    user: str | None = None
    emoji_name: str | None = None
    create_at: Number = None


class Post(msgspec.Struct, gc=False):
    """A post, a post in a direct channel (`channel_members` instead of team and channel), or a reply (neither)."""

    team: str | None = None
    channel: str | None = None
    channel_members: list[str | None] | None = None
    user: str | None = None
    type: str | None = None
    message: str | None = None
    create_at: Number = None
    edit_at: Number = None
    props: msgspec.Raw = NONE
    reactions: msgspec.Raw = NONE
    replies: msgspec.Raw = NONE


class Participant(msgspec.Struct, gc=False):
    """Who is in a direct channel, since version 10."""

    username: str | None = None


class DirectChannel(msgspec.Struct, gc=False):
    """A conversation of two or more."""

    members: list[str | None] | None = None
    participants: list[Participant | None] | None = None


class Line(msgspec.Struct, gc=False):
    """A line of an export: `type` says which of the others it holds."""

    type: str | None = None
    team: Team | None = None
    channel: Channel | None = None
    user: User | None = None
    bot: Bot | None = None
    post: Post | None = None
    direct_channel: DirectChannel | None = None
    direct_post: Post | None = None


def numbered(source: Source, name: str) -> Iterator[tuple[str, Line]]:
    """(place, line) of each line that fits; the place counts the broken lines before it too."""
    number, aside = 0, source.ledger.set_aside
    for line in source.json_records(name, Line):
        number += 1 + source.ledger.set_aside - aside
        yield N_("{name}, line {number:,}").format(name=name, number=number), line
        aside = source.ledger.set_aside


def moment(ms: Number) -> int | None:
    """Milliseconds since 1970 (number or text; 0 means never) in µs; None for what is no time between 1990 and 2100."""
    if not isinstance(ms, int):
        try:
            ms = int(float(ms)) if ms else 0
        except (ValueError, OverflowError):
            return None
    return ms * 1_000 if _EARLIEST <= ms < _LATEST else None


def never(ms: Number) -> bool:
    """True for a time of deletion or change that stands for none."""
    return ms in (None, 0, 0.0, "0", "")


def name_of(user: str | None) -> str:
    """A user name as the key that it is: Mattermost writes them in lower case, people not always."""
    return user.strip().removeprefix("@").lower() if user else ""


@lru_cache(maxsize=16)
def _decoder(kind: Any) -> msgspec.json.Decoder[Any]:
    return msgspec.json.Decoder(kind, strict=False)


def parts(raw: msgspec.Raw, kind: type[T]) -> tuple[list[T], int]:
    """(the elements of a nested list that fit, how many do not)."""
    if raw is NONE or len(bytes(raw)) < 5:  # null, []
        return [], 0
    try:
        return [found for found in _decoder(cast(Hashable, list[kind | None])).decode(raw) if found is not None], 0  # type: ignore[valid-type]
    except (msgspec.DecodeError, UnicodeError, RecursionError):
        return _one_by_one(raw, kind)


def _one_by_one(raw: msgspec.Raw, kind: type[T]) -> tuple[list[T], int]:
    try:
        pieces: list[msgspec.Raw] = msgspec.json.decode(raw, type=list[msgspec.Raw])
    except (msgspec.DecodeError, UnicodeError, RecursionError):
        return [], 1
    found, broken = [], 0
    for piece in pieces:
        try:
            if (value := _decoder(cast(Hashable, kind | None)).decode(piece)) is not None:
                found.append(value)
        except (msgspec.DecodeError, UnicodeError, RecursionError):
            broken += 1
    return found, broken


def fields(raw: msgspec.Raw) -> dict[str, Any]:
    """The properties of a post; {} where they are absent or no object."""
    try:
        value = msgspec.json.decode(raw)
    except (msgspec.DecodeError, UnicodeError, RecursionError, ValueError):
        return {}
    return value if isinstance(value, dict) else {}
