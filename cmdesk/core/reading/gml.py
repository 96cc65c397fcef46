"""GML: keys with values, and lists in brackets of such keys, as graph programs write them. Read token by token, with flat memory."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator
from typing import Any

from cmdesk.core.errors import ImportProblem
from cmdesk.core.reading.ledger import Ledger
from cmdesk.core.reading.limits import Limits, over
from cmdesk.core.reading.names import shown
from cmdesk.core.text import _

_TOKEN = re.compile(r"""\s+|("[^"]*)"|([\[\]])|([^\s\["\]]+)""")
_BRACKETS = frozenset("[]")
RECORDS = frozenset({"node", "edge"})

Pairs = list[tuple[str, Any]]
"""Keys in lower case, each with a text or the pairs of a list."""


def records(lines: Iterable[str], name: str, ledger: Ledger, limits: Limits) -> Iterator[tuple[str, Pairs]]:
    """Each node and edge of the graph, counted; and what the graph says of itself, as ("graph", [(key, value)]), as it comes. ImportProblem where
    brackets or quotes do not close."""
    reader = _Reader(name, limits)
    for kind, pairs in reader.read(lines):
        ledger.read += kind in RECORDS
        yield kind, pairs


class _Reader:
    """The lists that are open, each with the key before it."""

    def __init__(self, name: str, limits: Limits) -> None:
        self._name, self._limits = name, limits
        self._open: list[tuple[str, Pairs]] = []
        self._key = ""
        self._size = 0

    def read(self, lines: Iterable[str]) -> Iterator[tuple[str, Pairs]]:
        number = 0
        for number, parts in _tokens(lines, self._name, self._limits):
            if len(parts) == 2 and not self._key and len(self._open) > 1 and _BRACKETS.isdisjoint(parts) and parts[0][0] != '"':
                key, value = parts  # the usual line: a key and its value in a node or an edge
                if value[0] == '"':
                    value = html.unescape(value[1:])
                self._weigh(len(value))
                self._open[-1][1].append((key.lower(), value))
                continue
            for part in parts:
                if part == "[":
                    self._begin(number)
                elif part == "]":
                    if not self._open or self._key:
                        raise self._damaged(number)
                    yield from self._end()
                elif self._key:
                    yield from self._pair(html.unescape(part[1:]) if part[0] == '"' else part)
                elif part[0] == '"':
                    raise self._damaged(number)
                else:
                    self._key = part.lower()
        if self._open or self._key:
            raise self._damaged(number)

    def _begin(self, number: int) -> None:
        if not self._key:
            raise self._damaged(number)
        if len(self._open) >= self._limits.gml_depth:
            raise over(self._limits, "gml_depth", _("{name} is nested deeper than {depth:,} levels").format(name=shown(self._name), depth=len(self._open)))
        if self._key in RECORDS and len(self._open) <= 1:
            self._size = 0
        self._open.append((self._key, []))
        self._key = ""

    def _end(self) -> tuple[tuple[str, Pairs], ...]:
        """The record that ends here, if one does."""
        key, pairs = self._open.pop()
        if len(self._open) == 1 and key in RECORDS:
            return ((key, pairs),)
        if len(self._open) > 1:
            self._open[-1][1].append((key, pairs))
        return ()

    def _pair(self, value: str) -> tuple[tuple[str, Pairs], ...]:
        """A key with its value: what the graph says of itself, else a part of what is open."""
        key, self._key = self._key, ""
        if len(self._open) == 1 and self._open[0][0] == "graph":
            return (("graph", [(key, value)]),)
        if len(self._open) > 1:
            self._weigh(len(value))
            self._open[-1][1].append((key, value))
        return ()

    def _weigh(self, size: int) -> None:
        self._size += size + 100
        if self._size > self._limits.line_bytes:
            raise over(self._limits, "line_bytes", _("{name} holds a node or edge of more than {n:,} characters").format(name=shown(self._name), n=self._size))

    def _damaged(self, line: int) -> ImportProblem:
        return ImportProblem(
            _("{name} is damaged or no GML: line {line:,}, keys and brackets do not match.").format(name=shown(self._name), line=line),
            _("Write or download the file again; perhaps it was cut off."),
        )


def _tokens(lines: Iterable[str], name: str, limits: Limits) -> Iterator[tuple[int, list[str]]]:
    """(line, what stands in it): brackets, words, and what stands in quotes, over several lines too, with the first of its quotes."""
    held: list[str] = []
    size = number = 0
    for number, line in enumerate(lines, 1):
        if not held and '"' not in line:
            words = line.split() if "[" not in line and "]" not in line else line.replace("[", " [ ").replace("]", " ] ").split()
            if words and words[0][0] != "#":
                yield number, words
            continue
        if not held and line.lstrip().startswith("#"):
            continue
        if held or line.count('"') % 2:
            held.append(line)
            size += len(line)
            if size > limits.line_bytes:
                raise over(limits, "line_bytes", _("{name} holds a text of more than {n:,} characters").format(name=shown(name), n=size))
            if len(held) == 1 or not line.count('"') % 2:
                continue
            line, held, size = "".join(held), [], 0
        yield number, [match[match.lastindex] for match in _TOKEN.finditer(line) if match.lastindex is not None]
    if held:
        raise ImportProblem(
            _("{name} is damaged or no GML: a quotation mark does not close.").format(name=shown(name)),
            _("Write or download the file again; perhaps it was cut off."),
        )
