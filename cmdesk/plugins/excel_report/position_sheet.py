"""The position chart as Excel's own: groups by size and trust, and the region that each goal of the model asks for."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from cmdesk.api import Report, _

from . import charts
from .model import Cell, Column, Row, Sheet, Styled

_COLUMNS = (Column(34, "line"), Column(12, "whole+line"), Column(16, "number+line"), Column(18, "number+line"))


def sheet(report: Report) -> Sheet:
    """Groups that may be shown, then the corners of the regions, from which the chart is drawn."""
    shown = [line for line in report.groups if line.people and line.density is not None]
    goals = list(report.model.goals.values())

    def rows() -> Iterator[Row | tuple[Cell, ...]]:
        heads = (_("Group"), _("People"), _("Density of trust"), _("Competence trust"))
        yield Row(tuple(Styled(head, "head") for head in heads), height=32)
        for line in shown:
            yield (line.path or line.name, line.people, line.density, "" if line.competence is None else line.competence)
        yield ()
        yield (Styled(_("What each goal asks for (the corners of its region)"), "subtitle"),)
        for goal in goals:
            (small, large), (thin, dense) = goal.position.size, goal.position.density
            for size, density in ((small, thin), (large, thin), (large, dense), (small, dense), (small, thin)):
                yield (Styled(goal.title, "line+muted"), Styled(size, "whole+line+muted"), Styled(density, "number+line+muted"))

    def dress(page: Any) -> None:
        first = len(shown) + 4
        lines = [charts.region(goal.title, place, 2, 3, first + 5 * place, first + 5 * place + 4) for place, goal in enumerate(goals)]
        if shown:
            lines.append(charts.Line(_("Groups"), 2, 3, 2, len(shown) + 1))
        charts.scatter(
            page, lines, "F2", title=_("Position of groups: size and trust"), across=_("active people (each step is ten times as many)"),
            up=_("trust, estimated from exchange, 0 to 1"), logarithmic=True, size=(26.0, 15.0),
        )  # fmt: skip

    return Sheet(_("Position"), _COLUMNS, rows, heads=1, freeze="A2", colour="1F8A93", dress=dress)
