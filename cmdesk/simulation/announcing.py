"""Scenarios A1 and A2: one group that announces to a whole organisation, and one that misses most of it."""

from __future__ import annotations

from dataclasses import dataclass

from cmdesk.core.records import Person, Post
from cmdesk.simulation import words
from cmdesk.simulation.story import HOUR, Story
from cmdesk.simulation.town import Town, units


@dataclass(frozen=True)
class AnnouncingSizes:
    """`members`: share of the organisation in the group; `readers`: share of the members who read; `reading`: how many announcements a reader
    sees; `half_hours`: when half of the readers have seen one; `authors` 0: a generic account without a role writes."""

    people: int = 1_500
    departments: int = 12
    days: int = 210
    a_week: float = 2.0
    authors: int = 6
    members: float = 0.98
    readers: float = 0.87
    reading: float = 0.85
    half_hours: float = 18.0
    reacting: float = 0.40
    repliers: int = 60
    answered: float = 0.75


MISSED = AnnouncingSizes(authors=0, members=0.40, readers=0.30, reacting=0.10, repliers=25, answered=0.05)
"""The sizes of A2."""


def inform_all(seed: int = 0, sizes: AnnouncingSizes | None = None) -> Story:
    """A1: announcements twice a week by named authors with a role, to everybody, read by most, answered by leaders."""
    return _announce(Town("inform-all", seed, (sizes or AnnouncingSizes()).days), sizes or AnnouncingSizes())


def inform_missed(seed: int = 0, sizes: AnnouncingSizes | None = None) -> Story:
    """A2: the same group, but most people are not in it, most members do not read, and nobody signs."""
    sizes = sizes or MISSED
    return _announce(Town("inform-missed", seed, sizes.days), sizes)


def _announce(town: Town, sizes: AnnouncingSizes) -> Story:
    staff = town.invent(sizes.people, units(sizes.departments))
    inside = [person for person in staff if town.rng.random() < sizes.members]
    authors = [town.change(person, is_leader=True) for person in inside[: sizes.authors]]
    inside[: sizes.authors] = authors
    everybody = list(town.people)
    generic = [] if authors else [generic_account(town)]
    channel = town.group("announcements", [*inside, *generic], "News for everybody", audience=everybody)
    announce(town, channel, [person.key for person in authors or generic], [person.key for person in inside], sizes)
    return town.story()


def generic_account(town: Town) -> Person:
    """A generic account: it has a name and no role."""
    return town.change(town.invent(1)[0], name="Internal Communication", role="", unit="")


def announce(
    town: Town, channel: str, authors: list[str], inside: list[str], sizes: AnnouncingSizes, begin: int = 0, end: int | None = None
) -> None:
    """The announcements of a part of the story, who sees them when, and who reacts and replies."""
    teller, rng = town.teller, town.rng
    some = [key for key in inside if key not in authors]
    reads = [key for key in some if rng.random() < sizes.readers]
    reacts = town.few(reads, round(len(inside) * sizes.reacting))
    replies = town.few(reads, sizes.repliers)
    for day in _days(town, sizes.a_week, begin, town.days if end is None else end):
        author = teller.pick(authors)
        news = teller.post(author, channel, teller.moment(day), teller.say(words.NEWS))
        hours = sizes.half_hours * rng.lognormal(0.0, 0.9, len(reads))
        for key, seen, after in zip(reads, rng.random(len(reads)) < sizes.reading, hours, strict=True):
            if seen:
                town.see(news, key, (news.at or 0) + int(after * HOUR))
        teller.react(news, town.few(reacts, int(rng.poisson(len(reacts) / 8))))
        if rng.random() < sizes.answered:
            _talk_back(town, news, author, replies)


def _days(town: Town, a_week: float, begin: int, end: int) -> list[int]:
    """An editorial calendar: so many a week, on working days, and one at least."""
    weeks = range(begin // 7, -(-end // 7))
    days = [int(week * 7 + town.rng.integers(5)) for week in weeks for _ in range(max(1, int(town.rng.poisson(a_week))))]
    return sorted(day for day in days if begin <= day < end)


def _talk_back(town: Town, news: Post, author: str, replies: list[str]) -> None:
    teller = town.teller
    for other in town.few(replies, 1 + int(town.rng.poisson(1.5))):
        first = teller.post(other, news.group, town.later(news, 5), teller.say(words.REPLIES), thread=news)
        if town.rng.random() < 0.7:
            teller.post(author, news.group, town.later(first, 3), teller.say(words.REPLIES), thread=news, mentions=[other])
