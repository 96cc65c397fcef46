"""Whether one sees who wrote what is found, and whether it is fresh."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from cmdesk.api import Measure, Progress, Snapshot, _

from .facts import NEVER, YEAR, Bools, Facts, Floats, Index, facts
from .measures import LEAST_ITEMS, sampled, too_few, unless

MOST_VIEWED = 50


def prof(snapshot: Snapshot, groups: Sequence[int], progress: Progress) -> list[Measure]:
    """Answers of W and pages whose author is visible ÷ answers and pages, weighted by views where these are known for all of them."""
    why = _("The data tell neither roles nor expertise; import profiles or a list of people that has them.")
    if short := unless(bool(snapshot.states & {"role", "expertise"}), snapshot, groups, why):
        return short
    why = _("The data hold neither questions nor pages; import messages with their text, or pages.")
    if short := unless(bool(snapshot.states & {"question", "page"}), snapshot, groups, why):
        return short
    place, _author, shown, views = answers_and_pages(facts(snapshot))

    def one(group: int) -> Measure:
        mine = np.flatnonzero(np.isin(place, snapshot.groups.inside[group]))
        if len(mine) < LEAST_ITEMS:
            return too_few(len(mine), _("answers and pages"))
        known = bool((views[mine] >= 0).all()) and views[mine].sum() > 0
        return sampled(float(np.average(shown[mine], weights=views[mine] if known else None)), len(mine))

    return [one(group) for group in groups]


def answers_and_pages(shared: Facts) -> tuple[Index, Index, Bools, Floats]:
    """Of every answer of W and every page: the group that holds it, its author, whether the author is visible, and its views (−1: not known)."""
    snapshot, pages = shared.snapshot, shared.snapshot.pages
    seen, found = visible(snapshot), snapshot.competence.answers
    answered = found.post[found.recent]
    place = np.concatenate([shared.place[answered], np.maximum(pages.group, 0)])
    author = np.concatenate([snapshot.posts.author[answered], pages.author])
    shown = (author >= 0) & seen[author] if shared.people else np.zeros(len(author), np.bool_)
    return place, author, shown, np.concatenate([_views(shared)[answered], pages.views])


def visible(snapshot: Snapshot) -> Bools:
    """Persons with a name and a role or at least one tag of expertise."""
    people = snapshot.people
    return people.has_name & (people.has_role | (np.diff(people.expertise.start) > 0))


def _views(shared: Facts) -> Floats:
    """How many people saw each post, −1 where nobody is known to have."""
    marks = shared.snapshot.viewings
    count = np.bincount(marks.post[marks.post >= 0], minlength=len(shared.snapshot.posts)).astype(np.float64)
    return np.where(count > 0, count, -1.0)


def fresh(snapshot: Snapshot, groups: Sequence[int], progress: Progress) -> list[Measure]:
    """The share of the 50 most viewed pages (of all, if fewer or views are not known) updated or confirmed in the last 365 days."""
    why = _("The data hold no pages with the date of their last change; import an export of pages.")
    if short := unless(bool(snapshot.states & {"page"}) and bool((snapshot.pages.updated != NEVER).any()), snapshot, groups, why):
        return short
    pages = snapshot.pages
    place = np.maximum(pages.group, 0)

    def one(group: int) -> Measure:
        mine = np.flatnonzero(np.isin(place, snapshot.groups.inside[group]) & (pages.updated != NEVER))
        if len(mine) < LEAST_ITEMS:
            return too_few(len(mine), _("pages with the date of their last change"))
        if len(mine) > MOST_VIEWED and (pages.views[mine] >= 0).all():
            mine = mine[np.argsort(-pages.views[mine], kind="stable")[:MOST_VIEWED]]
        return sampled(float((pages.updated[mine] > snapshot.until - YEAR).mean()), len(mine))

    return [one(group) for group in groups]
