"""What the page knows, looked back at period by period; made in a job."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from cmdesk.api import Progress

from ..choice import Choice
from ..facts import Facts
from ..inspecting.telling import Naming
from . import frames
from .picture import Stage, stage


def look_back(facts: Facts | None, choice: Choice, names: bool, progress: Progress, day: Callable[[dt.date], str]) -> Stage | None:
    """The stage of all periods of what is known, None where nothing is."""
    if facts is None:
        return None
    naming = Naming(facts.snapshot, names=names, day=day)
    every = frames.frames(facts.snapshot, None, choice, progress)
    return stage(naming, every, choice, progress, roles=facts.roles, verdicts=facts.verdicts)
