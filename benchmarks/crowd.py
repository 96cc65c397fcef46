"""A Snapshot of any size in a second, straight into arrays: 200 groups in eight units, people who mostly talk with the same few."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from cmdesk.core import assembling
from cmdesk.core.contributions import Metric
from cmdesk.core.snapshot import DAY, Groups, Lists, Marks, Pages, People, Snapshot
from cmdesk.core.stated_ties import StatedTies

GROUPS = 200
UNITS = tuple(f"Unit {k}" for k in range(8))
DAYS = 420
UNTIL = 20_000 * DAY


def crowd(facts: int, people: int = 4_000, seed: int = 1, metrics: Mapping[str, Metric] | None = None) -> Snapshot:
    """`facts` posts, reactions and mentions in 199 channels of 6 to 120 people."""
    rng = np.random.Generator(np.random.PCG64(seed))
    persons = _people(rng, people)
    rosters = [np.sort(rng.permutation(people)[: int(rng.integers(6, 121))]) for _group in range(GROUPS - 1)]
    posts, author = _posts(rng, int(facts * 0.65), rosters)
    empty = np.zeros(0, np.int32)
    none = Marks(empty, empty, empty.astype(np.int64), empty)
    return Snapshot(
        community="Crowd", until=UNTIL, window_days=180, zone="UTC", first=int(posts.at[0]), people=persons, groups=_groups(people, rosters),
        posts=posts, mentions=_marks(rng, int(facts * 0.1), posts, author, rosters, 0), reactions=_marks(rng, int(facts * 0.25), posts, author, rosters, 600),
        accepted=none, viewings=none, shares=none, attendance=none, pages=Pages(empty, empty, empty.astype(np.int64), empty.astype(np.int64)),
        stated_ties=StatedTies(empty, empty, empty, (), np.zeros(0)),
        states=frozenset({"name", "unit", "role", "expertise", "post", "thread", "question", "idea", "announcement", "mention", "reaction", "membership", "joined"}),
        metrics=metrics or {},
    )  # fmt: skip


def _people(rng: np.random.Generator, many: int) -> People:
    names = tuple(f"p{k}" for k in range(many))
    yes, no, zero = np.ones(many, np.bool_), np.zeros(many, np.bool_), np.zeros(many, np.int32)
    return People(
        id=np.arange(1, many + 1), ref=names, code=names, name=names, unit=rng.integers(0, len(UNITS), many).astype(np.int32), unit_names=UNITS,
        organisation=zero, organisation_names=("one",), place=zero, place_names=("one",), has_name=yes, has_role=rng.random(many) < 0.8,
        expertise=Lists(np.arange(many + 1), rng.integers(0, 12, many).astype(np.int32)), expertise_names=tuple(f"topic {k}" for k in range(12)),
        is_moderator=rng.random(many) < 0.03, is_leader=no, leaders_marked=False, counted=yes,
        joined=np.where(rng.random(many) < 0.2, UNTIL - 200 * DAY, UNTIL - 900 * DAY), profile=np.full(many, 0.6),
    )  # fmt: skip


def _posts(rng: np.random.Generator, many: int, rosters: list[np.ndarray]) -> tuple[object, np.ndarray]:
    """Threads of about two posts: who answers sits near the starter in the roster."""
    starts = many // 2
    group = rng.integers(0, len(rosters), starts)
    place = (rng.random(starts) ** 1.6 * np.array([len(roster) for roster in rosters])[group]).astype(np.int64)
    of = np.concatenate([np.arange(starts), rng.integers(0, starts, many - starts)])
    where = group[of]
    sizes = np.array([len(roster) for roster in rosters])[where]
    near = np.where(np.arange(many) < starts, 0, rng.integers(1, 7, many))
    begin = np.cumsum([0, *map(len, rosters)])
    author = np.concatenate(rosters)[begin[where] + (place[of] + near) % sizes].astype(np.int32)
    began = UNTIL - rng.integers(0, DAYS * DAY, starts)
    late = np.concatenate([np.zeros(starts), 60_000_000 + rng.exponential(4 * 3600e6, many - starts)])
    at = np.minimum(began[of] + late.astype(np.int64), UNTIL)
    kind, zero = rng.random(many), np.zeros(many, np.int64)
    found = assembling.posts(
        assembling.RawPosts(
            id=np.arange(1, many + 1), author=author, group=(where + 1).astype(np.int32), at=at, start=of + 1, target=zero,
            target_person=np.full(many, -1, np.int32), aimed=zero.astype(np.bool_), question=kind < 0.3, announcement=kind > 0.97,
            idea=(kind > 0.3) & (kind < 0.4), length=zero, tags=Lists(np.zeros(many + 1, np.int64), np.zeros(0, np.int32)), tag_names=(),
        )
    )  # fmt: skip
    return found, found.author


def _marks(rng: np.random.Generator, many: int, posts: object, author: np.ndarray, rosters: list[np.ndarray], seconds: int) -> Marks:
    post = np.sort(rng.integers(0, len(author), many)).astype(np.int32)
    group = posts.group[post] - 1  # type: ignore[attr-defined]
    begin = np.cumsum([0, *map(len, rosters)])
    sizes = np.array([len(roster) for roster in rosters])
    person = np.concatenate(rosters)[begin[group] + rng.integers(0, 6, many) % sizes[group]].astype(np.int32)
    at = np.minimum(posts.at[post] + seconds * 1_000_000, UNTIL)  # type: ignore[attr-defined]
    return Marks(post, person, at, np.full(many, -1, np.int32), None)


def _groups(people: int, rosters: list[np.ndarray]) -> Groups:
    parent = np.array([-1, *[0] * len(rosters)], np.int32)
    within = assembling.inside(parent)
    names = ("Crowd", *(f"channel {k}" for k in range(len(rosters))))
    place = np.repeat(np.arange(1, len(rosters) + 1), [len(roster) for roster in rosters])
    roster = assembling.rosters(within, place, np.concatenate(rosters).astype(np.int32), np.arange(people, dtype=np.int32))
    return Groups(
        id=np.arange(1, len(names) + 1), ref=names, name=names, path=names, parent=parent, roster=roster,
        audience=Lists(np.zeros(len(names) + 1, np.int64), np.zeros(0, np.int32)), inside=within, has_channel=np.ones(len(names), np.bool_),
        goals=tuple(frozenset() for _name in names),
    )  # fmt: skip
