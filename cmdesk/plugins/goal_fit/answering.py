"""Questions, replies and how long they take: answered, solved, times to a reply, welcome, dialogue, ideas."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from cmdesk.api import Measure, Progress, Snapshot, _

from .facts import DAY, HOUR, NEVER, YEAR, Bools, Facts, Floats, Index, Ints, begins, facts
from .measures import LEAST_ITEMS, rate, sampled, too_few, unless
from .threads import threads

ANSWER_WITHIN = 72 * HOUR
WELCOME_WITHIN = 48 * HOUR


def ans(snapshot: Snapshot, groups: Sequence[int], progress: Progress) -> list[Measure]:
    """Questions of W older than 72 h with a reply by another person within 72 h ÷ such questions."""
    if short := _no_questions(snapshot, groups):
        return short
    shared = facts(snapshot)
    rows = questions(shared)
    rows = rows[snapshot.posts.at[rows] < snapshot.until - ANSWER_WITHIN]
    wait = waits(shared, rows)
    hit = (wait >= 0) & (wait <= ANSWER_WITHIN)
    return rate(snapshot, groups, "ans", shared.total(rows, hit), shared.total(rows), _("questions older than 72 hours"))


def solved(snapshot: Snapshot, groups: Sequence[int], progress: Progress) -> list[Measure]:
    """Questions of W with an accepted answer or a positive reaction by the asker to another person's reply ÷ questions of W."""
    if short := _no_questions(snapshot, groups):
        return short
    if not snapshot.states & {"accepted", "reaction"}:
        why = _("The data hold neither accepted answers nor reactions; import an export that has them.")
        return unless(False, snapshot, groups, why) or []
    shared = facts(snapshot)
    rows = questions(shared)
    hit = _closed(shared)[snapshot.posts.thread[rows]]
    return rate(snapshot, groups, "solved", shared.total(rows, hit), shared.total(rows), _("questions"))


def tfr(snapshot: Snapshot, groups: Sequence[int], progress: Progress) -> list[Measure]:
    """Median hours to the first reply by another person to a question of W; unanswered questions count as still waiting at T."""
    if short := _no_questions(snapshot, groups):
        return short
    shared = facts(snapshot)
    rows = questions(shared)
    return _times(shared, groups, rows, waits(shared, rows), _("questions"))


def tfr_all(snapshot: Snapshot, groups: Sequence[int], progress: Progress) -> list[Measure]:
    """Median hours until the addressee of a directed message of W replies: in its thread, or to its author."""
    from .replies import messages

    shared = facts(snapshot)
    if not snapshot.states & {"thread", "mention"}:
        why = _(
            "The data hold neither threads nor mentions, so nobody can tell to whom a message is directed; import an export that has them."
        )
        return unless(False, snapshot, groups, why) or []
    rows, wait = messages(shared)
    return _times(shared, groups, rows, wait, _("messages to somebody"))


def wel(snapshot: Snapshot, groups: Sequence[int], progress: Progress) -> list[Measure]:
    """Newcomers of W whose first post (older than 48 h) got a reply by another person within 48 h ÷ such newcomers."""
    shared, posts = facts(snapshot), snapshot.posts
    joined = snapshot.people.joined
    rows = np.flatnonzero(shared.human)
    first = np.full(shared.people, -1)
    first[posts.author[rows[::-1]]] = rows[::-1]
    people = np.flatnonzero(first >= 0)
    rows = first[people]
    newcomer = np.where(joined[people] != NEVER, joined[people] > snapshot.since, posts.at[rows] - snapshot.first >= YEAR)
    rows = rows[newcomer & shared.in_window[rows] & (posts.at[rows] < snapshot.until - WELCOME_WITHIN)]
    wait = waits(shared, rows)
    hit = (wait >= 0) & (wait <= WELCOME_WITHIN)
    return rate(
        snapshot, groups, "wel", shared.total(rows, hit), shared.total(rows), _("first posts of newcomers (people with a date of joining)")
    )


def multi(snapshot: Snapshot, groups: Sequence[int], progress: Progress) -> list[Measure]:
    """Threads of W with a dialogue ÷ threads of W with a reply by somebody else."""
    why = _("The data hold no threads; import an export that tells which message replies to which.")
    if short := unless("thread" in snapshot.states, snapshot, groups, why):
        return short
    shared = facts(snapshot)
    found = threads(shared)
    replied = found.in_window & (found.first_reply != NEVER)
    hits, items = by_group(shared, found.place, replied & found.dialogue), by_group(shared, found.place, replied)
    return rate(snapshot, groups, "multi", hits, items, _("threads with a reply"))


