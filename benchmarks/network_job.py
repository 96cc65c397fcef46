"""One network drawn offscreen, in a process of its own: `python -m benchmarks.network_job PEOPLE TIES` prints its seconds and memory as JSON. The first picture is
timed by the clock (a helper works on it too), all else by the processor's time."""

from __future__ import annotations

import json
import sys
import time
from dataclasses import replace
from statistics import median
from types import SimpleNamespace
from typing import Any

import msgspec
import numpy as np

from cmdesk.core import circles
from cmdesk.core.building import Building
from cmdesk.core.progress import Progress
from cmdesk.core.snapshot import Snapshot
from cmdesk.core.stated_ties import StatedTies

WIDTH, HEIGHT = 1280, 800
FRAMES = 15


def crowd(people: int, ties: int, seed: int = 1) -> Snapshot:
    """People in circles of about 40 inside departments of about 400; four ties of five stay in the circle, one of twenty leaves the department. Four pairs
    of ten name each other, which makes most of these strong ties."""
    rng = np.random.default_rng(seed)
    town = Building()
    for k in range(people):
        town.person(f"p{k}", unit=f"Department {k // 400 + 1}")
    source = rng.integers(0, people, 2 * ties)
    far = rng.random(2 * ties)
    near = source // 40 * 40 + rng.integers(0, 40, 2 * ties)
    beside = source // 400 * 400 + rng.integers(0, 400, 2 * ties)
    target = np.where(far < 0.8, near, np.where(far < 0.95, beside, rng.integers(0, people, 2 * ties))) % people
    low, high = np.minimum(source, target), np.maximum(source, target)
    pairs = np.unique(np.where(low == high, -1, low * people + high))
    pairs = rng.permutation(pairs[pairs >= 0])[:ties]
    i, j = np.divmod(np.sort(pairs), people)
    weight, back = rng.random(len(i)) * 0.7 + 0.3, rng.random(len(i)) < 0.4
    source, target = np.concatenate([i, j[back]]).astype(np.int32), np.concatenate([j, i[back]]).astype(np.int32)
    stated = StatedTies(source, target, np.zeros(len(source), np.int32), ("knows",), np.concatenate([weight, weight[back]]))
    return replace(town.snapshot(), stated_ties=stated)


def main() -> None:
    """See the module."""
    people, ties = int(sys.argv[1]), int(sys.argv[2])
    import psutil
    from PySide6.QtGui import QImage, QPainter

    from cmdesk.plugins.trust_network import canvas as canvases, facts, scene
    from cmdesk.plugins.trust_network.choice import Choice
    from cmdesk.ui import theme

    app = theme.application()
    snapshot = crowd(people, ties)
    circles.warm()
    canvas = canvases.Canvas(SimpleNamespace(theme=theme.LIGHT))  # type: ignore[arg-type]
    canvas.resize(WIDTH, HEIGHT)
    image = QImage(WIDTH, HEIGHT, QImage.Format.Format_RGB32)

    def frame() -> float:
        began = time.process_time()
        painter = QPainter(image)
        canvas.paint(painter)
        painter.end()
        return time.process_time() - began

    began = time.perf_counter()
    choice = Choice(threshold=0.0)
    known = facts.gather(snapshot, choice, Progress())
    canvas.put(scene.compose(known, choice, names=False))
    canvas.finish()
    frame()
    first = time.perf_counter() - began

    every = scene.compose(known, msgspec.structs.replace(choice, layout="free"), names=False)
    canvas.put(every)
    canvas.fit()
    canvas.finish()
    frame()
    found: dict[str, Any] = {"people": people, "ties": int(every.counts.ties), "strong": int(every.ties.strong.sum()), "first": first}
    found["frame"] = median(_moves(canvas, frame))
    canvas.fit()
    turns = [(_sharp(canvas), _bare(every, canvas.camera, image)) for _turn in range(5)]  # by turns: a busy machine slows both down
    found["sharp"], found["bare"] = (median(part) for part in zip(*turns, strict=True))
    found |= _pointing(canvas, frame)
    found["labels"] = max(_labels(canvas, zoom) for zoom in (0.5, 1.0, 4.0, 20.0))
    found["memory"] = psutil.Process().memory_info().rss / 1e6
    print(json.dumps(found))
    app.processEvents()


def _moves(canvas: Any, frame: Any) -> list[float]:
    spent = []
    for step in range(FRAMES):
        if step % 2:
            canvas.zoom(1.1 if step % 4 == 1 else 1 / 1.1)
        else:
            canvas._look_from(canvas.camera.moved(7, 5))
        spent.append(frame())
    canvas.fit()
    return spent


def _sharp(canvas: Any) -> float:
    """The sharp picture anew: all ties and all people."""
    began = time.process_time()
    canvas.frames.begin(*canvas._aim())
    canvas.frames.advance(float("inf"))
    return time.process_time() - began


def _bare(every: Any, camera: Any, image: Any) -> float:
    """The peer: the same lines, one pixel wide, by one call of QPainter.drawLines."""
    from PySide6.QtCore import QLineF, Qt
    from PySide6.QtGui import QColor, QPainter, QPen

    at = camera.screen(every.place)
    ends = np.column_stack([at[every.ties.i], at[every.ties.j]]).tolist()
    lines = [QLineF(*line) for line in ends]
    image.fill(Qt.GlobalColor.white)
    painter = QPainter(image)
    painter.setPen(QPen(QColor(180, 185, 190), 0))
    began = time.process_time()
    painter.drawLines(lines)
    painter.end()
    return time.process_time() - began


def _pointing(canvas: Any, frame: Any) -> dict[str, float]:
    """Hover and click: find who is there, light the neighbours up, draw the frame."""
    from PySide6.QtCore import QPointF

    hover, click = [], []
    for row in canvas.scene.rows[:: max(len(canvas.scene.rows) // 9, 1)][:9].tolist():
        x, y = canvas.camera.screen(canvas.scene.place[row]).tolist()
        began = time.process_time()
        canvas._point(QPointF(x, y))
        hover.append(time.process_time() - began + frame())
        began = time.process_time()
        canvas._click(QPointF(x, y), False)
        chosen = msgspec.structs.replace(canvas.scene.choice, selected=(int(canvas.scene.facts.snapshot.people.id[row]),))
        canvas.reselect(canvas.scene.reselected(chosen))
        click.append(time.process_time() - began)
    canvas.hover = -1
    canvas._light()
    return {"hover": median(hover), "click": median(click)}


def _labels(canvas: Any, zoom: float) -> float:
    """Seconds that placing the labels takes at a zoom."""
    from cmdesk.plugins.trust_network import labels, wishes

    canvas.fit()
    camera = canvas.camera.zoomed(zoom, WIDTH / 2, HEIGHT / 2)
    window = (float(WIDTH), float(HEIGHT))
    list(wishes.wishes(canvas.scene, camera, canvas.scene.rows[:20], None, 4.0, window))
    began = time.process_time()
    labels.place(wishes.wishes(canvas.scene, camera, canvas.scene.rows[:20], None, 4.0, window), canvas.writer.width, window)
    return time.process_time() - began


if __name__ == "__main__":
    main()
