"""Where in a TOML text a key stands: tomllib does not tell it, and a message should."""

from __future__ import annotations

import re

KeyPath = tuple[str | int, ...]
"""Names of tables and keys from the top; an int is a place in an array of tables, from 0."""


class Lines:
    """Finds the line of a key: tomllib does not tell it."""

    _HEADER = re.compile(r"^\s*(\[\[?)([^\]]+)\]\]?\s*(?:#.*)?$")
    _KEY = re.compile(r"""^\s*((?:[\w-]+|"[^"]*"|'[^']*')(?:\s*\.\s*(?:[\w-]+|"[^"]*"|'[^']*'))*)\s*=(.*)$""")
    _PART = re.compile(r"""[\w-]+|"[^"]*"|'[^']*'""")

    def __init__(self, text: str) -> None:
        self._lines: dict[KeyPath, int] = {}
        self._arrays: dict[KeyPath, int] = {}
        table: KeyPath = ()
        quote = ""
        for number, line in enumerate(text.splitlines(), 1):
            if quote:  # inside a string of several lines
                quote = "" if quote in line else quote
            elif header := self._HEADER.match(line):
                table = self._enter(self._parts(header[2]), header[1] == "[[", number)
            elif key := self._KEY.match(line):
                self._lines.setdefault(table + tuple(self._parts(key[1])), number)
                quote = next((q for q in ('"""', "'''") if key[2].count(q) == 1), "")

    def _parts(self, dotted: str) -> list[str]:
        return [part.strip("\"'") for part in self._PART.findall(dotted)]

    def _enter(self, parts: list[str], array: bool, number: int) -> KeyPath:
        table: KeyPath = ()
        for place, part in enumerate(parts):
            table += (part,)
            last = place == len(parts) - 1
            if last and array:
                self._arrays[table] = self._arrays.get(table, -1) + 1
            if table in self._arrays:
                table += (self._arrays[table],)
        self._lines.setdefault(table, number)
        return table

    def of(self, path: KeyPath) -> int:
        """The line of the key at `path`, or of the nearest table around it; 1 where there is none."""
        for end in range(len(path), 0, -1):
            if path[:end] in self._lines:
                return self._lines[path[:end]]
        return 1
