"""Members who may be one person: scored pairs with the reasons, for the user to decide."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import msgspec

from cmdesk.core.progress import Progress
from cmdesk.core.same_person.account import Account, load
from cmdesk.core.same_person.candidates import pairs
from cmdesk.core.same_person.crowd import crowd
from cmdesk.core.same_person.decided import by_pair
from cmdesk.core.same_person.evidence import Evidence, score, weigh
from cmdesk.core.same_person.persons import Persons, together
from cmdesk.core.sweeping import unswept

THRESHOLD = 0.4
"""Score from which a pair is suggested; fixed on one half of the labelled pairs (docs/same-person.md)."""


class Suggestion(msgspec.Struct, frozen=True):
    """Two members who may be one; `one` and `other` are platform keys of the accounts that are most alike, `members` their members' ids."""

    one: str
    other: str
    members: tuple[int, int]
    score: float
    reasons: tuple[Evidence, ...]


class Scored(NamedTuple):
    """A pair by its places in the list of accounts."""

    one: int
    other: int
    score: float
    reasons: list[Evidence]


def scored(accounts: Sequence[Account], progress: Progress | None = None, least: float = THRESHOLD) -> list[Scored]:
    """Every pair with a score of `least` or more, the surest first."""
    with unswept():
        found = list(_worth(accounts, progress, least))
    return sorted(found, key=lambda pair: (-pair.score, accounts[pair.one].ref, accounts[pair.other].ref))


def _worth(accounts: Sequence[Account], progress: Progress | None, least: float) -> Iterator[Scored]:
    known = crowd(accounts)
    for number, (i, j) in enumerate(pairs(accounts)):
        if progress is not None and number % 1000 == 0:
            progress.check()
        reasons = weigh(accounts[i], accounts[j], known)
        value = score(reasons)
        if value >= least:
            yield Scored(i, j, value, reasons)


def suggest(connection: sqlite3.Connection, progress: Progress | None = None) -> list[Suggestion]:
    """Pairs of members that nobody decided about, the surest first. Vetoes: members who both have an account in one source, bots, and who
    is marked as not the same."""
    accounts = load(connection)
    persons = together(accounts, by_pair(connection))
    sources: dict[str, set[int]] = {}
    for one in accounts:
        sources.setdefault(persons.lead(one.ref), set()).add(one.source)
    found: list[Suggestion] = []
    seen: set[tuple[int, int]] = set()
    for pair in scored(accounts, progress):
        one, other = accounts[pair.one], accounts[pair.other]
        members = (min(one.member, other.member), max(one.member, other.member))
        if members in seen or _vetoed(persons, sources, one, other):
            continue
        seen.add(members)
        found.append(Suggestion(one.ref, other.ref, (one.member, other.member), pair.score, tuple(pair.reasons)))
    return found


def _vetoed(persons: Persons, sources: dict[str, set[int]], one: Account, other: Account) -> bool:
    a, b = persons.lead(one.ref), persons.lead(other.ref)
    return a == b or bool(sources[a] & sources[b]) or not persons.may_join(a, b)
