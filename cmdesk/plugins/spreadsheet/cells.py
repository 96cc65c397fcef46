"""What a cell says: a person, a list, a number, yes or no, a moment."""

from __future__ import annotations

import math
import re
import unicodedata
from functools import lru_cache

from .words import NO, YES, plain

_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
_THOUSANDS = re.compile(r"[-+]?\d{1,3}(?:,\d{3})+(?:\.\d+)?")
_THOUSANDS_DOT = re.compile(r"[-+]?\d{1,3}(?:\.\d{3}){2,}|[-+]?\d{1,3}(?:\.\d{3})+,\d+")
_POINTS = re.compile(r"[-+]?\d{1,3}(?:\.\d{3})+")
_MARKED = re.compile(r"\s*'[=+\-@]")  # a text that is marked as no formula
_CLOCK = re.compile(
    r"(?:[T\s]*)(?P<hour>\d{1,2})(?:\s*[:.hH]\s*(?P<minute>\d\d)(?:[:.](?P<second>\d\d)(?:[.,]\d{1,9})?)?|(?P<bare>[hH]))?\s*(?P<half>[aApP]\.?\s?[mM]\.?)?\s*(?P<word>Uhr|uur|h|u)?\.?"
)
_NUMBER = re.compile(r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d{1,3})?")


def tidy(cell: str) -> str:
    """A cell without blanks around and in rows, in one Unicode form, and without the mark that keeps a spreadsheet from taking it for a formula."""
    if not cell or (cell.isalnum() and cell.isascii()):  # nearly every id
        return cell
    if "'" in cell[:8] and _MARKED.match(cell):
        cell = cell.replace("'", "", 1)
    return " ".join((cell if cell.isascii() else unicodedata.normalize("NFC", cell)).split())


@lru_cache(maxsize=1 << 16)
def person(cell: str) -> str:
    """The key of the person in a cell: e-mail addresses differ in case only by accident."""
    key = tidy(cell)
    return key.lower() if "@" in key and _EMAIL.fullmatch(key) else key


def is_email(cell: str) -> bool:
    """True for an e-mail address."""
    return _EMAIL.fullmatch(cell.strip()) is not None


def several(cell: str, names: bool = False, commas: bool = True) -> list[str]:
    """The values in a cell that are parted by ; or | or a new line, else by `commas` (`names`: only if no part has a blank inside, because
    “de Vos, Ann” is one person). Each once, in order."""
    if not cell:
        return []
    if not commas or re.search(r"[;|\n]", cell):
        parts = re.split(r"[;|\n]", cell)
    else:
        parts = cell.split(",")
        if names and any(" " in part.strip() for part in parts):
            parts = [cell]
    return list(dict.fromkeys(value for part in parts if (value := tidy(part))))


@lru_cache(maxsize=1 << 12)
def number(cell: str, comma: bool, points: bool = False) -> float | None:
    """The finite number in a cell, None if it holds none. `comma`: the table writes decimal commas (its cells are parted by semicolons);
    else 1,234 is a thousand and 1,5 one and a half. `points`: its column proves that it does, so that 1.234 is a thousand."""
    text = cell.strip().replace("\u00a0", "").replace(" ", "").replace("−", "-").removesuffix("%")
    if comma or _THOUSANDS_DOT.fullmatch(text):
        if "," in text or _THOUSANDS_DOT.fullmatch(text) or (points and _POINTS.fullmatch(text)):
            text = text.replace(".", "").replace(",", ".")
    elif _THOUSANDS.fullmatch(text):
        text = text.replace(",", "")
    else:
        text = text.replace(",", ".")
    if not (text.isascii() and _NUMBER.fullmatch(text)):
        return None
    value = float(text)
    return value if math.isfinite(value) else None


@lru_cache(maxsize=1 << 12)
def clock(cell: str) -> int | None:
    """The time of day in a cell, in µs since midnight: 10:05, 10.05 uur, 10h05, 9:05 PM, 0.42 of a day as a workbook may keep it; None if it is none."""
    text = cell.strip()
    if (match := _CLOCK.fullmatch(text)) is not None:
        hour, minute, second = int(match["hour"]), int(match["minute"] or 0), int(match["second"] or 0)
        if match["half"]:
            if not 1 <= hour <= 12:
                return None
            hour = hour % 12 + (12 if match["half"][0] in "pP" else 0)
        elif not (match["minute"] or match["word"] or match["bare"]):
            return None
        return (hour * 3600 + minute * 60 + second) * 1_000_000 if hour < 24 and minute < 60 and second < 60 else None
    share = number(text, False) if text[:2] in ("0.", "0,") else None
    return round(share * 86_400) * 1_000_000 if share is not None and 0 <= share < 1 else None


def yes(cell: str) -> bool | None:
    """Yes, no, or None where the cell says neither."""
    word = plain(cell)
    return True if word in YES else False if word in NO else None
