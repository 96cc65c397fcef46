"""A consistent, read-only picture of a community up to the end of the as-of day T: arrays that metrics compute on.

Everything with t ≤ T is in it (trust decays over all of the past); the window W = (T − window, T] bounds activity and rates. Persons are
members (identities linked to one person are one row). All indices are positions in these arrays, −1 means none or unknown, times are
integer microseconds UTC. `core.loading` makes a Snapshot from a community file; tests build one by hand with `core.building`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from cmdesk.core.by_hand import ByHand
from cmdesk.core.progress import Progress
from cmdesk.core.stated_ties import AskedTies, StatedTies

if TYPE_CHECKING:
    import networkx as nx

    from cmdesk.core.competence import Competence
    from cmdesk.core.contributions import Measure, Metric
    from cmdesk.core.resampling import Plan
    from cmdesk.core.trust import Events, Trust

Ints = np.ndarray[Any, np.dtype[np.int64]]
Index = np.ndarray[Any, np.dtype[np.int32]]
Floats = np.ndarray[Any, np.dtype[np.float64]]
Singles = np.ndarray[Any, np.dtype[np.float32]]
Bools = np.ndarray[Any, np.dtype[np.bool_]]

NEVER = np.iinfo(np.int64).min
"""A time that is not known."""
DAY = 86_400_000_000
"""Microseconds in a day."""
HOUR = 3_600_000_000
"""Microseconds in an hour."""

STATES = (
    "name", "unit", "role", "place", "organisation", "expertise", "joined", "photo", "contact", "updated", "leader", "moderator",
    "membership", "audience", "post", "thread", "question", "announcement", "idea", "tag", "mention", "reaction", "accepted", "viewing", "share",
    "attendance", "page", "page_updated", "page_views", "stated_tie",
)  # fmt: skip
"""What sources may state: a word is in `Snapshot.states` where the community holds at least one such fact up to T."""


def distinct(keys: Ints) -> Ints:
    """The distinct keys, rising, as `np.unique` gives them; for millions of them faster, because it sorts and does not hash."""
    keys = np.sort(keys)
    first = np.ones(len(keys), np.bool_)
    np.not_equal(keys[1:], keys[:-1], out=first[1:])
    return keys[first]


@dataclass(frozen=True, eq=False)
class Lists:
    """Many lists of indices in two arrays: list k is `items[start[k]:start[k + 1]]`."""

    start: Ints
    items: Index

    def __getitem__(self, k: int) -> Index:
        return self.items[self.start[k] : self.start[k + 1]]

    def __len__(self) -> int:
        return len(self.start) - 1

    def take(self, rows: Index | Ints) -> Lists:
        """The lists of `rows`, in that order."""
        rows = np.asarray(rows, np.int64)
        sizes = self.start[rows + 1] - self.start[rows]  # only what these rows cost
        start = np.zeros(len(rows) + 1, np.int64)
        np.cumsum(sizes, out=start[1:])
        return Lists(start, self.items[np.repeat(self.start[rows] - start[:-1], sizes) + np.arange(start[-1])])

    @classmethod
    def of(cls, lists: Sequence[Sequence[int] | Index]) -> Lists:
        """From plain lists."""
        start = np.zeros(len(lists) + 1, np.int64)
        np.cumsum([len(part) for part in lists], out=start[1:])
        flat = [np.asarray(part, np.int32) for part in lists]
        return cls(start, np.concatenate(flat) if flat else np.empty(0, np.int32))


@dataclass(frozen=True, eq=False)
class People:
    """One row a member. `ref` is the platform key of its first account (stable), `code` its pseudonym, `name` what to show with names on.
    `unit`, `organisation`, `place` index into the `*_names`. `profile` is completeness P in 0–1 (nan where the source can hold none of
    it). `counted`: no bot, not deleted, not opted out; only these are actors and targets."""

    id: Ints
    ref: tuple[str, ...]
    code: tuple[str, ...]
    name: tuple[str, ...]
    unit: Index
    unit_names: tuple[str, ...]
    organisation: Index
    organisation_names: tuple[str, ...]
    place: Index
    place_names: tuple[str, ...]
    has_name: Bools
    has_role: Bools
    expertise: Lists
    expertise_names: tuple[str, ...]
    is_moderator: Bools
    is_leader: Bools
    leaders_marked: bool
    counted: Bools
    joined: Ints
    profile: Floats

    def __len__(self) -> int:
        return len(self.id)


@dataclass(frozen=True, eq=False)
class Groups:
    """One row a group; row 0 is the root, the whole community. `parent` is −1 for the root. `roster` lists the members of the group and of
    all groups inside it; `audience` the persons that it is meant for (empty: not known). Both hold only counted persons; where no membership of
    a group is stated, those who posted in it are its members. `inside[k]` are the groups in k, itself first.
    `has_channel`: it or a group inside it holds posts. `goals[k]` are the chosen goals."""

    id: Ints
    ref: tuple[str, ...]
    name: tuple[str, ...]
    path: tuple[str, ...]
    parent: Index
    roster: Lists
    audience: Lists
    inside: Lists
    has_channel: Bools
    goals: tuple[frozenset[str], ...]

    def __len__(self) -> int:
        return len(self.id)


@dataclass(frozen=True, eq=False)
class Posts:
    """One row a post, sorted by time; system messages and posts without a time are not in it. `thread` numbers threads 0 … `threads` − 1 (a
    lone post is a thread of its own); `starts`: it starts its thread; `reply_to` is the person that it answers and `answers` the row of
    the post that it answers, −1 where not known (a reply without a stated addressee answers the thread's start, that is already filled
    in); `is_reply`: in a thread and not its start. `question`, `announcement` and `idea` are facts of the thread, true at its start only."""

    id: Ints
    author: Index
    group: Index
    at: Ints
    thread: Index
    threads: int
    starts: Bools
    is_reply: Bools
    reply_to: Index
    answers: Index
    question: Bools
    announcement: Bools
    idea: Bools
    tags: Lists
    tag_names: tuple[str, ...]
    length: Ints

    def __len__(self) -> int:
        return len(self.id)


@dataclass(frozen=True, eq=False)
class Marks:
    """Persons set against posts: mentions, reactions, accepted answers, viewings, shares. `post` is a row of Posts, `person` of People, `at` a
    time, `group` where to (shares) or where (attendance, whose `post` is −1), else −1. `positive`: false for reactions such as thumbs-down;
    None where all are."""

    post: Index
    person: Index
    at: Ints
    group: Index
    positive: Bools | None = None

    def __len__(self) -> int:
        return len(self.post)


@dataclass(frozen=True, eq=False)
class Pages:
    """Pages of lasting content; `updated` NEVER and `views` −1 where unknown."""

    author: Index
    group: Index
    updated: Ints
    views: Ints

    def __len__(self) -> int:
        return len(self.author)


@dataclass(frozen=True, eq=False)
class Parted:
    """`whole` is the snapshot before the people in `gone` (true in their rows) left: what is known of it need not be worked out again."""

    whole: Snapshot
    gone: Bools


@dataclass(frozen=True, eq=False)
class Snapshot:
    """See the module. `until` is T (the last microsecond of the as-of day), `since` the start of W, `first` the earliest fact; `zone` the IANA name
    of the community's time zone; `half_life` that of relational trust in days; `metrics` every metric by name; `plan` how measures are resampled
    (None: points only); `seen` the share of the platform's messages that the data hold, as the user states it (None: not stated)."""

    community: str
    until: int
    window_days: int
    zone: str
    first: int
    people: People
    groups: Groups
    posts: Posts
    mentions: Marks
    reactions: Marks
    accepted: Marks
    viewings: Marks
    shares: Marks
    attendance: Marks
    pages: Pages
    stated_ties: StatedTies
    asked: AskedTies = field(default_factory=AskedTies.none)
    states: frozenset[str] = frozenset()  # what the sources say, words of STATES
    half_life: float = 90.0
    with_moderators: bool = True
    simulated: bool = False  # its people are invented, wholly or in part: to be said on every picture
    metrics: Mapping[str, Metric] = field(default_factory=dict)
    by_hand: ByHand = field(default_factory=ByHand)
    plan: Plan | None = None
    seen: float | None = None
    added: tuple[Events, ...] = ()  # events that nobody wrote: what-if questions
    rough: bool = False  # values only: rates come without intervals, as what-if questions ask them
    kept: dict[str, Any] = field(default_factory=dict)  # what a plugin computed once and its metrics share, under the plugin's name
    _measures: dict[tuple[str, int], Measure] = field(default_factory=dict)

    @property
    def since(self) -> int:
        """The start of W: facts with t > since are in it."""
        return self.until - self.window_days * DAY

    @cached_property
    def events(self) -> Events:
        """Who turned to whom (goal-model §4.0)."""
        from cmdesk.core import trust

        return trust.events(self).and_more(self.added)

    @cached_property
    def trust(self) -> Trust:
        """Relational trust R of every pair with S > 0 (§4.1)."""
        from cmdesk.core import trust

        return trust.relational(self)

    @cached_property
    def competence(self) -> Competence:
        """Demonstrated competence K and what C needs (§4.2)."""
        from cmdesk.core import competence

        return competence.competence(self)

    @property
    def parted(self) -> Parted | None:
        """What it was before people left, in a what-if question; None elsewhere."""
        found: Parted | None = self.kept.get("parted")
        return found

    def graph(self) -> nx.Graph[Any]:
        """Ties (R ≥ .2) as a networkx graph, for plugins; nodes are rows of `people`."""
        import networkx as nx

        graph: nx.Graph[Any] = nx.Graph()
        graph.add_nodes_from(np.flatnonzero(self.people.counted).tolist())
        ties = self.trust.ties()
        graph.add_weighted_edges_from(zip(ties.i.tolist(), ties.j.tolist(), ties.r.tolist(), strict=True))
        return graph

    def measure(self, name: str, groups: Sequence[int], progress: Progress | None = None) -> list[Measure]:
        """The metric `name` of each of `groups`, computed once; KeyError for an unknown name."""
        todo = [group for group in groups if (name, group) not in self._measures]
        if todo:
            got = self.metrics[name].compute(self, todo, progress or Progress())
            self._measures.update({(name, group): measure for group, measure in zip(todo, got, strict=True)})
        return [self._measures[name, group] for group in groups]
