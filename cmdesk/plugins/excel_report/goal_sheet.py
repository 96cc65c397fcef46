"""One goal: a line for each group that has it, with verdict and fit, below it a line for each criterion; the groups that do not have the goal
are folded away below. Contribution and fit are worked out twice: as numbers by cmdesk, and beside them as formulas by the workbook."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from cmdesk.api import CriterionScore, Report, Score, _, goal_model, reports, scoring

from . import words
from .model import Cell, Column, Formula, Row, Sheet, Styled, fitting

_COLUMNS = (
    Column(26, "line"), Column(29, "line+wrap"), Column(29, "line"), Column(15, "line"), Column(10, "score+line"), Column(10, "score+line+muted"),
    Column(10, "score+line"), Column(10, "score+line"), Column(11, "share+line"), Column(12, "share+line"), Column(46, "line+wrap+muted+indent"),
    Column(10, "number+line"), Column(10, "number+line+muted"), Column(10, "number+line+muted"), Column(10, "line+centre"), Column(14, "number+line+muted"),
    Column(18, "line+indent+wrap"), Column(7, "whole+line"), Column(13, "line+indent"), Column(13, "line+indent"), Column(8, "number+line"),
    Column(8, "tenth+line"), Column(8, "line+centre"), Column(13, "number+line"), Column(13, "number+line+muted"), Column(38, "line+wrap+indent"),
    Column(42, "line+wrap+indent"), Column(34, "line+wrap+indent"), Column(38, "line+wrap+indent"), Column(28, "line+wrap+muted+indent"),
    Column(11, "line+muted"),
)  # fmt: skip
_WIDE = 10  # where a group's own line says why, in the room that is widest
_FLIPS, _OTHER_MODEL = 27, 28
# letters of the columns that the formulas read
_VERDICT, _SCORE, _WEIGHT, _MUST, _CHECK = "D", "U", "V", "W", "Y"
_UNDER_GATE = scoring.FAILED_GATE - 5e-10  # cmdesk compares after rounding to nine decimals


def heads() -> tuple[str, ...]:
    """The names of the columns."""
    return (
        _("Group"), _("Metric"), _("Goal"), _("Verdict"), _("Fit"), _("Fit (check)"), _("Fit from"), _("Fit to"), _("Chance of 0.50"), _("Data available"),
        _("Meaning"), _("Value"), _("Value from"), _("Value to"), _("At least"), _("Without moderators"), _("Unit of measure"), _("n"), _("Ideal"),
        _("Acceptable"), _("Score"), _("Weight"), _("Must-have"), _("Contribution"), _("Contribution (check)"), _("Missing reason"), _("Advice"),
        _("Fragile"), _("The other goal model"), _("Source"), _("Id"),
    )  # fmt: skip


def sheet(report: Report, goal: str) -> Sheet:
    """The sheet of `goal`: the groups that have it, then, folded away, all others."""
    lines = {line.id: line for line in report.groups}
    scores = sorted(
        (score for score in report.scores if score.goal == goal and score.group in lines),
        key=lambda score: (lines[score.group].parent is not None, lines[score.group].path.casefold(), score.group),
    )
    chosen, others = [score for score in scores if score.chosen], [score for score in scores if not score.chosen]

    def rows() -> Iterator[Row | tuple[Cell, ...]]:
        yield Row(tuple(Styled(head, _head_style(column)) for head, column in zip(heads(), _COLUMNS, strict=True)), height=32)
        for score in chosen:
            yield from _group(report, lines[score.group], score)
        if not chosen:
            yield (Styled(_("No group has this goal."), "muted"),)
        if others:
            yield ()
            yield (Styled(_("What else this structure would suit"), "subtitle"),)
            yield (Styled(_("Open it with the + at the left. None of it was chosen, and none of it counts."), "muted"),)
        for score in others:
            yield from _group(report, lines[score.group], score)

    colour = "1F5D86" if chosen else "C4CBCF"
    return Sheet(words.goal_title(report, goal), _COLUMNS, rows, heads=1, filtered=True, freeze="C2", colour=colour, pages_wide=3)


def _head_style(column: Column) -> str:
    kind = next((part for part in column.style.split("+") if part in ("number", "score", "share", "whole", "tenth", "centre", "indent")), "")
    return f"head+{kind}" if kind else "head"


def _hidden(report: Report, group: reports.GroupLine, score: Score) -> Row:
    cells: list[Cell] = [Styled("", "band")] * len(_COLUMNS)
    cells[:4] = [
        Styled(group.path or group.name, "bold+band"), Styled("", "band"), Styled(words.goal_title(report, score.goal), "band"),
        Styled(_(group.why), "band+muted"),
    ]  # fmt: skip
    return Row(tuple(cells), level=0 if score.chosen else 1)


def _group(report: Report, group: reports.GroupLine, score: Score) -> Iterator[Row]:
    """The group's own line and one for each criterion. What it did not choose is one level down, its criteria two."""
    name, level = group.path or group.name, 0 if score.chosen else 1
    if group.hidden:
        yield _hidden(report, group, score)
        return
    cells = _whole(name, words.goal_title(report, score.goal), score)
    yield Row(cells, level=level, height=fitting(cells, _COLUMNS), keep=len(score.criteria) + 1)
    yield from _criteria(report, name, score, level and level + 1)


