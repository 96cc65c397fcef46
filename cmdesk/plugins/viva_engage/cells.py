"""What cells say: ids, truth, moments."""

from __future__ import annotations

import re
from functools import lru_cache

from cmdesk.api import N_, parse_when

DAMAGED = re.compile(r"\d(?:[.,]\d+)?E\+\d+", re.IGNORECASE)
"""What Excel makes of a long id."""
DAMAGE = N_("an id was damaged by a spreadsheet (1.23E+15); use the file as the platform gave it")
_USUAL = re.compile(r"20\d\d[-/]\d\d[-/]\d\d[T ](?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:Z| \+0000)", re.ASCII)
_LONGEST = 4  # letters of what stands for nothing
_NOTHING = frozenset({"", "null", "none", "nil", "\\n", "n/a"})


def told(cell: str) -> str:
    """The cell without blanks around it, "" for what stands for nothing."""
    if not cell or (len(cell) > _LONGEST and cell.isalnum()):  # nearly every id
        return cell
    text = cell.strip()
    return text if len(text) > _LONGEST or text.casefold() not in _NOTHING else ""


def yes(cell: str) -> bool:
    """True for true, yes, 1."""
    return cell.strip().casefold() in ("true", "t", "yes", "1")


def moment(cell: str) -> tuple[int | None, bool]:
    """(µs UTC, is its zone unknown?); None where there is no time."""
    text = told(cell)
    if not text:
        return None, False
    if _USUAL.fullmatch(text) and (day := _day(text[:10])) is not None:  # a million times the same form
        return day + (int(text[11:13]) * 3_600 + int(text[14:16]) * 60 + int(text[17:19])) * 1_000_000, False
    when = parse_when(text)
    return (when.at if when.at is not None and when.at > 0 else None), when.local  # 1970 is a time that nobody knew


@lru_cache(maxsize=1024)
def _day(text: str) -> int | None:
    """When a day begins, None if there is no such day."""
    return parse_when(f"{text}T00:00:00Z").at
