"""python -m benchmarks.study: do the intervals hold what they say?

Communities of known structure are drawn from a generator; the truth of one is the mean fit over fresh draws of the same generator. An 80 %
interval should hold it in about 80 % of the communities. Slow, and no part of `make bench`; its table stands in docs/intervals.md.
"""

from __future__ import annotations

import argparse
import math
import sys
import time
from collections import defaultdict
from collections.abc import Iterator
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


def structures() -> Iterator[Structure]:
    """Twenty structures, from a close handful to a loose sixty."""
    for size in (5, 8, 12, 25, 60):
        yield Structure(size, 3.0)
        yield Structure(size, 1.0, uneven=0.8)
        yield Structure(size, 0.4, bursty=0.8, answered=0.6)
        yield Structure(size, 1.5, uneven=1.0, back=0.3, outside=0.4)


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


def main() -> int:
    """Run the study and print its table; 1 where the intervals hold the truth too seldom."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.study", description=__doc__)
    parser.add_argument("--communities", type=int, default=10, help="of each of the 20 structures")
    parser.add_argument("--draws", type=int, default=200, help="fresh draws for the truth of a structure")
    parser.add_argument("--replicates", type=int, default=500)
    parser.add_argument("--only", type=int, nargs="*", help="numbers of structures")
    asked = parser.parse_args()
    study = Study(asked.communities, asked.draws, asked.replicates)
    for number, structure in enumerate(structures()):
        if not asked.only or number in asked.only:
            study.add(number, structure)
    return study.table()


class Study:
    """Counts how often an interval holds the truth, by goal and by size."""

    def __init__(self, communities: int, draws: int, replicates: int) -> None:
        self._communities, self._draws, self._replicates = communities, draws, replicates
        self._host, self._model = pluginhost.load(folders=False), goal_model.shipped()
        self._held: dict[str, list[bool]] = defaultdict(list)
        self._width: dict[str, list[float]] = defaultdict(list)
        self._above: dict[str, list[bool]] = defaultdict(list)
        self._atoms: dict[str, list[bool]] = defaultdict(list)

    def add(self, number: int, structure: Structure) -> None:
        """The truth of one structure, and communities with it."""
        began = time.perf_counter()
        fresh = [self._scores(self._draw(structure, number, 1000 + k)) for k in range(self._draws)]
        truth = {goal: _mean([scores[goal].fit for scores in fresh]) for goal in GOALS}
        for k in range(self._communities):
            plan = Plan(self._replicates, seed=k)
            scores = self._scores(variants.resampled(self._draw(structure, number, k), plan))
            for goal, score in scores.items():
                self._count(goal, structure, score, truth[goal], plan)
        held = [one for name, part in self._held.items() if name == "all" for one in part]
        print(f"… {number} {structure}: {time.perf_counter() - began:.0f} s, {np.mean(held):.3f} of {len(held)}", file=sys.stderr, flush=True)

    def _draw(self, structure: Structure, number: int, k: int) -> Snapshot:
        return draw(structure, np.random.Generator(np.random.PCG64([number, k])), self._host.metrics)

    def _scores(self, seen: Snapshot) -> dict[str, Score]:
        team = seen.groups.name.index("team")
        return {score.goal: score for score in self._host.assessors[ASSESSOR].assess(seen, [team], GOALS, FitOptions(self._model), Progress())}

    def _count(self, goal: str, structure: Structure, score: Score, truth: float | None, plan: Plan) -> None:
        if truth is None or score.low is None or score.high is None:
            return
        held = score.low - 1e-9 <= truth <= score.high + 1e-9
        for name in ("all", goal, f"{structure.size} people"):
            self._held[name].append(held)
            self._width[name].append(score.high - score.low)
            self._above[name].append(truth > score.high + 1e-9)

    def table(self) -> int:
        """Print the shares; 1 where an 80 % interval holds the truth in less than 72 %."""
        print("| what | intervals | hold the truth | truth above | truth below | mean width |")
        print("|---|---|---|---|---|---|")
        for name in sorted(self._held, key=lambda name: (name != "all", name[0].isdigit(), name.zfill(12))):
            held, above = float(np.mean(self._held[name])), float(np.mean(self._above[name]))
            cells = (len(self._held[name]), f"{held:.1%}", f"{above:.1%}", f"{1 - held - above:.1%}", f"{np.mean(self._width[name]):.3f}")
            print(f"| {name} | {' | '.join(map(str, cells))} |")
        return int(float(np.mean(self._held["all"])) < 0.72)


def _mean(fits: list[float | None]) -> float | None:
    known = [fit for fit in fits if fit is not None]
    return math.fsum(known) / len(known) if len(known) >= SOMETIMES * len(fits) else None


if __name__ == "__main__":
    sys.exit(main())
