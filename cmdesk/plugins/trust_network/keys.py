"""What a colour and a shape of a person mean: one key for each department, group, circle, verdict or role, the largest first.

The eye tells twelve colours apart; the thirteenth key has the first colour again with another shape, so that colour and shape together are unique.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from cmdesk.api import _, palette, visibility

from .naming import shown_name

if TYPE_CHECKING:
    from cmdesk.api import Bools, Index

    from .choice import Colour
    from .facts import Facts

SHAPES = ("circle", "square", "diamond", "triangle")
_VERDICTS = ("fits", "partly", "not_yet", "no_verdict")


class Key(NamedTuple):
    """A line of the legend: its colour (a token), its shape, its words, and how many people have it."""

    colour: str
    shape: str
    words: str
    people: int


def of(facts: Facts, colour: Colour) -> tuple[tuple[Key, ...], Index]:
    """The keys in use and each person's row of them; the last key is for the rest."""
    number, words = numbers(facts, colour)
    looks = [(colour_of(k), shape_of(k)) for k in range(len(words))]
    if colour == "verdict":
        looks = [(name, SHAPES[k]) for k, name in enumerate(_VERDICTS)]
    beyond = palette.UNITS * len(SHAPES)
    row = np.where((number < 0) | (number >= beyond), min(len(words), beyond), number).astype(np.int32)
    inside = facts.found.label >= 0
    count = np.bincount(row[inside], minlength=min(len(words), beyond) + 1).tolist()
    keys = [Key(*look, shown_name(word), count[k]) for k, (look, word) in enumerate(zip(looks[:beyond], words, strict=False))]
    return (*keys, Key("unit0", "circle", rest(facts, colour), count[-1])), row


def colour_of(number: int) -> str:
    """The token of the key with that number."""
    return palette.unit(number % palette.UNITS) if number >= 0 else palette.unit(-1)


def shape_of(number: int) -> str:
    """The shape of the key with that number."""
    return SHAPES[number // palette.UNITS % len(SHAPES)] if number >= 0 else SHAPES[0]


def rest(facts: Facts, colour: str) -> str:
    """The words of everybody who has no key."""
    if colour == "unit" and not facts.units:
        return _("not known: import a spreadsheet of people with their department")
    return {
        "unit": _("not known, or fewer than 5 people"), "group": _("in no group that may be shown"), "circle": _("other circles"),
        "verdict": _("in no assessed group"), "role": _("other, or not stated"),
    }[colour]  # fmt: skip


def members(facts: Facts, field: str, value: str) -> Bools:
    """Who has that value: of a department, group or role its name, of a circle its number."""
    number, words = numbers(facts, field)
    at = [k for k, word in enumerate(words) if word == value]
    return np.isin(number, at)


def values(facts: Facts, field: str) -> Sequence[str]:
    """What a filter of that field can be set to."""
    return numbers(facts, field)[1]


def numbers(facts: Facts, field: str) -> tuple[Index, tuple[str, ...]]:
    """Everybody's value of that field as a number, the largest first (−1: none that may be shown), and the words of each."""
    if field == "unit":
        return facts.unit, facts.units
    if field == "circle":
        shown = int((~facts.found.small).sum())  # circles are numbered by size: the small ones come last
        label = facts.found.label
        return np.where(label < shown, label, -1).astype(np.int32), tuple(str(k + 1) for k in range(shown))
    if field == "group":
        return _by_size(facts.group, facts.snapshot.groups.name)
    if field == "verdict":
        ids = facts.snapshot.groups.id.tolist()
        of_group = [_VERDICTS.index(facts.verdicts[id]) if id in facts.verdicts else -1 for id in ids] + [-1]
        return np.array(of_group, np.int32)[facts.group], (_("Fits"), _("Partly"), _("Not yet"), _("No verdict"))
    return _roles(facts)


def _roles(facts: Facts) -> tuple[Index, tuple[str, ...]]:
    people = facts.snapshot.people
    stated = [facts.roles.get(id, "") for id in people.id.tolist()]
    for row in np.flatnonzero(people.is_moderator):
        stated[row] = stated[row] or _("moderator")
    for row in np.flatnonzero(people.is_leader):
        stated[row] = stated[row] or _("leader")
    names = sorted({role for role in stated if role})
    at = {name: k for k, name in enumerate(names)}
    return _by_size(np.array([at.get(role, -1) for role in stated], np.int32), tuple(names))


def _by_size(number: Index, names: Sequence[str]) -> tuple[Index, tuple[str, ...]]:
    """Numbered anew from the largest; values of fewer than five people are not told apart."""
    count = np.bincount(number[number >= 0], minlength=len(names))
    order = [k for k in np.argsort(-count, kind="stable").tolist() if count[k] >= visibility.HIDDEN_BELOW]
    rank = np.full(len(names) + 1, -1, np.int32)
    rank[order] = np.arange(len(order))
    return rank[number], tuple(names[k] for k in order)
