"""A community as a story: its people, places and what they wrote, as core's records, and a Teller that writes it down."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np

from cmdesk.core.importing import text_rules
from cmdesk.core.records import Group, Membership, Origin, Person, Post, Reaction, Record
from cmdesk.simulation import words

DAY = 86_400_000_000
HOUR = 3_600_000_000
SECOND = 1_000_000
START = 1_672_617_600_000_000
"""Monday 2 January 2023, 00:00 UTC: day 0 of every story, fixed so that the same seed gives the same bytes in any year."""


@dataclass(frozen=True)
class Story:
    """A simulated community. `posts` are sorted by time; `others` holds what a Slack export cannot state (views, accepted answers, pages).
    `circles` and `contacts` are the known structure: groups of person keys that the story made close, and their outside contacts."""

    title: str
    team: str
    persons: tuple[Person, ...]
    groups: tuple[Group, ...]
    memberships: tuple[Membership, ...]
    posts: tuple[Post, ...]
    reactions: tuple[Reaction, ...]
    others: tuple[Record, ...] = ()
    circles: tuple[tuple[str, ...], ...] = ()
    contacts: tuple[tuple[str, ...], ...] = ()

    def records(self) -> Iterator[Record]:
        """The story as an importer would state it: the Origin, then all facts."""
        yield Origin("simulation", self.team, self.title)
        for family in (self.persons, self.groups, self.memberships, self.posts, self.reactions, self.others):
            yield from family


def stamp(at: int) -> str:
    """A Slack time stamp: seconds, a point, six digits."""
    return f"{at // SECOND}.{at % SECOND:06d}"


def post_key(channel: str, at: int) -> str:
    """Key of a post in a story: channel and stamp, as Slack's own pair."""
    return f"{channel}:{stamp(at)}"


@dataclass
class Teller:
    """Writes posts and reactions of a story; no two posts of a channel share a stamp, and none lies after `end`."""

    rng: np.random.Generator
    end: int
    posts: list[Post] = field(default_factory=list)
    reactions: list[Reaction] = field(default_factory=list)
    _taken: set[tuple[str, int]] = field(default_factory=set)

    def post(self, author: str, channel: str, at: int, text: str, *, thread: Post | None = None, mentions: Sequence[str] = ()) -> Post:
        """One message; with `thread` a reply in the thread that this post starts."""
        at = min(int(at), self.end)
        while (channel, at) in self._taken:
            at -= 1
        self._taken.add((channel, at))
        if mentions:
            text = " ".join(f"<@{person}>" for person in mentions) + " " + text
        news = text.startswith("<!channel>")
        post = Post(
            key=post_key(channel, at), author=author, group=channel, at=at, text=text, mentions=tuple(mentions), thread=thread.key if thread else "",
            reply_to=thread.key if thread else "", reply_author=thread.author if thread else "", question=not news and text_rules.asks(text),
            announcement=news, idea="#idea" in text, tags=text_rules.tags(text),
        )  # fmt: skip
        self.posts.append(post)
        return post

    def join(self, person: Person, channel: str, at: int) -> None:
        """The system message that a person joined a channel."""
        text = f"<@{person.key}> has joined the channel"
        while (channel, at) in self._taken:
            at += 1
        self._taken.add((channel, at))
        self.posts.append(
            Post(key=post_key(channel, at), author=person.key, group=channel, at=at, text=text, title="channel_join", event=True)
        )

    def react(self, post: Post, persons: Sequence[str]) -> None:
        """These persons react to a post; Slack keeps no time for it."""
        for person in persons:
            self.reactions.append(Reaction(post=post.key, person=person, kind=self.pick(words.EMOJI)))

    def say(self, phrases: Sequence[str]) -> str:
        """A phrase about some topic, often with a second sentence in front, so that a question still ends with its mark."""
        text = self.pick(phrases).format(self.pick(words.TOPICS))
        return f"{self.pick(words.DETAILS)} {text}" if self.rng.random() < 0.4 and text[0] not in "#<" else text

    def pick(self, items: Sequence[str]) -> str:
        """One of them."""
        return items[int(self.rng.integers(len(items)))]

    def pick_post(self, posts: Sequence[Post]) -> Post:
        """One of these posts."""
        return posts[int(self.rng.integers(len(posts)))]

    def some(self, items: Sequence[str], count: int) -> list[str]:
        """`count` different ones of them, or all where there are fewer."""
        chosen = self.rng.permutation(len(items))[: max(0, min(count, len(items)))]
        return [items[int(k)] for k in chosen]

    def working_days(self, rate: float, begin: int, end: int) -> list[int]:
        """Days of a Poisson process with `rate` a day that keeps the weekends free."""
        counts = self.rng.poisson(rate * 7 / 5, max(0, end - begin)).tolist()
        return [day for day, many in enumerate(counts, begin) if day % 7 < 5 for _ in range(many)]

    def moment(self, day: int) -> int:
        """A moment in the working hours of a day of the story."""
        return START + day * DAY + int(self.rng.uniform(7.5, 16.0) * HOUR)


def invented_people(rng: np.random.Generator, count: int, departments: Sequence[str], start: int = START) -> list[Person]:
    """`count` persons with name, handle, address, role and department, in rotation over the departments."""
    people = []
    for k in range(count):
        first, last = words.FIRST[int(rng.integers(len(words.FIRST)))], words.LAST[int(rng.integers(len(words.LAST)))]
        people.append(
            Person(
                key=f"U{k + 1:08d}", name=f"{first} {last}", handle=f"{first}.{last}.{k + 1}".lower(), unit=departments[k % len(departments)],
                email=f"{first}.{last}.{k + 1}@example.org".lower(), role=words.TITLES[int(rng.integers(len(words.TITLES)))],
                zone="Europe/Amsterdam", updated=start, is_bot=False, deleted=False
            )
        )
    return people
