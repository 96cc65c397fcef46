"""What is read of Discourse's JSON. Fields come and go with its versions, so every one may be missing or null."""

from __future__ import annotations

from typing import Any

import msgspec

Number = int | float | str | None


class Named(msgspec.Struct, gc=False):
    """A user as other things name one."""

    id: Number = None
    username: str | None = None
    name: str | None = None


class Action(msgspec.Struct, gc=False):
    """How often a post was liked (id 2) or flagged; or an emoji (`type`) of the reactions plugin."""

    id: Any = None
    count: Number = None


class DiscoursePost(msgspec.Struct, gc=False):
    """A post. `post_number` and `reply_to_post_number` count within its topic."""

    post_number: int
    id: int | None = None
    topic_id: int | None = None
    post_type: int | None = None
    username: str | None = None
    name: str | None = None
    user_id: int | None = None
    created_at: Any = None
    updated_at: Any = None
    version: int | None = None
    cooked: str | None = None
    raw: str | None = None
    reply_to_post_number: int | None = None
    reply_to_user: Named | None = None
    actions_summary: list[Action] | None = None
    reactions: list[Action] | None = None
    accepted_answer: bool | None = None
    deleted_at: Any = None
    user_deleted: bool | None = None
    admin: bool | None = None
    moderator: bool | None = None
    staff: bool | None = None
    user_title: str | None = None
    primary_group_name: str | None = None
    category_id: int | None = None
    topic_title: str | None = None
    action_code: str | None = None


class Answer(msgspec.Struct, gc=False):
    """The accepted answer, as the topic names it."""

    post_number: int | None = None
    accepter_username: str | None = None
    accepted_at: Any = None


class Poster(msgspec.Struct, gc=False):
    """Who wrote in a listed topic; the first one began it."""

    user_id: int | None = None
    user: Named | None = None
    description: str | None = None


class Stream(msgspec.Struct, gc=False):
    """The posts of a topic (the first twenty) and the ids of all of them."""

    posts: list[msgspec.Raw] | None = None
    stream: list[Any] | None = None


class Details(msgspec.Struct, gc=False):
    """More about a topic."""

    created_by: Named | None = None


class Topic(msgspec.Struct, gc=False):
    """A topic, alone or in a list."""

    id: int | None = None
    title: str | None = None
    category_id: int | None = None
    created_at: Any = None
    archetype: str | None = None
    tags: list[Any] | None = None
    accepted_answer: Answer | bool | None = None
    has_accepted_answer: bool | None = None
    deleted_at: Any = None
    posters: list[Poster] | None = None
    post_stream: Stream | None = None
    details: Details | None = None
    views: int | None = None


class Category(msgspec.Struct, gc=False):
    """A category; subcategories name their parent."""

    id: int
    name: str | None = None
    slug: str | None = None
    parent_category_id: int | None = None
    description_text: str | None = None
    read_restricted: bool | None = None
    subcategory_list: list[Any] | None = None


class Item(msgspec.Struct, gc=False):
    """What Perceval writes around a topic."""

    data: Topic


def whole(value: Number) -> int:
    """A count; 0 for what is none."""
    try:
        number = int(float(value)) if isinstance(value, (int, float, str)) and not isinstance(value, bool) else 0
    except (ValueError, OverflowError):
        return 0
    return number if 0 <= number < 1 << 31 else 0
