"""The fit matrix: groups that have a goal × the eight goals. A verdict in colour stands only where the manager chose the goal."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from cmdesk.core import lettering
from cmdesk.core.contributions import Score
from cmdesk.core.drawing import Drawing, Path, Rect, Shape, Text
from cmdesk.core.goal_model import GOALS
from cmdesk.core.pictures import frame
from cmdesk.core.reports import GroupLine, Report
from cmdesk.core.text import _

_ROW, _HEAD = 48.0, 62.0  # heights of a row and of the heads
_INDENT = 14.0
MOST = 150
"""Groups that one picture holds; more would be read by nobody."""
_NARROW = 104.0  # below this a cell has its word under the shape


class _Grid(NamedTuple):
    """Widths: of the margin, of the names, of a cell."""

    margin: float = frame.MARGIN
    names: float = 248.0
    cell: float = 116.0

    def left(self, column: int) -> float:
        return self.margin + self.names + self.cell * column

    @property
    def width(self) -> float:
        return self.left(len(GOALS)) + self.margin


def _grid(width: float) -> _Grid:
    """The columns on paper (0), or shared over `width`."""
    if not width:
        return _Grid()
    margin = 16.0
    names = min(260.0, max(140.0, 0.22 * width))
    return _Grid(margin, names, max(80.0, (width - 2 * margin - names) / len(GOALS)))


def compose(report: Report, *, all_cells: bool = False, width: float = 0.0) -> Drawing:
    """The matrix of one stored assessment. With `all_cells` also the groups without a goal, and small and grey what else each structure
    would suit. Targets are "score:GROUP:GOAL", "group:GROUP" and "goal:GOAL". `width`: laid out for a window that wide, which has a
    heading of its own; 0: as on paper."""
    scores = {(score.group, score.goal): score for score in report.scores}
    groups = _rows(report, scores, all_cells)[:MOST]
    depths = _depths(report)
    grid = _grid(width)
    title = _("Does the structure fit the goals?")
    shapes: list[Shape] = []
    top = 0.0
    if not width:
        shapes, top = frame.heading(title, _when(report), grid.width, report.simulated)
    shapes += _heads(report, grid, top)
    y = top + _HEAD
    for group in groups:
        shapes += _row(report, grid, group, scores, y, depths[group.id], all_cells)
        y += _ROW
    if not groups:
        shapes.append(Text(x=grid.margin, y=y + 32, text=_("No group has a goal yet. Choose a goal for a group first."), size=14, colour="muted"))
        y += _ROW + 8
    foot, bottom = _foot(report, groups, all_cells, y + 32, grid)
    return Drawing(width=grid.width, height=bottom + 8, title=title, shapes=(*shapes, *foot), table=_table(report, groups, scores, all_cells))


def _rows(report: Report, scores: dict[tuple[int, str], Score], all_cells: bool) -> list[GroupLine]:
    with_goal = {group for (group, _goal), score in scores.items() if score.chosen}
    shown = [line for line in report.groups if all_cells or line.id in with_goal]
    return sorted(shown, key=lambda line: (line.parent is not None, line.path.casefold(), line.id))


def _depths(report: Report) -> dict[int, float]:
    """How far the name of each group is moved in: the groups right below the root not at all."""
    parents = {line.id: line.parent for line in report.groups}
    depths = {}
    for line in report.groups:
        above, parent = 0, line.parent
        while parent is not None and above < 5:
            above, parent = above + 1, parents.get(parent)
        depths[line.id] = _INDENT * max(0, above - 1)
    return depths


def _when(report: Report) -> str:
    return " · ".join(
        (
            report.community,
            _("as of {date}, {days} days").format(date=report.as_of, days=report.window_days),
            _("goal model {id} {version}").format(id=report.model.id, version=report.model.version),
        )
    )


def _heads(report: Report, grid: _Grid, top: float) -> list[Shape]:
    shapes: list[Shape] = []
    largest, inset = (13, 14) if grid.cell >= _NARROW else (12, 9)
    room = grid.cell - inset - 4
    for column, goal in enumerate(GOALS):
        title = goal_title(report, goal)
        longest = max(lettering.width(word, 1, bold=True) for word in [*title.split(), " "])
        size = max(9.5, min(largest, room / longest))  # a long word is set smaller, not cut
        lines = lettering.wrap(title, room, size, lines=3)
        for k, line in enumerate(reversed(lines)):
            shapes.append(
                Text(
                    x=grid.left(column) + inset, y=top + _HEAD - 14 - 16 * k, text=line, size=size, bold=True, room=grid.cell - inset,
                    tip=report.model.goals[goal].meaning if goal in report.model.goals else "", target=f"goal:{goal}",
                )
            )  # fmt: skip
    shapes.append(Text(x=grid.margin, y=top + _HEAD - 14, text=_("Group"), size=13, bold=True))
    shapes.append(_rule(grid, top + _HEAD, "edge"))
    return shapes


def goal_title(report: Report, goal: str) -> str:
    """A goal in the goal model's words."""
    return report.model.goals[goal].title if goal in report.model.goals else goal.replace("_", " ").capitalize()


def _rule(grid: _Grid, y: float, colour: str = "line") -> Path:
    return Path(points=((grid.margin, y), (grid.left(len(GOALS)), y)), stroke=colour)


