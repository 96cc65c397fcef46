"""The facts that an importer states: what the platform says and nothing more (docs/architecture.md §4).

Keys are the platform's own strings, unique within their `Origin`. Times are integer microseconds since 1970 UTC; a wall-clock time
whose zone the export does not tell is given as if it were UTC with `local=True` and stays marked; a day (`joined`, `left`, `created`) is that day
wherever it is, and no zone moves it. Every kind is a frozen struct: cheap
to make by the million, and the same value in the importer, the worker and a test.
"""

from __future__ import annotations

import msgspec


class Record(msgspec.Struct, frozen=True, gc=False, omit_defaults=True, tag=True):
    """Anything that an importer yields."""


class Origin(Record, frozen=True, gc=False):
    """Where the facts that follow come from: first record of every importer. The same `platform` and `key` means the same source,
    so that a later export adds to it (Slack: the team id; a spreadsheet: the name that the user gives)."""

    platform: str
    key: str
    title: str = ""


class Person(Record, frozen=True, gc=False):
    """An account. Empty text and None mean "the export does not say"; they never overwrite what another export said."""

    key: str
    name: str = ""
    handle: str = ""
    email: str = ""
    unit: str = ""
    role: str = ""
    place: str = ""
    organisation: str = ""
    expertise: tuple[str, ...] = ()
    zone: str = ""
    joined: int | None = None
    left: int | None = None
    updated: int | None = None
    has_photo: bool | None = None
    is_bot: bool | None = None
    is_moderator: bool | None = None
    is_leader: bool | None = None
    is_guest: bool | None = None
    deleted: bool | None = None


class Group(Record, frozen=True, gc=False):
    """A place where people meet: channel, category, team, list. `parent` is the key of the group around it ("" = the community)."""

    key: str
    name: str = ""
    kind: str = "channel"
    parent: str = ""
    purpose: str = ""
    created: int | None = None
    archived: bool | None = None
    private: bool | None = None


class Membership(Record, frozen=True, gc=False):
    """A person is in a group; with `audience=True` the person is meant to be reached by it (member or not)."""

    person: str
    group: str
    joined: int | None = None
    left: int | None = None
    audience: bool = False


class Post(Record, frozen=True, gc=False):
    """Something a person wrote. `thread` is the key of the post that starts its thread ("" or its own key: it starts one itself);
    `reply_to` the key of the post that it answers, `reply_author` that post's author where the export says so (needed when the answered
    post is not in the export). `question`, `announcement` and `idea` are None where the platform does not say; core's text rules decide then.
    `text` is turned into facts and dropped unless the user keeps it. `event=True` is a system message (joined, renamed …): stored so that
    the ledger adds up and first and last seen are right, but no contribution."""

    key: str
    author: str = ""
    group: str = ""
    at: int | None = None
    text: str = ""
    thread: str = ""
    reply_to: str = ""
    reply_author: str = ""
    mentions: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    title: str = ""
    question: bool | None = None
    announcement: bool | None = None
    idea: bool | None = None
    event: bool = False
    local: bool = False
    edited: int | None = None
    unnamed_reactions: int = 0


class Reaction(Record, frozen=True, gc=False):
    """A person reacted to a post; `at` is None where the platform keeps no time (the post's time counts then)."""

    post: str
    person: str
    kind: str = ""
    at: int | None = None
    local: bool = False


class Accepted(Record, frozen=True, gc=False):
    """The asker (`by`) or a moderator accepted the post `post` as the answer."""

    post: str
    by: str = ""
    at: int | None = None
    local: bool = False


class Share(Record, frozen=True, gc=False):
    """A person passed on a post into another group."""

    post: str
    person: str
    group: str = ""
    at: int | None = None
    local: bool = False


class Page(Record, frozen=True, gc=False):
    """A page of lasting content. `updated` is its last change or confirmation; `views` None where unknown."""

    key: str
    group: str = ""
    author: str = ""
    title: str = ""
    updated: int | None = None
    views: int | None = None
    local: bool = False


class Attendance(Record, frozen=True, gc=False):
    """A person took part in a meeting or event (activity, not trust)."""

    event: str
    person: str
    group: str = ""
    at: int | None = None
    local: bool = False


class Viewing(Record, frozen=True, gc=False):
    """A person saw a post, first at `at`."""

    post: str
    person: str
    at: int | None = None
    local: bool = False


class Rating(Record, frozen=True, gc=False):
    """A person's answer to a survey item, on a scale 0–1."""

    person: str
    item: str
    value: float
    group: str = ""
    at: int | None = None
    local: bool = False


class StatedTie(Record, frozen=True, gc=False):
    """A tie that a survey or a network file states. It never enters R or C. `asked`: `source` said it when asked in a survey, as `weight` on a
    scale from `low` to `high`; without these ends the weight is on 0–1."""

    source: str
    target: str
    relation: str = ""
    weight: float = 1.0
    directed: bool = True
    at: int | None = None
    asked: bool = False
    low: float | None = None
    high: float | None = None
    local: bool = False


class Asked(Record, frozen=True, gc=False):
    """A survey asked a person about ties of this relation, and the person answered or not: who answered and stated no tie has none, of who did
    not answer nothing is known. With `about`, the person answered but left this one colleague blank (`answered` is False)."""

    person: str
    relation: str = ""
    answered: bool = True
    about: str = ""
    at: int | None = None
    local: bool = False


class Input(Record, frozen=True, gc=False):
    """What somebody filled in by hand about a post, page, group or member (`about`), on the day `day` (ISO). `ref` is the platform key of what
    it is about, as in `cmdesk dump` ("slack:T1/C1:171…"); a group may go by its name. Fields and values: `core.inputs`."""

    about: str
    ref: str
    field: str
    value: str
    day: str


FACT_KINDS: dict[type[Record], str] = {
    Person: "person", Group: "group", Membership: "membership", Post: "post", Reaction: "reaction", Accepted: "accepted",
    Share: "share", Page: "page", Attendance: "attendance", Viewing: "viewing", Rating: "rating", StatedTie: "stated_tie",
    Asked: "asked",
    Input: "input",
}  # fmt: skip
"""The name of each kind in the ledger; a post's mentions are counted as kind "mention"."""
