"""The position chart: each group a dot at size × density of trust, the region that each goal asks for behind it (from the goal model)."""

from __future__ import annotations

import math
from typing import NamedTuple

from cmdesk.core import lettering, palette
from cmdesk.core.drawing import Circle, Drawing, Path, Rect, Shape, Text
from cmdesk.core.goal_model import Goal
from cmdesk.core.pictures import extent, frame, moves
from cmdesk.core.pictures.placing import Places
from cmdesk.core.reports import GroupLine, Report, period
from cmdesk.core.text import _, ngettext
from cmdesk.core.wording import count, decimal, short

_WIDTH, _PLOT = 1040.0, 480.0  # on paper: the whole width, the height of the plot
_LEAST = (420.0, 200.0)
_SIDE, _BELOW, _STRIP = 64.0, 52.0, 19.0
_LARGEST = 100_000.0
_CONTACTS, _STRONG = 15, 0.5
_RADIUS = 5.5
_MOST = 40
"""Labels at most: more would be read by nobody; the rest have tips and the table."""


class _Plot(NamedTuple):
    """The plot in the picture; `strips` is the height kept above it for what has no place on the vertical axis."""

    left: float
    top: float
    right: float
    bottom: float
    strips: float = 0.0

    def x(self, size: float) -> float:
        return self.left + (self.right - self.left) * math.log(min(max(size, 1.0), _LARGEST)) / math.log(_LARGEST)

    def y(self, value: float) -> float:
        return self.bottom - (self.bottom - self.top - self.strips) * min(max(value, 0.0), 1.0)


def compose(report: Report, *, before: Report | None = None, competence: bool = False, width: float = 0.0, height: float = 0.0) -> Drawing:
    """Groups of `report` by size (log scale) and mean trust: relational D_R, or competence trust with `competence`. Hidden groups are counted,
    never drawn. `before`: an earlier report, from which arrows lead to where groups are now. `width` and `height`: laid out for a window of that size, which has a heading of its own; 0: as on paper."""
    shown = [(line, value) for line in report.groups if line.people and (value := line.competence if competence else line.density) is not None]
    axis = _("competence trust, 0 to 1") if competence else _("trust, estimated from exchange, 0 to 1")
    title = _("Position of groups: size and competence trust") if competence else _("Position of groups: size and trust")
    shapes: list[Shape] = []
    wide, top = max(width, _LEAST[0]) if width else _WIDTH, 14.0
    if not width:
        shapes, top = frame.heading(title, _when(report), wide, report.simulated)
    goals = list(report.model.goals.values())
    strips = _STRIP * len(goals) + 10 if competence else 0.0
    notes = (120.0 if report.simulated and width else 90.0) + (18.0 if before else 0.0)
    tall = max(height - top - _BELOW - notes, _LEAST[1] + strips) if width else _PLOT + strips
    margin = 16.0 if width else frame.MARGIN
    plot = _Plot(margin + _SIDE - 20, top, wide - margin, top + tall, strips)
    places = Places((plot.left + 2, plot.top, plot.right, plot.bottom - 2))
    regions = [_extent(plot, goal) for goal in goals]
    back = [shape for k, goal in enumerate(goals) for shape in (_strip(plot, goal, k) if competence else [_region(goal, regions[k], k)])]
    shapes += [*_axes(plot, axis, margin), *back]
    dots = [_dot(plot, line, value) for line, value in shown]
    for dot in dots:
        places.take(extent.of(dot))
    if not competence:
        shapes += [*_contacts(plot, places, regions), *_region_names(plot, goals, regions, places)]
    went = moves.arrows(shown, before, lambda people, value: (plot.x(people), plot.y(value)), _RADIUS, competence=competence) if before else []
    labels = _labels(report, shown, dots, places)
    named = sum(isinstance(shape, Text) for shape in labels)
    since = before.as_of if before and went else ""
    foot, bottom = _foot(report, len(shown), named, plot, margin, since, in_window=bool(width))
    heads, rows = _table(shown, axis, before, competence)
    return Drawing(
        width=wide, height=bottom + (8 if width else 16), title=title, shapes=(*shapes, *went, *labels, *dots, *foot), table=(heads, *rows),
    )  # fmt: skip


