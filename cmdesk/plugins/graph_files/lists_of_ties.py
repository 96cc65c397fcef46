"""Networks as lists of text: adjacency lists (a person, then her contacts), as Gephi, networkx and cmdesk write them, and the edge lists of networkx
that hold data. Each line is a record. Edge lists in columns are tables: the spreadsheet importer reads them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING
from urllib.parse import unquote

import msgspec

from cmdesk.api import N_

from .list_looks import COMMENTS, EDGE, OWN, Looked, looked, words
from .model import RELATIONS, TIMES, WEIGHTS, Edge, Part, Vertex, first
from .pajek import HEADING

if TYPE_CHECKING:
    from cmdesk.api import Source

    from .facts import Facts

_PAIR = re.compile(r"""(['"])((?:\\.|(?!\1).)*)\1\s*:\s*(?:(['"])((?:\\.|(?!\3).)*)\3|([^,{}\[\]'"]+))""")
_ESCAPED = re.compile(r"\\(.)")


class _Told(msgspec.Struct):
    """What cmdesk writes after the mark of a line: of a person, or of the ties in the line."""

    label: str = ""
    unit: str = ""
    organisation: str = ""
    place: str = ""
    groups: str = ""
    relation: str = ""
    weights: list[float] | None = None


_DECODE = msgspec.json.Decoder(_Told).decode


def adjacency(source: Source, name: str, facts: Facts) -> Iterator[Part]:
    """The people and ties of an adjacency list."""
    return _Lists(source, name, facts).adjacency()


def neighbours(source: Source, name: str, facts: Facts) -> Iterator[Part]:
    """The people and ties of networkx' adjacency list over several lines."""
    return _Lists(source, name, facts).neighbours()


def edges(source: Source, name: str, facts: Facts) -> Iterator[Part]:
    """The people and ties of networkx' edge list with data."""
    return _Lists(source, name, facts).edges()


class _Lists:
    """Where the reader is; people are told when they are first met."""

    def __init__(self, source: Source, name: str, facts: Facts) -> None:
        self._source, self._name = source, name
        self._seen: Looked = looked(source, name)
        self._told: set[str] = set()
        self._directed = facts.directed if facts.directed is not None else self._seen.directed
        if facts.directed is None and not self._seen.says:
            why = (
                N_("no pair stands both ways, so ties hold both ways (say otherwise with --option directed=yes)")
                if not self._directed
                else N_("ties go from the first person of a line to the others (say otherwise with --option directed=no)")
            )
            source.set_aside(name, why, 0)

    def _lines(self) -> Iterator[tuple[str, str]]:
        """(the line, where it stands) of those that say something."""
        marks = "#" if self._seen.form == OWN else COMMENTS
        for number, line in enumerate(self._source.lines(self._name), 1):
            if not line.strip() or line.lstrip()[:1] in marks:
                self._source.leave_out(HEADING)
            else:
                yield line, f"{self._name}, line {number:,}"

    def _person(self, key: str, place: str, records: int = 0) -> Iterator[Part]:
        """A person where she is met for the first time; her line is used in any case."""
        if key not in self._told:
            self._told.add(key)
            yield Vertex(key, "", {}, place, records=records)
        elif records:
            self._source.use(records)

    def adjacency(self) -> Iterator[Part]:
        own = self._seen.form == OWN
        for line, place in self._lines():
            listed, mark, after = line.partition("#") if own else (line, "", "")
            keys = [unquote(key) for key in listed.split()] if own else words(listed, self._seen.delimiter)
            try:
                told = _DECODE(after) if mark else _Told()
            except msgspec.DecodeError:
                self._source.set_aside(place, N_("what stands after the mark # cannot be read"))
                continue
            if not keys:
                self._source.set_aside(place, N_("the line names nobody"))
                continue
            one, *others = keys
            weights = told.weights or []
            if weights and len(weights) != len(others):
                self._source.set_aside(place, N_("the line has more or fewer weights than contacts"))
                continue
            if own and one not in self._told:
                self._told.add(one)
                texts = {name: value for name in ("unit", "organisation", "place", "groups") if (value := getattr(told, name))}
                yield Vertex(one, told.label, texts, place)
            else:
                yield from self._person(one, place, 1)
            for number, other in enumerate(others):
                yield from self._person(other, place)
                yield Edge(one, other, self._directed, repr(weights[number]) if weights else "", told.relation, "", place, records=0)

    def neighbours(self) -> Iterator[Part]:
        one, left = "", 0
        for line, place in self._lines():
            if left:
                key, _blank, data = line.strip().partition(" ")
                left -= 1
                yield from self._person(key, place)
                yield self._edge(one, key, data, place)
                continue
            one, _blank, count = line.strip().rpartition(" ")
            if not (one and count.isdecimal()):
                self._source.set_aside(place, N_("the line does not say how many contacts follow"))
                continue
            left = int(count)
            yield from self._person(one, place, 1)
        if left:
            self._source.set_aside(self._name, N_("the list ends in the middle of somebody's contacts"), 0)

    def edges(self) -> Iterator[Part]:
        for line, place in self._lines():
            match = EDGE.fullmatch(line.strip())
            if match is None:
                self._source.set_aside(place, N_("the line does not name two people with data in braces"))
                continue
            for key in (match[1], match[3]):
                yield from self._person(key, place)
            yield self._edge(match[1], match[3], match[4], place)

    def _edge(self, one: str, other: str, data: str, place: str) -> Edge:
        said = _data(data)
        return Edge(one, other, self._directed, first(said, WEIGHTS), first(said, RELATIONS), first(said, TIMES), place)


def _data(text: str) -> dict[str, str]:
    """The attributes in a dictionary as Python writes it; nothing is carried out."""
    found: dict[str, str] = {}
    for _mark, key, mark, quoted, bare in _PAIR.findall(text):
        value = _ESCAPED.sub(r"\1", quoted) if mark else bare.strip()
        found[_ESCAPED.sub(r"\1", key)] = "" if value == "None" else value
    return found
