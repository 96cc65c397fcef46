"""The sample organisation: about 500 invented people in eight departments, with every structure that the founding article tells of, over two
half-years between which something changed. Names of people and groups are in the user's language."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from cmdesk.core.records import Person
from cmdesk.core.text import _, language
from cmdesk.simulation import words
from cmdesk.simulation.announcing import AnnouncingSizes, announce
from cmdesk.simulation.bounded import working_group
from cmdesk.simulation.finding import FindingSizes, find_answers
from cmdesk.simulation.silence import quiet_group
from cmdesk.simulation.solving import skilled, solving_circle
from cmdesk.simulation.story import Story
from cmdesk.simulation.talk import circle_talk, lively_talk, rings
from cmdesk.simulation.town import Town

HALF_YEAR = 182
"""Days of a half-year; the story is two of them and some weeks before."""
SLOW = FindingSizes(questions=0.02, answered=0.66, hours=14, thanked=0.5, topics=4, experts=3, pages=16, stale=0.42)
"""A department in which one finds some of what one looks for."""


@dataclass(frozen=True)
class OrganisationSizes:
    """Sizes and rates, small enough that the sample opens within seconds."""

    people: int = 496
    days: int = 2 * HALF_YEAR + 36
    threads: float = 0.008
    across: float = 0.02
    working_groups: int = 10
    circles: int = 6
    exchange: float = 0.045


@dataclass(frozen=True)
class Aim:
    """A goal that the sample sets: the group ("" = the whole), the goal, its importance, the day of the story since when, and who owns the group."""

    group: str
    goal: str
    importance: int
    day: int
    owner: str = ""


@dataclass(frozen=True)
class Sample:
    """The organisation as told, its goals, and dated remarks (day of the story, text)."""

    story: Story
    aims: tuple[Aim, ...]
    remarks: tuple[tuple[int, str], ...]


def organisation(seed: int = 0, sizes: OrganisationSizes | None = None) -> Sample:
    """The organisation with this seed, in the user's language."""
    told = _Organisation(seed, sizes or OrganisationSizes())
    return Sample(told.tell(), tuple(told.aims), tuple(told.remarks))


def slug(title: str) -> str:
    """A group's title as a chat platform writes it: lower case, hyphens for blanks."""
    return re.sub(r"[^\w]+", "-", title.lower()).strip("-")


