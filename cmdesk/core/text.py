"""Texts for the user, through gettext. English is the source; a catalogue is `resources/translations/CODE.po`, read as it is.

The .po file itself is read, so no compiled file can lag behind it and a translator sees a change at the next start.

What a community file keeps (why a verdict came out, what an import set aside, the history) is kept in English and told in the user's
language where it is shown (core/retelling.py): a file made in one language reads in every other one.
"""

from __future__ import annotations

import ast
import gettext
import io
import locale
import os
import struct
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path

_catalogue: gettext.NullTranslations = gettext.NullTranslations()
_language = "en"
_entries: dict[str, str] = {}
_for_keeping: ContextVar[bool] = ContextVar("for_keeping", default=False)


def _(message: str) -> str:
    """`message` in the user's language, or as it is."""
    return _catalogue.gettext(message) if message and not _for_keeping.get() else message


def ngettext(one: str, many: str, n: int) -> str:
    """The form of a message that fits the number `n`."""
    return (one if n == 1 else many) if _for_keeping.get() else _catalogue.ngettext(one, many, n)


def N_(message: str) -> str:  # noqa: N802 -- gettext's own name for it
    """A message that is stored: it stays English here, stands in the catalogues, and `retelling.told` tells it where it is shown."""
    return message


@contextmanager
def for_keeping() -> Iterator[None]:
    """Messages are English inside, in this thread: what is made here is stored, and told later."""
    before = _for_keeping.set(True)
    try:
        yield
    finally:
        _for_keeping.reset(before)


def language() -> str:
    """The code of the language in use."""
    return _language


def catalogue() -> dict[str, str]:
    """message → translation in the language in use; plural forms are joined with NUL. Empty for English."""
    return _entries


def languages() -> tuple[str, ...]:
    """The codes that there are texts for, "en" first."""
    return ("en", *sorted(path.stem for path in _folder().glob("*.po")))


def preferred() -> str:
    """The code in the user's settings, "" where none is chosen or the file cannot be read (settings.load tells that). Costs no library."""
    import json

    from cmdesk.core import paths

    try:
        found = json.loads((paths.config_folder() / "settings.json").read_bytes())["language"]
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return ""
    return found if isinstance(found, str) else ""


def set_language(code: str = "") -> str:
    """Use the language `code` ("nl", "nl_BE"; "" follows the system) and return the one in use: English where there is no catalogue."""
    global _catalogue, _language, _entries
    base = (code or _system_language()).replace("-", "_").split("_")[0].lower()
    path = _folder() / f"{base}.po"
    if base.isalpha() and path.is_file():
        po = path.read_text("utf-8")
        _catalogue, _language = gettext.GNUTranslations(io.BytesIO(compiled(po))), base
        _entries = {message: said for message, said in entries(po) if message and said.strip("\0")}
    else:
        _catalogue, _language, _entries = gettext.NullTranslations(), "en", {}
    return _language


def compiled(po: str) -> bytes:
    """The text of a .po file as gettext's binary catalogue (.mo). Fuzzy and empty translations are left out, so English shows."""
    pairs = sorted((key.encode(), value.encode()) for key, value in entries(po) if value.strip("\0"))
    count, keys, values = len(pairs), b"".join(k + b"\0" for k, _v in pairs), b"".join(v + b"\0" for _k, v in pairs)
    key_at, table = 28 + 16 * count, b""
    for texts, start in (([k for k, _v in pairs], key_at), ([v for _k, v in pairs], key_at + len(keys))):
        for text in texts:
            table += struct.pack("<II", len(text), start)
            start += len(text) + 1
    return struct.pack("<7I", 0x950412DE, 0, count, 28, 28 + 8 * count, 0, 28 + 16 * count) + table + keys + values


def entries(po: str) -> list[tuple[str, str]]:
    """(message, translation) of a .po text; the header has the message ""; plural forms are joined with NUL, as gettext keeps them."""
    found = []
    for block in po.replace("\r\n", "\n").split("\n\n"):
        fields: dict[str, str] = {}
        field, fuzzy = "", False
        for line in block.splitlines():
            fuzzy = fuzzy or (line.startswith("#,") and "fuzzy" in line)
            if line.startswith("#") or not line.strip():
                continue
            if not line.startswith('"'):
                field, line = line.split(" ", 1)
            fields[field] = fields.get(field, "") + ast.literal_eval(line.strip())
        if "msgid" in fields and not fuzzy:
            forms = [text for name, text in fields.items() if name.startswith("msgstr")]
            found.append(("\0".join(text for name, text in fields.items() if name.startswith("msgid")), "\0".join(forms)))
    return found


def _folder() -> Path:
    from cmdesk.core import paths
    from cmdesk.core.errors import FileProblem

    try:
        return paths.resource("translations")
    except FileProblem:  # without its texts cmdesk speaks English
        return Path(os.devnull)


def _system_language() -> str:
    for name in ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
        value = os.environ.get(name, "").split(":")[0]
        if value:
            return value
    return locale.getlocale()[0] or "en"
