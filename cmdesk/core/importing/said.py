"""What an export says of a person or a group, as the file keeps it."""

from __future__ import annotations

from typing import Any

import msgspec

from cmdesk.core.importing.staging_file import KEY_LENGTH, clean
from cmdesk.core.records import Group, Person

_BLANKS = frozenset(" \u115f\u1160\u2800\u3164\uffa0")  # letters to Unicode, nothing to the eye
_NAMES = frozenset({"name", "handle", "unit", "role", "place", "organisation"})


def facts(record: Person | Group) -> tuple[dict[str, Any], int]:
    """(what a record says, without its key and without what it does not say or says with nothing that shows; how many names were too long)."""
    found = msgspec.to_builtins(record)
    del found["key"]
    cut = 0
    for field, value in found.items():
        if isinstance(value, str):
            found[field] = _shown(value)
            if field in _NAMES and len(value) > KEY_LENGTH:
                found[field] = found[field][:KEY_LENGTH]
                cut += 1
        elif isinstance(value, list):
            found[field] = [clean(part) for part in value]
    return {field: value for field, value in found.items() if value != ""}, cut


def _shown(text: str) -> str:
    """`text` as it is kept; "" if it shows nothing at all."""
    if not text.isascii() and not any(c.isprintable() and c not in _BLANKS for c in text):
        return ""
    return clean(text)
