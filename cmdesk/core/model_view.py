"""What an editor of goal models shows: all of them, those with a metric that is gone too, and where groups stand now."""

from __future__ import annotations

import sqlite3

import msgspec

from cmdesk.core import models
from cmdesk.core.errors import CmdeskError
from cmdesk.core.goal_model import GoalModel


class ModelsView(msgspec.Struct, frozen=True):
    """The list, each model that can be read (a metric that is gone does not matter here), and metric → (group, value) now."""

    rows: list[models.ModelRow]
    models: dict[str, GoalModel]
    values: dict[str, list[tuple[str, float]]]


def read(connection: sqlite3.Connection, known: frozenset[str]) -> ModelsView:
    """The models of the community, and the values of the newest assessment of groups that may be shown."""
    from cmdesk.core import assessments

    rows = models.rows(connection, known)
    found: dict[str, GoalModel] = {}
    for row in rows:
        try:
            found[row.id] = models.get(connection, row.id)
        except CmdeskError:
            continue
    newest = connection.execute("SELECT max(id) FROM assessments").fetchone()[0]
    values: dict[str, dict[str, float]] = {}
    if newest is not None:
        report = assessments.load(connection, newest)
        paths = {line.id: line.path for line in report.groups if not line.hidden}
        for score in report.scores:
            for each in score.criteria:
                if score.group in paths and each.value is not None:
                    values.setdefault(each.metric, {})[paths[score.group]] = each.value
    return ModelsView(rows, found, {metric: list(by_group.items()) for metric, by_group in values.items()})
