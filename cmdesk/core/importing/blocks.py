"""Blocks: runs of posts and reactions that exports repeat unchanged. An import keeps the hash of each of its blocks with what the block
asserts, and when the same block comes again the worker names it instead of staging it, and the merge counts and asserts it as a whole.

A block is offered to the worker only while its facts stand exactly as it states them: its import stands, and no export differs about any of
them. Where a block begins depends on the records alone (see `Staging.add_all`), so that one changed message changes one block.
"""

from __future__ import annotations

import sqlite3
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import accumulate

import msgspec

from cmdesk.core.importing.kinds import BY_NAME
from cmdesk.core.importing.staging_file import BLOCK_KINDS, Summary

Range = tuple[int, int]


class Stale(Exception):
    """A block that was offered to the worker is not there any more: the import has to read again without it."""


class Content(msgspec.Struct, frozen=True, kw_only=True, array_like=True):
    """What a block asserts: facts stated by kind, earliest and latest time (µs UTC), and by kind the ids, packed."""

    stated: dict[str, int]
    first: int | None
    last: int | None
    ids: dict[str, list[int]]


class Known(msgspec.Struct):
    """The blocks that an export repeats: (hash, encoded Content) of each, and what they assert together. `places`: by kind (low, high, n) for
    ids of a block that came after n posts of the staging file."""

    rows: list[tuple[bytes, bytes]] = []
    stated: Counter[str] = msgspec.field(default_factory=Counter)
    ids: dict[str, list[Range]] = {}
    first: int | None = None
    last: int | None = None
    places: dict[str, list[tuple[int, int, int]]] = {}

    def add(self, digest: bytes, encoded: bytes, content: Content, posts: int) -> None:
        """Take in a block that came after so many posts."""
        self.rows.append((digest, encoded))
        self.stated.update(content.stated)
        for kind, numbers in content.ids.items():
            spans = unpacked(numbers)
            self.ids.setdefault(kind, []).extend(spans)
            self.places.setdefault(kind, []).extend((low, high, posts) for low, high in spans)
        self.first = min((at for at in (self.first, content.first) if at is not None), default=None)
        self.last = max((at for at in (self.last, content.last) if at is not None), default=None)

    def add_to(self, summary: Summary) -> None:
        """Complete what the worker told, which leaves these blocks out."""
        summary.stated = dict(Counter(summary.stated) + self.stated)
        summary.first = min((at for at in (summary.first, self.first) if at is not None), default=None)
        summary.last = max((at for at in (summary.last, self.last) if at is not None), default=None)

    def stated_before(self, kind: str, facts: Iterable[tuple[int, int]]) -> set[int]:
        """Of (id, number of its post in the staging file), the ids that a repeated block stated before that."""
        places = sorted(self.places.get(kind, ()))
        lows = [low for low, _high, _posts in places]
        reach = list(accumulate((high for _low, high, _posts in places), max))
        found = set()
        for fact_id, post in facts:
            place = bisect_right(lows, fact_id) - 1
            while place >= 0 and reach[place] >= fact_id:
                if places[place][1] >= fact_id and places[place][2] < post:
                    found.add(fact_id)
                    break
                place -= 1
        return found


def standing(connection: sqlite3.Connection, without: int | None = None) -> dict[bytes, bytes]:
    """The blocks whose facts stand as they state them: hash → encoded Content; those of import `without` not counted."""
    rows = connection.execute("SELECT digest, content FROM blocks WHERE import_id IS NOT ? ORDER BY id", (without,))
    blocks: dict[bytes, bytes] = dict(rows.fetchall())
    disputed = {
        kind: [row[0] for row in connection.execute("SELECT DISTINCT fact_id FROM states WHERE kind = ? ORDER BY 1", (kind,))]
        for kind in BLOCK_KINDS
    }
    if not any(disputed.values()):
        return blocks
    decode = msgspec.msgpack.Decoder(Content).decode
    return {digest: content for digest, content in blocks.items() if not _touches(decode(content).ids, disputed)}


def _touches(ids: Mapping[str, Sequence[int]], disputed: Mapping[str, Sequence[int]]) -> bool:
    """True if one of the disputed facts (sorted ids by kind) is among packed `ids`."""
    for kind, facts in disputed.items():
        for low, high in unpacked(ids.get(kind, ())):
            place = bisect_left(facts, low)
            if place < len(facts) and facts[place] <= high:
                return True
    return False


