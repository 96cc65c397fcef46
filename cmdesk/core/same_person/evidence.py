"""What speaks for and against two accounts being one person, in points that add up to a score. Texts name no value: they can be shown under pseudonyms."""

from __future__ import annotations

import math
from collections.abc import Mapping

import msgspec

from cmdesk.core.same_person.account import Account, mailbox, plain
from cmdesk.core.same_person.comparing import likeness
from cmdesk.core.same_person.names import squeezed
from cmdesk.core.same_person.nicknames import interchangeable, is_given
from cmdesk.core.same_person.persons import CONTRADICTING
from cmdesk.core.text import N_

START = -2.6
"""Points before any evidence: two accounts that came together by chance are two people."""

_LIKENESS: Mapping[str, tuple[float, str]] = {
    "same": (4.4, N_("the same full name")),
    "reordered": (4.2, N_("the same full name in another order, spelling or script")),
    "alike": (3.3, N_("names that stand for each other: a short name, a slip or one name more")),
    "initial": (2.7, N_("the same name but for an initial")),
    "part": (1.0, N_("the one name that both give")),
    "given": (-2.2, N_("the same given name with another family name")),
    "family": (-2.0, N_("the same family name with another given name")),
    "differ": (-2.6, N_("different names")),
}
_HANDLES: Mapping[str, tuple[float, str]] = {
    "equal": (3.6, N_("the same handle")),
    "near": (1.4, N_("a handle that differs in a sign or two")),
    "short": (1.6, N_("the same short handle")),
    "given": (0.6, N_("the same handle, which is a given name")),
    "both": (3.4, N_("a handle made of the other's name")),
    "initial": (3.0, N_("a handle made of an initial and a name of the other")),
    "within": (2.9, N_("a handle that holds the other's names")),
    "family": (2.7, N_("a handle that is a rare name of the other")),
    "pieces": (2.6, N_("a handle made of pieces of the other's names")),
    "start": (2.4, N_("a handle that begins a name of the other")),
    "long": (2.3, N_("a handle that holds a long, rare name of the other")),
    "some": (1.0, N_("a handle that holds a name of the other")),
}
_SPELLED: Mapping[str, str] = {"same": "both", "reordered": "both", "alike": "within", "initial": "initial"}
_SURE = frozenset({"both", "initial", "within", "pieces"})
_PLACES = (
    ("unit", 0.8, -0.6, N_("the same unit"), N_("different units")), ("organisation", 0.8, -0.7, N_("the same organisation"), N_("different organisations")),
    ("place", 0.6, -0.6, N_("the same place"), N_("different places")), ("role", 0.5, 0.0, N_("the same role"), ""),
)  # fmt: skip


class Evidence(msgspec.Struct, frozen=True, gc=False):
    """A reason: above 0 `points` it speaks for one person, below for two; `said` is an English message without names."""

    points: float
    said: str


def weigh(one: Account, other: Account, sharing: int = 1) -> list[Evidence]:
    """All reasons about two accounts, the weightiest first. `sharing`: how many accounts of one source have the name that both have."""
    found = [*_of_addresses(one, other), *_of_names(one, other, sharing), *_of_places(one, other)]
    return sorted(found, key=lambda reason: (-abs(reason.points), reason.said))


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


def _of_names(one: Account, other: Account, sharing: int) -> list[Evidence]:
    found, name = [], likeness(one.name, other.name)
    handle = "" if one.address and one.address == other.address else _handle(one, other, apart=name in ("differ", "given", "family"))
    if name:
        points, said = _LIKENESS[name]
        if name == "differ" and not (one.name.full and other.name.full):
            points = -1.0
        found.append(Evidence(points, said))
        if sharing > 1 and points > 0:
            found.append(Evidence(-3.0, N_("several accounts of one source have this name")))
    if handle:
        points, said = _HANDLES[handle]
        if name in ("same", "reordered", "alike", "initial"):
            points = points / 2  # a handle made of the name says the same once more
        found.append(Evidence(points, said))
    return found


