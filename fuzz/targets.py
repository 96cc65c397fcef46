"""One target for each importer: how the bytes of a fuzzer become a source. The first byte tells which file of a sample they replace."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from tests.samples import Sample, all_samples, whole

MOST = 20_000  # bytes of an input: what is longer is slow to read and finds nothing more


@dataclass(frozen=True)
class Target:
    """The bases of an importer: small samples of which one file is exchanged."""

    importer: str
    bases: tuple[Sample, ...]

    def places(self) -> list[tuple[int, str]]:
        """(base, name of the file that is replaced), at most 256."""
        return [(number, name) for number, base in enumerate(self.bases) for name in sorted(base.files)][:256]

    def seeds(self) -> Iterator[bytes]:
        """The files as they are."""
        for number, (base, name) in enumerate(self.places()):
            yield bytes([number]) + self.bases[base].files[name][:MOST]

    def write(self, data: bytes, folder: Path) -> Path:
        """The source that an input stands for."""
        places = self.places()
        number, name = places[(data[0] if data else 0) % len(places)]
        base = self.bases[number]
        return whole(replace(base, files={**base.files, name: data[1:]}), folder)


def targets() -> dict[str, Target]:
    """All targets by importer."""
    found: dict[str, list[Sample]] = {}
    for sample in all_samples().values():
        found.setdefault(sample.importer, []).append(_small(sample))
    return {importer: Target(importer, tuple(samples)) for importer, samples in found.items()}


def _small(sample: Sample) -> Sample:
    """A zip of many files as a folder of a few: what zips can do to a reader has tests of its own."""
    if sample.packed == "xlsx":
        return sample
    kept = sorted(sample.files, key=lambda name: ("/" in name, len(sample.files[name]) > MOST, name))[:12]
    packed = "folder" if sample.packed == "zip" else sample.packed
    return Sample(sample.importer, {name: sample.files[name] for name in kept}, packed)
