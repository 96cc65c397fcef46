"""The picture of Q1: the circles' two shares, and the circles by size and trust."""

from __future__ import annotations

import msgspec

from cmdesk.api import Finding, _, drawing

from . import charts
from .telling import told

_TOP, _HIGH = 190.0, 200.0
_LEFT, _RIGHT = 90.0, 60.0


def draw(finding: Finding) -> Finding:
    """The same finding with its picture."""
    figures = {figure.name: figure for figure in finding.figures}
    shares = [figures["share_work"], figures["share_all"]]
    shapes, below = charts.bars(shares, 66, ("accent", "edge"))
    shapes += _circles(finding)
    lift = figures["lift"]
    if lift.value is not None:
        said = _("Lift {value}: {word}.").format(value=told(lift), word=lift.word)
        shapes.append(drawing.Text(x=charts.LEFT, y=below + 16, text=said, size=12, colour="muted", room=charts.WIDTH - 48))
    title = _("Do small expertise groups carry the work?")
    table = [(figure.title, told(figure), f"n {figure.n}") for figure in finding.figures]
    picture = charts.picture(title, shapes, _TOP + _HIGH + 60, [*table, *finding.table])
    return msgspec.structs.replace(finding, picture=picture)


def _circles(finding: Finding) -> list[drawing.Shape]:
    """A dot for each circle that may be shown: people across, mean trust inside upwards."""
    rows = finding.table[1:]
    right, bottom = charts.WIDTH - _RIGHT, _TOP + _HIGH
    shapes: list[drawing.Shape] = []

    def x(people: float) -> float:
        return _LEFT + (right - _LEFT) * (people - 3) / 12

    def y(trust: float) -> float:
        return bottom - _HIGH * min(trust, 1.0)

    for trust in (0.0, 0.5, 1.0):
        shapes.append(drawing.Path(points=((_LEFT, y(trust)), (right, y(trust))), stroke="line"))
        shapes.append(drawing.Text(x=_LEFT - 8, y=y(trust) + 4, text=f"{trust:.1f}", size=11, colour="muted", anchor="end"))
    shapes += [drawing.Text(x=x(n), y=bottom + 18, text=str(n), size=11, colour="muted", anchor="middle") for n in range(3, 16, 2)]
    shapes.append(drawing.Text(x=(_LEFT + right) / 2, y=bottom + 38, text=_("people in the circle"), size=12, colour="muted", anchor="middle"))
    shapes.append(drawing.Text(x=_LEFT - 44, y=(_TOP + bottom) / 2, text=_("trust inside"), size=12, colour="muted", anchor="middle", angle=-90))
    for row in rows:
        name, people, trust = (float(value or 0) for value in row[:3])
        tip = _("circle {name}: {people} people, trust {trust}").format(name=f"{name:.0f}", people=f"{people:.0f}", trust=f"{trust:.2f}")
        shapes.append(drawing.Circle(x=x(people), y=y(trust), radius=6, fill="accent/60", stroke="accent", tip=tip, target=f"circle:{name:.0f}"))
    circles = next((figure.n for figure in finding.figures if figure.name == "circles"), 0)
    if circles > len(rows):
        note = _("{n} circles under five people are counted and not drawn.").format(n=circles - len(rows))
        shapes.append(drawing.Text(x=charts.LEFT, y=bottom + 56, text=note, size=11, colour="muted"))
    return shapes
