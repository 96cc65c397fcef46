"""Accounts to persons: what the user said first, then what equal addresses say; nothing joins two that are marked as not the same."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Protocol

from cmdesk.core.same_person.account import equal_address
from cmdesk.core.same_person.comparing import likeness
from cmdesk.core.same_person.names import parse

Pair = tuple[str, str]
CONTRADICTING = ("differ", "family", "given", "middle")
"""Likenesses of two names with one address that may be a shared mailbox: people are asked."""


class Stated(Protocol):
    """An account: its platform key, the id of its source, and what exports said of it."""

    @property
    def ref(self) -> str: ...
    @property
    def source(self) -> int: ...
    @property
    def facts(self) -> Mapping[str, Any]: ...


class Persons:
    """Sets of accounts by platform key, joined one pair at a time. `apart`: pairs that are marked as not the same."""

    def __init__(self, refs: Iterable[str], apart: Iterable[Pair]) -> None:
        self._lead = {ref: ref for ref in refs}
        self._accounts: dict[str, list[str]] = {}
        self._apart: defaultdict[str, set[str]] = defaultdict(set)
        for one, other in apart:
            self._apart[one].add(other)
            self._apart[other].add(one)

    def lead(self, ref: str) -> str:
        """The account that stands for all of its person."""
        return self._lead[ref]

    def accounts(self, ref: str) -> list[str]:
        """All accounts of the person of `ref`."""
        lead = self._lead[ref]
        return self._accounts.get(lead, [lead])

    def may_join(self, one: str, other: str) -> bool:
        """False if somebody of the one is marked as not the same as somebody of the other."""
        others = set(self.accounts(other))
        return not any(self._apart[ref] & others for ref in self.accounts(one) if ref in self._apart)

    def join(self, one: str, other: str) -> None:
        """Make one person of two."""
        if self._lead[one] != self._lead[other]:
            together = sorted([*self.accounts(one), *self.accounts(other)])
            for ref in together:
                self._lead[ref] = together[0]
                self._accounts.pop(ref, None)
            self._accounts[together[0]] = together


def together(accounts: Sequence[Stated], decisions: Mapping[Pair, bool]) -> Persons:
    """The persons behind `accounts`, which are sorted by platform key; `decisions` of the user: pair of keys → the same or not. The same
    whatever the order in which things came. Decisions about absent accounts sleep."""
    there = {one.ref for one in accounts}
    awake = {pair: same for pair, same in sorted(decisions.items()) if pair[0] in there and pair[1] in there}
    persons = Persons((one.ref for one in accounts), (pair for pair, same in awake.items() if not same))
    for (one, other), same in awake.items():
        if same and persons.may_join(one, other):
            persons.join(one, other)
    by_address: defaultdict[str, list[Stated]] = defaultdict(list)
    for account in accounts:
        address = equal_address(str(account.facts.get("email") or ""))
        if address:
            by_address[address].append(account)
    for holders in by_address.values():
        if links_by_address(holders):
            for other_account in holders[1:]:
                if persons.may_join(holders[0].ref, other_account.ref):
                    persons.join(holders[0].ref, other_account.ref)
    return persons


def links_by_address(holders: Sequence[Stated]) -> bool:
    """True if the accounts with one address are one person: only between sources (two accounts of one source with one address are a shared
    mailbox or a second account, which nobody but the user can tell), no bot among them, and no two names that contradict each other."""
    if len(holders) < 2 or len({one.source for one in holders}) < len(holders) or any(one.facts.get("is_bot") for one in holders):
        return False
    names = [parse(str(one.facts.get("name") or "")) for one in holders]
    return not any(likeness(one, other) in CONTRADICTING for at, one in enumerate(names) for other in names[at + 1 :])
