"""1,000,000 facts, 200 groups × 8 goals: point values, the same metrics with networkx, intervals, sensitivity, memory, growth, stopping."""

from __future__ import annotations

from collections.abc import Iterator

from benchmarks import jobs
from benchmarks.table import Line

LARGE, SMALL = 1_000_000, 100_000


def lines() -> Iterator[Line]:
    """Seconds are of the processor: other programs on the machine do not count."""
    large, small = jobs.run("goals", LARGE, 500), jobs.run("goals", SMALL, 0)
    points = large["points"]
    yield Line("1,000,000 facts, 200 groups × 8 goals, point values", f"{points:.2f} s", "", points, 3, "s")
    peer, same = large["networkx"], large["subset"]
    yield Line("1 ÷ how much faster than networkx (D_R, coh, con, top, iso, trans)", f"{same:.3f} s", f"{peer:.1f} s", same / peer, 1 / 20)
    yield Line("the same with 500 replicates ÷ point values", f"{large['intervals']:.1f} s", f"{points:.2f} s", large["intervals"] / points, 40)
    yield Line("memory of it", f"{large['own_mb']:.0f} MB", "", large["own_mb"], 1024, "MB")
    yield Line("longest wait from cancel to stop", f"{large['stop']:.2f} s", "", large["stop"], 1, "s")
    yield Line("sensitivity ÷ point values", f"{large['sensitivity']:.1f} s", f"{points:.2f} s", large["sensitivity"] / points, 5)
    yield Line("1,000,000 ÷ 100,000 facts, point values", f"{points:.2f} s", f"{small['points']:.2f} s", points / small["points"], 12)
