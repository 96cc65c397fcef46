"""The position chart: each group a dot at size × density of trust, the region that each goal asks for behind it (from the goal model)."""

from __future__ import annotations

import math

from cmdesk.core.drawing import Circle, Drawing, Path, Rect, Shape, Text
from cmdesk.core.goal_model import Goal
from cmdesk.core.reports import GroupLine, Report
from cmdesk.core.text import _

_WIDTH, _HEIGHT = 960.0, 620.0
_LEFT, _TOP, _RIGHT, _BOTTOM = 72.0, 84.0, 190.0, 84.0
_LARGEST = 100_000.0
_CONTACTS, _STRONG = 15, 0.5
_TINTS = ("#3b6ea5", "#8a6d3b", "#2e7d6b", "#7a4f9a", "#b0563c", "#4d7c2a", "#a23b72", "#5a6472")


def compose(report: Report, *, competence: bool = False) -> Drawing:
    """Groups of `report` by size (log scale) and mean trust: relational D_R, or competence trust with `competence`. Hidden groups are counted, never drawn."""
    shown = [(line, value) for line in report.groups if line.people and (value := line.competence if competence else line.density) is not None]
    axis = _("competence trust") if competence else _("density of trust")
    shapes: list[Shape] = [Rect(x=0, y=0, width=_WIDTH, height=_HEIGHT, fill="surface")]
    shapes += [
        Text(x=_LEFT, y=34, text=_("Position of groups: size and {axis}").format(axis=axis), size=18, bold=True),
        Text(x=_LEFT, y=54, text=_("{community} · {as_of} · {window_days} days").format(community=report.community, as_of=report.as_of, window_days=report.window_days), size=12, colour="muted"),
    ]
    if report.simulated:
        shapes.append(Text(x=_LEFT, y=72, text=_("Simulated: people and messages are invented."), size=12, colour="accent", bold=True))
    for place, goal in enumerate(report.model.goals.values()):
        shapes += _region(goal, _TINTS[place % len(_TINTS)], place, flat=competence)
    shapes += _axes(axis)
    if not competence:
        shapes.append(_contacts_line())
    shapes += _dots(shown)
    missing = sum(line.hidden for line in report.groups)
    shapes.append(
        Text(x=_LEFT, y=_HEIGHT - 16, size=11, colour="muted", text=_("{n} groups drawn; {missing} not shown (fewer than 5 people, or telling of such a group).").format(n=len(shown), missing=missing))
    )
    rows = [(line.path, str(line.people), f"{value:.3f}") for line, value in shown]
    return Drawing(
        width=_WIDTH, height=_HEIGHT, title=_("Position of groups: size and {axis}").format(axis=axis), shapes=tuple(shapes), table=((_("group"), _("people"), axis), *rows)
    )


def _x(size: float) -> float:
    return _LEFT + (_WIDTH - _LEFT - _RIGHT) * math.log(min(max(size, 1.0), _LARGEST)) / math.log(_LARGEST)


def _y(value: float) -> float:
    return _HEIGHT - _BOTTOM - (_HEIGHT - _TOP - _BOTTOM) * min(max(value, 0.0), 1.0)


def _region(goal: Goal, tint: str, place: int, *, flat: bool) -> list[Shape]:
    """Where a goal stands; on the competence axis only its size is drawn, because the model says nothing of the other."""
    (low, high), (thin, dense) = goal.position.size, (0.0, 1.0) if flat else goal.position.density
    top = _TOP + 8 + place * 22
    label_x = _WIDTH - _RIGHT + 20
    return [
        Rect(
            x=_x(low), y=_y(dense), width=max(_x(high) - _x(low), 2.0), height=max(_y(thin) - _y(dense), 2.0), fill=tint + "14", stroke=tint + "66",
            radius=4, tip=_("{title}: {low:,.0f}–{high:,.0f} people, {thin:.2f}–{dense:.2f}").format(title=goal.title, low=low, high=high, thin=thin, dense=dense),
        ),
        Rect(x=label_x, y=top, width=14, height=14, fill=tint + "33", stroke=tint, radius=3),
        Text(x=label_x + 20, y=top + 11, text=goal.title, size=12, room=_RIGHT - 44),
    ]  # fmt: skip


def _axes(axis: str) -> list[Shape]:
    shapes: list[Shape] = []
    for value in (0.0, 0.2, 0.4, 0.6, 0.8, 1.0):
        shapes.append(Path(points=((_LEFT, _y(value)), (_WIDTH - _RIGHT, _y(value))), stroke="line"))
        shapes.append(Text(x=_LEFT - 8, y=_y(value) + 4, text=f"{value:.1f}", size=11, colour="muted", anchor="end"))
    for size in (1, 10, 100, 1_000, 10_000, 100_000):
        shapes.append(Path(points=((_x(size), _y(0)), (_x(size), _y(0) + 5)), stroke="muted"))
        shapes.append(Text(x=_x(size), y=_y(0) + 20, text=f"{size:,}", size=11, colour="muted", anchor="middle"))
    middle = (_LEFT + _WIDTH - _RIGHT) / 2
    shapes.append(Text(x=middle, y=_y(0) + 40, text=_("active people (logarithmic)"), size=12, colour="muted", anchor="middle"))
    shapes.append(Text(x=20, y=(_TOP + _y(0)) / 2, text=axis, size=12, colour="muted", anchor="middle", angle=-90))
    return shapes


def _contacts_line() -> Shape:
    """The density if everyone kept 15 contacts at the strong edge: it falls with size by arithmetic alone."""
    sizes = [math.exp(k * math.log(_LARGEST) / 60) for k in range(61)]
    points = tuple((_x(size), _y(_CONTACTS * _STRONG / (size - 1))) for size in sizes if size > 1 + _CONTACTS * _STRONG)
    return Path(points=points, stroke="muted", dash=(2, 4), tip=_("density if everyone kept 15 strong contacts"))


def _dots(shown: list[tuple[GroupLine, float]]) -> list[Shape]:
    """Dots, and labels where they fit: the largest groups first, none over another label."""
    shapes: list[Shape] = []
    taken: list[tuple[float, float, float, float]] = []
    for line, value in sorted(shown, key=lambda pair: (-(pair[0].people or 0), pair[0].path)):
        x, y = _x(float(line.people or 1)), _y(value)
        tip = _("{path}: {people} people, {value:.3f}").format(path=line.path, people=line.people, value=value)
        shapes.append(Circle(x=x, y=y, radius=5, fill="accent", stroke="surface", tip=tip, target=f"group:{line.id}"))
        wide = min(len(line.name) * 7.0 + 6, 160.0)
        box = (x + 8, y - 8, x + 8 + wide, y + 6)
        if box[2] < _WIDTH - _RIGHT and not any(_touch(box, other) for other in taken):
            taken.append(box)
            shapes.append(Text(x=x + 9, y=y + 4, text=line.name, size=11, room=wide))
    return shapes


def _touch(one: tuple[float, float, float, float], other: tuple[float, float, float, float]) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
