"""Scenario A3, "circles": an organisation in which people work in small circles, and the rest is thin.

Departments and circles are channels. Inside a circle exchange is dense, two-way and even; each circle has a few outside contacts, each shared
by two of its members; some members are new; many threads are ideas. Everybody else writes now and then in a department or to all.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import msgspec
import numpy as np

from cmdesk.core.records import Group, Membership, Person
from cmdesk.simulation import words
from cmdesk.simulation.slack import SIMULATED_TEAM
from cmdesk.simulation.story import DAY, HOUR, SECOND, START, Story, Teller, invented_people
from cmdesk.simulation.talk import circle_thread
from cmdesk.simulation.town import units

STRANGERS, STRANGERS_KEY = "in-name-only", "C90000002"


@dataclass(frozen=True)
class CircleSizes:
    """Sizes and rates of the scenario. Rates are per day; `exchange` is events per pair of a circle, `thin` threads per person; `strangers` are
    in one more group (A13) and have nothing to do with each other."""

    people: int = 600
    departments: int = 10
    circles: int = 25
    smallest: int = 5
    largest: int = 9
    days: int = 560
    exchange: float = 0.092
    ideas: float = 0.4
    thin: float = 0.025
    contact_every: float = 70.0
    strangers: int = 12


@dataclass(frozen=True)
class _Circle:
    channel: str
    members: tuple[Person, ...]
    since: tuple[int, ...]  # the first day of each member
    contacts: tuple[tuple[Person, Person, Person], ...]  # outsider, and the two members who share the contact


def circles(seed: int = 0, sizes: CircleSizes | None = None) -> Story:
    """A3: people work in their small circles, and the rest is thin. The known circles and their contacts stand in `Story.circles` and `Story.contacts`."""
    sizes = sizes or CircleSizes()
    rng = np.random.Generator(np.random.PCG64(seed))
    teller = Teller(rng, START + sizes.days * DAY - SECOND)
    names = units(sizes.departments)
    people = invented_people(rng, sizes.people, names)
    rings = _circles(rng, people, sizes)
    first = _first_days(rng, people, rings, sizes)
    people = [msgspec.structs.replace(person, joined=START + first[person.key] * DAY) for person in people]
    groups, memberships = _places(people, names, rings, first)
    _joins(teller, memberships, {person.key: person for person in people})
    for ring in rings:
        _circle_talk(teller, ring, sizes)
        _contact_talk(teller, ring, names, sizes)
    _thin_talk(teller, people, names, first, sizes)
    bots = _bots(teller, sizes)
    apart = _strangers(teller, people, sizes)
    together = [Membership(person.key, STRANGERS_KEY, joined=person.joined) for person in apart]
    _joins(teller, together, {person.key: person for person in apart})
    groups += (Group(key=STRANGERS_KEY, name=STRANGERS, purpose="A group in name only", created=START, archived=False),) if apart else ()
    return Story(
        title=f"Simulated circles {seed}", team=f"{SIMULATED_TEAM}{seed}", persons=(*people, *bots), groups=groups, memberships=(*memberships, *together),
        posts=tuple(sorted(teller.posts, key=lambda post: (post.at or 0, post.key))), reactions=tuple(teller.reactions),
        circles=tuple(tuple(person.key for person in ring.members) for ring in rings),
        contacts=tuple(tuple(contact[0].key for contact in ring.contacts) for ring in rings),
    )  # fmt: skip


def _circles(rng: np.random.Generator, people: Sequence[Person], sizes: CircleSizes) -> list[_Circle]:
    """Disjoint circles of people from several departments; contacts are people outside every circle."""
    order = [people[int(k)] for k in rng.permutation(len(people))]
    rings: list[_Circle] = []
    wanted = [int(rng.integers(sizes.smallest, sizes.largest + 1)) for _ in range(sizes.circles)]
    outside = order[sum(wanted) :]
    for k, size in enumerate(wanted):
        if len(order) < size:
            break  # so few people fill fewer circles
        members, order = tuple(order[:size]), order[size:]
        new = 1 if size <= 6 else int(rng.integers(1, 3))
        joined = [int(rng.integers(1, 20)) for _ in range(size - new)] + [int(sizes.days - rng.integers(215, 340)) for _ in range(new)]
        contacts = tuple(_contact(rng, outside, members) for _ in range(int(rng.integers(3, 5)))) if outside else ()
        rings.append(_Circle(f"C1{k + 1:07d}", members, tuple(max(1, day) for day in joined), contacts))
    return rings


def _contact(rng: np.random.Generator, outside: Sequence[Person], members: Sequence[Person]) -> tuple[Person, Person, Person]:
    one, two = (members[int(k)] for k in rng.permutation(len(members))[:2])
    strangers = [person for person in outside if person.unit not in (one.unit, two.unit)] or list(outside)
    return strangers[int(rng.integers(len(strangers)))], one, two


def _first_days(rng: np.random.Generator, people: Sequence[Person], rings: Sequence[_Circle], sizes: CircleSizes) -> dict[str, int]:
    """The day on which each person came: long ago, or for circles' new members and one in twenty others in the last year."""
    first = {person.key: 0 for person in people}
    for person in people:
        if rng.random() < 0.05:
            first[person.key] = int(sizes.days - rng.integers(30, 300))
    for ring in rings:
        first.update({person.key: day - 1 for person, day in zip(ring.members, ring.since, strict=True)})
        first.update({contact[0].key: 0 for contact in ring.contacts})
    return {key: max(0, day) for key, day in first.items()}


