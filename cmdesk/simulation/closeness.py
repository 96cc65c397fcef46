"""Scenario A12: does one see more of each other's qualities where ties are closer? In one community yes, in another it has nothing to do with it."""

from __future__ import annotations

from dataclasses import dataclass

from cmdesk.simulation import words
from cmdesk.simulation.story import Story
from cmdesk.simulation.town import Town, units


@dataclass(frozen=True)
class ClosenessSizes:
    """`pairs`: pairs of people who ask each other; `chat`: the most messages that a pair exchanges a day, each pair its own share of it;
    `questions`: questions a pair and day; `follows`: whether recognition follows the tie, or comes to every pair alike."""

    people: int = 120
    pairs: int = 240
    departments: int = 6
    days: int = 300
    chat: float = 0.12
    questions: float = 0.02
    follows: bool = True


INDEPENDENT = ClosenessSizes(follows=False)
"""The sizes of the second community."""


def closeness(seed: int = 0, sizes: ClosenessSizes | None = None) -> Story:
    """A12, first: the closer a pair, the more of the other's answers it recognises."""
    return _pairs(Town("closeness", seed, (sizes or ClosenessSizes()).days), sizes or ClosenessSizes())


def closeness_independent(seed: int = 0, sizes: ClosenessSizes | None = None) -> Story:
    """A12, second: recognition has nothing to do with how close a pair is."""
    sizes = sizes or INDEPENDENT
    return _pairs(Town("closeness-independent", seed, sizes.days), sizes)


def _pairs(town: Town, sizes: ClosenessSizes) -> Story:
    town.invent(sizes.people, units(sizes.departments))
    channel = town.group("general", town.people, "Everybody")
    keys = [person.key for person in town.people]
    pairs: set[tuple[str, str]] = set()
    while len(pairs) < min(sizes.pairs, len(keys) * (len(keys) - 1) // 4):
        one, other = town.few(keys, 2)
        pairs.add((min(one, other), max(one, other)))
    for one, other in sorted(pairs):
        closeness = float(town.rng.uniform(0, 1))
        chance = closeness if sizes.follows else float(town.rng.uniform(0, 1))
        _chat(town, channel, one, other, closeness * sizes.chat)
        _ask(town, channel, one, other, sizes.questions, chance)
    return town.story()


def _chat(town: Town, channel: str, one: str, other: str, rate: float) -> None:
    teller = town.teller
    for day in town.working_days(rate):
        first, second = (one, other) if town.rng.random() < 0.5 else (other, one)
        start = teller.post(first, channel, teller.moment(day), teller.say(words.REMARKS), mentions=[second])
        if town.rng.random() < 0.8:
            teller.post(second, channel, town.later(start, 3), teller.say(words.REPLIES), thread=start)


def _ask(town: Town, channel: str, one: str, other: str, rate: float, chance: float) -> None:
    """Questions of the one that the other answers; recognition is a reaction, which weighs little as a tie."""
    teller = town.teller
    for day in town.working_days(rate):
        question = teller.post(one, channel, teller.moment(day), teller.say(words.QUESTIONS))
        answer = teller.post(other, channel, town.later(question, 3), teller.say(words.REPLIES), thread=question)
        if town.rng.random() < chance:
            teller.react(answer, [one])
