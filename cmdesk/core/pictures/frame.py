"""What every picture has: title, where and when, the notice on invented people, the verdict's shape, a legend, notes under it."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from cmdesk.core import lettering
from cmdesk.core.drawing import Arc, Circle, Path, Rect, Shape, Text
from cmdesk.core.text import _

MARGIN = 32.0
"""Free space around a picture."""
VERDICTS = ("fits", "partly", "not_yet", "no_verdict")
_SMALL = 12.0


def word(verdict: str) -> str:
    """A verdict in the user's words."""
    return {"fits": _("Fits"), "partly": _("Partly"), "not_yet": _("Not yet")}.get(verdict, _("No verdict"))


def heading(title: str, below: str, width: float, simulated: bool) -> tuple[list[Shape], float]:
    """Title, the line under it and the notice on invented data; returns the shapes and where the picture may begin."""
    shapes: list[Shape] = []
    room = width - 2 * MARGIN
    if simulated:
        mark, wide = notice(width - MARGIN, MARGIN - 4)
        shapes += mark
        room -= wide + 16
    shapes.append(Text(x=MARGIN, y=MARGIN + 16, text=title, size=22, bold=True, room=room))
    shapes.append(Text(x=MARGIN, y=MARGIN + 38, text=below, size=13, colour="muted", room=width - 2 * MARGIN))
    return shapes, MARGIN + 62


def notice(right: float, top: float) -> tuple[list[Shape], float]:
    """The mark on invented data, ending at `right`; returns its shapes and its width. It stands on every picture of a simulated community."""
    words = _("Simulated: these people were invented")
    wide = lettering.width(words, _SMALL, bold=True) * lettering.LOOSE + 28
    return [
        Rect(x=right - wide, y=top, width=wide, height=26, fill="partly_back", stroke="partly", radius=13),
        Text(x=right - wide / 2, y=top + 17, text=words, size=_SMALL, colour="partly", anchor="middle", bold=True),
    ], wide


def goal_title(title: str, name: str = "") -> str:
    """A goal in the goal model's words, translated where they are the shipped ones; without any, its name."""
    return _(title) if title else name.replace("_", " ").capitalize()


def glyph(verdict: str, x: float, y: float, radius: float, colour: str = "") -> list[Shape]:
    """A verdict as a shape that needs no colour: filled circle, half circle, ring, dash; around (x, y)."""
    paint = colour or (verdict if verdict in VERDICTS else "no_verdict")
    line = max(1.5, radius * 0.24)
    ring = Circle(x=x, y=y, radius=radius - line / 2, stroke=paint, line=line)
    if verdict == "fits":
        return [Circle(x=x, y=y, radius=radius, fill=paint)]
    if verdict == "partly":
        inner = radius - line / 2
        return [Arc(x=x, y=y, radius=inner / 2, width=inner, start=180, sweep=180, colour=paint), ring]
    if verdict == "not_yet":
        return [ring]
    return [Path(points=((x - radius * 0.8, y), (x + radius * 0.8, y)), stroke=paint, line=line)]


def legend(x: float, y: float, entries: Sequence[tuple[list[Shape], str]], room: float) -> tuple[list[Shape], float]:
    """Keys drawn around (0, 0), each with its words, in as many lines as `room` asks for; returns the shapes and the y below them."""
    shapes: list[Shape] = []
    across = x
    for key, words in entries:
        wide = lettering.width(words, _SMALL) + 40
        if across > x and across + wide - 20 > x + room:
            across, y = x, y + 24
        shapes += [moved(shape, across + 8, y) for shape in key]
        shapes.append(Text(x=across + 22, y=y + 4, text=words, size=_SMALL, colour="muted", room=room - 24))
        across += wide + 4
    return shapes, y + 24


def notes(x: float, y: float, lines: Sequence[str], room: float) -> tuple[list[Shape], float]:
    """Small print, wrapped; returns the shapes and the y below it."""
    shapes: list[Shape] = []
    for line in lines:
        for part in lettering.wrap(line, room, _SMALL, lines=4):
            shapes.append(Text(x=x, y=y, text=part, size=_SMALL, colour="muted", room=room))
            y += 18
    return shapes, y


def moved(shape: Shape, by_x: float, by_y: float) -> Shape:
    """The same shape elsewhere."""
    if isinstance(shape, Path):
        return msgspec.structs.replace(shape, points=tuple((x + by_x, y + by_y) for x, y in shape.points))
    return msgspec.structs.replace(shape, x=shape.x + by_x, y=shape.y + by_y)
