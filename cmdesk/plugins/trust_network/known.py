"""What the page reads of a community, and the sentences about it where a picture is not enough."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cmdesk.api import Progress, _, standings

from . import facts, strengths
from .choice import Choice

if TYPE_CHECKING:
    from cmdesk.api_qt import Reader

    from .facts import Facts


def sentence(trust: str) -> str:
    """What the page shows, under its title."""
    return {
        "relational": _("Circles are people with trust in each other, estimated from exchange; the colour is the department."),
        "competence": _("Circles are people who trust each other's competence, estimated from answers and recognition."),
        "asked": _("Circles are people who named each other in surveys and lists of ties."),
    }[trust]  # fmt: skip


def nothing(found: Facts | None) -> str:
    """What the page says where there is nothing to draw."""
    if found is None:
        return _("No messages and no ties yet: import an export, and the circles show here.")
    return _("No ties of this kind yet: choose another kind of trust, or import an export with exchanges between people.")


def read_facts(reader: Reader, choice: Choice, progress: Progress) -> Facts | None:
    """The facts of a community, in a job; None where nobody wrote and nothing was stated."""
    snapshot = reader.snapshot(progress)
    if not len(snapshot.posts) and not strengths.relations(snapshot):
        return None
    with reader.reading() as connection:
        roles, verdicts = standings.roles(connection), standings.verdicts(connection)
    return facts.gather(snapshot, choice, progress, roles=roles, verdicts=verdicts)
