"""Ties, trust and all groups × 8 goals of 1,000,000 facts against numpy's lexsort and bincount of the same events."""

from __future__ import annotations

from collections.abc import Iterator

from benchmarks import data, jobs
from benchmarks.importing import LARGE
from benchmarks.table import Line


def lines() -> Iterator[Line]:
    """One ratio; the time to load the facts stands beside it for information."""
    community = data.FOLDER / "large.cmdesk"
    if not data.readable(community):
        jobs.run("import", data.fresh(community.name), data.export(LARGE))
    found = jobs.run("trust", community)
    ours = found["trust"] + found["assess"]
    told = f"{ours:.2f} s (trust {found['trust']:.2f}, goals {found['assess']:.2f}; load {found['load']:.2f})"
    yield Line(f"trust and {found['scores']} scores ÷ lexsort + bincount", told, f"{found['peer']:.2f} s", ours / found["peer"], 7)
