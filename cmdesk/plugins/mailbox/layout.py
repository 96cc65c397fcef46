"""Which files of a source hold mail, and of which list an archive is, told by its mails or by its name."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

import msgspec

from cmdesk.api import N_, CmdeskError

from .addresses import unhidden
from .headers import split

if TYPE_CHECKING:
    from cmdesk.api import Source

_LOOK = 4_096
_SAMPLE = 1 << 18
_MONTH = (
    r"(?:jan|feb|m[aä]r|mrt|apr|ma[yi]|mei|jun|jul|aug|sep|o[ck]t|nov|de[cz]|janv|f[eé]v|avr|juin|juil|ao[uû]t|d[eé]c)\w*"
)
_TIME = re.compile(rf"(?:\d{{4}}(?:[-_]?(?:{_MONTH}|q[1-4]|\d\d?|week-of-mon-\d{{8}}))?|{_MONTH}[-_]?\d{{4}}|week-of-mon-\d{{8}}|thread|\d{{8}})", re.IGNORECASE)
_ENDS = re.compile(r"\.(?:mbox|mbx|txt|eml|gz|zip|tar|tgz|mail)$", re.IGNORECASE)
_NAMELESS = frozenset({"topics", "messages", "mbox", "cur", "new", "tmp", "archive", "export", "mail", "takeout", "groups", "m", ""})
_TAG = re.compile(rb"^Subject:[ \t]*(?:(?:re|aw|fwd?)[ \t]*:[ \t]*)*\[([^\]\r\n=?]{2,60})\]", re.IGNORECASE | re.MULTILINE)
_NO_LIST = frozenset({"", "patch", "rfc", "ann", "announce", "spam", "bug", "ot", "external", "extern"})
_SUBJECT = re.compile(rb"^Subject:", re.IGNORECASE | re.MULTILINE)
_MAILDIR = re.compile(r"(?:.*/)?(?:cur|new)/[^/]+")


class MailFile(msgspec.Struct, frozen=True):
    """An entry that holds mail; `single` for one that holds one mail. `place` is the list or folder that its name tells."""

    name: str
    place: str
    single: bool


def looks_like_mail(head: bytes) -> str:
    """"mbox", "mail" (one mail without the line before it) or "" for what an entry begins with."""
    from cmdesk.api import begins_mail

    head = head.removeprefix(b"\xef\xbb\xbf").lstrip(b"\r\n")
    if b"\n" not in head:
        head = head.replace(b"\r", b"\n")
    if begins_mail(head):
        return "mbox"
    if not re.match(rb"[!-9;-~]{2,60}:[ \t]?", head):
        return ""
    header, _ = split(head, len(head))
    if "from" not in header or "date" not in header:
        return ""
    return "mail" if {"message-id", "received"} & header.keys() or {"subject", "to"} <= header.keys() else ""


def find(source: Source) -> tuple[list[MailFile], list[str]]:
    """(entries with mail, the others)."""
    mail: list[MailFile] = []
    other: list[str] = []
    for entry in source.entries():
        kind = looks_like_mail(source.head(entry.name, _LOOK)) if entry.size else ""
        if not kind and entry.size > _LOOK:
            kind = looks_like_mail(source.head(entry.name, _SAMPLE))
        if kind:
            mail.append(MailFile(entry.name, _place(source, entry.name), kind == "mail"))
        else:
            other.append(entry.name)
    mail.sort(key=lambda file: _in_time(file.name))
    return mail, other


def sniff(source: Source) -> float:
    """0–1: how sure it is that the source holds mail."""
    try:
        names = [entry.name for entry in source.entries() if entry.size]
        likely = sorted(names, key=lambda name: (not name.lower().endswith((".mbox", ".mbx", ".eml")), name))
        kinds = [kind for name in likely[:20] if (kind := looks_like_mail(source.head(name, _LOOK)))]
    except CmdeskError:
        return 0.0
    if not kinds:
        return 0.0
    whole = 2 * len(kinds) >= min(len(names), 20)
    return (0.97 if "mbox" in kinds else 0.9) if whole else 0.85


def list_of(source: Source, file: MailFile) -> str:
    """The list that most mails of a file name in their header or in the subject's brackets; "" if none."""
    head = source.head(file.name, _SAMPLE)
    mails = max(len(_SUBJECT.findall(head)), 1)
    tags: Counter[str] = Counter(tag.decode("ascii", "replace").strip() for tag in _TAG.findall(head))
    folded: Counter[str] = Counter()
    for tag, n in tags.items():
        folded[tag.casefold()] += n
    best: str = max(folded, key=lambda tag: folded[tag], default="")
    if folded[best] * 5 < mails * 4 or best in _NO_LIST:
        return ""
    return next(tag for tag, _ in tags.most_common() if tag.casefold() == best)


def _place(source: Source, name: str) -> str:
    """The list that the path of an entry tells: its own name, unless that is a month or says nothing, else the folder around it."""
    parts = [*source.enclosing.split("/"), *name.split("/")]
    if _MAILDIR.fullmatch(name):
        parts = parts[:-1]
    elif name.lower().endswith(".eml"):
        parts[-1] = ""
    for part in reversed([source.name, *parts] if len(source.entries()) > 1 or len(parts) > 1 else [*parts]):
        if found := _without_time(part):
            return found
    return _bare(source.name)


def _bare(name: str) -> str:
    while (shorter := _ENDS.sub("", name)) != name:
        name = shorter
    return name


def _without_time(part: str) -> str:
    """`part` without extensions and the month at its end; "" if nothing telling is left."""
    bare = _bare(part)
    if _TIME.fullmatch(bare) or bare.casefold() in _NAMELESS:
        return ""
    cut = re.sub(rf"[-_. ]+{_TIME.pattern}$", "", bare, flags=re.IGNORECASE)
    return cut if cut.casefold() not in _NAMELESS else ""


_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


def _in_time(name: str) -> tuple[str, int, int, str]:
    """Months of one list in the order of time, so that what is answered comes before its answer."""
    folder, _, file = name.rpartition("/")
    year = re.search(r"(?:19|20)\d\d", file)
    low = file.lower()
    month = next((number for number, short in enumerate(_MONTHS, 1) if short in low), 0)
    return folder, int(year[0]) if year and month else 0, month, name


NOT_MAIL = N_("it holds no mail")


def address_of(list_id: str) -> str:
    """The address behind a List-Id such as "ESL <esl-dev.eclipse.org>"; "" if it has none."""
    found = re.search(r"<([^<>\s]+)>", list_id)
    bare = (found[1] if found else list_id.strip()).lower()
    if "@" in bare:
        return unhidden(bare)[0]
    local, dot, domain = bare.partition(".")
    return f"{local}@{domain}" if dot and domain and " " not in bare else ""
