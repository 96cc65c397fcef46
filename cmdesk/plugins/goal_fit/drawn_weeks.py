"""Measures of what people write, under drawn weeks of W: who is active, how evenly, what comes back, and how long replies take."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import cached_property
from typing import Any

import numpy as np

from cmdesk.api import Progress, resampling

from . import answering, reach
from .drawn import ratio
from .facts import DAY, HOUR, QUARTER, Bools, Facts, Floats, Index, Ints, Lists, Singles
from .measures import LEAST_ITEMS
from .replies import messages

_LEVELS = 512  # distinct times that a median is looked for among
_CELLS = 8_000_000  # pairs × replicates at a time


class Weeks:
    """The weeks of a span that ends at `until`, and how often each was drawn: `counts` is weeks × B. Whole numbers, so sums of them are exact."""

    def __init__(self, plan: resampling.Plan, until: int, since: int, first: int = 0) -> None:
        self.until, self.since = until, since
        self.many = resampling.weeks_in(until - since)
        self.counts = plan.counts(self.many, first)

    def of(self, at: Ints) -> Ints:
        """The week of each time in the span."""
        return resampling.week_of(at, self.until, self.many)

    def table(self, row: Index | Ints, at: Ints, rows: int, amount: Any = None) -> Singles:
        """How much each row has in each week: rows × weeks."""
        key = np.asarray(row, np.int64) * self.many + self.of(at)
        return np.bincount(key, amount, rows * self.many).reshape(rows, self.many).astype(np.float32)


class Written:
    """What the groups of a snapshot wrote in W, week by week; shared by the functions below."""

    def __init__(self, shared: Facts, plan: resampling.Plan) -> None:
        self.shared, self.plan, self.progress = shared, plan, Progress()
        snapshot = shared.snapshot
        self.posts = snapshot.posts
        self.window = Weeks(plan, snapshot.until, snapshot.since)
        middle = snapshot.until - QUARTER
        self.quarters = (Weeks(plan, snapshot.until, middle), Weeks(plan, middle, middle - QUARTER, resampling.weeks_in(QUARTER)))

    @cached_property
    def _recent(self) -> tuple[Ints, Lists]:
        rows = np.flatnonzero(self.shared.human & self.shared.in_window)
        return rows, self.shared.by_place(rows)

    @cached_property
    def _half_year(self) -> tuple[Ints, Lists]:
        rows = np.flatnonzero(self.shared.human & (self.posts.at > self.quarters[1].since))
        return rows, self.shared.by_place(rows)

    def scope(self, rows: Ints, lists: Lists, group: int) -> Ints:
        """Those of `rows` that count for the group: in its channels, or, where it has none, anywhere."""
        return rows[self.shared.scope(lists, group)] if self.shared.snapshot.groups.has_channel[group] else rows

    def each(self, groups: Sequence[int]) -> Iterator[int]:
        """The groups, one after the other, unless somebody asks to stop."""
        for group in groups:
            self.progress.check()
            yield group

    def recent(self, group: int) -> Ints:
        """Posts of W that count for a group."""
        return self.scope(*self._recent, group)

    def by_person(self, rows: Ints, persons: Index, weeks: Weeks) -> Singles:
        """How much each of `persons` wrote under drawn weeks: persons × B."""
        place = np.full(self.shared.people, -1)
        place[persons] = np.arange(len(persons))
        rows = rows[(place[self.posts.author[rows]] >= 0) & (self.posts.at[rows] > weeks.since) & (self.posts.at[rows] <= weeks.until)]
        return np.asarray(weeks.table(place[self.posts.author[rows]], self.posts.at[rows], len(persons)) @ weeks.counts)

    def half_year(self, group: int) -> Ints:
        """Posts of the last two quarters that count for a group."""
        return self.scope(*self._half_year, group)


def _n(written: Written, groups: Sequence[int]) -> list[Floats]:
    return [
        (written.by_person(written.recent(group), written.shared.active(group), written.window) > 0).sum(axis=0).astype(np.float64)
        for group in written.each(groups)
    ]


def _even(written: Written, groups: Sequence[int]) -> list[Floats]:
    found = []
    for group in written.each(groups):
        active = written.shared.active(group)
        amounts = written.by_person(written.recent(group), active, written.window).astype(np.float64)
        total = amounts.sum(axis=0)
        p = np.divide(amounts, total, out=np.zeros_like(amounts), where=total > 0)
        entropy = -(p * np.log(np.maximum(p, 1e-300))).sum(axis=0) / np.log(len(active))
        found.append(np.where(total > 0, entropy, np.nan))
    return found


def _voice(written: Written, groups: Sequence[int]) -> list[Floats]:
    found = []
    for group in written.each(groups):
        active, rows = written.shared.active(group), written.recent(group)
        begun = written.by_person(rows[written.posts.starts[rows]], active, written.window)
        found.append(np.asarray((begun > 0).sum(axis=0) / len(active), np.float64))
    return found


def _stab(written: Written, groups: Sequence[int]) -> list[Floats]:
    found = []
    for group in written.each(groups):
        roster, rows = written.shared.snapshot.groups.roster[group], written.half_year(group)
        now, before = (written.by_person(rows, roster, quarter) > 0 for quarter in written.quarters)
        found.append(ratio((now & before).sum(axis=0), (now | before).sum(axis=0)))
    return found


def _two(written: Written, groups: Sequence[int]) -> list[Floats]:
    """Pairs with exchange both ways ÷ pairs with any."""
    exchanges, weeks, width = written.shared.exchanges, written.window, written.plan.replicates
    there, back = (resampling.ByWeek(*part, len(exchanges.low), weeks.many) for part in _ways(written))
    rows = {group: exchanges.among(written.shared.active(group)) for group in written.each(groups)}
    found = {group: np.full(width, np.nan) for group in written.each(groups)}
    step = max(8, _CELLS // max(len(exchanges.low), 1))
    for low in range(0, width, step):
        part = slice(low, min(low + step, width))
        forth, again = there.under(weeks.counts[:, part]) > 0, back.under(weeks.counts[:, part]) > 0
        some, both = forth | again, forth & again
        for group in written.each(groups):
            found[group][part] = ratio(both[rows[group]].sum(axis=0), some[rows[group]].sum(axis=0))
    return list(found.values())


def _ways(written: Written) -> list[tuple[Ints, Ints, Floats]]:
    """Pair, week and 1 of each directed event of W, from low to high and from high to low."""
    from .facts import directed

    exchanges, people = written.shared.exchanges, max(1, written.shared.people)
    source, target, at = directed(written.shared.snapshot)
    recent = at > written.window.since
    source, target, at = source[recent].astype(np.int64), target[recent].astype(np.int64), at[recent]
    known = exchanges.low.astype(np.int64) * people + exchanges.high
    pair = np.searchsorted(known, np.minimum(source, target) * people + np.maximum(source, target))
    week = written.window.of(at)
    return [(pair[way], week[way], np.ones(int(way.sum()))) for way in (source < target, source > target)]


def _new(written: Written, groups: Sequence[int]) -> list[Floats]:
    exchanges, snapshot, found = written.shared.exchanges, written.shared.snapshot, []
    for group in written.each(groups):
        active = written.shared.active(group)
        first = exchanges.first[exchanges.among(active)]
        fresh = first[(first > snapshot.since) & (first <= snapshot.until)]
        drawn = written.window.table(np.zeros(len(fresh), np.int64), fresh, 1) @ written.window.counts
        found.append(np.asarray(drawn[0] / len(active) * 90 / snapshot.window_days, np.float64))
    return found


def _per_item(written: Written, groups: Sequence[int], rows: Ints, value: Any) -> list[Floats]:
    """Σ value of posts ÷ how many there are, over each group's scope."""
    lists, weeks, found = written.shared.by_place(rows), written.window, []
    for group in written.each(groups):
        mine = written.shared.scope(lists, group)
        at, none = written.posts.at[rows[mine]], np.zeros(len(mine), np.int64)
        found.append(ratio((weeks.table(none, at, 1, value[mine]) @ weeks.counts)[0], (weeks.table(none, at, 1) @ weeks.counts)[0]))
    return found


