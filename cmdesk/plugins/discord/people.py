"""Accounts into persons: whoever is met as author, in a mention or with a reaction. There is no list of members."""

from __future__ import annotations

import re

from cmdesk.api import Person

from .model import Role, User, key, part

BY_NAME = "name:"
"""Begins the key of a person of whom a page tells no id."""
_DELETED = re.compile(r"Deleted User(?: [0-9a-f]{8})?|deleted_user_[0-9a-f]+", re.IGNORECASE)
_NO_NUMBER = ("", "0", "0000")


class People:
    """Knows who was stated. `names` are full names (name#1234, or a unique name) to keys, for pages."""

    def __init__(self) -> None:
        self._stated: dict[str, bool] = {}
        self.names: dict[str, str] = {}

    def met(self, user: User, whole: bool) -> Person | None:
        """The person behind an account, where this says more than was stated before. `whole`: met where the export tells roles too."""
        found = key(user.id)
        if not self._new(found, whole):
            return None
        name = (user.name or "").strip()
        number = key(user.discriminator)
        return Person(
            key=found, name=(user.nickname or "").strip() or name, handle=name if number in _NO_NUMBER else f"{name}#{number}",
            role=_role(user), is_bot=user.isBot, deleted=_deleted(name),
        )  # fmt: skip

    def shown(
        self, full: str, name: str, found: str = "", *, is_bot: bool | None = None, author: bool = False
    ) -> tuple[str, Person | None]:
        """(key, person where this says more than was stated before) of somebody whom a page shows: full name, name as shown, id or ""."""
        known = found or self.names.get(full) or (BY_NAME + (full or name) if full or name else "")
        if not self._new(known, author):
            return known, None
        words = name or full
        return known, Person(key=known, name=words, handle=full.removesuffix("#0000"), is_bot=is_bot, deleted=_deleted(words))

    @property
    def by_name(self) -> int:
        """How many persons are known by their name only."""
        return sum(known.startswith(BY_NAME) for known in self._stated)

    def _new(self, found: str, whole: bool) -> bool:
        """True if a person is not stated yet, or now for the first time as a whole."""
        if not found or self._stated.get(found) or (not whole and found in self._stated):
            return False
        self._stated[found] = whole
        return True


def _deleted(name: str) -> bool | None:
    return True if _DELETED.fullmatch(name.partition("#")[0]) else None


def _role(user: User) -> str:
    """The name of the highest role, as people see it beside the name."""
    if len(bytes(user.roles)) < 5:  # null, []
        return ""
    roles = [role for role in part(user.roles, list[Role]) or () if role.name]
    return max(roles, key=_height).name or "" if roles else ""


def _height(role: Role) -> float:
    try:
        return float(role.position or 0)
    except ValueError:
        return 0.0
