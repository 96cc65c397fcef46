"""Jobs that run in a process of their own, so that neither time nor memory of one touches another: `python -m benchmarks.jobs NAME …`.

Each prints one JSON document: its seconds, its processor seconds with those of its children, and the peak memory of its process and of its largest child in MB."""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any


def run(name: str, *arguments: object) -> dict[str, Any]:
    """Carry out a job in a new process and return what it printed."""
    command = [sys.executable, "-m", "benchmarks.jobs", name, *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"{' '.join(command)} failed:\n{done.stderr[-3000:]}")
    result: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return result


def read_json(path: str) -> dict[str, Any]:
    """The peer of an import: unzip and json.loads, keeping nothing."""
    messages = 0
    with zipfile.ZipFile(path) as archive:
        for name in archive.namelist():
            found = json.loads(archive.read(name))
            messages += len(found) if "/" in name else 0
    return {"messages": messages}


def import_zip(file: str, export: str) -> dict[str, Any]:
    """cmdesk import, as the command line does it."""
    from cmdesk.core import importing
    from cmdesk.core.community import Community

    with Community.open(Path(file)) if Path(file).exists() else Community.create(Path(file)) as community:
        result = importing.run(community, [Path(export)])
    return {"read": result.records.read, "stored": {kind: fact.stored for kind, fact in result.facts.items()}}


def parse(kind: str, file: str, target: str) -> dict[str, Any]:
    """The peer of an importer: parsing with the standard library, and one table with a UNIQUE key."""
    from benchmarks import parsers

    return {"messages": parsers.stored(kind, Path(file), Path(target))}


def perceval(file: str) -> dict[str, Any]:
    """Perceval's mbox back-end, where it is installed."""
    from benchmarks import parsers

    try:
        return {"messages": parsers.perceval(Path(file))}
    except ImportError:
        return {"missing": True}


def trust(file: str) -> dict[str, Any]:
    """Ties and trust, then all groups against all goals; and numpy's lexsort and bincount of the same events."""
    import numpy as np

    from cmdesk import pluginhost
    from cmdesk.core import goal_model, loading
    from cmdesk.core.assessments import ASSESSOR, FitOptions
    from cmdesk.core.community import Community
    from cmdesk.core.goal_model import GOALS
    from cmdesk.core.progress import Progress

    host, model = pluginhost.load(folders=False), goal_model.shipped()
    began = time.perf_counter()
    with Community.open(Path(file)) as community, community.reading() as connection:
        snapshot = loading.load(connection, as_of=None, metrics=host.metrics)
    loaded = time.perf_counter()
    _events, _trust = snapshot.events, snapshot.trust
    trusted = time.perf_counter()
    groups = list(range(len(snapshot.groups)))
    scores = list(host.assessors[ASSESSOR].assess(snapshot, groups, GOALS, FitOptions(model), Progress()))
    assessed = time.perf_counter()
    events = snapshot.events
    people = len(snapshot.people)
    peer = time.perf_counter()
    order = np.lexsort((events.at, events.target, events.actor))
    np.bincount(events.actor[order].astype(np.int64) * people + events.target[order], weights=events.weights(snapshot.until, snapshot.half_life)[order], minlength=people * people)
    ended = time.perf_counter()
    return {
        "load": loaded - began, "trust": trusted - loaded, "assess": assessed - trusted, "peer": ended - peer, "events": len(order), "scores": len(scores)
    }  # fmt: skip


def goals(facts: str, replicates: str) -> dict[str, Any]:
    """All groups of a crowd against all goals, stage by stage, and the metrics that networkx can do too. Without replicates only points."""
    from benchmarks import peers
    from benchmarks.crowd import crowd
    from cmdesk import pluginhost
    from cmdesk.core import goal_model
    from cmdesk.core.assessing import Assessing
    from cmdesk.core.assessments import ASSESSOR, FitOptions
    from cmdesk.core.goal_model import GOALS
    from cmdesk.core.progress import Progress
    from cmdesk.core.resampling import Plan

    host = pluginhost.load(folders=False)
    seen = crowd(int(facts), metrics=host.metrics)
    groups = range(len(seen.groups))
    work = Assessing(seen, host.assessors[ASSESSOR], groups, GOALS, FitOptions(goal_model.shipped()))
    result = {"points": _seconds(lambda: work.points(Progress()))}
    if int(replicates):
        plan = Plan(int(replicates))
        again = Assessing(seen, host.assessors[ASSESSOR], groups, GOALS, FitOptions(goal_model.shipped()))
        result["stop"] = max(peers.wait_to_stop(again, plan, after) for after in (0.5, 3.0, 10.0, 25.0))
        result["intervals"] = _seconds(lambda: work.intervals(plan, Progress()))
        result["sensitivity"] = _seconds(lambda: work.sensitivity(Progress()))
        result |= peers.networkx(seen)
    return result


def _seconds(job: Callable[[], object]) -> float:
    """Processor time of a job."""
    began = time.process_time()
    job()
    return time.process_time() - began


