"""Tables of answers in which people say what ties they have with colleagues: found in a source and told by their shape, whoever reads them.

Shapes: "long" (a row: who, about whom, relation, score), "matrix" (a row and a column for each person), "wide" (a row for each respondent, a column
for each colleague and question), "lists" (names in one cell, as check boxes give them) and "names" (columns Name 1, Name 2 …).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import islice
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

import msgspec

from cmdesk.core.errors import CmdeskError
from cmdesk.core.relations import guess, one_way, words
from cmdesk.core.survey_heads import Head, heads
from cmdesk.core.survey_roles import ANSWERED, ASKING, EGO, LISTED, NAMES, ROLES, plain

if TYPE_CHECKING:
    from cmdesk.core.reading.source import Source

Rows = Sequence[tuple[str, ...]]
_LOOK = 300
_TABLES = 60
_SUFFIXES = (".csv", ".tsv", ".tab", ".txt", ".xlsx", ".xlsm", ".xls", ".xlsb", ".ods")
_NUMBERED = re.compile(r"(.*?\D)[\s_#.]*(\d{1,2})")
_NUMBER = re.compile(r"\s*[-+]?\d+(?:[.,]\d+)?\s*")
_QUESTION = re.compile(r"q\d+", re.IGNORECASE)
_BESIDE = frozenset(word for role in ("email", "unit", "role", "time", "wave") for word in ROLES[role].split())
_found: WeakKeyDictionary[Source, tuple[Found, ...]] = WeakKeyDictionary()


class Found(msgspec.Struct, frozen=True):
    """A table of answers: the entry and its sheet, its shape, how sure (0–1), how many of its rows are heads, and the head of each column. `roles`:
    the columns of the respondent (name, first, last, email, id), of a time, of a list's source, target, relation, value and wave."""

    name: str
    sheet: str
    shape: str
    sure: float
    top: int
    heads: tuple[Head, ...]
    roles: dict[str, int]
    matrix_of: str = ""

    @property
    def label(self) -> str:
        """Where it stands, for people."""
        return f"{self.name}, {self.sheet}" if self.sheet else self.name


_LIST_OF_USERS = {b"username", b"trust_level", b"posts_read_count"}


def find(source: Source) -> tuple[Found, ...]:
    """The tables of answers in a source; () if it holds none. Counts nothing, and is remembered: several importers ask."""
    if source not in _found:
        _found[source] = tuple(_find(source))
    return _found[source]


def tables(source: Source) -> list[tuple[str, str]]:
    """(entry, sheet) of all that may be a table of a survey."""
    entries = source.entries()
    if len(entries) == 1:
        names = [entries[0].name] if source.may_hold_table(entries[0].name) else []
    else:
        names = [entry.name for entry in entries if entry.name.lower().endswith(_SUFFIXES)][:_TABLES]
    found = list[tuple[str, str]]()
    for name in names:
        try:
            found += [(name, sheet) for sheet in source.sheets(name) or ("",)]
        except CmdeskError:
            continue
    return found[:_TABLES]


def _find(source: Source) -> list[Found]:
    found = list[Found]()
    for name, sheet in tables(source):
        if set(source.head(name, 4096).partition(b"\n")[0].lower().replace(b'"', b"").split(b",")) >= _LIST_OF_USERS:
            continue  # a forum's list of its users: nobody answers in it
        try:
            one = told(source, name, sheet)
        except CmdeskError:
            continue
        if one is not None:
            found.append(one)
    return found


def told(source: Source, name: str, sheet: str) -> Found | None:
    """What this table is, None if no answers. Raises ImportProblem if it is no table."""
    table = source.table(name, sheet=sheet, header=False, pad=True, counted=False)
    rows = [row.cells for row in islice(table.rows, _LOOK)]
    if len(rows) < 2 or len(rows[0]) < 2:
        return None
    titles = (sheet, name.rpartition("/")[2].rpartition(".")[0])
    if (matrix := _matrix(rows, titles)) is not None:
        return Found(name, table.sheet, "matrix", matrix[1], matrix[2], (), {}, matrix[0])
    top, columns = heads(rows)
    body = rows[top:]
    if not body:
        return None
    for judge in (_long, _wide, _names, _lists):
        shape, sure, roles = judge(columns, body)
        if sure:
            return Found(name, table.sheet, shape, sure, top, columns, roles)
    return None


