"""A look at the first rows of a table: what kind of table it is. Counts nothing."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from itertools import islice
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

import msgspec

from cmdesk.api import CmdeskError, survey_roles

from .cells import is_email, number
from .columns import EVERY, Columns, match
from .said import Said, key_of, parse
from .words import OF_A_PLATFORM, TOGETHER, TYPES, plain

if TYPE_CHECKING:
    from cmdesk.api import Source

ROWS = 2_000
_LOOKS = 6  # tables of a source that are looked at before it is told what it is
SUFFIXES = (".csv", ".tsv", ".tab", ".txt", ".xlsx", ".xlsm", ".xls", ".xlsb", ".ods")
_WRITERS = (
    "actor author user sender userid authorid senderid userprincipalname username afzender auteur gebruiker absender autor autorin benutzer"
    " utilisateur expediteur expeditrice remitente emisor usuario verfasser verfasserin ersteller poster creator initiator who wie"
    " nadawca autore mittente utente remetente"
)
_BIPARTITE = b"% bip"  # how KONECT begins a network of two kinds of node
_DATE = re.compile(r"\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}.*")
HALF_SURE = 0.5
_FEW = 10  # lines below which counting on may be chance
_INTEGER = re.compile(r"\d{1,18}")
_sniffed: WeakKeyDictionary[Source, tuple[str, float]] = WeakKeyDictionary()


class Look(msgspec.Struct):
    """What a table looks like: names of its columns (made up unless `header`), its first rows, whether it is a matrix of ties, and whether it
    says of itself that its two columns are two kinds of node, persons and groups. `said` is what a person said of tables with this head,
    which `key` stands for."""

    names: tuple[str, ...]
    rows: list[tuple[str, ...]]
    header: bool
    matrix: bool
    delimiter: str = ""
    sheet: str = ""
    comments: str = ""
    two_kinds: bool = False
    encoding: str = ""
    key: str = ""
    said: Said = Said()

    def column(self, index: int) -> list[str]:
        """The filled cells of a column."""
        return [row[index].strip() for row in self.rows if row[index].strip()]

    def hint(self, index: int) -> str:
        """How the times in a column are written, as far as the rows prove it."""
        from cmdesk.api import guess_hint

        return guess_hint(self.column(index))


def look(source: Source, name: str, delimiter: str = "", encoding: str = "", sheet: str = "", header: str = "") -> Look:
    """Look at a table. `header` is "no", the number of the header's line, or "": find out. Raises ImportProblem if it is none."""
    said, begin = None if not header else header != "no", int(header) if header.isdecimal() else 0
    bare = source.table(name, delimiter=delimiter, encoding=encoding, sheet=sheet, header=False, counted=False)
    matrix = not header and _is_matrix([row.cells for row in islice(bare.rows, 60)])
    table = bare if matrix else source.table(
        name, delimiter=delimiter, encoding=encoding, sheet=sheet, header=said, begin=begin, counted=False
    )  # fmt: skip
    rows = [row.cells for row in islice(table.rows, ROWS)]
    headed = table.header and not matrix
    key = key_of(table.columns, headed, name)
    return Look(
        table.columns, rows, headed, matrix, table.delimiter, table.sheet, table.comments, source.head(name, 64).startswith(_BIPARTITE),
        table.encoding, key, parse(source.said.get(key, "")),
    )  # fmt: skip


def names_of_tables(source: Source) -> list[str]:
    """The entries that may be tables: any single file that is no JSON, XML or page without a table; in archives and folders by their suffix."""
    entries = source.entries()
    if len(entries) == 1:
        return [entries[0].name] if source.may_hold_table(entries[0].name) else []
    return [entry.name for entry in entries if entry.name.lower().endswith(SUFFIXES)]


def parts(source: Source, sheet: str = "") -> list[tuple[str, str]]:
    """(entry, sheet) of each table that a source may hold: every visible sheet of a workbook, or the one named; "" for text."""
    return [(name, each) for name in names_of_tables(source) for each in ([sheet] if sheet else source.sheets(name) or ("",))]


def surest(source: Source) -> tuple[str, float]:
    """(kind, how sure 0–1) of the tables in a source; ("", 0.0) if it holds none. Remembered: three importers ask."""
    found = _sniffed.get(source)
    if found is None:
        found = _sniffed[source] = _surest(source)
    return found


def _surest(source: Source) -> tuple[str, float]:
    names = names_of_tables(source)
    if not names or len(names) * 2 < len(source.entries()):
        return "", 0.0
    best, platform = ("", 0.0), False
    for name, sheet in islice(parts(source), _LOOKS):
        try:
            seen = look(source, name, sheet=sheet)
            heads = set(map(plain, seen.names))
            platform = platform or not OF_A_PLATFORM.isdisjoint(heads) or heads >= TOGETHER
            kind, sure = kind_of(seen)
        except CmdeskError:
            continue
        best = max(best, (kind, sure), key=lambda found: found[1])
    beside = len(names) * 2 <= len(source.entries())
    if best[1] > HALF_SURE and best[0] != "filled" and (beside or platform or _answers(source)):
        return best[0], HALF_SURE
    return best


def _answers(source: Source) -> bool:
    """True if people say in it what ties they have: more than a table of ties or people is."""
    from cmdesk.api import surveys

    return bool(surveys.find(source))


def columns_of(kind: str, seen: Look, said: str = "") -> Columns:
    """The columns of a table by their heads; in one of people a column of e-mail addresses is known by what it holds, in whatever language its head is."""
    columns = match(kind, seen.names, said)
    if kind != "people" or "email" in columns or "email=" in said.replace(" ", "") or EVERY in said:
        return columns
    free = [index for index in range(len(seen.names)) if index not in columns.at.values()]
    found = next((index for index in free if _mostly(seen.column(index)[:200], is_email)), None)
    return columns if found is None or not seen.header else Columns({"email": found, **columns.at}, seen.names)


