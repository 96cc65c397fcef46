"""A snapshot as of an earlier moment, cut from a later one: trends look back without loading the community again.

What has no time stays as it is now: who is in which group, units, roles and profiles.
"""

from __future__ import annotations

from dataclasses import fields, replace

import numpy as np

from cmdesk.core.snapshot import Lists, Marks, Posts, Snapshot


def earlier(snapshot: Snapshot, until: int) -> Snapshot:
    """Everything with t ≤ `until` (µs UTC; not after the snapshot's own T). Rows of people and groups stay; rows of posts too, as far as they go."""
    if until > snapshot.until:
        raise ValueError("a snapshot holds nothing of what came later")
    kept = int(np.searchsorted(snapshot.posts.at, until, "right"))  # posts are sorted by time
    found = replace(
        snapshot, until=until, first=min(snapshot.first, until), posts=_posts(snapshot.posts, kept),
        mentions=_marks(snapshot.mentions, until, kept), reactions=_marks(snapshot.reactions, until, kept),
        accepted=_marks(snapshot.accepted, until, kept), viewings=_marks(snapshot.viewings, until, kept),
        shares=_marks(snapshot.shares, until, kept), attendance=_marks(snapshot.attendance, until, kept), kept={}, _measures={},
    )  # fmt: skip
    past = snapshot.events.only(snapshot.events.at <= until)
    found.__dict__["events"] = past.only(past.post < kept)  # what later facts cannot change is not derived again
    return found


def _posts(posts: Posts, kept: int) -> Posts:
    """The first `kept` posts; what they answer later in time is not known yet."""
    values = {column.name: getattr(posts, column.name) for column in fields(posts)}
    for name, value in values.items():
        if isinstance(value, np.ndarray):
            values[name] = value[:kept]
    values["answers"] = np.where(values["answers"] < kept, values["answers"], -1)
    values["tags"] = Lists(posts.tags.start[: kept + 1], posts.tags.items[: posts.tags.start[kept]])
    numbers, thread = np.unique(values["thread"], return_inverse=True)
    values["thread"], values["threads"] = thread.astype(np.int32), len(numbers)
    return Posts(**values)


def _marks(marks: Marks, until: int, kept: int) -> Marks:
    there = (marks.at <= until) & (marks.post < kept)
    positive = None if marks.positive is None else marks.positive[there]
    return Marks(marks.post[there], marks.person[there], marks.at[there], marks.group[there], positive)
