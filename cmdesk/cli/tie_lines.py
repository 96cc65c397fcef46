"""Ties as lines: pairs of people whose trust, estimated from exchange, is at least 0.20."""

from __future__ import annotations

import sqlite3
from typing import Any

from cmdesk.core import loading
from cmdesk.core.visibility import HIDDEN_BELOW


def lines(connection: sqlite3.Connection, names: bool) -> list[dict[str, Any]]:
    """One line a tie, the closest first; with names by name and without any measure. None at all where under five people are counted.
    `trust` is R, `there` and `back` the decayed exchange from the person to the other and from the other to the person (s of §4.1)."""
    snapshot = loading.load(connection, as_of=None, metrics={})
    people = snapshot.people
    if int(people.counted.sum()) < HIDDEN_BELOW:
        return []
    ties = snapshot.trust.ties()
    shown = [name or code for name, code in zip(people.name, people.code, strict=True)] if names else list(people.code)
    found = []
    for k, (i, j) in enumerate(zip(ties.i.tolist(), ties.j.tolist(), strict=True)):
        there, back = float(ties.s_ij[k]), float(ties.s_ji[k])
        if shown[i] > shown[j]:
            i, j, there, back = j, i, back, there
        line: dict[str, Any] = {"person": shown[i], "other": shown[j], "trust": None, "strong": None, "there": None, "back": None}
        if not names:
            line |= {"trust": float(ties.r[k]), "strong": bool(ties.strong[k]), "there": there, "back": back}
        found.append(line)
    return sorted(found, key=lambda line: (-(line["trust"] or 0), line["person"], line["other"]))
