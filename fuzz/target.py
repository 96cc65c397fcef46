"""`python -m fuzz.target IMPORTER SECONDS`: fuzz one importer, with atheris where it is installed (pip install -e .[fuzz]) and else with plain
mutations of the samples. Whatever is found stays in fuzz/found and makes the exit code other than 0."""

from __future__ import annotations

import hashlib
import random
import shutil
import sys
import tempfile
import time
import traceback
from pathlib import Path

HERE = Path(__file__).parent
FOUND, CORPUS = HERE / "found", HERE / "corpus"


class Fuzzer:
    """Gives inputs to an importer. What an input becomes on disk is removed after it."""

    def __init__(self, name: str) -> None:
        from fuzz.reading import importers
        from fuzz.targets import targets

        self.target, self._importer = targets()[name], importers()[name]
        self.runs = self.refused = 0
        self._folder = Path(tempfile.mkdtemp(dir="/dev/shm" if Path("/dev/shm").is_dir() else None))

    def one(self, data: bytes) -> None:
        """One input; raises what is a fault."""
        from fuzz.reading import read

        folder = self._folder / str(self.runs)
        folder.mkdir()
        self.runs += 1
        try:
            self.refused += not read(self._importer, self.target.write(data, folder))
        finally:
            shutil.rmtree(folder)

    def close(self) -> None:
        """Remove what was made."""
        shutil.rmtree(self._folder, ignore_errors=True)


def with_atheris(name: str, seconds: int) -> None:
    """Guided by coverage; ends the process."""
    import atheris

    with atheris.instrument_imports(include=["cmdesk"]):
        fuzzer = Fuzzer(name)
        for seed in fuzzer.target.seeds():  # what is imported only when it is needed is instrumented too
            fuzzer.one(seed)
    corpus = CORPUS / name
    corpus.mkdir(parents=True, exist_ok=True)
    FOUND.mkdir(exist_ok=True)
    for seed in fuzzer.target.seeds():
        (corpus / hashlib.sha1(seed).hexdigest()).write_bytes(seed)
    words = [
        f"-max_total_time={seconds}", "-max_len=20000", "-timeout=30", "-rss_limit_mb=1024", f"-artifact_prefix={FOUND}/{name}-", "-verbosity=0",
        "-print_final_stats=1", str(corpus),
    ]  # fmt: skip
    atheris.Setup([sys.argv[0], *words], fuzzer.one)
    atheris.Fuzz()


def plain(name: str, seconds: int) -> int:
    """Random damage to the samples, the same in every run; the number of faults."""
    from tests.samples import DAMAGES

    print("atheris is not installed: plain mutations without regard to coverage", file=sys.stderr)
    fuzzer, chance, until, faults = Fuzzer(name), random.Random(name), time.monotonic() + seconds, 0
    seeds = list(fuzzer.target.seeds())
    while time.monotonic() < until:
        seed = chance.choice(seeds)
        data = seed[:1] + DAMAGES[chance.choice(sorted(DAMAGES))](seed[1:], chance)
        try:
            fuzzer.one(data)
        except Exception:  # noqa: BLE001 -- finding them is what this is for
            traceback.print_exc()
            FOUND.mkdir(exist_ok=True)
            (FOUND / f"{name}-{hashlib.sha1(data).hexdigest()}").write_bytes(data)
            faults += 1
    print(f"{name}: {fuzzer.runs:,} inputs, {fuzzer.refused:,} of them refused in words, {faults} faults", file=sys.stderr)
    fuzzer.close()
    return faults


def main() -> int:
    """0 if nothing was found."""
    name, seconds = sys.argv[1], int(sys.argv[2])
    try:
        import atheris  # noqa: F401
    except ImportError:
        return int(plain(name, seconds) > 0)
    with_atheris(name, seconds)
    return 0


if __name__ == "__main__":
    sys.exit(main())
