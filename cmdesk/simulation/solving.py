"""Scenarios A7 and A11: small circles that solve complex problems, and what distinguishes them: closeness, and demonstrated competence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from cmdesk.core.records import Person, Post
from cmdesk.simulation import words
from cmdesk.simulation.story import Story
from cmdesk.simulation.talk import circle_talk
from cmdesk.simulation.town import Town, units

CIRCLE, OTHER, EXPERTS = "solving-circle", "other-circle", "experts"
"""Names of the channels of the circles."""


@dataclass(frozen=True)
class SolvingSizes:
    """`exchange`: exchanges per pair of a circle and day; `accepted`: the share of questions in the circle whose first answer is accepted;
    `people`: everybody, of whom those outside the circles ask and answer now and then."""

    people: int = 90
    circle: int = 7
    disciplines: int = 5
    departments: int = 5
    days: int = 300
    exchange: float = 0.10
    accepted: float = 0.70
    thin: float = 0.02


def small_solves(seed: int = 0, sizes: SolvingSizes | None = None) -> Story:
    """A7: a circle from several disciplines with strong two-way ties, whose members accept each other's answers."""
    sizes = sizes or SolvingSizes()
    town = Town("small-solves", seed, sizes.days)
    town.invent(sizes.people, units(sizes.departments))
    members = skilled(town, town.people[: sizes.circle], sizes.disciplines)
    town.thin(town.group("general", town.people, "Everybody"), town.people, sizes.thin)
    solving_circle(town, CIRCLE, members, sizes.exchange, sizes.accepted)
    return town.story(circles=[[person.key for person in members]])


def skilled(town: Town, people: Sequence[Person], disciplines: int) -> list[Person]:
    """The people, each with an expertise that can be seen."""
    return [
        town.change(person, expertise=(words.DISCIPLINES[k % disciplines % len(words.DISCIPLINES)],)) for k, person in enumerate(list(people))
    ]


def solving_circle(town: Town, name: str, members: Sequence[Person], exchange: float, accepted: float, begin: int = 0) -> str:
    """A circle that asks each other and accepts the answers; returns its channel."""
    channel = town.group(name, members, "A small circle for one complex problem")

    def settle(start: Post, answers: list[Post]) -> None:
        if start.question and town.rng.random() < accepted:
            town.accept(town.teller.pick_post(answers), start.author)

    circle_talk(town, channel, [person.key for person in members], exchange, ideas=0.1, questions=0.5, begin=begin, after=settle)
    return channel


def who_brings_in_what(seed: int = 0, sizes: SolvingSizes | None = None) -> Story:
    """A11: two circles that are equally close, of which only one answers questions and shows who knows what; and a third group of people who
    have answered many others, but hardly know each other."""
    sizes = sizes or SolvingSizes()
    town = Town("who-brings-in-what", seed, sizes.days)
    town.invent(sizes.people, units(sizes.departments))
    size = sizes.circle
    first = skilled(town, town.people[:size], sizes.disciplines)
    second = town.people[size : 2 * size]
    experts = skilled(town, town.people[2 * size : 3 * size], sizes.disciplines)
    rest = town.people[3 * size :]
    general = town.group("general", town.people, "Everybody")
    town.thin(general, rest, sizes.thin)
    solving_circle(town, CIRCLE, first, sizes.exchange, sizes.accepted)
    _silent_about_knowledge(town, second, sizes)
    _experts(town, general, experts, rest, sizes)
    return town.story(circles=[[person.key for person in part] for part in (first, second, experts)])


def _silent_about_knowledge(town: Town, members: Sequence[Person], sizes: SolvingSizes) -> None:
    """As much exchange as in the first circle, but nobody asks; where the first circle accepts an answer, this one says thanks twice."""
    channel = town.group(OTHER, members, "A small circle")

    def thank(start: Post, answers: list[Post]) -> None:
        if town.rng.random() < 0.5 * sizes.accepted:
            answer = town.teller.pick_post(answers)
            town.teller.post(start.author, channel, town.later(answer, 1), "Good.", thread=start, mentions=[answer.author])
            town.teller.post(start.author, channel, town.later(answer, 2), "Thank you.", thread=start, mentions=[answer.author])

    circle_talk(town, channel, [person.key for person in members], sizes.exchange, ideas=0.1, questions=0.0, after=thank)


def _experts(town: Town, general: str, experts: Sequence[Person], askers: Sequence[Person], sizes: SolvingSizes) -> None:
    """Each expert answers many different people, who accept the answers; among themselves the experts only exchange a few words."""
    teller = town.teller
    channel = town.group(EXPERTS, experts, "People who know")
    keys = [person.key for person in askers]
    for expert in experts:
        for day in town.working_days(0.22):
            asker = teller.pick(keys)
            question = teller.post(asker, general, teller.moment(day), teller.say(words.QUESTIONS))
            answer = teller.post(expert.key, general, town.later(question, 3), teller.say(words.REPLIES), thread=question)
            town.accept(answer, asker)
    for k, expert in enumerate(experts):
        for day in town.working_days(0.03, town.days - 170):
            start = teller.post(expert.key, channel, teller.moment(day), teller.say(words.REMARKS))
            other = experts[(k + 1) % len(experts)].key
            if town.rng.random() < 0.3:
                teller.post(other, channel, town.later(start, 4), teller.say(words.REPLIES), thread=start)
