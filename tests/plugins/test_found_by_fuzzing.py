"""What `make fuzz` once found is read without a fault for ever after; and the fuzzer does find a fault where there is one."""

from __future__ import annotations

from pathlib import Path

import pytest

from cmdesk.core.contributions import Importer
from cmdesk.core.records import Origin, Post
from fuzz import reading, targets

DATA = Path(__file__).parents[1] / "data" / "fuzz"


def test_every_importer_has_a_target_and_reads_what_was_found(tmp_path: Path) -> None:
    importers, known = reading.importers(), targets.targets()
    for name, target in known.items():
        seeds = list(target.seeds())
        assert len(seeds) == len(target.places()) > 0
        folder = tmp_path / name
        folder.mkdir()
        assert reading.read(importers[name], target.write(seeds[0], folder)), name
        for number, path in enumerate(sorted((DATA / name).glob("*"))):
            (folder / str(number)).mkdir()
            reading.read(importers[name], target.write(path.read_bytes(), folder / str(number)))


def test_a_fault_is_a_fault(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("x")

    def crashes(source: object, options: object, progress: object) -> object:
        yield Origin("t", "t")
        raise KeyError("x")

    def loses(source: object, options: object, progress: object) -> object:
        yield Origin("t", "t")
        source.ledger.read += 1  # type: ignore[attr-defined]
        yield Post("p")

    for read, fault in ((crashes, KeyError), (loses, AssertionError)):
        importer = Importer(name="t", title="T", patterns=(), sniff=lambda source: 1.0, read=read)  # type: ignore[arg-type]
        with pytest.raises(fault):
            reading.read(importer, path)
