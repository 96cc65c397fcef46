"""From a staging file into the community, inside the caller's transaction: what is new is stored, what is known is merged, every fact is
counted. Set operations in SQL for everything that comes by the million; persons and groups, whose facts fold, one by one."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from typing import Any

import msgspec

from cmdesk.core.importing import blocks, states, zones
from cmdesk.core.importing.blocks import Known, Range, joined, ranges
from cmdesk.core.importing.kinds import KINDS, Kind
from cmdesk.core.importing.ledger import Facts
from cmdesk.core.importing.staging_file import BLOCK_KINDS, Summary
from cmdesk.core.progress import Progress
from cmdesk.core.text import _


def merge(connection: sqlite3.Connection, import_id: int, summary: Summary, known: Known, progress: Progress) -> dict[str, Facts]:
    """Merge the attached "staging" file as `import_id` (its row in `imports` exists), and the blocks that it repeats, and return the facts
    half of the ledger, checked."""
    facts = {kind: Facts(stated=n, set_aside=summary.facts_set_aside.get(kind, 0)) for kind, n in summary.stated.items() if n}
    _merge_sources(connection, import_id)
    progress.step(_("Merging people and groups"))
    persons = _merge_named(connection, import_id, _PERSON, known, facts.setdefault("person", Facts()))
    groups = _merge_named(connection, import_id, _GROUP, known, facts.setdefault("group", Facts()))
    bases = {kind.name: connection.execute(f"SELECT coalesce(max(id), 0) FROM {kind.table}").fetchone()[0] for kind in KINDS}
    for kind in KINDS:
        progress.step(_("Merging: {name}").format(name=kind.name))
        _merge_kind(connection, import_id, kind, bases, known, facts)
    blocks.record(connection, import_id, known, blocks.Resolved(persons, groups, bases))
    for kind_name, line in facts.items():
        line.check(kind_name)
    return {kind_name: line for kind_name, line in facts.items() if line.stated}


def _merge_sources(connection: sqlite3.Connection, import_id: int) -> None:
    for row_id, platform, key, title in connection.execute("SELECT id, platform, key, title FROM staging.origins").fetchall():
        known = connection.execute("SELECT id FROM sources WHERE platform = ? AND key = ?", (platform, key)).fetchone()
        if known is None:
            cursor = connection.execute("INSERT INTO sources (platform, key, title) VALUES (?,?,?)", (platform, key, title))
            source_id = cursor.lastrowid
        else:
            source_id = known[0]
        connection.execute("UPDATE staging.origins SET source_id = ? WHERE id = ?", (source_id, row_id))
        connection.execute("INSERT INTO statements VALUES (?, 'source', ?, ?)", (import_id, source_id, source_id))


# — persons and groups —


class _Named(msgspec.Struct, frozen=True):
    """Persons or groups: the kind that is stated, the kind of being mentioned at all, table, staging table, its column for the id."""

    kind: str
    existence: str
    table: str
    staging: str
    resolved: str


_PERSON = _Named("person", "identity", "identities", "persons", "identity_id")
_GROUP = _Named("group", "group_key", "groups", "groups", "group_id")


def _merge_named(connection: sqlite3.Connection, import_id: int, named: _Named, known_blocks: Known, line: Facts) -> dict[int, int]:
    """Returns the id of each staging row."""
    with_states = states.with_states(connection, named.kind)
    order = states.ranks(connection)
    stated: list[int] = []
    resolved: dict[int, int] = {}
    for row_id, source_id, key, is_stated, facts in _named_rows(connection, named):
        known = connection.execute(
            f"SELECT id, stated, facts FROM {named.table} WHERE source_id = ? AND key = ?", (source_id, key)
        ).fetchone()
        if known is None:
            fact_id = _insert_named(connection, named, source_id, key, is_stated, facts)
            line.stored += is_stated
        else:
            fact_id, was_stated, before = known
            if is_stated and not was_stated:
                connection.execute(f"UPDATE {named.table} SET stated = 1, facts = ? WHERE id = ?", (facts, fact_id))
                line.stored += 1
            elif is_stated:
                line.merged += 1
                if facts != before or fact_id in with_states:
                    states.remember(connection, named.kind, fact_id, before, facts, import_id)
                    line.changed += _refold(connection, named, fact_id, before, order)
        resolved[row_id] = fact_id
        stated += [fact_id] if is_stated else []
    line.merged += line.stated - line.set_aside - len(stated)  # the same one stated twice in this export
    connection.executemany(f"UPDATE staging.{named.staging} SET {named.resolved} = ? WHERE id = ?", [(f, s) for s, f in resolved.items()])
    _assert_ids(connection, import_id, named.existence, [*ranges(resolved.values()), *known_blocks.ids.get(named.existence, ())])
    _assert_ids(connection, import_id, named.kind, ranges(stated))
    return resolved


def _named_rows(connection: sqlite3.Connection, named: _Named) -> Iterator[tuple[int, int, str, int, str]]:
    yield from connection.execute(
        f"SELECT s.id, o.source_id, s.key, s.stated, s.facts FROM staging.{named.staging} s JOIN staging.origins o ON o.id = s.origin ORDER BY s.id"
    ).fetchall()


def _insert_named(connection: sqlite3.Connection, named: _Named, source_id: int, key: str, stated: int, facts: str) -> int:
    text = facts if stated else "{}"
    if named.table == "identities":
        cursor = connection.execute(
            "INSERT INTO identities (source_id, key, stated, facts) VALUES (?,?,?,?)", (source_id, key, stated, text)
        )
    else:
        platform, source = connection.execute("SELECT platform, key FROM sources WHERE id = ?", (source_id,)).fetchone()
        cursor = connection.execute(
            "INSERT INTO groups (source_id, key, stated, facts, ref, name, kind, purpose, owner) VALUES (?,?,?,?,?,?,'','','')",
            (source_id, key, stated, text, f"{platform}:{source}/{key}", key),
        )
    return int(cursor.lastrowid or 0)


def _refold(connection: sqlite3.Connection, named: _Named, fact_id: int, before: str, order: list[int]) -> int:
    now = states.fold(states.said(connection, named.kind, fact_id, order))
    if now == before:
        return 0
    connection.execute(f"UPDATE {named.table} SET facts = ? WHERE id = ?", (now, fact_id))
    return 1


def _assert_ids(connection: sqlite3.Connection, import_id: int, kind: str, spans: Iterable[Range]) -> None:
    """Note the ids in `spans`, which may overlap, as stated by an import."""
    connection.executemany("INSERT INTO statements VALUES (?,?,?,?)", [(import_id, kind, low, high) for low, high in joined(spans)])


# — everything else —


def _merge_kind(
    connection: sqlite3.Connection, import_id: int, kind: Kind, bases: dict[str, int], known: Known, facts: dict[str, Facts]
) -> None:
    mapping = f"staging.map_{kind.name}"
    connection.execute(f"CREATE TABLE {mapping} (sid INTEGER PRIMARY KEY, id INTEGER NOT NULL, changed INTEGER NOT NULL)")
    total, highest = connection.execute(f"SELECT count(*), max(id) FROM staging.{kind.staging}").fetchone()
    repeated = known.stated[kind.name]
    if not total and not repeated:
        return
    line = facts.setdefault(kind.name, Facts())
    line.merged += repeated
    spans = list(known.ids.get(kind.name, ()))
    if total:
        spans += _merge_rows(connection, import_id, kind, bases, known, line, total, gapless=highest == total)
        if kind.name in zones.TIMED:
            _assert_ids(connection, import_id, zones.mark(kind.name), ranges(_local(connection, kind, bases[kind.name])))
    _assert_ids(connection, import_id, kind.name, spans)


def _merge_rows(
    connection: sqlite3.Connection, import_id: int, kind: Kind, bases: dict[str, int], known: Known, line: Facts, total: int, *,
    gapless: bool,
) -> list[Range]:  # fmt: skip
    """Merge the staged rows of a kind, `gapless` if they are numbered 1 … total; returns the ids that they assert."""
    mapping, base = f"staging.map_{kind.name}", bases[kind.name]
    same = " AND ".join(f"t.{column} = s.{column}" for column in kind.key)
    differs = " OR ".join(f"t.{column} IS NOT s.{column}" for column in kind.values) or "0"
    if base:
        connection.execute(
            f"INSERT INTO {mapping} SELECT s.sid, t.id, {differs} FROM ({kind.select}) s CROSS JOIN {kind.table} t ON {same}", bases
        )
    stored = _store_new(connection, kind, mapping, base, bases)
    if stored == total and gapless and "id" not in kind.key:  # the usual first import
        line.stored += stored
        return [(base + 1, base + total)]
    lacking = _set_aside_lacking(connection, import_id, kind, bases) if kind.needs else 0
    merged = connection.execute(f"SELECT count(*) FROM {mapping}").fetchone()[0]
    if stored + merged + lacking < total:  # the same fact twice in this export: the first one was stored
        connection.execute(
            f"INSERT INTO {mapping} SELECT s.sid, t.id, {TWICE} FROM ({kind.select}) s CROSS JOIN {kind.table} t ON {same}"
            f" WHERE s.sid NOT IN (SELECT sid FROM {mapping}) AND {_not_first(kind, base)}",
            bases,
        )
        merged = connection.execute(f"SELECT count(*) FROM {mapping}").fetchone()[0]
    line.stored += stored
    line.merged += merged
    line.set_aside += lacking
    line.changed += _note_differences(connection, import_id, kind, mapping, bases, known)
    if "id" in kind.key:  # its id is that of another fact
        asserted = connection.execute(f"SELECT id FROM ({kind.select})", bases)
    else:
        asserted = connection.execute(f"SELECT id FROM {mapping} UNION ALL SELECT id FROM {kind.table} WHERE id > ?", (base,))
    return ranges(row[0] for row in asserted)


def _local(connection: sqlite3.Connection, kind: Kind, base: int) -> Iterator[int]:
    """Facts of which this export states a time by a clock of no known zone."""
    rows = connection.execute(
        f"SELECT coalesce(m.id, s.id + ?1) FROM staging.{kind.staging} s LEFT JOIN staging.map_{kind.name} m ON m.sid = s.id"
        f" JOIN {kind.table} f ON f.id = coalesce(m.id, s.id + ?1) WHERE s.local", (base,),
    )  # fmt: skip
    return (row[0] for row in rows)


TWICE = 2
"""In a map's column `changed` (1: its values are new): the export stated the same fact before, and that one counts."""


