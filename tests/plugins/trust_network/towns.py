"""Small communities of stated ties, as snapshots, and what the viewer makes of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import numpy as np

from cmdesk.core.building import Building
from cmdesk.core.progress import Progress
from cmdesk.core.snapshot import Snapshot
from cmdesk.core.stated_ties import StatedTies
from cmdesk.plugins.trust_network import facts as all_facts, scene as scenes
from cmdesk.plugins.trust_network.choice import Choice
from cmdesk.plugins.trust_network.facts import Facts
from cmdesk.plugins.trust_network.scene import Scene


def town(people: int, ties: Iterable[tuple[int, int]], *, units: int = 2, weights: Iterable[float] = (), names: Iterable[str] = ()) -> Snapshot:
    """People p0, p1 … in rotation over departments, with these ties."""
    building = Building()
    called = list(names) or [f"p{k}" for k in range(people)]
    for k, name in enumerate(called):
        building.person(name, unit=f"Department {k * units // max(people, 1) + 1}" if units else "")
    pairs = np.array(list(ties), np.int32).reshape(-1, 2)
    weight = np.array(list(weights), np.float64) if weights else np.ones(len(pairs))
    stated = StatedTies(pairs[:, 0], pairs[:, 1], np.zeros(len(pairs), np.int32), ("knows",), weight)
    return replace(building.snapshot(), stated_ties=stated)


def crowds(*sizes: int) -> list[tuple[int, int]]:
    """Ties of circles in which everybody knows everybody, both ways, one tie between a circle and the next."""
    found, start = [], 0
    for size in sizes:
        found += [(start + a, start + b) for a in range(size) for b in range(size) if a != b]
        if start:
            found.append((start - 1, start))
        start += size
    return found


def known(snapshot: Snapshot, choice: Choice | None = None) -> Facts:
    """The facts of a snapshot of stated ties."""
    return all_facts.gather(snapshot, choice or Choice(trust="asked", threshold=0.0), Progress())


def seen(facts: Facts, names: bool = False, **changes: object) -> Scene:
    """A scene of facts."""
    import msgspec

    return scenes.compose(facts, msgspec.structs.replace(Choice(trust=facts.trust, threshold=0.0), **changes), names)
