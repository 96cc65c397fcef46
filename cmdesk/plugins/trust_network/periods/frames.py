"""The ties at the end of each period, by one rule, from one snapshot: nothing that came later counts."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from cmdesk.api import Progress, _, calendar

from .. import strengths
from ..choice import Choice

if TYPE_CHECKING:
    from cmdesk.api import Bools, Floats, Index, Ints, Snapshot

QUARTER = 90
"""Days between two periods (goal-model §4.0)."""
MANY = 8
"""Periods that are looked back at, at most."""


@dataclass(frozen=True, eq=False)
class Frame:
    """The network as it was at the end of `day` (`until`, µs UTC): pairs i < j of rows of people with their trust r, sorted, and which are strong.
    `here`: who had written, reacted or been turned to by then."""

    day: dt.date
    until: int
    i: Index
    j: Index
    r: Floats
    strong: Bools
    here: Bools

    def __len__(self) -> int:
        return len(self.i)

    def keys(self) -> Ints:
        """One number a pair, rising."""
        return self.i.astype(np.int64) * len(self.here) + self.j


def ends(snapshot: Snapshot, many: int = MANY, days: int = QUARTER) -> list[tuple[dt.date, int]]:
    """The last days of the periods with their last microsecond, the oldest first; back from the snapshot's own T as far as there are facts, so at
    least one."""
    days_of = calendar.Calendar(snapshot.zone)
    last = days_of.date(snapshot.until)
    found = [(last, snapshot.until)]
    for back in range(1, many):
        if (last - dt.date.min).days <= days * back:
            break
        day = last - dt.timedelta(days=days * back)
        until = days_of.end_of(day)
        if until <= snapshot.first:
            break
        found.insert(0, (day, until))
    return found


def frames(
    snapshot: Snapshot, at: list[tuple[dt.date, int]] | None = None, choice: Choice | None = None, progress: Progress | None = None
) -> list[Frame]:
    """The network at each of the moments `at` (as `ends` gives them); ties are of the kind of trust and from the kinds of exchange of `choice`, and at
    least of its threshold."""
    from cmdesk.api import earlier

    progress = progress or Progress()
    wanted = choice or Choice()
    moments = ends(snapshot) if at is None else at
    progress.step(_("Periods"), len(moments), _("periods"))
    found = []
    for day, until in moments:
        then = snapshot if until == snapshot.until else earlier.earlier(snapshot, until)
        found.append(_frame(then, day, strengths.of(then, wanted), wanted.threshold))
        progress.advance()
    return found


def _frame(then: Snapshot, day: dt.date, every: strengths.Ties, at_least: float) -> Frame:
    some = (every.weight >= at_least - 1e-12) & (every.weight > 0)
    here = np.zeros(len(then.people), np.bool_)
    here[then.posts.author[then.posts.author >= 0]] = True
    for end in (then.events.actor, then.events.target):
        here[end] = True
    return Frame(day, then.until, every.i[some], every.j[some], every.weight[some], every.strong[some], here & then.people.counted)
