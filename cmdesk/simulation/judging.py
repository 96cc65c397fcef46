"""A scenario assessed: every group against every goal, by both goal models, with sharing across measured between groups, and the three questions."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from cmdesk.core import disagreeing, goal_model
from cmdesk.core.assessments import ASSESSOR, FitOptions
from cmdesk.core.contributions import Finding, Score
from cmdesk.core.goal_model import GOALS, GoalModel
from cmdesk.core.progress import Progress
from cmdesk.core.snapshot import Snapshot
from cmdesk.simulation import told

if TYPE_CHECKING:
    from cmdesk.core.assessments import Plugins

BETWEEN_GROUPS = 'boundary = "group"'
_SHARING = "[goals.share_across]\n"


def judged(snapshot: Snapshot, plugins: Plugins) -> told.Seen:
    """What the assessor and the analyses find in a snapshot, with intervals where it has a plan. The questions are asked when looked at."""

    def scores(model: GoalModel, *goals: str) -> list[Score]:
        return list(plugins.assessors[ASSESSOR].assess(snapshot, range(len(snapshot.groups)), goals, FitOptions(model), Progress()))

    def ask(question: str) -> Finding:
        analysis = plugins.analyses[f"open_questions.{question}"]
        found = analysis.analyse(snapshot, analysis.options(), Progress())
        assert isinstance(found, Finding)
        return found

    return told.Seen(
        snapshot, scores(goal_model.shipped("closeness"), *GOALS), scores(goal_model.shipped("competence"), *disagreeing.contested()),
        between=scores(between_groups(), "share_across"), ask=ask,
    )  # fmt: skip


@cache
def between_groups() -> GoalModel:
    """The goal model closeness, with sharing across measured over the border between groups."""
    return goal_model.load(goal_model.shipped("closeness").text.replace(_SHARING, f"{_SHARING}{BETWEEN_GROUPS}\n"), "between_groups.toml")
