"""What cells say: ids, truth, moments."""

from __future__ import annotations

import re

from cmdesk.api import N_, parse_when

DAMAGED = re.compile(r"\d(?:[.,]\d+)?E\+\d+", re.IGNORECASE)
"""What Excel makes of a long id."""
DAMAGE = N_("an id was damaged by a spreadsheet (1.23E+15); use the file as the platform gave it")
_NOTHING = frozenset({"", "null", "none", "nil", "\\n", "n/a"})


def told(cell: str) -> str:
    """The cell without blanks around it, "" for what stands for nothing."""
    text = cell.strip()
    return "" if text.casefold() in _NOTHING else text


def yes(cell: str) -> bool:
    """True for true, yes, 1."""
    return cell.strip().casefold() in ("true", "t", "yes", "1")


def moment(cell: str) -> tuple[int | None, bool]:
    """(µs UTC, is its zone unknown?); None where there is no time."""
    text = told(cell)
    if not text:
        return None, False
    when = parse_when(text)
    return (when.at if when.at is not None and when.at > 0 else None), when.local  # 1970 is a time that nobody knew
