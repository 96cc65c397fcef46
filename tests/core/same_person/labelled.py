"""The labelled pairs of tests/data/same_person, and how well the scores tell them apart."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import NamedTuple

from cmdesk.core.same_person.account import Account, account
from cmdesk.core.same_person.candidates import pairs
from cmdesk.core.same_person.crowd import Crowd
from cmdesk.core.same_person.evidence import score, weigh
from cmdesk.core.same_person.persons import links_by_address
from cmdesk.core.same_person.suggestions import scored

DATA = Path(__file__).parents[2] / "data" / "same_person"


class Pair(NamedTuple):
    """Two accounts; `fixed_on`: in the half on which the threshold was fixed."""

    one: Account
    other: Account
    same: bool
    kind: str
    origin: str
    sharing: int
    fixed_on: bool

    @property
    def score(self) -> float:
        """0 where the two would not even be compared."""
        if not list(pairs([self.one, self.other])):
            return 0.0
        return score(weigh(self.one, self.other, self.crowd))

    @property
    def crowd(self) -> Crowd:
        """What is known of others: how many share the name."""
        return Crowd({(who.source, who.name.key): self.sharing for who in (self.one, self.other)})

    @property
    def links_itself(self) -> bool:
        """True if nobody would be asked."""
        return bool(self.one.address) and self.one.address == self.other.address and links_by_address((self.one, self.other))


class Result(NamedTuple):
    """Counts at a threshold."""

    found: int
    wrong: int
    missed: int

    @property
    def precision(self) -> float:
        """Share of the suggested that is right."""
        return self.found / (self.found + self.wrong)

    @property
    def recall(self) -> float:
        """Share of the same that is suggested."""
        return self.found / (self.found + self.missed)


def load() -> list[Pair]:
    """All pairs, real ones first."""
    found = []
    for origin in ("real", "made"):
        with (DATA / f"{origin}.csv").open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                one, other = (
                    account(n, f"p{n}:s/{n}", n, 0, {field: row.get(f"{side}_{field}", "") for field in ("name", "handle", "email", "unit", "place")})
                    for n, side in ((1, "one"), (2, "two"))
                )
                found.append(Pair(one, other, row["label"] == "same", row["kind"], origin, int(row.get("sharing") or 1), row["half"] == "fixed"))
    return found


def as_community(pairs: list[Pair]) -> Result:
    """All people of `pairs`, real and the same, in one community of two sources: who is suggested with themselves, with somebody else, and not."""
    people = [pair for pair in pairs if pair.same and pair.origin == "real"]
    accounts = [who._replace(member=2 * n + side, ref=f"{side}:{n}") for n, pair in enumerate(people) for side, who in ((1, pair.one), (2, pair.other))]
    found = scored(accounts)
    right = sum(pair.one // 2 == pair.other // 2 for pair in found)
    return Result(right, len(found) - right, len(people) - right)


def judge(pairs: list[Pair], threshold: float) -> Result:
    """Suggest what reaches the threshold, and compare with the labels."""
    told = [(pair.score >= threshold, pair.same) for pair in pairs]
    return Result(told.count((True, True)), told.count((True, False)), told.count((False, True)))
