"""What changed since an earlier assessment: each chosen goal, and its criteria."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from cmdesk.api import Report, _

from . import words
from .model import Cell, Column, Row, Sheet, Styled

if TYPE_CHECKING:
    from cmdesk.api import comparing

_COLUMNS = (
    Column(30, "line"), Column(28, "line"), Column(30, "line+wrap"), Column(15, "line"), Column(15, "line"), Column(11, "number+line"),
    Column(11, "number+line"), Column(16, "line+indent"), Column(10, "score+line"), Column(10, "score+line"), Column(9, "tenth+line"),
    Column(12, "number+line+bold"), Column(12, "number+line"), Column(12, "number+line"), Column(14, "number+line+muted"),
)  # fmt: skip


def sheet(report: Report, since: comparing.Comparison) -> Sheet:
    """A line for each goal, with a line for each of its criteria folded away below it."""
    titles = {line.name: line.title for line in report.metrics}

    def rows() -> Iterator[Row | tuple[Cell, ...]]:
        said = _("What changed from {before} to {after}").format(before=since.as_of_before, after=since.as_of_after)
        yield Row((Styled(said, "title"),), height=24)
        if not since.same_model:
            yield (Styled(_("The goal models differ: {before}, then {after}. What comes from other rules stands in its own column.").format(before=since.model_before, after=since.model_after), "muted"),)
        yield (Styled(_("Open a goal with the + at the left to see its criteria. An effect is what the change does to the fit."), "muted"),)
        yield (Styled(_("By people: what those who left and came do to the fit. By ties: what changed among those who stayed. By other rules: another goal model."), "muted"),)
        yield ()
        yield Row(tuple(Styled(head, "head") for head in _heads()), height=32)
        for change in since.scores:
            yield _whole(report, change)
            for one in change.criteria:
                yield Row(_criterion(report, change, one, titles.get(one.metric, one.metric)), level=1)

    return Sheet(_("What changed"), _COLUMNS, rows, colour="A8476B")


def _heads() -> tuple[str, ...]:
    return (
        _("Group"), _("Goal"), _("Metric"), _("Verdict before"), _("Verdict after"), _("Before"), _("After"), _("Unit of measure"), _("Score before"),
        _("Score after"), _("Weight"), _("Change or effect"), _("By people"),
        _("By ties"), _("By other rules"),
    )  # fmt: skip


def _whole(report: Report, change: comparing.ScoreChange) -> tuple[Cell, ...]:
    return (
        Styled(change.group, "bold+band"), Styled(words.goal_title(report, change.goal), "bold+band"), Styled(_("all together"), "band+muted"),
        Styled(words.verdict(change.verdict_before), change.verdict_before), Styled(words.verdict(change.verdict_after), change.verdict_after),
        Styled(change.fit_before, "score+band"), Styled(change.fit_after, "score+band"), Styled(_("Fit"), "band+indent"), Styled("", "band"), Styled("", "band"),
        Styled("", "band"), Styled(change.change, "number+bold+band"), Styled(change.people, "number+band"), Styled(change.ties, "number+band"),
        Styled(change.rules, "number+muted+band"),
    )  # fmt: skip


def _criterion(report: Report, change: comparing.ScoreChange, one: comparing.CriterionChange, title: str) -> tuple[Cell, ...]:
    return (
        Styled(change.group, "line+muted"), Styled(words.goal_title(report, change.goal), "line+muted"), title, "", "", one.before, one.after, _(one.unit),
        one.score_before, one.score_after, one.weight, one.effect, "", "", "",
    )  # fmt: skip
