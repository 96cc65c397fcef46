"""How results are printed: aligned plain tables for people, one JSON document for scripts."""

from __future__ import annotations

import sys
import unicodedata
from collections.abc import Sequence
from typing import Any

import click

from cmdesk.core.text import N_, _

HEADS = (
    N_("new"), N_("known"), N_("adds"), N_("as_of"), N_("at"), N_("back"), N_("changed"), N_("circle"), N_("department"), N_("effect"), N_("facts"), N_("file"),
    N_("first"), N_("from"), N_("goal"), N_("goals"), N_("group"), N_("identities"), N_("importance"), N_("importer"), N_("imports"),
    N_("kind"), N_("label"), N_("last"), N_("left_out"), N_("members"), N_("merged"), N_("model_id"), N_("model_version"), N_("number"),
    N_("other"), N_("path"), N_("person"), N_("plugin"), N_("posts"), N_("read"), N_("role"), N_("scores"), N_("set_aside"), N_("since"),
    N_("state"), N_("stated"), N_("stored"), N_("strong"), N_("there"), N_("trust"), N_("unit"), N_("version"), N_("what"),
    N_("what was read"), N_("why"), N_("window_days"), N_("assessments"), N_("stated ties"), N_("done"), N_("undone"), N_("replaced"),
    N_("undo"), N_("redo"), N_("post"), N_("mention"), N_("reaction"), N_("membership"), N_("accepted"), N_("page"), N_("attendance"),
    N_("viewing"), N_("rating"), N_("stated tie"), N_("channel"), N_("private channel"), N_("private"), N_("before"), N_("after"), N_("change"), N_("ties"), N_("rules"), N_("now"), N_("then"), N_("up to"), N_("verdict"), N_("fit"),
    N_("80 % interval"), N_("origin"), N_("on"), N_("off"), N_("failed"), N_("inside"), N_("fits"), N_("day"), N_("item"), N_("confirmed"), N_("review"), N_("asked"), N_("same"),
    N_("answered"), N_("response"), N_("named"), N_("mutual"), N_("seen"), N_("said"), N_("relation"), N_("note"),
)  # fmt: skip
"""Heads and states of the tables, so that they stand in the catalogues; the keys of JSON are the same words and stay English."""


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
    cells = [[_(head) for head in heads]] + [[_cell(value) for value in row] for row in rows]
    widths = [max(_width(row[k]) for row in cells) for k in range(len(heads))]
    for row in cells:
        parts = [_pad(row[k], widths[k], k in numbers) for k in range(len(heads))]
        click.echo("  ".join(parts).rstrip())


def plain(text: str) -> str:
    """Text without control characters: a name in an export must not steer the terminal."""
    return "".join(sign if sign == "\n" or unicodedata.category(sign)[0] != "C" else "\ufffd" for sign in text)


def signed(value: float) -> str:
    """A difference with two digits and its sign; what rounds to nothing has none."""
    from cmdesk.core.wording import decimal

    sign = "" if float(f"{value:.2f}") == 0 else "-" if value < 0 else "+"
    return sign + decimal(abs(value))


def day(at: int | None, zone: str) -> str:
    """The local day of a time in µs UTC, "" where not known."""
    from cmdesk.core import when

    return "" if at is None else when.day(at, zone).isoformat()


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, int):
        return f"{value:,}"
    if isinstance(value, float):
        from cmdesk.core.wording import decimal

        return decimal(value)
    return " ".join(plain(str(value)).split())


def _width(text: str) -> int:
    return sum(0 if unicodedata.combining(sign) else 2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in text)


def _pad(text: str, width: int, right: bool) -> str:
    gap = " " * (width - _width(text))
    return gap + text if right else text + gap
