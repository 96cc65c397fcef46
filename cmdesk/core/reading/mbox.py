"""Cuts a mail archive (mbox and its relatives) into its messages, in pieces, with flat memory.

A message begins at a line "From ADDRESS DATE" at the start or after an empty line, if a header follows: lines of text that begin with "From "
do neither. A stated Content-Length (mboxcl2) counts where a message really ends there. Without any such line (.eml) all is one message.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

import msgspec

_DAYS, _CLOCK, _ZONE = rb"(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)", rb"\d{1,2}:\d\d(?::\d\d)?", rb"(?:[+-]\d{4}|[A-Z]{1,5})"
_DATE = (
    rb"(?:" + _DAYS + rb",?[ \t]+[A-Z][a-z]{2}[ \t]+\d{1,2}[ \t]+" + _CLOCK + rb"(?:[ \t]+" + _ZONE + rb")?[ \t]+\d{4}(?:[ \t]+" + _ZONE + rb")?"
    rb"|" + _DAYS + rb",?[ \t]+\d{1,2}[ \t]+[A-Z][a-z]{2}[ \t]+\d{4}[ \t]+" + _CLOCK + rb"(?:[ \t]+" + _ZONE + rb")?)"
)
_BEGIN = re.compile(rb"From (?P<who>(?:[^\r\n]*[^ \t\r\n])?)[ \t]+(?P<when>" + _DATE + rb")(?:[ \t]+remote from [^\r\n]*)?[ \t]*\r?\n")
_HEADER = re.compile(rb"[!-9;-~]{1,200}[ \t]*:|>From ")
_LENGTH = re.compile(rb"^content-length:[ \t]*(\d{1,12})[ \t]*\r?$", re.IGNORECASE | re.MULTILINE)
_QUOTED = re.compile(rb"^>(>*From )", re.MULTILINE)
_BLANK = re.compile(rb"\r?\n\r?\n")
_MARK = b"\xef\xbb\xbf"
_LINE = 1_000  # bytes in which a line that begins a message ends
_AHEAD = _LINE + 250  # bytes that must be known to judge one


class Mail(msgspec.Struct, frozen=True, gc=False):
    """A message: `number` from 1, `sender` and `when` of the line before it ("" if there is none), `data` its header, an empty line and its
    body with ">From " unquoted. `cut`: `data` is only the beginning of a message of more bytes than the limit `mail_bytes`."""

    number: int
    sender: bytes
    when: str
    data: bytes
    cut: bool = False


def begins_mail(head: bytes) -> bool:
    """True if an entry that begins with `head` is an mbox."""
    return _begin(head.removeprefix(_MARK).lstrip(b"\r\n"), 0) is not None


def mails(chunks: Iterable[bytes], most: int) -> Iterator[Mail]:
    """The messages of an entry, each cut off after `most` bytes."""
    cutter = _Cutter(most)
    for chunk in chunks:
        yield from cutter.feed(chunk)
    yield from cutter.finish()


class _Cutter:
    """Holds the open message from its first byte on; of one that is too long only the beginning and the end."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._text = b""
        self._from = 0  # where the search goes on
        self._head = b""  # the beginning of a message that is too long
        self._judged = False  # whether the open message's Content-Length was looked at
        self._count = 0
        self._start: bytes | None = b""  # what came before the first byte that is no end of a line; None: that has come
        self._returns = False  # lines end in CR alone

    def feed(self, chunk: bytes) -> Iterator[Mail]:
        """The messages that `chunk` completes."""
        if self._start is not None:
            self._start += chunk
            chunk = self._start.removeprefix(_MARK).lstrip(b"\r\n")
            if not chunk or _MARK.startswith(self._start):
                return
            self._returns = b"\r" in self._start and b"\n" not in self._start
            self._start = None
        self._text += chunk.replace(b"\r", b"\n") if self._returns else chunk
        yield from self._whole(last=False)

    def finish(self) -> Iterator[Mail]:
        """What is left."""
        if self._start:  # a mark that was cut, or nothing but ends of lines
            self._text = self._start.removeprefix(_MARK).lstrip(b"\r\n")
        yield from self._whole(last=True)
        if self._head or self._text.strip():
            yield self._mail(self._text)

    def _whole(self, *, last: bool) -> Iterator[Mail]:
        start = 0
        while (end := self._end(start, last=last)) >= 0:
            yield self._mail(self._text[start:end])
            start, self._from, self._judged, self._head = end, end, False, b""
        self._text = self._text[start:]
        self._from = max(self._from - start, 0)
        if len(self._text) > self._most + _AHEAD:
            self._head = self._head or self._text[: self._most]
            drop = max(self._from - 4, 0)
            self._text, self._from = self._text[drop:], self._from - drop

    def _end(self, start: int, *, last: bool) -> int:
        """Where the message after the open one begins; -1 if that is not known yet."""
        text = self._text
        if not self._judged:
            found = self._by_length(start, last=last)
            if found is not None:
                return found
            self._judged = True
        place = max(self._from, start)
        while (place := text.find(b"\nFrom ", place)) >= 0:
            if not last and len(text) - place < _AHEAD:
                self._from = place
                return -1
            if (text[place - 1 : place] == b"\n" or text[place - 2 : place] == b"\n\r") and _begin(text, place + 1) is not None:
                return place + 1
            place += 1
        self._from = max(len(text) - 5, start)
        return -1

    def _by_length(self, start: int, *, last: bool) -> int | None:
        """Where the message ends by its Content-Length, -1: wait, None: it says nothing that holds."""
        blank = _BLANK.search(self._text, start)
        if blank is None:
            return None if last or len(self._text) - start > self._most else -1
        stated = _LENGTH.search(self._text, start, blank.end())
        if stated is None or int(stated[1]) > self._most:
            return None
        end = blank.end() + int(stated[1])
        if end + _AHEAD > len(self._text) and not last:
            return -1
        while self._text[end : end + 1] in (b"\r", b"\n"):
            end += 1
        return end if 0 < end < len(self._text) and self._text[end - 1 : end] == b"\n" and _begin(self._text, end) is not None else None

    def _mail(self, data: bytes) -> Mail:
        self._count += 1
        whole = self._head or data
        begin = _begin(whole, 0)
        sender, when = (begin["who"].strip(), begin["when"].decode("ascii")) if begin is not None else (b"", "")
        body = whole[begin.end() :] if begin is not None else whole
        if body.startswith(b">From "):
            body = body.partition(b"\n")[2]
        if b"\n>From " in body or b"\n>>" in body:
            body = _QUOTED.sub(rb"\1", body)
        return Mail(self._count, sender, when, body[: self._most], bool(self._head) or len(body) > self._most)


def _begin(text: bytes, place: int) -> re.Match[bytes] | None:
    """The line at `place` if it begins a message."""
    if not text.startswith(b"From ", place):
        return None
    found = _BEGIN.match(text, place, place + _LINE)
    return found if found is not None and _HEADER.match(text, found.end()) else None
