"""Who a mail is from and to: names and addresses, also as archives hide them ("ann at example.org", "h@d|ey @end|ng |rom gm@||@com")."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import islice

import msgspec

from .headers import words

_PIECE = re.compile(r'"(?:[^"\\]|\\.)*+"|<[^<>]*+>|\((?:[^()\\]|\\.|\([^()]*+\))*+\)|[,;]|[^",;<(]+|.', re.DOTALL)
_PLAIN = re.compile(r"[^\s@<>(),;:\"\[\]]+@[^\s@<>(),;:\"]+")
_AT = re.compile(r"\s+(?:at|\(at\)|\[at\]|a t|bei|en|arroba)\s+(?=[^\s@]+$)", re.IGNORECASE)
_DOT = re.compile(r"\s+(?:dot|\[dot\]|\(dot\))\s+", re.IGNORECASE)
_SENDING = re.compile(r"\s+@end\|ng \|rom\s+")
_VIA = re.compile(r"(?:['\"]?(?P<name>.+?)['\"]?)\s+(?:via|v[ií]a|über|par)\s+\S.*", re.IGNORECASE)
_BOTS = re.compile(r"(?:mailer-daemon|postmaster|no-?reply|do-?not-?reply|.*-bounces?|listserv|mailman)(?:[+@].*)?")


class Mailbox(msgspec.Struct, frozen=True, gc=False):
    """A name ("" if none) and an address in lower case. `hidden`: the archive made the address unreadable, though not unlike others."""

    name: str
    address: str
    hidden: bool = False


@lru_cache(maxsize=4_096)
def first_mailbox(text: str) -> Mailbox | None:
    """The first mailbox of a field; remembered, because the same people write again and again."""
    return next(_found(text), None)


def mailboxes(text: str, most: int) -> list[Mailbox]:
    """The mailboxes of a From, To or Cc field, at most `most`. Linear in the length of the text and never at a loss."""
    return list(islice(_found(text), most))


def _found(text: str) -> Iterator[Mailbox]:
    name: list[str] = []
    address = comment = ""
    for match in _PIECE.finditer(text + ","):
        piece = match[0]
        if piece in (",", ";"):
            if found := _mailbox("".join(name), address, comment):
                yield found
            name, address, comment = [], "", ""
        elif piece.startswith("<") and piece.endswith(">") and len(piece) > 1:
            address = piece[1:-1].strip()
        elif piece.startswith("(") and len(piece) > 1 and piece.lower() not in ("(at)", "(dot)"):
            comment = comment or piece[1:-1].strip()
        elif piece.startswith('"') and len(piece) > 1:
            name.append(re.sub(r"\\(.)", r"\1", piece[1:-1]))
        else:
            name.append(piece)


def _unquoted(name: str) -> str:
    """Without the apostrophes that some programs put around names; that of “'t Hart” is its own."""
    while len(name) > 1 and name[0] == name[-1] == "'":
        name = name[1:-1].strip(' "')
    return "" if name == "'" else name


def _mailbox(said: str, address: str, comment: str) -> Mailbox | None:
    said = said.strip().rpartition(":")[2].strip() if address == "" else said.strip()
    if not address:
        address, said = said, ""
    plain, hidden = unhidden(address)
    name = _unquoted(" ".join(words(said or comment).strip(' "').split()))[:1_000]
    if not plain:
        name = name or " ".join(words(address).split())[:1_000]
        return Mailbox(name, "") if name else None
    if name.lower() == plain or ("@" in name and unhidden(name)[0] == plain):
        name = ""
    return Mailbox(name, plain, hidden)


def unhidden(text: str) -> tuple[str, bool]:
    """(the address in lower case as far as it can be read, whether it stays hidden); ("", False) if the text is none."""
    if _SENDING.search(text):
        return " ".join(_SENDING.sub(" @end|ng |rom ", text.strip()).split()).lower()[:320], True
    if "@" not in text:
        text = _AT.sub("@", _DOT.sub(".", text.strip()), count=1)
    found = _PLAIN.search(text.removeprefix("mailto:"))
    return (found[0].strip(".'").lower()[:320], False) if found else ("", False)


def behind_list(name: str) -> str:
    """Ann of "Ann via Some List", the name under which lists send on what Ann wrote; "" if it is no such name."""
    found = _VIA.fullmatch(name[:500])
    return found["name"] if found else ""


def is_bot(address: str) -> bool:
    """True for an address behind which nobody sits."""
    return _BOTS.fullmatch(address[:320]) is not None
