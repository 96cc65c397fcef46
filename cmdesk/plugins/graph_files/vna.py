"""NetDraw's VNA: nodes with attributes, and ties with a column for each relation. Each line is a record."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from cmdesk.api import N_

from .model import TIMES, WEIGHTS, Edge, Part, Vertex
from .pajek import HEADING, OTHER

if TYPE_CHECKING:
    from cmdesk.api import Source

    from .facts import Facts

_WORD = re.compile(r'"([^"]*)"|([^\s"]+)')
_SECTION = re.compile(r"\*\s*(node|tie)\s+(data|properties)\b", re.IGNORECASE)


def vna(source: Source, name: str, facts: Facts) -> Iterator[Part]:
    """The nodes and ties of a VNA file."""
    return _Vna(source, name).read()


class _Vna:
    """Where the reader is in the file: in which section, under which heads."""

    def __init__(self, source: Source, name: str) -> None:
        self._source, self._name = source, name
        self._heads: list[str] = []
        self._commas = False
        self._nodes: set[str] = set()

    def read(self) -> Iterator[Part]:
        section = ""
        for number, line in enumerate(self._source.lines(self._name), 1):
            text = line.strip()
            if not text or text.startswith("*"):
                self._source.leave_out(HEADING)
                if text:
                    found = _SECTION.match(text)
                    section, self._heads = " ".join(found.groups()).lower() if found else "", []
            elif section not in ("node data", "tie data"):
                self._source.leave_out(OTHER)
            elif not self._heads:
                self._source.leave_out(HEADING)
                self._commas = "," in text
                self._heads = self._cells(text)
            else:
                yield from self._node(text, number) if section == "node data" else self._tie(text, number)

    def _cells(self, text: str) -> list[str]:
        if self._commas:
            return [cell.strip() for cell in next(csv.reader([text], skipinitialspace=True), [])]
        return [quoted or bare for quoted, bare in _WORD.findall(text)]

    def _node(self, text: str, number: int) -> Iterator[Part]:
        cells = self._cells(text)
        place = f"{self._name}, line {number:,}"
        if not cells or not cells[0]:
            self._source.set_aside(place, N_("the node has no id"))
            return
        self._nodes.add(cells[0])
        yield Vertex(cells[0], cells[0], dict(zip(self._heads[1:], cells[1:], strict=False)), place)

    def _tie(self, text: str, number: int) -> Iterator[Part]:
        """A tie in each relation in which its column is not zero; a column of strength is no relation."""
        cells = self._cells(text)
        if len(cells) < 2 or not (cells[0] and cells[1]):
            self._source.set_aside(f"{self._name}, line {number:,}", N_("the line does not name two vertices"))
            return
        for node in dict.fromkeys(cells[:2]):
            if node not in self._nodes:  # NetDraw shows it too
                self._nodes.add(node)
                yield Vertex(node, node, {}, f"{self._name}, line {number:,}", records=0)
        said = {head: value for head, value in zip(self._heads[2:], cells[2:], strict=False) if value}
        at = next((value for head, value in said.items() if head.lower() in TIMES), "")
        ties = [(head, value) for head, value in said.items() if head.lower() not in TIMES and value not in ("0", "0.0")]
        if not said or not ties:
            ties = [("", "0" if said else "")]
        for index, (head, value) in enumerate(ties):
            relation = "" if head.lower() in WEIGHTS else head
            yield Edge(cells[0], cells[1], True, value, relation, at, number, records=int(index == 0))
