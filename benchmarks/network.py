"""The network page drawn offscreen by software: the first picture, a frame while it moves, hover, labels, memory; and SocNetV where it is installed."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from benchmarks.table import Line

SIZES = ((1_000, 10_000, 0.3, 10.0), (10_000, 50_000, 1.0, 20.0), (100_000, 500_000, 12.0, 120.0))
"""People, ties, bound of the first picture in seconds, of a frame in milliseconds."""
_PEER = (5_000, 50_000)
_PATIENCE = 300


def drawn(people: int, ties: int) -> dict[str, Any]:
    """What benchmarks.network_job measures, in a process of its own."""
    command = [sys.executable, "-m", "benchmarks.network_job", str(people), str(ties)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"{' '.join(command)} failed:\n{done.stderr[-3000:]}")
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def lines() -> Iterator[Line]:
    """For each size the bounds of the first picture and of a frame; the rest for the largest."""
    for people, ties, first, frame in SIZES:
        found = drawn(people, ties)
        what = f"{people:,}/{found['ties']:,}"
        yield Line(f"network {what}: first picture", f"{found['first']:.2f} s", "", found["first"], first, "s")
        told = f"{1000 * found['frame']:.1f} ms (sharp in {1000 * found['sharp']:.0f} ms, in steps)"
        yield Line(f"network {what}: frame while it moves", told, "", 1000 * found["frame"], frame, "ms")
        yield Line(f"network {what}: frame ÷ bare lines", told, f"{1000 * found['bare']:.1f} ms", found["frame"] / found["bare"], 1.5)
        yield Line(f"network {what}: sharp redraw ÷ bare lines", told, f"{1000 * found['bare']:.1f} ms", found["sharp"] / found["bare"], 1.5)
        yield Line(f"network {what}: labels", "", "", 1000 * found["labels"], 10, "ms")
        if people == SIZES[-1][0]:
            yield Line(f"network {what}: hover", "", "", 1000 * found["hover"], 30, "ms")
            yield Line(f"network {what}: click", "", "", 1000 * found["click"], 30, "ms")
            yield Line(f"network {what}: memory", "", "", found["memory"], 600, "MB")
    yield from _peer()


def _peer() -> Iterator[Line]:
    """SocNetV with the same ties, from the OK of its question about the encoding until it has drawn and asks for nothing more. Only where it
    is installed, with Xvfb to show it and xdotool to press the key."""
    program, server, keys = (shutil.which(name) for name in ("socnetv", "Xvfb", "xdotool"))
    if not (program and server and keys):
        print("… SocNetV, Xvfb or xdotool is not installed: no comparison with SocNetV", file=sys.stderr)
        return
    ours = drawn(*_PEER)["first"]
    with tempfile.TemporaryDirectory() as folder, _screen(server) as screen:
        peer = _loaded(program, keys, _pajek(Path(folder) / "ties.net"), {**os.environ, "DISPLAY": screen, "QT_QPA_PLATFORM": "xcb", "HOME": folder})
    told = f"{peer:.1f} s" if peer < _PATIENCE else f"> {_PATIENCE} s"
    yield Line("network 5,000/50,000: first picture × 50 ÷ SocNetV", f"{ours:.2f} s", told, 50 * ours / peer, 1)


@contextmanager
def _screen(server: str) -> Iterator[str]:
    """The name of a display that nobody sees."""
    ours, theirs = os.pipe()
    process = subprocess.Popen([server, "-displayfd", str(theirs), "-screen", "0", "1400x900x24"], pass_fds=[theirs], stderr=subprocess.DEVNULL)
    os.close(theirs)
    try:
        with os.fdopen(ours) as told:
            yield ":" + told.readline().strip()
    finally:
        process.kill()
        process.wait()


def _pajek(path: Path) -> Path:
    from benchmarks.network_job import crowd

    stated = crowd(*_PEER).stated_ties
    people = _PEER[0]
    edges = zip((stated.source + 1).tolist(), (stated.target + 1).tolist(), strict=True)
    path.write_text(f"*Vertices {people}\n" + "".join(f'{k} "p{k}"\n' for k in range(1, people + 1)) + "*Edges\n" + "".join(f"{a} {b} 1\n" for a, b in edges))
    return path


def _loaded(program: str, keys: str, path: Path, around: dict[str, str]) -> float:
    """Seconds from the OK until the program has used no processor for two seconds."""
    process = subprocess.Popen([program, str(path)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=around)
    try:
        _until_quiet(process)
        began = time.perf_counter()
        subprocess.run([keys, "key", "Return"], env=around, check=True)
        ended = _until_quiet(process)
        if process.poll() is not None:
            raise SystemExit(f"{program} ended before it had drawn anything")
        return ended - began
    finally:
        process.kill()
        process.wait()


def _until_quiet(process: subprocess.Popen[bytes]) -> float:
    """When the program used its processor for the last time before two seconds without, or when patience ended."""
    import psutil

    began = quiet = time.perf_counter()
    watched, spent = psutil.Process(process.pid), 0.0
    while process.poll() is None and time.perf_counter() - began < _PATIENCE:
        time.sleep(0.1)
        now = sum(watched.cpu_times()[:2])
        if now - spent > 0.02:
            quiet, spent = time.perf_counter(), now
        elif time.perf_counter() - quiet > 2:
            return quiet
    return time.perf_counter()