def kind_of(seen: Look) -> tuple[str, float]:
    """("people", "ties", "log", "filled" or "", how sure 0–1) of a table."""
    if seen.said.kind:
        return seen.said.kind, 0.97
    if seen.matrix:
        return "ties", 0.8
    if not seen.header:
        if is_labels(seen) or addressed(seen):
            return "people", 0.6
        return ("ties", 0.6) if _is_edge_list(seen) else ("", 0.0)
    for kind, judge in (("filled", _filled), ("log", _log), ("ties", _ties), ("people", _people)):
        if sure := judge(seen):
            return kind, sure
    return "", 0.0


def _filled(seen: Look) -> float:
    """The lists of cmdesk have a column that no other table has, or the questions of the pulse."""
    columns = match("filled", seen.names)
    return 0.95 if "key" in columns or {"group", "know", "trust", "safe", "got"} <= columns.at.keys() else 0.0


def _log(seen: Look) -> float:
    columns = match("log", seen.names)
    if "actor" not in columns:
        return 0.0
    if "type" in columns and _mostly(seen.column(columns.at["type"]), lambda cell: plain(cell) in TYPES):
        return 0.9
    if "time" in columns and ("text" in columns or "parent" in columns):
        return 0.85
    writes = plain(seen.names[columns.at["actor"]]) in _WRITERS.split()
    if not writes or "time" not in columns:
        return 0.0
    if "target" in columns or "group" in columns:
        return 0.8
    return 0.8 if "id" in columns and not _is_of_people(seen) else 0.0


def _is_of_people(seen: Look) -> bool:
    """True if a column holds addresses of mail or names besides: a list of users, each since some day."""
    columns = match("people", seen.names)
    return "name" in columns or "first" in columns or ("email" in columns and _mostly(seen.column(columns.at["email"]), is_email))


def _ties(seen: Look) -> float:
    columns = match("ties", seen.names)
    if "source" in columns and "target" in columns:
        dates = seen.column(columns.at["source"]) + seen.column(columns.at["target"])
        return 0.0 if _mostly(dates, lambda cell: _DATE.fullmatch(cell) is not None) else 0.8
    listed = {"person", "group", "weight", "relation", "time"} & columns.at.keys()
    return 0.7 if {"person", "group"} <= listed and len(listed) == len(seen.names) else 0.0


def _people(seen: Look) -> float:
    columns = columns_of("people", seen)
    identity = [role for role in ("person", "email", "name", "first") if role in columns]
    if not identity:
        return 0.0
    if "email" in columns and _mostly(seen.column(columns.at["email"]), is_email):
        return 0.85
    return 0.75 if len(columns.at) >= 2 else 0.6 if len(seen.names) == 1 and "name" in columns else 0.0


def is_labels(seen: Look) -> bool:
    """True for a file of labels, as SNAP puts beside its networks: each line a node, counted on from 0 or 1, and the number of its unit."""
    if seen.header or seen.two_kinds or len(seen.names) != 2 or len(seen.rows) < _FEW:
        return False
    nodes, units = seen.column(0), seen.column(1)
    begin = 0 if nodes[0] == "0" else 1
    counted = nodes == [str(number) for number in range(begin, begin + len(nodes))]
    return counted and all(_INTEGER.fullmatch(unit) for unit in units) and len(set(units)) * 2 <= len(units)


def addressed(seen: Look) -> dict[str, int]:
    """Role → column of a list of addresses without a head, one a line, with or without a name beside it; {} for another table."""
    if seen.header or not 1 <= len(seen.names) <= 2:
        return {}
    found = [index for index in range(len(seen.names)) if len(seen.column(index)) == len(seen.rows) and all(map(is_email, seen.column(index)))]
    if len(found) != 1:
        return {}
    beside = [index for index in range(len(seen.names)) if index not in found]
    at = {"email": found[0]}
    if beside and all(number(cell, False) is None for cell in seen.column(beside[0])):
        at["name"] = beside[0]
    return at


def _is_edge_list(seen: Look) -> bool:
    """Two to four columns without header: whole numbers, or names of which several stand in both columns."""
    if not 2 <= len(seen.names) <= 4 or not seen.rows:
        return False
    one, two = seen.column(0), seen.column(1)
    if all(_INTEGER.fullmatch(cell) for cell in one + two):
        return all(number(cell, False) is not None for index in range(2, len(seen.names)) for cell in seen.column(index))
    return len(set(one) & set(two)) * 4 > len(set(two))


def _is_matrix(rows: Sequence[tuple[str, ...]]) -> bool:
    """True for a square table whose first row and first column hold the same ids in the same order, and numbers between them; totals at its ends do
    not count."""
    if len(rows) < 3:
        return False
    width = len(rows[0]) - survey_roles.is_total(rows[0][-1])
    rows = [row[:width] for row in (rows[:-1] if len(rows) < 60 and survey_roles.is_total(rows[-1][0]) else rows)]
    ids = [cell.strip() for cell in rows[0][1:]]
    if len(ids) < 2 or len(set(ids)) < len(ids) or "" in ids or (len(rows) < 60 and len(rows) - 1 != len(ids)):
        return False
    below = rows[1:]
    same = all(index < len(ids) and row[0].strip() == ids[index] for index, row in enumerate(below))
    return same and all(not cell.strip() or number(cell, False) is not None for row in below for cell in row[1:])


def _mostly(cells: Sequence[str], judge: Callable[[str], bool]) -> bool:
    """True if at least four in five cells pass."""
    return bool(cells) and sum(1 for cell in cells if judge(cell)) * 5 >= len(cells) * 4
