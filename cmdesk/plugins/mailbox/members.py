"""Lists of members beside the mails of a group: CSV files of Google Groups and Vault, groups.io and Mailman."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from cmdesk.api import N_, CmdeskError, Membership, Person, Record

from .addresses import unhidden

if TYPE_CHECKING:
    from cmdesk.api import Source

    from .senders import Senders

_EMAIL = frozenset({"email", "email address", "member email", "e-mail", "address", "member", "group member email", "user email"})
_NAME = frozenset({"name", "nickname", "display name", "full name", "member name", "real name"})
_ROLE = frozenset({"role", "group status", "member role", "moderator", "type", "subtype"})
_JOINED = frozenset({"joined", "join date", "date joined", "joined at", "when joined", "join time", "join timestamp"})
_LEADS = ("owner", "manager", "moderator")


def is_list(source: Source, name: str) -> bool:
    """True for a CSV whose name speaks of members and whose columns hold addresses."""
    if not name.lower().endswith((".csv", ".tsv")) or "member" not in name.lower():
        return False
    try:
        return _column(source.table(name, header=True, counted=False).columns, _EMAIL) >= 0
    except CmdeskError:
        return False


def read(source: Source, name: str, senders: Senders, group: str) -> Iterator[Record]:
    """Persons and memberships; the group is that of the mails beside it."""
    from cmdesk.api import parse_when

    table = source.table(name, header=True)
    email, called, role, joined = (_column(table.columns, names) for names in (_EMAIL, _NAME, _ROLE, _JOINED))
    key = senders.only_group() or group.casefold()
    for row in table.rows:
        address, _hidden = unhidden(row.cells[email])
        if not address:
            source.set_aside(N_("{name}, line {number:,}").format(name=name, number=row.number), N_("a member has no address"))
            continue
        source.use()
        leads = role >= 0 and row.cells[role].strip().lower().endswith(_LEADS)
        yield Person(key=address, name=row.cells[called].strip() if called >= 0 else "", email=address, is_moderator=True if leads else None)
        yield Membership(person=address, group=key, joined=parse_when(row.cells[joined]).at if joined >= 0 else None)


def _column(columns: tuple[str, ...], names: frozenset[str]) -> int:
    return next((at for at, column in enumerate(columns) if column.strip().lower().replace("_", " ") in names), -1)