def _handle(one: Account, other: Account, *, apart: bool) -> str:
    """The weightiest likeness of handles with handles and with names, "" for none. Of full names that stand `apart`, handles that are made of
    names say nothing that could outweigh it."""
    kinds = {_two_handles(a, b) for a in one.called for b in other.called}
    if "equal" in kinds:
        return "equal"
    for holder, named in () if apart and one.name.full and other.name.full else ((one, other), (other, one)):
        forms = named.forms
        kinds |= {_handle_and_name(handle, named, forms) for handle in holder.handles}
        if holder.nick:
            kinds |= {_handle_and_name(holder.nick, named, forms)} & _SURE
        if holder.spelled.full:
            kinds.add(_SPELLED.get(likeness(holder.spelled, named.name), ""))
    kinds.discard("")
    return max(kinds, key=lambda kind: _HANDLES[kind][0], default="")


def _two_handles(a: str, b: str) -> str:
    if a == b:
        return "given" if is_given(a) else "equal" if len(a) > 4 else "short"
    if len(a) < 7 or len(b) < 7 or abs(len(a) - len(b)) > 1:
        return ""
    from rapidfuzz.distance import DamerauLevenshtein

    return "near" if DamerauLevenshtein.distance(a, b, score_cutoff=1) <= 1 else ""


def _handle_and_name(handle: str, named: Account, forms: Mapping[str, str]) -> str:
    if handle in forms:
        return forms[handle]
    words = named.name.words
    long = [word for word in words if len(word) > 2 and word in handle]
    if len(long) > 1 and sum(map(len, long)) > 6:
        return "within"
    if not named.name.full:
        return ""
    if any(len(last) > 3 and handle.endswith(last) and interchangeable(handle.removesuffix(last), words[0]) for last in words[1:]):
        return "within"
    if any(_beside_initials(handle, word, words) for word in long):
        return "initial"
    if len(handle) > 5 and (_in_pieces(handle, words[0], words[-1]) or _in_pieces(handle, words[-1], words[0])):
        return "pieces"
    if _begun(handle, words):
        return "start"
    if len(handle) > 3 and handle in (words[0], words[-1]) and not is_given(handle):
        return "start"
    rare = [len(word) for word in long if len(word) > 4 and not is_given(word)]
    return ("long" if max(rare) > 6 else "some") if rare else ""


def _beside_initials(handle: str, word: str, words: tuple[str, ...]) -> bool:
    """A name between a few letters, one of which is the initial of another name; or right behind that initial at the beginning."""
    before, after = handle.split(word, 1)
    initials = {other[0] for other in words if other != word}
    few = len(before) < 3 and len(after) < 3 and bool(initials & set(before + after))
    return len(word) > 3 and (few or before in initials)


def _begun(handle: str, words: tuple[str, ...]) -> bool:
    """The beginning of a name, or an initial with the beginning of another name: abhi, dtenenba."""
    if is_given(handle) or len(handle) < 4:
        return False
    first, last = words[0], words[-1]
    if any(word.startswith(handle) and word != handle for word in (first, last)):
        return True
    return len(handle) > 4 and any(a[0] == handle[0] and b.startswith(handle[1:]) for a, b in ((first, last), (last, first)))


def _in_pieces(handle: str, first: str, last: str) -> bool:
    """The beginning of one name and then that of the other, or three of its letters in order: tylmoss, danneu, andytlr."""
    for cut in range(2, len(handle) - 1):
        begin, rest = handle[:cut], handle[cut:]
        if not first.startswith(begin):
            return False
        if last.startswith(rest) and max(cut, len(rest)) > 2:
            return True
        signs = iter(last)
        if cut > 2 and len(rest) > 2 and rest[0] == last[0] and all(sign in signs for sign in rest):
            return True
    return False


def _of_places(one: Account, other: Account) -> list[Evidence]:
    found = []
    for field, equal, differing, same, different in _PLACES:
        said, answered = one.facts.get(field), other.facts.get(field)
        if not said or not answered:
            continue
        a, b = plain(str(said)), plain(str(answered))
        points, text = (equal, same) if a == b else (differing, different)
        if a and b and points:
            found.append(Evidence(points, text))
    if not one.facts.get("expertise") or not other.facts.get("expertise"):
        return found
    known = {squeezed(word) for word in one.facts.get("expertise") or ()} & {squeezed(word) for word in other.facts.get("expertise") or ()}
    return [*found, Evidence(0.5, N_("shared expertise"))] if known - {""} else found
