"""`python -m fuzz [--seconds N] [--damages N] [IMPORTER …]`: every sample × N of each damage, then a fuzzer for each importer.

Exit code 1 if anything was found: it lies in fuzz/found. Mend the fault, and put the file into tests/data/fuzz/IMPORTER, where a test reads it
for ever after."""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
import traceback
from pathlib import Path

from fuzz.reading import importers, read
from fuzz.target import FOUND
from tests import samples


def damages(times: int, names: list[str]) -> int:
    """Every sample × each damage × `times`; how many faults there were."""
    faults = refused = runs = 0
    readers = importers()
    for name, sample in samples.all_samples().items():
        for damage in samples.DAMAGES if sample.importer in names else ():
            for seed in range(times):
                with tempfile.TemporaryDirectory() as folder:
                    path = samples.damaged(sample, damage, seed, Path(folder))
                    runs += 1
                    try:
                        refused += not read(readers[sample.importer], path)
                    except Exception:  # noqa: BLE001 -- finding them is what this is for
                        faults += 1
                        print(f"{name}, {damage} {seed}:\n{traceback.format_exc()}", file=sys.stderr)
    print(f"damaged samples: {runs:,}, {refused:,} of them refused in words, {faults} faults", flush=True)
    return faults


def main() -> int:
    """1 if anything was found."""
    parser = argparse.ArgumentParser(prog="python -m fuzz")
    parser.add_argument("--seconds", type=int, default=20, help="for each importer")
    parser.add_argument("--damages", type=int, default=30, help="of each kind for each sample")
    parser.add_argument("importers", nargs="*")
    given = parser.parse_args()
    names = given.importers or sorted({sample.importer for sample in samples.all_samples().values()})
    faults = damages(given.damages, names)
    for name in names if given.seconds else ():
        done = subprocess.run([sys.executable, "-m", "fuzz.target", name, str(given.seconds)], capture_output=True, text=True, errors="replace", check=False)
        said = done.stderr.splitlines()
        runs = next((line.rpartition(" ")[2] for line in said if line.startswith("stat::number_of_executed_units")), "")
        print(f"{name}: {runs + ' inputs' if runs else said[-1] if said else ''}{'' if done.returncode == 0 else ' FAULT'}", flush=True)
        if done.returncode:
            faults += 1
            print("\n".join(said[-40:]), file=sys.stderr)
    if faults:
        print(f"{faults} faults; the inputs lie in {FOUND}", file=sys.stderr)
    return int(faults > 0)


if __name__ == "__main__":
    sys.exit(main())
