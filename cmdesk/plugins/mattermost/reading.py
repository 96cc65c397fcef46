"""The facts of a bulk export, line by line: teams, channels, users and bots come first, then posts; last who is in what, since messages tell when
they joined. A line is one record, whatever is nested in it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import msgspec

from cmdesk.api import N_, ImportProblem, Origin, Progress, Record, _

from .layout import find
from .model import Line, name_of, numbered
from .people import People
from .places import Places, channel_key, direct_key, in_conversation
from .posts import Posts

if TYPE_CHECKING:
    from cmdesk.api import Source

DIRECT_RULE, SETTINGS_RULE, OTHER_RULE = "direct_messages", "settings", "other_lines"
N_("direct messages"), N_("settings"), N_("lines of other kinds")  # as the rules are shown
_SETTINGS = frozenset({"version", "role", "scheme", "emoji"})
_MOST_TEAMS = 3  # teams that a title names


class Options(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`direct_messages`: read them too. `source`: the name under which facts are kept, as an export does not name its server."""

    direct_messages: bool = False
    source: str = "mattermost"


def read(source: Source, options: Options, progress: Progress) -> Iterator[Record]:
    """Everything that the export says. Raises ImportProblem if it is none."""
    layout = find(source)
    if not layout.exports:
        raise ImportProblem(
            _("{name} is not a Mattermost bulk export.").format(name=source.name),
            _("Give the zip that mmctl export made, or the import.jsonl in it."),
        )
    for name, why in layout.other.items():
        source.ignore(name, why)
    teams = ", ".join(layout.teams) if 0 < len(layout.teams) <= _MOST_TEAMS else "Mattermost"
    yield Origin(platform="mattermost", key=options.source.strip() or "mattermost", title=teams)
    people, places = People(), Places()
    for name in layout.exports:
        progress.check()
        yield from _Export(source, options, people, places).read(name)
    yield from places.memberships()


class _Export:
    """One file of lines."""

    def __init__(self, source: Source, options: Options, people: People, places: Places) -> None:
        self._source, self._options, self._people, self._places = source, options, people, places
        self._posts = Posts(source, people, places)
        self._lines = {
            "team": self._team, "channel": self._channel, "user": self._user, "bot": self._bot, "post": self._post,
            "direct_channel": self._direct_channel, "direct_post": self._direct_post,
        }  # fmt: skip

    def read(self, name: str) -> Iterator[Record]:
        source = self._source
        for where, line in numbered(source, name):
            kind = line.type or ""
            if kind in self._lines:
                yield from self._lines[kind](line, where)
            elif kind in _SETTINGS:
                source.leave_out(SETTINGS_RULE)
            elif kind:
                source.leave_out(OTHER_RULE)
            else:
                source.set_aside(where, N_("the line does not say what it is"))

    def _team(self, line: Line, where: str) -> Iterator[Record]:
        group = self._places.team(line.team) if line.team is not None else None
        if group is None:
            self._source.set_aside(where, N_("a team has no name"))
            return
        self._source.use()
        yield group

    def _channel(self, line: Line, where: str) -> Iterator[Record]:
        group = self._places.channel(line.channel) if line.channel is not None else None
        if group is None:
            self._source.set_aside(where, N_("a channel has no name"))
            return
        self._source.use()
        yield group

    def _user(self, line: Line, where: str) -> Iterator[Record]:
        if line.user is None or not name_of(line.user.username):
            self._source.set_aside(where, N_("a user has no name"))
            return
        person, broken = self._people.user(line.user, self._places)
        if broken:
            self._source.set_aside(where, N_("teams and channels of the user that cannot be read: {n:,}").format(n=broken), 0)
        self._source.use()
        yield person

    def _bot(self, line: Line, where: str) -> Iterator[Record]:
        if line.bot is None or not name_of(line.bot.username):
            self._source.set_aside(where, N_("a bot has no name"))
            return
        self._source.use()
        yield self._people.bot(line.bot)

    def _post(self, line: Line, where: str) -> Iterator[Record]:
        post = line.post
        if post is None or not (post.channel or "").strip():
            self._source.set_aside(where, N_("a post has no channel"))
            return
        group = channel_key((post.team or "").strip(), (post.channel or "").strip())
        facts = self._posts.read(post, group, where)
        if facts is None:
            self._source.set_aside(where, N_("the message has no valid time, which is its key too"))
            return
        if missing := self._places.missing(post.team, post.channel):
            self._source.set_aside(where, N_("no line of the export states this channel; it became a group of its own"), 0)
            yield missing
        self._source.use()
        yield from facts

    def _direct_channel(self, line: Line, where: str) -> Iterator[Record]:
        if not self._options.direct_messages:
            self._source.leave_out(DIRECT_RULE)
            return
        names = in_conversation(line.direct_channel) if line.direct_channel is not None else []
        if not names:
            self._source.set_aside(where, N_("a conversation does not say who is in it"))
            return
        self._source.use()
        if group := self._places.direct(names):
            yield group

    def _direct_post(self, line: Line, where: str) -> Iterator[Record]:
        if not self._options.direct_messages:
            self._source.leave_out(DIRECT_RULE)
            return
        post = line.direct_post
        names = [name for name in map(name_of, post.channel_members or ()) if name] if post is not None else []
        if post is None or not names:
            self._source.set_aside(where, N_("a conversation does not say who is in it"))
            return
        facts = self._posts.read(post, direct_key(names), where)
        if facts is None:
            self._source.set_aside(where, N_("the message has no valid time, which is its key too"))
            return
        self._source.use()
        if group := self._places.direct(names):
            yield group
        yield from facts
