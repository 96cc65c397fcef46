"""cmdesk self-test"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cmdesk.cli import output
from cmdesk.cli.desk import plugins_option
from cmdesk.core.paths import PYTHON
from cmdesk.core.text import _, ngettext

if TYPE_CHECKING:
    from cmdesk.pluginhost import Host

Check = tuple[str, Callable[[], str]]
"""What is proved, and the job that proves it: it returns a remark or raises."""


@click.command("self-test")
@plugins_option
def command(plugins: bool) -> int:
    """Prove that this installation works: plugins, an import, an assessment, the exports, the window. Uses a temporary folder only."""
    failed = 0
    with tempfile.TemporaryDirectory(prefix="cmdesk-self-test-") as folder:
        for title, job in _checks(Path(folder), plugins):
            try:
                remark = job()
            except Exception as error:  # noqa: BLE001 -- a check that fails is what this command is for
                failed += 1
                output.line(f"{_('FAILED')}  {title}: {' '.join(str(error).split()) or type(error).__name__} ({type(error).__name__})")
            else:
                output.line(f"ok      {title}{f': {remark}' if remark else ''}")
    output.line(ngettext("{n} check failed.", "{n} checks failed.", failed).format(n=failed) if failed else _("Everything works."))
    return 1 if failed else 0


def _checks(folder: Path, plugins: bool) -> Iterator[Check]:
    from cmdesk import __version__, pluginhost

    export, file = folder / "export.zip", folder / "community.cmdesk"
    host = pluginhost.load(plugins=plugins)
    yield f"cmdesk {__version__} on Python {sys.version.split()[0]}", lambda: sys.platform
    yield _("plugins"), lambda: _plugins(host)
    yield _("simulation"), lambda: _simulate(export)
    yield _("import"), lambda: _import(file, export, plugins)
    yield _("import again stores nothing"), lambda: _again(file, export, plugins)
    yield _("assessment"), lambda: _assess(file, host)
    for name, suffix in (("excel.report", ".xlsx"), ("picture.matrix", ".png"), ("picture.position", ".svg"), ("picture.network", ".svg")):
        yield name, partial(_export, file, host, name, folder / f"{name}{suffix}")
    if find_spec("PySide6") is not None:
        yield _("window"), lambda: _window(file)


def _plugins(host: Host) -> str:
    failed = [f"{plugin.name}: {plugin.problem}" for plugin in host.plugins if plugin.state == "failed"]
    if failed:
        raise RuntimeError("; ".join(failed))
    return f"{len(host.plugins)} plugins, {len(host.importers)} importers, {len(host.metrics)} metrics, {len(host.exporters)} exporters"


def _simulate(export: Path) -> str:
    from cmdesk import simulation

    sizes = simulation.CircleSizes(people=40, departments=4, circles=2, days=400)
    simulation.write_slack(simulation.circles(1, sizes), export)
    return f"{export.stat().st_size:,} bytes"


def _import(file: Path, export: Path, plugins: bool) -> str:
    from cmdesk.core import importing
    from cmdesk.core.community import Community

    with Community.create(file) as community:
        result = importing.run(community, [export], plugins=plugins)
    return f"{result.records.read:,} records read by {result.importer}, {result.records.set_aside} set aside"


def _again(file: Path, export: Path, plugins: bool) -> str:
    from cmdesk.core import importing
    from cmdesk.core.community import Community

    with Community.open(file) as community:
        result = importing.run(community, [export], plugins=plugins)
    stored = sum(fact.stored for fact in result.facts.values())
    if stored:
        raise RuntimeError(f"{stored} facts were stored twice")
    return ""


def _assess(file: Path, host: Host) -> str:
    from cmdesk.core import assessments, goal_model, goals
    from cmdesk.core.community import Community
    from cmdesk.core.schema import ROOT

    with Community.open(file) as community:
        goals.set(community, ROOT, "connect")
        done = assessments.run(community, host, model=goal_model.shipped())
        with community.reading() as connection:
            report = assessments.load(connection, done)
    return f"{len(report.scores)} scores of {len(report.groups)} groups"


def _export(file: Path, host: Host, name: str, out: Path) -> str:
    from cmdesk.cli import subjects
    from cmdesk.core import exporting
    from cmdesk.core.community import Community
    from cmdesk.core.progress import Progress

    exporter = subjects.find(host, name)
    with Community.open(file) as community:
        what = subjects.subject(community, host, exporter, names=False)
        exporting.write(exporter, what, out, subjects.options(exporter, {}, names=False), Progress())
    return f"{out.stat().st_size:,} bytes"


def _window(file: Path) -> str:
    """In a process of its own: where Qt lacks a library or a platform it ends its process."""
    job = "import sys, pathlib, cmdesk.app; sys.exit(cmdesk.app.check_window(pathlib.Path(sys.argv[1])))"
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run([*PYTHON, "-c", job, str(file)], capture_output=True, text=True, timeout=60, env=environment, check=False)  # noqa: S603 -- our own interpreter
    if done.returncode:
        said = done.stderr.strip().splitlines()
        raise RuntimeError(said[-1] if said else f"it ended with code {done.returncode}")
    return ""
