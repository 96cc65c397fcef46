"""What if one person of 10,000 left: the point fit of one group against all eight goals, asked of a snapshot that is loaded already."""

from __future__ import annotations

from collections.abc import Iterator

from benchmarks import jobs
from benchmarks.table import Line

PEOPLE, FACTS = 10_000, (200_000, 1_000_000)
BOUND = 0.3


def lines() -> Iterator[Line]:
    """The least disturbed of ten questions, in seconds; from the quickest to the slowest stands beside it."""
    for facts in FACTS:
        found = jobs.run("what_if", PEOPLE, facts)
        each = found["each"]
        told = f"{each[0]:.2f}–{each[-1]:.2f} s"
        yield Line(f"what if one of {PEOPLE:,} people left ({facts:,} facts), {found['answers']} scores", told, "", each[0], BOUND, "s")
