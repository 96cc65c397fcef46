"""Announcements and stories: who is reached, how fast, how often, and what comes back."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from cmdesk.api import Measure, Progress, Snapshot, _, calendar

from .facts import DAY, HOUR, NEVER, Bools, Facts, Floats, Index, Ints, Lists, distinct, facts
from .measures import LEAST_ITEMS, few_people, missing, rate, sampled, too_few, unless
from .threads import threads

READ_WITHIN = 30 * DAY
VIEWS_KNOWN = 0.80
OLD_ENOUGH = 7 * DAY
MOST_RECOGNISED = 50


def read(snapshot: Snapshot, groups: Sequence[int], progress: Progress) -> list[Measure]:
    """Members who saw at least one announcement in the 30 days before T ÷ members; where views are known for fewer than 80 % of the
    announcements of these days, members who reacted or replied instead, marked as a proxy."""
    if short := _no_announcements(snapshot, groups):
        return short
    shared, posts = facts(snapshot), snapshot.posts
    begin = snapshot.until - READ_WITHIN
    ours = posts.announcement & (shared.human | shared.unsigned)
    recent = np.flatnonzero(ours & (posts.at > begin))
    seen = np.zeros(len(posts), np.bool_)
    seen[snapshot.viewings.post[snapshot.viewings.post >= 0]] = True
    known, all_ = shared.total(recent, seen[recent]), shared.total(recent)
    views = _touched(shared, ours, snapshot.viewings.post, snapshot.viewings.person, snapshot.viewings.at)
    told = np.zeros(posts.threads, np.bool_)
    told[posts.thread[ours]] = True
    answers = np.flatnonzero(shared.human & posts.is_reply & told[posts.thread])
    start = threads(shared).start[posts.thread[answers]]
    marks = snapshot.reactions
    proxies = _touched(
        shared, ours, np.concatenate([marks.post, start]), np.concatenate([marks.person, posts.author[answers]]),
        np.concatenate([marks.at, posts.at[answers]]),
    )  # fmt: skip

    def one(group: int) -> Measure:
        roster = snapshot.groups.roster[group]
        if not len(roster):
            return missing(_("The group has no members; import its membership."))
        if not all_[group]:
            return missing(_("There was no announcement in the last 30 days; mark announcements, or import a later export."))
        proxy = known[group] < VIEWS_KNOWN * all_[group]
        if proxy and not snapshot.states & {"reaction", "thread"}:
            return missing(_("The data tell neither who saw an announcement nor who reacted; import an export with views or reactions."))
        met = np.zeros(shared.people, np.bool_)
        met[shared.scope(proxies if proxy else views, group)] = True
        return Measure(float(met[roster].mean()), n=len(roster), proxy=bool(proxy))

    return [one(group) for group in groups]


def _touched(shared: Facts, ours: Bools, post: Index | Ints, person: Index, at: Ints) -> Lists:
    """Persons who met an announcement in the last 30 days, in lists by group; not its author. A mark without a time is as old as its post."""
    posts = shared.snapshot.posts
    kept = np.append(ours, False)[post] & (person >= 0)
    post, person, at = post[kept], person[kept], at[kept]
    at = np.where(at == NEVER, posts.at[post], at)
    kept = (at > shared.snapshot.until - READ_WITHIN) & (posts.author[post] != person)
    lists = shared.by_place(post[kept])
    return Lists(lists.start, person[kept][lists.items])


def t50(snapshot: Snapshot, groups: Sequence[int], progress: Progress) -> list[Measure]:
    """Hours until half of those who saw an announcement in the end had seen it: the median over announcements of W older than 7 days."""
    if short := _no_announcements(snapshot, groups):
        return short
    why = _("The data do not tell who saw what and when; import an export with views.")
    if short := unless("viewing" in snapshot.states, snapshot, groups, why):
        return short
    shared = facts(snapshot)
    rows, hours = half_times(shared)
    lists = shared.by_place(rows)
    found = []
    for group in groups:
        mine = shared.scope(lists, group)
        few = len(mine) < LEAST_ITEMS
        found.append(
            too_few(len(mine), _("announcements older than 7 days that somebody saw"))
            if few
            else sampled(float(np.median(hours[mine])), len(mine))
        )
    return found


def half_times(shared: Facts) -> tuple[Ints, Floats]:
    """Announcements of W older than 7 days with a dated view, and the hours until the view that completes half of all."""
    posts, views = shared.snapshot.posts, shared.snapshot.viewings
    old = posts.announcement & (shared.human | shared.unsigned) & shared.in_window & (posts.at < shared.snapshot.until - OLD_ENOUGH)
    kept = (views.post >= 0) & (views.at != NEVER)
    kept[kept] = old[views.post[kept]] & (posts.author[views.post[kept]] != views.person[kept])
    post, at = views.post[kept], views.at[kept]
    order = np.lexsort((at, post))
    post, at = post[order], at[order]
    rows, begin, count = np.unique(post, return_index=True, return_counts=True)
    half = at[begin + (count + 1) // 2 - 1] if len(rows) else at
    return rows, np.maximum(0, half - posts.at[rows]) / HOUR


def rate_w(snapshot: Snapshot, groups: Sequence[int], progress: Progress) -> list[Measure]:
    """Announcements a week that reach a member: those in the groups, within this one, that the member is in; the mean over members."""
    if short := _no_announcements(snapshot, groups):
        return short
    if short := unless(snapshot.window_days > 0, snapshot, groups, _("The period holds no day; choose a longer period.")):
        return short
    shared, roster = facts(snapshot), snapshot.groups.roster
    counts = np.bincount(shared.place[announcements(shared)], minlength=shared.groups)
    reached = counts * np.diff(roster.start)
    weeks = snapshot.window_days / 7

    def one(group: int) -> Measure:
        members, within = len(roster[group]), snapshot.groups.inside[group]
        if not members:
            return missing(_("The group has no members; import its membership."))
        return Measure(float(reached[within].sum() / members / weeks), n=int(counts[within].sum()))

    return [one(group) for group in groups]


def srole(snapshot: Snapshot, groups: Sequence[int], progress: Progress) -> list[Measure]:
    """Announcements of W by a named author with a visible role ÷ announcements of W."""
    if short := _no_announcements(snapshot, groups):
        return short
    why = _("The data tell nobody's role; import profiles or a list of people with roles.")
    if short := unless("role" in snapshot.states, snapshot, groups, why):
        return short
    shared, people = facts(snapshot), snapshot.people
    rows = announcements(shared)
    author = snapshot.posts.author[rows]
    hit = (author >= 0) & people.has_name[author] & people.has_role[author]
    return rate(snapshot, groups, "srole", shared.total(rows, hit), shared.total(rows), _("announcements"))


def ann_ans(snapshot: Snapshot, groups: Sequence[int], progress: Progress) -> list[Measure]:
    """Announcements of W with at least one reply by another person ÷ announcements of W."""
    if short := _no_announcements(snapshot, groups):
        return short
    why = _("The data do not tell which message replies to which; import an export with threads.")
    if short := unless("thread" in snapshot.states, snapshot, groups, why):
        return short
    shared = facts(snapshot)
    rows = announcements(shared)
    hit = threads(shared).first_reply[snapshot.posts.thread[rows]] != NEVER
    return rate(snapshot, groups, "ann_ans", shared.total(rows, hit), shared.total(rows), _("announcements"))


def lead(snapshot: Snapshot, groups: Sequence[int], progress: Progress) -> list[Measure]:
    """Full local weeks of W in which a marked leader wrote ÷ full local weeks of W."""
    why = _("Nobody is marked as a leader; mark leaders in the list of people.")
    if short := unless(snapshot.people.leaders_marked, snapshot, groups, why):
        return short
    shared, zone = facts(snapshot), calendar.Calendar(snapshot.zone)
    first, last = _full_weeks(snapshot, zone)
    if last < first:
        return [missing(_("The period holds no full week; choose a longer period.")) for _group in groups]
    rows = np.flatnonzero(shared.human & shared.in_window)
    rows = rows[snapshot.people.is_leader[snapshot.posts.author[rows]]]
    week = zone.weeks(snapshot.posts.at[rows])
    full = (week >= first) & (week <= last)
    rows, week = rows[full], week[full]
    lists = shared.by_place(rows)
    many = last - first + 1
    return [Measure(len(np.unique(week[shared.scope(lists, group)])) / many, n=many) for group in groups]


def _full_weeks(snapshot: Snapshot, zone: calendar.Calendar) -> tuple[int, int]:
    """The first and the last ISO week that lie wholly in W."""
    before, begin, end, after = zone.days(np.array([snapshot.since, snapshot.since + 1, snapshot.until, snapshot.until + 1])).tolist()
    first_day = begin if begin != before else begin + 1
    last_day = end if after != end else end - 1
    return (first_day + 3 + 6) // 7, (last_day + 3 + 1) // 7 - 1


def recog(snapshot: Snapshot, groups: Sequence[int], progress: Progress) -> list[Measure]:
    """Distinct persons who reacted or replied, the author left out, per thread-starting post of W ÷ min(n − 1, 50); the mean."""
    why = _("The data hold neither reactions nor threads; import an export that has them.")
    if short := unless(bool(snapshot.states & {"reaction", "thread"}), snapshot, groups, why):
        return short
    shared = facts(snapshot)
    rows = stories(shared)
    count, items = shared.total(rows, recognisers(shared)[snapshot.posts.thread[rows]]), shared.total(rows)

    def one(group: int) -> Measure:
        n, k = len(shared.active(group)), int(items[group])
        if n < 2:
            return missing(few_people(n, 2), k)
        return too_few(k, _("posts that start a thread")) if k < LEAST_ITEMS else sampled(count[group] / k / min(n - 1, MOST_RECOGNISED), k)

    return [one(group) for group in groups]


def recognisers(shared: Facts) -> Floats:
    """For each thread that a person who counts began the distinct others who wrote in it or reacted to the post that starts it; made once."""
    if "recognisers" not in shared.kept:
        shared.kept["recognisers"] = _fewer(shared, shared.whole) if shared.whole else _recognisers(shared)
    count: Floats = shared.kept["recognisers"]
    return count


def _fewer(shared: Facts, whole: Facts) -> Floats:
    """Those of the community before people left, without these people."""
    posts, found, people = shared.snapshot.posts, threads(whole), max(1, shared.people)
    thread, person = found.members
    left = shared.gone[person]
    everybody = np.union1d(thread[left].astype(np.int64) * people + person[left], _reacted(whole, shared.gone))
    start = found.start[everybody // people]
    author = np.where(start >= 0, posts.author[start], -1)
    gone = np.bincount(everybody[everybody % people != author] // people, minlength=found.count)
    return recognisers(whole) - gone


def _reacted(shared: Facts, who: Bools) -> Ints:
    """The distinct thread · people + person of reactions by `who` to posts that start a thread."""
    marks, posts = shared.snapshot.reactions, shared.snapshot.posts
    kept = (marks.post >= 0) & np.append(who, False)[marks.person]
    kept[kept] = posts.starts[marks.post[kept]]
    return distinct(posts.thread[marks.post[kept]].astype(np.int64) * max(1, shared.people) + marks.person[kept])


def _recognisers(shared: Facts) -> Floats:
    posts, found = shared.snapshot.posts, threads(shared)
    people = max(1, shared.people)
    reacted = _reacted(shared, shared.snapshot.people.counted)
    at = np.minimum(np.searchsorted(found.pairs, reacted), max(0, len(found.pairs) - 1))
    fresh = reacted[found.pairs[at] != reacted] if len(found.pairs) else reacted
    everybody = np.concatenate([found.pairs, fresh])
    start = found.start[everybody // people]
    author = np.where(start >= 0, posts.author[start], -1)
    return np.bincount(everybody[everybody % people != author] // people, minlength=found.count).astype(np.float64)


def prop(snapshot: Snapshot, groups: Sequence[int], progress: Progress) -> list[Measure]:
    """Thread-starting posts of W that were passed on into another group ÷ such posts."""
    why = _("The data do not tell which post was passed on into another group; import an export with shares.")
    if short := unless("share" in snapshot.states, snapshot, groups, why):
        return short
    shared, marks = facts(snapshot), snapshot.shares
    kept = (marks.post >= 0) & (marks.group >= 0)
    post = marks.post[kept]
    passed = np.zeros(len(snapshot.posts), np.bool_)
    passed[post[shared.place[post] != marks.group[kept]]] = True
    rows = stories(shared)
    hits, items = shared.total(rows, passed[rows]), shared.total(rows)
    what = _("posts that start a thread")
    return [too_few(int(items[g]), what) if items[g] < LEAST_ITEMS else sampled(hits[g] / items[g], int(items[g])) for g in groups]


def stories(shared: Facts) -> Ints:
    return np.flatnonzero(shared.snapshot.posts.starts & shared.human & shared.in_window)


def announcements(shared: Facts) -> Ints:
    """Rows of the announcements of W; one without a known author is one too."""
    return np.flatnonzero(shared.snapshot.posts.announcement & (shared.human | shared.unsigned) & shared.in_window)


def _no_announcements(snapshot: Snapshot, groups: Sequence[int]) -> list[Measure] | None:
    why = _("No message is recognised as an announcement; import an announcement channel, or an export that marks announcements.")
    return unless("announcement" in snapshot.states, snapshot, groups, why)
