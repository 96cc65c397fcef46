"""Questions, ideas and pages as rows that a person can recognise, with what was filled in about them."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence

import msgspec

from cmdesk.core import filled, groups, references
from cmdesk.core.owners import Owners
from cmdesk.core.schema import EVENT, IDEA, QUESTION, ROOT

SHOWN = 120
"""Characters of a title that are shown."""
FILTERS = ("", "questions", "ideas", "open", "without_status")
"""All; questions; ideas; questions without a reply or said to be open; ideas without a status."""
PAGE_FILTERS = ("", "without_owner", "due", "old")
"""All; pages without an owner; whose review day has come; that nobody changed or confirmed for a year."""
_YEAR = 365 * 86_400_000_000
_INSIDE = "WITH RECURSIVE inside(id) AS (SELECT ? UNION SELECT g.id FROM groups g JOIN inside ON g.parent_id = inside.id)"


class ThreadRow(msgspec.Struct, frozen=True):
    """A thread that asks something or brings an idea. `title` is the platform's, or the first line of a text that was kept, else "". `at` in µs
    UTC; `status` "" as long as nobody set one; `since` the day of the status (ISO); `source` and `key` name it at its platform."""

    id: int
    ref: str
    source: str
    key: str
    title: str
    at: int | None
    group: str
    tags: tuple[str, ...]
    replies: int
    question: bool
    idea: bool
    status: str
    since: str


class PageRow(msgspec.Struct, frozen=True):
    """A page. `updated` in µs UTC, as the platform says; `confirmed` and `review` are ISO days, "" where there is none."""

    id: int
    ref: str
    source: str
    key: str
    title: str
    group: str
    updated: int | None
    confirmed: str
    owner: str
    review: str
    views: int | None


class Threads:
    """The threads of a group and those inside it: `ids` in order, newest first. Rows are fetched by id."""

    def __init__(self, connection: sqlite3.Connection, group_id: int = ROOT, only: str = "") -> None:
        self._paths = _paths(connection)
        self._status = {ref: every[-1] for (ref, _field), every in filled.said(connection, "post", "status").items()}
        found = connection.execute(
            f"{_INSIDE} SELECT p.id, p.source_id, p.key, p.flags, {references.ref('p')} FROM posts p WHERE p.flags & ? AND NOT p.flags & ?"
            " AND (p.thread IS NULL OR p.thread = p.key) AND p.group_id IN (SELECT id FROM inside) ORDER BY p.at IS NULL, p.at DESC, p.id",
            (group_id, QUESTION | IDEA, EVENT),
        ).fetchall()
        count = _replies(connection) if found else {}
        self._replies = {row[0]: count.get((row[1], row[2]), 0) for row in found}
        self.total = len(found)
        self.ids = [row[0] for row in found if self._wanted(only, row[3], self._replies[row[0]], row[4])]

    def _wanted(self, only: str, flags: int, replies: int, ref: str) -> bool:
        status = self._status.get(ref)
        if only == "open":
            return bool(flags & QUESTION) and (status.value == "open" if status else not replies)
        if only == "without_status":
            return bool(flags & IDEA) and status is None
        return not only or bool(flags & (QUESTION if only == "questions" else IDEA))

    def rows(self, connection: sqlite3.Connection, ids: Sequence[int], names: bool = False) -> list[ThreadRow]:
        """The rows of these ids, in this order; those that are gone are left out. Texts may name people: they are titles only with `names`."""
        found = {}
        for part in _parts(ids):
            marks = ",".join("?" * len(part))
            query = (
                f"SELECT p.id, {references.ref('p')}, o.platform || ':' || o.key, p.key, coalesce(p.title, ''), substr(coalesce(t.text, ''), 1, 400),"
                " p.at, p.group_id, p.tags, p.flags FROM posts p JOIN sources o ON o.id = p.source_id LEFT JOIN texts t ON t.id = p.id"
                f" WHERE p.id IN ({marks})"
            )
            for id, ref, source, key, title, text, at, group, tags, flags in connection.execute(query, part):
                status = self._status.get(ref)
                found[id] = ThreadRow(
                    id, ref, source, key, _title(title, text if names else ""), at, self._paths.get(group, ""), msgspec.json.decode(tags or "[]", type=tuple[str, ...]),
                    self._replies.get(id, 0), bool(flags & QUESTION), bool(flags & IDEA), status.value if status else "", status.day if status else "",
                )  # fmt: skip
        return [found[id] for id in ids if id in found]

    def sort(self, connection: sqlite3.Connection, key: str, descending: bool, names: bool = False) -> None:
        """Sort `ids` by a field of ThreadRow; rows without a value stay at the end."""
        rows = self.rows(connection, self.ids, names)
        some = [row for row in rows if getattr(row, key) not in (None, "", ())]
        none = [row.id for row in rows if getattr(row, key) in (None, "", ())]
        self.ids = [row.id for row in sorted(some, key=lambda row: _order(getattr(row, key)), reverse=descending)] + none


def pages(connection: sqlite3.Connection, group_id: int = ROOT, only: str = "", names: bool = False) -> list[PageRow]:
    """The pages of a group and of those inside it, the longest untouched first. Owners are pseudonyms unless `names`."""
    paths, owners, said = _paths(connection), Owners(connection), filled.latest(connection, "page")
    last = connection.execute("SELECT max(at) FROM posts").fetchone()[0]
    found = []
    for id, ref, source, key, title, group, updated, views in connection.execute(
        f"{_INSIDE} SELECT p.id, {references.ref('p')}, o.platform || ':' || o.key, p.key, p.title, p.group_id, p.updated, p.views FROM pages p"
        " JOIN sources o ON o.id = p.source_id WHERE p.group_id IN (SELECT id FROM inside) ORDER BY p.updated IS NOT NULL, p.updated, p.id",
        (group_id,),
    ):
        fields = said.get(ref, {})
        confirmed, review, owner = (fields[name].value if name in fields else "" for name in ("confirmed", "review", "owner"))
        confirmed = fields["confirmed"].day if confirmed else ""
        row = PageRow(
            id, ref, source, key, _title(title, ""), paths.get(group, ""), updated, confirmed, owners.label(owner, names), review, views
        )
        if _page_wanted(only, row, last):
            found.append(row)
    return found


def _page_wanted(only: str, row: PageRow, last: int | None) -> bool:
    from cmdesk.core.when import moment

    today = moment(last or 0).date()
    if only == "without_owner":
        return not row.owner
    if only == "due":
        return bool(row.review) and row.review <= today.isoformat()
    if only == "old":
        changed = moment(row.updated).date().isoformat() if row.updated is not None else ""
        return max(changed, row.confirmed) <= moment((last or 0) - _YEAR).date().isoformat()
    return True


def _paths(connection: sqlite3.Connection) -> dict[int, str]:
    rows = connection.execute("SELECT id, name, parent_id FROM groups")
    return groups.paths_of({group: (name, parent) for group, name, parent in rows})


def _replies(connection: sqlite3.Connection) -> dict[tuple[int, str], int]:
    rows = connection.execute(
        "SELECT source_id, thread, count(*) FROM posts WHERE thread IS NOT NULL AND thread <> key AND NOT flags & ? GROUP BY source_id, thread", (EVENT,)
    )
    return {(source, thread): count for source, thread, count in rows}


def _title(title: str, text: str) -> str:
    line = " ".join((title or text.strip().split("\n", 1)[0]).split())
    return line if len(line) <= SHOWN else line[: SHOWN - 1].rstrip() + "…"


def _order(value: object) -> tuple[int, object]:
    return (0, value.casefold()) if isinstance(value, str) else (0, value)


def _parts(ids: Sequence[int], size: int = 500) -> Iterable[Sequence[int]]:
    return (ids[at : at + size] for at in range(0, len(ids), size))