def _table(
    shown: list[tuple[GroupLine, float]], axis: str, before: Report | None, competence: bool
) -> tuple[tuple[str, ...], list[tuple[str, ...]]]:
    """Heads and rows; with an earlier report, where groups were in it."""
    heads: tuple[str, ...] = (_("Group"), _("Active people"), axis)
    rows: list[tuple[str, ...]] = [(line.path, str(line.people), decimal(value, 3)) for line, value in shown]
    if before is None:
        return heads, rows
    known = moves.earlier(before, competence=competence)
    was = [known.get(line.id) for line, _value in shown]
    rows = [(*row, "–" if at is None else str(at[0]), "–" if at is None else decimal(at[1], 3)) for row, at in zip(rows, was, strict=True)]
    return (*heads, _("Active people on {day}").format(day=before.as_of), _("trust on {day}").format(day=before.as_of)), rows


def _when(report: Report) -> str:
    return " · ".join((report.community, period(report)))


def _extent(plot: _Plot, goal: Goal) -> extent.Box:
    (low, high), (thin, dense) = goal.position.size, goal.position.density
    return plot.x(low), plot.y(dense), max(plot.x(high), plot.x(low) + 2), max(plot.y(thin), plot.y(dense) + 2)


def _asks(goal: Goal, *, density: bool) -> str:
    size = f"{decimal(goal.position.size[0], 0)}–{decimal(goal.position.size[1], 0)}"
    told = _("{goal}: {size} people").format(goal=frame.goal_title(goal.title, goal.name), size=size)
    return f"{told}, {_('trust {low} to {high}').format(low=short(goal.position.density[0]), high=short(goal.position.density[1]))}" if density else told


def _region(goal: Goal, box: extent.Box, place: int) -> Shape:
    token = palette.unit(place)
    left, top, right, bottom = box
    return Rect(
        x=left, y=top, width=right - left, height=bottom - top, fill=f"{token}/8", stroke=f"{token}/80", line=1.5, radius=4,
        tip=_asks(goal, density=True),
    )  # fmt: skip


def _region_names(plot: _Plot, goals: list[Goal], regions: list[extent.Box], places: Places) -> list[Shape]:
    """Each region is named where it stands: at the corner where fewest other things are, the smallest region first."""
    shapes: list[Shape] = []
    for k in sorted(range(len(goals)), key=lambda k: (regions[k][2] - regions[k][0]) * (regions[k][3] - regions[k][1])):
        words, key = frame.goal_title(goals[k].title, goals[k].name), 15.0
        wide = lettering.width(words, 12) * lettering.LOOSE
        every = [Text(x=x, y=y, text=words, size=12, target=f"goal:{goals[k].name}") for x, y in _corners(regions[k], wide, key)]
        others = [box for number, box in enumerate(regions) if number != k]
        found = places.best(every, others, before=key)
        fill, stroke = f"{palette.unit(k)}/40", palette.unit(k)
        shapes += [Rect(x=found.x - key, y=found.y - 9, width=10, height=10, fill=fill, stroke=stroke, radius=2), found]
    return shapes


def _corners(box: extent.Box, wide: float, key: float) -> list[tuple[float, float]]:
    """Where the name of a region may begin: in its corners, above it, beside it."""
    left, top, right, bottom = box
    inside, outside, ahead = left + 6 + key, right + 6 + key, left - 6 - wide
    return [
        (inside, top + 15), (right - 6 - wide, top + 15), (right - 6 - wide, bottom - 8), (inside, bottom - 8), (left + key, top - 6),
        (outside, top + 11), (right - 2 - wide, top - 6), (outside, bottom - 4), (outside, top + 28), (ahead, top + 11), (outside, (top + bottom) / 2),
        (ahead, bottom - 4), (left + key, top - 22), (right - 2 - wide, top - 22), (ahead, top + 30),
    ]  # fmt: skip


def _strip(plot: _Plot, goal: Goal, place: int) -> list[Shape]:
    """On the competence axis only the size that a goal asks for, as a strip above: the model says nothing of the other axis."""
    token, y = palette.unit(place), plot.top + _STRIP * place
    left, right = plot.x(goal.position.size[0]), plot.x(goal.position.size[1])
    words = frame.goal_title(goal.title, goal.name)
    wide = lettering.width(words, 12) * lettering.LOOSE
    end = right + 8 + wide > plot.right
    return [
        Rect(x=left, y=y + 3, width=right - left, height=10, fill=f"{token}/30", stroke=token, radius=3, tip=_asks(goal, density=False)),
        Text(x=left - 8 if end else right + 8, y=y + 12, text=words, size=12, anchor="end" if end else "start", target=f"goal:{goal.name}"),
    ]


