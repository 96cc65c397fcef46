"""What the text of a message says: who is mentioned, whether everybody is, and, in exports without types, what the system wrote."""

from __future__ import annotations

import re
from collections.abc import Container

_AT = re.compile(r"(?<![\w@./+-])@([A-Za-z0-9._-]+)")
_EVERYONE = frozenset({"all", "channel", "here"})
_NAME = r"@?([\w.-]+)"
_JOINED = re.compile(rf"{_NAME} (?:has )?joined the (channel|team)\.?")
_LEFT = re.compile(rf"{_NAME} (?:has )?left the (channel|team)\.?")
_ADDED = re.compile(rf"{_NAME} (?:was )?added to the (channel|team) by {_NAME}")
_REMOVED = re.compile(rf"{_NAME} (?:was )?removed from the (channel|team)\.?")
_CHANGED = re.compile(rf"{_NAME} (?:(?:has )?updated the channel|removed the channel|(?:has )?(?:un)?archived the channel)\b.*", re.DOTALL)
JOINED, LEFT, OTHER = "joined", "left", "other"


def mentions(text: str, known: Container[str]) -> tuple[tuple[str, ...], bool]:
    """(user names mentioned, is everybody meant?). A name may be followed by a full stop, a line or a hyphen, which names may hold too: the
    longest one that is `known` counts."""
    found: dict[str, None] = {}
    everybody = False
    for written in _AT.findall(text):
        name = written.lower()
        while name and name not in known and name not in _EVERYONE and name[-1] in "._-":
            name = name[:-1]
        if name in known:
            found[name] = None
        elif name in _EVERYONE:
            everybody = True
    return tuple(found), everybody


def by_type(kind: str) -> str:
    """What a system message of a type tells of who is there: joined, left or other."""
    if kind in ("system_join_channel", "system_add_to_channel", "system_join_team", "system_add_to_team", "system_guest_join_channel",
                "system_add_guest_to_chan"):  # fmt: skip
        return JOINED
    if kind in ("system_leave_channel", "system_remove_from_channel", "system_leave_team", "system_remove_from_team"):
        return LEFT
    return OTHER


def by_words(text: str, author: str) -> tuple[str, str]:
    """(joined, left or other; who) of a message that the system wrote in the name of `author`, ("", "") of one that the author wrote. Only for
    exports that give no types; the words are those of an English server, exactly."""
    if " the channel" not in text and " the team" not in text:  # as all of these do; most messages end here
        return "", ""
    if len(text) < 10_000:
        for pattern, event in ((_JOINED, JOINED), (_LEFT, LEFT), (_ADDED, JOINED), (_REMOVED, LEFT)):
            if match := pattern.fullmatch(text.strip().rstrip(".")):
                names = [name_of.lower() for name_of in match.groups() if name_of not in ("channel", "team")]
                if author in names or pattern is _REMOVED:
                    return event, names[0]
        if (match := _CHANGED.fullmatch(text)) and match[1].lower() == author:
            return OTHER, author
    return "", ""


def of_team(kind: str, text: str) -> bool:
    """True if a system message is about the team and not the channel in which it stands."""
    return kind.endswith("_team") if kind else " the team" in text
