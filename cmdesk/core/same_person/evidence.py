"""What speaks for and against two accounts being one person, in points that add up to a score. Texts name no value: they can be shown under pseudonyms."""

from __future__ import annotations

import math
from collections.abc import Mapping

import msgspec

from cmdesk.core.same_person.account import Account, mailbox
from cmdesk.core.same_person.comparing import likeness
from cmdesk.core.same_person.crowd import NONE, Crowd
from cmdesk.core.same_person.handles import handle_and_name, two_handles
from cmdesk.core.same_person.names import squeezed
from cmdesk.core.same_person.persons import CONTRADICTING
from cmdesk.core.text import N_

START = -2.6
"""Points before any evidence: two accounts that came together by chance are two people."""

_LIKENESS: Mapping[str, tuple[float, str]] = {
    "same": (4.4, N_("the same full name")),
    "reordered": (4.2, N_("the same full name in another order, spelling or script")),
    "alike": (3.3, N_("names that stand for each other: a short name, a slip or one name more")),
    "initial": (2.7, N_("the same name but for an initial")),
    "middle": (-0.5, N_("the same name but for the first given name and an initial")),
    "part": (1.0, N_("the one name that both give")),
    "given": (-2.2, N_("the same given name with another family name")),
    "family": (-2.0, N_("the same family name with another given name")),
    "differ": (-2.6, N_("different names")),
}
_HANDLES: Mapping[str, tuple[float, str]] = {
    "equal": (3.6, N_("the same handle")),
    "alias": (3.6, N_("a handle that the other tells beside the name")),
    "longer": (2.6, N_("the same handle with something before or behind it")),
    "site": (2.4, N_("a handle that is the domain of the other's address")),
    "near": (1.4, N_("a handle that differs in a sign or two")),
    "short": (1.6, N_("the same short handle")),
    "given": (0.6, N_("the same handle, which is a given name")),
    "both": (3.4, N_("a handle or address made of the other's name")),
    "initial": (3.0, N_("a handle made of an initial and a name of the other")),
    "within": (2.9, N_("a handle that holds the other's names")),
    "affixed": (2.8, N_("a handle made of the other's name, with something before or behind it")),
    "turned": (2.7, N_("a handle that sounds like the other's name, or is it backwards or in digits")),
    "alone": (2.4, N_("a handle that is or holds a name which only one account there has")),
    "initials": (2.3, N_("a handle made of all initials of the other")),
    "family": (2.7, N_("a handle that is a rare name of the other")),
    "pieces": (2.6, N_("a handle made of pieces of the other's names")),
    "start": (2.4, N_("a handle that begins a name of the other")),
    "long": (2.3, N_("a handle that holds a long, rare name of the other")),
    "some": (1.0, N_("a handle that holds a name of the other")),
}
_SPELLED: Mapping[str, str] = {"same": "both", "reordered": "both", "alike": "within", "initial": "initial"}
_SURE = frozenset({"both", "initial", "within", "pieces"})
_OF_ONE_NAME = frozenset({"family", "start", "long", "some"})
_PLACES: Mapping[str, tuple[float, float, str, str]] = {
    "unit": (0.8, -0.6, N_("the same unit"), N_("different units")),
    "organisation": (0.8, -0.7, N_("the same organisation"), N_("different organisations")),
    "place": (0.6, -0.6, N_("the same place"), N_("different places")),
    "role": (0.5, 0.0, N_("the same role"), ""),
}


class Evidence(msgspec.Struct, frozen=True, gc=False):
    """A reason: above 0 `points` it speaks for one person, below for two; `said` is an English message without names."""

    points: float
    said: str


def weigh(one: Account, other: Account, crowd: Crowd = NONE) -> list[Evidence]:
    """All reasons about two accounts, the weightiest first; `crowd` tells how common their names are."""
    found = [*_of_addresses(one, other), *_of_names(one, other, crowd), *_of_places(one, other)]
    if len(found) > 1:
        found.sort(key=lambda reason: (-abs(reason.points), reason.said))
    return found


