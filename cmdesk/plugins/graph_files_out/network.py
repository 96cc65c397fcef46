"""The community as a network to write: who stands in it, with which attributes, and the ties."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import msgspec

from cmdesk.api import CmdeskError, _

if TYPE_CHECKING:
    from cmdesk.api import Snapshot

TIES = ("", "trust", "stated")
TEXTS = ("label", "unit", "organisation", "place", "groups")
NUMBERS = ("contacts", "posts", "trust_sum")
_ILLEGAL = dict.fromkeys((*range(9), 11, 12, *range(14, 32), 65534, 65535, *range(55296, 57344)))


class NetworkOptions(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`ties`: trust (relational trust R, both ways alike) or stated (as surveys and network files say, one way each unless all hold both ways); "" is trust where there is
    any. `names`: follows --names; measures of persons are written under pseudonyms only."""

    ties: str = ""
    names: bool = False


class Member(msgspec.Struct, frozen=True):
    """A person: `texts` by TEXTS, `numbers` by NUMBERS (none with names)."""

    key: str
    texts: dict[str, str]
    numbers: dict[str, float]


class Network(msgspec.Struct, frozen=True):
    """Members in order; ties as (row, row, weight, relation) of members."""

    title: str
    directed: bool
    members: list[Member]
    ties: list[tuple[int, int, float, str]]


def gathered(snapshot: Snapshot, options: NetworkOptions) -> Network:
    """What is to be written. CmdeskError for kinds of ties that are not known."""
    import numpy as np

    if options.ties not in TIES:
        raise CmdeskError(_("There are no ties “{name}”.").format(name=options.ties), _("There are: {names}.").format(names="trust, stated"))
    people = snapshot.people
    rows = [int(row) for row in np.flatnonzero(people.counted)]
    if not options.names:
        rows.sort(key=lambda row: people.code[row])  # the order of a file must not tell who it is
    place = {row: number for number, row in enumerate(rows)}
    trusted = [(int(i), int(j), float(r), "trust") for i, j, r, tie in zip(snapshot.trust.i, snapshot.trust.j, snapshot.trust.r, snapshot.trust.tie, strict=True) if tie]
    stated = options.ties == "stated" or (not options.ties and not trusted and len(snapshot.stated_ties.source) > 0)
    ties = list(_stated(snapshot)) if stated else trusted
    kept = [(place[i], place[j], weight, relation) for i, j, weight, relation in ties if i in place and j in place]
    one_way = stated and not _mutual(kept)
    if not one_way:
        kept = [tie for tie in kept if tie[0] < tie[1] or not stated]
    return Network("" if not options.names else clean(snapshot.community), one_way, _members(snapshot, rows, kept, options.names), kept)


def _mutual(ties: list[tuple[int, int, float, str]]) -> bool:
    """True if every tie stands both ways alike: then none has a direction."""
    there = Counter(ties)
    return all(there[j, i, weight, relation] == n for (i, j, weight, relation), n in there.items())


def _stated(snapshot: Snapshot) -> Iterator[tuple[int, int, float, str]]:
    ties = snapshot.stated_ties
    for source, target, relation, weight in zip(ties.source, ties.target, ties.relation, ties.weight, strict=True):
        yield int(source), int(target), float(weight), clean(ties.relation_names[relation]) if relation >= 0 else ""


def _members(snapshot: Snapshot, rows: list[int], ties: list[tuple[int, int, float, str]], names: bool) -> list[Member]:
    import numpy as np

    from cmdesk.api import suppression

    people, groups, hidden = snapshot.people, snapshot.groups, suppression.reasons(snapshot)
    held: dict[int, list[str]] = {row: [] for row in rows}
    for number in range(1, len(groups)):
        roster = [int(row) for row in groups.roster[number]]
        if names or not hidden[number]:
            for row in roster:
                if row in held:
                    held[row].append(clean(groups.name[number]).replace(";", ","))
    contacts: list[set[int]] = [set() for _row in rows]
    sums = [0.0] * len(rows)
    for i, j, weight, _relation in ties:
        for one, other in ((i, j), (j, i)):
            contacts[one].add(other)
            sums[one] += weight
    posts = np.bincount(snapshot.posts.author[snapshot.posts.author >= 0], minlength=len(people))
    columns = {name: _column(getattr(people, name), getattr(people, f"{name}_names"), rows, names) for name in ("unit", "organisation", "place")}
    members: list[Member] = []
    for number, row in enumerate(rows):
        label = people.code[row] if not names else "" if people.name[row] == people.code[row] else clean(people.name[row])
        texts = {"label": label, **{name: column[number] for name, column in columns.items()}, "groups": "; ".join(held[row])}
        numbers = {} if names else {"contacts": len(contacts[number]), "posts": int(posts[row]), "trust_sum": round(sums[number], 6)}
        members.append(Member(clean(people.ref[row]) if names else people.code[row], texts, numbers))
    return members


def _column(index: Any, words: tuple[str, ...], rows: list[int], names: bool) -> list[str]:
    """What each person belongs to; under pseudonyms nothing that too few share."""
    from cmdesk.api import visibility

    counts: dict[int, int] = {}
    for row in rows:
        counts[int(index[row])] = counts.get(int(index[row]), 0) + 1
    return [clean(words[k]) if (k := int(index[row])) >= 0 and (names or counts[k] >= visibility.HIDDEN_BELOW) else "" for row in rows]


def clean(text: str) -> str:
    """Text without what XML cannot hold."""
    return " ".join(text.translate(_ILLEGAL).split())
