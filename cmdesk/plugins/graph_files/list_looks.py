"""A look at the beginning of a text: whether it is an adjacency list or an edge list with data, and how it is written. Counts nothing."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    from cmdesk.api import Source

COMMENTS = "#%"
EDGE = re.compile(r"([^\s,;{}]+|[^,;{}\t]+(?=[,;\t]))([ \t,;])(?: *)([^\s,;{}]+|[^,;{}\t]+(?=[,;\t]))\2 ?(\{(?:['\"].*)?\})")
OWN = "own"
HEAD = "# cmdesk adjacency list"
DIRECTED = "# directed: yes"
_LOOK = 1 << 16
_DELIMITERS = ("\t", ";", ",", "")
_COUNT = re.compile(r"\S+ \d{1,9}")
_FEW = 3  # lines below which a list may be anything


class Looked(msgspec.Struct, frozen=True):
    """`form`: own (as cmdesk writes it), adjacency, neighbours, edges, or "" for what is no such list. `directed`: whether ties go one way; `says`:
    the file says so itself. `delimiter` "" means blanks."""

    form: str = ""
    delimiter: str = ""
    directed: bool = True
    says: bool = False


def looked(source: Source, name: str) -> Looked:
    """What the first 64 KiB look like."""
    head = source.head(name, _LOOK)
    text = head.decode("utf-16" if head[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig", "replace")
    lines = re.split(r"\r\n|\r|\n", text)
    whole = len(head) < _LOOK
    if not whole:
        del lines[-1:]
    if lines and lines[0].startswith(HEAD):
        return Looked(OWN, "", DIRECTED in lines[1:3], says=True)
    plain = [line.strip() for line in lines if line.strip() and line.lstrip()[0] not in COMMENTS]
    if not plain or "\0" in text or plain[0][0] in "<{[*":
        return Looked()
    if all(EDGE.fullmatch(line) for line in plain[:200]):
        return Looked("edges", "", _both_ways([(match[1], match[3]) for line in plain if (match := EDGE.fullmatch(line))]))
    if (pairs := _neighbours(plain)) is not None:
        return Looked("neighbours", "", _both_ways(pairs))
    return _adjacency(plain, whole)


def words(line: str, delimiter: str) -> list[str]:
    """The filled words of a line."""
    return [word for part in (line.split(delimiter) if delimiter else line.split()) if (word := part.strip().strip('"'))]


def _neighbours(lines: Sequence[str]) -> list[tuple[str, str]] | None:
    """The ties where each line names somebody and how many lines of contacts follow, None where that is not so."""
    pairs: list[tuple[str, str]] = []
    one, left = "", 0
    for line in lines:
        if left:
            other, _blank, data = line.partition(" ")
            if not (data.startswith("{") and data.endswith("}")):
                return None
            pairs.append((one, other))
            left -= 1
        elif _COUNT.fullmatch(line):
            one, left = line.rpartition(" ")[0], int(line.rpartition(" ")[2])
        else:
            return None
    return pairs or None


def _adjacency(lines: Sequence[str], whole: bool) -> Looked:
    """An adjacency list: rows of several lengths that each begin with another person, and whose others begin rows themselves."""
    for delimiter in _DELIMITERS:
        rows = [row for line in lines if (row := words(line, delimiter))]
        widths = {len(row) for row in rows}
        if len(rows) < _FEW or len(widths) < 2 or max(widths) == 1:
            continue
        heads = {row[0] for row in rows}
        others = {key for row in rows for key in row[1:]}
        known = len(others & heads) / len(others)
        if len(heads) * 10 >= len(rows) * 9 and known >= (0.8 if whole else 0.3):
            return Looked("adjacency", delimiter, _both_ways([(row[0], key) for row in rows for key in row[1:]]))
    return Looked()


def _both_ways(pairs: Sequence[tuple[str, str]]) -> bool:
    """True where ties have a direction: some pair stands both ways."""
    there = set(pairs)
    return any((other, one) in there for one, other in there if one != other)
