"""From nodes and edges to people, groups, memberships and stated ties, with every record accounted for."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import msgspec

from cmdesk.api import N_, CmdeskError, Group, Membership, Origin, Person, Record, StatedTie, _

from .model import Edge, Options, Part, Vertex

if TYPE_CHECKING:
    from cmdesk.api import Source

_PACK = msgspec.msgpack.Encoder().encode
SELF_TIE = "tie_to_oneself"
NOTHING = "weight_zero_or_less"
N_("weight zero or less")  # as the rule is shown
_NUMBER = re.compile(r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d{1,3})?")
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
_FIELDS = {
    "name": ("name", "full name", "fullname", "label", "naam"), "email": ("email", "e-mail", "mail", "email address", "e-mailadres"),
    "handle": ("handle", "username", "user name", "login", "gebruikersnaam"), "unit": ("unit", "department", "dept", "division", "afdeling"),
    "role": ("role", "job title", "title", "function", "functie"), "organisation": ("organisation", "organization", "company", "organisatie"),
    "place": ("place", "location", "city", "office", "plaats"),
}  # fmt: skip
_GROUPS = ("group", "groups", "team", "groep", "partition", "cluster", "community", "modularity class", "club")
_FIELD_OF = {name: role for role, names in _FIELDS.items() for name in names}
_EPOCH = 100_000_000  # seconds: 1973; smaller numbers count from the start of a study


@lru_cache(maxsize=1 << 16)
def tidy(text: str) -> str:
    """Text without blanks around and in rows, in one Unicode form."""
    return " ".join((text if text.isascii() else unicodedata.normalize("NFC", text)).split())


def origin(options: Options) -> Origin:
    """Where the facts come from. CmdeskError if `adds_to` names no export."""
    if options.adds_to:
        platform, colon, key = (part.strip() for part in options.adds_to.partition(":"))
        if not (platform and colon and key):
            raise CmdeskError(_("“{name}” does not name an export.").format(name=options.adds_to), _("Write platform:key, such as adds_to=slack:T0123456."))
        return Origin(platform=platform, key=key)
    name = options.source.strip() or "network"
    return Origin(platform="network", key=name, title=name)


class Facts:
    """States what the parts of one file say. An edge may stand before its nodes: it waits, packed, until the file is read; how many may wait
    is limited, as is the number of nodes."""

    def __init__(self, source: Source, name: str, options: Options, zone: str = "") -> None:
        self._source, self._name, self._options = source, name, options
        self.zone, self.directed = zone, options.directed
        self._known: dict[str, bool] = {}  # key of a node → is it a group?
        self._groups: set[str] = set()
        self._waiting: list[bytes] = []
        self._untimed = self._clockless = False

    def read(self, parts: Iterable[Part]) -> Iterator[Record]:
        """All facts of the file."""
        for part in parts:
            if isinstance(part, Edge):
                if part.source in self._known and part.target in self._known:
                    yield from self._edge(part)
                else:
                    self._wait(part)
            elif isinstance(part, Vertex):
                yield from self._vertex(part)
            else:
                self._source.use(part.records)
                yield from self._belongs(part.person, part.group, part.name)
        unpack = msgspec.msgpack.Decoder(Edge).decode
        for edge in map(unpack, self._waiting):
            if edge.source in self._known and edge.target in self._known:
                yield from self._edge(edge)
            else:
                self._source.set_aside(edge.place, N_("the edge names a node that the file does not hold"), edge.records)

    def _wait(self, edge: Edge) -> None:
        self._waiting.append(_PACK(edge))
        count = len(self._waiting)
        self._source.within("graph_waiting", count, _("{name} holds {count:,} edges before their nodes").format(name=self._name, count=count))

    def _vertex(self, node: Vertex) -> Iterator[Record]:
        key = tidy(node.key)
        if not key:
            self._source.set_aside(node.place, N_("the node has no id"), node.records)
            return
        self._source.use(node.records)
        if node.key in self._known:
            self._source.set_aside(node.place, N_("this node stands in the file twice; both count as one"), 0)
        self._known[node.key] = node.group
        count = len(self._known)
        self._source.within("graph_nodes", count, _("{name} holds {count:,} nodes").format(name=self._name, count=count))
        if node.group:
            yield from self._group(key, tidy(node.label) or key)
            return
        said = dict.fromkeys(_FIELDS, "")
        groups: list[tuple[str, str]] = []
        for name, value in node.attributes.items():
            plain = tidy(name.replace("_", " ")).lower()
            if (role := _FIELD_OF.get(plain)) and not said[role]:
                said[role] = tidy(value)
            elif plain in _GROUPS and tidy(value) not in ("", "null"):
                groups += [(tidy(name), group) for group in map(tidy, re.split(r"[;|\n]", value)) if group]
        email = said["email"].lower() or (key.lower() if _EMAIL.fullmatch(key) else "")
        yield Person(
            key=key, name=tidy(node.label) or said["name"], email=email if _EMAIL.fullmatch(email) else "", handle=said["handle"], unit=said["unit"],
            role=said["role"], place=said["place"], organisation=said["organisation"], joined=self._time(node.begin, node.place),
            left=self._time(node.end, node.place),
        )  # fmt: skip
        for kind, group in groups:
            named = f"{kind} {group}" if _NUMBER.fullmatch(group) else group
            yield from self._belongs(node.key, named, named)

    def _group(self, key: str, name: str) -> Iterator[Group]:
        if key not in self._groups:
            self._groups.add(key)
            if not self._options.adds_to:
                yield Group(key=key, name=name, kind="group")

    def _belongs(self, person: str, group: str, name: str) -> Iterator[Record]:
        yield from self._group(tidy(group), tidy(name))
        yield Membership(person=tidy(person), group=tidy(group))

    def _edge(self, edge: Edge) -> Iterable[Record]:
        """What an edge says: a tie, a membership, or nothing."""
        weight = _weight(edge.weight)
        if weight is None:
            self._source.set_aside(edge.place, N_("the weight is no number"), edge.records)
        elif weight <= 0:
            self._left_out(NOTHING, edge.records)
        elif edge.source == edge.target:
            self._left_out(SELF_TIE, edge.records)
        elif self._known[edge.source] and self._known[edge.target]:
            self._source.set_aside(edge.place, N_("the edge joins two groups"), edge.records)
        elif self._known[edge.source] or self._known[edge.target]:
            person, group = (edge.target, edge.source) if self._known[edge.source] else (edge.source, edge.target)
            self._source.use(edge.records)
            return self._belongs(person, group, group)
        else:
            self._source.use(edge.records)
            relation, at = tidy(edge.relation) or self._options.relation, self._time(edge.at, edge.place)
            local = at is not None and self._clockless
            return (StatedTie(tidy(edge.source), tidy(edge.target), relation, weight, edge.directed, at, local=local),)
        return ()

    def _left_out(self, rule: str, records: int) -> None:
        if records:
            self._source.leave_out(rule, records)

    def _time(self, written: str, place: str) -> int | None:
        """When, in µs; None where the file says nothing or counts from a start that nobody knows."""
        if not written or written.lower().lstrip("+-").startswith("inf"):
            return None
        from cmdesk.api import parse_when

        if _NUMBER.fullmatch(written) and abs(float(written)) < _EPOCH:
            if not self._untimed:
                self._source.set_aside(place, N_("times count from an unknown start and were not read"), 0)
            self._untimed = True
            return None
        when = parse_when(written)
        if when.at is None:
            self._source.set_aside(place, N_("a time was not read: {why}").format(why=when.why), 0)
        self._clockless = when.local and not self.zone
        return _instant(when.at, self.zone) if when.local else when.at


def _instant(at: int | None, zone: str) -> int | None:
    """The instant at which a clock of `zone` shows `at`; `at` itself where no zone of that name is known."""
    from datetime import datetime, timedelta

    if at is None or not zone:
        return at
    try:
        wall = datetime(1970, 1, 1) + timedelta(microseconds=at)  # noqa: DTZ001 - a wall clock
        offset = wall.replace(tzinfo=ZoneInfo(zone)).utcoffset() or timedelta()
    except (KeyError, ValueError, OSError, OverflowError):
        return at
    return at - offset // timedelta(microseconds=1)


@lru_cache(maxsize=1024)
def _weight(written: str) -> float | None:
    """The finite weight that is written, 1 where none is; None for no number."""
    if not written:
        return 1.0
    text = written.strip()
    if not (text.isascii() and _NUMBER.fullmatch(text)):
        return None
    value = float(text)
    return value if math.isfinite(value) else None
