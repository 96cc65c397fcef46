"""What only people can say: the manageability checklist, what became of ideas, and the pulse."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from cmdesk.api import Measure, Progress, Snapshot, _, by_hand, calendar, checklist, ngettext

from .answering import by_group
from .content import visible
from .facts import DAY, Facts, facts
from .measures import missing, rate, unless
from .threads import Threads, threads

FOLLOWED_DAYS = 90
LEAST_ANSWERS = 8
LEAST_RESPONSE = 0.40
_Z80 = 1.2815515655446004  # the normal quantile of .90: a two-sided 80 % interval


def man(snapshot: Snapshot, groups: Sequence[int], progress: Progress) -> list[Measure]:
    """The share of the six items of the manageability checklist that hold; missing where nobody answered any of them by hand. What is neither
    answered nor told by the data counts as no. `n`: items that are known."""
    found = []
    for group in groups:
        hand = snapshot.by_hand.checks.get(group, {})
        holds: dict[str, bool | None] = {**_told(facts(snapshot), group), **hand}
        value = checklist.share(holds, bool(hand))
        if value is None:
            found.append(missing(_("Nobody filled in the manageability checklist of the group yet; do so on the page Groups or in a list.")))
        else:
            found.append(Measure(value, n=sum(state is not None for state in holds.values())))
    return found


def _told(shared: Facts, group: int) -> dict[str, bool | None]:
    """What the data tell of the checklist's items."""
    snapshot = shared.snapshot
    return {
        "owner": _owner_active(shared, group), "purpose": group in snapshot.by_hand.purposes, "posting": None,
        "roles": _roles_seen(shared, group), "rule": None, "review": False,
    }  # fmt: skip


def _owner_active(shared: Facts, group: int) -> bool | None:
    owner = shared.snapshot.by_hand.owners.get(group)
    if owner is None:
        return False
    if owner < 0:
        return None
    mine = shared.snapshot.posts.at[shared.snapshot.posts.author == owner]
    return len(mine) > 0 and int(mine.max()) > shared.snapshot.until - checklist.ACTIVE_DAYS * DAY


def _roles_seen(shared: Facts, group: int) -> bool | None:
    active = shared.active(group)
    if not len(active) or not shared.snapshot.states & {"role", "expertise"}:
        return None
    return bool(visible(shared.snapshot)[active].mean() >= checklist.ROLES_SEEN)


def follow(snapshot: Snapshot, groups: Sequence[int], progress: Progress) -> list[Measure]:
    """Idea threads of W older than 90 days whose status changed within 90 days ÷ such threads. Missing where no idea of the group has a status:
    then nobody wrote down what became of them."""
    why = _("No message is marked or recognised as an idea; tag ideas, or import a channel that is for ideas.")
    if short := unless("idea" in snapshot.states, snapshot, groups, why):
        return short
    shared = facts(snapshot)
    found = threads(shared)
    ideas, said, changed = _ideas(shared, found)
    items, hits = by_group(shared, found.place, ideas), by_group(shared, found.place, ideas & changed)
    known = by_group(shared, found.place, said)
    measures = rate(snapshot, groups, "follow", hits, items, _("ideas of more than 90 days ago"))
    nobody = _("Nobody wrote down what became of the ideas here; set their status on the page Groups or in a list.")
    return [measure if known[group] else missing(nobody, int(items[group])) for group, measure in zip(groups, measures, strict=True)]


def _ideas(shared: Facts, found: Threads) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """(ideas of W older than 90 days, ideas with a status, those whose status changed in time), each true or false for every thread."""
    posts, days = shared.snapshot.posts, calendar.Calendar(shared.snapshot.zone)
    idea, said, changed = (np.zeros(found.count, np.bool_) for _part in range(3))
    idea[posts.thread[posts.idea]] = True
    rows = np.array(list(shared.snapshot.by_hand.statuses), np.int64)
    thread = posts.thread[rows]
    began = days.days(posts.at[found.first[thread]])
    said[thread] = True
    for number, start, changes in zip(thread.tolist(), began.tolist(), shared.snapshot.by_hand.statuses.values(), strict=True):
        changed[number] |= any(0 <= day - start <= FOLLOWED_DAYS for day in changes)
    old = posts.at[found.first] <= shared.snapshot.until - FOLLOWED_DAYS * DAY if found.count else idea
    return idea & found.in_window & old, idea & said, changed


def pulse_know(snapshot: Snapshot, groups: Sequence[int], progress: Progress) -> list[Measure]:
    """I know whom to ask: the mean answer, 0–1."""
    return _pulse(snapshot, groups, "know")


def pulse_trust(snapshot: Snapshot, groups: Sequence[int], progress: Progress) -> list[Measure]:
    """I trust the others' competence here: the mean answer, 0–1."""
    return _pulse(snapshot, groups, "trust")


def pulse_safe(snapshot: Snapshot, groups: Sequence[int], progress: Progress) -> list[Measure]:
    """It is safe to ask here: the mean answer, 0–1."""
    return _pulse(snapshot, groups, "safe")


def pulse_got(snapshot: Snapshot, groups: Sequence[int], progress: Progress) -> list[Measure]:
    """I got what I needed: the mean answer, 0–1."""
    return _pulse(snapshot, groups, "got")


def _pulse(snapshot: Snapshot, groups: Sequence[int], item: str) -> list[Measure]:
    return [_mean(snapshot, group, item) for group in groups]


def _mean(snapshot: Snapshot, group: int, item: str) -> Measure:
    """The mean of the newest answers of W; of the group itself, or where it was not asked of the groups inside it together. Of those only the
    ones with enough answers: else a subtraction would tell what a few people answered."""
    values = _newest(snapshot, group, item)
    if not values:
        within = [_newest(snapshot, inner, item) for inner in snapshot.groups.inside[group].tolist()]
        values = [value for answers in within if len(answers) >= LEAST_ANSWERS for value in answers]
    members = len(snapshot.groups.roster[group])
    if not values:
        return missing(_("The four questions of the pulse were not asked here in this period; enter the answers on the page Groups or in a list."))
    if len(values) < LEAST_ANSWERS:
        text = ngettext("Only {n} person answered, and {least} are needed.", "Only {n} people answered, and {least} are needed.", len(values))
        return missing(text.format(n=len(values), least=LEAST_ANSWERS), len(values))
    if len(values) < LEAST_RESPONSE * members:
        text = _("Only {share:.0f} % of the {members} members answered, and {least:.0f} % are needed.")
        return missing(text.format(share=100 * len(values) / members, members=members, least=100 * LEAST_RESPONSE), len(values))
    mean = float(np.mean(values))
    spread = _Z80 * float(np.std(values, ddof=1)) / len(values) ** 0.5
    return Measure(mean, n=len(values), low=max(0.0, mean - spread), high=min(1.0, mean + spread))


def _newest(snapshot: Snapshot, group: int, item: str) -> list[float]:
    """The answers of the newest round of anonymous ones, and the newest answer of each person, of W."""
    answers = snapshot.by_hand.pulse.get((group, item), ())
    last = int(calendar.Calendar(snapshot.zone).days(np.array([snapshot.until], np.int64))[0])
    recent = [answer for answer in answers if answer.day > last - snapshot.window_days]
    newest = max((answer.day for answer in recent if answer.person < 0), default=0)
    persons: dict[int, by_hand.Answer] = {}
    for answer in sorted(recent, key=lambda one: one.day):
        if answer.person >= 0:
            persons[answer.person] = answer
    tallied = [answer.value for answer in recent if answer.person < 0 and answer.day == newest]
    return [*tallied, *(answer.value for answer in persons.values())]
