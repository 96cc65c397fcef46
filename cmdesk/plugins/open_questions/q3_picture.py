"""The picture of Q3: how often answers helped in four kinds of pairs, and how closeness and recognition go together."""

from __future__ import annotations

import msgspec

from cmdesk.api import Finding, _, drawing

from . import charts
from .telling import titled, told

_TOP, _LEFT = 96.0, 190.0
_WIDE, _HIGH, _GAP = 200.0, 92.0, 8.0


def draw(finding: Finding) -> Finding:
    """The same finding with its picture."""
    figures = {figure.name: figure for figure in finding.figures}
    shapes: list[drawing.Shape] = []
    for row, (closeness, heading) in enumerate((("high", _("close before")), ("low", _("not close before")))):
        y = _TOP + (_HIGH + _GAP) * row
        shapes.append(drawing.Text(x=_LEFT - 14, y=y + _HIGH / 2 + 4, text=heading, size=12, colour="muted", anchor="end"))
        for column, ability in enumerate(("low", "high")):
            shapes += charts.square(_LEFT + (_WIDE + _GAP) * column, y, (_WIDE, _HIGH), figures[f"{closeness}_{ability}"])
    for column, heading in enumerate((_("competence not seen"), _("competence seen"))):
        x = _LEFT + (_WIDE + _GAP) * column + _WIDE / 2
        shapes.append(drawing.Text(x=x, y=_TOP - 10, text=heading, size=12, colour="muted", anchor="middle"))
    low = _TOP + 2 * (_HIGH + _GAP) + 20
    note = _("Share of answers that the asker accepted or thanked for, by what the pair was before the question")
    shapes.append(drawing.Text(x=charts.LEFT, y=low, text=note, size=12, colour="muted", room=charts.WIDTH - 48))
    for k, name in enumerate(("effect_competence", "effect_relation", "rho")):
        figure = figures[name]
        shapes.append(drawing.Text(x=charts.LEFT, y=low + 22 * (k + 1), text=titled(figure), size=13, room=charts.WIDTH - 48, tip=figure.missing))
    table = [(figure.title, told(figure), f"n {figure.n}") for figure in finding.figures]
    title = _("Closeness or competence: what makes an answer help?")
    return msgspec.structs.replace(finding, picture=charts.picture(title, shapes, low + 80, [*table, *finding.table]))
