"""The facts of a Slack export, in one pass: people, conversations, messages, and last the memberships, whose dates messages tell.

A user, a conversation and a message are one record each. The source's key is the team id (of a Grid: the enterprise id); an export without
any gets its lowest channel id, so that a second export of the same place still adds to the first.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING

import msgspec

from cmdesk.api import N_, ImportProblem, Origin, Progress, Record, _

from .conversations import DIRECT_RULE, Conversations
from .layout import Folder, Layout, find
from .messages import Messages
from .model import User, numbered
from .people import People, slackbot

if TYPE_CHECKING:
    from cmdesk.api import Source

_LOOK = 1 << 20  # bytes of a list in which the team id is looked for: some hundred users
_ENTERPRISE = re.compile(rb'"enterprise_id"\s*:\s*"([A-Za-z0-9]+)"')
_TEAM = re.compile(rb'"(?:team_id|context_team_id)"\s*:\s*"([A-Za-z0-9]+)"')
_MESSAGE_TEAM = re.compile(rb'"(?:team|source_team)"\s*:\s*"([A-Za-z0-9]+)"')
_ID = re.compile(rb'"id"\s*:\s*"([^"]+)"')
_TITLE = re.compile(r"[\s_-]*slack[\s_-]+export.*", re.IGNORECASE | re.DOTALL)


class Options(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`direct_messages`: read them too. `former_members`: state who left a channel as its former member. `unit_field`, `expertise_field`:
    the custom profile field (id Xf… or label) that holds a person's unit or expertise; else it is known by its label."""

    direct_messages: bool = False
    former_members: bool = False
    unit_field: str = ""
    expertise_field: str = ""


def read(source: Source, options: Options, progress: Progress) -> Iterator[Record]:
    """Everything that the export says. Raises ImportProblem if it is none."""
    layout = find(source)
    if not layout.lists and not layout.folders:
        raise ImportProblem(
            _("{name} is not a Slack export: it holds neither a list of channels nor messages.").format(name=source.name),
            _("Give the zip that Slack made, or its unpacked folder."),
        )
    for name, why in layout.other.items():
        source.ignore(name, why)
    team = _team(source, layout)
    yield Origin(platform="slack", key=team, title=_title(source))
    grid = any(name.endswith("org_users.json") for name in layout.users)
    people = People(team, grid, options.unit_field, options.expertise_field)
    for name in layout.users:
        yield from _users(source, name, people)
    conversations = Conversations(people.ids, options.direct_messages, options.former_members)
    for listed in layout.lists:
        yield from conversations.read(source, listed)
    messages = Messages(source, people, conversations)
    for folder in layout.folders:
        progress.check()
        yield from _folder(source, folder, conversations, messages)
    yield from conversations.memberships()
    if people.slackbot_met():
        yield slackbot()


def _users(source: Source, name: str, people: People) -> Iterator[Record]:
    for place, user in numbered(source, name, User):
        key = (user.id or "").strip()
        if not key:
            source.set_aside(place, N_("a user has no id"))
            continue
        source.use()
        yield people.listed(user, key)


def _folder(source: Source, folder: Folder, conversations: Conversations, messages: Messages) -> Iterator[Record]:
    """The messages of one conversation. A file that holds no list of messages is told and passed over."""
    place, group = conversations.of_folder(folder, source)
    if group is not None:
        yield group
    for name in folder.days + folder.extra:
        if name in folder.extra and b'"ts"' not in source.head(name):
            source.ignore(name, N_("it is not a file of messages"))
            continue
        try:
            if conversations.left_out(place.key):
                source.leave_out(DIRECT_RULE, sum(1 for _ in source.json_records(name, msgspec.Raw)))
            else:
                yield from messages.read(name, place)
        except ImportProblem as problem:
            if source.head(name, 64).lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"["):
                raise
            source.set_aside(name, problem.message, 0)


def _team(source: Source, layout: Layout) -> str:
    """The key of the workspace (see above)."""
    for pattern in (_ENTERPRISE, _TEAM):
        for names in (layout.users, [listed.name for listed in layout.lists]):
            if found := _commonest([source.head(name, _LOOK) for name in names], pattern):
                return found
    first = [source.head(folder.days[0]) for folder in layout.folders[:20]]
    if found := _commonest(first, _MESSAGE_TEAM):
        return found
    ids = [key.decode("ascii", "replace") for listed in layout.lists for key in _ID.findall(source.head(listed.name, _LOOK))]
    return min(ids, default="") or min((folder.name for folder in layout.folders), default="") or source.name


def _commonest(texts: list[bytes], pattern: re.Pattern[bytes]) -> str:
    """The first group of `pattern` that occurs most often; the lowest of several."""
    counts = Counter(found for text in texts for found in pattern.findall(text))
    return min(counts, key=lambda key: (-counts[key], key)).decode("ascii") if counts else ""


def _title(source: Source) -> str:
    """The workspace's name, which only file names tell: "Acme Slack export Aug 12 2022 - Nov 25 2023.zip"."""
    for name in (source.enclosing.rpartition("/")[2], source.name):
        short = _TITLE.sub("", name).strip()
        if short and short != name:
            return short
    return source.name.removesuffix(".zip")
