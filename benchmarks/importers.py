"""Each importer against the standard library on the same file; the mailbox against Perceval; memory of 100 MB against that of 25 MB.

Seconds are of the clock, the smaller of two runs each; beside them stands processor time, which other work on the machine does not change.
With CMDESK_BENCH_LARGE=1 only memory is measured, of 1 GB against 100 MB; CMDESK_BENCH_LARGE=log,discord does it for these kinds. That takes
hours and 20 GB of disk for all; each large file is deleted once it was read."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from benchmarks import data, exports, jobs
from benchmarks.table import Line

TIMED, LARGE, HUGE = 25, 100, 1_000  # MB
MESSAGES = 150_000  # of the Slack export: about 25 MB of JSON
BOUND, MEMORY, FLAT = 2.5, 400.0, 1.6
RUNS = 2
FACTS = ("post", "stated_tie")  # what a row of each kind becomes


def lines() -> Iterator[Line]:
    """Time of each kind, Perceval, memory; or memory alone, of large files."""
    if asked := os.environ.get("CMDESK_BENCH_LARGE"):
        for kind in exports.KINDS if asked == "1" else asked.split(","):
            yield from _memory(kind, LARGE, HUGE)
            exports.made(kind, HUGE).unlink()
        return
    for kind in ("slack", *exports.KINDS):
        yield _timed(kind)
    yield from _perceval()
    for kind in exports.KINDS:
        yield from _memory(kind, TIMED, LARGE)


def _file(kind: str) -> Path:
    return data.export(MESSAGES) if kind == "slack" else exports.made(kind, TIMED)


def _timed(kind: str) -> Line:
    file = _file(kind)
    ours, peer = _best("import", data.fresh(f"{kind}.cmdesk"), file), _best("parse", kind, file, data.fresh(f"{kind}.sqlite"))
    posts = sum(ours["stored"].get(kind, 0) for kind in FACTS)
    if posts != peer["messages"]:
        raise SystemExit(f"{kind}: cmdesk stored {posts:,} facts, the peer {peer['messages']:,} rows")
    cpu = f"processor {ours['cpu'] / peer['cpu']:.2f} ×"
    what = f"{kind}: import ÷ standard library + one table ({posts:,} rows; {cpu})"
    return Line(what, _each(ours, posts), _each(peer, posts), ours["seconds"] / peer["seconds"], BOUND)


def _best(job: str, *arguments: object) -> dict[str, Any]:
    """The quicker of some runs, each with a new target."""
    done = []
    for _ in range(RUNS):
        for path in arguments:
            if isinstance(path, Path) and path.suffix in (".cmdesk", ".sqlite"):
                data.fresh(path.name)
        done.append(jobs.run(job, *arguments))
    return min(done, key=lambda one: float(one["seconds"]))


def _each(result: dict[str, Any], posts: int) -> str:
    return f"{1e6 * result['seconds'] / posts:.1f} µs each"


def _perceval() -> Iterator[Line]:
    file = _file("mailbox")
    peer = jobs.run("perceval", file)
    if "missing" in peer:
        print("Perceval is not installed here (pip install perceval): no comparison with it.")
        return
    ours = _best("import", data.fresh("mailbox.cmdesk"), file)
    yield Line("mailbox: import ÷ Perceval's mbox back-end", f"{ours['seconds']:.1f} s", f"{peer['seconds']:.1f} s", ours["seconds"] / peer["seconds"], 0.5)


def _memory(kind: str, small: int, large: int) -> Iterator[Line]:
    few, many = (jobs.run("import", data.fresh(f"{kind}.cmdesk"), exports.made(kind, size)) for size in (small, large))
    most, least = (max(one["child_mb"], one["own_mb"]) for one in (many, few))
    yield Line(f"{kind}: memory for {large} MB", f"{most:.0f} MB", "", most, MEMORY, "MB")
    yield Line(f"{kind}: memory for {large} MB ÷ {small} MB (flat: far below {large // small})", f"{least:.0f} → {most:.0f} MB", "", most / least, FLAT)
