"""Scenarios A9 and A10: a large network in which people find information, with and without profiles and fresh pages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from cmdesk.core.records import Person
from cmdesk.simulation import words
from cmdesk.simulation.story import Story
from cmdesk.simulation.town import Town, units


@dataclass(frozen=True)
class FindingSizes:
    """`questions`: questions a person and day; `answered`: the share that is answered, `hours` after which; `profiles`: share of people with a
    role; `stale`: share of pages that nobody touched for more than a year; `experts` for each of `topics`."""

    people: int = 400
    departments: int = 8
    days: int = 200
    questions: float = 0.030
    answered: float = 0.92
    hours: float = 2.5
    thanked: float = 0.75
    topics: int = 8
    experts: int = 4
    profiles: float = 0.97
    pages: int = 60
    stale: float = 0.06


ANONYMOUS = FindingSizes(profiles=0.10, stale=0.85)
"""The sizes of A10."""


def find(seed: int = 0, sizes: FindingSizes | None = None) -> Story:
    """A9: questions answered within hours by people whose role shows, and fresh pages; hardly anybody knows each other well."""
    return _network(Town("find", seed, (sizes or FindingSizes()).days), sizes or FindingSizes())


def find_anonymous(seed: int = 0, sizes: FindingSizes | None = None) -> Story:
    """A10: the same without profiles, with stale pages."""
    sizes = sizes or ANONYMOUS
    return _network(Town("find-anonymous", seed, sizes.days), sizes)


def _network(town: Town, sizes: FindingSizes) -> Story:
    for person in town.invent(sizes.people, units(sizes.departments)):
        if town.rng.random() >= sizes.profiles:
            town.change(person, role="")
    channel = town.group("questions", town.people, "Ask anything")
    find_answers(town, channel, town.people, sizes)
    return town.story()


def find_answers(town: Town, channel: str, people: Sequence[Person], sizes: FindingSizes) -> None:
    """Questions with a topic, the answers of those who know about it and of anybody, thanks, and pages."""
    keys = [person.key for person in people]
    topics = words.TAGS[: sizes.topics]
    known = town.few(keys, sizes.topics * sizes.experts)
    experts = {topic: known[k :: len(topics)] for k, topic in enumerate(topics)}
    for day in town.working_days(len(keys) * sizes.questions):
        _ask(town, channel, keys, experts, day, sizes)
    for k in range(sizes.pages):
        stale = town.rng.random() < sizes.stale
        age = town.rng.uniform(380, 900) if stale else town.rng.uniform(2, 300)
        title = f"How to work with {words.TOPICS[k % len(words.TOPICS)]} ({k + 1})"
        town.page(f"{channel}-page-{k + 1}", channel, town.teller.pick(known), title, age, int(town.rng.integers(20, 900)))


def _ask(town: Town, channel: str, keys: list[str], experts: dict[str, list[str]], day: int, sizes: FindingSizes) -> None:
    teller, rng = town.teller, town.rng
    topic = teller.pick(list(experts))
    asker = teller.pick(keys)
    question = teller.post(asker, channel, teller.moment(day), f"{teller.say(words.QUESTIONS)} #{topic}")
    if rng.random() >= sizes.answered:
        return
    answerer = teller.pick(experts[topic]) if rng.random() < 0.85 else teller.pick(keys)
    if answerer == asker:
        return
    answer = teller.post(answerer, channel, town.later(question, sizes.hours), teller.say(words.REPLIES), thread=question)
    if rng.random() < 0.25:
        teller.post(teller.pick(keys), channel, town.later(answer, 6), teller.say(words.REPLIES), thread=question)
    if rng.random() < sizes.thanked:
        teller.react(answer, [asker])
        teller.react(answer, town.few([key for key in keys[:60] if key not in (asker, answerer)], int(rng.poisson(1.2))))
