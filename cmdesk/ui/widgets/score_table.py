"""The scores of a run as a table."""

from __future__ import annotations

from typing import NamedTuple

from cmdesk.core.contributions import Score
from cmdesk.core.text import _
from cmdesk.ui import theme, words
from cmdesk.ui.table_model import Column

_ORDER = {"not_yet": 0, "partly": 1, "no_verdict": 2, "fits": 3}


class ScoreLine(NamedTuple):
    """A score in the table."""

    id: int
    group: str
    score: Score


def columns() -> list[Column]:
    """Its columns; each row is a ScoreLine."""
    return [
        Column(_("Group"), lambda row: row.group, "group", 140, order=lambda row: row.group.casefold(), tip=lambda row: row.group),
        Column(_("Goal"), lambda row: words.goal(row.score.goal).title, "goal", 160, tip=lambda row: words.goal(row.score.goal).title),
        Column(
            _("Verdict"), lambda row: theme.verdict(row.score.verdict).word, "verdict", 108,
            order=lambda row: _ORDER.get(row.score.verdict, 9), tip=lambda row: row.score.reason, icon=lambda row: row.score.verdict,
            token=lambda row: row.score.verdict if row.score.chosen else "muted",
        ),
        Column(
            _("Fit"), lambda row: words.decimal(row.score.fit) if row.score.verdict != "no_verdict" else "–", "fit", 84, right=True,
            order=lambda row: row.score.fit,
        ),
        Column(_("Data"), lambda row: words.percent(row.score.coverage), "coverage", 84, right=True, order=lambda row: row.score.coverage,
               about=_("The share of the goal's criteria, by weight, that could be measured")),
    ]  # fmt: skip
