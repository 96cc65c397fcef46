"""Members: persons made of identities. The table is derived: it is made anew from identities, links and edits after each change of them."""

from __future__ import annotations

import sqlite3
import unicodedata
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

import msgspec

from cmdesk.core import corrections
from cmdesk.core.community import setting
from cmdesk.core.pseudonyms import code
from cmdesk.core.same_person.decided import by_pair
from cmdesk.core.same_person.persons import together
from cmdesk.core.visibility import HIDDEN_BELOW

OTHER = "other"
"""What a department or role reads as, with pseudonyms on, where fewer than five share it."""

_LATER_WINS = (
    "unit",
    "role",
    "place",
    "organisation",
    "expertise",
    "joined",
    "left",
    "updated",
    "has_photo",
    "is_moderator",
    "is_leader",
    "is_guest",
)


class MemberRow(msgspec.Struct, frozen=True):
    """A line of the members table. `label` is the name or the pseudonym; `first` and `last` are µs UTC of the first and last post."""

    id: int
    label: str
    unit: str
    role: str
    identities: int
    groups: int
    first: int | None
    last: int | None


class _Identity(msgspec.Struct, frozen=True):
    id: int
    ref: str
    source: int
    facts: dict[str, Any]


def rebuild(connection: sqlite3.Connection) -> None:
    """Make the members table anew, inside the caller's transaction."""
    key = setting(connection, "pseudonym_key", "00")
    seen = _seen(connection)
    edits = _edits(connection)
    for ref, corrected in corrections.fields(connection).items():
        later = {field: value for field, (value, at) in corrected.items() if at >= edits[ref].get(field, (None, -1))[1]}
        edits[ref].update({field: (value, 0) for field, value in later.items()})
    said = {ref: {field: value for field, (value, _at) in fields.items()} for ref, fields in edits.items()}
    rows, links, codes = [], [], set()
    for accounts in _persons(connection, _identities(connection)):
        lead = accounts[0]
        pseudonym = code(key, lead.ref)
        if pseudonym in codes:
            pseudonym = code(key, lead.ref, length=12)
        codes.add(pseudonym)
        member_id = min(account.id for account in accounts)
        links += [(member_id, account.id) for account in accounts]
        rows.append(_row(member_id, pseudonym, accounts, _edited(accounts, said), seen))
    connection.execute("DELETE FROM members")
    marks = ",".join("?" * 25)
    connection.executemany(f"INSERT INTO members VALUES ({marks})", rows)
    connection.executemany("UPDATE identities SET member_id = ? WHERE id = ? AND member_id <> ?", [(m, i, m) for m, i in links])


def _seen(connection: sqlite3.Connection) -> dict[int, tuple[int, int]]:
    """The first and last time at which each identity wrote. By hand: SQLite would sort a million posts by their authors, three times slower."""
    first: dict[int, int] = {}
    last: dict[int, int] = {}
    for author, at in connection.execute("SELECT author_id, at FROM posts WHERE author_id IS NOT NULL AND at IS NOT NULL"):
        if author not in first:
            first[author] = last[author] = at
        elif at < first[author]:
            first[author] = at
        elif at > last[author]:
            last[author] = at
    return {author: (at, last[author]) for author, at in first.items()}


def count_again(connection: sqlite3.Connection, identities: Collection[int]) -> None:
    """First and last seen of the members behind a few `identities`, from their posts."""
    for (member_id,) in connection.execute(
        f"SELECT DISTINCT member_id FROM identities WHERE id IN ({','.join('?' * len(identities))})", list(identities)
    ).fetchall():
        accounts = [row[0] for row in connection.execute("SELECT id FROM identities WHERE member_id = ?", (member_id,))]
        marks = ",".join("?" * len(accounts))
        seen = connection.execute(f"SELECT min(at), max(at) FROM posts WHERE author_id IN ({marks})", accounts).fetchone()
        connection.execute("UPDATE members SET first_seen = ?, last_seen = ? WHERE id = ?", (*seen, member_id))


def _identities(connection: sqlite3.Connection) -> list[_Identity]:
    rows = connection.execute(
        "SELECT i.id, s.platform || ':' || s.key || '/' || i.key, i.source_id, i.facts FROM identities i JOIN sources s ON s.id = i.source_id"
    )
    decode = msgspec.json.Decoder(dict[str, Any]).decode
    return sorted((_Identity(row[0], row[1], row[2], decode(row[3])) for row in rows), key=lambda account: account.ref)


def _edits(connection: sqlite3.Connection) -> dict[str, dict[str, tuple[Any, int]]]:
    """Member → field → (value, when)."""
    found: dict[str, dict[str, tuple[Any, int]]] = defaultdict(dict)
    for ref, field, value, at in connection.execute("SELECT ref, field, value, at FROM edits WHERE kind = 'member'"):
        found[ref][field] = (msgspec.json.decode(value), at)
    return found


