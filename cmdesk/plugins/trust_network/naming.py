"""Names as the picture may show them: one short line without marks that turn the text around it."""

from __future__ import annotations

import unicodedata

LONGEST = 40
_TURNING = {"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"}


def shown_name(name: str) -> str:
    """At most 40 characters of `name` in one line. Embedding and override marks go, so that no name changes how its neighbours read."""
    kept = "".join(" " if unicodedata.category(letter) in ("Cc", "Zl", "Zp") else letter for letter in name[: 4 * LONGEST]
                   if unicodedata.bidirectional(letter) not in _TURNING)  # fmt: skip
    line = " ".join(kept.split())
    return line if len(line) <= LONGEST else line[: LONGEST - 1].rstrip() + "…"
