"""Small communities whose measures can be worked out by hand."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

import numpy as np

from cmdesk.core.building import Building
from cmdesk.core.contributions import Measure, Metric
from cmdesk.core.progress import Progress
from cmdesk.core.snapshot import Snapshot
from cmdesk.core.trust import Trust
from cmdesk.plugins.goal_fit import plugin

GUARD = 50


@cache
def metrics() -> dict[str, Metric]:
    """Every metric of the plugin by name."""
    return {metric.name: metric for metric in plugin.cmdesk_metrics()}


def noise(town: Building, name: str, events: int = GUARD) -> None:
    """Exchanges of `name` with somebody elsewhere, so that silence inside a group is evidence."""
    for _number in range(events):
        town.post(name, "elsewhere", age=1, mentions=["zed"])


def seal(town: Building, **facts: object) -> Snapshot:
    """The snapshot, with the plugin's metrics."""
    return town.snapshot(metrics=metrics(), **facts)  # type: ignore[arg-type]


def trusting(snapshot: Snapshot, pairs: Mapping[tuple[str, str], float], one_sided: frozenset[tuple[str, str]] = frozenset()) -> Snapshot:
    """Give pairs of people this trust R instead of what their exchange says."""
    row = {name: k for k, name in enumerate(snapshot.people.name)}
    found = sorted((min(row[a], row[b]), max(row[a], row[b]), r, float((a, b) not in one_sided)) for (a, b), r in pairs.items())
    i, j, r, bal = (np.array(column) for column in zip(*found, strict=True)) if found else (np.zeros(0),) * 4
    ones = np.ones(len(found))
    snapshot.__dict__["trust"] = Trust(
        persons=len(snapshot.people), i=i.astype(np.int32), j=j.astype(np.int32), s_ij=ones, s_ji=ones, S=ones, f=ones, bal=bal, emb=ones,
        mul=ones, r=r.astype(np.float64), contexts=ones.astype(np.int32),
    )  # fmt: skip
    return snapshot


def measure(snapshot: Snapshot, name: str, group: str = "team") -> Measure:
    """One metric of one group."""
    return snapshot.measure(name, [snapshot.groups.name.index(group)], Progress())[0]


def value(snapshot: Snapshot, name: str, group: str = "team") -> float:
    """Its value, which must be a plain number."""
    found = measure(snapshot, name, group)
    assert found.value is not None, found.missing
    assert type(found.value) is float
    assert type(found.n) is int
    return found.value


def missing(snapshot: Snapshot, name: str, group: str = "team") -> str:
    """Why it is missing: a sentence that says how to bring the data."""
    found = measure(snapshot, name, group)
    assert found.value is None
    assert found.missing.endswith(".")
    return found.missing


def team(*names: str, **units: str) -> Building:
    """A group "team" of `names`, each of whom wrote there once, with enough exchange elsewhere."""
    town = Building()
    for name in names:
        town.person(name, unit=units.get(name, ""))
    town.group("team", members=names)
    town.group("elsewhere", members=["zed"])
    for name in names:
        town.post(name, "team", age=10)
    noise(town, names[0])
    return town
