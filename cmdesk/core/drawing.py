"""A picture as plain shapes, so that the window, PNG and SVG draw the same thing and a test can read it without a screen.

Coordinates are pixels at scale 1, y grows downwards. Colours are "#rrggbb" or "#rrggbbaa" or a theme token ("text", "muted", "line",
"surface", "accent", "fits", "partly", "not_yet", "no_verdict" …, all in core.palette; "accent/20" covers 20 %) that the renderer resolves
for light or dark.
"""

from __future__ import annotations

import msgspec


class Rect(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    x: float
    y: float
    width: float
    height: float
    fill: str = ""
    stroke: str = ""
    line: float = 1.0
    radius: float = 0.0
    tip: str = ""
    target: str = ""


class Circle(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    x: float
    y: float
    radius: float
    fill: str = ""
    stroke: str = ""
    line: float = 1.0
    dash: tuple[float, ...] = ()
    tip: str = ""
    target: str = ""


class Arc(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    """Part of a ring, degrees clockwise from the top."""

    x: float
    y: float
    radius: float
    width: float
    start: float
    sweep: float
    colour: str
    tip: str = ""
    target: str = ""


class Path(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    """A line through points (a closed polygon with `closed`); `curve`: points are cubic Bézier (start, control, control, end)."""

    points: tuple[tuple[float, float], ...]
    stroke: str = "line"
    line: float = 1.0
    dash: tuple[float, ...] = ()
    fill: str = ""
    closed: bool = False
    curve: bool = False
    tip: str = ""
    target: str = ""


class Text(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    """`anchor` start, middle or end; (x, y) is on the base line; plain text always; cut with … at `room` pixels."""

    x: float
    y: float
    text: str
    size: float = 12.0
    colour: str = "text"
    anchor: str = "start"
    bold: bool = False
    room: float = 0.0
    angle: float = 0.0
    tip: str = ""
    target: str = ""


Shape = Rect | Circle | Arc | Path | Text


class Drawing(msgspec.Struct, frozen=True, kw_only=True):
    """Shapes from back to front. `target` of a shape ("group:3", "score:3:solve") is what a click on it means. `table` says the same in rows
    (first row: heads), for readers who do not see the picture."""

    width: float
    height: float
    title: str
    shapes: tuple[Shape, ...]
    table: tuple[tuple[str, ...], ...] = ()
