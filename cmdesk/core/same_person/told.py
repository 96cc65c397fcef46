"""What the accounts of a member say of themselves, for somebody who has to tell whether two members are one person. Shown beside names only."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Sequence

import msgspec


class Told(msgspec.Struct, frozen=True):
    """An account: the source it stands in, its handle and address as stated, "" where it tells none."""

    source: str
    handle: str
    address: str


def told(connection: sqlite3.Connection, members: Sequence[int]) -> dict[int, list[Told]]:
    """The accounts of each of `members` (ids), by source."""
    found: defaultdict[int, list[Told]] = defaultdict(list)
    rows = connection.execute(
        "SELECT i.member_id, s.platform, s.title, coalesce(json_extract(i.facts, '$.handle'), ''), coalesce(json_extract(i.facts, '$.email'), '')"
        " FROM identities i JOIN sources s ON s.id = i.source_id WHERE i.member_id IN (SELECT value FROM json_each(?)) ORDER BY s.platform, s.key, i.key",
        (msgspec.json.encode(list(members)).decode(),),
    )
    for member, platform, title, handle, address in rows:
        source = f"{platform}: {title}" if title and title.casefold() != platform.casefold() else platform
        found[member].append(Told(source, handle, address))
    return dict(found)
