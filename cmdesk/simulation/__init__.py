"""Seeded communities with known structure: practice data, scenarios, benchmarks. Everything in them is invented and labelled as simulated.

A scenario is a function `(seed, sizes) -> Story`; a Story is a community told in core's records; `write_slack` writes what a Slack export can
say of it, `sheets.write` also the tables with what it cannot. The same seed and sizes give the same files, byte for byte.
"""

from __future__ import annotations

from cmdesk.simulation.bulk import slack_zip
from cmdesk.simulation.slack import SIMULATED_TEAM, write_slack
from cmdesk.simulation.small_circles import CircleSizes, circles
from cmdesk.simulation.story import Story

__all__ = ["SIMULATED_TEAM", "CircleSizes", "Story", "circles", "slack_zip", "write_slack"]
