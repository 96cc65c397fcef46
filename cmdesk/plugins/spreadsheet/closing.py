"""Rows that are no data: totals below a table, subtotals in it, notes. A person may be called Total: a row counts as the total only where nobody
stands below it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from cmdesk.api import N_, survey_roles

from .cells import is_email
from .words import COUNTED, NOTES, SUBTOTALS, plain

if TYPE_CHECKING:
    from cmdesk.api import Row

TOTAL, NOTE = "row_of_totals", "note_below_the_table"
N_("row of totals")  # as the rules are shown
N_("note below the table")
_DATA = ("", False)
_MOST = 50
"""Totals in a row that may be held back; more are data."""
_STARTS = frozenset(form(word[:2]) for word in (*survey_roles.TOTALS, *SUBTOTALS, *NOTES) for form in (str.lower, str.title, str.upper))
"""How such rows begin, as far as they begin in ASCII."""
_NUMBER_OF = re.compile(r"[-+]?\d[\d.,\u00a0 ]*%?\s*(?P<of>[^\W\d]*)\.?")
_WORDS = re.compile(r"(?P<word>[^\d:=]+?)\s*[:=]?\s*(?P<rest>(?:[-+]?\d.*)?)", re.DOTALL)


def parted(rows: Iterator[Row]) -> Iterator[tuple[Row, str]]:
    """Each row with the rule by which it is left out, "" for data."""
    held: list[tuple[Row, str, bool]] = []
    for row in rows:
        first = row.cells[0]
        start = first[:2]
        if not held and start > "!" and start not in _STARTS and start[0] != "*" and start.isascii() and not (start[0].isdigit() and " " in first and first[-1].isalpha()):
            yield row, ""  # nearly every row
            continue
        rule, anywhere = _rule(row.cells)
        if rule:
            held.append((row, rule, anywhere))
            if len(held) <= _MOST:
                continue
        yield from ((each, why if inside else "") for each, why, inside in held)
        held.clear()
        if not rule:
            yield row, ""
    yield from ((each, why) for each, why, _inside in held)


def _rule(row: Sequence[str]) -> tuple[str, bool]:
    """(the rule by which a row would be left out, "" for data; whether it is that also where data stand below it)."""
    first = (row[0] or next((cell for cell in row if cell), "")).strip()
    counted = _NUMBER_OF.fullmatch(first) if first[:1].isdigit() else None
    if counted is not None and plain(counted["of"]) not in COUNTED:
        return _DATA
    filled = [cell.strip() for cell in row if cell.strip()]
    if not filled or any(map(is_email, filled)):
        return _DATA
    alone = len(filled) == 1
    if counted is not None:
        return (TOTAL, False) if alone else _DATA
    found = _WORDS.fullmatch(first)
    word = plain(found["word"]) if found is not None else ""
    if word in survey_roles.TOTALS or word in SUBTOTALS:
        sums = all(_NUMBER_OF.fullmatch(cell) for cell in (*filled[1:], *([found["rest"]] if found is not None and found["rest"] else [])))
        told = len(filled) > 1 or (found is not None and bool(found["rest"])) or len(row) > 1
        return (TOTAL, word in SUBTOTALS) if sums and told else _DATA
    if alone and len(row) > 1 and (first.startswith(("*", "†")) or (":" in first and plain(first.partition(":")[0]) in NOTES)):
        return NOTE, True
    return _DATA
