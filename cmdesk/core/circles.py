"""Circles: cohesive subsets of the network of trust, found by Leiden (goal-model §4.5, Q1). The only module that imports igraph, and only in a
helper process: igraph holds the interpreter's lock while it works, so arrays go out and come back and the window stays awake."""

from __future__ import annotations

import atexit
import subprocess
import sys
import threading
from collections.abc import Sequence
from typing import Any

import msgspec
import numpy as np

from cmdesk.core.progress import Progress
from cmdesk.core.snapshot import Floats, Index, Snapshot

RUNS = 50
TOGETHER = 0.70
SMALLEST, LARGEST = 3, 15
DENSER = 3.0
SEED = 20151


class _Task(msgspec.Struct):
    """What the helper is asked: "partition" (`runs` Leiden partitions) or "layout" (Fruchterman–Reingold on a grid)."""

    what: str
    n: int
    i: list[int]
    j: list[int]
    weight: list[float]
    seed: int
    runs: int = 1


def partition(
    i: Index, j: Index, weight: Floats, n: int, seed: int = SEED, runs: int = 1, progress: Progress | None = None
) -> np.ndarray[Any, Any]:
    """`runs` × `n`: the number of the circle of each of `n` people in each run (Traag, Waltman & van Eck 2019, modularity)."""
    task = _Task("partition", n, i.tolist(), j.tolist(), weight.tolist(), seed, runs)
    return np.array(_ask(task, progress), np.int32).reshape(runs, n)


def layout(i: Index, j: Index, weight: Floats, n: int, seed: int = SEED) -> Floats:
    """`n` × 2 coordinates; the same input and seed give the same picture."""
    return np.array(_ask(_Task("layout", n, i.tolist(), j.tolist(), weight.tolist(), seed)), np.float64).reshape(n, 2)


def containers(snapshot: Snapshot, seed: int = SEED) -> Index:
    """The Leiden circle of every person on ties R ≥ .2, numbered from the largest; −1 for people without a tie."""
    ties = snapshot.trust.ties()
    n = len(snapshot.people)
    found = np.full(n, -1, np.int32)
    if not len(ties.i):
        return found
    label = partition(ties.i, ties.j, ties.r, n, seed)[0]
    tied = np.zeros(n, np.bool_)
    tied[ties.i] = tied[ties.j] = True
    names, place, count = np.unique(label[tied], return_inverse=True, return_counts=True)
    order = np.lexsort((names, -count))
    rank = np.empty(len(names), np.int32)
    rank[order] = np.arange(len(names))
    found[tied] = rank[place]
    return found


def circles(snapshot: Snapshot, seed: int = SEED, progress: Progress | None = None) -> list[Index]:
    """Cohesive subsets (Q1): people who are together in ≥ 70 % of 50 runs, 3–15 of them, at least three times as dense as the whole; the largest
    first, found once for a snapshot."""
    key = f"circles {seed}"
    if key not in snapshot.kept:
        snapshot.kept[key] = _circles(snapshot, seed, progress)
    found: list[Index] = snapshot.kept[key]
    return found


def _circles(snapshot: Snapshot, seed: int, progress: Progress | None) -> list[Index]:
    ties = snapshot.trust.ties()
    n = len(snapshot.people)
    if not len(ties.i):
        return []
    labels = partition(ties.i, ties.j, ties.r, n, seed, RUNS, progress)
    together = (labels[:, ties.i] == labels[:, ties.j]).mean(axis=0) >= TOGETHER
    people = int(snapshot.people.counted.sum())
    whole = 2.0 * len(ties.i) / max(people * (people - 1), 1)
    found = []
    for members in _components(ties.i[together], ties.j[together], n):
        if SMALLEST <= len(members) <= LARGEST:
            inside = len(ties.within(members))
            if 2.0 * inside / (len(members) * (len(members) - 1)) >= DENSER * whole:
                found.append(members)
    return sorted(found, key=lambda members: (-len(members), int(members[0])))


def _components(i: Index, j: Index, n: int) -> list[Index]:
    """Connected sets of at least two people."""
    root = np.arange(n)
    while True:
        low = np.minimum(root[i], root[j])
        after = root.copy()
        np.minimum.at(after, i, low)
        np.minimum.at(after, j, low)
        after = after[after]
        if (after == root).all():
            break
        root = after
    tied = np.unique(np.concatenate([i, j]))
    order = tied[np.argsort(root[tied], kind="stable")]
    return [part.astype(np.int32) for part in np.split(order, np.flatnonzero(np.diff(root[order])) + 1)] if len(order) else []


_helper: subprocess.Popen[bytes] | None = None
_lock = threading.Lock()


def stop() -> None:
    """End the helper process: a running question fails, the next one starts another helper."""
    global _helper
    helper, _helper = _helper, None
    if helper is not None:
        helper.kill()
        helper.wait()
        for stream in (helper.stdin, helper.stdout):
            if stream is not None:
                stream.close()


def _ask(task: _Task, progress: Progress | None = None) -> Sequence[Any]:
    """The helper's answer; a stop that `progress` is asked for ends the helper and raises Cancelled."""
    with _lock:
        done = threading.Event()
        if progress is not None:
            threading.Thread(target=_watch, args=(progress, done), daemon=True).start()
        try:
            answer = _exchange(msgspec.json.encode(task) + b"\n")
        except (OSError, ValueError):  # its pipes were closed
            answer = b""
        finally:
            done.set()
    if progress is not None:
        progress.check()
    if not answer:
        raise RuntimeError("the helper for circles ended")
    result: Sequence[Any] = msgspec.json.decode(answer)
    return result


def _exchange(question: bytes) -> bytes:
    global _helper
    if _helper is None or _helper.poll() is not None:
        _helper = subprocess.Popen([sys.executable, "-m", "cmdesk.core.circles"], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        atexit.register(stop)
    helper = _helper
    assert helper.stdin is not None and helper.stdout is not None
    helper.stdin.write(question)
    helper.stdin.flush()
    return helper.stdout.readline()


def _watch(progress: Progress, done: threading.Event) -> None:
    """End the helper when the job is asked to stop: nothing else stops igraph."""
    while not done.wait(0.2):
        if progress.cancelled and _helper is not None:
            _helper.kill()  # its pipe ends, and whoever reads it goes on
            return


def _serve() -> None:
    """The helper: one question a line, one answer a line, until the app closes the pipe."""
    for line in sys.stdin.buffer:
        sys.stdout.buffer.write(msgspec.json.encode(_answer(msgspec.json.decode(line, type=_Task))) + b"\n")
        sys.stdout.buffer.flush()


def _answer(task: _Task) -> list[Any]:
    import random

    import igraph

    random.seed(task.seed)
    igraph.set_random_number_generator(random)
    graph = igraph.Graph(n=task.n, edges=list(zip(task.i, task.j, strict=True)))
    if task.what == "layout":
        start = [[random.random(), random.random()] for _ in range(task.n)]  # noqa: S311 -- a seeded picture, no secret
        return [list(point) for point in graph.layout_fruchterman_reingold(weights=task.weight, seed=start, grid="grid", niter=300)]
    found: list[list[int]] = []
    for _ in range(task.runs):
        parts = graph.community_leiden(objective_function="modularity", weights=task.weight, n_iterations=4)
        found.append(list(parts.membership))
    return found


if __name__ == "__main__":
    _serve()
