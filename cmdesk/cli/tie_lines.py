"""Ties as lines: pairs of people whose trust, estimated from exchange, is at least 0.20."""

from __future__ import annotations

import sqlite3
from typing import Any

from cmdesk.core import loading
from cmdesk.core.visibility import HIDDEN_BELOW


def lines(connection: sqlite3.Connection, names: bool) -> list[dict[str, Any]]:
    """One line a tie, the closest first; with names by name and without any measure. None at all where under five people are counted."""
    snapshot = loading.load(connection, as_of=None, metrics={})
    people = snapshot.people
    if int(people.counted.sum()) < HIDDEN_BELOW:
        return []
    ties = snapshot.trust.ties()
    shown = people.name if names else people.code
    found = []
    for k in range(len(ties.i)):
        one, other = sorted((shown[int(ties.i[k])] or people.code[int(ties.i[k])], shown[int(ties.j[k])] or people.code[int(ties.j[k])]))
        line: dict[str, Any] = {"person": one, "other": other, "trust": None, "strong": None, "from": None, "to": None}
        if not names:
            line |= {"trust": round(float(ties.r[k]), 4)}
        found.append(line)
    return sorted(found, key=lambda line: (-(line["trust"] or 0), line["person"], line["other"]))
