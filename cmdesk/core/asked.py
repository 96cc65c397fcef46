"""What people said of each other when they were asked, beside what their exchange shows (docs/importers/survey.md).

A survey's answers are a kind of trust of their own: they never enter R or C. A missing answer is not "no tie": shares stand on those who
answered only. Measures of a group are hidden where fewer than five of it answered, or where the numbers beside it would tell of fewer.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
import numpy as np

from cmdesk.core import suppression
from cmdesk.core.snapshot import Bools, Index, Ints, Snapshot
from cmdesk.core.text import N_, _
from cmdesk.core.visibility import BESIDE_SMALL, HIDDEN_BELOW, TOO_SMALL

if TYPE_CHECKING:
    from cmdesk.core.stated_ties import AskedTies

TIE_FROM = 0.5
"""An answer in the upper half of its scale is a tie."""
ENOUGH = 10
"""Pairs below which a share is not given (goal-model §4.6)."""
HALF = 0.5
RELATIONS = {
    "trust": N_("trust"), "advice": N_("advice"), "information": N_("information"), "energy": N_("energy"), "collaboration": N_("collaboration"),
    "feedback": N_("feedback"), "innovation": N_("innovation"), "decision": N_("input for decisions"), "recognition": N_("recognition"),
    "friendship": N_("friendship"), "confidence": N_("confidences"), "knowing": N_("knowing each other"), "conflict": N_("conflict"),
    "contact": N_("contact"),
}  # fmt: skip
"""Relations that surveys ask for, by the name under which they are stored; any other has the name that the survey gives it."""


class Answers(msgspec.Struct, frozen=True, kw_only=True):
    """Of one group and relation: how many of its members were asked and answered, the ties that they say to each other (`named`, directed), and
    shares 0–1, None where they stand on fewer than ten pairs: `mutual`, of the pairs who both answered and of whom one names the other, those who
    name each other; `seen`, of the pairs of whom one names the other, those with a tie in exchange (R ≥ .20); `said`, of the pairs with a tie
    in exchange, those of whom one names the other. `hidden` says why nothing is given ("": it is)."""

    group: int
    relation: str
    asked: int
    answered: int
    named: int = 0
    mutual: float | None = None
    seen: float | None = None
    said: float | None = None
    hidden: str = ""

    @property
    def response(self) -> float:
        """The share of those asked who answered."""
        return self.answered / self.asked if self.asked else 0.0

    @property
    def low(self) -> bool:
        """True if fewer than half answered."""
        return self.response < HALF


def title(relation: str) -> str:
    """What a relation is called."""
    return _(RELATIONS[relation]) if relation in RELATIONS else relation


def shown(snapshot: Snapshot) -> list[int]:
    """The relations (places in `snapshot.asked.relation_names`) of which single ties may be drawn or listed under pseudonyms: at least five
    members answered."""
    return np.flatnonzero(snapshot.asked.answered.sum(axis=1) >= HIDDEN_BELOW).tolist() if len(snapshot.asked.relation_names) else []


def rows(asked: AskedTies, relation: int, least: float = TIE_FROM) -> Index:
    """The rows of `asked` that are ties of this relation: source → target, aligned with `snapshot.people`."""
    return np.flatnonzero((asked.relation == relation) & (asked.value >= least)).astype(np.int32)


def of_groups(snapshot: Snapshot, least: float = TIE_FROM) -> list[Answers]:
    """Every group and relation of which members were asked, in the order of groups, then relations."""
    asked, found = snapshot.asked, list[Answers]()
    why = suppression.reasons(snapshot) if len(asked.relation_names) else []
    inside = np.zeros(len(snapshot.people), np.bool_)
    for relation, name in enumerate(asked.relation_names):
        beside = _hidden(snapshot, relation, why)
        network = _Network(snapshot, relation, least)
        for group, reason in enumerate(beside):
            members = snapshot.groups.roster[group]
            inside[:] = False
            inside[members] = True
            n = int((asked.asked[relation] & inside).sum())
            if not n:
                continue
            if reason:
                found.append(Answers(group=group, relation=name, asked=0, answered=0, hidden=reason))
            else:
                found.append(network.of(group, inside, n))
    return sorted(found, key=lambda line: line.group)


def _hidden(snapshot: Snapshot, relation: int, why: list[str]) -> list[str]:
    """For each group why its answers are hidden: the group itself is, fewer than five of it answered, or those of it who answered, less those of
    the groups shown inside it, are one to four."""
    groups, answered = snapshot.groups, snapshot.asked.answered[relation]
    who = [set(groups.roster[k][answered[groups.roster[k]]].tolist()) for k in range(len(groups))]
    found = [why[k] or (TOO_SMALL if len(who[k]) < HIDDEN_BELOW else "") for k in range(len(groups))]
    going = True
    while going:
        going = False
        for group in range(len(groups)):
            within = [int(k) for k in groups.inside[group] if k != group and not found[k] and who[k] < who[group]]
            parts = [*([k] for k in within), [k for k in within if groups.parent[k] == group]]
            for part in parts:
                if not found[group] and part and 0 < len(who[group] - set().union(*(who[k] for k in part))) < HIDDEN_BELOW:
                    smallest = min(part, key=lambda k: (len(who[k]), k))
                    if not found[smallest]:
                        found[smallest], going = BESIDE_SMALL, True
    return found


class _Network:
    """The ties of one relation, said and seen, as pairs of rows of people in one number (the lower row × people + the higher)."""

    def __init__(self, snapshot: Snapshot, relation: int, least: float) -> None:
        asked, self._people = snapshot.asked, len(snapshot.people)
        self._asked, self._answered, self._name = asked.asked[relation], asked.answered[relation], asked.relation_names[relation]
        named = rows(asked, relation, least)
        self._from, self._to = asked.source[named].astype(np.int64), asked.target[named].astype(np.int64)
        blank = asked.blank[asked.blank[:, 0] == relation].astype(np.int64)
        self._blank = np.unique(blank[:, 1] * self._people + blank[:, 2])
        ties = snapshot.trust.ties()
        self._low, self._high = ties.i.astype(np.int64), ties.j.astype(np.int64)

    def of(self, group: int, inside: Bools, asked: int) -> Answers:
        """The measures of the persons `inside`, of whom so many were asked."""
        named = inside[self._from] & inside[self._to]
        source, target = self._from[named], self._to[named]
        both = self._told(source, target) & self._told(target, source)
        pairs, times = np.unique(self._pair(source, target)[both], return_counts=True)
        said = np.unique(self._pair(source, target))
        near = inside[self._low] & inside[self._high]
        near &= self._told(self._low, self._high) | self._told(self._high, self._low)
        seen = self._pair(self._low[near], self._high[near])
        common = len(np.intersect1d(said, seen))
        return Answers(
            group=group, relation=self._name, asked=asked, answered=int((self._answered & inside).sum()), named=len(source),
            mutual=_share(int((times > 1).sum()), len(pairs)), seen=_share(common, len(said)), said=_share(common, len(seen)),
        )  # fmt: skip

    def _told(self, one: Ints, other: Ints) -> Bools:
        """Whether each `one` answered and did not leave `other` out."""
        left_out: Bools = np.isin(one * self._people + other, self._blank)
        told: Bools = self._answered[one] & ~left_out
        return told

    def _pair(self, one: Ints, other: Ints) -> Ints:
        return np.minimum(one, other) * self._people + np.maximum(one, other)


def _share(part: int, of: int) -> float | None:
    return part / of if of >= ENOUGH else None


def told(line: Answers) -> str:
    """What a line says, in sentences for people."""
    if line.hidden:
        return _(line.hidden).capitalize() + "."
    parts = [_("{answered} of {asked} people answered ({share:.0%}).").format(answered=line.answered, asked=line.asked, share=line.response)]
    if line.low:
        parts.append(_("Fewer than half: read it with care."))
    if line.mutual is not None:
        parts.append(_("Of the pairs of whom one names the other, {share:.0%} name each other.").format(share=line.mutual))
    if line.seen is not None:
        parts.append(_("Exchange shows {share:.0%} of the pairs that were named too.").format(share=line.seen))
    if line.said is not None:
        parts.append(_("Of the pairs that exchange shows, {share:.0%} were named.").format(share=line.said))
    return " ".join(parts)