def _places(
    people: Sequence[Person], names: Sequence[str], rings: Sequence[_Circle], first: dict[str, int]
) -> tuple[tuple[Group, ...], tuple[Membership, ...]]:
    """#general for all, a channel a department and a channel a circle, with who is in them since when."""
    groups = [Group(key="C00000001", name="general", purpose="Everybody", created=START, archived=False)]
    inside = [Membership(person.key, "C00000001", joined=START + first[person.key] * DAY) for person in people]
    for k, name in enumerate(names):
        key = _department_channel(k)
        groups.append(Group(key=key, name=name.lower().replace(" ", "-"), purpose=f"Department {name}", created=START, archived=False))
        inside += [Membership(person.key, key, joined=START + first[person.key] * DAY) for person in people if person.unit == name]
    for k, ring in enumerate(rings):
        groups.append(Group(key=ring.channel, name=f"circle-{k + 1:02d}", purpose="A small circle", created=START, archived=False))
        inside += [Membership(person.key, ring.channel, joined=START + day * DAY) for person, day in zip(ring.members, ring.since, strict=True)]
    groups.append(Group(key="C90000001", name="builds", purpose="Messages of bots", created=START, archived=False))
    return tuple(groups), tuple(inside)


def _department_channel(k: int) -> str:
    return f"C0{k + 1000:07d}"


def _joins(teller: Teller, memberships: Sequence[Membership], people: dict[str, Person]) -> None:
    for membership in memberships:
        teller.join(people[membership.person], membership.group, (membership.joined or START) + 6 * HOUR + len(teller.posts) % 1000)


def _circle_talk(teller: Teller, ring: _Circle, sizes: CircleSizes) -> None:
    """Threads in which two to four others answer, and starter and answerers turn to each other again."""
    pairs = len(ring.members) * (len(ring.members) - 1) / 2
    for day in teller.working_days(pairs * sizes.exchange / 6.0, 0, sizes.days):
        present = [person.key for person, since in zip(ring.members, ring.since, strict=True) if since <= day]
        if len(present) < 3:
            continue
        chance = teller.rng.random()
        phrases = words.IDEAS if chance < sizes.ideas else words.QUESTIONS if chance < sizes.ideas + 0.3 else words.REMARKS
        circle_thread(teller, ring.channel, present, day, phrases)