def _new_id(kind: Kind, base: int) -> str:
    return "s.id" if "id" in kind.key else f"{base} + s.sid"


def _not_first(kind: Kind, base: int) -> str:
    """True for a staging row that is not the one which was stored as fact t."""
    if "id" in kind.key:
        return f"s.sid NOT IN (SELECT min(f.sid) FROM ({kind.select}) f GROUP BY f.id)"
    return f"t.id <> {_new_id(kind, base)}"


def _store_new(connection: sqlite3.Connection, kind: Kind, mapping: str, base: int, bases: dict[str, int]) -> int:
    columns = [column for column in kind.columns if column != "id"]
    where = f"WHERE s.{kind.needs} IS NOT NULL" if kind.needs else "WHERE true"
    known = f" AND s.sid NOT IN (SELECT sid FROM {mapping})" if base else ""
    cursor = connection.execute(
        f"INSERT INTO {kind.table} (id, {', '.join(columns)}) SELECT {_new_id(kind, base)}, {', '.join('s.' + column for column in columns)}"
        f" FROM ({kind.select}) s {where}{known} ON CONFLICT DO NOTHING",
        bases,
    )
    return int(cursor.rowcount)


def _set_aside_lacking(connection: sqlite3.Connection, import_id: int, kind: Kind, bases: dict[str, int]) -> int:
    named = f"(SELECT o.{kind.named} FROM staging.{kind.staging} o WHERE o.id = s.sid)" if kind.named else "s.sid"
    rows = connection.execute(f"SELECT {named} FROM ({kind.select}) s WHERE s.{kind.needs} IS NULL", bases).fetchall()
    connection.executemany(
        "INSERT INTO set_aside (import_id, place, why, records) VALUES (?,?,?,0)",
        [(import_id, f"{kind.name} {which}", f"{kind.name}: {kind.lack}") for (which,) in rows],
    )
    return len(rows)


