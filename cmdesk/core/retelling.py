"""Tells what was kept in English in the user's language: a stored sentence is matched with the message that it was made from.

A stored sentence such as "Goal “Connect” for Sales" was made from the message "Goal “{goal}” for {name}"; its parts are put into the
translation of that message. What no message fits (a text of a plugin of one's own, a name) stays as it is.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from cmdesk.core import text

LONGEST = 4000
"""Characters; a longer text is no sentence of cmdesk."""

_FIELD = re.compile(r"\{(\w+)(?:![rs])?(:[^{}]*)?\}")
_NUMBER = r"[-−]?[\d.,]+"
_NUMBERS = frozenset({"n", "number", "count", "total", "done", "least", "most", "days", "share"})
"""Fields that hold a number whatever their format."""
_SENTENCES = frozenset({"why", "what", "how", "title", "titles", "names", "last", "value", "edge", "unit", "rule", "reason", "kind", "instead", "words", "method", "goal", "inside", "one", "other", "circles", "mix", "lift", "chance", "status", "relation"})
"""Fields that hold words of cmdesk, to be told too; every other field is a name, a file or a quoted value."""
_ENOUGH = 4
"""Letters of a message beside its fields, from which a match is no accident."""


class _Message(NamedTuple):
    """A message with fields, and its translation; `letters` beside the fields, and the literal text around them."""

    pattern: re.Pattern[str]
    said: str
    letters: int
    begin: str
    end: str


def told(sentence: str) -> str:
    """A stored English sentence in the user's language; as it is where no message fits it."""
    if text.language() == "en" or not sentence or len(sentence) > LONGEST:
        return sentence
    return _told(text.language(), sentence)


@lru_cache(maxsize=4096)
def _told(language: str, sentence: str) -> str:
    found = _as_message(language, sentence)
    if found is None:  # a part of another sentence begins small and has no full stop
        whole = sentence[:1].upper() + sentence[1:]
        for candidate in (whole + ".", whole):
            found = _as_message(language, candidate) if candidate != sentence else None
            if found is not None:
                end = found.rstrip(".") if candidate.endswith(".") else found
                return end[:1].lower() + end[1:] if sentence[:1].islower() else end
    return sentence if found is None else found


def _as_message(language: str, sentence: str) -> str | None:
    exact, messages = _messages(language)
    if sentence in exact:
        return exact[sentence]
    nearest: str | None = None
    for message in messages:
        if not (sentence.startswith(message.begin) and sentence.endswith(message.end)):
            continue
        match = message.pattern.fullmatch(sentence)
        if match is None:
            continue
        fields = match.groupdict()
        parts = {name: _part(language, value) if name in _SENTENCES else (value, True) for name, value in fields.items()}
        known = all(whole for _value, whole in parts.values())
        free = any(name not in _SENTENCES and not re.fullmatch(_NUMBER, value) for name, value in fields.items())
        if message.letters < _ENOUGH and (free or not known):
            continue
        found = _FIELD.sub(lambda field, parts=parts: parts[field[1]][0], message.said)  # type: ignore[misc]
        if known:
            return found
        nearest = nearest or found  # a message around this one may tell the rest
    return nearest


def _part(language: str, value: str) -> tuple[str, bool]:
    """A part of a sentence, told, and whether it is known: a message, a number with its unit, or a list of those."""
    number = re.fullmatch(rf"({_NUMBER})( %| .+)?", value)
    if number is not None:
        unit = (number[2] or "").strip()
        shown = number[1].replace(".", ",") if _decimal_comma(language) and number[1].count(".") == 1 else number[1]
        whole = _told(language, value) if unit and _told(language, unit) == unit else value
        if whole != value:  # a sentence that begins with a number
            return whole, True
        return f"{shown} {_told(language, unit)}" if unit else shown, True
    exact = _messages(language)[0]
    found = exact.get(value.replace("_", " ")) or _told(language, value)  # a goal or a rule may stand by its name
    if found != value or value in exact:
        return found, True
    if ", " in value:
        several = [_part(language, each) for each in value.split(", ")]
        if all(known for _value, known in several):
            return ", ".join(each for each, _known in several), True
    return value, False


def _decimal_comma(language: str) -> bool:
    return language not in ("en", "zh", "ja", "ko", "th", "he")


@lru_cache(maxsize=4)
def _messages(language: str) -> tuple[dict[str, str], tuple[_Message, ...]]:
    """The catalogue of the language in use: messages without fields, and those with fields, the most telling first."""
    exact: dict[str, str] = {}
    for message, said in text.catalogue().items():
        exact |= dict(zip(message.split("\0"), said.split("\0"), strict=False))
    fitting = [_message(message, said) for message, said in exact.items() if _FIELD.search(message)]
    return exact, tuple(sorted(fitting, key=lambda one: -one.letters))


def _message(message: str, said: str) -> _Message:
    pattern, at, seen, literal = "", 0, set(), ""
    for field in _FIELD.finditer(message):
        name, spec = field[1], field[2]
        what = _NUMBER if spec or name in _NUMBERS else ".+?"
        pattern += re.escape(message[at : field.start()]) + (f"(?P={name})" if name in seen else f"(?P<{name}>{what})")
        literal += message[at : field.start()]
        seen.add(name)
        at = field.end()
    pattern += re.escape(message[at:])
    letters = sum(sign.isalpha() for sign in literal + message[at:])
    first = _FIELD.search(message)
    return _Message(re.compile(pattern, re.DOTALL), said, letters, message[: first.start()] if first else message, message[at:])
