"""Which groups are hidden: those of too few people, and as few others as it takes that no number of theirs can be had by subtraction.

Groups lie in each other, so what a report says of a group, less what it says of the groups inside it, is a number about the rest: about
those who wrote in the group itself or in hidden groups inside it. Where a hidden group is part of a rest, the people of that rest must be
at least five, or the smallest shown group beside it is hidden as well (complementary suppression: Hundepool et al. 2012, Statistical
Disclosure Control, ch. 4). Rests do not overlap, and every sum of shown numbers is a sum of rests, so that is enough.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from cmdesk.core.activity import activity
from cmdesk.core.visibility import BESIDE_SMALL, HIDDEN_BELOW, TOO_SMALL, hidden

if TYPE_CHECKING:
    from cmdesk.core.snapshot import Snapshot


def reasons(snapshot: Snapshot) -> list[str]:
    """For each group "" where it may be shown, else why not: TOO_SMALL or BESIDE_SMALL of core.visibility. The same for every assessment of
    one snapshot, whichever groups are asked for."""
    if "suppression" not in snapshot.kept:
        snapshot.kept["suppression"] = _Tree(snapshot).why
    found: list[str] = snapshot.kept["suppression"]
    return found


class _Tree:
    """The groups with the people behind them; `why` as `reasons` gives it. The smallest group beside a hidden one is hidden until no rest
    tells of fewer than five."""

    def __init__(self, snapshot: Snapshot) -> None:
        groups = snapshot.groups
        self._count = len(groups)
        self._has_channel = groups.has_channel.tolist()
        self._children: list[list[int]] = [[] for _group in range(self._count)]
        for group, above in enumerate(groups.parent.tolist()):
            if above >= 0 and above != group:
                self._children[above].append(group)
        seen = activity(snapshot)
        self._own, self._active = seen.wrote, seen.members
        roster = [len(groups.roster[group]) for group in range(self._count)]
        self._everybody = roster[0] if roster else 0
        self.why = [TOO_SMALL if hidden(len(active), size) else "" for active, size in zip(self._active, roster, strict=True)]
        going = True
        while going:
            going = any([self._complete(group, channel) for group in range(self._count) for channel in (True, False) if not self.why[group]])

    def _complete(self, group: int, channel: bool) -> bool:
        """Hide one more group inside the shown `group` if its rest is too small; groups with a channel and those of a roster only are two
        ways to divide it. True if one was hidden."""
        gone, shown = self._inside(group, channel)
        if not any((self._own if channel else self._active)[inner] for inner in gone):
            return False
        if channel:
            rest = self._own[group].union(*(self._own[inner] for inner in gone))
        else:
            rest = self._active[group].difference(*(self._active[inner] for inner in shown))
        if not shown or not 0 < len(rest) < HIDDEN_BELOW:
            return False
        smallest = min(shown, key=lambda inner: (len(self._active[inner]) or self._everybody + 1, inner))
        self.why[smallest] = BESIDE_SMALL
        return True

    def _inside(self, group: int, channel: bool) -> tuple[list[int], list[int]]:
        """The hidden groups inside `group` down to the first shown ones, and these."""
        gone, shown, todo, seen = list[int](), list[int](), list(self._children[group]), {group}
        while todo:
            inner = todo.pop()
            if inner in seen:
                continue
            seen.add(inner)
            if self._has_channel[inner] == channel:
                (gone if self.why[inner] else shown).append(inner)
            if self.why[inner] or self._has_channel[inner] != channel:
                todo += self._children[inner]
        return gone, shown