def _whole(name: str, title: str, score: Score) -> tuple[Cell, ...]:
    count = len(score.criteria)
    cells: list[Cell] = [Styled("", "band")] * len(_COLUMNS)
    cells[:10] = [
        Styled(name, "bold+band"), Styled(_("all together"), "band+muted"), Styled(title, "band"),
        Styled(words.verdict(score.verdict), score.verdict if score.chosen else "band+muted"), Styled(score.fit, "score+bold+band"),
        Formula(_fit_check(count), "score+muted+band") if count else Styled("", "band"), *_interval(score), Styled(score.coverage, "share+band"),
    ]  # fmt: skip
    cells[_WIDE] = Styled(score.reason, "band+wrap+indent")
    cells[_FLIPS] = Styled(words.flips(score), "band+wrap+indent")
    cells[_OTHER_MODEL] = Styled(score.disagrees.sentence if score.disagrees is not None else "", "band+wrap+indent")
    return tuple(cells)


def _interval(score: Score) -> list[Cell]:
    """From, to and chance of a fit; empty while it is provisional."""
    if score.provisional or score.fit is None:
        return [Styled("", "band")] * 3
    return [Styled(score.low, "score+band"), Styled(score.high, "score+band"), Styled(score.chance, "share+band")]


def _criteria(report: Report, name: str, score: Score, level: int) -> Iterator[Row]:
    goal = report.model.goals.get(score.goal)
    criteria = {criterion.metric: criterion for criterion in goal.criteria} if goal is not None else {}
    title = words.goal_title(report, score.goal)
    count = len(score.criteria)
    measured = sum(row.weight for row in score.criteria if row.score is not None)
    texts = {line.name: (line.title, line.meaning) for line in report.metrics}
    for place, row in enumerate(score.criteria):
        line = tuple(_criterion(name, title, row, measured, texts, criteria.get(row.metric), (place, count)))
        yield Row(line, level=level, height=fitting(line, _COLUMNS))


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
        Styled(name, "line+muted"), title, Styled(goal, "line+muted"), *[""] * 7, f"{meaning} ({'; '.join(notes)})".strip() if notes else meaning,
        _value(row.value, row.unit), *_edges(row), _("yes") if row.at_least else "", _or_blank(row.without_moderators), _(row.unit), row.n if known or row.n else "", ideal, acceptable, _or_blank(row.score), row.weight, _("yes") if row.gate else "",
        _or_blank(share), Formula(_contribution_check(*place)), row.missing, row.advice, "", "", criterion.source if criterion is not None else "", row.metric,
    )  # fmt: skip


def _value(value: float | None, unit: str) -> Cell:
    if value is None or unit in ("share", "0–1") or (abs(value) < 10 and value != round(value)):
        return value
    return Styled(value, "tenth+line" if abs(value) < 1000 and value != round(value) else "whole+line")


def _edges(row: CriterionScore) -> list[Cell]:
    known = row.low is not None and row.high is not None and row.low != row.high
    return [row.low, row.high] if known else ["", ""]


def _or_blank(value: float | None) -> Cell:
    """A missing number as an empty cell that keeps its line."""
    return "" if value is None else value


def _contribution_check(place: int, count: int) -> str:
    first, last = f"{{r-{place}}}", f"{{r+{count - 1 - place}}}"
    weights = f'SUMIF({_SCORE}{first}:{_SCORE}{last},">=0",{_WEIGHT}{first}:{_WEIGHT}{last})'
    return f'=IF({_SCORE}{{r}}="","",{_SCORE}{{r}}*{_WEIGHT}{{r}}/{weights})'


def _fit_check(count: int) -> str:
    """The rules of the fit as a formula in the group's line, over the `count` lines below it; without a verdict there is no fit. A must-have under
    its edge caps the fit, whatever its interval says."""

    def span(column: str) -> str:
        return f"{column}{{r+1}}:{column}{{r+{count}}}"

    total = f"SUM({span(_CHECK)})"
    failed = f'COUNTIFS({span(_MUST)},"{_("yes")}",{span(_SCORE)},"<{_UNDER_GATE:.10f}")'
    none = words.verdict("no_verdict").replace('"', '""')
    return f'=IF({_VERDICT}{{r}}="{none}","",IF({failed}>0,MIN({scoring.CAP:g},{total}),{total}))'
