"""A Snapshot made by hand, for tests, simulations and what-if questions; nothing is stored.

    town = Building()
    town.person("ann", unit="Sales")
    town.group("team", members=["ann", "bob"], goals=["solve"])      # persons and groups come into being when first named
    question = town.post("ann", "team", age=3, question=True, mentions=["bob"])
    answer = town.reply("bob", question, age=2.5)
    town.react("ann", answer, age=2)
    town.accept(answer, age=2)
    snapshot = town.snapshot()
    snapshot.trust.r                                                  # of ann and bob: rows in the order of their names' first use

`age` is in days before T (0 = T itself; a post of age 0.5 is half a day old), so a result can be worked out by hand. Posts are
handles: the numbers that `post` and `reply` return. An age below 0 (after T) raises ValueError, as the snapshot could not hold it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from cmdesk.core import assembling, building_asked
from cmdesk.core.calendar import Calendar
from cmdesk.core.contributions import Metric
from cmdesk.core.snapshot import DAY, NEVER, Groups, Lists, Marks, Pages, People, Snapshot
from cmdesk.core.stated_ties import StatedTies


@dataclass
class _Person:
    row: int
    unit: str = ""
    organisation: str = ""
    place: str = ""
    role: str = ""
    expertise: Sequence[str] = ()
    named: bool = True
    moderator: bool = False
    leader: bool = False
    counted: bool = True
    joined: float | None = None
    profile: float = float("nan")


@dataclass
class _Group:
    row: int
    parent: str = ""
    members: Iterable[str] | None = None
    audience: Iterable[str] = ()
    goals: Iterable[str] = ()


@dataclass
class _Post:
    author: int
    group: int
    at: int
    start: int = 0
    target: int = 0
    question: bool = False
    announcement: bool = False
    idea: bool = False
    tags: Sequence[str] = ()
    length: int = 0


_Mark = tuple[int, int, int, int]  # post, person, at, group


class Building:
    """See the module. `until` is the as-of day, `zone` an IANA name; the root group bears the name `community`."""

    def __init__(
        self, until: dt.date = dt.date(2025, 6, 30), zone: str = "UTC", window_days: int = 180, community: str = "Community"
    ) -> None:
        self.until = Calendar(zone).end_of(until)
        self._zone, self._window, self._community = zone, window_days, community
        self._people: dict[str, _Person] = {}
        self._groups: dict[str, _Group] = {"": _Group(0)}
        self._posts: list[_Post] = []
        self._marks: dict[str, list[_Mark]] = {}
        self._pages: list[tuple[int, int, int, int]] = []
        self._ties: list[tuple[int, int, str, float]] = []
        self._answers: dict[tuple[int, str], building_asked.Said] = {}
        self._negative: set[int] = set()
        self._also: set[str] = set()

    def person(self, name: str, **facts: Any) -> str:
        """Add or change a person: unit, organisation, place, role, expertise (texts), named, moderator, leader, counted (bools), joined (age in
        days), profile (0–1). Returns the name."""
        self._row(name)
        self._people[name] = replace(self._people[name], **facts)
        return name

    def group(self, name: str, members: Iterable[str] | None = None, **facts: Any) -> str:
        """Add or change a group: members (None: those who post in it), parent (a group's name, "" = the root), audience, goals.
        The name "" is the root. Returns the name."""
        self._group_row(name)
        self._groups[name] = replace(self._groups[name], members=members, **facts)
        return name

    def post(self, author: str, group: str = "", age: float = 0.0, *, mentions: Iterable[str] = (), **facts: Any) -> int:
        """A post that starts a thread. `author` "" = not known; facts: question, announcement, idea (bools), tags, length."""
        self._posts.append(_Post(self._row(author), self._group_row(group), self._at(age), **facts))
        handle = len(self._posts)
        self._posts[-1].start = handle
        for name in mentions:
            self._mark("mention", handle, name, self._posts[-1].at)
        return handle

    def reply(self, author: str, thread: int, age: float = 0.0, *, to: int = 0, mentions: Iterable[str] = (), **facts: Any) -> int:
        """A reply in the thread of the post `thread`; `to` is the post that it answers, where that is said."""
        handle = self.post(author, "", age, mentions=mentions, **facts)
        post, start = self._posts[handle - 1], self._posts[thread - 1]
        post.start, post.group, post.target = start.start, start.group, to
        return handle

    def react(self, person: str, post: int, age: float | None = None, *, positive: bool = True) -> None:
        """A reaction; without an age it is as old as its post."""
        if not positive:
            self._negative.add(len(self._marks.get("reaction", [])))
        self._mark("reaction", post, person, self._posts[post - 1].at if age is None else self._at(age))

    def accept(self, post: int, age: float | None = None, by: str = "") -> None:
        """The post was accepted as the answer."""
        self._mark("accepted", post, by, self._posts[post - 1].at if age is None else self._at(age))

    def view(self, person: str, post: int, age: float) -> None:
        """A person saw a post."""
        self._mark("viewing", post, person, self._at(age))

    def share(self, person: str, post: int, group: str, age: float) -> None:
        """A person passed a post on into another group."""
        self._mark("share", post, person, self._at(age), self._group_row(group))

    def attend(self, person: str, group: str = "", age: float = 0.0) -> None:
        """A person took part in a meeting of a group."""
        self._mark("attendance", 0, person, self._at(age), self._group_row(group))

    def page(self, author: str, group: str = "", updated: float | None = None, views: int = -1) -> None:
        """A page of lasting content, `updated` days before T (None: not known)."""
        self._pages.append((self._row(author), self._group_row(group), NEVER if updated is None else self._at(updated), views))

    def stated_tie(self, source: str, target: str, relation: str = "", weight: float = 1.0) -> None:
        """A tie that a survey states."""
        self._ties.append((self._row(source), self._row(target), relation, weight))

    def ask(self, person: str, relation: str, said: Mapping[str, float] | None, blank: Iterable[str] = ()) -> None:
        """A survey asked a person, who gave these colleagues these values in 0–1 and left out `blank`; None: who did not answer."""
        asked = self._row(person), relation
        values = None if said is None else {self._row(name): value for name, value in said.items()}
        self._answers[asked] = values, [self._row(name) for name in blank]

    def states(self, *words: str) -> None:
        """Say that the sources can state these kinds of fact (words of snapshot.STATES), even where none is there."""
        self._also.update(words)

    def age(self, when: dt.datetime) -> float:
        """The age in days of a moment with a time zone, exact to the microsecond."""
        return (self.until - (when - dt.datetime(1970, 1, 1, tzinfo=dt.UTC)) // dt.timedelta(microseconds=1)) / DAY

    def snapshot(self, *, half_life: float = 90.0, metrics: Mapping[str, Metric] | None = None, with_moderators: bool = True) -> Snapshot:
        """The snapshot of all that was said until now."""
        self._name_all()
        people, posts = self._people_rows(with_moderators), assembling.posts(self._raw())
        groups = self._group_rows(people)
        row = assembling.Rows(posts.id)
        times = [post.at for post in self._posts] + [mark[2] for marks in self._marks.values() for mark in marks]
        marks = {kind: self._mark_rows(kind, row) for kind in ("mention", "reaction", "accepted", "viewing", "share", "attendance")}
        return Snapshot(
            community=self._community, until=self.until, window_days=self._window, zone=self._zone, first=min(times, default=self.until),
            people=people, groups=groups, posts=posts, mentions=marks["mention"], reactions=marks["reaction"], accepted=marks["accepted"],
            viewings=marks["viewing"], shares=marks["share"], attendance=marks["attendance"], pages=self._page_rows(),
            stated_ties=self._tie_rows(), asked=building_asked.ties(self._answers, len(self._people)), states=self._states(), half_life=half_life, with_moderators=with_moderators, metrics=metrics or {},
        )  # fmt: skip

    def _at(self, age: float) -> int:
        if not age >= 0:
            raise ValueError(f"an age of {age} days lies after the as-of day")
        return self.until - round(age * DAY)

    def _row(self, name: str) -> int:
        if not name:
            return -1
        return self._people.setdefault(name, _Person(len(self._people))).row

    def _group_row(self, name: str) -> int:
        return self._groups.setdefault(name, _Group(len(self._groups))).row

    def _mark(self, kind: str, post: int, person: str, at: int, group: int = -1) -> None:
        self._marks.setdefault(kind, []).append((post, self._row(person), at, group))

    def _name_all(self) -> None:
        """Give rows to persons and groups that are so far only named in groups."""
        for group in list(self._groups.values()):
            self._group_row(group.parent)
            for name in [*(group.members or ()), *group.audience]:
                self._row(name)

    def _people_rows(self, with_moderators: bool) -> People:
        rows = list(self._people.values())
        units, unit = assembling.named([person.unit for person in rows])
        organisations, organisation = assembling.named([person.organisation for person in rows])
        places, place = assembling.named([person.place for person in rows])
        topics = sorted({topic for person in rows for topic in person.expertise})
        names = tuple(self._people)
        counted = [person.counted and (with_moderators or not person.moderator) for person in rows]
        return People(
            id=np.arange(1, len(rows) + 1), ref=names, code=tuple(f"P{k + 1}" for k in range(len(rows))), name=names,
            unit=unit, unit_names=units, organisation=organisation, organisation_names=organisations, place=place, place_names=places,
            has_name=assembling.flags(person.named for person in rows), has_role=assembling.flags(bool(person.role) for person in rows),
            expertise=Lists.of([sorted(topics.index(topic) for topic in set(person.expertise)) for person in rows]), expertise_names=tuple(topics),
            is_moderator=assembling.flags(person.moderator for person in rows), is_leader=assembling.flags(person.leader for person in rows),
            leaders_marked=any(person.leader for person in rows), counted=assembling.flags(counted),
            joined=np.array([NEVER if person.joined is None else self.until - round(person.joined * DAY) for person in rows], np.int64),
            profile=np.array([person.profile for person in rows], np.float64),
        )  # fmt: skip

    def _group_rows(self, people: People) -> Groups:
        rows = list(self._groups.values())
        parent = np.array([-1 if k == 0 else self._group_row(group.parent) for k, group in enumerate(rows)], np.int32)
        direct = [self._members(group) for group in rows]
        names = (self._community, *list(self._groups)[1:])
        within = assembling.inside(parent)
        member = assembling.indices(person for part in direct for person in part)
        place = assembling.indices(k for k, part in enumerate(direct) for _person in part)
        keep = people.counted[member]
        everyone = assembling.indices(np.flatnonzero(people.counted).tolist())
        holds = {post.group for post in self._posts}
        return Groups(
            id=np.arange(1, len(rows) + 1), ref=tuple(f"group:{name}" for name in names), name=names, path=names, parent=parent,
            roster=assembling.rosters(within, place[keep], member[keep], everyone),
            audience=Lists.of([sorted({self._row(name) for name in group.audience if people.counted[self._row(name)]}) for group in rows]),
            inside=within, has_channel=assembling.flags(bool(holds & set(within[k].tolist())) for k in range(len(rows))),
            goals=tuple(frozenset(group.goals) for group in rows),
        )  # fmt: skip

    def _members(self, group: _Group) -> set[int]:
        if group.members is None:
            return {post.author for post in self._posts if post.group == group.row and post.author >= 0}
        return {self._row(name) for name in group.members}

    def _raw(self) -> assembling.RawPosts:
        rows = self._posts
        tags = sorted({tag for post in rows for tag in post.tags})
        return assembling.RawPosts(
            id=np.arange(1, len(rows) + 1), author=assembling.indices(post.author for post in rows), group=assembling.indices(post.group for post in rows),
            at=np.array([post.at for post in rows], np.int64), start=np.array([post.start for post in rows], np.int64),
            target=np.array([post.target for post in rows], np.int64), target_person=np.full(len(rows), -1, np.int32),
            aimed=assembling.flags(post.target > 0 for post in rows), question=assembling.flags(post.question for post in rows),
            announcement=assembling.flags(post.announcement for post in rows), idea=assembling.flags(post.idea for post in rows),
            length=np.array([post.length for post in rows], np.int64),
            tags=Lists.of([sorted(tags.index(tag) for tag in set(post.tags)) for post in rows]), tag_names=tuple(tags),
        )  # fmt: skip

    def _mark_rows(self, kind: str, row: assembling.Rows) -> Marks:
        table = np.array(self._marks.get(kind, []), np.int64).reshape(-1, 4)
        positive = assembling.flags(k not in self._negative for k in range(len(table))) if kind == "reaction" else None
        return Marks(row.of(table[:, 0]), table[:, 1].astype(np.int32), table[:, 2], table[:, 3].astype(np.int32), positive)

    def _page_rows(self) -> Pages:
        table = np.array(self._pages, np.int64).reshape(-1, 4)
        return Pages(table[:, 0].astype(np.int32), table[:, 1].astype(np.int32), table[:, 2], table[:, 3])

    def _tie_rows(self) -> StatedTies:
        names, relation = assembling.named([tie[2] for tie in self._ties], empty=True)
        weight = np.array([tie[3] for tie in self._ties], np.float64)
        return StatedTies(assembling.indices(tie[0] for tie in self._ties), assembling.indices(tie[1] for tie in self._ties), relation, names, weight)

    def _states(self) -> frozenset[str]:
        people, posts = list(self._people.values()), self._posts
        fields = ("unit", "organisation", "place", "role", "expertise", "leader", "moderator")
        said = {name for name in fields if any(getattr(person, name) for person in people)}
        said |= {name for name in ("question", "announcement", "idea") if any(getattr(post, name) for post in posts)} | set(self._marks)
        facts = {
            "name": bool(people), "joined": any(person.joined is not None for person in people), "post": bool(posts),
            "thread": any(post.start != k + 1 for k, post in enumerate(posts)), "tag": any(post.tags for post in posts),
            "membership": any(group.members is not None for group in self._groups.values()),
            "audience": any(group.audience for group in self._groups.values()), "stated_tie": bool(self._ties), "page": bool(self._pages),
            "page_updated": any(page[2] != NEVER for page in self._pages), "page_views": any(page[3] >= 0 for page in self._pages),
        }  # fmt: skip
        return frozenset(said | {name for name, held in facts.items() if held} | self._also)