class _Organisation:
    def __init__(self, seed: int, sizes: OrganisationSizes) -> None:
        self.sizes, self.town = sizes, Town("organisation", seed, sizes.days)
        self.aims: list[Aim] = []
        self.remarks: list[tuple[int, str]] = []
        self.units = _departments()
        self.second = sizes.days - HALF_YEAR

    def tell(self) -> Story:
        """Everything, in the order in which people are given their parts: nobody is in two small groups."""
        self._people()
        free = self._mixed()
        self._everyone()
        self._questions()
        self._departments()
        taken = self._working_groups(free)
        taken += self._circles(free[taken:])
        solving = free[taken : taken + 7]
        self._solving(solving)
        self._square(free[taken + 7 :])
        self._name_only(free[taken + 7 : taken + 400])
        self._too_little(self.town.invent(6, self.units))
        for goal, importance in (("solve", 3), ("connect", 3)):
            self._aim("", goal, importance, 30)
        return replace(self.town.story(), title=_("Sample community"))

    def _people(self) -> None:
        first, last = words.NAMES.get(language(), words.NAMES["en"])
        lot = np.random.Generator(np.random.PCG64([self.town.seed, 1]))  # of its own: the story is the same in every language
        roles = [_("Planner"), _("Engineer"), _("Adviser"), _("Analyst"), _("Coordinator"), _("Buyer"), _("Trainer"), _("Developer")]
        for k, person in enumerate(self.town.invent(self.sizes.people, self.units)):
            one, two = (part[int(lot.integers(len(part)))] for part in (first, last))
            empty = (person.unit == self.units[-1] and k // 8 % 5) or (person.unit == self.units[-2] and k // 8 % 5 > 2)
            role = "" if empty else self.town.teller.pick(roles)
            mail = re.sub(r"[^a-z]", "", f"{one}{two}".lower()) + f"{k + 1}@example.org"
            self.town.change(person, name=f"{one} {two}", handle=f"{one}.{k + 1}".lower(), email=mail, role=role)
        self.leaders = [self.town.change(next(p for p in self.town.people if p.unit == unit), is_leader=True, role=_("Manager")) for unit in self.units]

    def _mixed(self) -> list[Person]:
        """Everybody but the leaders, in an order in which neighbours are of different departments."""
        rest = [person for person in self.town.people if not person.is_leader]
        parts = [[person for person in rest if person.unit == unit] for unit in self.units]
        orders = [[part[int(k)] for k in self.town.rng.permutation(len(part))] for part in parts]
        return [part[k] for k in range(max(map(len, orders))) for part in orders if k < len(part)]

    def _aim(self, group: str, goal: str, importance: int, day: int, owner: Person | None = None) -> None:
        self.aims.append(Aim(group, goal, importance, day, owner.name if owner else ""))

    def _everyone(self) -> None:
        """A1: in the first half-year few people read the news; then leaders sign and answer, and it is read."""
        name, town = slug(_("News for everyone")), self.town
        channel = town.group(name, town.people, _("What everybody must know"), audience=town.people)
        keys, leaders = [person.key for person in town.people], [person.key for person in self.leaders]
        before = AnnouncingSizes(a_week=0.8, readers=0.30, reading=0.6, reacting=0.1, repliers=20, answered=0.35)
        after = AnnouncingSizes(a_week=1.4, readers=0.90, reading=0.55, reacting=0.3, repliers=40, answered=0.8)
        announce(town, channel, keys[-1:], keys, before, end=self.second)
        announce(town, channel, leaders[:6], keys, after, begin=self.second)
        self._aim(name, "inform", 5, 20, self.leaders[0])
        self.remarks.append((self.second, _("Leaders sign the news themselves and answer what people ask.")))

    def _questions(self) -> None:
        """A9."""
        name, town = slug(_("Ask and find")), self.town
        channel = town.group(name, town.people, _("Ask anything; the pages are here too"))
        seen = [person for person in town.people if person.role]
        find_answers(town, channel, seen, FindingSizes(questions=0.0055, topics=5, experts=3, pages=45))
        self._aim(name, "find", 5, 25, self.leaders[1])

    def _departments(self) -> None:
        """A5: lively inside, hardly anything across. A10: in the last one most profiles are empty; in the one before it some are, and answers
        come late and pages are old."""
        town = self.town
        for unit, leader in zip(self.units, self.leaders, strict=True):
            part = [person for person in town.people if person.unit == unit]
            outside = [person.key for person in town.people if person.unit != unit]
            channel = town.group(slug(unit), part, _("Department {name}").format(name=unit))
            self._aim(slug(unit), "find", 4, 40, leader)
            if unit == self.units[-2]:
                find_answers(town, channel, part, SLOW)
                continue

            def visitor(outside: Sequence[str] = outside) -> str:
                return town.teller.pick(outside) if town.rng.random() < self.sizes.across else ""

            lively_talk(town, channel, rings([person.key for person in part], 8), self.sizes.threads, visitor)

    def _working_groups(self, free: Sequence[Person]) -> int:
        """A4; returns how many people are in them."""
        titles, taken = _working_titles(), 0
        for k in range(self.sizes.working_groups):
            members = list(free[taken : taken + 8 + k % 4])
            taken += len(members)
            name = slug(titles[k % len(titles)])
            channel = working_group(self.town, name, members, self.sizes.exchange, begin=60)
            self._aim(name, "collaborate", 4, 60, members[0])
            if k == self.sizes.working_groups - 1:
                taken += self._grows(channel, titles[k % len(titles)], members, free[taken : taken + 14])
        return taken

    def _grows(self, channel: str, title: str, members: list[Person], more: Sequence[Person]) -> int:
        """A working group that fourteen more people join, who hardly get to know anybody in it."""
        self.town.come(channel, more, self.second - 10)
        keys = [person.key for person in (*members, *more)]
        lively_talk(self.town, channel, rings(keys, 24), 0.02, begin=self.second - 10)
        self.remarks.append((self.second - 10, _("{name}: many new members join.").format(name=title)))
        return len(more)

    def _circles(self, free: Sequence[Person]) -> int:
        """A3: small circles with ideas, newcomers and outside contacts that two of them share; returns how many people are in them."""
        titles, taken, town = _circle_titles(), 0, self.town
        for k in range(self.sizes.circles):
            members = list(free[taken : taken + 5 + k % 3])
            taken += len(members)
            for newcomer in members[-1:]:
                members[-1] = town.change(newcomer, joined=town.teller.moment(self.second - 40))
            name, keys = slug(titles[k % len(titles)]), [person.key for person in members]
            channel = town.group(name, members, _("A small circle"))
            circle_talk(town, channel, keys, 0.07, ideas=0.4, begin=80)
            self._contacts(channel, members, free[-40 - 4 * k : -36 - 4 * k])
            for goal, importance in (("innovate", 5), ("collaborate", 3), ("inspire", 3)):
                self._aim(name, goal, importance, 80, members[0])
        return taken

    def _contacts(self, channel: str, members: Sequence[Person], outside: Sequence[Person]) -> None:
        teller = self.town.teller
        for k, contact in enumerate(outside):
            for member in (members[k % len(members)], members[(k + 1) % len(members)]):
                for day in self.town.working_days(1 / 45, 80):
                    asked = teller.post(member.key, channel, teller.moment(day), teller.say(words.QUESTIONS), mentions=[contact.key])
                    teller.post(contact.key, channel, self.town.later(asked, 3), teller.say(words.REPLIES), thread=asked)

    def _solving(self, members: Sequence[Person]) -> None:
        """A7: begins with the second half-year."""
        name = slug(_("Fault 17"))
        solving_circle(self.town, name, skilled(self.town, members, 5), 0.10, 0.7, begin=self.second)
        self._aim(name, "solve", 5, self.second, members[0])
        self.remarks.append((self.second, _("The circle about fault 17 begins.")))

    def _square(self, members: Sequence[Person]) -> None:
        """A5: a place that was made so that departments share what they know; it does not happen by itself."""
        name = slug(_("Knowledge square"))
        channel = self.town.group(name, members, _("Departments share what they know"))
        by_unit = {unit: [person.key for person in members if person.unit == unit] for unit in self.units}
        for keys in by_unit.values():
            lively_talk(self.town, channel, rings(keys, 8), 0.002)
        self._aim(name, "share_across", 4, 30, self.leaders[2])

    def _name_only(self, people: Sequence[Person]) -> None:
        """A13."""
        name, members = slug(_("Innovation board")), list(people[:: max(1, len(people) // 12)])[:12]
        self.town.group(name, members, _("Meets on paper"))
        self._aim(name, "innovate", 4, 100, members[0])
        self._aim(name, "collaborate", 4, 100)

    def _too_little(self, members: list[Person]) -> None:
        """A14: newcomers who are seen nowhere else yet."""
        name = slug(_("Welcome table"))
        quiet_group(self.town, name, members, 6)
        self._aim(name, "connect", 3, self.second, members[0])


def _departments() -> list[str]:
    return [_("Sales"), _("Production"), _("Logistics"), _("Finance"), _("Customer care"), _("Maintenance"), _("Digital"), _("Facilities")]


def _working_titles() -> list[str]:
    return [
        _("Safety"), _("Tenders"), _("Onboarding"), _("Energy"), _("Travel policy"), _("Privacy"), _("Suppliers"), _("Training"), _("Housing"),
        _("Quality"),
    ]  # fmt: skip


def _circle_titles() -> list[str]:
    return [_("Design circle"), _("Ideas lab"), _("Green team"), _("Data guild"), _("Customer stories"), _("Shop floor")]
