"""Which entries of a source are exports of a channel, told by how they begin, whatever their names are."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import msgspec

from cmdesk.api import N_, CmdeskError

if TYPE_CHECKING:
    from cmdesk.api import Source

_LOOK = 1 << 17  # bytes: the styles at the head of a page take 30 kB
_BLANK = b"\xef\xbb\xbf \t\r\n"
_JSON_NAMES = (".json",)
_PAGE_NAMES = (".html", ".htm")
_TABLE_NAMES = (".csv",)
_TABLE = re.compile(rb'"?AuthorID"?,"?Author"?,"?Date"?,"?Content"?')
_ENOUGH = 50  # entries that are looked at to tell what a source is
_ID_IN_NAME = re.compile(r"(?<!\d)\d{15,20}(?!\d)")
_PART = re.compile(r"\[part (\d{1,6})\]")
_OTHER = N_("it is not the export of a channel")
_PLAIN = N_("a text export tells neither who wrote, nor who answers whom, by id; export the channel as JSON")


class Layout(msgspec.Struct):
    """The exports in a source by form, each in the order of names and parts; `other`: what is not read, and why."""

    documents: list[str] = []
    pages: list[str] = []
    tables: list[str] = []
    other: dict[str, str] = {}


def find(source: Source) -> Layout:
    """Sort the entries of a source."""
    layout = Layout()
    entries = sorted(source.entries(), key=lambda entry: _order(entry.name))
    for entry in entries:
        name, alone = entry.name, len(entries) == 1
        if is_document(source, name, alone):
            layout.documents.append(name)
        elif is_page(source, name, alone):
            layout.pages.append(name)
        elif is_table(source, name, alone):
            layout.tables.append(name)
        else:
            layout.other[_kind(name)] = _PLAIN if name.lower().endswith(".txt") else _OTHER
    return layout


def sniff(source: Source) -> float:
    """0–1: how sure it is that the source holds exports of Discord channels."""
    entries = source.entries()
    alone = len(entries) == 1
    candidates = [entry.name for entry in entries if alone or entry.name.lower().endswith(_JSON_NAMES + _PAGE_NAMES + _TABLE_NAMES)]
    try:
        for name in sorted(candidates, key=lambda name: (name.count("/"), name))[:_ENOUGH]:
            if is_document(source, name, alone) or is_page(source, name, alone) or is_table(source, name, alone):
                return 0.97
    except CmdeskError:
        return 0.0
    return 0.0


def is_document(source: Source, name: str, alone: bool) -> bool:
    """True for a JSON export."""
    if not (alone or name.lower().endswith(_JSON_NAMES)):
        return False
    head = _plain(source.head(name, 8192))
    if head[:1] != b"{":
        return False
    if b'"messages"' not in head:
        head = _plain(source.head(name, _LOOK))
    return all(key in head for key in (b'"guild"', b'"channel"', b'"messages"')) and head.find(b'"messages"') > head.find(b'"channel"')


def is_page(source: Source, name: str, alone: bool) -> bool:
    """True for a page export."""
    if not (alone or name.lower().endswith(_PAGE_NAMES)):
        return False
    head = _plain(source.head(name, 512))
    if head[:1] != b"<":
        return False
    head = _plain(source.head(name, _LOOK))
    return b"chatlog__" in head and (b"preamble__" in head or b"info__" in head)


def is_table(source: Source, name: str, alone: bool) -> bool:
    """True for a CSV export."""
    return (alone or name.lower().endswith(_TABLE_NAMES)) and _TABLE.match(_plain(source.head(name, 512))) is not None


def id_in_name(source: Source, name: str) -> str:
    """The id of the channel that the name of an entry tells, "" if none: the number of that length that stands last."""
    found = _ID_IN_NAME.findall(name.rpartition("/")[2])
    return found[-1] if found else ""


def part(name: str) -> int:
    """The number of the part of a channel that was exported in parts, 1 if it was not."""
    found = _PART.search(name)
    return int(found[1]) if found else 1


def _plain(head: bytes) -> bytes:
    """The text without byte order mark; of UTF-16 without its NUL bytes, which is enough for a look."""
    return head.lstrip(_BLANK + b"\xff\xfe\0").replace(b"\0", b"")


def _order(name: str) -> tuple[str, int]:
    return _PART.sub("", name), part(name)


def _kind(name: str) -> str:
    """A file at the top by its name; files in folders once for each folder and extension: "x_Files/*.png"."""
    folder, slash, file = name.rpartition("/")
    dot = file.rfind(".")
    return f"{folder}/*{file[dot:] if dot > 0 else ''}" if slash else name
