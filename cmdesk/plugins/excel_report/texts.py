"""Texts as Excel can hold them."""

from __future__ import annotations

import re
from collections.abc import Collection

from cmdesk.api import _

LONGEST = 32_767
"""UTF-16 units that a cell holds."""
_NAME = 31
_FOREIGN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_ESCAPE = re.compile("_(?=x[0-9A-Fa-f]{4}_)")  # Excel would read _x0041_ as A
_PLAIN = re.compile(r"[ -^`-~]*\Z")  # ASCII without control characters and underscores: nothing to look after
_NOT_IN_NAMES = re.compile(r"[\[\]:*?/\\]")


def safe(text: str) -> str:
    """`text` without what a cell cannot hold: control characters and half characters go, line ends become \\n, too much is cut with a note."""
    if _PLAIN.match(text) and len(text) <= LONGEST:
        return text
    text = _FOREIGN.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    text = _ESCAPE.sub("_x005F_", text)
    return text if len(text) <= LONGEST // 2 or _units(text) <= LONGEST else _cut(text)


def sheet_name(wanted: str, taken: Collection[str]) -> str:
    """A legal name that no other sheet has, at most 31 characters; "History" is Excel's own."""
    name = _NOT_IN_NAMES.sub(" ", _FOREIGN.sub(" ", wanted)).replace("\n", " ").replace("\t", " ").strip(" '") or _("Sheet")
    if name.casefold() == "history":
        name += " "
        name = name.strip() + "."
    used = {other.casefold() for other in taken}
    base, number, name = name, 1, _shortened(name, "")
    while name.casefold() in used:
        number += 1
        name = _shortened(base, f" ({number})")
    return name


def _shortened(name: str, end: str) -> str:
    whole = name
    while _units(name) + len(end) > _NAME:
        name = name[:-1]
    words = name.rpartition(" ")[0]
    if name != whole and whole[len(name)].isalnum() and len(words) > _NAME // 2:
        name = words  # better a word less than half a word
    return name.rstrip(" '") + end


def _cut(text: str) -> str:
    note = " " + _("… (cut: the text has {n} characters)").format(n=len(text))
    kept = text[: LONGEST - len(note)]
    while _units(kept) > LONGEST - len(note):
        kept = kept[: len(kept) - max(1, (_units(kept) - LONGEST + len(note)) // 2)]
    return kept + note


def _units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2
