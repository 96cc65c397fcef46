"""How results are printed: aligned plain tables for people, one JSON document for scripts."""

from __future__ import annotations

import sys
import unicodedata
from collections.abc import Sequence
from typing import Any

import click


def document(value: Any) -> None:
    """Print one JSON document in UTF-8, whatever the terminal's encoding is; not-a-number becomes null."""
    import msgspec

    click.echo(msgspec.json.format(msgspec.json.encode(value), indent=2) + b"\n", nl=False)
    sys.stdout.flush()


def line(text: str = "") -> None:
    """Print one line."""
    click.echo(plain(text))


def table(heads: Sequence[str], rows: Sequence[Sequence[Any]], *, right: frozenset[int] = frozenset()) -> None:
    """Print rows under their heads, columns aligned; `right` are columns set to the right (numbers are anyway)."""
    numbers = {k for k in range(len(heads)) if rows and all(isinstance(row[k], int | float) or row[k] is None for row in rows)} | right
    cells = [list(heads)] + [[_cell(value) for value in row] for row in rows]
    widths = [max(_width(row[k]) for row in cells) for k in range(len(heads))]
    for row in cells:
        parts = [_pad(row[k], widths[k], k in numbers) for k in range(len(heads))]
        click.echo("  ".join(parts).rstrip())


def plain(text: str) -> str:
    """Text without control characters: a name in an export must not steer the terminal."""
    return "".join(sign if sign == "\n" or unicodedata.category(sign)[0] != "C" else "\ufffd" for sign in text)


def day(at: int | None, zone: str) -> str:
    """The local day of a time in µs UTC, "" where not known."""
    from cmdesk.core import when

    return "" if at is None else when.day(at, zone).isoformat()


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int):
        return f"{value:,}"
    if isinstance(value, float):
        return f"{value:.2f}"
    return " ".join(plain(str(value)).split())


def _width(text: str) -> int:
    return sum(0 if unicodedata.combining(sign) else 2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in text)


def _pad(text: str, width: int, right: bool) -> str:
    gap = " " * (width - _width(text))
    return gap + text if right else text + gap
