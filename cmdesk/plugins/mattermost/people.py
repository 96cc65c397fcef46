"""Users and bots into persons."""

from __future__ import annotations

from cmdesk.api import Person

from .model import Bot, User, UserChannel, UserTeam, moment, name_of, never, parts
from .places import Places, channel_key

WEBHOOK = "webhook:"
"""Begins the key of what posts by a webhook: it uses the account of the person who set it up, who wrote none of it."""
_MODERATES = frozenset({"system_admin", "system_manager", "team_admin"})
_GUESTS = frozenset({"system_guest", "team_guest", "channel_guest"})


class People:
    """The user names that the export lists."""

    def __init__(self) -> None:
        self.known: set[str] = set()
        self._hooks: set[str] = set()

    def user(self, user: User, places: Places) -> tuple[Person, int]:
        """(the person behind a user line, how many of the teams and channels in it cannot be read); who is in what goes to `places`."""
        key = name_of(user.username)
        self.known.add(key)
        roles = set((user.roles or "").split())
        teams, broken = parts(user.teams, UserTeam)
        for team in teams:
            if not (name := (team.name or "").strip()):
                broken += 1
                continue
            places.member(key, name)
            roles |= set((team.roles or "").split())
            channels, more = parts(team.channels, UserChannel)
            broken += more
            for channel in channels:
                if channel.name and channel.name.strip():
                    places.member(key, channel_key(name, channel.name.strip()))
                else:
                    broken += 1
        whole = " ".join(word.strip() for word in (user.first_name, user.last_name) if word and word.strip())
        gone = not never(user.delete_at)
        person = Person(
            key=key, name=whole or (user.nickname or "").strip() or key, handle=key, email=(user.email or "").strip(),
            role=(user.position or "").strip(), left=moment(user.delete_at) if gone else None, has_photo=True if user.profile_image else None,
            is_bot=False, is_moderator=bool(roles & _MODERATES) if roles else None, is_guest=bool(roles & _GUESTS) if roles else None,
            deleted=None if user.delete_at is None else gone,
        )  # fmt: skip
        return person, broken

    def bot(self, bot: Bot) -> Person:
        """The person behind a bot line."""
        key = name_of(bot.username)
        self.known.add(key)
        deleted = None if bot.delete_at is None else not never(bot.delete_at)
        return Person(key=key, name=(bot.display_name or "").strip() or key, handle=key, is_bot=True, deleted=deleted)

    def hook(self, name: str, user: str) -> tuple[str, Person | None]:
        """(key, bot if new) of a webhook that posts as `name`, set up by `user`."""
        key = WEBHOOK + (name or user)
        if key in self._hooks:
            return key, None
        self._hooks.add(key)
        return key, Person(key=key, name=name or key, is_bot=True)