def _recog(written: Written, groups: Sequence[int]) -> list[Floats]:
    shared, rows = written.shared, reach.stories(written.shared)
    means = _per_item(written, groups, rows, reach.recognisers(shared)[written.posts.thread[rows]])
    most = [min(len(shared.active(group)) - 1, reach.MOST_RECOGNISED) for group in written.each(groups)]
    return [mean / many if many > 0 else mean * np.nan for mean, many in zip(means, most, strict=True)]


def _lead(written: Written, groups: Sequence[int]) -> list[Floats]:
    """Weeks of W (counted from T) in which a leader wrote ÷ weeks."""
    shared = written.shared
    rows = np.flatnonzero(shared.human & shared.in_window)
    rows = rows[shared.snapshot.people.is_leader[written.posts.author[rows]]]
    lists, weeks = shared.by_place(rows), written.window
    found = []
    for group in written.each(groups):
        mine = rows[shared.scope(lists, group)]
        there = weeks.table(np.zeros(len(mine), np.int64), written.posts.at[mine], 1) > 0
        found.append((there.astype(np.float32) @ weeks.counts)[0] / weeks.many)
    return [np.asarray(each, np.float64) for each in found]


def _rate_w(written: Written, groups: Sequence[int]) -> list[Floats]:
    shared, roster, weeks = written.shared, written.shared.snapshot.groups.roster, written.window
    rows = reach.announcements(shared)
    drawn = np.asarray(weeks.table(shared.place[rows], written.posts.at[rows], shared.groups) @ weeks.counts, np.float64)
    reached = drawn * np.diff(roster.start)[:, None]
    span = shared.snapshot.window_days / 7
    within = shared.snapshot.groups.inside
    return [reached[within[group]].sum(axis=0) / max(len(roster[group]), 1) / span for group in written.each(groups)]


