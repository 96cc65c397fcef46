"""Cuts a JSON array, concatenated documents or a broken file into its top-level elements, in pieces, with flat memory.

Aware of strings and nesting, but forgiving: what lies inside an element is judged by the decoder, not here.
"""

from __future__ import annotations

import re

from cmdesk.core.reading.limits import Limits, over
from cmdesk.core.text import N_, _

_TOKEN = re.compile(rb'"[^"\\]*+(?:\\.[^"\\]*+)*+"|["\[\]{}]', re.DOTALL)
_QUOTE, _OPEN_LIST, _CLOSE_LIST, _OPEN_OBJECT, _CLOSE_OBJECT = b'"[]{}'
_CLOSES = {_CLOSE_LIST: _OPEN_LIST, _CLOSE_OBJECT: _OPEN_OBJECT}
_BLANK = b" \t\r\n,"
_SIGN = 80  # bytes in which the first key of an element is looked for


class Splitter:
    """`feed` takes bytes and gives the elements that are complete; `finish` tells how the text ended.

    `arrays` counts the top-level arrays that began, `objects` the top-level objects outside any array; `trailing` keeps the first text that
    belongs to no document. With `one` the text is over where its first list ends (`ended`): what follows is not looked at.
    """

    def __init__(self, name: str, limits: Limits, *, one: bool = False) -> None:
        self._name = name
        self._limits = limits
        self._one = one
        self.ended = False
        self._text = b""
        self._offset = 0  # bytes before self._text
        self._seen = 0  # scanned part of self._text
        self._begin = 0  # where the open element or the gap before the next one begins
        self._stack: list[int] = []
        self._base = 0  # depth at which elements stand: 1 inside a top-level array
        self.arrays = 0
        self.objects = 0
        self.trailing = b""

    def feed(self, chunk: bytes) -> list[bytes]:
        """The elements that `chunk` completes."""
        if self.ended:
            return []
        self._text = self._text[self._begin :] + chunk
        self._offset += self._begin
        self._seen -= self._begin
        self._begin = 0
        if len(self._text) - len(chunk) > self._limits.json_record_bytes:
            raise over(
                self._limits,
                "json_record_bytes",
                _("{name} holds a record of more than {n:,} bytes").format(name=self._name, n=len(self._text) - len(chunk)),
            )
        return self._scan()

    def ahead(self, chunk: bytes) -> bytes:
        """A guess at whole elements, comma between them, that the text up to the end of `chunk` begins with; b"" if there is none. It ends
        where the last element begins that looks like the first one. If `[` + guess + `]` is a valid list, then the guess is right: what was
        read before decides alone what a bracket means. Changes nothing; see `skip`."""
        if self._base != 1:
            return b""
        text = self._text[self._begin :] + chunk
        start = len(text) - len(text.lstrip(_BLANK))
        colon = text.find(b":", start, start + _SIGN)
        if text[start : start + 1] != b"{" or colon < 0:
            return b""
        last = text.rfind(text[start : colon + 1], colon)
        return text[:last] if last > 0 else b""

    def skip(self, guess: bytes, chunk: bytes) -> None:
        """Take `chunk` in, but pass over `guess`, which was right."""
        self._text = (self._text[self._begin :] + chunk)[len(guess) :]
        self._offset += self._begin + len(guess)
        self._seen = self._begin = 0
        del self._stack[1:]

    def finish(self) -> tuple[list[bytes], str]:
        """The last elements and what is wrong with the end ("" if nothing). A cut element comes last, as the decoder will find."""
        pieces = [] if self.ended else self._scan()
        if self.ended:
            return pieces, ""
        rest = self._text[self._begin :]
        if len(self._stack) > self._base:
            return [*pieces, rest], N_("the file ends in the middle of a record, at byte {offset:,}").format(
                offset=self._offset + len(self._text)
            )
        self._gap(rest, pieces)
        if self._stack:
            return pieces, N_("the list is not closed: the file ends at byte {offset:,}").format(offset=self._offset + len(self._text))
        return pieces, ""

    def _scan(self) -> list[bytes]:
        text, stack, pieces = self._text, self._stack, list[bytes]()
        self._base = 1 if stack and stack[0] == _OPEN_LIST else 0
        seen = self._seen
        for match in _TOKEN.finditer(text, seen):
            start, end = match.span()
            token = text[start]
            if token == _QUOTE:
                if end - start == 1:
                    seen = start  # the string goes on in the next chunk
                    break
                if len(stack) == self._base == 1:
                    self._gap(text[self._begin : start], pieces)
                    pieces.append(text[start:end])
                    self._begin = end
            elif token in (_OPEN_LIST, _OPEN_OBJECT):
                self._open(token, start, pieces)
            else:
                self._close(token, start, end, pieces)
                if self.ended:
                    break
            seen = end
        else:
            seen = len(text)
        self._seen = seen
        return pieces

    def _open(self, token: int, start: int, pieces: list[bytes]) -> None:
        stack = self._stack
        if len(stack) == self._base:
            self._gap(self._text[self._begin : start], pieces)
            self._begin = start
            if not stack:
                self.arrays += token == _OPEN_LIST
                self.objects += token == _OPEN_OBJECT
                if token == _OPEN_LIST:
                    self._base, self._begin = 1, start + 1
        stack.append(token)
        if len(stack) > self._limits.json_depth:
            raise over(
                self._limits,
                "json_depth",
                _("{name} is nested more than {json_depth:,} levels deep").format(name=self._name, json_depth=self._limits.json_depth),
            )

    def _close(self, token: int, start: int, end: int, pieces: list[bytes]) -> None:
        stack = self._stack
        if _CLOSES[token] not in stack[self._base :] and not (len(stack) == self._base == 1 and token == _CLOSE_LIST):
            return  # closes nothing: stays part of the element or gap, where the decoder will name it
        if len(stack) == self._base:
            self._gap(self._text[self._begin : start], pieces)
            self._begin = end
            stack.pop()
            self._base = 0
            self.ended = self._one
            return
        while stack.pop() != _CLOSES[token]:
            pass
        if len(stack) == self._base:
            pieces.append(self._text[self._begin : end])
            self._begin = end

    def _gap(self, gap: bytes, pieces: list[bytes]) -> None:
        """What stands between elements: nothing but commas, or numbers and words, which are elements of a list themselves."""
        gap = gap.strip(_BLANK)
        if not gap:
            return
        if self._base == 1:
            pieces += [piece for part in gap.split(b",") if (piece := part.strip(_BLANK))]
        elif not self.trailing:
            self.trailing = gap[:200]
