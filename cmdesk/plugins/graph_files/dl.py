"""UCINET DL: matrices, edge lists and node lists, with labels apart, embedded or none. Each line is a record."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from cmdesk.api import N_, ImportProblem, _

from .model import Edge, Part, Vertex

if TYPE_CHECKING:
    from cmdesk.api import Source

    from .facts import Facts

HEADING = "heading"
_KEPT = 1 << 17  # words whose actor is kept
_WORDS = re.compile(r'"([^"]*)"|([^\s,]+)')
_SIZE = re.compile(r"\b(n|nr|nc|nm)\s*=\s*(\d{1,9})", re.IGNORECASE)
_SECTION = re.compile(r"(?:(row|col(?:umn)?|matrix|level)\s+)?labels(\s+embedded)?\s*:?|data\s*:?", re.IGNORECASE)
_FORMAT = re.compile(r"format\s*=\s*(\w+)", re.IGNORECASE)
_FORMATS = ("fullmatrix", "edgelist1", "nodelist1", "edgelist2", "nodelist2", "upperhalf", "lowerhalf")


def dl(source: Source, name: str, facts: Facts) -> Iterator[Part]:
    """The actors and ties of a DL file."""
    return _Dl(source, name).read()


class _Dl:
    """What the heading says, and where the reader is."""

    def __init__(self, source: Source, name: str) -> None:
        self._source, self._name = source, name
        self._sizes = {"n": 0, "nr": 0, "nc": 0, "nm": 1}
        self._format, self._diagonal, self._embedded = "fullmatrix", True, False
        self._labels: dict[str, list[str]] = {"row": [], "column": [], "level": [], "": []}
        self._told: set[str] = set()
        self._values: list[str] = []
        self._row = self._level = 0
        self._heads: list[str] = []
        self._plain = False  # an edge list whose actors are all told
        self._ends: dict[tuple[str, str], str] = {}

    def read(self) -> Iterator[Part]:
        section = "head"
        for number, line in enumerate(self._source.lines(self._name), 1):
            text = line.strip()
            if section != "data":
                self._source.leave_out(HEADING)
                section = self._heading(text, section)
                if section == "data":
                    self._plain = self._format.startswith("edgelist") and not self._embedded
                    yield from self._actors(f"{self._name}, line {number:,}")
            elif not text:
                self._source.leave_out(HEADING)
            else:
                words = _words(text)
                if self._plain and len(words) >= 2:  # by the million
                    one, other = self._end(words[0], "row"), self._end(words[1], "column")
                    yield Edge(one, other, True, words[2] if len(words) > 2 else "", self._relation(), "", number)
                else:
                    yield from self._line(words, number)
        if section != "data":
            raise ImportProblem(_("{name} holds no data: section.").format(name=self._name), _("Write the file again; perhaps it was cut off."))

    def _heading(self, text: str, section: str) -> str:
        match = _SECTION.match(text)
        if match is not None:
            rest = text[match.end() :].strip()
            if match[0].lower().startswith("data"):
                return "data"
            if match[2] or rest.lower().startswith("embedded"):
                self._embedded = True
                return "head"
            which = (match[1] or "").lower()
            section = {"col": "column", "matrix": "level"}.get(which, which)
            text = rest
        if section == "head":
            self._sizes.update({key.lower(): int(value) for key, value in _SIZE.findall(text)})
            if found := _FORMAT.search(text):
                self._format = found[1].lower()
            if "diagonal" in text.lower():
                self._diagonal = "absent" not in text.lower()
            if self._format not in _FORMATS:
                raise ImportProblem(
                    _("{name} is written in the DL format “{form}”, which is not read.").format(name=self._name, form=self._format),
                    _("Write it as fullmatrix, edgelist1 or nodelist1."),
                )
        elif text:
            self._labels[section] += [word.strip() for word in _words(text)]
            self._within(len(self._labels[section]))
        return section

    def _actors(self, place: str) -> Iterator[Part]:
        """The actors that the heading names or counts; the second kind of a two-mode network are groups."""
        rows, columns = self._rows_and_columns()
        self._within(rows + columns if self._two_mode() else max(rows, columns))
        if self._embedded:
            return
        for index in range(1, rows + 1):
            yield self._vertex(self._key("row", index), place)
        if self._two_mode():
            for index in range(1, columns + 1):
                yield self._vertex(self._key("column", index), place, group=True)

    def _within(self, count: int) -> None:
        self._source.within("graph_nodes", count, _("{name} announces {count:,} actors").format(name=self._name, count=count))

    def _rows_and_columns(self) -> tuple[int, int]:
        return self._sizes["nr"] or self._sizes["n"], self._sizes["nc"] or self._sizes["n"]

    def _two_mode(self) -> bool:
        return bool(self._sizes["nc"]) or self._format.endswith("2")

    def _key(self, side: str, index: int) -> str:
        labels = self._labels["column" if side == "column" and self._two_mode() else "row"] or self._labels[""]
        label = labels[index - 1] if 0 < index <= len(labels) else str(index)
        return f"column {label}" if side == "column" and self._two_mode() and not self._labels["column"] else label

    def _vertex(self, key: str, place: str, group: bool = False) -> Vertex:
        self._told.add(key)
        return Vertex(key, key, {}, place, group=group, records=0)

    def _relation(self) -> str:
        levels = self._labels["level"]
        return levels[self._level] if self._level < len(levels) else ""

    def _line(self, words: list[str], number: int) -> Iterator[Part]:
        place = f"{self._name}, line {number:,}"
        if self._format in ("fullmatrix", "upperhalf", "lowerhalf"):
            yield from self._matrix(words, number)
        elif words == ["!"]:  # the next relation
            self._source.leave_out(HEADING)
            self._level += 1
        elif len(words) < 2:
            self._source.set_aside(place, N_("the line does not name two actors"))
        else:
            listed = self._format.startswith("nodelist")
            ends = [self._end(word, "row" if index == 0 else "column") for index, word in enumerate(words if listed else words[:2])]
            for index, key in enumerate(ends):
                if self._embedded and key not in self._told:
                    yield self._vertex(key, place, group=index > 0 and self._two_mode())
            for index, target in enumerate(ends[1:]):
                weight = words[2] if not listed and len(words) > 2 else ""
                yield Edge(ends[0], target, True, weight, self._relation(), "", number, records=int(index == 0))

    def _end(self, word: str, side: str) -> str:
        """The key of the actor that a word names: by its number, or by its label."""
        key = self._ends.get((side, word))
        if key is None:
            key = word if self._embedded or not word.isdecimal() else self._key(side, int(word))
            if len(self._ends) < _KEPT:
                self._ends[side, word] = key
        return key

    def _matrix(self, words: list[str], number: int) -> Iterator[Part]:
        """A line of a matrix; rows may go over several lines."""
        place = f"{self._name}, line {number:,}"
        rows, columns = self._rows_and_columns()
        self._source.use()
        if self._embedded and not self._heads and not self._row:
            self._heads = words
            for word in words:
                yield self._vertex(word, place, group=self._two_mode())
            return
        self._values += words
        while columns and self._level < self._sizes["nm"]:
            span = self._span(rows, columns)
            extra = int(self._embedded)
            if len(self._values) < len(span) + extra:
                return
            row, self._values = self._values[: len(span) + extra], self._values[len(span) + extra :]
            one = row[0] if self._embedded else self._key("row", self._row + 1)
            if self._embedded and one not in self._told:
                yield self._vertex(one, place)
            for column, value in zip(span, row[extra:], strict=True):
                other = self._heads[column] if self._embedded and column < len(self._heads) else self._key("column", column + 1)
                if value not in ("0", "0.0", "."):
                    yield Edge(one, other, self._format == "fullmatrix", value, self._relation(), "", number, records=0)
            self._row += 1
            if self._row == rows:
                self._row, self._level = 0, self._level + 1
        if self._level >= self._sizes["nm"] and self._values:
            self._source.set_aside(place, N_("there are more numbers than the matrix has cells"), 0)
            self._values = []

    def _span(self, rows: int, columns: int) -> list[int]:
        """The columns that the present row states."""
        here = self._row
        every = range(columns)
        if self._format == "upperhalf":
            every = range(here, columns)
        elif self._format == "lowerhalf":
            every = range(here + 1)
        return [column for column in every if self._diagonal or column != here]


def _words(text: str) -> list[str]:
    """The words of a line, parted by blanks and commas; one in quotes may hold them."""
    if '"' not in text:
        return text.replace(",", " ").split()
    return [quoted or bare for quoted, bare in _WORDS.findall(text)]
