"""What members said of each other in surveys, from a community file into arrays."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from typing import Any

import numpy as np

from cmdesk.core.snapshot import NEVER, Bools, People
from cmdesk.core.stated_ties import AskedTies

_Key = tuple[int, str]
"""(row of people, relation)"""


def ties(connection: sqlite3.Connection, people: People, person: Mapping[int, int], until: int | None) -> AskedTies:
    """The newest answers of each counted person up to `until` (None: all of them, since a survey is often held after the export was made).
    `person`: identity → row of people."""
    asked, newest, blank = _questions(connection, person, people.counted, until)
    said = _said(connection, person, people.counted, newest)
    names = tuple(sorted({relation for _who, relation in asked}))
    number = {name: k for k, name in enumerate(names)}
    was_asked, answered = (np.zeros((len(names), len(people)), np.bool_) for _ in range(2))
    for who, relation in asked:
        was_asked[number[relation], who] = True
        answered[number[relation], who] = (who, relation) in newest
    rows = [(number[relation], who, about) for who, relation, about in sorted(blank) if (who, relation, about) not in said]
    keys = sorted(said)
    return AskedTies(
        source=np.array([key[0] for key in keys], np.int32), target=np.array([key[2] for key in keys], np.int32),
        relation=np.array([number[key[1]] for key in keys], np.int32), value=np.array([said[key] for key in keys], np.float64),
        relation_names=names, asked=was_asked, answered=answered, blank=np.array(rows, np.int32).reshape(-1, 3),
    )  # fmt: skip


def _questions(
    connection: sqlite3.Connection, person: Mapping[int, int], counted: Bools, until: int | None
) -> tuple[set[_Key], dict[_Key, int], set[tuple[int, str, int]]]:
    """Who was asked what; when each last answered it; and whom they left out then."""
    asked, newest, blank = set[_Key](), dict[_Key, int](), dict[tuple[int, str, int], int]()
    for identity, about, relation, answered, at in connection.execute("SELECT identity_id, about_id, relation, answered, at FROM asked ORDER BY id"):
        who, when = person.get(identity, -1), NEVER if at is None else at
        if who < 0 or not counted[who] or (until is not None and when > until):
            continue
        asked.add((who, relation))
        if about is not None:
            other = person.get(about, -1)
            if other >= 0 and counted[other] and other != who:
                blank[who, relation, other] = max(when, blank.get((who, relation, other), when))
        elif answered:
            newest[who, relation] = max(when, newest.get((who, relation), when))
    return asked, newest, {key for key, when in blank.items() if when == newest.get(key[:2])}


def _said(connection: sqlite3.Connection, person: Mapping[int, int], counted: Bools, newest: Mapping[_Key, int]) -> dict[tuple[int, str, int], float]:
    """(who, relation, of whom) → the value in 0–1, of the newest answers."""
    found: dict[tuple[int, str, int], float] = {}
    query = "SELECT source_identity, target_identity, relation, weight, at, low, high FROM stated_ties WHERE asked ORDER BY id"
    for source, target, relation, weight, at, low, high in connection.execute(query):
        who, other = person.get(source, -1), person.get(target, -1)
        if min(who, other) >= 0 and who != other and counted[other] and newest.get((who, relation)) == (NEVER if at is None else at):
            found[who, relation, other] = share(weight, low, high)
    return found


def share(weight: float, low: Any, high: Any) -> float:
    """Where an answer lies on its scale, 0–1."""
    least, most = 0.0 if low is None else float(low), 1.0 if high is None else float(high)
    return min(max((weight - least) / (most - least), 0.0), 1.0) if most > least else 1.0
