"""A gap between two sets of people, such as two departments: what bridges it now, and how many people could. Never who."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
import numpy as np

from cmdesk.api import _, ngettext, wording

from .circle import tied_only
from .telling import HIDDEN_BELOW, Naming, Section, Told, too_few

if TYPE_CHECKING:
    from cmdesk.api import Index, Ints, Snapshot

    from ..strengths import Ties


class Gap(msgspec.Struct, frozen=True, kw_only=True):
    """Between two sets of people: `ties` across of `pairs`, the `trust` of these together, how many people on each side have one (`here`, `there`);
    `held`: two of the ties share no person; `expected`: ties across if all ties of these people were mixed at random (None: no tie);
    `both`: people in both sets; `shared_groups`; `able`: people, of both sides, who have no tie across and share a contact with somebody over there."""

    ties: int
    pairs: int
    trust: float
    here: int
    there: int
    held: bool
    expected: float | None
    both: int
    shared_groups: int
    able: int


def between(snapshot: Snapshot, one: Index | Ints, other: Index | Ints, given: Ties | None = None) -> Gap:
    """What lies between `one` and `other` (rows of people). People in both are on neither side. `given`: ties of another kind than relational trust."""
    counted = snapshot.people.counted
    side = np.zeros(len(snapshot.people), np.int8)
    both = np.intersect1d(one, other)
    side[np.setdiff1d(one, both)] = 1
    side[np.setdiff1d(other, both)] = 2
    side[~counted] = 0
    ties = tied_only(snapshot, given)
    i, j = ties.i, ties.j
    across = side[i] * side[j] == 2  # 1 × 2
    inside = (side[i] > 0) & (side[j] > 0)
    i, j = np.where(side[i] == 1, i, j)[across], np.where(side[i] == 1, j, i)[across]
    many = int((side == 1).sum()), int((side == 2).sum())
    pairs, people = many[0] * many[1], sum(many)
    expected = float(inside.sum()) * pairs / (people * (people - 1) / 2) if inside.any() and people > 1 else None
    held = bool(len(i)) and bool(((i[0] != i) & (j[0] != j)).any() or _crossed(i, j))
    return Gap(
        ties=len(i), pairs=pairs, trust=float(ties.weight[across].sum()), here=len(np.unique(i)), there=len(np.unique(j)), held=held,
        expected=expected, both=int(counted[both].sum()) if len(both) else 0, shared_groups=_shared_groups(snapshot, side),
        able=_able(ties, side, np.concatenate([i, j])),
    )  # fmt: skip


def _crossed(i: Index, j: Index) -> bool:
    """Two ties that share no person, among ties that all share one with the first: (a–x is first) a–y and b–x."""
    by_i, by_j = j[i == i[0]], i[j == j[0]]
    by_i, by_j = by_i[by_i != j[0]], by_j[by_j != i[0]]
    return bool(len(by_i)) and bool(len(by_j))


def _shared_groups(snapshot: Snapshot, side: np.ndarray[tuple[int], np.dtype[np.int8]]) -> int:
    """Groups, the root left out, that have members of both sides."""
    found = 0
    for group in range(1, len(snapshot.groups)):
        sides = side[snapshot.groups.roster[group]]
        found += bool((sides == 1).any() and (sides == 2).any())
    return found


def _able(ties: Ties, side: np.ndarray[tuple[int], np.dtype[np.int8]], bridging: Index) -> int:
    """People without a tie across who have a tie with somebody who has a tie with the other side."""
    persons = len(side)
    reach = np.zeros((3, persons), np.bool_)  # who has a tie with side 1, with side 2
    for number in (1, 2):
        reach[number, ties.i[side[ties.j] == number]] = True
        reach[number, ties.j[side[ties.i] == number]] = True
    near = np.zeros((3, persons), np.bool_)  # who has a tie with such a person
    for number in (1, 2):
        near[number, ties.i[reach[number, ties.j]]] = True
        near[number, ties.j[reach[number, ties.i]]] = True
    could = ((side == 1) & near[2]) | ((side == 2) & near[1])
    could[bridging] = False
    return int(could.sum())


def tell(naming: Naming, one: Index | Ints, other: Index | Ints, titles: tuple[str, str], ties: Ties | None = None) -> Told:
    """The sheet on the gap between two sets of people called `titles`."""
    title = _("Between {one} and {other}").format(one=titles[0], other=titles[1])
    counted = naming.snapshot.people.counted
    if not naming.enough:
        return Told(title=title, sections=(too_few(),))
    if min(int(counted[one].sum()), int(counted[other].sum())) < HIDDEN_BELOW:
        return Told(title=title, sections=(Section(sentences=(_("Not shown: one of the two has fewer than five people."),)),))
    gap = between(naming.snapshot, one, other, ties)
    return Told(title=title, subtitle=_verdict(gap), sections=(_now(gap), _could(gap)))


def _verdict(gap: Gap) -> str:
    if not gap.ties:
        return _("No tie bridges the gap")
    if gap.here == 1 or gap.there == 1:
        return _("Everything goes through one person")
    return _("Held by more than one pair of people") if gap.held else _("Held by one pair of people")


def _now(gap: Gap) -> Section:
    facts = [(_("Ties across"), _("{n} of {all} possible").format(n=wording.count(gap.ties), all=wording.count(gap.pairs)))]
    if gap.ties:
        facts.append((_("Their trust together"), wording.decimal(gap.trust, 1)))
        facts.append((_("People who hold them"), _("{here} on one side, {there} on the other").format(here=gap.here, there=gap.there)))
    if gap.expected is not None:
        facts.append((_("If all mixed at random"), ngettext("{n} tie", "{n} ties", round(gap.expected)).format(n=wording.count(round(gap.expected)))))
    facts.append((_("Groups with people of both"), wording.count(gap.shared_groups)))
    if gap.both:
        facts.append((_("People in both"), wording.count(gap.both)))
    return Section(title=_("What bridges it"), facts=tuple(facts))


def _could(gap: Gap) -> Section:
    if gap.able:
        said = ngettext(
            "{n} person without a tie across shares a contact with the other side.", "{n} people without a tie across share a contact with the other side.", gap.able
        ).format(n=wording.count(gap.able))  # fmt: skip
    else:
        said = _("Nobody else shares a contact with the other side yet: a meeting or a shared group comes first.")
    return Section(title=_("Who could"), sentences=(said, _("Only how many is told, not who.")))
