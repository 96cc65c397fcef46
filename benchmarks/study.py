"""python -m benchmarks.study: do the intervals hold what they say?

Communities of known structure are drawn from a generator; the truth of one is the mean fit over fresh draws of the same generator. An 80 %
interval should hold it in about 80 % of the communities. Slow, and no part of `make bench`; its table stands in docs/intervals.md.
"""

from __future__ import annotations

import argparse
import math
import sys
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass

import numpy as np

from cmdesk import pluginhost
from cmdesk.core import goal_model, variants
from cmdesk.core.assessments import ASSESSOR, FitOptions
from cmdesk.core.building import Building
from cmdesk.core.contributions import Score
from cmdesk.core.goal_model import GOALS
from cmdesk.core.progress import Progress
from cmdesk.core.resampling import Plan
from cmdesk.core.snapshot import Snapshot

DAYS = 400
OTHERS = 30  # people outside the group
UNITS = ("Sales", "Finance", "Engineering", "Care")
LEAST = 0.72  # an 80 % interval that holds the truth more seldom is too narrow
SOMETIMES = 0.9  # a fit must come out in so many draws to be counted


@dataclass(frozen=True)
class Structure:
    """A group of `size` people: `exchange` conversations a week for each of them, spread over the others; how unevenly people talk and how
    bursty weeks are (coefficients of variation); how likely an answer and a turn back are; how many conversations lead outside."""

    size: int
    exchange: float
    uneven: float = 0.5
    bursty: float = 0.5
    answered: float = 0.8
    back: float = 0.6
    outside: float = 0.15
    kind: str = "busy"


def structures() -> Iterator[Structure]:
    """Twenty structures, from a close handful to a loose thirty-five."""
    for size in (5, 8, 12, 20, 35):
        yield Structure(size, 3.0)
        yield Structure(size, 1.0, uneven=0.8, kind="usual")
        yield Structure(size, 0.4, bursty=0.8, answered=0.6, kind="thin")
        yield Structure(size, 1.5, uneven=1.0, back=0.3, outside=0.4, kind="one-sided")