def what_if(people: str, facts: str) -> dict[str, Any]:
    """A panel that asks what the fit of one group would be if one person left, ten persons one after another; loading is not counted."""
    from benchmarks import crowd
    from cmdesk import pluginhost
    from cmdesk.core import goal_model, supposing
    from cmdesk.core.goal_model import GOALS

    host, model, group = pluginhost.load(folders=False), goal_model.shipped(), 3
    snapshot = supposing.rough(crowd.crowd(int(facts), int(people), metrics=host.metrics))
    supposing.ask(snapshot, supposing.Supposition(), host, model, [group], GOALS)
    each = []
    for person in snapshot.people.id[snapshot.groups.roster[group]][:10].tolist():
        began = time.perf_counter()
        answers = supposing.ask(snapshot, supposing.Supposition(leave=(person,)), host, model, [group], GOALS)
        each.append(time.perf_counter() - began)
    return {"each": sorted(each), "answers": len(answers)}


def _plugins() -> Any:
    """The plugins, when the window asks for them, as the program does it."""
    from cmdesk import pluginhost

    return pluginhost.load(folders=False)


def window(file: str) -> dict[str, Any]:
    """The main window on a community, until its first page is painted; in the order of `cmdesk.__main__` and `cmdesk.ui.window.run`."""
    from cmdesk.core import sweeping
    from cmdesk.core.community import Opening

    sweeping.rarely()
    begun = Opening(Path(file))
    from cmdesk.ui import theme
    from cmdesk.ui.shell import MainWindow

    app = theme.application()
    theme.apply(app, "light")
    shown = MainWindow(_plugins)
    shown.tasks.open_path(begun)
    shown.show()
    from PySide6.QtCore import QEventLoop

    while shown.session.community is None:
        app.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
    app.processEvents()
    shown.grab()
    return {"ready": time.perf_counter()}


def window_import(folder: str, export: str) -> dict[str, Any]:
    """An export dropped on a window, looked at and imported while a timer of 10 ms runs on the GUI thread: the longest pauses between two of its
    ticks, in ms, with the step at which they fell and how long the thread itself worked meanwhile (on a busy machine it waits for a processor)."""
    from PySide6.QtCore import QEventLoop, QTimer

    from cmdesk.ui import theme
    from cmdesk.ui.desk import Desk
    from cmdesk.ui.pages.wizard import CHOOSE, PREVIEW, READ, WizardPage
    from cmdesk.ui.shell import MainWindow

    app = theme.application()
    theme.apply(app, "light")
    desk = Desk(Path(folder) / "settings.json")
    desk.remember("folder", folder)
    shown = MainWindow(_plugins, desk)
    shown.show()
    while shown.session.jobs.running() or not shown.session.loaded_views():
        app.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents, 50)
    shown.tasks.take_files([Path(export)])
    page = shown.pages.page()
    assert isinstance(page, WizardPage)
    pauses: list[tuple[float, str, float]] = []
    last = [time.perf_counter(), time.thread_time()]

    def tick() -> None:
        now, worked = time.perf_counter(), time.thread_time()
        step = ("choose", "preview", "running", "read", "purpose", "belonging")[page.step()]
        pauses.append(((now - last[0]) * 1000, step, (worked - last[1]) * 1000))
        last[:] = now, worked

    timer = QTimer()
    timer.setInterval(10)
    timer.timeout.connect(tick)
    timer.start()
    app.processEvents()
    for button, until in ((page.choose.go_on, PREVIEW), (page.preview.accept, READ)):
        QTimer.singleShot(0, button.click)
        while page.step() != until or shown.session.jobs.running():
            app.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents, 50)
            assert page.step() != CHOOSE or until == PREVIEW, "the import failed"
    pauses.sort(reverse=True)
    return {"longest": pauses[0][0], "at": pauses[0][1], "over": [pause for pause in pauses if pause[0] > 100], "ticks": len(pauses), "five": pauses[:5], "worked": max(worked for _pause, _step, worked in pauses)}


def bare_window() -> dict[str, Any]:
    """The peer of the window: a QMainWindow with a table of 100 rows."""
    from PySide6.QtWidgets import QApplication, QMainWindow, QTableWidget, QTableWidgetItem

    app = QApplication(["benchmark"])
    shown = QMainWindow()
    table = QTableWidget(100, 6)
    for row in range(100):
        for column in range(6):
            table.setItem(row, column, QTableWidgetItem(f"{row} {column}"))
    shown.setCentralWidget(table)
    shown.show()
    app.processEvents()
    shown.grab()
    return {"ready": time.perf_counter()}


JOBS: dict[str, Callable[..., dict[str, Any]]] = {
    "read_json": read_json, "import": import_zip, "parse": parse, "perceval": perceval, "trust": trust, "what_if": what_if, "goals": goals, "window": window,
    "bare_window": bare_window, "window_import": window_import,
}  # fmt: skip


def main() -> None:
    """Carry out the job that is named by the arguments."""
    began = time.perf_counter()
    result = JOBS[sys.argv[1]](*sys.argv[2:])
    result["seconds"] = time.perf_counter() - began
    result["cpu"] = sum(sum(resource.getrusage(who)[:2]) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    result["own_mb"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    result["child_mb"] = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    print(json.dumps(result), flush=True)
    sys.stdout.flush()
    # Qt objects of the window jobs are left to the system: taking them apart is not what is measured.
    import os

    os._exit(0)


if __name__ == "__main__":
    main()
