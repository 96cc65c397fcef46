"""Circles: cohesive subsets of the network of trust, found by Leiden (goal-model §4.5, Q1). The only module that imports igraph, and only in a
helper process: igraph holds the interpreter's lock while it works, so arrays go out and come back and the window stays awake."""

from __future__ import annotations

import atexit
import subprocess
import sys
import threading
from typing import IO, Any

import msgspec
import numpy as np

from cmdesk.core.paths import PYTHON
from cmdesk.core.progress import Progress
from cmdesk.core.snapshot import Floats, Index, Snapshot

RUNS = 50
TOGETHER = 0.70
SMALLEST, LARGEST = 3, 15
DENSER = 3.0
SEED = 20151


LEAST_PART = 5
"""A circle that is divided leaves no part of fewer people: nobody is hidden because of the division."""
_EXACT, _MANY = 3_000, 30_000


class _Task(msgspec.Struct):
    """What the helper is asked: "partition" (`runs` Leiden partitions), "divided" (one partition whose circles of more than `most` people are
    divided again) or "layout" (Fruchterman–Reingold from `start`)."""

    what: str
    n: int
    pairs: bytes  # int64, two by two
    weight: bytes  # float64
    seed: int
    runs: int = 1
    most: int = 0
    start: bytes = b""  # float64, two by two


def _task(what: str, n: int, i: Index, j: Index, weight: Floats, seed: int, runs: int = 1, most: int = 0, start: Floats | None = None) -> _Task:
    pairs = np.column_stack([i, j]).astype(np.int64).tobytes()
    at = b"" if start is None else np.asarray(start, np.float64).tobytes()
    return _Task(what, n, pairs, np.asarray(weight, np.float64).tobytes(), seed, runs, most, at)


def partition(
    i: Index, j: Index, weight: Floats, n: int, seed: int = SEED, runs: int = 1, progress: Progress | None = None
) -> np.ndarray[Any, Any]:
    """`runs` × `n`: the number of the circle of each of `n` people in each run (Traag, Waltman & van Eck 2019, modularity)."""
    task = _task("partition", n, i, j, weight, seed, runs)
    return np.frombuffer(_ask(task, progress), np.int32).reshape(runs, n)


def layout(
    i: Index, j: Index, weight: Floats, n: int, seed: int = SEED, start: Floats | None = None, progress: Progress | None = None
) -> Floats:
    """`n` × 2 coordinates; the same input and seed give the same picture. `start`: where people stand before, so that few steps are enough."""
    return np.frombuffer(_ask(_task("layout", n, i, j, weight, seed, start=start), progress), np.float64).reshape(n, 2)


def warm() -> None:
    """Start the helper, so that the first question need not wait for it."""
    none = np.empty(0, np.int32)
    partition(none, none, np.empty(0), 1)


def largest(n: int) -> int:
    """How many people a circle of the map may hold before it is divided: tight communities reach about 100 people (Leskovec et al. 2008),
    close ones about 50 (Dunbar). Of very many people the map shows some hundreds of circles."""
    return max(50, n // 300)


def containers(snapshot: Snapshot, seed: int = SEED) -> Index:
    """The circle of every person on ties R ≥ .2, numbered from the largest; −1 for people without a tie."""
    ties = snapshot.trust.ties()
    return containers_of(ties.i, ties.j, ties.r, len(snapshot.people), seed)


def containers_of(
    i: Index, j: Index, weight: Floats, n: int, seed: int = SEED, most: int = 0, progress: Progress | None = None
) -> Index:
    """The Leiden circle of each of `n` people, numbered from the largest; −1 for people without a tie. Circles of more than `most` people (0: as
    `largest` says) are divided by the same rule, unless that gives no parts."""
    found = np.full(n, -1, np.int32)
    if not len(i):
        return found
    task = _task("divided", n, i, j, weight, seed, most=most or largest(n))
    label = np.frombuffer(_ask(task, progress), np.int32)
    tied = np.zeros(n, np.bool_)
    tied[i] = tied[j] = True
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


def _ask(task: _Task, progress: Progress | None = None) -> bytes:
    """The helper's answer; a stop that `progress` is asked for ends the helper and raises Cancelled."""
    with _lock:
        done = threading.Event()
        if progress is not None:
            threading.Thread(target=_watch, args=(progress, done), daemon=True).start()
        try:
            answer = _exchange(msgspec.msgpack.encode(task))
        except (OSError, ValueError):  # its pipes were closed
            answer = b""
        finally:
            done.set()
    if progress is not None:
        progress.check()
    if not answer:
        raise RuntimeError("the helper for circles ended")
    return answer


def _exchange(question: bytes) -> bytes:
    global _helper
    if _helper is None or _helper.poll() is not None:
        command = [*PYTHON, "-m", "cmdesk.core.circles"]
        # A Ctrl+C in the terminal is for the app, which ends the helper if the work is to stop.
        _helper = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, start_new_session=True)  # noqa: S603 -- our own module
        atexit.register(stop)
    helper = _helper
    assert helper.stdin is not None and helper.stdout is not None
    _put(helper.stdin, question)
    return _take(helper.stdout)


