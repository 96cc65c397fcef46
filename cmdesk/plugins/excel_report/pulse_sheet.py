"""What members answered to the four questions of the pulse: beside the assessment, and not scored."""

from __future__ import annotations

from collections.abc import Iterator

from cmdesk.api import Report, _, wording

from .model import Cell, Column, Row, Sheet, Styled

_COLUMNS = (
    Column(34, "line+wrap"), Column(34, "line+wrap"), Column(12, "number+line+bold"), Column(10, "number+line+muted"), Column(10, "number+line+muted"),
    Column(11, "whole+line"),
)  # fmt: skip


def asked(report: Report) -> bool:
    """Whether a group that may be shown answered."""
    return any(line.pulse and not line.hidden for line in report.groups)


def sheet(report: Report) -> Sheet:
    """A line for each group and question that enough members answered."""
    titles = {line.name: line.title for line in report.metrics}
    lines = sorted(report.groups, key=lambda line: (line.parent is not None, line.path.casefold(), line.id))

    def rows() -> Iterator[Row | tuple[Cell, ...]]:
        yield Row((Styled(_("What members answered"), "title"),), height=24)
        yield (Styled(_("Four questions, from 0 (not at all) to 1 (wholly). It stands beside the assessment and counts in no fit."), "muted"),)
        yield (Styled(_("From and to hold {share}. A question that fewer than 8 members or two in five answered is not told.").format(share=wording.percent(report.level or 0.8)), "muted"),)
        yield ()
        heads = (_("Group"), _("Question"), _("Mean"), _("From"), _("To"), _("Answers"))
        yield Row(tuple(Styled(head, "head") for head in heads), height=24)
        for line in lines:
            for one in () if line.hidden else line.pulse:
                yield (line.path or line.name, titles.get(one.metric, one.metric), one.value, one.low, one.high, one.n)

    return Sheet(_("Pulse"), _COLUMNS, rows, colour="5B7F3A")