def idea(snapshot: Snapshot, groups: Sequence[int], progress: Progress) -> list[Measure]:
    """Threads of W that are marked or recognised as an idea or open question ÷ threads of W."""
    why = _("No message is marked or recognised as an idea; tag ideas, or import a channel that is for ideas.")
    if short := unless("idea" in snapshot.states, snapshot, groups, why):
        return short
    shared = facts(snapshot)
    found = threads(shared)
    marked = np.zeros(found.count, np.bool_)
    marked[snapshot.posts.thread[snapshot.posts.idea]] = True
    hits, items = by_group(shared, found.place, found.in_window & marked), by_group(shared, found.place, found.in_window)
    return rate(snapshot, groups, "idea", hits, items, _("threads"))


def questions(shared: Facts) -> Ints:
    """Rows of the questions of W that a person asked."""
    return np.flatnonzero(shared.snapshot.posts.question & shared.human & shared.in_window)


def by_group(shared: Facts, place: Index, chosen: Bools) -> Floats:
    """How many of the `chosen` threads lie in each group's scope."""
    return shared.inside(np.bincount(place[chosen], minlength=shared.groups))


def median_wait(wait: Ints, waiting: Ints, never: float) -> float:
    """Kaplan–Meier median: `wait` are times to a reply, `waiting` times without one until T; `never` where less than half were answered.
    A reply at the same moment as the end of a wait comes first."""
    if not len(wait):
        return never
    wait, waiting = np.sort(wait), np.sort(waiting)
    begin = np.flatnonzero(begins(wait))
    times, answered = wait[begin], np.diff(np.append(begin, len(wait)))
    at_risk = len(wait) - begin + len(waiting) - np.searchsorted(waiting, times)
    unanswered = np.cumprod(1 - answered / at_risk)
    half = np.flatnonzero(unanswered <= 0.5 + 1e-12)
    return float(times[half[0]]) if len(half) else never


def _times(shared: Facts, groups: Sequence[int], rows: Ints, wait: Ints, what: str) -> list[Measure]:
    """Kaplan–Meier medians in hours over each group's scope; `wait` < 0: no reply until T. Where the median is not reached, the length of W."""
    snapshot = shared.snapshot
    lists = shared.by_place(rows)
    found = []
    for group in groups:
        mine = shared.scope(lists, group)
        if len(mine) < LEAST_ITEMS:
            found.append(too_few(len(mine), what))
            continue
        answered = wait[mine] >= 0
        still = snapshot.until - snapshot.posts.at[rows[mine[~answered]]]
        never = float(snapshot.window_days * DAY)
        found.append(sampled(median_wait(wait[mine[answered]], still, never) / HOUR, len(mine)))
    return found


def waits(shared: Facts, rows: Index | Ints) -> Ints:
    """How long each post waited for somebody else's reply, −1 where none came. To a thread's start every post in the thread is a reply, to
    another post those that answer it."""
    posts = shared.snapshot.posts
    when = np.where(posts.starts[rows], threads(shared).first_reply[posts.thread[rows]], NEVER)
    inner = ~posts.starts[rows]
    if inner.any():
        when[inner] = _first_answer(shared)[rows[inner]]
    return np.where(when == NEVER, -1, when - posts.at[rows])


def _first_answer(shared: Facts) -> Ints:
    posts = shared.snapshot.posts
    rows = np.flatnonzero(shared.human & (posts.answers >= 0))
    rows = rows[posts.author[rows] != posts.author[posts.answers[rows]]][::-1]
    when = np.full(len(posts), NEVER)
    when[posts.answers[rows]] = posts.at[rows]
    return when


def _closed(shared: Facts) -> Bools:
    """Threads with an accepted post, or with a positive reaction by the starter to a post by somebody else."""
    snapshot, posts = shared.snapshot, shared.snapshot.posts
    closed = np.zeros(posts.threads, np.bool_)
    accepted = snapshot.accepted.post[snapshot.accepted.post >= 0]
    closed[posts.thread[accepted]] = True
    marks = snapshot.reactions
    kept = marks.post >= 0 if marks.positive is None else (marks.post >= 0) & marks.positive
    post, person = marks.post[kept], marks.person[kept]
    start = threads(shared).start[posts.thread[post]]
    starter = np.where(start >= 0, posts.author[start], -1)
    by_asker = (person >= 0) & (person == starter) & (posts.author[post] != person) & shared.human[post]
    closed[posts.thread[post[by_asker]]] = True
    return closed


def _no_questions(snapshot: Snapshot, groups: Sequence[int]) -> list[Measure] | None:
    why = _("No message is recognised as a question; import the messages with their text, or an export that marks questions.")
    return unless("question" in snapshot.states, snapshot, groups, why)
