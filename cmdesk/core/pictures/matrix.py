"""The fit matrix: groups that have a goal × the eight goals. A verdict in colour stands only where the manager chose the goal."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from cmdesk.core import lettering
from cmdesk.core.contributions import Score
from cmdesk.core.drawing import Drawing, Path, Rect, Shape, Text
from cmdesk.core.goal_model import GOALS
from cmdesk.core.pictures import frame
from cmdesk.core.reports import GroupLine, Report, period
from cmdesk.core.text import _, ngettext
from cmdesk.core.wording import decimal

_ROW = 48.0  # height of a row
_LEAD = 15.0  # from line to line of a head
_INDENT = 14.0
MOST = 150
"""Groups that one picture holds; more would be read by nobody."""
_NARROW = 104.0  # below this a cell has its word under the shape
_TIGHT = 78.0  # below this a cell has no word (the legend, the tip and the table have it), and heads are turned
_TURNED = 150.0  # room of a turned head


class _Grid(NamedTuple):
    """Widths: of the margin, of the names, of a cell; and the heads: their lines, size, and whether they are turned. Titles stand whole."""

    margin: float = frame.MARGIN
    names: float = 248.0
    cell: float = 116.0
    heads: tuple[tuple[str, ...], ...] = ()
    size: float = 13.0
    turned: bool = False

    @property
    def inset(self) -> float:
        return 14.0 if self.cell >= _NARROW else 9.0

    @property
    def head(self) -> float:
        """The height of the heads."""
        if self.turned:
            wide = [lettering.width(line, self.size, bold=True) for lines in self.heads for line in lines]
            return max(wide, default=0.0) * lettering.LOOSE + 22
        return _LEAD * max((len(lines) for lines in self.heads), default=1) + 18

    def left(self, column: int) -> float:
        return self.margin + self.names + self.cell * column

    @property
    def width(self) -> float:
        return self.left(len(GOALS)) + self.margin


def _grid(report: Report, width: float) -> _Grid:
    """The columns on paper (0), or shared over `width`, with heads as large as their longest word allows."""
    grid = _Grid()
    if width:
        names = min(260.0, max(128.0, 0.22 * width))
        grid = _Grid(16.0, names, max(36.0, (width - 32.0 - names) / len(GOALS)))
    titles = [goal_title(report, goal) for goal in GOALS]
    room = grid.cell - grid.inset
    longest = max((lettering.width(word, 1.0, bold=True) for title in titles for word in title.split()), default=1.0) * lettering.LOOSE
    size = next((size for size in (13.0, 12.0, 11.0) if longest * size <= room), 0.0)
    turned = grid.cell < _TIGHT or not size
    size, room = (12.0, _TURNED) if turned else (size, room)
    heads = tuple(tuple(lettering.wrap(title, room / lettering.LOOSE, size, lines=9, bold=True)) for title in titles)
    return grid._replace(heads=heads, size=size, turned=turned)


def compose(report: Report, *, all_cells: bool = False, width: float = 0.0) -> Drawing:
    """The matrix of one stored assessment. With `all_cells` also the groups without a goal, and small and grey what else each structure
    would suit. Targets are "score:GROUP:GOAL", "group:GROUP" and "goal:GOAL". `width`: laid out for a window that wide, which has a
    heading of its own; 0: as on paper."""
    scores = {(score.group, score.goal): score for score in report.scores}
    groups = _rows(report, scores, all_cells)[:MOST]
    depths = _depths(report)
    grid = _grid(report, width)
    title = _("Does the structure fit the goals?")
    shapes: list[Shape] = []
    top = 0.0
    if not width:
        shapes, top = frame.heading(title, _when(report), grid.width, report.simulated)
    shapes += _heads(report, grid, top)
    y = top + grid.head
    for group in groups:
        shapes += _row(report, grid, group, scores, y, depths[group.id], all_cells)
        y += _ROW
    if not groups:
        shapes.append(Text(x=grid.margin, y=y + 32, text=_("No group has a goal yet. Choose a goal for a group first."), size=14, colour="muted"))
        y += _ROW + 8
    foot, bottom = _foot(report, groups, all_cells, y + 32, grid, in_window=bool(width))
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
            period(report),
            _("goal model {id} {version}").format(id=report.model.id, version=report.model.version),
        )
    )


def _heads(report: Report, grid: _Grid, top: float) -> list[Shape]:
    shapes: list[Shape] = []
    foot = top + grid.head - 12
    for column, goal in enumerate(GOALS):
        tip = report.model.goals[goal].meaning if goal in report.model.goals else ""
        lines = grid.heads[column]
        for k, line in enumerate(lines):
            if grid.turned:
                across = grid.left(column) + grid.cell / 2 + 4 + _LEAD * (k - (len(lines) - 1) / 2)
                shapes.append(Text(x=across, y=foot, text=line, size=grid.size, bold=True, angle=-90, tip=tip, target=f"goal:{goal}"))
            else:
                y = foot - _LEAD * (len(lines) - 1 - k)
                shapes.append(Text(x=grid.left(column) + grid.inset, y=y, text=line, size=grid.size, bold=True, tip=tip, target=f"goal:{goal}"))
    shapes.append(Text(x=grid.margin, y=foot, text=_("Group"), size=13, bold=True))
    shapes.append(_rule(grid, top + grid.head, "edge"))
    return shapes


def goal_title(report: Report, goal: str) -> str:
    """A goal in the goal model's words."""
    return frame.goal_title(report.model.goals[goal].title if goal in report.model.goals else "", goal)