def _put(pipe: IO[bytes], message: bytes) -> None:
    """A message with its length before it."""
    pipe.write(len(message).to_bytes(8, "little") + message)
    pipe.flush()


def _take(pipe: IO[bytes]) -> bytes:
    """The next message; nothing where the pipe ended before it was whole."""
    size = int.from_bytes(pipe.read(8), "little")
    message = pipe.read(size)
    return message if len(message) == size else b""


def _watch(progress: Progress, done: threading.Event) -> None:
    """End the helper when the job is asked to stop: nothing else stops igraph."""
    while not done.wait(0.2):
        if progress.cancelled and _helper is not None:
            _helper.kill()  # its pipe ends, and whoever reads it goes on
            return


def _serve() -> None:
    """The helper: a question, an answer, until the app closes the pipe."""
    while question := _take(sys.stdin.buffer):
        _put(sys.stdout.buffer, _answer(msgspec.msgpack.decode(question, type=_Task)))


def _answer(task: _Task) -> bytes:
    import random

    import igraph

    random.seed(task.seed)
    igraph.set_random_number_generator(random)
    graph = igraph.Graph(n=task.n, edges=np.frombuffer(task.pairs, np.int64).reshape(-1, 2))
    graph.es["weight"] = np.frombuffer(task.weight, np.float64).tolist()
    if task.what == "layout":
        return np.array(_laid_out(graph, task, random.random), np.float64).tobytes()
    if task.what == "divided":
        return np.array(_divided(graph, task.most), np.int32).tobytes()
    return np.array([_leiden(graph) for _run in range(task.runs)], np.int32).tobytes()


def _laid_out(graph: Any, task: _Task, chance: Any) -> list[Any]:
    """Fruchterman–Reingold: every pair repels up to some thousands of people, beyond that only those in neighbouring cells; the more people, the
    fewer steps from where they start."""
    at = np.frombuffer(task.start, np.float64).reshape(-1, 2).tolist()
    start = at or [[chance(), chance()] for _person in range(task.n)]
    exact = task.n <= _EXACT
    steps = 400 if exact else 100 if task.n <= _MANY else 20
    found = graph.layout_fruchterman_reingold(weights="weight", seed=start, grid="nogrid" if exact else "grid", niter=steps)
    return [list(point) for point in found]


def _leiden(graph: Any) -> list[int]:
    parts = graph.community_leiden(objective_function="modularity", weights=graph.es["weight"], n_iterations=4 if graph.vcount() <= _MANY else 2)
    return list(parts.membership)


def _divided(graph: Any, most: int) -> list[int]:
    """A partition whose large circles are partitioned again, each by itself."""
    label = [0] * graph.vcount()
    todo = [(list(range(graph.vcount())), True)]
    fresh = 0
    while todo:
        people, whole = todo.pop()
        inner = graph if whole else graph.induced_subgraph(people)
        parts = _leiden(inner)
        if not whole:
            parts = _no_crumbs(inner, parts)
        members: dict[int, list[int]] = {}
        for person, part in zip(people, parts, strict=True):
            members.setdefault(part, []).append(person)
        for some in members.values():
            if len(some) > most and len(some) < len(people):
                todo.append((some, False))
            else:
                fresh += 1
                for person in some:
                    label[person] = fresh
    return label


def _no_crumbs(graph: Any, parts: list[int]) -> list[int]:
    """Parts of fewer than five people join the part to which they have most ties."""
    size: dict[int, int] = {}
    for part in parts:
        size[part] = size.get(part, 0) + 1
    if max(size.values()) < LEAST_PART:
        return [0] * len(parts)
    if min(size.values()) >= LEAST_PART:
        return parts
    pull: dict[int, dict[int, float]] = {part: {} for part, count in size.items() if count < LEAST_PART}
    for (one, other), weight in zip(graph.get_edgelist(), graph.es["weight"], strict=True):
        for small, large in ((parts[one], parts[other]), (parts[other], parts[one])):
            if small in pull and large not in pull:
                pull[small][large] = pull[small].get(large, 0.0) + weight
    home = max(size, key=lambda part: (size[part], -part))
    into = {small: max(sorted(ties), key=lambda part: ties[part]) if (ties := pull[small]) else home for small in pull}
    return [into.get(part, part) for part in parts]


if __name__ == "__main__":
    _serve()
