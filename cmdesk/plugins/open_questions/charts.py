"""The few shapes that the three pictures are made of."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from cmdesk.api import Drawing, Figure, _, drawing

from .telling import percent, titled, told

WIDTH = 720.0
LEFT = 24.0
_LABEL, _BAR = 250.0, 270.0


def picture(title: str, shapes: Sequence[drawing.Shape], height: float, table: Sequence[Sequence[object]]) -> Drawing:
    """A picture with its title above it; `height` is where the shapes end. Each text is one message, so that it can be told in another language."""
    head = drawing.Text(x=LEFT, y=34, text=title, size=18, bold=True, room=WIDTH - 2 * LEFT)
    rows = tuple(tuple(_cell(value) for value in row) for row in table)
    return Drawing(width=WIDTH, height=height + 20, title=title, shapes=(head, *shapes), table=rows)


def _cell(value: object) -> str:
    if value is None:
        return "–"
    return f"{value:.3g}".replace("-", "−") if isinstance(value, float) else str(value)


def bars(figures: Sequence[Figure], top: float, colours: Sequence[str]) -> tuple[list[drawing.Shape], float]:
    """One bar of 0–100 % for each share, with its interval; returns the shapes and the y below them."""
    shapes: list[drawing.Shape] = []
    for k, (figure, colour) in enumerate(zip(figures, colours, strict=True)):
        y = top + 40 * k
        shapes.append(drawing.Text(x=LEFT, y=y + 16, text=figure.title, size=13, room=_LABEL - 12))
        shapes.append(drawing.Rect(x=LEFT + _LABEL, y=y, width=_BAR, height=22, fill="window", radius=4))
        tip = titled(figure)
        if figure.value is not None:
            shapes.append(drawing.Rect(x=LEFT + _LABEL, y=y, width=_BAR * min(1.0, figure.value), height=22, fill=colour, radius=4, tip=tip))
        if figure.low is not None and figure.high is not None:
            shapes += whisker(LEFT + _LABEL + _BAR * min(1.0, figure.low), LEFT + _LABEL + _BAR * min(1.0, figure.high), y + 11)
        said = told(figure) if figure.value is not None else _("not known")
        shapes.append(drawing.Text(x=LEFT + _LABEL + _BAR + 12, y=y + 16, text=said, size=12, colour="muted", room=WIDTH - _LABEL - _BAR - 2 * LEFT - 12))
    return shapes, top + 40 * len(figures)


def whisker(low: float, high: float, y: float) -> list[drawing.Shape]:
    """An interval."""
    return [
        drawing.Path(points=((low, y), (high, y)), stroke="text", line=1.5),
        drawing.Path(points=((low, y - 4), (low, y + 4)), stroke="text", line=1.5),
        drawing.Path(points=((high, y - 4), (high, y + 4)), stroke="text", line=1.5),
    ]


def trend(points: Sequence[tuple[str, float | None]], edges: Sequence[tuple[float, str]], top: float, height: float) -> list[drawing.Shape]:
    """Values at quarters as a line; `edges` are values with a name, drawn across."""
    known = [value for _label, value in points if value is not None]
    most = max([*known, *(edge for edge, _name in edges)], default=1.0) * 1.15 or 1.0
    left, right = LEFT + _LABEL, LEFT + _LABEL + _BAR

    def y(value: float) -> float:
        return top + height * (1 - value / most)

    shapes: list[drawing.Shape] = [drawing.Path(points=((left, y(0)), (right, y(0))), stroke="edge")]
    for edge, name in edges:
        shapes.append(drawing.Path(points=((left, y(edge)), (right, y(edge))), stroke="muted", dash=(3, 4)))
        shapes.append(drawing.Text(x=right + 12, y=y(edge) + 4, text=name, size=11, colour="muted", room=WIDTH - right - LEFT - 12))
    step = (right - left - 40) / max(len(points) - 1, 1)
    places = [(left + 20 + step * k, value, label) for k, (label, value) in enumerate(points)]
    for (x, value, _a), (next_x, following, _b) in pairwise(places):
        if value is not None and following is not None:
            shapes.append(drawing.Path(points=((x, y(value)), (next_x, y(following))), stroke="accent", line=2))
    for x, value, label in places:
        shapes.append(drawing.Text(x=x, y=top + height + 16, text=label, size=11, colour="muted", anchor="middle"))
        if value is not None:
            shapes.append(drawing.Circle(x=x, y=y(value), radius=4, fill="accent", tip=f"{label}: {value:.2f}"))
            shapes.append(drawing.Text(x=x, y=y(value) - 9, text=f"{value:.2f}", size=11, anchor="middle"))
        else:
            shapes.append(drawing.Text(x=x, y=y(0) - 6, text="–", size=11, colour="muted", anchor="middle"))
    return shapes


def square(x: float, y: float, side: tuple[float, float], figure: Figure) -> list[drawing.Shape]:
    """One cell of the two-by-two table: the darker, the higher its share."""
    wide, high = side
    cover = 12 if figure.value is None else 12 + round(48 * figure.value)
    middle = x + wide / 2
    said = percent(figure.value) if figure.value is not None else "–"
    shapes: list[drawing.Shape] = [
        drawing.Rect(x=x, y=y, width=wide, height=high, fill=f"accent/{cover}", stroke="line", radius=6, tip=titled(figure)),
        drawing.Text(x=middle, y=y + high / 2 + 2, text=said, size=20, bold=True, anchor="middle"),
    ]  # fmt: skip
    if figure.low is not None and figure.high is not None:
        between = f"{percent(figure.low)} – {percent(figure.high)}"
        shapes.append(drawing.Text(x=middle, y=y + high / 2 + 20, text=between, size=11, colour="muted", anchor="middle"))
    shapes.append(drawing.Text(x=middle, y=y + high - 10, text=f"n {figure.n}", size=11, colour="muted", anchor="middle"))
    return shapes