def _rule(grid: _Grid, y: float, colour: str = "line") -> Path:
    return Path(points=((grid.margin, y), (grid.left(len(GOALS)), y)), stroke=colour)


def _row(
    report: Report, grid: _Grid, group: GroupLine, scores: dict[tuple[int, str], Score], y: float, depth: float, all_cells: bool
) -> list[Shape]:
    people = "" if group.hidden or group.people is None else ngettext("{n} person", "{n} people", group.people).format(n=group.people)
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
    fit = decimal(score.fit) if score.fit is not None and score.verdict != "no_verdict" else ""
    word = frame.word(score.verdict)
    if cell < _TIGHT:
        middle = x + cell / 2
        number = [Text(x=middle, y=y + 38, text=fit, size=11, colour="muted", anchor="middle", room=cell - 4)] if fit else []
        return [back, *frame.glyph(score.verdict, middle, y + (17 if fit else _ROW / 2), 7), *number]
    if cell < _NARROW:
        number = [Text(x=x + 30, y=y + 22, text=fit, size=12, colour="muted")] if fit else []
        said = Text(x=x + 9, y=y + 39, text=word, size=11, colour=score.verdict, bold=True, room=cell - 12)
        return [back, *frame.glyph(score.verdict, x + 17, y + 18, 7), *number, said]
    shapes: list[Shape] = [back, *frame.glyph(score.verdict, x + 22, y + _ROW / 2, 8)]
    shapes.append(Text(x=x + 38, y=y + (22 if fit else 28), text=word, size=12, colour=score.verdict, bold=True, room=cell - 44))
    if fit:
        shapes.append(Text(x=x + 38, y=y + 36, text=fit, size=11, colour="muted"))
    return shapes


def _other(report: Report, group: GroupLine, score: Score, x: float, y: float, cell: float) -> list[Shape]:
    tip, target = tip_of(report, group, score), f"score:{score.group}:{score.goal}"
    touch = Rect(x=x + 3, y=y + 4, width=cell - 6, height=_ROW - 8, tip=tip, target=target)
    return [touch, *frame.glyph(score.verdict, x + (cell / 2 if cell < _TIGHT else 22), y + _ROW / 2, 4.5, "edge")]


def tip_of(report: Report, group: GroupLine, score: Score) -> str:
    """One score in a sentence or two: verdict, fit with its interval, why."""
    says = f"{group.name} · {goal_title(report, score.goal)}: {frame.word(score.verdict)}"
    if score.fit is not None and score.verdict != "no_verdict":
        says += f", {decimal(score.fit)}"
        if score.low is not None and score.high is not None and not score.provisional:
            says += " " + _("({low} to {high})").format(low=decimal(score.low), high=decimal(score.high))
    return f"{says}. {score.reason}" if score.reason else says


def _foot(
    report: Report, groups: Sequence[GroupLine], all_cells: bool, y: float, grid: _Grid, *, in_window: bool
) -> tuple[list[Shape], float]:
    entries = [(frame.glyph(verdict, 0, 0, 7), frame.word(verdict)) for verdict in frame.VERDICTS]
    if all_cells:
        entries.append((frame.glyph("fits", 0, 0, 4, "edge"), _("small and grey: what else this structure would suit; counts nowhere")))
    room = grid.width - 2 * grid.margin
    shapes, below = frame.legend(grid.margin, y, entries, room)
    lines = [_("Fit is 0 to 1: how much of what the goal asks for was found. No verdict: too little data, and the report names it.")]
    if left_out := len(report.groups) - len(groups):
        if all_cells:
            more = ngettext("{n} more group is not shown here.", "{n} more groups are not shown here.", left_out)
        else:
            more = ngettext("{n} more group has no goal and is not shown.", "{n} more groups have no goal and are not shown.", left_out)
        lines.append(more.format(n=left_out))
    if any(score.provisional for score in report.scores):
        lines.append(_("Provisional: intervals are not computed yet."))
    if in_window:  # what the page's own heading does not carry along when the picture is copied
        lines.append(_when(report))
    said, bottom = frame.notes(grid.margin, below + 4, lines, room)
    if in_window and report.simulated:
        mark, wide = frame.notice(0.0, bottom)
        shapes += [frame.moved(shape, grid.margin + wide, -4.0) for shape in mark]
        bottom += 32
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
                fit = f" {decimal(score.fit)}" if score.fit is not None and score.verdict != "no_verdict" else ""
                words = frame.word(score.verdict) + fit
                cells.append(words if score.chosen else f"({words})")
        rows.append(tuple(cells))
    return tuple(rows)