def _contact_talk(teller: Teller, ring: _Circle, names: Sequence[str], sizes: CircleSizes) -> None:
    """Each of the two members asks the shared outside contact now and then, in the contact's department channel, and is answered."""
    for outsider, *sharers in ring.contacts:
        channel = _department_channel(list(names).index(outsider.unit))
        for member in sharers:
            since = ring.since[ring.members.index(member)]
            day = since + teller.rng.uniform(0, sizes.contact_every)
            while day < sizes.days:
                asked = teller.post(member.key, channel, teller.moment(int(day)), teller.say(words.QUESTIONS), mentions=[outsider.key])
                at = (asked.at or 0) + int(teller.rng.exponential(3) * HOUR) + SECOND
                teller.post(outsider.key, channel, at, teller.say(words.REPLIES), thread=asked)
                day += sizes.contact_every * teller.rng.uniform(0.7, 1.3)


def _thin_talk(teller: Teller, people: Sequence[Person], names: Sequence[str], first: dict[str, int], sizes: CircleSizes) -> None:
    """Now and then a thread in one's department or to all, with few answers from anybody; news to all twice a week."""
    by_unit = {name: [person for person in people if person.unit == name] for name in names}
    for person in people:
        for day in teller.working_days(sizes.thin, 0, sizes.days):
            if day < first[person.key]:
                continue
            at_home = teller.rng.random() < 0.5
            readers = by_unit[person.unit] if at_home else people
            channel = _department_channel(list(names).index(person.unit)) if at_home else "C00000001"
            phrases = words.QUESTIONS if teller.rng.random() < 0.5 else words.REMARKS
            start = teller.post(person.key, channel, teller.moment(day), teller.say(phrases))
            here = [reader.key for reader in readers if first[reader.key] <= day and reader is not person]
            at = start.at or 0
            for other in teller.some(here, int(teller.rng.poisson(1.2))):
                at += int(teller.rng.exponential(5) * HOUR) + SECOND
                teller.post(other, channel, at, teller.say(words.REPLIES), thread=start)
            teller.react(start, teller.some(here, int(teller.rng.poisson(0.8))))
    speakers = [person for person in people if first[person.key] == 0][:6]
    for day in teller.working_days(2 / 7, 0, sizes.days):
        news = teller.post(teller.pick([person.key for person in speakers]), "C00000001", teller.moment(day), teller.say(words.NEWS))
        teller.react(news, teller.some([person.key for person in people if first[person.key] <= day], len(people) // 12))


def _strangers(teller: Teller, people: Sequence[Person], sizes: CircleSizes) -> list[Person]:
    """People who write elsewhere, and of whom no two ever answered, named or co-wrote with each other."""
    met: dict[str, set[str]] = {person.key: set() for person in people}
    together: dict[str, set[str]] = {}
    for post in teller.posts:
        if not post.event and post.author in met:
            together.setdefault(post.thread or post.key, set()).update((post.author, *post.mentions))
    for persons in together.values():
        for person in persons & met.keys():
            met[person] |= persons
    found: list[Person] = []
    for k in teller.rng.permutation(len(people)).tolist():
        if len(found) < sizes.strangers and met[people[k].key] and not any(other.key in met[people[k].key] for other in found):
            found.append(people[k])
    return found


def _bots(teller: Teller, sizes: CircleSizes) -> tuple[Person, ...]:
    """Two bots that report every working day: a reader who forgets to leave bots out sees them everywhere."""
    bots = tuple(
        Person(key=f"U9{k:07d}", name=name, handle=name.lower(), zone="UTC", updated=START, is_bot=True, deleted=False)
        for k, name in enumerate(("Buildbot", "Remindbot"))
    )
    for bot in bots:
        for day in teller.working_days(1.0, 0, sizes.days):
            teller.post(bot.key, "C90000001", teller.moment(day), teller.say(words.ALERTS))
    return bots
