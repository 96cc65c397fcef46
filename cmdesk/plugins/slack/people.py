"""Users into persons: the list, and those who are only met in messages (Slack Connect, deleted accounts, bots)."""

from __future__ import annotations

import re
from typing import Any

from cmdesk.api import Person

from .model import Bot, Message, Profile, User, moment, part

SLACKBOT = "USLACKBOT"
_ID = re.compile(r"[A-Za-z][A-Za-z0-9]{5,}")
_UNIT = frozenset({
    "department", "afdeling", "team", "unit", "abteilung", "division", "business unit", "department/team", "service", "département",
    "departement", "équipe", "departamento", "equipo",
})  # fmt: skip
_EXPERTISE = frozenset(
    {"expertise", "skills", "skill", "vaardigheden", "kennis", "kompetenzen", "fähigkeiten", "compétences", "habilidades"}
)
_PLACE = frozenset(
    {"location", "office", "locatie", "plaats", "kantoor", "vestiging", "standort", "lieu", "bureau", "ubicación", "oficina"}
)
_COMMA = re.compile(r"[;,|/\n]")


class Ids(dict[str, str]):
    """An id as it stands in the export → the id as it is. Rewritten exports put ids in lower case; Slack's own are upper case."""

    def __init__(self) -> None:
        self._listed: dict[str, str] = {}

    def add(self, key: str) -> None:
        """A key that the export lists: other spellings mean this one."""
        self[key] = key
        if key != key.upper():
            self._listed[key.upper()] = key

    def __missing__(self, raw: str) -> str:
        upper = raw.upper()
        if upper in self:
            found = upper
        else:
            looks_right = upper == SLACKBOT or (_ID.fullmatch(raw) is not None and not raw.isalpha())
            found = self._listed.get(upper) or (upper if looks_right else raw)
        self[raw] = found
        return found


class People:
    """Knows which ids were stated as persons. `unit_field` and `expertise_field` name custom profile fields by id (Xf…) or label."""

    def __init__(self, team: str, grid: bool, unit_field: str = "", expertise_field: str = "") -> None:
        self.ids = Ids()
        self.stated: set[str] = set()
        self._bots: dict[str, str] = {}
        self._team, self._grid = team, grid
        self._unit = frozenset({unit_field.casefold()}) if unit_field else _UNIT
        self._expertise = frozenset({expertise_field.casefold()}) if expertise_field else _EXPERTISE

    def listed(self, user: User, key: str) -> Person:
        """The person behind an element of users.json with the id `key`."""
        profile = user.profile or Profile()
        self.ids.add(key)
        self.stated.add(key)
        if profile.bot_id:
            self._bots[profile.bot_id] = key
        skills = self._field(profile.fields, self._expertise)
        return Person(
            key=key, name=_first(profile.real_name, user.real_name, profile.display_name, user.name),
            handle=_first(profile.display_name, user.name), email=_first(profile.email), role=_first(profile.title),
            unit=self._field(profile.fields, self._unit), place=self._field(profile.fields, _PLACE),
            organisation=self._foreign(user.team_id or profile.team, user.is_stranger),
            expertise=tuple(dict.fromkeys(word.strip() for word in _COMMA.split(skills) if word.strip())),
            zone=_first(user.tz), updated=moment(user.updated), has_photo=_photo(profile), is_bot=key == SLACKBOT or user.is_bot,
            is_moderator=_either(user.is_admin, user.is_owner), is_guest=_either(user.is_restricted, user.is_ultra_restricted),
            deleted=user.deleted,
        )  # fmt: skip

    def author(self, message: Message, commenter: str | None) -> str:
        """The key of who wrote a message, "" if the export does not say."""
        if user := message.user or commenter:
            return self.ids[user]
        if message.bot_id:
            return self._bots.get(message.bot_id) or message.bot_id
        return f"bot:{message.username}" if message.username else ""

    def stranger(self, key: str, message: Message) -> Person | None:
        """Who wrote `message`, if the export has more on them than the id."""
        self.stated.add(key)
        if key == SLACKBOT:
            return slackbot()
        bot = part(message.bot_profile, Bot)
        if bot or message.subtype == "bot_message" or not (message.user or message.subtype == "file_comment"):
            return Person(key=key, name=_first(message.username, bot.name if bot else None), is_bot=True)
        profile = part(message.user_profile, Profile)
        if profile is None:
            return None
        return Person(
            key=key, name=_first(profile.real_name, profile.display_name, profile.name), handle=_first(profile.display_name, profile.name),
            organisation=self._foreign(message.user_team or profile.team, None),
            is_guest=_either(profile.is_restricted, profile.is_ultra_restricted),
        )  # fmt: skip

    def slackbot_met(self) -> bool:
        """True if Slackbot was mentioned or answered, but neither listed nor stated as an author."""
        return SLACKBOT in self.ids and SLACKBOT not in self.stated

    def _foreign(self, team: str | None, stranger: bool | None) -> str:
        """The team of somebody from another organisation, "" for our own people (a Grid has many teams of its own)."""
        if not team or team == self._team or (self._grid and not stranger):
            return ""
        return team

    def _field(self, fields: Any, wanted: frozenset[str]) -> str:
        """The value of the first custom field whose id or label is `wanted`."""
        if not isinstance(fields, dict):
            return ""
        for key, field in fields.items():
            value = field.get("value") if isinstance(field, dict) else field
            label = field.get("label") if isinstance(field, dict) else None
            if isinstance(value, str) and value and {str(key).casefold(), str(label or "").strip().casefold()} & wanted:
                return value.strip()
        return ""


def slackbot() -> Person:
    """Slack's own bot, which user lists leave out."""
    return Person(key=SLACKBOT, name="Slackbot", is_bot=True)


def _first(*values: str | None) -> str:
    """The first value that is more than blanks."""
    return next((value.strip() for value in values if value and value.strip()), "")


def _either(one: bool | None, other: bool | None) -> bool | None:
    return None if one is None and other is None else bool(one or other)


def _photo(profile: Profile) -> bool | None:
    """True if the person chose a picture, None if the export says nothing of pictures."""
    if profile.is_custom_image or profile.image_original:
        return True
    return False if profile.image_72 or profile.is_custom_image is False else None