def draw(structure: Structure, rng: np.random.Generator, metrics: object) -> Snapshot:
    """One community with this structure."""
    town = Building(window_days=180)
    people = [f"p{k}" for k in range(structure.size + OTHERS)]
    inside, outside = people[: structure.size], people[structure.size :]
    for person in people:
        town.person(person, unit=UNITS[int(rng.integers(len(UNITS)))], role="engineer" if rng.random() < 0.8 else "", joined=float(rng.uniform(100, 900)))
    town.group("team", inside)
    town.group("elsewhere", people)
    loud = _varied(rng, structure.uneven, len(people))
    weeks = _varied(rng, structure.bursty, DAYS // 7)
    _talk(town, structure, rng, inside, loud[: structure.size], weeks, outside)
    for day in np.flatnonzero(rng.random(DAYS) < 0.8):  # the rest of the community
        one, two = rng.choice(len(outside), 2, replace=False)
        start = town.post(outside[one], "elsewhere", day + rng.random(), question=bool(rng.random() < 0.4))
        town.reply(outside[two], start, max(0.0, float(day) - rng.exponential(0.2)))
    return town.snapshot(metrics=metrics)  # type: ignore[arg-type]


def _varied(rng: np.random.Generator, spread: float, many: int) -> np.ndarray:
    """Factors with mean 1 and this coefficient of variation."""
    return rng.gamma(1 / spread**2, spread**2, many)


def _talk(
    town: Building, structure: Structure, rng: np.random.Generator, inside: list[str], loud: np.ndarray, weeks: np.ndarray, outside: list[str]
) -> None:
    friends = rng.gamma(2.0, 0.5, (len(inside), len(inside)))  # with whom somebody likes to talk
    friends = (friends + friends.T) * loud
    np.fill_diagonal(friends, 0)
    friends /= friends.sum(axis=1, keepdims=True)
    for week, busy in enumerate(weeks):
        for one, count in enumerate(rng.poisson(structure.exchange * busy * loud)):
            for _number in range(count):
                age = 7 * week + 7 * rng.random()
                away = rng.random() < structure.outside
                other = outside[one % len(outside)] if away and rng.random() < 0.5 else outside[int(rng.integers(len(outside)))]
                partner = other if away else inside[int(rng.choice(len(inside), p=friends[one]))]
                kind = rng.random()
                start = town.post(
                    inside[one], "elsewhere" if away else "team", age, question=bool(kind < 0.35), idea=bool(0.35 < kind < 0.6),
                    mentions=[partner] if rng.random() < 0.3 else [],
                )  # fmt: skip
                _answers(town, structure, rng, start, (inside[one], partner), age)


def _answers(town: Building, structure: Structure, rng: np.random.Generator, start: int, pair: tuple[str, str], age: float) -> None:
    if rng.random() > structure.answered:
        return
    age = max(0.0, age - rng.exponential(0.3))
    answer = town.reply(pair[1], start, age)
    if rng.random() < structure.back:
        age = max(0.0, age - rng.exponential(0.3))
        town.reply(pair[0], start, age, to=answer)
        if rng.random() < 0.5:
            town.reply(pair[1], start, max(0.0, age - 0.05))
    if rng.random() < 0.3:
        town.react(pair[0], answer)


@dataclass(frozen=True)
class Told:
    """One interval beside the truth."""

    goal: str
    size: int
    kind: str
    low: float
    high: float
    truth: float


def examine(number: int, structure: Structure, communities: int, draws: int, replicates: int) -> list[Told]:
    """The truth of one structure, and the intervals of communities with it."""
    host, model = pluginhost.load(folders=False), FitOptions(goal_model.shipped())

    def scores(seen: Snapshot) -> dict[str, Score]:
        team = seen.groups.name.index("team")
        return {score.goal: score for score in host.assessors[ASSESSOR].assess(seen, [team], GOALS, model, Progress())}

    def drawn(k: int) -> Snapshot:
        return draw(structure, np.random.Generator(np.random.PCG64([number, k])), host.metrics)

    fresh = [scores(drawn(1_000_000 + k)) for k in range(draws)]
    truth = {goal: _mean([found[goal].fit for found in fresh]) for goal in GOALS}
    told = []
    for k in range(communities):
        for goal, score in scores(variants.resampled(drawn(k), Plan(replicates, seed=k))).items():
            known = truth[goal]
            if known is not None and score.low is not None and score.high is not None:
                told.append(Told(goal, structure.size, structure.kind, score.low, score.high, known))
    return told


def main() -> int:
    """Run the study and print its table; 1 where the intervals hold the truth too seldom."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.study", description=__doc__)
    parser.add_argument("--communities", type=int, default=10, help="of each of the 20 structures")
    parser.add_argument("--draws", type=int, default=200, help="fresh draws for the truth of a structure")
    parser.add_argument("--replicates", type=int, default=500)
    parser.add_argument("--workers", type=int, default=1, help="processes")
    asked = parser.parse_args()
    told: list[Told] = []
    with ProcessPoolExecutor(asked.workers) as pool:
        every = list(structures())
        jobs = [pool.submit(examine, number, each, asked.communities, asked.draws, asked.replicates) for number, each in enumerate(every)]
        for structure, job in zip(every, jobs, strict=True):
            told += (found := job.result())
            share = f"{np.mean([held(one) for one in found]):.0%}" if found else "no fit in nine of ten draws"
            print(f"… {structure}: {share} of {len(found)}", file=sys.stderr, flush=True)
    table(told)
    return int(float(np.mean([held(one) for one in told])) < LEAST)


def held(one: Told, places: float = 0.005) -> bool:
    """Whether the interval holds the truth, both told with two decimals, as a fit is everywhere."""
    return one.low - places <= one.truth <= one.high + places


def table(told: list[Told]) -> None:
    """How often intervals hold the truth: of all, by goal, by size, by kind of exchange, and by two of these together."""
    print("| what | intervals | hold the truth | to the last digit | truth above | truth below | mean width |")
    print("|---|---|---|---|---|---|---|")
    parts = {"all": told}
    parts |= {goal: [one for one in told if one.goal == goal] for goal in GOALS}
    parts |= {f"{size} people": [one for one in told if one.size == size] for size in sorted({one.size for one in told})}
    parts |= {f"{kind} exchange": [one for one in told if one.kind == kind] for kind in dict.fromkeys(one.kind for one in told)}
    kinds = dict.fromkeys((one.size, one.kind) for one in told)
    parts |= {f"{size} people, {kind}": [one for one in told if (one.size, one.kind) == (size, kind)] for size, kind in kinds}
    goals = dict.fromkeys((one.goal, one.kind) for one in told)
    parts |= {f"{goal}, {kind}": [one for one in told if (one.goal, one.kind) == (goal, kind)] for goal, kind in goals}
    for name, part in parts.items():
        if part:
            shares = [[held(one) for one in part], [held(one, 1e-9) for one in part], [one.truth > one.high + 0.005 for one in part]]
            shares.append([one.truth < one.low - 0.005 for one in part])
            told_shares = " | ".join(f"{np.mean(share):.0%}" for share in shares)
            print(f"| {name} | {len(part)} | {told_shares} | {np.mean([one.high - one.low for one in part]):.2f} |")


def _mean(fits: list[float | None]) -> float | None:
    known = [fit for fit in fits if fit is not None]
    return math.fsum(known) / len(known) if len(known) >= SOMETIMES * len(fits) else None


if __name__ == "__main__":
    sys.exit(main())
