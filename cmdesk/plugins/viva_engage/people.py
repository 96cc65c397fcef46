"""Users, and senders whom the table of users does not hold."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from cmdesk.api import N_, Person

from .cells import DAMAGE, DAMAGED, moment, told
from .layout import Part
from .options import Options

if TYPE_CHECKING:
    from cmdesk.api import Source

_EMAIL = "@"


class People:
    """Users by id, and how lists of members may name them."""

    def __init__(self, options: Options) -> None:
        self._domains = {part.strip().casefold().lstrip("@") for part in options.domains.split(";")} - {""}
        self.known: set[str] = set()
        self._by_name: dict[str, str] = {}

    def read(self, source: Source, part: Part) -> Iterator[Person]:
        """The people of a table of users."""
        at = part.columns
        table = source.table(part.name, header=True, pad=True)
        for row in table.rows:
            cell = {name: told(row.cells[k]) for name, k in at.items() if k < len(row.cells)}
            where, key = N_("{label}, line {number:,}").format(label=part.name, number=row.number), cell["id"]
            if not key or DAMAGED.fullmatch(key):
                source.set_aside(where, DAMAGE if key else N_("the row has no id"))
                continue
            source.use()
            yield self._person(key, cell)

    def _person(self, key: str, cell: dict[str, str]) -> Person:
        self.known.add(key)
        email = cell.get("email", "").lower()
        self._by_name |= {name.casefold(): key for name in (email, cell.get("guid", "")) if name}
        gone = moment(cell.get("deleted_at", ""))[0] or moment(cell.get("suspended_at", ""))[0]
        deleted = cell.get("state", "").casefold() in ("soft_delete", "deleted", "suspended") or bool(moment(cell.get("deleted_at", ""))[0])
        return Person(
            key=key, name=cell.get("name", ""), email=email if _EMAIL in email else "", unit=cell.get("department", ""), role=cell.get("job_title", ""),
            place=cell.get("location", ""), joined=moment(cell.get("joined_at", ""))[0], left=gone, deleted=deleted or None,
            is_guest=email.rpartition("@")[2] not in self._domains if self._domains and _EMAIL in email else None,
        )  # fmt: skip

    def sender(self, key: str, name: str, email: str, kind: str) -> Person | None:
        """Who sent a message and stands in no table of users, once; exports of a period lack those who did not change in it."""
        if not key or key in self.known:
            return None
        self.known.add(key)
        email = told(email).lower()
        return Person(key=key, name=told(name), email=email if _EMAIL in email else "", is_bot=True if told(kind).casefold() not in ("", "user") else None)

    def find(self, cell: str) -> str:
        """The id of the user whom an id, an address or a guid means, "" for nobody known; an id that no table holds is one all the same."""
        text = told(cell)
        if text in self.known:
            return text
        return self._by_name.get(text.casefold(), text if text.isdigit() else "")
