"""The goal model: criteria, bands, weights and gates of each goal, from one TOML file that the user may edit (docs/goal-model.md §4.4–4.5)."""

from __future__ import annotations

from collections.abc import Collection

import msgspec

from cmdesk.core.text import N_

GOALS = ("inform", "find", "connect", "share_across", "inspire", "collaborate", "solve", "innovate")
TITLES = {
    "inform": N_("Inform"), "find": N_("Find information"), "connect": N_("Connect"), "share_across": N_("Share knowledge across groups"),
    "inspire": N_("Inspire"), "collaborate": N_("Collaborate"), "solve": N_("Solve complex problems and decide"), "innovate": N_("Innovate"),
}  # fmt: skip
"""goal → how people call it, in English."""
SHIPPED = ("closeness", "competence")
"""The ids of the goal models that come with cmdesk."""
SCALES = ("linear", "ln")
BOUNDARIES = ("unit", "group", "place", "organisation")
"""Over what mixing (the metric mix) is measured for a goal."""
SUBSCORES = ("idea_finding", "idea_growing")


class Band(msgspec.Struct, frozen=True, kw_only=True):
    """Acceptable and ideal range; None: open at that side."""

    accept_low: float | None = None
    accept_high: float | None = None
    ideal_low: float | None = None
    ideal_high: float | None = None


class Criterion(msgspec.Struct, frozen=True, kw_only=True):
    """A metric with its band and weight. `scale` is "linear" or "ln" (sizes); `proxy` the band for a proxy measure; `subscore` is "" or one
    of SUBSCORES."""

    metric: str
    band: Band
    weight: float
    gate: bool = False
    scale: str = "linear"
    proxy: Band | None = None
    source: str = ""
    advice: str = ""
    subscore: str = ""


class Position(msgspec.Struct, frozen=True, kw_only=True):
    """Where a goal stands on the position chart: size in persons, density D_R."""

    size: tuple[float, float]
    density: tuple[float, float]


class Goal(msgspec.Struct, frozen=True, kw_only=True):
    """One goal: what it asks, the manager's role in it and what that asks of them in a quarter, its criteria (weights sum to 100), its place on the
    chart, and the boundary over which mixing is measured: with another than unit, the criterion mix has become mix_place, say."""

    name: str
    title: str
    meaning: str
    role: str
    criteria: tuple[Criterion, ...]
    position: Position
    quarter: tuple[str, ...] = ()
    boundary: str = "unit"


class GoalModel(msgspec.Struct, frozen=True, kw_only=True):
    """A whole goal model; `text` is the file as read, `sha256` its hash."""

    id: str
    version: str
    title: str
    sha256: str
    text: str
    goals: dict[str, Goal]


def load(text: str, name: str, known: Collection[str] = ()) -> GoalModel:
    """The goal model in the TOML `text`; `name` is the file name for messages, `known` the names of the metrics that exist (none: not
    checked). Raises `GoalModelProblem`, which names file, line, key and what is allowed."""
    from cmdesk.core import goal_model_file

    return goal_model_file.load(text, name, known)


def shipped(id: str = "closeness", known: Collection[str] = ()) -> GoalModel:
    """A goal model that comes with cmdesk, one of SHIPPED; CmdeskError for another id."""
    from cmdesk.core import goal_model_file

    return goal_model_file.shipped(id, known)
