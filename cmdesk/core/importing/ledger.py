"""The ledger: what was read and what became of it, in two halves (docs/architecture.md §4)."""

from __future__ import annotations

from typing import Any

import msgspec

from cmdesk.core.errors import ImportProblem
from cmdesk.core.importing.first_rows import FirstRow
from cmdesk.core.reading.seen import TableSeen
from cmdesk.core.text import _


class Records(msgspec.Struct):
    """Records: read (counted by the readers) = used + left out by rule + set aside."""

    read: int = 0
    used: int = 0
    left_out: dict[str, int] = {}
    set_aside: int = 0

    def check(self, importer: str) -> None:
        """Raise ImportProblem if an importer lost or invented records: then nothing of the file is stored."""
        accounted = self.used + sum(self.left_out.values()) + self.set_aside
        if accounted != self.read:
            raise ImportProblem(
                _("The importer {importer} accounted for {accounted:,} of {read:,} records.").format(
                    importer=importer, accounted=accounted, read=self.read
                ),
                _("Nothing was stored. This is a fault of the importer; tell its author."),
            )


class Facts(msgspec.Struct):
    """Facts of one kind: stated = stored + merged + set aside; `changed` is the part of merged whose current value changed."""

    stated: int = 0
    stored: int = 0
    merged: int = 0
    changed: int = 0
    set_aside: int = 0

    def check(self, kind: str) -> None:
        """Raise AssertionError (a bug of ours) if facts of this kind do not add up."""
        if self.stated != self.stored + self.merged + self.set_aside or self.changed > self.merged:
            raise AssertionError(f"ledger of {kind} does not add up: {self}")


class Problem(msgspec.Struct, frozen=True):
    """Where in the source, and why: something set aside, of `records` records; or with 0 a note that is no record (a fact that was left out, a
    column that was guessed)."""

    where: str
    why: str
    records: int = 1

    @property
    def left_out(self) -> bool:
        """True where it tells the place of a record that a rule left out."""
        return not self.records and self.why.startswith("left out: ")


class ImportResult(msgspec.Struct, kw_only=True):
    """What an import (or a preview) did. `first` and `last` are the earliest and latest time of its facts in µs UTC.
    `local`: facts whose time is a wall clock of no known zone; `first_rows` hold names. `before`: what the import had read where it is read again."""

    importer: str
    import_id: int | None
    file: str
    title: str
    confidence: float
    records: Records
    facts: dict[str, Facts]
    first: int | None
    last: int | None
    problems: list[Problem]
    ignored: dict[str, str]
    preview: bool = False
    tables: list[TableSeen] = []
    first_rows: list[FirstRow] = []
    local: int = 0
    before: Records | None = None

    def as_json(self, names: bool = False) -> dict[str, Any]:
        """The document of `cmdesk import --json`; times as ISO text. Without `names` the first rows have only the form of theirs."""
        from cmdesk.core.importing.first_rows import without_names
        from cmdesk.core.when import iso

        facts = {kind: msgspec.to_builtins(self.facts[kind]) for kind in sorted(self.facts)}
        return {
            "importer": self.importer,
            "import_id": self.import_id,
            "file": self.file,
            "preview": self.preview,
            "title": self.title,
            "confidence": self.confidence,
            "records": msgspec.to_builtins(self.records),
            "before": msgspec.to_builtins(self.before),
            "facts": facts,
            "first": iso(self.first),
            "last": iso(self.last),
            "problems": [{"where": problem.where, "why": problem.why, "records": problem.records} for problem in self.problems],
            "ignored": self.ignored,
            "local": self.local,
            "first_rows": [{**msgspec.to_builtins(row), "at": iso(row.at)} for row in (self.first_rows if names else map(without_names, self.first_rows))],
            "tables": [
                {
                    "name": table.name, "key": table.key, "kind": table.kind, "header": table.header, "columns": table.names,
                    "taken_as": {role: table.names[index] for role, index in table.at.items()}, "remembered": table.remembered, **table.found,
                }
                for table in self.tables
            ],
        }
