"""The header of a mail as plain values. Total: whatever the bytes are, it gives text, in time linear in their number.

The standard library's modern policy raises on broken headers and is slow on long ones; this reads what an archive needs and no more.
"""

from __future__ import annotations

import binascii
import codecs
import re
from functools import lru_cache

_FIELD = re.compile(rb"^([!-9;-~]{1,200})[ \t]*:", re.MULTILINE)
_END = re.compile(rb"\r?\n\r?\n")
_FOLD = re.compile(rb"\r?\n[ \t]+")
_WORD = re.compile(r"=\?([^?\s]{1,60})\?([bBqQ])\?([^?]*)\?=")
_BETWEEN = re.compile(r"(\?=)\s+(?==\?[^?\s]{1,60}\?[bBqQ]\?)")
_CONTROL = re.compile(r"[\x00-\x1f\x7f]+")
_QUOPRI = re.compile(rb"=([0-9A-Fa-f]{2})")
_PARAMETER = re.compile(r";\s*([^=;\s\"]+)\s*=\s*(?:\"([^\"]*)\"|([^;\s]*))")
_REFUSED = frozenset({"utf-7", "punycode", "idna", "unicode_escape", "raw_unicode_escape", "undefined", "mbcs", "oem"})
_ALIASES = {"x-unknown": "", "unknown-8bit": "", "unknown": "", "default": "", "none": "", "iso-8859-8-i": "iso-8859-8", "gb2312": "gb18030", "ks_c_5601-1987": "cp949"}

Header = dict[str, list[bytes]]


def split(data: bytes, most: int) -> tuple[Header, int]:
    """(values by lower-case name, where the body begins). A header that does not end within `most` bytes gives a place beyond `most`."""
    if data[:1] in (b"\n", b"\r"):
        return {}, len(data) - len(data.lstrip(b"\r\n"))
    end = _END.search(data, 0, most)
    stop = end.start() if end is not None else len(data)
    if stop > most:
        return {}, stop
    header: Header = {}
    top = data[:stop]
    places = [(found.start(), found.end(), found[1]) for found in _FIELD.finditer(top)]
    for (_, begin, name), after in zip(places, [*(place[0] for place in places[1:]), stop], strict=False):  # none, then none
        header.setdefault(name.decode("ascii").lower(), []).append(top[begin:after])
    return header, end.end() if end is not None else stop


def raw(header: Header, name: str) -> str:
    """The first value of a field, unfolded, its encoded words as they are; "" if there is none."""
    values = header.get(name)
    return unfolded(values[0]) if values else ""


def unfolded(value: bytes) -> str:
    """One line of text."""
    line = _FOLD.sub(b" ", value) if b"\n" in value else value
    text = line.decode("ascii") if line.isascii() else decode(line, "")
    return _CONTROL.sub(" ", text).strip()


def words(text: str) -> str:
    """A header's text with its encoded words (RFC 2047) decoded; what cannot be decoded stays as it is."""
    if "=?" not in text:
        return text
    shown = _WORD.sub(_word, _BETWEEN.sub(r"\1", text))
    return " ".join(_CONTROL.sub(" ", shown).split())


def _word(found: re.Match[str]) -> str:
    charset, how, content = found[1].partition("*")[0], found[2].lower(), found[3]
    data = content.encode("utf-8", "replace")
    if how == "q":
        return decode(_QUOPRI.sub(lambda pair: bytes.fromhex(pair[1].decode()), data.replace(b"_", b" ")), charset)
    found_bytes = base64(data)
    return found[0] if found_bytes is None else decode(found_bytes, charset)


def base64(data: bytes) -> bytes | None:
    """The bytes that base64 text stands for; None if it is none: decoding it anyway would give garbage without a word."""
    plain = b"".join(data.split())
    try:
        return binascii.a2b_base64(plain + b"=" * (-len(plain) % 4), strict_mode=True)
    except (binascii.Error, ValueError):
        pass
    whole = plain.rstrip(b"=")
    whole = whole[: len(whole) // 4 * 4]  # cut off in the middle
    try:
        return binascii.a2b_base64(whole, strict_mode=True)
    except (binascii.Error, ValueError):
        return None


def decode(data: bytes, charset: str) -> str:
    """Text in `charset`; where that is unknown, or wrong, in UTF-8, else in Windows-1252."""
    codec = _codec(charset.strip().strip("\"'").lower())
    if codec:
        try:
            return data.decode(codec)
        except (UnicodeError, ValueError):
            pass
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode(codec if codec and codec not in ("ascii", "utf-8") else "cp1252", "replace")


@lru_cache(maxsize=256)
def _codec(charset: str) -> str:
    """The codec of an alphabet; "" if there is none of this name."""
    name = _ALIASES.get(charset, charset)
    if not name or len(name) > 60:
        return ""
    try:
        found = codecs.lookup(name)
        if found.name in _REFUSED or not isinstance(b"a".decode(found.name, "replace"), str):
            return ""
    except (LookupError, ValueError, UnicodeError):
        return ""
    return found.name


def parameters(value: str) -> tuple[str, dict[str, str]]:
    """(the value in lower case, its parameters by lower-case name) of a field such as Content-Type."""
    first = value.partition(";")[0].strip().lower()
    return first, {found[1].lower(): found[2] if found[2] is not None else found[3] for found in _PARAMETER.finditer(value[:4_000])}
