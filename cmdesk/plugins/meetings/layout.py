"""Which tables list who took part, and where in them: reports put a summary above the list and a log below it."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice
from typing import TYPE_CHECKING

import msgspec

from cmdesk.api import CmdeskError

from .words import STARTS, TITLES, plain, role_of

if TYPE_CHECKING:
    from cmdesk.api import Source

_LOOK = 120
_SUFFIXES = (".csv", ".tsv", ".txt", ".xlsx", ".xls", ".xlsb", ".ods")
_MOST = 200


class List(msgspec.Struct, frozen=True):
    """A table that lists who took part: its entry and sheet, the number of rows above its head, role → column, the head, and what the rows above
    tell of the meeting: its title and when it began ("" where they do not)."""

    name: str
    sheet: str
    above: int
    roles: dict[str, int]
    head: tuple[str, ...]
    title: str = ""
    start: str = ""

    @property
    def label(self) -> str:
        """Where it stands, for people."""
        return f"{self.name}, {self.sheet}" if self.sheet else self.name


def find(source: Source) -> list[List]:
    """The lists in a source."""
    return [found for name, sheet in tables(source) if (found := _list(source, name, sheet)) is not None]


def tables(source: Source) -> list[tuple[str, str]]:
    """(entry, sheet) of all that may be a table."""
    entries = source.entries()
    alone = len(entries) == 1
    names = [entry.name for entry in entries if (alone or entry.name.lower().endswith(_SUFFIXES)) and source.may_hold_table(entry.name)]
    found = list[tuple[str, str]]()
    for name in names[:_MOST]:
        try:
            found += [(name, sheet) for sheet in source.sheets(name) or ("",)]
        except CmdeskError:
            continue
    return found


def sniff(source: Source) -> float:
    """0–1: how sure it is that a source holds such lists and little else."""
    held = tables(source)
    if not held or len({name for name, _sheet in held}) * 2 < len(source.entries()):
        return 0.0
    found = sum(_list(source, name, sheet) is not None for name, sheet in held[:6])
    return 0.93 if found * 2 >= len(held[:6]) else 0.0


def _list(source: Source, name: str, sheet: str) -> List | None:
    try:
        table = source.table(name, sheet=sheet, header=False, pad=True, counted=False)
        rows = [row.cells for row in islice(table.rows, _LOOK)]
    except CmdeskError:
        return None
    heads = [(number, roles) for number, cells in enumerate(rows) if is_head(roles := roles_in(cells))]
    if not heads:
        return None
    # Of a summary that looks like a list and the list below it, the list says when people came, or at least who they are.
    number, roles = next((one for one in heads if "join" in one[1]), next((one for one in heads if one[1].keys() & {"name", "original", "first"}), heads[0]))
    return List(name, table.sheet, number, roles, tuple(cell.strip() for cell in rows[number]), *_told(rows[:number]))


def roles_in(cells: Sequence[str]) -> dict[str, int]:
    """Role → column, of the first that has it."""
    found: dict[str, int] = {}
    for column, cell in enumerate(cells):
        if (role := role_of(cell)) and role not in found:
            found[role] = column
    return found


def is_head(roles: dict[str, int]) -> bool:
    """True for the head of a list of who took part: it names people, and says when they came, how long they stayed, or that they did."""
    has = roles.keys()
    if not has & {"name", "original", "email"} and not {"first", "last"} <= has:
        return False
    if "join" in has and has & {"leave", "duration", "registered", "status", "ticket"}:
        return True
    if "duration" in has and has & {"email", "upn", "guest", "original"}:
        return True
    return ("status" in has and bool(has & {"order", "ticket", "event", "registered", "event_id"})) or {"action", "stamp"} <= has


def _told(rows: Sequence[Sequence[str]]) -> tuple[str, str]:
    """(title, start) of the meeting: label and value side by side, or the label above the value."""
    title = start = ""
    for number, cells in enumerate(rows):
        filled = [cell.strip() for cell in cells if cell.strip()]
        for column, cell in enumerate(cells):
            beside = len(filled) == 2 and cell.strip() == filled[0]
            below = rows[number + 1][column].strip() if len(filled) > 2 and number + 1 < len(rows) else ""
            value = filled[1] if beside else below
            if value and not title and TITLES.fullmatch(plain(cell)):
                title = value
            if value and not start and STARTS.fullmatch(plain(cell)):
                start = value
    return title, start
