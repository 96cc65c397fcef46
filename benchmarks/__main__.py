"""python -m benchmarks [importing] [importers] [trust] [goals] [excel] [starting] [what_if] [scenarios] [same_person] [network]"""

from __future__ import annotations

import importlib
import sys

from benchmarks.table import Line, show

NAMES = ("importing", "importers", "trust", "goals", "excel", "starting", "what_if", "scenarios", "same_person", "network")


def main() -> int:
    """Run the named benchmarks, or all, and print one table; 1 if a bound was missed."""
    wanted = sys.argv[1:] or list(NAMES)
    unknown = [name for name in wanted if name not in NAMES]
    if unknown:
        print(f"There is no benchmark {unknown[0]}; there are: {', '.join(NAMES)}.", file=sys.stderr)
        return 2
    lines: list[Line] = []
    for name in wanted:
        for line in importlib.import_module(f"benchmarks.{name}").lines():
            print(f"… {line.what}: {line.value:.2f} {line.unit}", file=sys.stderr, flush=True)
            lines.append(line)
    show(lines)
    return 0 if all(line.met for line in lines) else 1


if __name__ == "__main__":
    sys.exit(main())
