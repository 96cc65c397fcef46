"""What a sheet of the inspector holds, and how people, departments and groups may be called in it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING

import msgspec
import numpy as np

from cmdesk.api import _, calendar, suppression, visibility

from ..naming import shown_name

if TYPE_CHECKING:
    from cmdesk.api import Ints, Snapshot

HIDDEN_BELOW = visibility.HIDDEN_BELOW


class Line(msgspec.Struct, frozen=True):
    """A line that leads on: `target` is "person:ID", "tie:ID:ID" or "circle:N" ("" leads nowhere)."""

    text: str
    target: str = ""


class Section(msgspec.Struct, frozen=True, kw_only=True):
    """A part of a sheet, shown in this order: facts (name, value), sentences, a table (first row: heads), lines that lead on."""

    title: str = ""
    facts: tuple[tuple[str, str], ...] = ()
    sentences: tuple[str, ...] = ()
    table: tuple[tuple[str, ...], ...] = ()
    lines: tuple[Line, ...] = ()


class Told(msgspec.Struct, frozen=True, kw_only=True):
    """A whole sheet."""

    title: str
    subtitle: str = ""
    sections: tuple[Section, ...] = ()

    def words(self) -> str:
        """All that it says, a line each: for the clipboard, and for whoever does not see it."""
        lines = [self.title, self.subtitle]
        for part in self.sections:
            lines += [part.title, *(f"{name}\t{value}" for name, value in part.facts), *part.sentences]
            lines += ["\t".join(row) for row in part.table] + [line.text for line in part.lines]
        return "\n".join(line for line in lines if line)


class Naming:
    """How things of `snapshot` may be called. `names`: people by name, and then no measure of theirs; else by pseudonym, and departments of fewer
    than five people read "other". `day` writes a date."""

    def __init__(self, snapshot: Snapshot, *, names: bool, day: Callable[[dt.date], str] = dt.date.isoformat) -> None:
        self.snapshot, self.names, self._day = snapshot, names, day
        self._calendar = calendar.Calendar(snapshot.zone)

    @cached_property
    def enough(self) -> bool:
        """True where so many people are counted that ties may be shown at all."""
        return int(self.snapshot.people.counted.sum()) >= HIDDEN_BELOW

    @cached_property
    def _sizes(self) -> Ints:
        unit = self.snapshot.people.unit
        return np.bincount(unit[unit >= 0], minlength=len(self.snapshot.people.unit_names))

    @cached_property
    def row(self) -> dict[int, int]:
        """The row of each member's id."""
        return {int(member): row for row, member in enumerate(self.snapshot.people.id.tolist())}

    def person(self, row: int) -> str:
        """A name or a pseudonym."""
        people = self.snapshot.people
        return (shown_name(people.name[row]) or people.code[row]) if self.names else people.code[row]

    def whole(self, row: int) -> str:
        """A name as it is stated, or a pseudonym: for files, where two long names must stay two."""
        people = self.snapshot.people
        return (people.name[row] or people.code[row]) if self.names else people.code[row]

    def target(self, *rows: int) -> str:
        """Where a line on these people leads: one person or a tie."""
        kind = "person" if len(rows) == 1 else "tie"
        return ":".join([kind, *(str(int(self.snapshot.people.id[row])) for row in rows)])

    def unit(self, row: int) -> str:
        """A person's department, "" where it is not known."""
        unit = int(self.snapshot.people.unit[row])
        if unit < 0:
            return ""
        return shown_name(self.snapshot.people.unit_names[unit]) if self.names or self.large(unit) else _("other")

    def large(self, unit: int) -> bool:
        """True for a department of at least five people."""
        return unit >= 0 and int(self._sizes[unit]) >= HIDDEN_BELOW

    def group(self, group: int) -> str:
        """A group by its path; a group of which nothing measured may be told is "a small group"."""
        if not 0 <= group < len(self.snapshot.groups):
            return _("elsewhere")
        return _("a small group") if suppression.reasons(self.snapshot)[group] else shown_name(self.snapshot.groups.path[group])

    def day(self, at: int) -> str:
        """The local day of a time, µs UTC."""
        return self._day(self._calendar.date(at))


def too_few() -> Section:
    """Why nothing is told of ties."""
    return Section(sentences=(_("Ties are not shown: the community has fewer than five people."),))