def repeated(connection: sqlite3.Connection) -> Known:
    """The blocks that the attached staging file names. Raises Stale if one of them does not hold any more."""
    known = Known()
    named = connection.execute("SELECT digest, post FROM staging.repeated ORDER BY id").fetchall()
    held = standing(connection) if named else {}
    decode = msgspec.msgpack.Decoder(Content).decode
    for digest, posts in named:
        if digest not in held:
            raise Stale
        known.add(digest, held[digest], decode(held[digest]), posts)
    return known


class Resolved(msgspec.Struct, frozen=True):
    """What the merge made of staging rows: the id of each person and group, and per kind the highest id before it."""

    persons: dict[int, int]
    groups: dict[int, int]
    bases: dict[str, int]


def record(connection: sqlite3.Connection, import_id: int, known: Known, resolved: Resolved) -> None:
    """Keep the blocks of an import: those that it repeats, and those whose every fact was stored, or merged without a difference."""
    rows: list[tuple[int, bytes, bytes]] = [(import_id, digest, content) for digest, content in known.rows]
    mapped = {kind: connection.execute(f"SELECT 1 FROM staging.map_{kind} LIMIT 1").fetchone() is not None for kind in BLOCK_KINDS}
    encode = msgspec.msgpack.Encoder().encode
    for digest, first, last, group, persons, spans in connection.execute(
        "SELECT digest, first, last, grp, persons, spans FROM staging.blocks ORDER BY id"
    ).fetchall():
        span_of = msgspec.msgpack.decode(spans, type=dict[str, Range])
        ids: dict[str, list[int]] = {}
        for kind, span in span_of.items():
            found = _ids(connection, kind, span, resolved.bases, mapped[kind])
            if found is not None:
                ids[kind] = packed(found)
        if len(ids) == len(span_of):
            ids["identity"] = packed(ranges(sorted(resolved.persons[number] for number in msgspec.msgpack.decode(persons, type=list[int]))))
            ids["group_key"] = packed([(resolved.groups[group], resolved.groups[group])] if group else [])
            stated = {kind: high - low + 1 for kind, (low, high) in span_of.items()}
            rows.append((import_id, digest, encode(Content(stated=stated, first=first, last=last, ids=ids))))
    connection.executemany("INSERT INTO blocks (import_id, digest, content) VALUES (?,?,?)", rows)


def _ids(connection: sqlite3.Connection, kind: str, span: Range, bases: Mapping[str, int], mapped: bool) -> list[Range] | None:
    """The ids of the facts that became of staging rows `span`; None if another export, or another place of this one, says otherwise."""
    new = (bases[kind] + span[0], bases[kind] + span[1])
    if not mapped and kind != "text":
        return [new]
    found = connection.execute(f"SELECT id, changed FROM staging.map_{kind} WHERE sid BETWEEN ? AND ?", span).fetchall()
    if kind != "mention" and any(changed for _fact_id, changed in found):  # a mention has no values in which it could differ
        return None
    if kind == "text":
        stored = connection.execute(
            "SELECT coalesce((SELECT m.id FROM staging.map_post m WHERE m.sid = s.post), s.post + ?) FROM staging.texts s"
            " WHERE s.id BETWEEN ? AND ?", (bases["post"], *span),
        )  # fmt: skip
    else:
        stored = connection.execute(f"SELECT id FROM {BY_NAME[kind].table} WHERE id BETWEEN ? AND ?", new)
    return ranges(sorted({row[0] for row in (*found, *stored)}))


def packed(spans: Iterable[Range]) -> list[int]:
    """Sorted disjoint ranges as small numbers: gap to the one before, length, gap, length …"""
    flat: list[int] = []
    end = 0
    for low, high in spans:
        flat += (low - end, high - low)
        end = high
    return flat


def unpacked(flat: Sequence[int]) -> list[Range]:
    """The ranges in a packed list."""
    spans: list[Range] = []
    end = 0
    for place in range(0, len(flat), 2):
        low = end + flat[place]
        end = low + flat[place + 1]
        spans.append((low, end))
    return spans


def ranges(ids: Iterable[int]) -> list[Range]:
    """Ids in any order, also more than once, as sorted disjoint (low, high), both ends included. Quick where they mostly go up by one."""
    runs: list[Range] = []
    low = high = -1
    for number in ids:
        if number == high + 1:
            high = number
        elif not low <= number <= high:
            runs.append((low, high))
            low = high = number
    runs.append((low, high))
    return joined(runs)


def joined(runs: Iterable[Range]) -> list[Range]:
    """Ranges in any order as sorted disjoint ones; those below 0 hold nothing."""
    spans: list[Range] = []
    for low, high in sorted(runs):
        if low < 0:
            continue
        if spans and low <= spans[-1][1] + 1:
            spans[-1] = (spans[-1][0], max(high, spans[-1][1]))
        else:
            spans.append((low, high))
    return spans
