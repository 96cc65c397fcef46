"""Views of a page that the user gave a name, kept in the file. What a view shows is the page's own text; core keeps it as it is."""

from __future__ import annotations

import sqlite3

import msgspec

from cmdesk.core import history
from cmdesk.core.community import Community
from cmdesk.core.errors import CmdeskError
from cmdesk.core.text import N_, _

LONGEST = 80
"""Characters of a name."""
MOST = 100_000
"""Characters of what a view shows."""


class NamedView(msgspec.Struct, frozen=True, order=True):
    """`page` is the View's name, such as trust_network.network."""

    page: str
    name: str
    shows: str


def rows(connection: sqlite3.Connection, page: str) -> list[NamedView]:
    """The named views of a page, by name."""
    found = connection.execute("SELECT page, name, shows FROM named_views WHERE page = ? ORDER BY name", (page,))
    return [NamedView(*row) for row in found]


def keep(community: Community, page: str, name: str, shows: str) -> None:
    """Keep a view under a name, in place of the one of that name, as an undoable command; CmdeskError for an empty or overlong name."""
    name = " ".join(name.split())
    if not name or len(name) > LONGEST:
        raise CmdeskError(_("The name of a view has 1 to {most} characters.").format(most=LONGEST), _("Choose another name."))
    if len(shows) > MOST:
        raise CmdeskError(_("This view is too large to keep."), _("Select fewer people, then keep it."))
    _put(community, page, name, {"shows": shows}, N_("View kept: {name}"))


def remove(community: Community, page: str, name: str) -> None:
    """Take a named view away, as an undoable command; CmdeskError if there is none."""
    with community.reading() as connection:
        if name not in [row.name for row in rows(connection, page)]:
            raise CmdeskError(_("There is no view {name}.").format(name=name), _("Choose one from the list."))
    _put(community, page, name, None, N_("View removed: {name}"))


def _put(community: Community, page: str, name: str, after: dict[str, str] | None, title: str) -> None:
    with community.reading() as connection:
        change = history.change(connection, "named_views", {"page": page, "name": name}, after)
    if change.before != change.after:
        history.command(community, "view", title.format(name=name), [change], tables=("named_views",))
