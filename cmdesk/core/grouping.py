"""Make a group of people or of a circle, as an undoable command."""

from __future__ import annotations

from collections.abc import Sequence

from cmdesk.core import assessments, circle_store, groups, history, made_groups
from cmdesk.core.community import Community
from cmdesk.core.errors import CmdeskError
from cmdesk.core.schema import ROOT
from cmdesk.core.text import N_, _


def make(community: Community, name: str, members: Sequence[str], parent: int = ROOT) -> int:
    """A new group of the members with these platform keys inside the group `parent`; returns its id. CmdeskError for a name that is empty or
    taken, or fewer than two people."""
    with community.reading() as connection:
        kept = made_groups.check_name(connection, name)
        key, values = made_groups.values(kept, groups.ref_of(connection, parent), members)
        change = history.change(connection, "made_groups", key, values)
    history.command(community, "group", N_("Group {name} made").format(name=kept), [change], tables=("groups",))
    with community.reading() as connection:
        return int(connection.execute("SELECT id FROM groups WHERE ref = ?", (key["ref"],)).fetchone()[0])


def of_circle(community: Community, number: int, name: str, assessment_id: int | None = None, parent: int = ROOT) -> int:
    """A new group of a circle of an assessment (None: the newest); returns its id. CmdeskError if there is no such circle."""
    with community.reading() as connection:
        chosen = assessments.latest(connection) if assessment_id is None else assessment_id
        if chosen is None:
            raise CmdeskError(_("Nothing was assessed yet, so no circle is known."), _("Assess first: cmdesk assess FILE."))
        members = circle_store.members(connection, chosen, number)
    return make(community, name, members, parent)
