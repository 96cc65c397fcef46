"""Seeded communities with known structure: practice data, scenarios, benchmarks. Everything in them is invented and labelled as simulated.

A scenario is a function `(seed, *, sizes…) -> Story`; a Story is a community told in core's records; `write_slack` writes what a Slack export
can say of it. The same seed and sizes give the same file, byte for byte.
"""

from __future__ import annotations

from cmdesk.simulation.bulk import slack_zip
from cmdesk.simulation.circles import CircleSizes, circles
from cmdesk.simulation.slack import SIMULATED_TEAM, write_slack
from cmdesk.simulation.story import Story

SCENARIOS = {"circles": circles}
"""Scenarios by name."""

__all__ = ["SCENARIOS", "SIMULATED_TEAM", "CircleSizes", "Story", "circles", "slack_zip", "write_slack"]
