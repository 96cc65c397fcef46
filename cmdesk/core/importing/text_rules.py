"""Text into facts: is it a question, an announcement, an idea, how long, which tags. Explicit rules that a user can be told; no guessing of
meaning. A changed rule raises VERSION, which every import keeps, because the text itself is dropped unless the user keeps it."""

from __future__ import annotations

import re

from cmdesk.core.schema import ANNOUNCEMENT, IDEA, QUESTION

VERSION = 1

_LINK = re.compile(r"(?:https?://|www\.)\S+")
_ASKS = re.compile(r"[?？؟](?=[\s)\]\"'»”*_~!?.…]|$)")
_TAG = re.compile(r"(?<![\w#&/])#([^\W\d_][\w-]{1,40})")
_QUESTION_TAGS = frozenset({"question", "questions", "vraag", "vragen", "help", "frage"})
_ANNOUNCEMENT_TAGS = frozenset({"announcement", "announcements", "mededeling", "aankondiging", "ankündigung"})
_IDEA_TAGS = frozenset({"idea", "ideas", "idee", "ideeën", "ideeen", "openquestion", "open-question"})
_IDEA_START = re.compile(r"\s*(?:idea|idee)\s*[:!]", re.IGNORECASE)


def tags(text: str) -> tuple[str, ...]:
    """The hashtags in a text, lower case, each once, in order."""
    if "#" not in text:
        return ()
    return tuple(dict.fromkeys(tag.lower() for tag in _TAG.findall(_LINK.sub(" ", text))))


def flags(text: str, found: tuple[str, ...], question: bool | None, announcement: bool | None, idea: bool | None) -> int:
    """The bits of posts.flags. What the platform says (not None) wins. A question holds a question mark at the end of a word outside links, or
    carries a question tag; an announcement is never a question by its mark."""
    if not found and question is None and announcement is None and idea is None:  # nearly every message: no tag, no word of the platform
        bits = QUESTION if asks(text) else 0
        first = text[:1]
        return bits | IDEA if (first in "iI" or first.isspace() or not first.isascii()) and _IDEA_START.match(text) else bits
    tagged = frozenset(found)
    bits = 0
    if announcement or (announcement is None and tagged & _ANNOUNCEMENT_TAGS):
        bits |= ANNOUNCEMENT
    if question or (question is None and (tagged & _QUESTION_TAGS or (not bits and asks(text)))):
        bits |= QUESTION
    if idea or (idea is None and (tagged & _IDEA_TAGS or _IDEA_START.match(text))):
        bits |= IDEA
    return bits


def asks(text: str) -> bool:
    """True if a question mark ends a word outside links."""
    if "?" not in text and (text.isascii() or ("？" not in text and "؟" not in text)):
        return False
    if "://" in text or "www." in text:
        text = _LINK.sub(" ", text)
    return _ASKS.search(text) is not None