def _edited(accounts: Sequence[_Identity], edits: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    """What the user said of any of these accounts; of the lead last, for it stands for all."""
    said: dict[str, Any] = {}
    for account in reversed(accounts):
        said.update(edits.get(account.ref, {}))
    if any(edits.get(account.ref, {}).get("opted_out") for account in accounts):
        said["opted_out"] = True
    return said


def _persons(connection: sqlite3.Connection, identities: Sequence[_Identity]) -> Iterable[list[_Identity]]:
    """Accounts of one person together, the one that stands for all first."""
    known = {account.ref: account for account in identities}
    persons = together(identities, by_pair(connection))
    for account in identities:
        if persons.lead(account.ref) == account.ref:
            yield [known[ref] for ref in persons.accounts(account.ref)]


def _row(
    member_id: int, pseudonym: str, accounts: list[_Identity], edits: Mapping[str, Any], seen: Mapping[int, tuple[Any, Any]]
) -> tuple[Any, ...]:
    facts: dict[str, Any] = {}
    for account in accounts:
        for field, value in account.facts.items():
            if field in _LATER_WINS or field not in facts:
                facts[field] = value
    for field, over in (("deleted", all), ("is_bot", any)):  # who has one account left is still there
        if field in facts:
            facts[field] = over(account.facts.get(field) for account in accounts)
    facts.update(edits)
    name = str(facts.get("name") or facts.get("handle") or "")
    times = [time for account in accounts for time in seen.get(account.id, ()) if time is not None]
    search = fold(" ".join(str(facts.get(field, "")) for field in ("name", "handle", "email")))
    flags = [int(bool(facts.get(field))) for field in ("is_bot", "is_moderator", "is_leader", "is_guest", "deleted", "opted_out")]
    photo = facts.get("has_photo")
    return (
        member_id, accounts[0].ref, pseudonym, name, search, str(facts.get("handle", "")), str(facts.get("email", "")),
        str(facts.get("unit", "")), str(facts.get("role", "")), str(facts.get("place", "")), str(facts.get("organisation", "")),
        msgspec.json.encode(facts.get("expertise", [])).decode(), *flags, facts.get("joined"), facts.get("left"), facts.get("updated"),
        None if photo is None else int(photo), len(accounts), min(times, default=None), max(times, default=None),
    )  # fmt: skip


def fold(text: str) -> str:
    """Text as names are compared: compatibility forms, marks and case folded away."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    return "".join(sign for sign in plain if not unicodedata.combining(sign))


_SORTS = {
    "unit": "unit",
    "role": "role",
    "identities": "identities",
    "groups": "groups",
    "first": "first_seen",
    "last": "last_seen",
    "id": "id",
}
_COUNT = (
    "(SELECT count(DISTINCT ms.group_id) FROM belongs ms JOIN identities i ON i.id = ms.identity_id"
    " WHERE i.member_id = members.id AND NOT ms.audience)"
)


def ids(connection: sqlite3.Connection, search: str = "", sort: str = "label", descending: bool = False, names: bool = False) -> list[int]:
    """Ids of all members in the order of `sort` (a field of MemberRow), only those that `search` finds. Without names, search finds pseudonyms only."""
    column = ("name COLLATE NOCASE" if names else "code") if sort in ("label", "name") else _SORTS.get(sort, "id")
    if column == "groups":
        column = _COUNT
    direction = "DESC" if descending else "ASC"
    order = f"ORDER BY {column} {direction}, {'name' if names else 'code'}, id"
    if not search.strip():
        return [row[0] for row in connection.execute(f"SELECT id FROM members {order}")]
    where = "instr(search, ?) OR instr(code, upper(?))" if names else "instr(code, ?) OR instr(code, upper(?))"
    values = (fold(search.strip()), search.strip()) if names else (search.strip(), search.strip())
    return [row[0] for row in connection.execute(f"SELECT id FROM members WHERE {where} {order}", values)]


def rows(connection: sqlite3.Connection, wanted: Sequence[int], names: bool = False) -> list[MemberRow]:
    """Members by id, in the order of `wanted`; unknown ids are passed over."""
    found: dict[int, MemberRow] = {}
    rare = set() if names else _rare(connection, "unit")
    rare_roles = set() if names else _rare(connection, "role")
    for start in range(0, len(wanted), 500):
        part = wanted[start : start + 500]
        marks = ",".join("?" * len(part))
        query = f"SELECT id, code, name, unit, role, identities, {_COUNT}, first_seen, last_seen FROM members WHERE id IN ({marks})"
        for row in connection.execute(query, part):
            label = (row[2] or row[1]) if names else row[1]
            unit, role = (OTHER if row[3] in rare else row[3]), (OTHER if row[4] in rare_roles else row[4])
            found[row[0]] = MemberRow(row[0], label, unit, role, *row[5:])
    return [found[member_id] for member_id in wanted if member_id in found]


def _rare(connection: sqlite3.Connection, column: str) -> set[str]:
    query = f"SELECT {column} FROM members WHERE {column} <> '' GROUP BY {column} HAVING count(*) < ?"
    return {row[0] for row in connection.execute(query, (HIDDEN_BELOW,))}


def count(connection: sqlite3.Connection) -> int:
    """How many members there are."""
    return int(connection.execute("SELECT count(*) FROM members").fetchone()[0])