def _axes(plot: _Plot, axis: str, margin: float) -> list[Shape]:
    shapes: list[Shape] = []
    for value in (0.0, 0.2, 0.4, 0.6, 0.8, 1.0):
        shapes.append(Path(points=((plot.left, plot.y(value)), (plot.right, plot.y(value))), stroke="line"))
        shapes.append(Text(x=plot.left - 7, y=plot.y(value) + 4, text=decimal(value, 1), size=11, colour="muted", anchor="end"))
    for size in (1, 10, 100, 1_000, 10_000, 100_000):
        anchor = "end" if size == _LARGEST else "middle"
        shapes.append(Path(points=((plot.x(size), plot.bottom), (plot.x(size), plot.bottom + 5)), stroke="edge"))
        shapes.append(Text(x=plot.x(size), y=plot.bottom + 19, text=count(size), size=11, colour="muted", anchor=anchor))
    middle = (plot.left + plot.right) / 2
    said = _("active people (each step is ten times as many)")
    shapes.append(Text(x=middle, y=plot.bottom + 38, text=said, size=12, colour="muted", anchor="middle", room=plot.right - plot.left))
    tall = plot.bottom - plot.top
    shapes.append(Text(x=margin + 4, y=plot.top + tall / 2, text=axis, size=12 if tall > 280 else 10, colour="muted", anchor="middle", angle=-90))
    return shapes


def _contacts(plot: _Plot, places: Places, regions: list[extent.Box]) -> list[Shape]:
    """The density if everyone kept 15 contacts at the strong edge: it falls with size by arithmetic alone."""
    sizes = [math.exp(k * math.log(_LARGEST) / 60) for k in range(61)]
    points = tuple((plot.x(size), plot.y(_CONTACTS * _STRONG / (size - 1))) for size in sizes if size > 1 + _CONTACTS * _STRONG)
    tip = _("Density if everyone kept 15 strong contacts: it falls with size by arithmetic alone")
    every = [
        Text(x=plot.x(1 + _CONTACTS * _STRONG / at) + 8, y=plot.y(at) + 4, text=_("if everyone kept 15 contacts"), size=11, colour="muted", tip=tip)
        for at in (0.42, 0.38, 0.5, 0.6, 0.7, 0.9)
    ]
    return [Path(points=points, stroke="muted", dash=(2, 4), tip=tip), places.best(every, regions)]


def _dot(plot: _Plot, line: GroupLine, value: float) -> Circle:
    tip = _("{group}: {n} people, {value}").format(group=line.path, n=line.people, value=decimal(value))
    x, y = plot.x(float(line.people or 1)), plot.y(value)
    return Circle(x=x, y=y, radius=_RADIUS, fill="accent", stroke="surface", line=1.5, tip=tip, target=f"group:{line.id}")


def _labels(report: Report, shown: list[tuple[GroupLine, float]], dots: list[Circle], places: Places) -> list[Shape]:
    """Names where there is room: of groups that have a goal first, then of the largest."""
    wanted = {score.group for score in report.scores if score.chosen}
    shapes: list[Shape] = []
    order = sorted(range(len(shown)), key=lambda k: (shown[k][0].id not in wanted, -(shown[k][0].people or 0), shown[k][0].path))
    for k in order[:_MOST]:
        dot = dots[k]
        shapes += places.beside(dot.x, dot.y, dot.radius, shown[k][0].name, 11, 150.0, dot.target, dot.tip)
    return shapes


def _foot(report: Report, drawn: int, named: int, plot: _Plot, margin: float, since: str, *, in_window: bool) -> tuple[list[Shape], float]:
    missing = sum(line.hidden for line in report.groups)
    lines = [_("A dot is a group; a tinted region is what a goal asks for.")]
    if since:
        lines.append(_("An arrow begins where the group was on {day}.").format(day=since))
    if unnamed := drawn - named:
        said_of = ngettext("{n} of {all} dots has no room for its name: point at it, or see the table.",
                           "{n} of {all} dots have no room for their names: point at them, or see the table.", unnamed)  # fmt: skip
        lines.append(said_of.format(n=unnamed, all=drawn))
    if missing:
        hidden = ngettext("{n} group is not shown (fewer than 5 people, or telling of such a group).",
                          "{n} groups are not shown (fewer than 5 people, or telling of such a group).", missing)  # fmt: skip
        lines.append(hidden.format(n=missing))
    if in_window:
        lines.append(_when(report))
    y = plot.bottom + _BELOW + 8
    said, bottom = frame.notes(margin, y, lines, plot.right - margin)
    if in_window and report.simulated:
        mark, wide = frame.notice(0.0, bottom)
        said += [frame.moved(shape, margin + wide, -4.0) for shape in mark]
        bottom += 32
    return said, bottom
