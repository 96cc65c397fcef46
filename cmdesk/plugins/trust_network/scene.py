"""What is drawn now: the facts cut to one choice. Arrays only; making one takes milliseconds, so it is made anew for every change."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

import msgspec
import numpy as np

from cmdesk.api import arrangement, visibility

from . import keys, standing_out
from .choice import Choice
from .facts import TIE, Facts
from .keys import Key
from .naming import shown_name
from .strengths import Ties

if TYPE_CHECKING:
    from cmdesk.api import Bools, Floats, Index, Ints, arrangement as _arrangement


class Counts(NamedTuple):
    """What is on the screen and what is not: people and ties drawn, people without a tie, filtered out, in circles of fewer than five; ties below the
    threshold, ties of people who are not drawn, ties whose weight was no number."""

    people: int
    ties: int
    every_tie: int
    loose: int
    filtered: int
    small: int
    below: int
    hidden_ties: int
    unfit: int


@dataclass(frozen=True, eq=False)
class Scene:
    """`place`: people's places (nan: not drawn); `ties`: those drawn; `key`: each person's row of `keys`; `size`: each person's radius as a factor;
    `bands`: trust between circles over the drawn ties; `names`: whether labels are names."""

    facts: Facts
    choice: Choice
    place: Floats
    drawn: Bools
    ties: Ties
    bands: _arrangement.Bands
    keys: tuple[Key, ...]
    key: Index
    size: Floats
    counts: Counts
    names: bool

    @cached_property
    def rows(self) -> Index:
        """The people drawn."""
        return np.flatnonzero(self.drawn).astype(np.int32)

    @cached_property
    def places(self) -> Floats:
        """Where they stand."""
        return self.place[self.rows]

    @cached_property
    def _sides(self) -> tuple[Ints, Index, Index]:
        end, other = np.concatenate([self.ties.i, self.ties.j]), np.concatenate([self.ties.j, self.ties.i])
        order = np.argsort(end, kind="stable")
        start = np.searchsorted(end[order], np.arange(self.facts.persons + 1))
        return start, other[order], (order % max(len(self.ties.i), 1)).astype(np.int32)

    def neighbours(self, person: int) -> Index:
        """The other ends of a person's drawn ties."""
        start, other, _row = self._sides
        return other[start[person] : start[person + 1]]

    def ties_of(self, person: int) -> Index:
        """The rows of `ties` at a person."""
        start, _other, row = self._sides
        return row[start[person] : start[person + 1]]

    def around(self, people: Index | Any, depth: int) -> Bools:
        """Who is within so many steps of `people`, themselves included."""
        reached = np.zeros(self.facts.persons, np.bool_)
        reached[people] = True
        for _step in range(depth):
            near = reached[self.ties.i] | reached[self.ties.j]
            reached[self.ties.i[near]] = reached[self.ties.j[near]] = True
        return reached & self.drawn

    def label(self, person: int) -> str:
        """What to call a person on this screen."""
        people = self.facts.snapshot.people
        return shown_name(people.name[person] if self.names else people.code[person])

    @cached_property
    def row_of(self) -> dict[int, int]:
        """The row of each member's id."""
        return {int(id): row for row, id in enumerate(self.facts.snapshot.people.id.tolist())}

    @cached_property
    def heaps(self) -> list[tuple[int, Floats]]:
        """For each key with five or more people the middle of the half of them that stand closest together."""
        found = []
        for number in range(len(self.keys) - 1):
            at = self.place[self.rows[self.key[self.rows] == number]]
            if len(at) >= visibility.HIDDEN_BELOW:
                far = ((at - np.median(at, axis=0)) ** 2).sum(axis=1)
                found.append((number, at[np.argsort(far, kind="stable")[: len(at) // 2]].mean(axis=0)))
        return found

    def chosen(self) -> Index:
        """The rows of the selected people that are drawn."""
        rows = [self.row_of[id] for id in self.choice.selected if id in self.row_of]
        return np.array([row for row in rows if self.drawn[row]], np.int32)

    def reselected(self, choice: Choice) -> Scene:
        """The same picture with another selection, depth or place; what was worked out for it is kept."""
        found = replace(self, choice=choice)
        found.__dict__.update({name: value for name, value in self.__dict__.items() if name in _WORKED_OUT})
        return found

    @cached_property
    def told(self) -> tuple[int, ...]:
        """The circles that the legend speaks of."""
        return standing_out.circles(self)

    def box(self) -> tuple[float, float, float, float]:
        """Left, top, right and bottom of what is drawn."""
        if self.choice.layout == "circles" or not self.drawn.any():
            return self.facts.found.box()
        at = self.place[self.drawn]
        low, high = at.min(axis=0) - 1.0, at.max(axis=0) + 1.0
        return float(low[0]), float(low[1]), float(high[0]), float(high[1])


_WORKED_OUT = ("rows", "places", "_sides", "row_of", "heaps", "told")


def same_picture(one: Choice, other: Choice) -> bool:
    """True if two choices differ in what is selected or looked at only."""
    looked = {"selected": (), "depth": 1, "centre": (0.0, 0.0), "scale": 0.0}
    return msgspec.structs.replace(one, **looked) == msgspec.structs.replace(other, **looked)


def compose(facts: Facts, choice: Choice, names: bool) -> Scene:
    """Cut the facts to a choice."""
    label = facts.found.label
    counted = facts.snapshot.people.counted
    tied = counted & (label >= 0)
    small = tied & facts.found.small[label] if len(facts.found.size) else tied
    wanted = _wanted(facts, choice)
    drawn = tied & ~small & wanted
    stand = facts.free if choice.layout == "free" and facts.free is not None else facts.found.place
    place = np.where(drawn[:, None], stand, np.nan)
    above = facts.every.weight >= choice.threshold - 1e-12
    both = drawn[facts.every.i] & drawn[facts.every.j]
    ties = facts.every.only(above & both)
    legend, key = keys.of(facts, choice.colour)
    counts = Counts(
        people=int(drawn.sum()), ties=len(ties.i), every_tie=len(facts.every.i), loose=int((counted & (label < 0)).sum()),
        filtered=int((tied & ~small & ~wanted).sum()), small=int(small.sum()), below=int((~above).sum()), hidden_ties=int((above & ~both).sum()),
        unfit=facts.every.unfit,
    )  # fmt: skip
    bands = arrangement.between(np.where(drawn, label, -1), *facts.every.only(above)[:3])
    return Scene(facts, choice, place, drawn, ties, bands, legend, key, _sizes(facts, choice, names, ties), counts, names)


def first_choice(facts: Facts, choice: Choice) -> Choice:
    """The choice with what these facts suggest: the threshold from which their kind of trust counts as a tie."""
    return msgspec.structs.replace(choice, trust=facts.trust, threshold=TIE.get(facts.trust, 0.0))


def _wanted(facts: Facts, choice: Choice) -> Bools:
    keep = np.ones(facts.persons, np.bool_)
    for field in {one.field for one in choice.filters}:
        some = np.zeros(facts.persons, np.bool_)
        for one in choice.filters:
            if one.field == field:
                some |= keys.members(facts, field, one.value)
        keep &= some
    return keep


def _sizes(facts: Facts, choice: Choice, names: bool, ties: Ties) -> Floats:
    """Radii as factors of the usual one. With names shown all people are drawn alike: a name and a measure never stand together."""
    plain = np.ones(facts.persons)
    if names or choice.size == "none":
        return plain
    if choice.size == "contacts":
        much = np.bincount(np.concatenate([ties.i, ties.j]), minlength=facts.persons)
    else:
        recent = facts.snapshot.posts.at > facts.snapshot.since
        much = np.bincount(facts.snapshot.posts.author[recent], minlength=facts.persons)
    return np.asarray(0.6 + 1.2 * np.sqrt(much / max(int(much.max(initial=1)), 1)))
