"""Import of 1,000,000 messages against unzipping and json.loads; its memory; the same again; and pauses of the window meanwhile."""

from __future__ import annotations

import statistics
from collections.abc import Iterator
from pathlib import Path

from benchmarks import data, jobs
from benchmarks.table import Line

SMALL, LARGE = 200_000, 1_000_000
MEMORY, PAUSE = 400.0, 100.0


def lines() -> Iterator[Line]:
    """Time, memory at two sizes, and the second import."""
    small, large = data.export(SMALL), data.export(LARGE)
    few = jobs.run("import", data.fresh("small.cmdesk"), small)
    community = data.fresh("large.cmdesk")
    peers = [jobs.run("read_json", large)["seconds"] for _time in range(2)]
    many = jobs.run("import", community, large)
    peers += [jobs.run("read_json", large)["seconds"] for _time in range(2)]
    peer, spread = statistics.median(peers), f"{min(peers):.1f}–{max(peers):.1f} s"  # this machine's speed changes by a third from one minute to the next
    yield Line("import of 1,000,000 ÷ unzip + json.loads", f"{many['seconds']:.1f} s", spread, many["seconds"] / peer, 4)
    for who, key in (("worker", "child_mb"), ("app", "own_mb")):
        yield Line(f"memory of the {who}, 1,000,000", f"{many[key]:.0f} MB", "", many[key], MEMORY, "MB")
        grown = f"{few[key]:.0f} → {many[key]:.0f} MB"
        yield Line(f"memory of the {who}, 1,000,000 ÷ 200,000 (flat: far below 5)", grown, "", many[key] / few[key], 2)
    again = jobs.run("import", community, data.changed(large))
    yield Line("the same, one message changed ÷ first", f"{again['seconds']:.1f} s", f"{many['seconds']:.1f} s", again["seconds"] / many["seconds"], 0.8)
    yield _pause(small)


def _pause(export: Path) -> Line:
    """The window while it imports: nothing may hold its thread for longer than a blink."""
    folder = data.fresh_folder("window")
    found = jobs.run("window_import", folder, export)
    return Line("longest pause on the GUI thread, import of 200,000", f"while {found['at']}", f"own work {found['worked']:.0f} ms", found["longest"], PAUSE, "ms")
