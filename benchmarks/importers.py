"""Each importer against the standard library on the same file; the mailbox against Perceval; memory of 100 MB against that of 25 MB.

Seconds are of the clock, the smaller of two runs each; beside them stands processor time, which other work on the machine does not change."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from benchmarks import data, exports, jobs
from benchmarks.table import Line

TIMED, LARGE = 25, 100  # MB
MESSAGES = 150_000  # of the Slack export: about 25 MB of JSON
BOUND, MEMORY, FLAT = 2.5, 400.0, 1.6
RUNS = 2
FACTS = ("post", "stated_tie")  # what a row of each kind becomes


def lines() -> Iterator[Line]:
    """Time of each kind, Perceval, memory."""
    for kind in ("slack", *exports.KINDS):
        yield _timed(kind)
    yield from _perceval()
    for kind in exports.KINDS:
        yield from _memory(kind)


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


def _memory(kind: str) -> Iterator[Line]:
    few, many = (jobs.run("import", data.fresh(f"{kind}.cmdesk"), exports.made(kind, size)) for size in (TIMED, LARGE))
    most, least = (max(one["child_mb"], one["own_mb"]) for one in (many, few))
    yield Line(f"{kind}: memory for {LARGE} MB", f"{most:.0f} MB", "", most, MEMORY, "MB")
    yield Line(f"{kind}: memory for {LARGE} MB ÷ {TIMED} MB (flat: far below 4)", f"{least:.0f} → {most:.0f} MB", "", most / least, FLAT)
