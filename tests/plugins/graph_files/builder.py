"""Network files written by hand and read by the importer with its ledger checked."""

from __future__ import annotations

from pathlib import Path

from cmdesk.core.records import StatedTie
from cmdesk.plugins.graph_files import plugin
from tests.plugins.stating import Stated


class Read(Stated):
    """What the importer states about a source."""

    (importer,) = plugin.cmdesk_importers()

    @property
    def ties(self) -> list[tuple[str, str, float]]:
        return [(tie.source, tie.target, tie.weight) for tie in self.all(StatedTie)]


def written(tmp_path: Path, text: str, name: str = "file.txt", encoding: str = "utf-8") -> Path:
    """A file of this text."""
    path = tmp_path / name
    path.write_bytes(text.encode(encoding))
    return path
