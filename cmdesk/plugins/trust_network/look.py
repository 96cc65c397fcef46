"""The colours of the picture in the theme in force, or on paper."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from PySide6.QtGui import QColor

from cmdesk.api import palette


@dataclass(frozen=True)
class Look:
    """`dark`, and tokens that stand over those of `palette`."""

    dark: bool = False
    over: Mapping[str, str] | None = None

    def colour(self, token: str) -> QColor:
        """A token or "#rrggbb", with an optional cover ("accent/20")."""
        name, _slash, cover = token.partition("/")
        value = self.over[name] if self.over and name in self.over else palette.resolve(name, self.dark)
        found = QColor(value[:7])
        if cover:
            found.setAlphaF(int(cover) / 100)
        return found

    def mixed(self, token: str, share: float, ground: str = "surface") -> QColor:
        """The colour over its ground as an opaque colour: opaque lines are drawn many times faster than those that let through."""
        one, other = self.colour(token), self.colour(ground)
        return _mixed(one.rgb(), other.rgb(), share)


@cache
def _mixed(one: int, other: int, share: float) -> QColor:
    front, back = QColor(one), QColor(other)
    pairs = ((front.red(), back.red()), (front.green(), back.green()), (front.blue(), back.blue()))
    red, green, blue = (round(f * share + b * (1 - share)) for f, b in pairs)
    return QColor(red, green, blue)
