"""Teams, channels and conversations, and who is in them since when."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from cmdesk.api import Group, Membership

from .model import Channel, DirectChannel, Team, name_of, never


class Places:
    """Groups that were stated, and memberships as user lines and system messages tell them."""

    def __init__(self) -> None:
        self.stated: set[str] = set()
        self._members: dict[tuple[str, str], None] = {}
        self._joined: dict[tuple[str, str], list[int]] = defaultdict(list)
        self._left: dict[tuple[str, str], int] = {}

    def team(self, team: Team) -> Group | None:
        """The group of a team; None if it has no name."""
        name = _slug(team.name)
        if not name:
            return None
        self.stated.add(name)
        return Group(
            key=name, name=_words(team.display_name) or name, kind="team", purpose=_words(team.description),
            private=None if team.type is None else team.type == "I",
        )  # fmt: skip

    def channel(self, channel: Channel) -> Group | None:
        """The group of a channel; None if it has no name."""
        name, team = _slug(channel.name), _slug(channel.team)
        if not name:
            return None
        key = channel_key(team, name)
        self.stated.add(key)
        return Group(
            key=key, name=_words(channel.display_name) or name, parent=team, purpose=_words(channel.purpose) or _words(channel.header),
            private=None if channel.type is None else channel.type == "P", archived=None if channel.deleted_at is None else not never(channel.deleted_at),
        )  # fmt: skip

    def missing(self, team: str | None, channel: str | None) -> Group | None:
        """The group of a channel that posts stand in but that no line of the export states; None if one does."""
        key = channel_key(_slug(team), _slug(channel))
        if key in self.stated:
            return None
        self.stated.add(key)
        return Group(key=key, name=_slug(channel), parent=_slug(team))

    def direct(self, names: list[str]) -> Group | None:
        """The group of a conversation; None if it was stated."""
        key = direct_key(names)
        if key in self.stated:
            return None
        self.stated.add(key)
        for name in names:
            self.member(name, key)
        return Group(key=key, name=", ".join(sorted(set(names))), kind="direct", private=True)

    def member(self, person: str, group: str) -> None:
        """A person is in a group."""
        self._members[group, person] = None

    def joined(self, person: str, group: str, at: int) -> None:
        """A message says that a person joined."""
        self._joined[group, person].append(at)

    def left(self, person: str, group: str, at: int) -> None:
        """A message says that a person left."""
        self._left[group, person] = max(at, self._left.get((group, person), at))

    def memberships(self) -> Iterator[Membership]:
        """Everyone who is in a group. Last: only messages tell since when."""
        for group, person in self._members:
            left = self._left.get((group, person), -1)
            since = min((at for at in self._joined.get((group, person), ()) if at > left), default=None)
            yield Membership(person=person, group=group, joined=since)


def channel_key(team: str, channel: str) -> str:
    """A channel's name is unique within its team."""
    return f"{team}/{channel}"


def direct_key(names: list[str]) -> str:
    """A conversation is known by who is in it."""
    return "direct:" + ",".join(sorted(set(names)))


def in_conversation(found: DirectChannel) -> list[str]:
    """The user names of those in a conversation: a list of names, or of participants since version 10."""
    names = [name_of(name) for name in found.members or ()]
    names += [name_of(participant.username) for participant in found.participants or () if participant is not None]
    return [name for name in names if name]


def _slug(name: str | None) -> str:
    return name.strip() if name else ""


def _words(words: str | None) -> str:
    return words.strip() if words else ""
