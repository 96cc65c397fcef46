"""Scenario A14: a group of which there is too little to say anything."""

from __future__ import annotations

from dataclasses import dataclass

from cmdesk.core.records import Person
from cmdesk.simulation import words
from cmdesk.simulation.story import Story
from cmdesk.simulation.town import Town, units

SILENT = "too-little"
"""The name of the group's channel."""


@dataclass(frozen=True)
class SilenceSizes:
    """`members` of the group write `posts` posts in it, and nothing elsewhere; the others are a community like any."""

    people: int = 60
    members: int = 6
    posts: int = 6
    departments: int = 4
    days: int = 220
    thin: float = 0.05


def too_little(seed: int = 0, sizes: SilenceSizes | None = None) -> Story:
    """A14: six posts."""
    sizes = sizes or SilenceSizes()
    town = Town("too-little", seed, sizes.days)
    town.invent(sizes.people, units(sizes.departments))
    town.thin(town.group("general", town.people[sizes.members :], "Everybody"), town.people[sizes.members :], sizes.thin)
    quiet_group(town, SILENT, town.people[: sizes.members], sizes.posts)
    return town.story()


def quiet_group(town: Town, name: str, members: list[Person], posts: int) -> str:
    """A group with so many posts and no more."""
    channel = town.group(name, members, "A group that has hardly begun")
    days = sorted(int(town.rng.integers(max(0, town.days - 150), town.days)) for _ in range(posts))
    for k, day in enumerate(days):
        town.teller.post(members[k % len(members)].key, channel, town.teller.moment(day), town.teller.say(words.REMARKS))
    return channel
