"""The picture of Q2: the two answer rates, and mixing over four quarters between the edges of the answer."""

from __future__ import annotations

import msgspec

from cmdesk.api import Finding, _, drawing

from . import charts
from .telling import titled, told

_TOP, _HIGH = 190.0, 150.0


def draw(finding: Finding) -> Finding:
    """The same finding with its picture."""
    figures = {figure.name: figure for figure in finding.figures}
    shapes, below = charts.bars([figures["cross"], figures["within"]], 66, ("accent", "edge"))
    ratio = figures["ratio"]
    if ratio.value is not None:
        said = _("Across ÷ within: {value}; from .8 it works, under .5 it is a big challenge.").format(value=told(ratio))
        shapes.append(drawing.Text(x=charts.LEFT, y=below + 10, text=said, size=12, colour="muted", room=charts.WIDTH - 48))
    for k, line in enumerate((_("Mixing of ties"), _("at the end of four quarters"), _("(1 = as chance would)"))):
        shapes.append(drawing.Text(x=charts.LEFT, y=_TOP + 20 + 17 * k, text=line, size=13 if not k else 12, colour="muted" if k else "text"))
    points = [(str(row[0]), row[1] if isinstance(row[1], float) else None) for row in finding.table[1:]]
    shapes += charts.trend(points, ((0.3, _("0.3 big challenge")), (0.6, _("0.6 works"))), _TOP, _HIGH)
    low = _TOP + _HIGH + 48
    for k, name in enumerate(("hours_difference", "wide", "sim", "survival")):
        figure = figures[name]
        x = charts.LEFT + (charts.WIDTH - 48) / 2 * (k % 2)
        shapes.append(drawing.Text(x=x, y=low + 20 * (k // 2), text=titled(figure), size=12, colour="muted", room=(charts.WIDTH - 48) / 2 - 12, tip=figure.missing))
    table = [(figure.title, told(figure), f"n {figure.n}") for figure in finding.figures]
    title = _("Does sharing across departments work?")
    return msgspec.structs.replace(finding, picture=charts.picture(title, shapes, low + 30, [*table, *finding.table]))
