"""A Slack export of any size, written as a stream: memory stays flat from 1,000 to 1,000,000 messages and beyond."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from cmdesk.core.records import Group, Membership, Person, Post, Reaction
from cmdesk.simulation import words
from cmdesk.simulation.slack import SIMULATED_TEAM, SlackZip
from cmdesk.simulation.story import SECOND, START, invented_people, post_key

_DAYS = 420
_AT_ONCE = 4_000  # messages held at a time
_BOTS = 3


def slack_zip(path: Path, people: int, messages: int, seed: int) -> None:
    """Write a Slack-shaped export with `people` persons (and three bots) and exactly `messages` messages, joins included, to `path`.

    About 490 bytes of JSON a message, like a real export's; threads, mentions, reactions with actors; the same seed gives the same bytes."""
    rng = np.random.Generator(np.random.PCG64(seed))
    departments = words.DEPARTMENTS[: max(1, min(len(words.DEPARTMENTS), people // 20))]
    persons = invented_people(rng, people, departments)
    bots = [Person(key=f"U9{k:07d}", name=f"Bot {k + 1}", handle=f"bot{k + 1}", updated=START, is_bot=True) for k in range(_BOTS)]
    count = max(2, min(people // 40, messages // 5_000, 60))
    groups = [Group(key=f"C{k + 1:08d}", name=_channel_name(k), purpose="Simulated", created=START, archived=False) for k in range(count)]
    members = [_members(rng, people, k) for k in range(count)]
    shares = _shares(rng, messages, count)
    with SlackZip(path, f"{SIMULATED_TEAM}{seed}") as out:
        out.people([*persons, *bots])
        out.channels(groups, (Membership(persons[k].key, group.key) for group, inside in zip(groups, members, strict=True) for k in inside))
        for group, inside, share in zip(groups, members, shares, strict=True):
            keys = [persons[k].key for k in inside]
            for posts, reactions in _chunks(rng, group, keys, [bot.key for bot in bots], share):
                out.posts(group.name, posts, reactions)


def _channel_name(k: int) -> str:
    return "general" if k == 0 else f"{words.TOPICS[k % len(words.TOPICS)].removeprefix('the ').replace(' ', '-')}-{k}"


def _members(rng: np.random.Generator, people: int, channel: int) -> list[int]:
    """Everybody in the first channel, some 80 people in each other one."""
    return list(range(people)) if channel == 0 else sorted(int(k) for k in rng.permutation(people)[: min(people, 80)])


def _shares(rng: np.random.Generator, messages: int, count: int) -> list[int]:
    """How many messages each channel gets: some are three times as busy as others, and the sum is exact."""
    weights = rng.uniform(0.5, 1.5, count)
    edges = np.floor(np.cumsum(weights) / weights.sum() * messages + 1e-9).astype(int)
    edges[-1] = messages
    return [int(size) for size in np.diff(edges, prepend=0)]


def _chunks(
    rng: np.random.Generator, group: Group, members: Sequence[str], bots: Sequence[str], messages: int
) -> Iterator[tuple[list[Post], dict[str, list[Reaction]]]]:
    """The channel's messages in order of time, whole days at a time, so that no thread crosses from one part to the next."""
    joins = min(len(members), messages // 5)
    yield [_join(group.key, members[k], k) for k in range(joins)], {}
    messages -= joins
    parts = max(1, min(_DAYS - 1, -(-messages // _AT_ONCE)))
    days, counts = np.linspace(1, _DAYS, parts + 1).astype(int), np.linspace(0, messages, parts + 1).astype(int)
    for part in range(parts):
        size = int(counts[part + 1] - counts[part])
        if size:
            yield _talk(rng, group.key, members, bots, size, (int(days[part]), int(days[part + 1])))


def _join(channel: str, person: str, k: int) -> Post:
    at = START + k * 7 * SECOND + k
    text = f"<@{person}> has joined the channel"
    return Post(key=post_key(channel, at), author=person, group=channel, at=at, text=text, title="channel_join", event=True)


def _talk(
    rng: np.random.Generator, channel: str, members: Sequence[str], bots: Sequence[str], size: int, days: tuple[int, int]
) -> tuple[list[Post], dict[str, list[Reaction]]]:
    """`size` messages from day `days[0]` to before `days[1]`: nearly half of them start a thread, the others answer one of these."""
    starts = max(1, int(size * 0.45))
    begin = (rng.integers(days[0], days[1], starts) * 86_400 + rng.uniform(7.5, 17, starts) * 3600).astype(np.int64)
    of = np.concatenate([np.arange(starts), (rng.random(size - starts) ** 1.5 * starts).astype(np.int64)])
    late = np.concatenate([np.zeros(starts), 30 + rng.exponential(3 * 3600, size - starts)]).astype(np.int64)
    seconds = np.minimum(begin[of] + late, days[1] * 86_400 - 1)
    order = np.lexsort((late, seconds))
    times = START + seconds * SECOND
    times[order] += np.arange(size)  # a stamp of its own for each message, as Slack gives it
    who = _authors(rng, of, starts, len(members))
    return _write(rng, channel, members, bots, order.tolist(), of.tolist(), times.tolist(), who.tolist(), starts)


def _authors(rng: np.random.Generator, of: np.ndarray, starts: int, members: int) -> np.ndarray[Any, Any]:
    """Starters anywhere, the active more often; who answers sits near the starter, so that the same people meet again."""
    starter = (rng.random(starts) ** 1.6 * members).astype(np.int64)
    near = rng.integers(1, max(2, min(7, members)), len(of))
    who: np.ndarray[Any, Any] = (starter[of] + near) % members
    who[:starts] = starter
    return who


def _write(
    rng: np.random.Generator, channel: str, members: Sequence[str], bots: Sequence[str], order: list[int], of: list[int], times: list[int],
    who: list[int], starts: int,
) -> tuple[list[Post], dict[str, list[Reaction]]]:  # fmt: skip
    """The posts of a part in order of time, and their reactions."""
    posts: list[Post] = []
    reactions: dict[str, list[Reaction]] = defaultdict(list)
    kind: list[float] = rng.random(len(of)).tolist()
    phrase: list[int]
    topic: list[int]
    detail: list[int]
    phrase, topic, detail = rng.integers(0, 5040, (3, len(of))).tolist()
    author = [members[place] for place in who]
    for k in range(starts):
        if kind[k] > 0.97:
            author[k] = bots[detail[k] % len(bots)]
    for k in order:
        person, chance, thread = author[k], kind[k], of[k]
        phrases = words.REPLIES if k >= starts else words.QUESTIONS if chance < 0.35 else words.IDEAS if chance < 0.4 else words.REMARKS
        text = phrases[phrase[k] % len(phrases)].format(words.TOPICS[topic[k] % len(words.TOPICS)])
        if chance > 0.7:
            text = f"{words.DETAILS[detail[k] % len(words.DETAILS)]} {text}"
        if chance > 0.97 and k < starts:
            text = words.ALERTS[phrase[k] % len(words.ALERTS)].format(words.TOPICS[topic[k] % len(words.TOPICS)])
        mentioned = members[(who[k] + 1 + detail[k] % 5) % len(members)] if 0.7 < chance < 0.82 else ""
        key = post_key(channel, times[k])
        posts.append(
            Post(
                key=key, author=person, group=channel, at=times[k], text=f"<@{mentioned}> {text}" if mentioned else text,
                thread=post_key(channel, times[thread]) if k >= starts else "", reply_author=author[thread] if k >= starts else "",
            )
        )
        if chance < 0.14:
            emoji = words.EMOJI[topic[k] % len(words.EMOJI)]
            some = range(1, 2 + phrase[k] % 3)
            reactions[key] = [Reaction(key, members[(who[k] + step) % len(members)], emoji) for step in some]
    return posts, reactions
