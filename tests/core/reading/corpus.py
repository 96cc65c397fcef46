"""All cases of robustness A, B, C and E in one table, and how to read one through `Source`."""

from __future__ import annotations

import resource
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import msgspec

from cmdesk.core.errors import CmdeskError
from cmdesk.core.reading.ledger import Ledger
from cmdesk.core.reading.source import Row, Source

from . import make_archives, make_csv, make_json, make_sheets

CASES: dict[str, tuple[Callable[[Path], Path], str]] = {
    **make_archives.CASES,
    **make_json.CASES,
    **make_csv.CASES,
    **make_sheets.CASES,
}
"""Case → (maker of the file, "refused" | "imported" | "problems")."""

GROWTH = 300 << 10  # KiB of memory that reading any case may cost at its peak


class Reaction(msgspec.Struct):
    """Part of a message."""

    name: str | None = None
    users: list[str] | None = None


class Message(msgspec.Struct):
    """Fits users, channels and messages of an export."""

    id: str | None = None
    ts: str | float | None = None
    user: str | None = None
    text: str | None = None
    reply_count: int | None = None
    reactions: list[Reaction] | None = None


class Outcome(NamedTuple):
    """What became of a file: the refusal, or what was read."""

    refusal: CmdeskError | None
    ledger: Ledger
    records: dict[str, list[Any]]

    @property
    def kind(self) -> str:
        """ "refused", "problems" or "imported"."""
        if self.refusal is not None:
            return "refused"
        return "problems" if self.ledger.problem_count or self.ledger.ignored else "imported"

    @property
    def told(self) -> str:
        """All that was told about it."""
        return "\n".join(f"{problem.where}: {problem.why}" for problem in self.ledger.problems)


def read(path: Path) -> Outcome:
    """Read everything that `path` holds, as an honest importer would."""
    records: dict[str, list[Any]] = {}
    ledger = Ledger()
    try:
        with Source(path) as source:
            ledger = source.ledger
            for entry in source.entries():
                found = records.setdefault(entry.name, [])
                if entry.name.endswith(".json"):
                    for record in source.json_records(entry.name, Message):
                        source.use()
                        found.append(record)
                elif entry.name.endswith((".csv", ".tsv", ".txt", ".xlsx", ".xlsm")) and len(source.entries()) == 1:
                    for row in source.table(entry.name).rows:
                        source.use()
                        found.append(row)
    except CmdeskError as refusal:
        return Outcome(refusal, ledger, {})
    return Outcome(None, ledger, records)


def rows(outcome: Outcome) -> list[tuple[str, ...]]:
    """The cells of all rows that were read."""
    return [record.cells for found in outcome.records.values() for record in found if isinstance(record, Row)]


def peak() -> int:
    """The most memory that this process ever had, in KiB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
