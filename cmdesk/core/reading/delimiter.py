"""Which character parts the cells: the one whose count is the same in most lines."""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Sequence

SAMPLE = 200
BLANK = " "
COMMENTS = "#%"
_CANDIDATES = ("\t", ";", ",", "|")
_NUMBER = re.compile(r"-?\d+(\.\d+)?$")


def width(lines: Sequence[str], delimiter: str) -> int:
    """The number of cells that most lines have, 0 if `delimiter` parts nothing."""
    return _score([line for line in lines if line.strip()], delimiter)[1]


def guess(lines: Sequence[str]) -> tuple[str, str]:
    """(delimiter, characters that begin a comment). A single column gives a comma."""
    plain = [line for line in lines if line.strip()]
    data = [line for line in plain if line.lstrip()[0] not in COMMENTS]
    if data and _in_columns(data):
        return ("\t" if all("\t" in line for line in data) else BLANK), COMMENTS
    if sum("\t" in line for line in plain) * 5 >= len(plain) * 3:  # nobody puts tabs in cells; reports in sections have lines of many widths
        return "\t", ""
    best, score = ",", (0.0, 0)
    for candidate in _CANDIDATES:
        found = _score(plain, candidate)
        if found > score:
            best, score = candidate, found
    return best, ""


def _in_columns(data: Sequence[str]) -> bool:
    """True for SNAP-like text: two to six numbers a line, parted by white space."""
    cells = [line.split() for line in data]
    if not 2 <= len(cells[0]) <= 6 or any(len(row) != len(cells[0]) for row in cells[:-1]):
        return False
    return all(_NUMBER.match(cell) for row in cells[:-1] or cells for cell in row[:2])


def _score(lines: Sequence[str], delimiter: str) -> tuple[float, int]:
    """(share of lines that have the most frequent number of cells, rounded; that number); (0, 0) if it parts nothing."""
    try:
        counts = [len(row) for row in csv.reader(lines, delimiter=delimiter) if row]
    except csv.Error:
        counts = [line.count(delimiter) + 1 for line in lines]
    wide = Counter(count for count in counts if count > 1)
    if not wide:
        return 0.0, 0
    usual, times = max(wide.items(), key=lambda item: (item[1], item[0]))
    share = times / len(counts)
    if counts[0] != usual:
        share *= 0.8  # the header should have it too
    return round(share, 1), usual
