"""The questions about the whole community: answer, the numbers behind it, its table."""

from __future__ import annotations

from collections.abc import Iterator

from cmdesk.api import Figure, Report, _, reports

from .model import Cell, Column, Row, Sheet, Styled, fitting

_COLUMNS = (
    Column(52, "line+wrap"), Column(14, "number+line"), Column(12, "number+line+muted"), Column(12, "number+line+muted"), Column(14, "line+indent"),
    Column(10, "whole+line"), Column(10, "whole+line+muted"), Column(20, "line+indent"), Column(56, "line+wrap+indent"),
)  # fmt: skip


def sheet(report: Report) -> Sheet:
    """Every question that was asked, one below the other."""

    def rows() -> Iterator[Row | tuple[Cell, ...]]:
        yield Row((Styled(_("Questions about the whole community"), "title"),), height=24)
        for line in report.questions:
            yield ()
            yield from _question(line)
        shown = [circle for circle in report.circles if circle.people is not None]
        if shown:
            yield ()
            yield (Styled(_("Circles that were found"), "subtitle"),)
            yield tuple(Styled(head, "head") for head in (_("Goals that its structure fits"), _("Circle"), _("People")))
            titles = {name: goal.title for name, goal in report.model.goals.items()}
            for circle in shown:
                fits = ", ".join(titles.get(goal, goal) for goal in circle.fits) or "–"
                yield (fits, Styled(circle.number, "whole+line"), Styled(circle.people, "whole+line"))

    return Sheet(_("Questions"), _COLUMNS, rows, colour="6A5FA8")


def _question(line: reports.QuestionLine) -> Iterator[Row | tuple[Cell, ...]]:
    one = line.finding
    yield (Styled(line.question, "subtitle"),)
    yield (Styled(_("Answer: {word}").format(word=one.word), "plain+bold"),)
    yield (Styled(one.sentence, "plain"),)
    if one.needs:
        yield (Styled(one.needs, "plain+muted"),)
    if one.figures:
        heads = (_("Number"), _("Value"), _("Value from"), _("Value to"), _("Unit of measure"), _("n"), _("Needed"), _("It says"), _("Missing reason"))
        yield tuple(Styled(head, "head") for head in heads)
        for figure in one.figures:
            cells = _figure(figure)
            yield Row(cells, height=fitting(cells, _COLUMNS))
    if one.table:
        yield ()
        yield tuple(Styled(cell, "head") for cell in one.table[0])
        for row in one.table[1:]:
            yield tuple(Styled(cell, "line" if isinstance(cell, str) else "whole+line" if _whole(cell) else "number+line") for cell in row)


def _figure(figure: Figure) -> tuple[Cell, ...]:
    known = figure.value is not None
    return (
        figure.title, "" if figure.value is None else figure.value, figure.low if known and figure.low is not None else "",
        figure.high if known and figure.high is not None else "", _(figure.unit), figure.n, figure.least or "", figure.word, figure.missing,
    )  # fmt: skip


def _whole(cell: float | None) -> bool:
    return cell is not None and cell == int(cell) and abs(cell) > 1
