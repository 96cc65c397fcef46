"""What an exporter of accepts="report" gets: an assessment as it was stored, with everything a reader needs beside it."""

from __future__ import annotations

import msgspec

from cmdesk.core.contributions import Finding, Score
from cmdesk.core.goal_model import GoalModel


class GroupLine(msgspec.Struct, frozen=True, kw_only=True):
    """A group in a report; where it is `hidden`, for the reason `why`, `people`, `density` (mean R) and `competence` (mean C) are None."""

    id: int
    name: str
    path: str
    parent: int | None
    people: int | None
    hidden: bool
    why: str = ""
    density: float | None = None
    competence: float | None = None


class ImportLine(msgspec.Struct, frozen=True, kw_only=True):
    """One import of the community, for the coverage sheet."""

    id: int
    when: int
    importer: str
    file: str
    read: int
    used: int
    left_out: dict[str, int]
    set_aside: int
    first: int | None
    last: int | None


class MetricLine(msgspec.Struct, frozen=True):
    """A definition: what a metric means."""

    name: str
    title: str
    unit: str
    meaning: str


class CircleLine(msgspec.Struct, frozen=True, kw_only=True):
    """A cohesive circle of the whole community: its number, how many people it has (None: hidden, under 5), the goals that its structure fits, and
    the groups (ids) that hold all of it."""

    number: int
    people: int | None
    fits: tuple[str, ...]
    groups: tuple[int, ...]


class QuestionLine(msgspec.Struct, frozen=True, kw_only=True):
    """A question about the whole community with what was found."""

    name: str
    title: str
    question: str
    finding: Finding


class Report(msgspec.Struct, frozen=True, kw_only=True):
    """One stored assessment, hidden where it must be (groups under 5), and its context. `as_of` is an ISO date; `people` are
    (pseudonym, name) pairs only where names were switched on, else pseudonyms with empty names. `simulated`: say so on every page."""

    community: str
    assessment_id: int
    as_of: str
    window_days: int
    zone: str
    model: GoalModel
    scores: tuple[Score, ...]
    groups: tuple[GroupLine, ...]
    metrics: tuple[MetricLine, ...]
    imports: tuple[ImportLine, ...]
    members: tuple[tuple[str, str, str, str], ...] = ()  # (pseudonym, name or "", unit, role): the roster, never with a measure
    channels: tuple[str, ...] = ()
    names: bool = False
    simulated: bool = False
    notes: tuple[str, ...] = ()
    questions: tuple[QuestionLine, ...] = ()
    circles: tuple[CircleLine, ...] = ()
