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
        self._values: list[str] = []
        self._known: dict[str, dict[str, str]] = {}  # number → what cmdesk wrote of the vertex

    def read(self) -> Iterator[Part]:
        for number, line in enumerate(self._source.lines(self._name), 1):
            text, place = line.strip(), f"{self._name}, line {number:,}"
            if not text or text.startswith("%"):
                self._source.leave_out(HEADING)
                self._note(text)
            elif text.startswith("*"):
                yield from self._heading(text)
            elif self._section == "vertices":
                yield from self._vertex(text, place)
            elif self._section in ("arcs", "edges", "arcslist", "edgeslist", "matrix", "partition"):
                yield from self._line(text, place)
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
                self._section = "vertices"
            self._row = 0
            return
        if word in ("arcs", "edges", "arcslist", "edgeslist", "matrix"):
            yield from self._others()
            self._relation = rest.strip('" ')
            self._values = []
        self._section, self._row = word, 0
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

    def _line(self, text: str, place: str) -> Iterator[Part]:
        words = text.split()
        directed = self._section in ("arcs", "arcslist", "matrix")
        if self._section == "matrix":
            yield from self._matrix(words, place)
        elif self._section == "partition":
            self._row += 1
            if not _INTEGER.fullmatch(words[0]):
                self._source.set_aside(place, N_("the line holds no number of a class"))
                return
            title = self._title.rpartition("/")[2] or "partition"
            yield Belonging(self._key(str(self._row)), f"{title} {words[0]}", f"{title} {words[0]}", 1)
        elif len(words) < 2 or not (_is_vertex(words[0]) and _is_vertex(words[1])):
            self._source.set_aside(place, N_("the line does not name two vertices"))
        elif self._section in ("arcs", "edges"):
            weight = words[2] if len(words) > 2 and not words[2].isalpha() else words[2] if len(words) > 2 and words[2].lower() in ("nan", "inf") else ""
            yield Edge(self._key(words[0]), self._key(words[1]), directed, weight, self._relation, "", place)
        else:
            for index, target in enumerate(words[1:]):
                yield Edge(self._key(words[0]), self._key(target.lstrip("-")), directed, "", self._relation, "", place, records=int(index == 0))

    def _matrix(self, words: list[str], place: str) -> Iterator[Part]:
        """A line of a matrix; its row may go over several lines."""
        self._source.use()
        self._values += words
        columns = self._count - self._first if self._first else self._count
        while columns and len(self._values) >= columns:
            row, self._values = self._values[:columns], self._values[columns:]
            self._row += 1
            for column, value in enumerate(row, 1 + self._first):
                if value not in ("0", "0.0"):
                    yield Edge(self._key(str(self._row)), self._key(str(column)), True, value, self._relation, "", place, records=0)


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
