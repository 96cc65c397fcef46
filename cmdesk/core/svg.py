"""A Drawing as SVG text: the same bytes for the same drawing, every text escaped, no script, no link, no address of a person."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable

from cmdesk.core import lettering, palette
from cmdesk.core.drawing import Arc, Circle, Drawing, Path, Rect, Shape, Text

_FACES = "Inter, 'Noto Sans', 'Open Sans', 'Segoe UI', 'Helvetica Neue', 'Liberation Sans', Arial, sans-serif"
_FOREIGN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # what XML 1.0 cannot hold
_ENTITIES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;", "\n": "&#10;", "\r": "&#13;", "\t": "&#9;"})


def text(drawing: Drawing, *, dark: bool = False, scale: float = 1.0) -> str:
    """The whole file. Tips become titles (shown on hover); targets are left out."""
    wide, high = _number(drawing.width * scale), _number(drawing.height * scale)
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{wide}" height="{high}" '
        f'viewBox="0 0 {_number(drawing.width)} {_number(drawing.height)}" role="img" font-family="{_FACES}">'
    )
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', head, f"<title>{escaped(drawing.title)}</title>"]
    if drawing.table:
        lines.append(f"<desc>{escaped('; '.join(' | '.join(row) for row in drawing.table))}</desc>")
    lines.append(f'<rect width="{_number(drawing.width)}" height="{_number(drawing.height)}"{_paint("fill", "surface", dark)}/>')
    lines += [_element(shape, dark) for shape in drawing.shapes]
    return "\n".join([*lines, "</svg>", ""])


def escaped(words: str) -> str:
    """Text that stays text inside XML; characters that XML cannot hold are left out."""
    return _FOREIGN.sub("", words).translate(_ENTITIES)


def _element(shape: Shape, dark: bool) -> str:
    if isinstance(shape, Text):
        return _lettering(shape, dark)
    if isinstance(shape, Rect):
        name, body = "rect", _pairs(x=shape.x, y=shape.y, width=shape.width, height=shape.height, rx=shape.radius)
        body += _fill_and_stroke(shape.fill, shape.stroke, shape.line, (), dark)
    elif isinstance(shape, Circle):
        name, body = "circle", _pairs(cx=shape.x, cy=shape.y, r=shape.radius)
        body += _fill_and_stroke(shape.fill, shape.stroke, shape.line, shape.dash, dark)
    elif isinstance(shape, Arc):
        name, body = "path", f' d="{_arc(shape)}"' + _fill_and_stroke("", shape.colour, shape.width, (), dark)
    else:
        name, body = "path", f' d="{_path(shape)}"' + _fill_and_stroke(shape.fill, shape.stroke, shape.line, shape.dash, dark)
        body += ' stroke-linejoin="round" stroke-linecap="round"' if not shape.dash else ""
    return f"<{name}{body}><title>{escaped(shape.tip)}</title></{name}>" if shape.tip else f"<{name}{body}/>"


def _lettering(shape: Text, dark: bool) -> str:
    body = _pairs(x=shape.x, y=shape.y) + f' font-size="{_number(shape.size)}"' + _paint("fill", shape.colour, dark)
    body += f' text-anchor="{shape.anchor}"' if shape.anchor != "start" else ""
    body += ' font-weight="600"' if shape.bold else ""
    body += f' transform="rotate({_number(shape.angle)} {_number(shape.x)} {_number(shape.y)})"' if shape.angle else ""
    words = escaped(lettering.cut(shape.text, shape.room, shape.size, shape.bold))
    title = f"<title>{escaped(shape.tip)}</title>" if shape.tip else ""
    return f"<text{body}>{title}{words}</text>"


def _fill_and_stroke(fill: str, stroke: str, line: float, dash: Iterable[float], dark: bool) -> str:
    body = _paint("fill", fill, dark)
    if stroke:
        body += _paint("stroke", stroke, dark) + f' stroke-width="{_number(line)}"'
        marks = " ".join(_number(mark) for mark in dash)
        body += f' stroke-dasharray="{marks}"' if marks else ""
    return body


def _paint(name: str, colour: str, dark: bool) -> str:
    value = palette.resolve(colour, dark)
    if not value:
        return f' {name}="none"'
    if len(value) == 9:
        return f' {name}="{value[:7]}" {name}-opacity="{_number(int(value[7:], 16) / 255)}"'
    return f' {name}="{value}"'


def _path(shape: Path) -> str:
    points = [f"{_number(x)} {_number(y)}" for x, y in shape.points]
    if shape.curve:
        parts = [f"M{points[0]}", *(f"C{points[k]} {points[k + 1]} {points[k + 2]}" for k in range(1, len(points) - 2, 3))]
    else:
        parts = [f"M{points[0]}", *(f"L{point}" for point in points[1:])]
    return "".join(parts) + ("Z" if shape.closed else "")


def _arc(shape: Arc) -> str:
    sweep = min(shape.sweep, 359.99)  # a full turn would end where it starts and show nothing
    start, end = _on_ring(shape, shape.start), _on_ring(shape, shape.start + sweep)
    return f"M{start}A{_number(shape.radius)} {_number(shape.radius)} 0 {int(sweep > 180)} 1 {end}"


def _on_ring(shape: Arc, degrees: float) -> str:
    turn = math.radians(degrees)
    return f"{_number(shape.x + shape.radius * math.sin(turn))} {_number(shape.y - shape.radius * math.cos(turn))}"


def _pairs(**values: float) -> str:
    return "".join(f' {name}="{_number(value)}"' for name, value in values.items() if value or name != "rx")


def _number(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".") if round(value, 2) else "0"
