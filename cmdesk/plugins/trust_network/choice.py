"""What one view of the network shows: everything that Back, Forward and a named view bring back. Plain data, kept in the file as JSON."""

from __future__ import annotations

from typing import Literal

import msgspec

Layout = Literal["circles", "free", "matrix"]
Colour = Literal["unit", "group", "circle", "verdict", "role"]
Overlay = Literal["", "both", "asked", "observed"]
Size = Literal["none", "contacts", "posts"]
TRUSTS = ("relational", "competence", "asked")
KINDS = ("reply", "mention", "accepted", "reaction", "together")
"""Kinds of exchange, in the order of the events' numbers."""


class Filter(msgspec.Struct, frozen=True):
    """Keeps people whose `field` (unit, group, circle or role) is `value`; filters of one field add up, those of different fields cut."""

    field: str
    value: str


class Choice(msgspec.Struct, frozen=True):
    """`trust` "": relational where there are messages, else asked; `overlay`: which asked ties, set against those in exchange ("": all). `threshold`: ties below are not drawn. `kinds`: the kinds of exchange (for
    asked ties the relations, empty for all) that count. `opened`: circles that show their inner ties, by a member's id each (ids stay, numbers of
    circles do not). `selected`: members' ids; `depth`: how many steps around them light up. `centre`, `scale`: the place looked at, 0: all of it."""

    layout: Layout = "circles"
    trust: str = ""
    threshold: float = 0.2
    kinds: tuple[str, ...] = KINDS
    relations: tuple[str, ...] = ()
    overlay: Overlay = ""
    colour: Colour = "unit"
    size: Size = "none"
    filters: tuple[Filter, ...] = ()
    opened: tuple[int, ...] = ()
    selected: tuple[int, ...] = ()
    depth: int = 1
    centre: tuple[float, float] = (0.0, 0.0)
    scale: float = 0.0


def text(choice: Choice) -> str:
    """A choice as it is kept."""
    return msgspec.json.encode(choice).decode()


def read(kept: str) -> Choice:
    """A kept choice; the first view where it cannot be read (another version wrote it)."""
    try:
        return msgspec.json.decode(kept, type=Choice)
    except msgspec.MsgspecError:
        return Choice()


class Trail:
    """Back and Forward through the views of one page."""

    def __init__(self, choice: Choice) -> None:
        self.now = choice
        self._back: list[Choice] = []
        self._ahead: list[Choice] = []

    def go(self, choice: Choice) -> None:
        """Another view; the one before can be gone back to."""
        if choice != self.now:
            self._back.append(self.now)
            del self._back[:-200]
            self._ahead.clear()
            self.now = choice

    def amend(self, choice: Choice) -> None:
        """The same view, moved a little: no step of its own."""
        self.now = choice

    def back(self) -> bool:
        """To the view before; False if there is none."""
        return self._step(self._back, self._ahead)

    def forward(self) -> bool:
        """To the view that Back left; False if there is none."""
        return self._step(self._ahead, self._back)

    def _step(self, source: list[Choice], other: list[Choice]) -> bool:
        if not source:
            return False
        other.append(self.now)
        self.now = source.pop()
        return True
