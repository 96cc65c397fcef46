"""Labels that find a place of their own: none over another, none outside the picture."""

from __future__ import annotations

from collections.abc import Sequence

from cmdesk.core import lettering
from cmdesk.core.drawing import Path, Rect, Shape, Text
from cmdesk.core.pictures import extent
from cmdesk.core.pictures.extent import Box

_AWAY = (4.0, 18.0, 36.0)
_TURNS = ((1.0, 0.0), (-1.0, 0.0), (0.7, -0.75), (-0.7, -0.75), (0.7, 0.75), (-0.7, 0.75), (0.0, -1.0), (0.0, 1.0))


class Places:
    """What is taken within `frame`."""

    def __init__(self, frame: Box) -> None:
        self.frame = frame
        self.taken: list[Box] = []

    def take(self, box: Box) -> None:
        """Nothing may be put over `box` any more."""
        self.taken.append(box)

    def free(self, box: Box, gap: float = 2.0) -> bool:
        """True if `box` lies within the frame and over nothing that is taken."""
        left, top, right, bottom = self.frame
        inside = box[0] >= left and box[1] >= top and box[2] <= right and box[3] <= bottom
        return inside and all(extent.apart(box, other, gap) for other in self.taken)

    def best(self, candidates: Sequence[Text], avoid: Sequence[Box] = (), before: float = 0.0) -> Text:
        """The candidate that lies over least: nothing that is taken, then as few of `avoid` as can be; the earlier wins. `before`: pixels at
        its left that belong to it."""

        def cost(text: Text) -> float:
            box = _loose(text, before)
            return 100.0 * (not self.free(box)) + sum(not extent.apart(box, other) for other in avoid)

        found = min(candidates, key=cost)
        self.take(_loose(found, before))
        return found

    def beside(self, x: float, y: float, radius: float, text: str, size: float, room: float, target: str = "", tip: str = "") -> list[Shape]:
        """A label near a dot, with a thin line to it where it stands away; nothing where there is no place."""
        words = lettering.cut(text, room, size)
        for away in _AWAY:
            for across, down in _TURNS:
                at_x, at_y = x + across * (radius + away), y + down * (radius + away)
                anchor = "start" if across > 0 else "end" if across < 0 else "middle"
                label = Text(
                    x=at_x, y=at_y + size * 0.35, text=words, size=size, anchor=anchor, room=room * lettering.LOOSE, target=target, tip=tip
                )
                if self.free(_loose(label)):
                    self.take(_loose(label))
                    left, top, right, bottom = extent.of(label)
                    back = Rect(x=left - 2, y=top, width=right - left + 4, height=bottom - top, fill="surface/70", radius=3)
                    lead = Path(points=((x + across * radius, y + down * radius), (at_x - 2 * across, at_y - 2 * down)), stroke="edge", line=0.8)
                    return [back, label] if away == _AWAY[0] else [lead, back, label]
        return []


def _loose(text: Text, before: float = 0.0) -> Box:
    """The box of a text in the widest of the usual faces."""
    left, top, right, bottom = extent.of(text)
    more = (right - left) * (lettering.LOOSE - 1.0)
    shift = {"start": (0.0, more), "middle": (more / 2, more / 2), "end": (more, 0.0)}[text.anchor]
    return left - shift[0] - before, top, right + shift[1], bottom
