"""The ledger of records of one import: read = used + left out + set aside, exactly."""

from __future__ import annotations

import msgspec

from cmdesk.core.reading.seen import TableSeen

KEPT_PROBLEMS = 10_000


class Problem(msgspec.Struct, frozen=True):
    """Something that was set aside or is worth telling: where (entry, line or element) and why, in one plain sentence; and how many records it
    is about (0: none, it is only told)."""

    where: str
    why: str
    records: int = 1


class Ledger(msgspec.Struct):
    """Counts of records. `read` is counted by the readers; `left_out` has the number of records by rule; `problems` keeps the first
    10,000 texts, `problem_count` all of them; `ignored` says of whole entries why they were not read (they hold no counted records); `tables` are
    the tables that were looked at."""

    read: int = 0
    used: int = 0
    left_out: dict[str, int] = {}
    set_aside: int = 0
    problems: list[Problem] = []
    problem_count: int = 0
    ignored: dict[str, str] = {}
    tables: list[TableSeen] = []

    @property
    def adds_up(self) -> bool:
        """True if every record that was read is accounted for."""
        return self.read == self.used + sum(self.left_out.values()) + self.set_aside

    def add_problem(self, where: str, why: str, n: int = 1) -> None:
        """Set `n` records aside; with n = 0 only tell."""
        self.set_aside += n
        self.problem_count += 1
        if len(self.problems) < KEPT_PROBLEMS:
            self.problems.append(Problem(where, why, n))
