"""How wide a text will be, estimated: layout must not depend on the machine's fonts, so that one report gives one picture."""

from __future__ import annotations

import unicodedata

_CLASSES = {"ijl'|": 0.25, "ftrI .,:;!()[]/\\-·": 0.34, "sckvxyzJ°–": 0.56, "mwMW—…%@": 0.9, "ABCDEFGHKLNOPQRSTUVXYZ&": 0.71}
_WIDTHS = {letter: width for letters, width in _CLASSES.items() for letter in letters}
_OTHER = 0.61
_BOLD = 1.08
DESCENT = 0.26
"""Part of the size that a letter may hang below the base line."""
ASCENT = 0.80
"""Part of the size that a letter stands above the base line."""
LOOSE = 1.16
"""How much wider than estimated a text may come out in the widest of the usual faces (DejaVu Sans): room that must not be too narrow."""


def width(text: str, size: float = 12.0, bold: bool = False) -> float:
    """Estimated width in pixels of `text` at `size`, a little on the wide side of the usual faces."""
    ems = sum(_WIDTHS.get(letter, _OTHER) if letter.isascii() else _foreign(letter) for letter in text)
    return ems * size * (_BOLD if bold else 1.0)


def cut(text: str, room: float, size: float = 12.0, bold: bool = False) -> str:
    """`text` in one line, with … where it is wider than `room` pixels."""
    line = " ".join(text.split())
    if not room or width(line, size, bold) <= room:
        return line
    kept = line
    while kept and width(kept + "…", size, bold) > room:
        kept = kept[: max(0, min(len(kept) - 1, int(len(kept) * room / max(1.0, width(kept, size, bold))) + 2))]
    return kept.rstrip() + "…"


def wrap(text: str, room: float, size: float = 12.0, lines: int = 3, bold: bool = False) -> list[str]:
    """`text` broken between words into at most `lines` lines of `room` pixels; the last is cut with …"""
    found: list[str] = []
    words = text.split()
    while words and len(found) < lines - 1:
        take = 1
        while take < len(words) and width(" ".join(words[: take + 1]), size, bold) <= room:
            take += 1
        found.append(cut(" ".join(words[:take]), room, size, bold))
        words = words[take:]
    return [*found, cut(" ".join(words), room, size, bold)] if words else found


def _foreign(letter: str) -> float:
    if unicodedata.combining(letter):
        return 0.0
    return 1.02 if unicodedata.east_asian_width(letter) in "WF" else _WIDTHS.get(letter, 0.66)
