"""Every sample × 3 damages (cut, flipped bytes, swapped records) through the real command: read as far as it can be, or refused in words."""

from __future__ import annotations

import zlib
from pathlib import Path

import pytest

from cmdesk.pluginhost import Host
from tests import samples
from tests.end_to_end.gate import Gate

SAMPLES = samples.all_samples()


@pytest.mark.parametrize("name", sorted(SAMPLES))
def test_damaged(name: str, gate: Gate, tmp_path: Path) -> None:
    sample = SAMPLES[name]
    for damage in ("", *samples.DAMAGES):
        folder = tmp_path / "source" / damage
        folder.mkdir(parents=True)
        path = samples.damaged(sample, damage, zlib.crc32(name.encode()), folder) if damage else samples.whole(sample, folder)
        done = gate(path, importer=sample.importer, twice=damage == "swap", note=f"{name} {damage}")
        assert damage or (done.code == 0 and done.json["records"]["used"] > 0), done.err


def test_every_importer_has_a_sample(host: Host) -> None:
    assert set(host.importers) == {sample.importer for sample in SAMPLES.values()}
