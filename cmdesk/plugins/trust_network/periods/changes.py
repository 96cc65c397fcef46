"""What changed between two periods: ties that are new, lost and kept, within and between departments, as rows of texts too."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from cmdesk.api import _, wording

from ..inspecting.telling import Naming

if TYPE_CHECKING:
    from cmdesk.api import Index, Ints

    from .frames import Frame

NEW, LOST, KEPT = "new", "lost", "kept"


@dataclass(frozen=True, eq=False)
class Changes:
    """Every pair that has a tie before or after, i < j sorted: its R then and now (0: no tie) and what became of it. `came` and `went`: people
    with a tie after and none before, and the other way round."""

    i: Index
    j: Index
    before: np.ndarray[tuple[int], np.dtype[np.float64]]
    after: np.ndarray[tuple[int], np.dtype[np.float64]]
    came: int
    went: int

    @property
    def new(self) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
        """Which pairs have a tie now and had none."""
        return np.asarray((self.before == 0) & (self.after > 0))

    @property
    def lost(self) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
        """Which pairs had a tie and have none now."""
        return np.asarray((self.before > 0) & (self.after == 0))

    @property
    def kept(self) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
        """Which pairs have a tie in both."""
        return np.asarray((self.before > 0) & (self.after > 0))

    def __len__(self) -> int:
        return len(self.i)


def between(before: Frame, after: Frame) -> Changes:
    """What became of the ties of `before`, and which are new in `after`; both of one community."""
    old, new, width = before.keys(), after.keys(), max(len(after.here), 1)
    keys = np.union1d(old, new)
    return Changes(
        (keys // width).astype(np.int32), (keys % width).astype(np.int32), _of(keys, old, before.r), _of(keys, new, after.r),
        *(int((a & ~b).sum()) for a, b in ((_tied(after), _tied(before)), (_tied(before), _tied(after)))),
    )  # fmt: skip


def _of(keys: Ints, known: Ints, r: np.ndarray[tuple[int], np.dtype[np.float64]]) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    found = np.zeros(len(keys))
    found[np.searchsorted(keys, known)] = r
    return found


def _tied(frame: Frame) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    found = np.zeros(len(frame.here), np.bool_)
    found[frame.i] = found[frame.j] = True
    return found


def words() -> dict[str, str]:
    """The three fates of a tie in words."""
    return {NEW: _("new"), LOST: _("lost"), KEPT: _("kept")}


def fates(changes: Changes) -> list[str]:
    """What became of each pair: NEW, LOST or KEPT."""
    return [NEW if new else LOST if lost else KEPT for new, lost in zip(changes.new.tolist(), changes.lost.tolist(), strict=True)]


def summary(naming: Naming, changes: Changes) -> list[tuple[str, ...]]:
    """Rows (heads first): within and between departments how many ties there were, are new, lost, kept, and are; the most changed first, all of them
    together at the top. Departments under five people are one."""
    rows: list[tuple[str, ...]] = [(_("where"), _("ties before"), _("new"), _("lost"), _("kept"), _("ties after"))]
    if not naming.enough:
        return rows
    counts: dict[str, Counter[str]] = {}
    for i, j, fate in zip(changes.i.tolist(), changes.j.tolist(), fates(changes), strict=True):
        counts.setdefault(_where(naming, i, j), Counter())[fate] += 1
    total = sum(counts.values(), Counter[str]())
    rows.append(_counted(_("all"), total))
    for where, count in sorted(counts.items(), key=lambda pair: (-(pair[1][NEW] + pair[1][LOST]), pair[0])):
        rows.append(_counted(where, count))
    return rows if len(counts) > 1 else rows[:2]


def _counted(where: str, count: Counter[str]) -> tuple[str, ...]:
    numbers = (count[LOST] + count[KEPT], count[NEW], count[LOST], count[KEPT], count[NEW] + count[KEPT])
    return (where, *(wording.count(number) for number in numbers))


def _where(naming: Naming, i: int, j: int) -> str:
    one, other = sorted((_unit(naming, i), _unit(naming, j)), key=str.casefold)
    return _("within {unit}").format(unit=one) if one == other else _("{one} and {other}").format(one=one, other=other)


def _unit(naming: Naming, row: int) -> str:
    people = naming.snapshot.people
    unit = int(people.unit[row])
    return people.unit_names[unit] if naming.large(unit) else _("not known, or small")


def table(naming: Naming, changes: Changes) -> list[tuple[str, ...]]:
    """Rows (heads first): each tie that is new or lost with its two people; under pseudonyms with R then and now, the greatest change first, with
    names in their order and without."""
    heads = (_("person"), _("other"), _("what"))
    rows: list[tuple[str, ...]] = [heads if naming.names else (*heads, _("trust before"), _("trust after"))]
    if not naming.enough:
        return rows
    said, fate = words(), fates(changes)
    moved = np.flatnonzero(~changes.kept)
    if naming.names:
        named = [(*sorted((naming.person(int(changes.i[k])), naming.person(int(changes.j[k]))), key=str.casefold), said[fate[k]]) for k in moved.tolist()]
        return rows + sorted(named, key=lambda row: (row[2], row[0].casefold(), row[1].casefold()))
    moved = moved[np.argsort(-np.abs(changes.after[moved] - changes.before[moved]), kind="stable")]
    for k in moved.tolist():
        trusts = (wording.decimal(float(each)) if each else "" for each in (changes.before[k], changes.after[k]))
        rows.append((naming.person(int(changes.i[k])), naming.person(int(changes.j[k])), said[fate[k]], *trusts))
    return rows
