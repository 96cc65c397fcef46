"""How people talk in stories: in a close circle, in a lively group, and one who asks and is answered."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from cmdesk.core.records import Post
from cmdesk.simulation import words
from cmdesk.simulation.story import HOUR, SECOND, Teller
from cmdesk.simulation.town import Town


def exchange(teller: Teller, starter: str, other: str, start: Post, again: float = 0.65) -> Post:
    """`other` answers the thread's starter; each answer is answered with probability `again`, at most five times in all. Returns the first answer."""
    at = (start.at or 0) + int(teller.rng.exponential(1.5) * HOUR) + SECOND
    first = teller.post(other, start.group, at, teller.say(words.REPLIES), thread=start)
    for turn in range(1, 5):
        if teller.rng.random() > again:
            break
        at += int(teller.rng.exponential(1.2) * HOUR) + SECOND
        if turn % 2 == 0:
            teller.post(other, start.group, at, teller.say(words.REPLIES), thread=start)
        else:
            teller.post(starter, start.group, at, teller.say(words.REPLIES), thread=start, mentions=[other])
    return first


def circle_thread(
    teller: Teller, channel: str, present: Sequence[str], day: int, phrases: Sequence[str], others: int = 0
) -> tuple[Post, list[Post]]:
    """A thread in which some of `present` answer, and starter and answerers turn to each other again; the start and the first answers."""
    starter, *answering = teller.some(present, 1 + (others or int(teller.rng.integers(2, 5))))
    start = teller.post(starter, channel, teller.moment(day), teller.say(phrases))
    first = [exchange(teller, starter, other, start) for other in answering]
    teller.react(start, teller.some([key for key in present if key != starter], int(teller.rng.integers(1, 4))))
    return start, first


def circle_talk(
    town: Town, channel: str, members: Sequence[str], rate: float, *, ideas: float = 0.1, questions: float = 0.3, begin: int = 0,
    after: Callable[[Post, list[Post]], None] | None = None,
) -> None:  # fmt: skip
    """Threads of a close circle: `rate` exchanges per pair and day; the shares of ideas and questions among threads. `after` is told each one."""
    pairs = len(members) * (len(members) - 1) / 2
    for day in town.working_days(pairs * rate / 6.0, begin):
        chance = town.rng.random()
        phrases = words.IDEAS if chance < ideas else words.QUESTIONS if chance < ideas + questions else words.REMARKS
        start, first = circle_thread(town.teller, channel, members, day, phrases)
        if after is not None:
            after(start, first)


def lively_talk(
    town: Town, channel: str, near: dict[str, Sequence[str]], rate: float, visitors: Callable[[], str] | None = None, begin: int = 0
) -> None:
    """A lively group: `rate` threads a person and day; who answers is mostly one of those `near` the starter. `visitors` gives, for each answer,
    somebody from elsewhere or ""."""
    keys = list(near)
    teller, rng = town.teller, town.rng
    for day in town.working_days(len(keys) * rate, begin):
        author = teller.pick(keys)
        question = rng.random() < 0.5
        start = teller.post(author, channel, teller.moment(day), teller.say(words.QUESTIONS if question else words.REMARKS))
        at, answers = start.at or 0, []
        for other in town.few(near[author], 1 + int(rng.poisson(1.5)), author):
            other = (visitors() if visitors else "") or other
            at += int(rng.exponential(1.5) * HOUR) + SECOND
            answers.append(teller.post(other, channel, at, teller.say(words.REPLIES), thread=start))
            if rng.random() < 0.5:
                teller.post(author, channel, at + int(rng.exponential(1) * HOUR) + SECOND, teller.say(words.REPLIES), thread=start, mentions=[other])
        if question and answers and rng.random() < 0.6:
            teller.react(answers[0], [author])
        teller.react(start, town.few(near[author], int(rng.poisson(1.0)), author))


def rings(keys: Sequence[str], size: int) -> dict[str, Sequence[str]]:
    """For each key those who sit near it: the others of its part, where the keys are parted into sizes of about `size`."""
    parts = max(1, round(len(keys) / size))
    return {key: [other for other in keys[k % parts :: parts] if other != key] for k, key in enumerate(keys)}
