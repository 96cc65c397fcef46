"""A place to tell a story in: people, groups and what they do, kept until the story is whole."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import msgspec
import numpy as np

from cmdesk.core.records import Accepted, Attendance, Group, Membership, Page, Person, Post, Record, Viewing
from cmdesk.simulation import words
from cmdesk.simulation.slack import SIMULATED_TEAM
from cmdesk.simulation.story import DAY, HOUR, SECOND, START, Story, Teller, invented_people


class Town:
    """See the module. `days` is how long the story lasts; the last of them is the day up to which it is assessed."""

    def __init__(self, name: str, seed: int, days: int) -> None:
        self.name, self.seed, self.days = name, seed, days
        self.rng = np.random.Generator(np.random.PCG64([seed, *name.encode()]))
        self.teller = Teller(self.rng, START + days * DAY - SECOND)
        self.people: list[Person] = []
        self.groups: list[Group] = []
        self.memberships: list[Membership] = []
        self.others: list[Record] = []

    def invent(self, count: int, units: Sequence[str] = ("",)) -> list[Person]:
        """`count` more persons, in rotation over the units."""
        before = len(self.people)
        fresh = invented_people(self.rng, before + count, [units[(k - before) % len(units)] for k in range(before + count)])[before:]
        self.people += fresh
        return fresh

    def change(self, person: Person, **facts: object) -> Person:
        """Say more of a person."""
        changed = msgspec.structs.replace(person, **facts)
        self.people[self.people.index(person)] = changed
        return changed

    def group(self, name: str, members: Iterable[Person], purpose: str = "", audience: Iterable[Person] = ()) -> str:
        """A channel, all of whose members joined on the first day; returns its key."""
        key = f"C{len(self.groups) + 1:08d}"
        self.groups.append(Group(key=key, name=name, purpose=purpose, created=START, archived=False))
        self.come(key, members, 0)
        self.memberships += [Membership(person.key, key, audience=True) for person in audience]
        return key

    def come(self, channel: str, people: Iterable[Person], day: int) -> None:
        """More people join a group on a day."""
        for k, person in enumerate(people):
            joined = START + day * DAY + 6 * HOUR + k * SECOND
            self.memberships.append(Membership(person.key, channel, joined=joined))
            self.teller.join(person, channel, joined)

    def working_days(self, rate: float, begin: int = 0, end: int | None = None) -> list[int]:
        """As Teller.working_days; up to the last day where no `end` is given."""
        return self.teller.working_days(rate, begin, self.days if end is None else end)

    def later(self, post: Post, hours: float) -> int:
        """A moment after a post, `hours` on average."""
        return (post.at or 0) + int(self.rng.exponential(hours) * HOUR) + SECOND

    def accept(self, post: Post, by: str) -> None:
        """`by` accepts a post as the answer, an hour later."""
        self.others.append(Accepted(post.key, by, min((post.at or 0) + HOUR, self.teller.end)))

    def see(self, post: Post, person: str, at: int) -> None:
        """A person sees a post, if that is before the end of the story."""
        if at <= self.teller.end:
            self.others.append(Viewing(post.key, person, at))

    def attend(self, event: str, person: str, group: str, at: int) -> None:
        """A person takes part in a meeting of a group."""
        self.others.append(Attendance(event, person, group, at))

    def page(self, key: str, group: str, author: str, title: str, days_old: float, views: int) -> None:
        """A page of lasting content, last changed so many days before the end."""
        self.others.append(Page(key, group, author, title, self.teller.end - int(days_old * DAY), views))

    def thin(self, channel: str, people: Sequence[Person], rate: float, replies: float = 1.2, begin: int = 0) -> None:
        """Now and then a thread, with few answers from anybody: `rate` threads a person and day, `replies` on average."""
        keys = [person.key for person in people]
        for day in self.working_days(len(keys) * rate, begin):
            author = self.teller.pick(keys)
            phrases = words.QUESTIONS if self.rng.random() < 0.4 else words.REMARKS
            start = self.teller.post(author, channel, self.teller.moment(day), self.teller.say(phrases))
            at = start.at or 0
            for other in self.few(keys, int(self.rng.poisson(replies)), author):
                at += int(self.rng.exponential(4) * HOUR) + SECOND
                self.teller.post(other, channel, at, self.teller.say(words.REPLIES), thread=start)
            self.teller.react(start, self.few(keys, int(self.rng.poisson(0.6)), author))

    def few(self, keys: Sequence[str], count: int, but: str = "") -> list[str]:
        """`count` different ones of many keys, without `but`; cheap where there are many."""
        found: dict[str, None] = {}
        limit = min(count, len(keys) - (but in keys if len(keys) < 50 else 1))
        while len(found) < limit:
            key = keys[int(self.rng.integers(len(keys)))]
            if key != but:
                found[key] = None
        return list(found)

    def story(self, circles: Iterable[Iterable[str]] = (), contacts: Iterable[Iterable[str]] = ()) -> Story:
        """All that was told."""
        return Story(
            title=f"Simulated {self.name} {self.seed}", team=f"{SIMULATED_TEAM}{self.seed}", persons=tuple(self.people), groups=tuple(self.groups),
            memberships=tuple(self.memberships), posts=tuple(sorted(self.teller.posts, key=lambda post: (post.at or 0, post.key))),
            reactions=tuple(self.teller.reactions), others=tuple(self.others), circles=tuple(map(tuple, circles)), contacts=tuple(map(tuple, contacts)),
        )  # fmt: skip


def units(count: int) -> list[str]:
    """Names of so many departments."""
    return [words.DEPARTMENTS[k % len(words.DEPARTMENTS)] + (f" {k // 16 + 1}" if k >= 16 else "") for k in range(count)]