def _t50(written: Written, groups: Sequence[int]) -> list[Floats]:
    rows, hours = reach.half_times(written.shared)
    return _medians(written, groups, rows, (hours * HOUR).astype(np.int64))


def _tfr(written: Written, groups: Sequence[int]) -> list[Floats]:
    rows = answering.questions(written.shared)
    return _medians(written, groups, rows, answering.waits(written.shared, rows))


def _tfr_all(written: Written, groups: Sequence[int]) -> list[Floats]:
    return _medians(written, groups, *messages(written.shared))


def _medians(written: Written, groups: Sequence[int], rows: Ints, wait: Ints) -> list[Floats]:
    """Kaplan–Meier medians in hours; `wait` < 0: no reply until T."""
    snapshot, lists, weeks = written.shared.snapshot, written.shared.by_place(rows), written.window
    found = []
    for group in written.each(groups):
        mine = written.shared.scope(lists, group)
        if len(mine) < LEAST_ITEMS:
            found.append(np.full(written.plan.replicates, np.nan))
            continue
        at = snapshot.posts.at[rows[mine]]
        answered = wait[mine] >= 0
        time = np.where(answered, wait[mine], snapshot.until - at)
        never = snapshot.window_days * DAY
        found.append(waiting_median(time, answered, weeks.of(at), weeks.counts, never) / HOUR)
    return found


def waiting_median(time: Ints, answered: Bools, week: Ints, counts: Singles, never: float) -> Floats:
    """The Kaplan–Meier median under drawn weeks: of each reply's or wait's `time` and `week`, with `counts` (weeks × B). Many different
    times are first rounded up to one of 512 of them."""
    known = np.unique(time[answered])
    if not len(known):
        return np.full(counts.shape[1], never)
    if len(known) > _LEVELS:
        known = known[np.linspace(0, len(known) - 1, _LEVELS).astype(np.int64)]
    weeks, levels = len(counts), len(known)
    first, last = np.searchsorted(known, time), np.searchsorted(known, time, side="right") - 1  # a wait is at risk at replies up to its end
    replies, ended = (
        np.bincount(level[part] * weeks + week[part], minlength=levels * weeks).reshape(levels, weeks).astype(np.float32) @ counts
        for level, part in ((first, answered), (last, ~answered & (last >= 0)))
    )
    gone = np.cumsum(replies + ended, axis=0) - replies - ended
    at_risk = replies.sum(axis=0) + ended.sum(axis=0) - gone
    left = np.cumprod(1 - np.divide(replies, at_risk, out=np.zeros(replies.shape, np.float64), where=at_risk > 0), axis=0)
    half = left <= 0.5 + 1e-9
    return np.where(half.any(axis=0), known[np.argmax(half, axis=0)], never).astype(np.float64)


BY_WEEKS: dict[str, Callable[[Written, Sequence[int]], list[Floats]]] = {
    "n": _n, "even": _even, "voice": _voice, "stab": _stab, "two": _two, "new": _new, "recog": _recog, "lead": _lead, "rate_w": _rate_w,
    "t50": _t50, "tfr": _tfr, "tfr_all": _tfr_all,
}  # fmt: skip
"""Measures that stand on what was written or exchanged in W."""
