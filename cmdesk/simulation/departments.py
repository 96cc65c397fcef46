"""Scenarios A5, A6 and A8: departments that are lively inside, the same people with exchange across, and one large department."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from cmdesk.core.records import Person
from cmdesk.simulation.announcing import AnnouncingSizes, announce
from cmdesk.simulation.story import Story
from cmdesk.simulation.talk import lively_talk, rings
from cmdesk.simulation.town import Town, units


@dataclass(frozen=True)
class DepartmentSizes:
    """`threads`: threads a person and day; `across`: the share of exchange that goes to another department; `near`: with how many people
    somebody mostly talks; `theme`: people of a theme that departments share; `profiles`: share of people whose role is filled in; `news`: announcements a week of its head."""

    departments: int = 8
    size: int = 40
    days: int = 240
    threads: float = 0.10
    across: float = 0.02
    near: int = 8
    theme: int = 12
    profiles: float = 1.0
    news: float = 1.0


ACROSS = DepartmentSizes(across=0.60)
"""The sizes of A6."""
LARGE = DepartmentSizes(departments=1, threads=0.012, across=0.0, near=10, news=0.0)
"""The sizes of A8."""


def not_by_itself(seed: int = 0, sizes: DepartmentSizes | None = None) -> Story:
    """A5: lively departments between which hardly anything is exchanged."""
    return _departments("not-by-itself", seed, sizes or DepartmentSizes())


def across_works(seed: int = 0, sizes: DepartmentSizes | None = None) -> Story:
    """A6: the same people share themes across departments, in threads that several of them take part in."""
    return _departments("across-works", seed, sizes or ACROSS)


def large_does_not(seed: int = 0, sizes: DepartmentSizes | None = None) -> Story:
    """A8: a complex problem put to one department that is far too large for it."""
    return _departments("large-does-not", seed, sizes or LARGE)


def _departments(name: str, seed: int, sizes: DepartmentSizes) -> Story:
    town = Town(name, seed, sizes.days)
    names = units(sizes.departments)
    for person in town.invent(sizes.departments * sizes.size, names):
        if town.rng.random() >= sizes.profiles:
            town.change(person, role="")
    parts = [[person for person in town.people if person.unit == name] for name in names]
    channels = [
        town.group(name.lower().replace(" ", "-"), part, f"Department {name}", part if sizes.news else ())
        for name, part in zip(names, parts, strict=True)
    ]
    shared = sizes.across > 0.2
    for channel, part in zip(channels, parts, strict=True):
        department_talk(town, channel, part, [] if shared else town.people, sizes, _threads_at_home(sizes))
        department_news(town, channel, part, sizes.news)
    if shared:
        _themes(town, parts, sizes)
    return town.story()


def _threads_at_home(sizes: DepartmentSizes) -> float:
    """Threads a person and day in the department: in a theme about 90 % of exchange crosses, so themes take the rest."""
    return sizes.threads * (1 - min(1.0, sizes.across / 0.9)) if sizes.across > 0.2 else sizes.threads


def department_talk(
    town: Town, channel: str, part: Sequence[Person], others: Sequence[Person], sizes: DepartmentSizes, threads: float
) -> None:
    """Lively talk in a department; with `others` a share of the answers comes from people of other departments."""
    outside = [person.key for person in others if person.unit != part[0].unit]

    def visitor() -> str:
        return town.teller.pick(outside) if outside and town.rng.random() < sizes.across else ""

    keys = [person.key for person in part]
    lively_talk(town, channel, rings(keys, sizes.near), threads, visitor if outside else None)


def department_news(town: Town, channel: str, part: Sequence[Person], a_week: float) -> None:
    """The head of a department announces, and most of it reads."""
    if a_week:
        keys = [person.key for person in part]
        announce(town, channel, keys[:1], keys, AnnouncingSizes(a_week=a_week, reacting=0.3, repliers=8, readers=0.9))


def _themes(town: Town, parts: Sequence[Sequence[Person]], sizes: DepartmentSizes) -> None:
    """Each person takes part in one theme; in a theme sit people of all departments, and whole threads are theirs."""
    mixed = [person for row in zip(*([part[int(k)] for k in town.rng.permutation(len(part))] for part in parts), strict=True) for person in row]
    count = max(1, round(len(mixed) / sizes.theme))
    for k in range(count):
        members = mixed[len(mixed) * k // count : len(mixed) * (k + 1) // count]
        channel = town.group(f"theme-{k + 1:02d}", members, "A theme of several departments")
        lively_talk(town, channel, rings([person.key for person in members], sizes.theme), sizes.threads - _threads_at_home(sizes))
