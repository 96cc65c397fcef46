"""Scenario A4: an extranet of bounded groups, each mixed from many organisations, that also meet."""

from __future__ import annotations

from dataclasses import dataclass

from cmdesk.core.records import Person
from cmdesk.simulation.story import DAY, HOUR, START, Story
from cmdesk.simulation.talk import circle_talk
from cmdesk.simulation.town import Town


@dataclass(frozen=True)
class BoundedSizes:
    """`exchange`: exchanges per pair of a group and day; `between`: threads that a person starts in a neighbouring group, a day."""

    groups: int = 12
    smallest: int = 8
    largest: int = 15
    organisations: int = 20
    days: int = 240
    exchange: float = 0.06
    between: float = 0.001


def bounded(seed: int = 0, sizes: BoundedSizes | None = None) -> Story:
    """A4: groups that are busy and balanced inside, meet every month, and hardly talk to each other."""
    sizes = sizes or BoundedSizes()
    town = Town("bounded", seed, sizes.days)
    parts: list[list[Person]] = []
    for _ in range(sizes.groups):
        count = int(town.rng.integers(sizes.smallest, sizes.largest + 1))
        parts.append([_of_organisation(town, person, sizes.organisations) for person in town.invent(count)])
    channels = [working_group(town, f"working-group-{k + 1:02d}", part, sizes.exchange) for k, part in enumerate(parts)]
    _between(town, parts, channels, sizes.between)
    return town.story(circles=[[person.key for person in part] for part in parts])


def _of_organisation(town: Town, person: Person, organisations: int) -> Person:
    return town.change(person, organisation=f"Organisation {1 + int(town.rng.integers(organisations)):02d}")


def working_group(town: Town, name: str, members: list[Person], exchange: float, begin: int = 0) -> str:
    """A group that talks and meets once a month; returns its channel."""
    keys = [person.key for person in members]
    channel = town.group(name, members, "A working group; who is in it shares here")
    circle_talk(town, channel, keys, exchange, begin=begin)
    for month in range(begin // 30, town.days // 30):
        at = START + (month * 30 + 10) * DAY + 13 * HOUR
        for key in keys:
            if town.rng.random() < 0.85 and at <= town.teller.end:
                town.attend(f"{name}, meeting {month + 1}", key, channel, at)
    return channel


def _between(town: Town, parts: list[list[Person]], channels: list[str], rate: float) -> None:
    """Now and then somebody asks a person of another group, in that one's channel."""
    everybody = [(k, person) for k, part in enumerate(parts) for person in part]
    if len(parts) < 2:
        return
    for day in town.working_days(len(everybody) * rate):
        k, person = everybody[int(town.rng.integers(len(everybody)))]
        other = (k + 1 + int(town.rng.integers(len(parts) - 1))) % len(parts)
        asked = parts[other][int(town.rng.integers(len(parts[other])))]
        start = town.teller.post(person.key, channels[other], town.teller.moment(day), "Could you tell us how you did this?", mentions=[asked.key])
        town.teller.post(asked.key, channels[other], town.later(start, 5), "With pleasure.", thread=start)
