"""The questions about the whole community, printed for people."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from cmdesk.cli import output
from cmdesk.core.text import _
from cmdesk.core.wording import short

if TYPE_CHECKING:
    from cmdesk.core.contributions import Figure
    from cmdesk.core.reports import QuestionLine


def tell(lines: Sequence[QuestionLine]) -> None:
    """Each question with its answer, then the numbers behind it and the table."""
    for place, line in enumerate(lines):
        if place:
            output.line()
        output.line(line.question)
        output.line(f"  {line.finding.sentence}")
        rows = [(figure.title, _number(figure.value), _interval(figure), figure.n or "", figure.missing or figure.word) for figure in line.finding.figures]
        if rows:
            output.line()
            output.table(("", _("value"), "80 %", "n", ""), rows, right=frozenset({1, 3}))
        if len(line.finding.table) > 1:
            output.line()
            heads, *cells = line.finding.table
            output.table(tuple(str(head) for head in heads), [[_cell(value) for value in row] for row in cells])


def _number(value: float | None) -> str:
    if value is None:
        return "–"
    return (f"{value:.0f}" if value == int(value) else short(value)).replace("-", "−")


def _interval(figure: Figure) -> str:
    if figure.low is None or figure.high is None:
        return ""
    return f"{_number(figure.low)} – {_number(figure.high)}"


def _cell(value: str | float | None) -> str:
    return value if isinstance(value, str) else _number(value)
