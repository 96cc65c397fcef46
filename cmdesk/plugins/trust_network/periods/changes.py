"""What changed between two periods: ties that are new, lost and kept, within and between departments, as rows of texts too."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from cmdesk.api import _, ngettext, wording

from ..inspecting.telling import Naming
from ..naming import shown_name

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
    unit, names = _units(naming)
    one, other = np.minimum(unit[changes.i], unit[changes.j]), np.maximum(unit[changes.i], unit[changes.j])
    where = one.astype(np.int64) * len(names) + other
    counts = [np.bincount(where[part], minlength=len(names) ** 2) for part in (changes.new, changes.lost, changes.kept)]
    rows.append(_counted(_("all"), *(int(part.sum()) for part in (changes.new, changes.lost, changes.kept))))
    there = np.flatnonzero(sum(counts))
    moved = counts[0][there] + counts[1][there]
    for place in there[np.lexsort((there, -moved))].tolist():
        a, b = divmod(place, len(names))
        words = _("within {unit}").format(unit=names[a]) if a == b else _("{one} and {other}").format(one=names[a], other=names[b])
        rows.append(_counted(words, *(int(count[place]) for count in counts)))
    return rows if len(there) > 1 else rows[:2]


def _counted(where: str, new: int, lost: int, kept: int) -> tuple[str, ...]:
    return (where, *(wording.count(number) for number in (lost + kept, new, lost, kept, new + kept)))


def _units(naming: Naming) -> tuple[Index, list[str]]:
    """Everybody's department as a number in the order of names; those under five people and the unknown are the last."""
    people = naming.snapshot.people
    large = sorted((unit for unit in range(len(people.unit_names)) if naming.large(unit)), key=lambda unit: people.unit_names[unit].casefold())
    number = np.full(len(people.unit_names) + 1, len(large), np.int32)  # the last is that of −1, not known
    number[large] = np.arange(len(large))
    return number[people.unit], [*(shown_name(people.unit_names[unit]) for unit in large), _("not known, or small")]


def table(naming: Naming, changes: Changes, most: int = 0) -> list[tuple[str, ...]]:
    """Rows (heads first): each tie that is new or lost with its two people; under pseudonyms with R then and now, the greatest change first, with
    names in their order and without. No more than `most` (0: all); a last row counts the rest."""
    heads = (_("person"), _("other"), _("what"))
    rows: list[tuple[str, ...]] = [heads if naming.names else (*heads, _("trust before"), _("trust after"))]
    if not naming.enough:
        return rows
    said, fate = words(), fates(changes)
    moved = np.flatnonzero(~changes.kept)
    if naming.names:
        named = [(*sorted((naming.person(int(changes.i[k])), naming.person(int(changes.j[k]))), key=str.casefold), said[fate[k]]) for k in moved.tolist()]
        return _cut(rows + sorted(named, key=lambda row: (row[2], row[0].casefold(), row[1].casefold())), most)
    moved = moved[np.argsort(-np.abs(changes.after[moved] - changes.before[moved]), kind="stable")]
    for k in moved.tolist():
        trusts = (wording.decimal(float(each)) if each else "" for each in (changes.before[k], changes.after[k]))
        rows.append((naming.person(int(changes.i[k])), naming.person(int(changes.j[k])), said[fate[k]], *trusts))
    return _cut(rows, most)


def _cut(rows: list[tuple[str, ...]], most: int) -> list[tuple[str, ...]]:
    left = len(rows) - 1 - most
    if not most or left <= 0:
        return rows
    words = ngettext("and {n} more", "and {n} more", left).format(n=wording.count(left))
    return [*rows[: most + 1], (words, *("" for _head in rows[0][1:]))]
