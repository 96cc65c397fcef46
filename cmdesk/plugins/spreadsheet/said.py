"""What a person said of tables with a certain head: what kind of table it is, which column is what, how dates are written. One text, such as
"people; name=Wer; unit=Wo er sitzt; date_order=dmy"; it is kept under a key that stands for the head."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

import msgspec

from .words import KINDS, plain

ORDER = "date_order"


class Said(msgspec.Struct, frozen=True):
    """`kind`, `columns` (as in the option) and `order`; "" where nothing was said."""

    kind: str = ""
    columns: str = ""
    order: str = ""

    def columns_for(self, kind: str, option: str) -> str:
        """What holds for a table read as `kind`: the option, else what was said of tables with this head."""
        return option or (self.columns if kind == self.kind else "")


def key_of(names: Sequence[str], header: bool, file: str) -> str:
    """The key of tables with this head; a table without one is known by the name of its file."""
    words = [plain(name) or name for name in names] if header else [file, str(len(names))]
    return hashlib.blake2b("\x1f".join(words).encode("utf-8", "replace"), digest_size=8).hexdigest()


def parse(text: str) -> Said:
    """What `text` says; what cannot be understood says nothing."""
    first, _sign, rest = text.partition(";")
    kind = first.strip()
    if kind not in KINDS:
        return Said()
    parts = [part.strip() for part in rest.split(";") if part.strip()]
    order = next((part.partition("=")[2].strip() for part in parts if part.partition("=")[0].strip() == ORDER), "")
    return Said(kind, "; ".join(part for part in parts if part.partition("=")[0].strip() != ORDER), order)
