"""Tables written by hand and read by the importer with its ledger checked."""

from __future__ import annotations

from pathlib import Path
from typing import Any, TypeVar

from cmdesk.core.progress import Progress
from cmdesk.core.reading.source import Source
from cmdesk.core.records import Origin, Record
from cmdesk.plugins.spreadsheet import filled_in, plugin
from cmdesk.plugins.spreadsheet.looks import surest
from cmdesk.plugins.spreadsheet.tables import FilledOptions

R = TypeVar("R", bound=Record)
_READERS: dict[str, tuple[Any, Any]] = {
    **{name.partition(".")[2]: (one.read, one.options) for one in plugin.cmdesk_importers() for name in [one.name]}, "filled": (filled_in.read, FilledOptions),
}  # fmt: skip


class Read:
    """What is stated of a file: by the importer that recognises it, or by `kind`."""

    def __init__(self, path: Path, kind: str = "", **options: Any) -> None:
        with Source(path, encoding=options.get("encoding", "")) as source:
            self.kind = kind or surest(source)[0]
            reader, struct = _READERS[self.kind]
            self.records: list[Record] = list(reader(source, struct(**options), Progress()))
            self.ledger = source.ledger
        assert isinstance(self.records[0], Origin)
        assert self.ledger.adds_up, self.ledger

    def all(self, kind: type[R]) -> list[R]:
        return [record for record in self.records if isinstance(record, kind)]

    @property
    def told(self) -> str:
        return "\n".join(f"{problem.where}: {problem.why}" for problem in self.ledger.problems)


def table(tmp_path: Path, text: str, encoding: str = "utf-8", name: str = "table.csv") -> Path:
    """A text file of these lines."""
    path = tmp_path / name
    path.write_bytes(text.encode(encoding))
    return path