def score(reasons: list[Evidence]) -> float:
    """From points to a score between 0 and 1: how surely they are one person."""
    return 1 / (1 + math.exp(-START - sum(reason.points for reason in reasons)))


def _of_addresses(one: Account, other: Account) -> list[Evidence]:
    if not one.address or not other.address:
        return []
    if one.address == other.address:
        if likeness(one.name, other.name) in CONTRADICTING:
            return [Evidence(5.0, N_("the same address, which may be a shared mailbox"))]
        return [Evidence(5.0, N_("the same address"))]
    if mailbox(one.address) == mailbox(other.address):
        return [Evidence(4.6, N_("the same mailbox, with another tag or other dots"))]
    if one.address.partition("@")[2] == other.address.partition("@")[2]:
        return [Evidence(-1.2, N_("two addresses at one domain"))]
    return []


def _of_names(one: Account, other: Account, crowd: Crowd) -> list[Evidence]:
    found, name = [], likeness(one.name, other.name)
    handle = "" if one.address and one.address == other.address else _handle(one, other, crowd, apart=name in CONTRADICTING)
    if name:
        points, said = _LIKENESS[name]
        if name == "differ" and not (one.name.full and other.name.full):
            points = -1.0
        found.append(Evidence(points, said))
        if points > 0 and crowd.sharing(one, other) > 1:
            found.append(Evidence(-3.0, N_("several accounts of one source have this name")))
    if handle:
        points, said = _HANDLES[handle]
        if name in ("same", "reordered", "alike", "initial"):
            points = points / 2  # a handle made of the name says the same once more
        found.append(Evidence(points, said))
        if handle in _OF_ONE_NAME and not name and (crowd.several_held(one, other) or crowd.several_held(other, one)):
            found.append(Evidence(-1.5, N_("several accounts of one source have the name that the handle holds")))
    return found


def _handle(one: Account, other: Account, crowd: Crowd, *, apart: bool) -> str:
    """The weightiest likeness of handles with handles and with names, "" for none. Of full names that stand `apart`, handles that are made of
    names say nothing that could outweigh it."""
    kinds = {two_handles(a, b) for a in one.called for b in other.called}
    if "equal" in kinds:
        return "equal"
    for holder, named in ((one, other), (other, one)) if one.aliases or one.site or other.aliases or other.site else ():
        kinds |= {_beside_the_name(handle, named) for handle in holder.handles}
    for holder, named in () if apart and one.name.full and other.name.full else ((one, other), (other, one)):
        kinds |= {handle_and_name(handle, named.name, named.forms) for handle in holder.handles}
        if holder.nick:
            kinds |= {handle_and_name(holder.nick, named.name, named.forms)} & _SURE
        if holder.spelled.full:
            kinds.add(_SPELLED.get(likeness(holder.spelled, named.name), ""))
        if not holder.name.words and named.name.words and crowd.alone(holder, named):
            kinds.add("alone")
    kinds.discard("")
    return max(kinds, key=lambda kind: _HANDLES[kind][0], default="")


def _beside_the_name(handle: str, named: Account) -> str:
    if handle in named.aliases:
        return "alias" if len(handle) > 4 else "short"
    return "site" if handle == named.site else ""


def _of_places(one: Account, other: Account) -> list[Evidence]:
    found = []
    for field in one.places.keys() & other.places.keys() if one.places and other.places else ():
        equal, differing, same, different = _PLACES[field]
        points, text = (equal, same) if one.places[field] == other.places[field] else (differing, different)
        if points:
            found.append(Evidence(points, text))
    if not one.facts.get("expertise") or not other.facts.get("expertise"):
        return found
    known = {squeezed(word) for word in one.facts.get("expertise") or ()} & {squeezed(word) for word in other.facts.get("expertise") or ()}
    return [*found, Evidence(0.5, N_("shared expertise"))] if known - {""} else found
