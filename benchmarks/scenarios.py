"""The founding article's cases with 20 seeds each: at least 18 of 20 must come out."""

from __future__ import annotations

import sys
from collections.abc import Iterator

from benchmarks.table import Line
from cmdesk import pluginhost
from cmdesk.core import goal_model
from cmdesk.core.assessments import ASSESSOR, FitOptions
from cmdesk.core.goal_model import GOALS
from cmdesk.core.progress import Progress
from cmdesk.simulation import circles, told
from cmdesk.simulation.snapshots import snapshot

SEEDS = 20


def lines() -> Iterator[Line]:
    """Scenario A3: how many of 20 seeds do not tell what the article tells."""
    host, model = pluginhost.load(folders=False), goal_model.shipped()
    failed = 0
    for seed in range(SEEDS):
        seen = snapshot(circles(seed), metrics=host.metrics)
        scores = host.assessors[ASSESSOR].assess(seen, range(len(seen.groups)), GOALS, FitOptions(model), Progress())
        wrong = told.circles(seen, scores)
        failed += bool(wrong)
        for text in wrong:
            print(f"A3, seed {seed}: {text}", file=sys.stderr)
    yield Line("A3 circles: seeds of 20 that come out otherwise", f"{SEEDS - failed} of {SEEDS}", "", float(failed), 2, "")