def _row(
    report: Report, grid: _Grid, group: GroupLine, scores: dict[tuple[int, str], Score], y: float, depth: float, all_cells: bool
) -> list[Shape]:
    people = "" if group.hidden or group.people is None else _("{n} people").format(n=group.people)
    name = Text(
        x=grid.margin + depth, y=y + (22 if people else 29), text=group.name, size=14, bold=group.parent is None, room=grid.names - 16 - depth,
        tip=group.path, target=f"group:{group.id}",
    )  # fmt: skip
    shapes: list[Shape] = [name, _rule(grid, y + _ROW)]
    if people:
        shapes.append(Text(x=grid.margin + depth, y=y + 38, text=people, size=11, colour="muted"))
    if group.hidden:
        said = Text(x=grid.left(0) + 14, y=y + 29, text=_(group.why), size=13, colour="muted", room=grid.cell * len(GOALS))
        return [*shapes, said]
    for column, goal in enumerate(GOALS):
        score = scores.get((group.id, goal))
        if score is not None and score.chosen:
            shapes += _chosen(report, group, score, grid.left(column), y, grid.cell)
        elif score is not None and all_cells:
            shapes += _other(report, group, score, grid.left(column), y, grid.cell)
    return shapes


def _chosen(report: Report, group: GroupLine, score: Score, x: float, y: float, cell: float) -> list[Shape]:
    tip, target = tip_of(report, group, score), f"score:{score.group}:{score.goal}"
    back = Rect(x=x + 3, y=y + 4, width=cell - 6, height=_ROW - 8, fill=f"{score.verdict}_back", radius=6, tip=tip, target=target)
    number = score.fit is not None and score.verdict != "no_verdict"
    if cell < _NARROW:
        fit = [Text(x=x + 30, y=y + 22, text=f"{score.fit:.2f}", size=12, colour="muted")] if number and score.fit is not None else []
        word = Text(x=x + 9, y=y + 39, text=frame.word(score.verdict), size=11, colour=score.verdict, bold=True, room=cell - 12)
        return [back, *frame.glyph(score.verdict, x + 17, y + 18, 7), *fit, word]
    shapes: list[Shape] = [back, *frame.glyph(score.verdict, x + 22, y + _ROW / 2, 8)]
    middle = y + (22 if number else 28)
    shapes.append(Text(x=x + 38, y=middle, text=frame.word(score.verdict), size=12, colour=score.verdict, bold=True, room=cell - 44))
    if number and score.fit is not None:
        shapes.append(Text(x=x + 38, y=y + 36, text=f"{score.fit:.2f}", size=11, colour="muted"))
    return shapes


def _other(report: Report, group: GroupLine, score: Score, x: float, y: float, cell: float) -> list[Shape]:
    tip, target = tip_of(report, group, score), f"score:{score.group}:{score.goal}"
    touch = Rect(x=x + 3, y=y + 4, width=cell - 6, height=_ROW - 8, tip=tip, target=target)
    return [touch, *frame.glyph(score.verdict, x + 22, y + _ROW / 2, 4.5, "edge")]


def tip_of(report: Report, group: GroupLine, score: Score) -> str:
    """One score in a sentence or two: verdict, fit with its interval, why."""
    says = f"{group.name} · {goal_title(report, score.goal)}: {frame.word(score.verdict)}"
    if score.fit is not None and score.verdict != "no_verdict":
        says += f", {score.fit:.2f}"
        if score.low is not None and score.high is not None and not score.provisional:
            says += " " + _("({low} to {high})").format(low=f"{score.low:.2f}", high=f"{score.high:.2f}")
    return f"{says}. {score.reason}" if score.reason else says


def _foot(report: Report, groups: Sequence[GroupLine], all_cells: bool, y: float, grid: _Grid) -> tuple[list[Shape], float]:
    entries = [(frame.glyph(verdict, 0, 0, 7), frame.word(verdict)) for verdict in frame.VERDICTS]
    if all_cells:
        entries.append((frame.glyph("fits", 0, 0, 4, "edge"), _("small and grey: what else this structure would suit; counts nowhere")))
    room = grid.width - 2 * grid.margin
    shapes, below = frame.legend(grid.margin, y, entries, room)
    lines = [_("Fit is 0 to 1: how much of what the goal asks for was found. No verdict: too little data, and the report names it.")]
    left_out = len(report.groups) - len(groups)
    if left_out:
        lines.append(_("{n} more groups are not shown here.").format(n=left_out))
    if any(score.provisional for score in report.scores):
        lines.append(_("Provisional: intervals are not computed yet."))
    said, bottom = frame.notes(grid.margin, below + 4, lines, room)
    return [*shapes, *said], bottom


def _table(
    report: Report, groups: Sequence[GroupLine], scores: dict[tuple[int, str], Score], all_cells: bool
) -> tuple[tuple[str, ...], ...]:
    rows = [(_("Group"), *(goal_title(report, goal) for goal in GOALS))]
    for group in groups:
        cells = [group.path or group.name]
        for goal in GOALS:
            score = scores.get((group.id, goal))
            if group.hidden:
                cells.append(_(group.why))
            elif score is None or not (score.chosen or all_cells):
                cells.append("")
            else:
                fit = f" {score.fit:.2f}" if score.fit is not None and score.verdict != "no_verdict" else ""
                words = frame.word(score.verdict) + fit
                cells.append(words if score.chosen else f"({words})")
        rows.append(tuple(cells))
    return tuple(rows)
