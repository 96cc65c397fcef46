"""How soon the program is there: `cmdesk --help` against `import click`, the window against a bare one."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from benchmarks import data
from benchmarks.table import Line
from cmdesk import demo

TIMES = 9


def lines() -> Iterator[Line]:
    """Medians of several starts, taken in turn so that a busy machine hurts both alike."""
    ours, peer = _in_turn([sys.executable, "-m", "cmdesk", "--help"], [sys.executable, "-c", "import click"])
    yield Line("cmdesk --help ÷ import click", f"{ours * 1000:.0f} ms", f"{peer * 1000:.0f} ms", ours / peer, 3)
    job = [sys.executable, "-m", "benchmarks.jobs"]
    ours, peer = _in_turn([*job, "window", str(_community())], [*job, "bare_window"])
    yield Line("window ready ÷ bare window with a table", f"{ours * 1000:.0f} ms", f"{peer * 1000:.0f} ms", ours / peer, 2)


def _community() -> Path:
    """The demo's community."""
    file = demo.FOLDER / "circles.cmdesk"
    if not data.readable(file):
        _start([sys.executable, "-m", "cmdesk.demo"])
    return file


def _in_turn(ours: Sequence[str], peer: Sequence[str]) -> tuple[float, float]:
    took: tuple[list[float], list[float]] = ([], [])
    for turn in range(TIMES + 1):
        for command, times in zip((ours, peer), took, strict=True):
            seconds = _start(command)
            if turn:  # the first one warms the disk and compiles what an installer would have compiled
                times.append(seconds)
    return statistics.median(took[0]), statistics.median(took[1])


def _start(command: Sequence[str]) -> float:
    """Seconds of one run. What it says is shown only where it fails: Qt's offscreen platform warns of each window."""
    around = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"} | {"CI": "1"}
    began = time.perf_counter()
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=around)
    seconds = time.perf_counter() - began
    if done.returncode:
        raise SystemExit(f"{' '.join(command)} failed:\n{done.stderr[-3000:]}")
    return seconds
