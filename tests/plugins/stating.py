"""What an importer states about a source, with its ledger checked: shared by the tests of all importers."""

from __future__ import annotations

from pathlib import Path
from typing import Any, ClassVar, TypeVar

from cmdesk.core.contributions import Importer
from cmdesk.core.progress import Progress
from cmdesk.core.reading.limits import Limits
from cmdesk.core.reading.source import Source
from cmdesk.core.records import Origin, Record

R = TypeVar("R", bound=Record)


class Stated:
    """The records of a file, folder or archive, in order; `content` is written there first. A builder's own class says which `importer`."""

    importer: ClassVar[Importer]

    def __init__(self, path: Path, content: bytes = b"", limits: Limits | None = None, **options: Any) -> None:
        if content:
            path.write_bytes(content)
        with Source(path, limits) as source:
            self.confidence = self.importer.sniff(source)
            self.records: list[Record] = list(self.importer.read(source, self.importer.options(**options), Progress()))
            self.ledger = source.ledger
        assert isinstance(self.records[0], Origin)
        assert self.ledger.adds_up, self.ledger

    def all(self, kind: type[R]) -> list[R]:
        """The records of a kind."""
        return [record for record in self.records if isinstance(record, kind)]

    def only(self, kind: type[R]) -> R:
        """The one record of a kind."""
        (record,) = self.all(kind)
        return record

    @property
    def told(self) -> str:
        """What is noted and set aside, a line each."""
        return "\n".join(f"{problem.where}: {problem.why}" for problem in self.ledger.problems)
