"""What is read of a Slack export: only the fields that become facts. Every field may be missing or null, and numbers may stand as text,
because tools that rewrite exports do all of that; parts that are rarely needed stay undecoded (`Raw`) until they are."""

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


class Profile(msgspec.Struct, gc=False):
    """A user's own words about themselves, in users.json and (shorter) in messages."""

    real_name: str | None = None
    display_name: str | None = None
    name: str | None = None
    email: str | None = None
    title: str | None = None
    team: str | None = None
    bot_id: str | None = None
    image_original: str | None = None
    image_72: str | None = None
    is_custom_image: bool | None = None
    is_restricted: bool | None = None
    is_ultra_restricted: bool | None = None
    fields: Any = None


class User(msgspec.Struct, gc=False):
    """An element of users.json or org_users.json. `updated` is in seconds."""

    id: str | None = None
    team_id: str | None = None
    name: str | None = None
    real_name: str | None = None
    deleted: bool | None = None
    tz: str | None = None
    is_bot: bool | None = None
    is_admin: bool | None = None
    is_owner: bool | None = None
    is_restricted: bool | None = None
    is_ultra_restricted: bool | None = None
    is_stranger: bool | None = None
    updated: Number = None
    profile: Profile | None = None


class Words(msgspec.Struct, gc=False):
    """A channel's topic or purpose."""

    value: str | None = None


class Conversation(msgspec.Struct, gc=False):
    """An element of channels.json, groups.json, mpims.json or dms.json. `created` is in seconds."""

    id: str | None = None
    name: str | None = None
    created: Number = None
    is_archived: bool | None = None
    is_private: bool | None = None
    members: list[str | None] | None = None
    topic: Words | None = None
    purpose: Words | None = None


class Emoji(msgspec.Struct, gc=False):
    """A reaction: `count` may be larger than the list of users."""

    name: str | None = None
    count: Number = None
    users: list[str | None] | None = None


class Stamp(msgspec.Struct, gc=False):
    """Anything with a `ts`, which is time and key in one."""

    ts: Number = None
    thread_ts: Number = None
    user: str | None = None


class Quote(msgspec.Struct, gc=False):
    """An attachment that shows another message."""

    is_msg_unfurl: bool | None = None
    is_share: bool | None = None
    channel_id: str | None = None
    ts: Number = None


class Bot(msgspec.Struct, gc=False):
    """A message's `bot_profile`."""

    name: str | None = None


class Room(msgspec.Struct, gc=False):
    """A huddle's `room`. `date_start` is in seconds."""

    created_by: str | None = None
    participant_history: list[str | None] | None = None
    date_start: Number = None


class Comment(msgspec.Struct, gc=False):
    """The old file comments keep author and words in here."""

    user: str | None = None
    comment: str | None = None


class Message(msgspec.Struct, gc=False):
    """An element of a day file."""

    ts: Number = None
    user: str | None = None
    text: str | None = None
    subtype: str | None = None
    thread_ts: Number = None
    parent_user_id: str | None = None
    reactions: list[Emoji | None] | None = None
    edited: Stamp | None = None
    hidden: bool | None = None
    bot_id: str | None = None
    username: str | None = None
    user_team: str | None = None
    blocks: msgspec.Raw = NONE
    attachments: msgspec.Raw = NONE
    root: msgspec.Raw = NONE
    comment: msgspec.Raw = NONE
    room: msgspec.Raw = NONE
    user_profile: msgspec.Raw = NONE
    bot_profile: msgspec.Raw = NONE


def numbered(source: Source, name: str, kind: type[T]) -> Iterator[tuple[str, T]]:
    """(place, record) of each element of a list that fits `kind`; the place counts the broken elements before it, too."""
    number, aside = 0, source.ledger.set_aside
    for record in source.json_records(name, kind):
        number += 1 + source.ledger.set_aside - aside
        yield N_("{name}, record {number:,}").format(name=name, number=number), record
        aside = source.ledger.set_aside


def whole(value: Number) -> int:
    """A number that may stand as text; 0 where it says nothing."""
    if isinstance(value, int):
        return value
    try:
        return int(float(value)) if value else 0
    except (ValueError, OverflowError):
        return 0


_LAST = 253_402_300_800_000_000  # the year 10000 in µs


def moment(seconds: Number) -> int | None:
    """Seconds since 1970 (text or number; 0 means unknown) as µs."""
    at = whole(seconds) * 1_000_000
    return at if 0 < at < _LAST else None


def stamp(ts: Number) -> str:
    """A `ts` as the key that it is; tools turn the text into a number, whose six decimals come back from the float."""
    if isinstance(ts, str):
        return ts
    if ts is None:
        return ""
    return f"{ts:.6f}" if isinstance(ts, float) else f"{ts}.000000"


def instant(ts: str) -> int | None:
    """The time in a `ts` ("1660893924.224059") in µs, exactly; None if it is none."""
    if len(ts) == 17 and ts[10] == ".":
        digits = ts[:10] + ts[11:]
    else:
        seconds, _, fraction = ts.partition(".")
        if len(seconds) > 12:
            return None
        digits = seconds + (fraction + "000000")[:6]
    if not (digits.isascii() and digits.isdecimal()):
        return None
    at = int(digits)
    return at if 0 < at < _LAST else None


@lru_cache(maxsize=16)
def _decoder(kind: Any) -> msgspec.json.Decoder[Any]:
    return msgspec.json.Decoder(kind | None, strict=False)


def part(raw: msgspec.Raw, kind: type[T]) -> T | None:
    """A part of a message that was left undecoded; None where it is absent, null or of another shape."""
    try:
        found: T | None = _decoder(cast(Hashable, kind)).decode(raw)
    except (msgspec.DecodeError, UnicodeError, RecursionError):
        return None
    return found
