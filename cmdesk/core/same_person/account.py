"""An account as it is compared with others: what an export said of it, in the forms in which names, handles and addresses compare."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Mapping
from functools import lru_cache
from typing import Any, NamedTuple

import msgspec

from cmdesk.core.same_person.names import GENERIC, LONGEST, NOBODY, Name, ascii_of, parse, squeezed
from cmdesk.core.same_person.nicknames import is_given

_ADDRESS = re.compile(r"[^@\s<>,;]+@[^@\s<>,;]+\.[^@\s<>,;.]+")
_TAIL = re.compile(r"\+.*$|\d+$")
PLACES = ("unit", "organisation", "place", "role")
_DOTLESS = frozenset({"gmail.com", "googlemail.com"})
_NO_REPLY = re.compile(r"no-?reply|do-?not-?reply|mailer-daemon|bounce", re.IGNORECASE)

_MARKED = re.compile(r"[(\[{<\"'“‘«@|]|\ba\.?k\.?a\b|\balias\b", re.IGNORECASE)
_ALIAS = re.compile(
    r"""[(\[{<]\s*@?([\w.-]+)\s*[)\]}>]|(?<!\w)["'“‘«]([\w.-]+)["'”’»](?!\w)|(?<![\w.])@([\w.-]+)|\b(?:a\.?k\.?a\.?|alias)\s+@?([\w.-]+)|\|\s*([\w.-]+)\s*$""",
    re.IGNORECASE,
)
_EVERYBODYS = """
gmail googlemail hotmail outlook yahoo icloud proton protonmail pm live msn aol gmx web fastmail mailbox posteo tutanota yandex zoho
github users example localhost kpnmail ziggo xs4all planet naver hanmail rediffmail seznam wanadoo orange libero comcast verizon
"""
_PROVIDERS = frozenset(_EVERYBODYS.split())


class Account(NamedTuple):
    """`ref` is the platform key, `source` and `member` are ids; `address` is the equal form of `email`, "" for one that names a task or nobody;
    `handles` are the squeezed handle and local part that may tell a person, the handle first; `nick` a name without
    a blank, squeezed; `called` are both; `spelled` is the full name that they spell (ann.smith);
    `aliases` are handles that stand beside the name, in brackets or quotes or behind "aka"; `site` is the domain of the address if it may be its
    owner's; `forms` are the handles that people make of the name; `places` are unit, organisation, place and role as they are compared."""

    id: int
    ref: str
    source: int
    member: int
    facts: Mapping[str, Any]
    name: Name
    address: str
    handles: tuple[str, ...]
    nick: str
    called: tuple[str, ...]
    spelled: Name
    aliases: tuple[str, ...]
    site: str
    is_bot: bool
    forms: Mapping[str, str]
    places: Mapping[str, str]


def account(id: int, ref: str, source: int, member: int, facts: Mapping[str, Any]) -> Account:
    """Prepare what an export said of an account."""
    said = str(facts.get("name") or "")
    name = parse(said)
    address = equal_address(str(facts.get("email") or ""))
    handle = str(facts.get("handle") or "").strip().lstrip("@").partition("@")[0]
    handles = [squeezed(handle)]
    if address:
        handles.append(squeezed(address.partition("@")[0]))
    nick = squeezed(said) if " " not in said.strip() and "@" not in said and name.words else ""
    told = tuple(dict.fromkeys(handle for handle in handles if len(handle) > 2 and handle not in GENERIC))
    spelled = next((read for read in map(_spelled, (handle, address.partition("@")[0])) if read.full), NOBODY)
    called = (*told, nick) if nick else told
    places = {field: compared for field in PLACES if (where := facts.get(field)) and (compared := plain(str(where)))}
    return Account(
        id, ref, source, member, facts, name, address, told, nick, called, spelled, _aliases(said), _site(address), bool(facts.get("is_bot")),
        handle_forms(name), places,
    )  # fmt: skip


def _aliases(said: str) -> tuple[str, ...]:
    if not _MARKED.search(said):
        return ()
    found = (squeezed(next(filter(None, groups))) for groups in _ALIAS.findall(said[:LONGEST]))
    return tuple(dict.fromkeys(alias for alias in found if len(alias) > 2 and alias not in GENERIC))


def _site(address: str) -> str:
    """The name of the domain, without its ending, "" for one that is short or where everybody can have an address."""
    labels = address.partition("@")[2].split(".")
    site = squeezed(labels[-2]) if len(labels) == 2 else ""
    return site if len(site) > 4 and site not in _PROVIDERS else ""


def _spelled(handle: str) -> Name:
    written = _TAIL.sub("", handle)
    return NOBODY if written.isascii() and written.isalnum() and written.islower() else parse(written)


def equal_address(text: str) -> str:
    """The form in which two addresses are equal; "" for none, for one that names a task (info@, noreply@) or that no mail reaches."""
    plain = text.strip().casefold()
    if not plain or not _ADDRESS.fullmatch(plain):
        return ""
    local, _at, domain = plain.rpartition("@")
    if set(re.split(r"[.+_-]", local)) & GENERIC or local in GENERIC or _NO_REPLY.search(local):
        return ""
    return f"{local}@{domain}"


def mailbox(address: str) -> str:
    """The mailbox behind an equal address: without +tag, and without dots where the provider ignores them."""
    local, _at, domain = address.rpartition("@")
    local = local.partition("+")[0] or local
    return f"{local.replace('.', '')}@gmail.com" if domain in _DOTLESS else f"{local}@{domain}" if address else ""


def load(connection: sqlite3.Connection) -> list[Account]:
    """Every account of a community, by platform key."""
    decode = msgspec.json.Decoder(dict[str, Any]).decode
    rows = connection.execute(
        "SELECT i.id, s.platform || ':' || s.key || '/' || i.key, i.source_id, i.member_id, i.facts FROM identities i JOIN sources s ON s.id = i.source_id"
    )
    return sorted((account(id, ref, source, member, decode(facts)) for id, ref, source, member, facts in rows), key=lambda one: one.ref)


def handle_forms(name: Name) -> dict[str, str]:
    """Handles that people make of a full name → what they are made of: "both" names, an "initial" and a name, or one name that is not a
    common given name ("family")."""
    if not name.full:
        return {}
    words, first, last = name.words, name.words[0], name.words[-1]
    forms = {word: "family" for word in (first, last) if len(word) > 4 and not is_given(word)}
    _add_forms(forms, words, first, last)
    if name.whole:
        _add_forms(forms, name.whole, name.whole[0], "".join(name.whole[1:]))
    return forms if len(first) > 2 and len(last) > 2 else {form: made for form, made in forms.items() if len(form) > 3}


def _add_forms(forms: dict[str, str], words: tuple[str, ...], first: str, last: str) -> None:
    a, b = first[0], last[0]
    for form in (a + last, last + a, first + b, b + first, last + first[:2], first[:2] + last):
        forms[form] = "initial"
    forms[first + last] = forms[last + first] = "both"
    if len(words) > 2:
        middle = "".join([word[0] for word in words[1:-1]])
        forms["".join(words)] = forms["".join(words[:3])] = forms[f"{first}{middle}{last}"] = "both"


@lru_cache(maxsize=8192)
def plain(text: str) -> str:
    """A unit, place or organisation as it is compared."""
    return " ".join(ascii_of(text).split())
