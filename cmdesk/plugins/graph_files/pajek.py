"""Pajek networks (.net) and projects (.paj): several networks, several relations, partitions, two-mode networks. Each line is a record."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from functools import lru_cache
from typing import TYPE_CHECKING

import msgspec

from cmdesk.api import N_, _

from .model import Belonging, Edge, Part, Vertex

if TYPE_CHECKING:
    from cmdesk.api import Source

    from .facts import Facts

HEADING = "heading"
N_("heading")
OTHER = "vectors_and_pictures"
N_("vectors and pictures")
_WORD = re.compile(r'"([^"]*)"|(\S+)')
_HEAD = re.compile(r'\*(\w+)\s*(?::?\s*(\d+))?\s*(.*)')
_OWN = re.compile(r"% cmdesk (\d{1,9}) (\{.*\})")
_INTEGER = re.compile(r"\d{1,9}")


def pajek(source: Source, name: str, facts: Facts) -> Iterator[Part]:
    """The vertices, ties and partitions of a Pajek file."""
    return _Pajek(source, name).read()


class _Pajek:
    """Where the reader is in the file: in which section, of how many vertices."""

    def __init__(self, source: Source, name: str) -> None:
        self._source, self._name = source, name
        self._section = self._title = self._relation = ""
        self._count = self._first = self._row = 0
        self._named: set[int] = set()
        self._filled = False
        self._tie = False  # in a list of single ties
        self._values: list[str] = []
        self._known: dict[str, dict[str, str]] = {}  # number → what cmdesk wrote of the vertex

    def read(self) -> Iterator[Part]:
        for number, line in enumerate(self._source.lines(self._name), 1):
            text = line.strip()
            if self._tie and text[:1].isdigit():  # by the million
                yield from self._edge(text, number)
            elif not text or text.startswith("%"):
                self._source.leave_out(HEADING)
                self._note(text)
            elif text.startswith("*"):
                yield from self._heading(text)
            elif self._section == "vertices":
                yield from self._vertex(text, f"{self._name}, line {number:,}")
            elif self._section in ("arcs", "edges", "arcslist", "edgeslist", "matrix", "partition"):
                yield from self._line(text, number)
            else:
                self._source.leave_out(OTHER)
        yield from self._others()

    def _note(self, text: str) -> None:
        """Keep what cmdesk wrote of a vertex above the network."""
        if (match := _OWN.fullmatch(text)) is not None:
            with suppress(msgspec.DecodeError):
                self._known[match[1]] = msgspec.json.decode(match[2], type=dict[str, str])
                self._source.within("graph_nodes", len(self._known), _("{name} announces {count:,} vertices").format(name=self._name, count=len(self._known)))

    def _key(self, number: str) -> str:
        return self._known.get(number, {}).get("key", "") or number

    def _heading(self, text: str) -> Iterator[Part]:
        self._source.leave_out(HEADING)
        match = _HEAD.match(text)
        word = match[1].lower() if match else ""
        rest = (match[3] if match else "").strip()
        if word == "vertices":
            numbers = re.findall(r"\d{1,9}", text)
            inside_partition = self._section in ("partition", "vector", "permutation", "cluster")
            if not inside_partition:
                self._count, self._first = int(numbers[0]) if numbers else 0, int(numbers[1]) if len(numbers) > 1 else 0
                self._named, self._filled = set(), False
                self._source.within("graph_nodes", self._count, _("{name} announces {count:,} vertices").format(name=self._name, count=self._count))
                self._section, self._tie = "vertices", False
            self._row = 0
            return
        if word in ("arcs", "edges", "arcslist", "edgeslist", "matrix"):
            yield from self._others()
            self._relation = rest.strip('" ')
            self._values = []
        self._section, self._row, self._tie = word, 0, word in ("arcs", "edges")
        if word in ("partition", "network"):
            self._title = text.partition(" ")[2].strip()

    def _vertex(self, text: str, place: str) -> Iterator[Part]:
        words = [quoted or bare for quoted, bare in _WORD.findall(text)]
        if not _INTEGER.fullmatch(words[0]):
            self._source.set_aside(place, N_("the line does not begin with the number of a vertex"))
            return
        number = int(words[0])
        self._named.add(number)
        label = _label(text)
        known = {name: value for name, value in self._known.get(str(number), {}).items() if name != "key"}
        yield Vertex(self._key(str(number)), label, known, place, group=bool(self._first) and number > self._first)

    def _others(self) -> Iterator[Part]:
        """The vertices that the heading announced and no line names."""
        if self._filled:
            return
        self._filled = True
        for number in range(1, self._count + 1):
            if number not in self._named:
                yield Vertex(self._key(str(number)), "", {}, self._name, group=bool(self._first) and number > self._first, records=0)

    def _edge(self, text: str, number: int) -> tuple[Edge, ...]:
        """A line of a list of ties."""
        words = text.split()
        if len(words) < 2 or not (_is_vertex(words[0]) and _is_vertex(words[1])):
            self._source.set_aside(f"{self._name}, line {number:,}", N_("the line does not name two vertices"))
            return ()
        weight = words[2] if len(words) > 2 and (not words[2].isalpha() or words[2].lower() in ("nan", "inf")) else ""
        return (Edge(self._key(words[0]), self._key(words[1]), self._section == "arcs", weight, self._relation, "", number),)

    def _line(self, text: str, number: int) -> Iterator[Part]:
        words = text.split()
        if self._section == "matrix":
            yield from self._matrix(words, number)
        elif self._section == "partition":
            self._row += 1
            if not _INTEGER.fullmatch(words[0]):
                self._source.set_aside(f"{self._name}, line {number:,}", N_("the line holds no number of a class"))
                return
            title = self._title.rpartition("/")[2] or "partition"
            yield Belonging(self._key(str(self._row)), f"{title} {words[0]}", f"{title} {words[0]}", 1)
        elif self._tie or len(words) < 2 or not (_is_vertex(words[0]) and _is_vertex(words[1])):
            yield from self._edge(text, number)
        else:
            for index, target in enumerate(words[1:]):
                ends = self._key(words[0]), self._key(target.lstrip("-"))
                yield Edge(*ends, self._section == "arcslist", "", self._relation, "", number, records=int(index == 0))

    def _matrix(self, words: list[str], number: int) -> Iterator[Part]:
        """A line of a matrix; its row may go over several lines."""
        self._source.use()
        self._values += words
        columns = self._count - self._first if self._first else self._count
        while columns and len(self._values) >= columns:
            row, self._values = self._values[:columns], self._values[columns:]
            self._row += 1
            for column, value in enumerate(row, 1 + self._first):
                if value not in ("0", "0.0"):
                    yield Edge(self._key(str(self._row)), self._key(str(column)), True, value, self._relation, "", number, records=0)


@lru_cache(maxsize=1 << 16)
def _is_vertex(word: str) -> bool:
    """True for the number of a vertex, also of one that is left out by a minus."""
    return _INTEGER.fullmatch(word.lstrip("-")) is not None


def _label(text: str) -> str:
    """The label of a vertex: in quotes, or bare words up to the coordinates."""
    rest = text.partition(" ")[2].strip() if " " in text else text.partition("\t")[2].strip()
    if rest.startswith('"'):
        return rest[1:].partition('"')[0]
    words: list[str] = []
    for word in rest.split():
        if words and re.fullmatch(r"[-+]?\d*\.\d+(?:[eE][-+]?\d+)?|\[.*", word):
            break
        words.append(word)
    return " ".join(words)
