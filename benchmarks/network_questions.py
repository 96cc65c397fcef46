"""What the picture of a network must let a stranger read: five questions and their true answers, counted from the ties one by one, without the code that
draws: `python -m benchmarks.network_questions FILE.cmdesk`."""

from __future__ import annotations

import sys
from collections import Counter, defaultdict
from itertools import combinations
from pathlib import Path

from cmdesk.core import loading
from cmdesk.core.community import Community
from cmdesk.core.progress import Progress
from cmdesk.plugins.trust_network import facts as all_facts
from cmdesk.plugins.trust_network.choice import Choice
from cmdesk.plugins.trust_network.facts import TIE, Facts

QUESTIONS = (
    "Which departments have circles of their own (drawn inside a tinted area)? Name them all.",
    "Circles that cross departments: name three in which no department has the majority of the people.",
    "Which two departments, of those that have circles of their own, hardly touch each other?",
    "Between which two circles is the most trust (the widest band)?",
    "How many people of this community are not on the picture, and why?",
)


def answers(facts: Facts) -> tuple[str, ...]:
    """The answer to each question; the third is right for any pair of the lowest tenth (or without a tie)."""
    people = facts.snapshot.people
    circles: dict[int, list[str]] = defaultdict(list)
    for row, circle in enumerate(facts.found.label.tolist()):
        if circle >= 0:
            unit = int(facts.unit[row])
            circles[circle].append(facts.units[unit] if unit >= 0 else "?")
    shown = {k: Counter(units) for k, units in circles.items() if len(units) >= 5}
    own = sorted({unit for units in shown.values() for unit, n in units.items() if unit != "?" and n >= 0.8 * units.total()})
    mixed = [k + 1 for k, units in shown.items() if max((n for unit, n in units.items() if unit != "?"), default=0) * 2 <= units.total()]
    between, across = defaultdict(float), defaultdict(float)
    for i, j, weight in zip(facts.every.i.tolist(), facts.every.j.tolist(), facts.every.weight.tolist(), strict=True):
        one, other = int(facts.found.label[i]), int(facts.found.label[j])
        if weight < TIE[facts.trust] or one not in shown or other not in shown:
            continue
        if one != other:
            between[frozenset((one + 1, other + 1))] += weight
        if facts.unit[i] >= 0 and facts.unit[j] >= 0 and facts.unit[i] != facts.unit[j]:
            across[frozenset((facts.units[facts.unit[i]], facts.units[facts.unit[j]]))] += weight
    size = Counter(unit for units in shown.values() for unit in units.elements())
    pairs = sorted((across[frozenset(pair)] / (size[pair[0]] * size[pair[1]]), pair) for pair in combinations(own, 2))
    widest = max(between, key=between.__getitem__, default=frozenset())
    counted = int(people.counted.sum())
    small = sum(len(units) for units in circles.values() if len(units) < 5)
    return (
        ", ".join(own) or "none", f"any three of {_few(mixed, len(shown))}",
        "any of " + "; ".join(" and ".join(pair) for mean, pair in pairs if not mean or pair in [each for _mean, each in pairs[: max(len(pairs) // 10, 1)]]),
        " and ".join(map(str, sorted(widest))),
        f"{counted - sum(map(len, circles.values()))} without a tie, {small} in circles under five people",
    )  # fmt: skip


def _few(mixed: list[int], shown: int) -> str:
    """The circles; where there are very many, those that are not among them."""
    if len(mixed) <= 60:
        return ", ".join(map(str, sorted(mixed))) or "none"
    return f"circles 1 to {shown} but for {', '.join(str(k) for k in range(1, shown + 1) if k not in mixed) or 'none'}"


def main() -> None:
    """See the module."""
    with Community.open(Path(sys.argv[1])) as community, community.reading() as connection:
        snapshot = loading.load(connection, as_of=None, metrics={})
    for question, answer in zip(QUESTIONS, answers(all_facts.gather(snapshot, Choice(), Progress())), strict=True):
        print(f"{question}\n    {answer}")


if __name__ == "__main__":
    main()
