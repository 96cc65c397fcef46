"""What only people can say: the manageability checklist and what became of ideas."""

from __future__ import annotations

from collections.abc import Sequence

from cmdesk.api import Measure, Progress, Snapshot, _

from .measures import missing


def man(snapshot: Snapshot, groups: Sequence[int], progress: Progress) -> list[Measure]:
    """The manageability checklist."""
    why = missing(_("The manageability checklist of the group is filled in by hand, and this version cannot take it yet."))
    return [why for _group in groups]


def follow(snapshot: Snapshot, groups: Sequence[int], progress: Progress) -> list[Measure]:
    """Ideas that got a new status in time."""
    why = missing(_("What became of an idea is entered by hand, and this version cannot take it yet."))
    return [why for _group in groups]