def _note_differences(
    connection: sqlite3.Connection, import_id: int, kind: Kind, mapping: str, bases: dict[str, int], blocks_before: Known
) -> int:
    """Facts of which this export says something else than an earlier one did; returns how many changed their current value."""
    if not kind.values:
        return 0
    known = states.with_states(connection, kind.name)
    # An export that states a fact twice speaks with its first statement (min(sid); SQLite takes `changed` from that row).
    rows = connection.execute(
        f"SELECT min(sid), id, changed FROM {mapping} WHERE id IN (SELECT id FROM {mapping} WHERE changed = 1) GROUP BY id"
    ).fetchall()
    rows = [(sid, fact_id) for sid, fact_id, changed in rows if changed == 1 or fact_id in known]
    if rows and blocks_before.rows:
        earlier = blocks_before.stated_before(kind.name, _posts_of(connection, kind, rows))
        rows = [row for row in rows if row[1] not in earlier]
    if known:
        seen = {fact_id for _sid, fact_id in rows}
        mapped = connection.execute(f"SELECT min(sid), id FROM {mapping} GROUP BY id")
        rows += [(sid, fact_id) for sid, fact_id in mapped if fact_id in known and fact_id not in seen]
    order = states.ranks(connection)
    return sum(_note_difference(connection, import_id, kind, sid, fact_id, order, bases) for sid, fact_id in rows)


