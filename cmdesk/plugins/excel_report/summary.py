"""The first sheet: whether the groups fit the goals that were chosen for them; all else is folded away below."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from openpyxl.utils import get_column_letter

from cmdesk.api import Report, Score, _, limits, ngettext, reports

from . import charts, words
from .model import Cell, Column, Row, Sheet, Styled

_NAME, _GOAL = 34.0, 20.0


def summary(report: Report) -> Sheet:
    """Fit matrix with legend and context. A verdict in colour stands only where the goal was chosen."""
    goals = words.goals_assessed(report)
    scores = {(score.group, score.goal): score for score in report.scores}
    lines = sorted(report.groups, key=lambda line: (line.parent is not None, line.path.casefold(), line.id))
    chosen = {score.group for score in report.scores if score.chosen}

    def rows() -> Iterator[Row | tuple[Cell, ...]]:
        yield from _context(report)
        yield _heads(report, goals)
        for line in lines:
            if line.id in chosen:
                yield Row(tuple(_chosen(line, goals, scores)), height=48 if line.hidden else 20)
        if not chosen:
            yield (Styled(_("No group has a goal yet. Choose a goal for a group, then assess again."), "muted"),)
        yield ()
        yield from _legend()
        yield ()
        yield (Styled(_("What else this structure would suit"), "subtitle"),)
        yield (Styled(_("Open it with the + at the left. None of it was chosen, and none of it counts."), "muted"),)
        yield Row(_heads(report, goals).cells, level=1, height=32)
        for line in lines:
            yield Row(tuple(_others(line, goals, scores)), level=1)

    columns = (Column(_NAME, "bold+line+middle"), Column(9, "whole+line+middle+muted"), *(Column(_GOAL, "line+middle") for _goal in goals))

    def dress(page: Any) -> None:
        first, marked = len(list(_context(report))) + 2, sum(line.id in chosen for line in lines)
        if marked:
            shapes = [(words.SHAPES[verdict], verdict) for verdict, _meaning in words.verdicts()]
            charts.verdicts(page, f"C{first}:{get_column_letter(2 + len(goals))}{first + marked - 1}", shapes)

    return Sheet(_("Summary"), columns, rows, colour="0B6F6A", dress=dress)


def _context(report: Report) -> Iterator[Row | tuple[Cell, ...]]:
    yield Row((Styled(_("Does the structure fit the goals?"), "title"),), height=24)
    if report.simulated:
        notice = _("Simulated: these people and their messages were invented.")
        yield Row((Styled(notice, "notice"), *[Styled("", "notice")] * 5), height=20)
    hidden = {line.id for line in report.groups if line.hidden}
    facts = (
        (_("Community"), report.community),
        (_("As of"), _("nothing has a date") if report.undated else _("{date}, over the {n} days before").format(date=report.as_of, n=report.window_days)),
        (_("Goal model"), f"{report.model.title} ({report.model.id} {report.model.version})"),
        (_("Its SHA-256"), report.model.sha256),
        (_("People"), _("under their names") if report.names else _("under pseudonyms")),
    )
    for name, value in facts:
        yield (Styled(name, "muted"), Styled(value, "plain"))
    yield (Styled(_("Purpose"), "muted"), Styled(limits.purpose(), "plain"))
    for note in report.notes:
        yield (Styled(_("Note"), "muted"), Styled(note, "plain"))
    chosen = [score for score in report.scores if score.chosen and score.group not in hidden]
    if chosen:
        yield (Styled(_("In short"), "muted"), Styled(_in_short(chosen), "bold"))
    yield ()


def _in_short(chosen: list[Score]) -> str:
    counts = [(words.verdict(verdict), sum(score.verdict == verdict for score in chosen)) for verdict, _meaning in words.verdicts()]
    said = "    ".join(f"{word} {count}" for word, count in counts if count)
    return ngettext("{n} goal was chosen: {said}", "{n} goals were chosen: {said}", len(chosen)).format(n=len(chosen), said=said)


def _heads(report: Report, goals: list[str]) -> Row:
    titles = [words.goal_title(report, goal) for goal in goals]
    return Row(
        (Styled(_("Group"), "head"), Styled(_("People"), "head+whole"), *(Styled(title, "head+centre") for title in titles)), height=32
    )


def _chosen(line: reports.GroupLine, goals: list[str], scores: dict[tuple[int, str], Score]) -> Iterator[Cell]:
    yield line.path or line.name
    yield "" if line.hidden or line.people is None else line.people
    for goal in goals:
        score = scores.get((line.id, goal))
        if score is None or not score.chosen:
            yield ""
        elif line.hidden:
            yield Styled(_(line.why), "centre+middle+muted+line+wrap")
        else:
            yield Styled(words.verdict_with_fit(score), "centre+middle+bold+line")


def _others(line: reports.GroupLine, goals: list[str], scores: dict[tuple[int, str], Score]) -> Iterator[Cell]:
    yield Styled(line.path or line.name, "muted+line")
    yield "" if line.hidden or line.people is None else line.people
    if line.hidden:
        yield Styled(_(line.why), "muted+line")
        return
    for goal in goals:
        score = scores.get((line.id, goal))
        plain = "" if score is None or score.chosen else words.verdict_with_fit(score)
        yield Styled(plain, "centre+faint+line")


def _legend() -> Iterator[tuple[Cell, ...]]:
    yield (Styled(_("Legend"), "subtitle"),)
    for verdict, meaning in words.verdicts():
        yield (Styled(words.verdict(verdict), verdict), Styled(meaning, "plain"))
