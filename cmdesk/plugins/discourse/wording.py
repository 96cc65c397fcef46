"""The text of a post without quotes and markup; whom it mentions and what it quotes."""

from __future__ import annotations

import html
import re

import msgspec

_ASIDE = re.compile(r"<(/?)(?:aside|blockquote)\b[^<>]*>", re.IGNORECASE)
_QUOTE = re.compile(r"<aside\b[^<>]*\bclass=\"quote\b[^<>]*>", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"\bdata-(username|post|topic)=\"([^\"<>]*)\"", re.IGNORECASE)
_MENTION = re.compile(r"<a\b[^<>]*\bclass=\"mention\"[^<>]*>\s*@?([^<>\s]{1,200})\s*</a>|<span\b[^<>]*\bclass=\"mention\"[^<>]*>@([^<>\s]{1,200})</span>", re.IGNORECASE)
_BREAK = re.compile(r"<(?:br|/p|/div|/tr|/li|/h\d|/pre)\b[^<>]*>", re.IGNORECASE)
_IMAGE = re.compile(r"<img\b[^<>]*\bclass=\"emoji[^<>]*>", re.IGNORECASE)
_TAG = re.compile(r"<[^<>]*>")
_BB_QUOTE = re.compile(r"\[(/?)quote(?:=(\"[^\"\]]*\"|[^\]\"]*))?\]", re.IGNORECASE)
_BB_PARTS = re.compile(r"\b(post|topic):\s*(\d+)")
_NAMED = re.compile(r"(?<![\w/@.`])@([A-Za-z0-9][\w.-]{0,58}[A-Za-z0-9]|[A-Za-z0-9])")
_CODE = re.compile(r"```.*?(?:```|\Z)|`[^`\n]*`", re.DOTALL)


class Quote(msgspec.Struct, frozen=True):
    """Words of another post: its author ("" unknown), its number in its topic, and that topic (0: not told)."""

    username: str
    number: int
    topic: int


class Words(msgspec.Struct):
    """What a post says: `named` are those who may be meant by @name where only the raw text is known."""

    text: str = ""
    mentions: list[str] = []
    named: list[str] = []
    quotes: list[Quote] = []


def read(cooked: str, raw: str) -> Words:
    """The words of a post: from its page (`cooked`) where there is one, whose marks are certain, else from what was typed."""
    if cooked:
        mentions = [one or other for one, other in _MENTION.findall(cooked)] if 'class="mention"' in cooked else []
        text = _page(cooked) if not raw else _typed(raw)[0]
        quotes = [_quote(dict(_ATTRIBUTE.findall(found))) for found in _QUOTE.findall(cooked)]
        return Words(text, mentions, [], quotes)
    text, quotes = _typed(raw)
    named = _NAMED.findall(_CODE.sub(" ", text)) if "@" in text else []
    return Words(text, [], named, quotes)


def _quote(said: dict[str, str]) -> Quote:
    return Quote(said.get("username", ""), _number(said.get("post", "")), _number(said.get("topic", "")))


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 16 else 0


def _page(cooked: str) -> str:
    """A page as text, without quotes and boxes around links."""
    kept, depth, place = [], 0, 0
    for found in _ASIDE.finditer(cooked):
        if not depth:
            kept.append(cooked[place : found.start()])
        depth, place = max(depth + (-1 if found[1] else 1), 0), found.end()
    if not depth:
        kept.append(cooked[place:])
    return html.unescape(_TAG.sub("", _BREAK.sub("\n", _IMAGE.sub(" ", " ".join(kept))))).strip()


def _typed(raw: str) -> tuple[str, list[Quote]]:
    """(what was typed without quotes, the quotes)."""
    if "[quote" not in raw and "[QUOTE" not in raw:
        return raw.strip(), []
    kept, quotes, depth, place = [], [], 0, 0
    for found in _BB_QUOTE.finditer(raw):
        if not depth:
            kept.append(raw[place : found.start()])
            if not found[1]:
                said = (found[2] or "").strip('"')
                parts = dict(_BB_PARTS.findall(said))
                quotes.append(Quote(said.partition(",")[0].strip(), _number(parts.get("post", "")), _number(parts.get("topic", ""))))
        depth, place = max(depth + (-1 if found[1] else 1), 0), found.end()
    kept.append(raw[place:] if not depth else "")
    return "\n".join(kept).strip(), quotes
