"""The markup of a message: who is mentioned, which topics it has, whether the system wrote it, and its text without all that."""

from __future__ import annotations

import re
from collections.abc import Mapping

_USER = re.compile(r"\[\[user:(\d+)\]\]")
_TAG = re.compile(r"\[\[(?:tag|topic):(\d+)\]\]")
_ATTACHMENTS = ("opengraphobject:", "uploadedfile:", "ymodule:", "image:")
_ATTACHED = re.compile(r"\b(?:opengraphobject|uploadedfile|ymodule|image):(?:\[[^\]]*\]|\d+)")
_SYSTEM = re.compile(
    r"(?:\[\[user:\d+\]\]|[^\n.!?:]{1,80}) (?:has (?:joined|left|created|renamed|been added to|been removed from|changed)|joined|left) (?:the|this) "
    r"(?:\S+ )?(?:group|network|community|conversation)\b[^\n]{0,80}"
)
_SHORT = 300  # letters of what a system writes
_VERBS = ("joined", "left", "created", "renamed", "added", "removed", "changed")
_PARTICIPANT = re.compile(r"\buser:(\d+)")


def mentions(body: str) -> tuple[str, ...]:
    """The ids of the users mentioned, each once."""
    return tuple(dict.fromkeys(_USER.findall(body))) if "[[user:" in body else ()


def topics(body: str, names: Mapping[str, str]) -> tuple[str, ...]:
    """The names of the topics set in a message; of one that no table names the id."""
    if "[[t" not in body:
        return ()
    return tuple(dict.fromkeys(names.get(number, number) for number in _TAG.findall(body)))


def text(body: str) -> str:
    """What people read; persons stay as "@ID", so that kept text names nobody."""
    if "\\n" in body:
        body = body.replace("\\r", "").replace("\\n", "\n")
    if "[[" in body:
        for user in mentions(body):
            body = body.replace(f"[[user:{user}]]", f"@{user}")
        body = _TAG.sub("", body)
    return _ATTACHED.sub("", body) if any(word in body for word in _ATTACHMENTS) else body


def by_system(kind: str, body: str) -> bool:
    """True for what the system wrote: its type says so, or its words do."""
    if kind in ("system", "system_message"):
        return True
    return len(body) < _SHORT and any(verb in body for verb in _VERBS) and _SYSTEM.fullmatch(body.strip()) is not None


def participants(cell: str) -> tuple[str, ...]:
    """The ids of the users in a private conversation."""
    return tuple(dict.fromkeys(_PARTICIPANT.findall(cell)))
