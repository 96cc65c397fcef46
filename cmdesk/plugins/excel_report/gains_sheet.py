"""What would change it: for each chosen goal the changes of one criterion that would raise the fit most."""

from __future__ import annotations

from collections.abc import Iterator

from cmdesk.api import Report, _, gains

from . import words
from .model import Cell, Column, Row, Sheet, Styled, fitting

_COLUMNS = (
    Column(30, "line+wrap"), Column(28, "line+wrap"), Column(15, "line"), Column(9, "score+line"), Column(28, "line+wrap+indent"), Column(12, "number+line"),
    Column(12, "number+line"), Column(16, "line+indent"), Column(10, "score+line+bold"), Column(9, "score+line"), Column(11, "line+centre"),
    Column(58, "line+wrap+indent"),
)  # fmt: skip


def sheet(report: Report) -> Sheet:
    """Every chosen goal that does not fit yet."""

    def rows() -> Iterator[Row | tuple[Cell, ...]]:
        heads = (
            _("Group"), _("Goal"), _("Verdict"), _("Fit"), _("Metric"), _("Value"), _("Ideal from here"), _("Unit of measure"), _("Fit then"), _("Gain"),
            _("Must-have"), _("Advice"),
        )  # fmt: skip
        yield Row(tuple(Styled(head, "head") for head in heads), height=32)
        found = [Row(cells, height=fitting(cells, _COLUMNS)) for cells in _lines(report)]
        yield from found
        if not found:
            yield (Styled(_("There is nothing to gain: every chosen goal fits, or could not be judged."), "muted"),)

    return Sheet(_("What would change it"), _COLUMNS, rows, heads=1, filtered=True, freeze="A2", colour="C8741B")


def _lines(report: Report) -> Iterator[tuple[Cell, ...]]:
    titles = {line.name: line.title for line in report.metrics}
    for line, score in words.chosen(report):
        if line.hidden:
            continue
        units = {row.metric: row.unit for row in score.criteria}
        for gain in gains.told(score, report.model):
            yield (
                line.path or line.name, words.goal_title(report, score.goal), words.verdict(score.verdict), score.fit, titles.get(gain.metric, gain.metric),
                gain.value, gain.ideal, _(units[gain.metric]), gain.fit, gain.gain, _("fails now") if gain.gate else "", gain.advice,
            )  # fmt: skip
