"""One goal: a line for each group with its verdict and fit, below it a line for each criterion (folded away where the group does not have the
goal). Contribution and fit are worked out twice: as numbers by cmdesk, and beside them as formulas by the workbook."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from cmdesk.api import CriterionScore, Report, Score, _, goal_model, scoring

from . import words
from .model import Cell, Column, Formula, Row, Sheet, Styled, fitting

_COLUMNS = (
    Column(26, "line"), Column(18, "line"), Column(15, "line"), Column(8, "score+line"), Column(8, "score+line+muted"),
    Column(10, "share+line"), Column(28, "line+wrap+indent"), Column(44, "line+wrap+muted"), Column(10, "number+line"), Column(11, "line+indent"),
    Column(7, "whole+line"), Column(13, "line+indent"), Column(13, "line+indent"), Column(8, "number+line"), Column(8, "tenth+line"),
    Column(8, "line+centre"), Column(13, "number+line"), Column(13, "number+line+muted"), Column(36, "line+wrap+indent"),
    Column(42, "line+wrap"), Column(32, "line+wrap+muted"), Column(11, "line+muted"),
)  # fmt: skip
# letters of the columns that the formulas read
_FIT_CHECK, _SCORE, _WEIGHT, _MUST, _CHECK = "E", "N", "O", "P", "R"
_UNDER_GATE = scoring.FAILED_GATE - 5e-10  # cmdesk compares after rounding to nine decimals
_ENOUGH = scoring.LEAST_COVERAGE - 5e-10


def heads() -> tuple[str, ...]:
    """The names of the columns."""
    return (
        _("Group"), _("Goal"), _("Verdict"), _("Fit"), _("Fit (check)"), _("Data available"), _("Metric"), _("Meaning"), _("Value"), _("Unit"),
        _("n"), _("Ideal"), _("Acceptable"), _("Score"), _("Weight"), _("Must-have"), _("Contribution"), _("Contribution (check)"),
        _("Missing reason"), _("Advice"), _("Source"), _("Id"),
    )  # fmt: skip


def sheet(report: Report, goal: str) -> Sheet:
    """The sheet of `goal`: groups that have it first."""
    lines = {line.id: line for line in report.groups}
    scores = sorted(
        (score for score in report.scores if score.goal == goal and score.group in lines),
        key=lambda score: (not score.chosen, lines[score.group].parent is not None, lines[score.group].path.casefold(), score.group),
    )
    criteria = {criterion.metric: criterion for criterion in report.model.goals[goal].criteria} if goal in report.model.goals else {}

    def rows() -> Iterator[Row | tuple[Cell, ...]]:
        yield Row(tuple(Styled(head, _head_style(column)) for head, column in zip(heads(), _COLUMNS, strict=True)), height=32)
        for score in scores:
            name = lines[score.group].path or lines[score.group].name
            if lines[score.group].hidden:
                yield _hidden(report, name, goal, lines[score.group].why)
            else:
                yield from _group(report, name, score, criteria)

    colour = "1F5D86" if any(score.chosen for score in scores) else "C4CBCF"
    return Sheet(words.goal_title(report, goal), _COLUMNS, rows, heads=1, filtered=True, freeze="B2", colour=colour, pages_wide=2)


def _head_style(column: Column) -> str:
    kind = next((part for part in column.style.split("+") if part in ("number", "score", "share", "whole", "tenth", "centre", "indent")), "")
    return f"head+{kind}" if kind else "head"


def _hidden(report: Report, name: str, goal: str, why: str) -> Row:
    said = Styled(_(why), "band+muted")
    empty = [Styled("", "band")] * (len(_COLUMNS) - 3)
    return Row((Styled(name, "bold+band"), Styled(words.goal_title(report, goal), "band"), said, *empty))


def _group(report: Report, name: str, score: Score, criteria: Mapping[str, goal_model.Criterion]) -> Iterator[Row]:
    count = len(score.criteria)
    title = words.goal_title(report, score.goal)
    look = score.verdict if score.chosen else "band+muted"
    says = score.reason if score.chosen else _("Not its goal: what else this structure would suit.") + " " + score.reason
    cells: list[Cell] = [
        Styled(name, "bold+band"), Styled(title, "band"), Styled(words.verdict(score.verdict), look), Styled(score.fit, "score+bold+band"),
        Formula(_fit_check(count), "score+muted+band") if count else Styled("", "band"), Styled(score.coverage, "share+band"),
    ]  # fmt: skip
    cells += [Styled("", "band")] * (len(_COLUMNS) - len(cells))
    cells[6] = Styled(says.strip(), "band+indent")
    yield Row(tuple(cells), keep=count + 1)
    measured = sum(row.weight for row in score.criteria if row.score is not None)
    texts = {line.name: (line.title, line.meaning) for line in report.metrics}
    for place, row in enumerate(score.criteria):
        line = tuple(_criterion(name, title, row, measured, texts, criteria.get(row.metric), (place, count)))
        yield Row(line, level=0 if score.chosen else 1, height=fitting(line, _COLUMNS))


def _criterion(
    name: str, goal: str, row: CriterionScore, measured: float, texts: Mapping[str, tuple[str, str]], criterion: goal_model.Criterion | None,
    place: tuple[int, int],
) -> Sequence[Cell]:  # fmt: skip
    ideal, acceptable = words.ranges(criterion, row)
    title, meaning = texts.get(row.metric, (row.metric, ""))
    known = row.score is not None
    notes = [*([_("indicative: 10 to 29 items")] if row.indicative else []), *([_("measured by a stand-in")] if row.proxy else [])]
    share = row.score * row.weight / measured if row.score is not None and measured > 0 else None
    return (
        Styled(name, "line+muted"), Styled(goal, "line+muted"), "", "", "", "", title, "; ".join([meaning, *notes]) if meaning or notes else "",
        _value(row.value), _(row.unit), row.n if known or row.n else "", ideal, acceptable, _or_blank(row.score), row.weight, _("yes") if row.gate else "",
        _or_blank(share), Formula(_contribution_check(*place)), row.missing, row.advice, criterion.source if criterion is not None else "", row.metric,
    )  # fmt: skip


def _value(value: float | None) -> Cell:
    if value is None or (abs(value) < 10 and value != round(value)):
        return value
    return Styled(value, "tenth+line" if abs(value) < 1000 and value != round(value) else "whole+line")


def _or_blank(value: float | None) -> Cell:
    """A missing number as an empty cell that keeps its line."""
    return "" if value is None else value


def _contribution_check(place: int, count: int) -> str:
    first, last = f"{{r-{place}}}", f"{{r+{count - 1 - place}}}"
    weights = f'SUMIF({_SCORE}{first}:{_SCORE}{last},">=0",{_WEIGHT}{first}:{_WEIGHT}{last})'
    return f'=IF({_SCORE}{{r}}="","",{_SCORE}{{r}}*{_WEIGHT}{{r}}/{weights})'


def _fit_check(count: int) -> str:
    """The rules of the fit as a formula in the group's line, over the `count` lines below it."""

    def span(column: str) -> str:
        return f"{column}{{r+1}}:{column}{{r+{count}}}"

    total = f"SUM({span(_CHECK)})"
    failed = f'COUNTIFS({span(_MUST)},"{_("yes")}",{span(_SCORE)},"<{_UNDER_GATE:.10f}")'
    available = f'SUMIF({span(_SCORE)},">=0",{span(_WEIGHT)})/SUM({span(_WEIGHT)})'
    return f'=IF({failed}>0,MIN({scoring.CAP:g},{total}),IF({available}<{_ENOUGH:.10f},"",{total}))'
