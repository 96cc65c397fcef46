"""The legend: what colours and shapes mean, then what the signs mean. The same shapes stand beside the picture in the window and in every export."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from cmdesk.api import _, drawing, lettering, ngettext

from . import standing_out

if TYPE_CHECKING:
    from .keys import Key
    from .scene import Scene

WIDTH = 230.0
"""Room that a legend takes at the side, at scale 1."""
_ROW = 19.0
_MOST = 48


def title(scene: Scene) -> str:
    """What the colours stand for."""
    return {
        "unit": _("Departments"), "group": _("Groups"), "circle": _("Circles"), "verdict": _("Verdict of the group"), "role": _("Roles"),
    }[scene.choice.colour]  # fmt: skip


def compose(scene: Scene, *, width: float = WIDTH, most: int = _MOST) -> drawing.Drawing:
    """The legend as a drawing; targets are "key:" and the row of the key."""
    shapes: list[drawing.Shape] = [drawing.Text(x=12, y=22, text=title(scene), size=13, bold=True)]
    y = 44.0
    used = [(row, key) for row, key in enumerate(scene.keys) if key.people or row < len(scene.keys) - 1]
    for row, key in used[:most] if len(used) <= most else [*used[: most - 1], used[-1]]:
        shapes += mark(key, 20, y - 4, f"key:{row}")
        words = lettering.wrap(f"{key.words} ({key.people:,})", (width - 44) / lettering.LOOSE, 12, lines=4)
        shapes += [drawing.Text(x=34, y=y + 15 * n, text=line, size=12, target=f"key:{row}") for n, line in enumerate(words)]
        y += 15 * (len(words) - 1) + _ROW
    if len(used) > most:
        left = len(used) - most
        shapes.append(drawing.Text(x=34, y=y, text=ngettext("and {n} more", "and {n} more", left).format(n=left), size=12, colour="muted"))
        y += _ROW
    for heading, sentences in ((_("What stands out"), standing_out.sentences(scene)), (_("Signs"), _signs(scene))):
        written, y = _sentences(heading, sentences, y + 12, width)
        shapes += written
    return drawing.Drawing(width=width, height=y, title=_("Legend"), shapes=tuple(shapes), table=_table(scene))


def _sentences(heading: str, sentences: Sequence[str], y: float, width: float) -> tuple[list[drawing.Shape], float]:
    """Sentences under a heading from `y` on, and where they end."""
    if not sentences:
        return [], y
    shapes: list[drawing.Shape] = [drawing.Text(x=12, y=y, text=heading, size=12, bold=True)]
    y += 18
    for sentence in sentences:
        for line in lettering.wrap(sentence, (width - 24) / lettering.LOOSE, 11, lines=6):
            shapes.append(drawing.Text(x=12, y=y, text=line, size=11, colour="muted"))
            y += 15
        y += 4
    return shapes, y


def _table(scene: Scene) -> tuple[tuple[str, ...], ...]:
    heads = (title(scene), _("People"), _("Shape"))
    shapes = {"circle": _("circle"), "square": _("square"), "diamond": _("diamond"), "triangle": _("triangle")}
    return (heads, *((key.words, str(key.people), shapes[key.shape]) for key in scene.keys))


def mark(key: Key, x: float, y: float, target: str = "") -> list[drawing.Shape]:
    """The mark of a key as a shape."""
    radius = 6.0
    tip = f"{key.words}: {key.people}"
    if key.shape == "square":
        side = radius * 0.88
        return [drawing.Rect(x=x - side, y=y - side, width=2 * side, height=2 * side, fill=key.colour, tip=tip, target=target)]
    reach = radius * 1.2
    if key.shape == "diamond":
        corners = ((x, y - reach), (x + reach, y), (x, y + reach), (x - reach, y))
        return [drawing.Path(points=corners, stroke="", fill=key.colour, closed=True, tip=tip, target=target)]
    if key.shape == "triangle":
        points = ((x, y - reach), (x + reach, y + reach * 0.8), (x - reach, y + reach * 0.8))
        return [drawing.Path(points=points, stroke="", fill=key.colour, closed=True, tip=tip, target=target)]
    return [drawing.Circle(x=x, y=y, radius=radius, fill=key.colour, tip=tip, target=target)]


def _signs(scene: Scene) -> tuple[str, ...]:
    """What lines, rings and sizes mean."""
    strong = _("A thick line is a strong tie, a thin one a weak tie.")
    size = {
        "none": _("A mark is a person; all are drawn alike."), "contacts": _("A larger mark has more contacts."),
        "posts": _("A larger mark wrote more in the period."),
    }["none" if scene.names else scene.choice.size]  # fmt: skip
    if scene.choice.layout != "circles":
        return (_("People who stand near each other have contacts in common."), strong, size)
    return (
        _("Tinted: a department, with the circles of which at least 80 % belong to it."),
        _("Ring: a circle that mixes departments, and its mix."),
        _("Dashed: a small circle (under 5 people), without people and ties."),
        _("Band: trust between circles, the wider the more."),
        strong, size,
    )  # fmt: skip
