"""A person who leaves: what is carried over from the community with that person gives every metric the value that it has without."""

from __future__ import annotations

import numpy as np
import pytest

from cmdesk import pluginhost
from cmdesk.core import what_if
from cmdesk.core.building import Building
from cmdesk.core.contributions import Measure
from cmdesk.core.snapshot import Snapshot

PEOPLE = [f"p{k}" for k in range(16)]


def town(seed: int, gone: frozenset[str] = frozenset()) -> Snapshot:
    """A random community with facts of every kind; the people in `gone` are there but count for nothing."""
    rng = np.random.default_rng(seed)
    built = Building()

    def some(share: float) -> bool:
        return bool(rng.random() < share)

    def whoever() -> str:
        return PEOPLE[rng.integers(len(PEOPLE))]

    for person in PEOPLE:
        built.person(
            person, counted=person not in gone, unit=("North", "South", "East", "")[rng.integers(4)], role="nurse" if some(0.6) else "",
            expertise=["x", "y"][: rng.integers(3)], joined=float(rng.uniform(0, 900)), leader=some(0.2), place="Delft" if some(0.5) else "Breda",
        )  # fmt: skip
    for group in ("a", "b", "c"):
        built.group(group, members=[p for p in PEOPLE if some(0.6)], parent="a" if group == "c" else "", audience=[p for p in PEOPLE if some(0.7)])
    built.group("circle", members=PEOPLE[:6])
    starts: list[tuple[int, float]] = []
    for _k in range(500):
        mentioned = [whoever() for _number in range(rng.integers(3))]
        if starts and some(0.65):
            start, since = starts[rng.integers(len(starts))]
            post = built.reply(whoever(), start, age=max(0.0, since - float(rng.exponential(2.0))), mentions=mentioned)
        else:
            age = float(rng.uniform(0, 420 if some(0.3) else 180))
            kind = rng.random()
            post = built.post(
                whoever(), "abc"[rng.integers(3)], age=age, mentions=mentioned, question=kind < 0.4,
                announcement=kind > 0.7, idea=0.4 < kind < 0.5, tags=["t1", "t2", "t3"][: rng.integers(1, 4)],
            )  # fmt: skip
            starts.append((post, age))
        for _number in range(rng.integers(3)):
            built.react(whoever(), post, positive=some(0.8))
        if some(0.2):
            built.view(whoever(), post, float(rng.uniform(0, 30)))
        if some(0.1):
            built.accept(post, age=1.0, by=whoever())
        if some(0.1):
            built.share(whoever(), post, "abc"[rng.integers(3)], 1.0)
    for _k in range(15):
        built.page(whoever(), "abc"[rng.integers(3)], updated=float(rng.uniform(0, 700)))
    return built.snapshot(metrics=pluginhost.load(folders=False).metrics)


def told(snapshot: Snapshot) -> dict[str, list[Measure]]:
    return {name: snapshot.measure(name, range(len(snapshot.groups))) for name in snapshot.metrics}


@pytest.mark.parametrize("seed", range(12))
def test_every_metric_is_that_of_a_community_in_which_they_never_counted(seed: int) -> None:
    rng = np.random.default_rng(1000 + seed)
    gone = [PEOPLE[k] for k in rng.permutation(len(PEOPLE))[: rng.integers(1, 4)]]
    whole = town(seed)
    before = told(whole)
    known = {name for name, measures in before.items() if any(one.value is not None for one in measures)}
    assert len(known) >= 30, "there is something to measure"
    left = what_if.without(whole, [whole.people.name.index(name) for name in gone[:1]])
    _first = told(left)
    left = what_if.without(left, [whole.people.name.index(name) for name in gone[1:]])  # one after another
    never = told(town(seed, frozenset(gone)))
    for name, measures in told(left).items():
        for one, other in zip(measures, never[name], strict=True):
            assert (one.n, one.missing, one.indicative, one.proxy) == (other.n, other.missing, other.indicative, other.proxy), name
            assert one.value == pytest.approx(other.value, abs=1e-9), name
    assert told(whole) == before
