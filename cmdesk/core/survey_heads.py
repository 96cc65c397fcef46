"""The heads of a survey's columns: question and choice, out of one, two or three rows, as the makers of surveys write them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence

import msgspec

from cmdesk.core.relations import guess
from cmdesk.core.survey_roles import ROLES, plain

Rows = Sequence[tuple[str, ...]]
_IMPORT_ID = re.compile(r"""\{["']?ImportId["']?\s*:""")
_OPEN = frozenset(["response", "openendedresponse", "antwoord", "openantwoord", "text", "tekst"])
"""What SurveyMonkey writes below a question that has no choices."""
_PARTED = (
    re.compile(r"(?P<question>.*\S)\s*\[(?P<choice>[^\[\]]+)\]"),
    re.compile(r"(?P<question>.+?)\s+[-–—>|]\s+(?P<choice>.+)"),
    re.compile(r"(?P<question>.+?)\s*[:|?]\s+(?P<choice>[^:]+)"),
    re.compile(r"(?P<question>[^._]+)[._](?P<choice>.+)"),
)  # fmt: skip
_BOTH_SCALES = re.compile(r"(.+)_(\d)")
_META = frozenset(word for role in ("name", "first", "last", "email", "id", "time", "status") for word in ROLES[role].split())


class Head(msgspec.Struct, frozen=True):
    """The whole text of a column's head; and of a column that is about one choice (a colleague) the question and the choice, else "" """

    text: str
    question: str
    choice: str


def heads(rows: Rows) -> tuple[int, tuple[Head, ...]]:
    """(number of rows that are heads, or titles above them; the head of each column)."""
    for k in range(1, min(len(rows), 5)):
        if sum(bool(_IMPORT_ID.search(cell)) for cell in rows[k]) * 2 > len(rows[k]):  # Qualtrics: short name, text, id
            return k + 1, _single(rows[k - 1], rows[k - 2] if k > 1 else rows[k - 1])
    for k in range(min(len(rows) - 1, 4)):
        if _two(rows[k], rows[k + 1]):  # SurveyMonkey: the question stands over the first of its choices only
            return k + 2, _merged(rows[k], rows[k + 1])
    top = _top(rows)
    return top + 1, _single(rows[top], rows[top])


def _top(rows: Rows) -> int:
    """The first row that is filled about as much as the widest: titles above it are not."""
    filled = [sum(bool(cell.strip()) for cell in row) for row in rows[:20]]
    return next((k for k, n in enumerate(filled) if n * 10 >= max(filled) * 6), 0)


def _two(first: Sequence[str], second: Sequence[str]) -> bool:
    runs = sum(
        bool(first[k].strip() and not first[k + 1].strip() and second[k].strip() and second[k + 1].strip()) for k in range(len(first) - 1)
    )
    lone = sum(bool(one.strip()) and (not other.strip() or plain(other) in _OPEN) for one, other in zip(first, second, strict=True))
    known = any(plain(cell) in _META for cell in first) or any(guess(cell) for cell in first)
    return bool(runs and lone and known) and not any(cell.strip().replace(".", "").isdigit() for cell in second)


def _merged(first: Sequence[str], second: Sequence[str]) -> tuple[Head, ...]:
    found, question = list[Head](), ""
    for one, other in zip(first, second, strict=True):
        question = one.strip() or (question if other.strip() else "")
        if not other.strip() or plain(other) in _OPEN:
            found.append(Head(question, "", ""))
        else:
            found.append(Head(f"{question} - {other.strip()}", question, other.strip()))
    return tuple(found)


def _single(texts: Sequence[str], short: Sequence[str]) -> tuple[Head, ...]:
    """Heads of one row. Columns whose texts begin alike and end with different choices are one question."""
    whole = [(text.strip() or name.strip()).lstrip("\ufeff") for text, name in zip(texts, short, strict=True)]
    best, most = dict[int, tuple[str, str]](), 0
    for pattern in _PARTED:
        parted = _groups(whole, pattern)
        if len(parted) > most:
            best, most = parted, len(parted)
    known = [name.strip() if plain(name) in _META else text for text, name in zip(whole, short, strict=True)]  # Qualtrics: "RecipientEmail"
    return tuple(Head(text, *best.get(k, ("", ""))) for k, text in enumerate(known))


def _groups(texts: Sequence[str], pattern: re.Pattern[str]) -> dict[int, tuple[str, str]]:
    parts = {k: (match["question"].strip(), match["choice"].strip()) for k, text in enumerate(texts) if (match := pattern.fullmatch(text))}
    questions, choices = {one for one, _other in parts.values()}, {other for _one, other in parts.values()}
    if len(choices) < len(questions) and any(guess(choice) for choice in choices):  # "Ann [trust]"
        parts = {k: (other, one) for k, (one, other) in parts.items()}
    scales = [_BOTH_SCALES.fullmatch(choice) for _question, choice in parts.values()]
    if scales and all(scales):  # LimeSurvey: two scales for each colleague
        parts = {k: (f"{question} {match[2]}", match[1]) for (k, (question, _choice)), match in zip(parts.items(), scales, strict=True) if match}
    of = defaultdict[str, set[str]](set)
    for question, choice in parts.values():
        of[question].add(choice)
    return {k: part for k, part in parts.items() if len(of[part[0]]) >= 2}