def _posts_of(connection: sqlite3.Connection, kind: Kind, rows: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """(id, staging row of its post) of facts given as (staging row, id); a post that is not in the staging file counts as after all others."""
    for sid, fact_id in rows:
        post: int | None = sid
        if kind.name in BLOCK_KINDS and kind.name != "post":
            post = connection.execute(f"SELECT post FROM staging.{kind.staging} WHERE id = ?", (sid,)).fetchone()[0]
        yield fact_id, AFTER_ALL if post is None else post


AFTER_ALL = 1 << 62


def _note_difference(
    connection: sqlite3.Connection, import_id: int, kind: Kind, sid: int, fact_id: int, order: list[int], bases: dict[str, int]
) -> int:
    columns = ", ".join(kind.values)
    before = connection.execute(f"SELECT {columns} FROM {kind.table} WHERE id = ?", (fact_id,)).fetchone()
    value = connection.execute(f"SELECT {columns} FROM ({kind.select}) s WHERE s.sid = :sid", {**bases, "sid": sid}).fetchone()
    states.remember(connection, kind.name, fact_id, _text(before), _text(value), import_id)
    return set_newest(connection, kind, fact_id, order)


def set_newest(connection: sqlite3.Connection, kind: Kind, fact_id: int, order: list[int]) -> int:
    """Give a fact the values of its newest export; 1 if that changed something."""
    values = states.said(connection, kind.name, fact_id, order)
    if not values:
        return 0
    newest: list[Any] = msgspec.json.decode(values[-1])
    columns = ", ".join(kind.values)
    before = connection.execute(f"SELECT {columns} FROM {kind.table} WHERE id = ?", (fact_id,)).fetchone()
    if before is None or list(before) == newest:
        return 0
    assignments = ", ".join(f"{column} = ?" for column in kind.values)
    connection.execute(f"UPDATE {kind.table} SET {assignments} WHERE id = ?", (*newest, fact_id))
    return 1


def _text(row: tuple[Any, ...]) -> str:
    return msgspec.json.encode(list(row)).decode()
