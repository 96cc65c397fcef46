"""A message's markup: who is mentioned, whether everybody is addressed, and the text without markup.

Persons stay as "@ID" in the text, so that kept text names nobody; a channel is its bare name (with its "#" it would look like a tag).
"""

from __future__ import annotations

import re
from typing import Any

import msgspec

MENTION = re.compile(r"<@([A-Za-z0-9_.-]+)(?:\|[^<>]*)?>")
_EVERYONE = re.compile(r"<!(?:channel|here|everyone)\b")
_MARK = re.compile(r"<([^<>\n]+)>")
_UPLOAD = re.compile(r"<@[^>]+> (?:uploaded|shared) a file:? <[^>]*>(?: and commented:)?\s*")
_BROADCASTS = ("channel", "here", "everyone")


def addresses_all(text: str) -> bool:
    """True if the author wrote @channel, @here or @everyone."""
    return "<!" in text and _EVERYONE.search(text) is not None


def plain(text: str) -> str:
    """The text as people see it, but for persons (see above)."""
    if "<" in text:
        text = _MARK.sub(_seen, text)
    if "&" in text:
        text = text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
    return text


def own_words(text: str) -> str:
    """What a person wrote with an uploaded file, without Slack's own words before it."""
    return _UPLOAD.sub("", text, count=1)


def _seen(mark: re.Match[str]) -> str:
    target, _, label = mark[1].partition("|")
    if target.startswith("@"):
        return target
    if target.startswith("#"):
        return label or target[1:]
    if target.startswith("!"):
        shown = label or target[1:].partition("^")[0]
        return shown if target.startswith("!date") or shown.startswith("@") else f"@{shown}"
    return label or target


def from_blocks(blocks: msgspec.Raw) -> tuple[str, list[str], bool]:
    """(text, ids of mentioned users, whether everybody is addressed) of rich-text blocks, for messages whose text says nothing."""
    words: list[str] = []
    users: list[str] = []
    everybody = False
    try:
        waiting: list[Any] = [msgspec.json.decode(blocks)]
    except (msgspec.DecodeError, UnicodeError, RecursionError):
        return "", [], False
    while waiting:
        part = waiting.pop()
        if isinstance(part, list):
            waiting += reversed(part)
        elif isinstance(part, dict):
            if part.get("type") == "user" and isinstance(user := part.get("user_id"), str):
                users.append(user)
                words.append(f"@{user}")
            elif part.get("type") == "broadcast":
                everybody = everybody or part.get("range") in _BROADCASTS
            elif isinstance(text := part.get("text", part.get("url")), str):
                words.append(text)
            else:
                waiting += [part[key] for key in ("elements", "fields", "text") if key in part]
    return "".join(words), users, everybody
