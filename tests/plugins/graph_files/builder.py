"""Network files written by hand and read by the importer with its ledger checked."""

from __future__ import annotations

from pathlib import Path
from typing import Any, TypeVar

from cmdesk.core.progress import Progress
from cmdesk.core.reading.limits import Limits
from cmdesk.core.reading.source import Source
from cmdesk.core.records import Origin, Record, StatedTie
from cmdesk.plugins.graph_files.layout import sniff
from cmdesk.plugins.graph_files.model import Options
from cmdesk.plugins.graph_files.reading import read

R = TypeVar("R", bound=Record)


class Read:
    """What the importer stated about a source."""

    def __init__(self, path: Path, limits: Limits | None = None, **options: Any) -> None:
        with Source(path, limits) as source:
            self.confidence = sniff(source)
            self.records = list(read(source, Options(**options), Progress()))
            self.ledger = source.ledger
        assert isinstance(self.records[0], Origin)
        assert self.ledger.adds_up, self.ledger

    def all(self, kind: type[R]) -> list[R]:
        return [record for record in self.records if isinstance(record, kind)]

    @property
    def ties(self) -> list[tuple[str, str, float]]:
        return [(tie.source, tie.target, tie.weight) for tie in self.all(StatedTie)]


def written(tmp_path: Path, text: str, name: str = "file.txt", encoding: str = "utf-8") -> Path:
    """A file of this text."""
    path = tmp_path / name
    path.write_bytes(text.encode(encoding))
    return path
