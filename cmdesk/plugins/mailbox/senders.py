"""The people and lists of an archive: who wrote a mail, who is addressed beside the list, and which list it went to."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cmdesk.api import Group, Membership, Person

from .addresses import Mailbox, behind_list, first_mailbox, is_bot, mailboxes, unhidden
from .headers import Header, raw, words
from .layout import address_of

_BY_NAME = "name:"
_LIST_FIELDS = ("list-post", "x-beenthere", "x-mailing-list", "mailing-list", "x-google-group-id")
_LIST_LIKE = re.compile(
    r"[^@]*[-_.](?:list|lists|users?|dev|devel|developers?|announce|discuss|discussion|help|bugs?|commits?|owner|request|admin|bounces|l)@.*"
    r"|[^@]*@(?:lists?|listserv|mailman|groups?)\..*|[^@]*@(?:googlegroups\.com|groups\.io|yahoogroups\..*|freelists\.org)"
    r"|(?:list|lijst|liste|lista|verteiler|mailing-?(?:list|liste|lijst)|all|alle|allen|everyone|everybody|iedereen|tous|todos|leden|members|mitglieder|membres|miembros"
    r"|newsletter|nieuwsbrief)@.*|undisclosed.*"
)
_ALIAS = re.compile(r"(?:[-+.](?:bounces?|request|owners?|admin|join|leave|subscribe|unsubscribe|confirm|help|noreply|no-reply|moderators?|managers?)(?:[+=].*)?)+$")
"""What a list puts behind its own name in the addresses of its machinery."""


class Senders:
    """Remembers who and what was stated already; `most` addresses of a field are read."""

    def __init__(self, most: int) -> None:
        self._lists: dict[str, set[str]] = {}  # what stands before the @ → after it
        self._tags: set[str] = set()
        self._most = most
        self._named: dict[str, bool] = {}
        self._groups: set[str] = set()
        self._wrote: dict[str, dict[str, None]] = {}

    def group(self, header: Header, default: str, overruled: bool) -> tuple[str, list[Group]]:
        """(key of the list that a mail went to, the group if it is new). `default` is its name where the mail does not tell, or `overruled`."""
        address, purpose = self._list_of(header)
        if address:
            name, _at, domain = address.partition("@")
            self._lists.setdefault(name, set()).add(domain)
        if overruled or not address:
            address, purpose, name = default.casefold(), "", default
        else:
            name = address.partition("@")[0]
        if address in self._groups:
            return address, []
        self._groups.add(address)
        return address, [Group(key=address, name=name, kind="list", purpose=purpose)]

    def _list_of(self, header: Header) -> tuple[str, str]:
        """(address, description) of the list that the header names."""
        listed = raw(header, "list-id")
        for field in _LIST_FIELDS:
            value = raw(header, field)
            found = re.search(r"(?:mailto:|list\s+)?([^\s<>,;:?]+@[^\s<>,;?]+)", value) if value else None
            if found:
                return unhidden(found[1])[0], words(listed.partition("<")[0].strip(" \"'"))
        return (address_of(listed), words(listed.partition("<")[0].strip(" \"'"))) if listed else ("", "")

    def author(self, header: Header, line: bytes) -> Mailbox | None:
        """Who wrote a mail; of one that a list sends under its own address, the person behind it. `line` is the line before the mail."""
        found = first_mailbox(raw(header, "from")) or first_mailbox(raw(header, "sender"))
        if found is None:
            address, hidden = unhidden(line.decode("utf-8", "replace"))
            return Mailbox("", address, hidden) if address and not is_bot(address) else None
        behind = behind_list(found.name) if " " in found.name else ""
        listed = self._is_list(found.address)
        if not behind and not listed:
            return found
        for field in ("x-original-from", "x-original-sender", "reply-to"):
            for one in mailboxes(raw(header, field), 5):
                if one.address and not self._is_list(one.address) and one.address != found.address and not _LIST_LIKE.fullmatch(one.address):
                    return Mailbox(behind or one.name, one.address, one.hidden)
        if not behind and (not found.name or _ALIAS.search(found.address.partition("@")[0])):
            return None
        return Mailbox(behind or found.name, "" if behind or listed else found.address)

    def named(self, tag: str) -> None:
        """A list is called so in the brackets of its subjects: an address of that name is its own."""
        if tag:
            self._tags.add(tag.casefold())

    def _is_list(self, address: str) -> bool:
        """True for the address of a list that was met, or of its machinery (club-bounces@), also where it leaves out a part of the domain."""
        name, _at, domain = address.partition("@")
        name = _ALIAS.sub("", name)
        return name in self._tags or any(domain.endswith(one) or one.endswith(domain) for one in self._lists.get(name, ()))

    def addressed(self, header: Header, author: str) -> tuple[list[Mailbox], bool]:
        """(the persons in To and Cc beside author and lists, whether there are more than the limit)."""
        found: dict[str, Mailbox] = {}
        for field in ("to", "cc"):
            for value in header.get(field, ())[:1]:
                for one in mailboxes(raw(header, field) if value else "", self._most + 1):
                    if one.address and one.address != author and not self._is_list(one.address) and not _LIST_LIKE.fullmatch(one.address):
                        found.setdefault(one.address, one)
        return list(found.values())[: self._most], len(found) > self._most

    def stated(self, one: Mailbox) -> Iterator[Person]:
        """The person, if that says something new."""
        key = key_of(one)
        named = self._named.get(key)
        if named or (named is not None and not one.name):
            return
        self._named[key] = bool(one.name)
        address = "" if one.hidden else one.address
        yield Person(key=key, name=one.name, email=address, is_bot=True if is_bot(one.address) else None)

    def only_group(self) -> str:
        """The key of the one group that mails went to; "" if there are several or none."""
        return next(iter(self._groups)) if len(self._groups) == 1 else ""

    def wrote(self, person: str, group: str) -> None:
        """A person wrote to a list, so is in it."""
        self._wrote.setdefault(group, {})[person] = None

    def memberships(self) -> Iterator[Membership]:
        """Everybody who wrote, in what they wrote to."""
        for group, people in self._wrote.items():
            for person in people:
                yield Membership(person=person, group=group)


def key_of(one: Mailbox) -> str:
    """The key of a person: the address, as far as it can be read, else the name."""
    return one.address or _BY_NAME + one.name.casefold()
