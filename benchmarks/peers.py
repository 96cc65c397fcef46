"""What cmdesk is measured against: the metrics of ties written plainly with networkx; and how long a job takes to stop."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterable
from dataclasses import replace
from statistics import fmean, median

import networkx as nx

from cmdesk.core.assessing import Assessing
from cmdesk.core.errors import Cancelled
from cmdesk.core.progress import Progress
from cmdesk.core.resampling import Plan
from cmdesk.core.snapshot import Snapshot

SUBSET = ("D_R", "coh", "con", "top", "iso", "trans")


def networkx(seen: Snapshot) -> dict[str, float]:
    """Processor time of SUBSET for all groups, trust being known: with networkx, and with cmdesk; both must agree."""
    groups, trust = range(len(seen.groups)), seen.trust
    fresh = replace(seen, kept={}, _measures={})
    fresh.__dict__["trust"], fresh.__dict__["events"] = trust, seen.events
    began = time.process_time()
    ours = {name: [measure.value for measure in fresh.measure(name, groups)] for name in SUBSET}
    ended = time.process_time()
    graph: nx.Graph[int] = nx.Graph()
    graph.add_nodes_from(range(len(seen.people)))
    strong = trust.strong.tolist()
    graph.add_edges_from(
        (i, j, {"r": r, "strong": close}) for i, j, r, close in zip(trust.i.tolist(), trust.j.tolist(), trust.r.tolist(), strong, strict=True)
    )
    recent = seen.posts.at > seen.since
    wrote = set(zip(seen.posts.group[recent].tolist(), seen.posts.author[recent].tolist(), strict=True))
    anybody = {author for _place, author in wrote}
    theirs = []
    for group in groups:
        active = [person for person in seen.groups.roster[group].tolist() if (group, person) in wrote or (group == 0 and person in anybody)]
        theirs.append(_of_group(graph, active))
    peer = time.process_time() - ended
    for place, name in enumerate(SUBSET):
        for one, other in zip(ours[name], theirs, strict=True):
            if one is not None and abs(one - other[place]) > 1e-9:
                raise SystemExit(f"{name}: cmdesk says {one}, networkx {other[place]}")
    return {"subset": ended - began, "networkx": peer}


def _of_group(graph: nx.Graph[int], active: Iterable[int]) -> tuple[float, ...]:
    inside = graph.subgraph(active)
    n = len(inside)
    ties = nx.Graph()
    ties.add_nodes_from(inside)
    ties.add_edges_from((a, b) for a, b, r in inside.edges(data="r") if r >= 0.2)
    strong = {person: sum(bool(edge["strong"]) for edge in inside[person].values()) for person in inside}
    degree = dict(ties.degree())
    return (
        sum(r for _a, _b, r in inside.edges(data="r")) / (n * (n - 1) / 2), fmean(min(1, strong[p] / min(n - 1, 5)) for p in inside),
        median(min(1, degree[p] / min(n - 1, 15)) for p in inside), fmean(max((e["r"] for e in inside[p].values()), default=0.0) for p in inside),
        fmean(degree[p] == 0 for p in inside), nx.average_clustering(ties),
    )  # fmt: skip


def wait_to_stop(work: Assessing, plan: Plan, after: float) -> float:
    """Start to work out intervals, cancel `after` so many seconds, and tell for how much processor time it went on."""
    progress, asked = Progress(), [0.0]

    def stop() -> None:
        asked[0] = time.process_time()
        progress.cancel()

    timer = threading.Timer(after, stop)
    work.points(Progress())
    timer.start()
    try:
        work.intervals(plan, progress)
    except Cancelled:
        return time.process_time() - asked[0]
    finally:
        timer.cancel()
    return 0.0