def _matrix(rows: Rows, titles: Sequence[str]) -> tuple[str, float, int] | None:
    """(what it is about, how sure, rows above) of a table with the same persons in its first row and first column, if something says that a
    question was answered in it: its corner, its sheet or its file names a relation or a question, or its cells hold words."""
    top = next((k for k, row in enumerate(rows[:5]) if sum(bool(cell.strip()) for cell in row[1:]) >= 2), 0)
    ids = [cell.strip() for cell in rows[top][1:]]
    down = [row[0].strip() for row in rows[top + 1 :] if any(cell.strip() for cell in row)]
    while ids and not ids[-1]:
        ids.pop()
    if any(plain(cell) in _BESIDE for cell in ids):  # a form with a column of units or times
        return None
    if len(ids) < 3 or "" in ids or len(set(ids)) < len(ids) or len(down) < 2 or len(set(down)) < len(down):
        return None
    known = {words(cell) for cell in ids}
    if sum(words(cell) in known for cell in down) < len(down) * 0.8 or (len(rows) < _LOOK and len(down) * 3 < len(ids)):
        return None
    cells = [cell.strip() for row in rows[top + 1 :] for cell in row[1:] if cell.strip()]
    about = next((text for text in (rows[top][0].strip(), *(row[0].strip() for row in rows[:top]), *titles) if guess(text)), "")
    asked = next((text for text in (rows[top][0].strip(), *titles) if _QUESTION.match(text)), "")
    if about or asked:
        return about or asked, 0.9, top + 1
    spoken = sum(not _NUMBER.fullmatch(cell) for cell in cells) * 2 > len(cells) and 2 <= len(set(cells)) <= 12
    return (titles[1], 0.85, top + 1) if spoken else None


def plain_heads(names: Sequence[str]) -> tuple[Head, ...]:
    """Heads of columns that are about no choice."""
    return tuple(Head(name, "", "") for name in names)


def _column(columns: Sequence[Head], role: str) -> int | None:
    """The column that plays a role, by its head; the first word of the role that a table has wins."""
    forms = [plain(head.text) for head in columns]
    return next((forms.index(word) for word in ROLES[role].split() if word in forms), None)


def roles_of(columns: Sequence[Head], *wanted: str) -> dict[str, int]:
    """The columns of these roles, each column once."""
    found: dict[str, int] = {}
    for role in wanted:
        free = [Head("", "", "") if k in found.values() else head for k, head in enumerate(columns)]
        place = _column(free, role)
        if place is not None:
            found[role] = place
    return found


def _filled(body: Rows, column: int) -> list[str]:
    return [row[column].strip() for row in body if row[column].strip()]


def _long(columns: Sequence[Head], body: Rows) -> tuple[str, float, dict[str, int]]:
    roles = roles_of(columns, "source", "target", "relation", "value", "wave", "time")
    if "source" not in roles or "target" not in roles:
        return "long", 0.0, {}
    if any((cells := _filled(body, k)) and all(one_way(cell) is not None for cell in cells) for k in range(len(columns))):
        return "long", 0.0, {}  # the ties of a network, as programs that draw them write it
    said = [guess(head.text) for k, head in enumerate(columns) if k not in roles.values()]
    scores = any(relation not in ("", "contact") for relation in said)
    relation = _filled(body, roles["relation"]) if "relation" in roles else []
    named = bool(relation) and sum(bool(guess(cell)) for cell in relation) * 5 >= len(relation) * 4
    who = {plain(columns[roles[role]].text) for role in ("source", "target")}
    if scores or (who & ASKING and ("value" in roles or "relation" in roles)):
        return "long", 0.9, roles
    return ("long", 0.9, roles) if named and (who & EGO or _answered(columns, body, roles)) else ("long", 0.0, {})


def _answered(columns: Sequence[Head], body: Rows, roles: dict[str, int]) -> bool:
    """True if a list of ties of several kinds holds answers, by the head of its values or because they are words: numbers from whom to whom are
    the ties of a network, whoever counted them."""
    if "value" not in roles:
        return False
    values = _filled(body, roles["value"])
    return plain(columns[roles["value"]].text) in ANSWERED or sum(_NUMBER.fullmatch(value) is None for value in values) * 2 > len(values)


def _respondent(columns: Sequence[Head]) -> dict[str, int]:
    found = roles_of(columns, "name", "first", "last", "email", "id", "time", "unit", "role")
    return found if any(role in found for role in ("name", "first", "email", "id")) else {}


def _people(columns: Sequence[Head], body: Rows, roles: dict[str, int]) -> set[str]:
    """The respondents in plain words, by every column that tells them."""
    found = {words(cell) for role in ("name", "email", "id") if role in roles for cell in _filled(body, roles[role])}
    if "first" in roles:
        last = roles.get("last")
        found |= {words(f"{row[roles['first']]} {row[last] if last is not None else ''}") for row in body}
    return found - {"", "anonymous", "anoniem"}


def _wide(columns: Sequence[Head], body: Rows) -> tuple[str, float, dict[str, int]]:
    roles = _respondent(columns)
    if not roles:
        return "wide", 0.0, {}
    people = _people(columns, body, roles)
    asked = [head for head in columns if head.choice]
    if len(asked) >= 2:
        known = sum(words(head.choice) in people for head in asked)
        about = [head for head in asked if guess(head.question)]
        plainly = len(about) >= 3 and any(head.text.endswith("]") or len(words(head.question).split()) >= 3 for head in about)
        if (about and known) or plainly or known * 10 >= len(asked) * 3:
            return "wide", 0.9, roles
    colleagues = [k for k, head in enumerate(columns) if k not in roles.values() and words(head.text) in people]
    return ("wide", 0.85, roles) if len(colleagues) >= 3 else ("wide", 0.0, {})


def numbered(columns: Sequence[Head]) -> dict[str, dict[int, int]]:
    """Columns that are counted, such as "Name 1", "Name 2": stem in plain form → number → column."""
    found: dict[str, dict[int, int]] = {}
    for k, head in enumerate(columns):
        if (match := _NUMBERED.fullmatch(head.text.strip())) is not None:
            found.setdefault(plain(match[1]), {})[int(match[2])] = k
    return {stem: places for stem, places in found.items() if len(places) >= 2}


def _names(columns: Sequence[Head], body: Rows) -> tuple[str, float, dict[str, int]]:
    counted = numbered(columns)
    if not any(stem in NAMES for stem in counted):
        return "names", 0.0, {}
    taken = {k for places in counted.values() for k in places.values()}
    roles = _respondent([Head("", "", "") if k in taken else head for k, head in enumerate(columns)])
    return ("names", 0.85, roles) if roles else ("names", 0.0, {})


def listed(cell: str) -> list[str]:
    """The names in a cell of check boxes: parted by semicolons or lines, else by commas."""
    parts = re.split(r"[;|\n]", cell) if re.search(r"[;|\n]", cell) else cell.split(",")
    return list(dict.fromkeys(part.strip() for part in parts if part.strip()))


def _lists(columns: Sequence[Head], body: Rows) -> tuple[str, float, dict[str, int]]:
    roles = _respondent(columns)
    people = _people(columns, body, roles) if roles else set()
    short = {word for name in people for word in name.split()}
    for k, head in enumerate(columns):
        if k in roles.values() or not (guess(head.text) or plain(head.text) in LISTED):
            continue
        named = [words(name) for cell in _filled(body, k) for name in listed(cell)]
        if len(named) >= 2 and sum(name in people or name in short for name in named) * 10 >= len(named) * 3:
            return "lists", 0.85, roles
    return "lists", 0.0, {}
