"""What commands share: the plugin host, an open community, progress on the terminal, a stop by Ctrl+C."""

from __future__ import annotations

import signal
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from cmdesk.core import stopping
from cmdesk.core.retelling import told
from cmdesk.core.text import _

if TYPE_CHECKING:
    from cmdesk.core.community import Community
    from cmdesk.core.progress import Progress, Step
    from cmdesk.pluginhost import Host

FILE = click.Path(path_type=Path, dir_okay=False)
"""A community file as an argument; whether it is there is told by the community itself."""


def json_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """--json"""
    return click.option("--json", "as_json", is_flag=True, help="Print one JSON document and nothing else.")(command)


def names_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """--names"""
    return click.option("--names", is_flag=True, help="Show names instead of pseudonyms.")(command)


def plugins_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """--no-plugins, which may stand before or after the command"""

    def join(ctx: click.Context, _parameter: click.Parameter, value: bool) -> bool:
        return not (value or bool(ctx.obj))

    return click.option(
        "--no-plugins", "plugins", is_flag=True, default=False, callback=join, help="Safe mode: only what comes with cmdesk."
    )(command)


def load_host(plugins: bool) -> Host:
    """The host; broken plugins are named on stderr and nothing else stops."""
    from cmdesk import pluginhost
    from cmdesk.core import settings as user_settings

    settings, problem = user_settings.load()
    if problem:
        click.echo(f"{_('warning')}: {problem}", err=True)
    host = pluginhost.load(settings, plugins=plugins)
    for plugin in host.plugins:
        if plugin.state == "failed":
            click.echo(
                f"{_('warning')}: "
                + _("Plugin {name} failed and was set aside: {problem}").format(name=plugin.name, problem=plugin.problem),
                err=True,
            )
    return host


@contextmanager
def community_at(path: Path) -> Iterator[Community]:
    """The community in this file, open until the end of the block."""
    from cmdesk.core.community import Community

    with Community.open(path) as community:
        yield community


@contextmanager
def working(last: bool = False) -> Iterator[Progress]:
    """A Progress that is drawn where stderr is a terminal. The first Ctrl+C (or SIGTERM) asks the job to stop, the second one insists. A
    job that could no longer stop is done; with `last` only telling it is left to do, and a later stop no longer keeps us from that."""
    from cmdesk.core.progress import Progress

    bar = _Bar() if sys.stderr.isatty() else None
    progress = Progress(bar.show if bar else None)
    with _stop_by_signal(progress, last):
        try:
            yield progress
        finally:
            if bar:
                bar.close()


@contextmanager
def _stop_by_signal(progress: Progress, last: bool) -> Iterator[None]:
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def stop(_number: int, _frame: object) -> None:
        if not stopping.note():
            return
        if progress.cancelled:
            raise KeyboardInterrupt
        progress.cancel()

    before = {number: signal.signal(number, stop) for number in stopping.SIGNALS}
    if stopping.wished():
        progress.cancel()  # the KeyboardInterrupt of an earlier signal got lost
    done = False
    try:
        yield
        done = last
    finally:
        for number, handler in before.items():
            signal.signal(number, signal.SIG_IGN if done else handler)


class _Bar:
    """One line that says what is being done, how fast, and how long it will take."""

    def __init__(self) -> None:
        from rich.console import Console
        from rich.progress import BarColumn, Progress as Display, TextColumn

        self._display = Display(
            TextColumn("{task.description}"), BarColumn(bar_width=24), TextColumn("{task.fields[state]}"),
            console=Console(stderr=True), transient=True,
        )  # fmt: skip
        self._task = self._display.add_task("", total=None, state="")
        self._display.start()

    def show(self, step: Step) -> None:
        """Draw a step."""
        self._display.update(self._task, description=told(step.title), total=step.total, completed=step.done, state=_state(step))

    def close(self) -> None:
        """Take the line away."""
        self._display.stop()


def _state(step: Step) -> str:
    said = _("{done} of {total} {unit}") if step.total else "{done} {unit}"
    parts = [said.format(done=f"{step.done:,}", total=f"{step.total or 0:,}", unit=told(step.unit)).strip()] if step.done else []
    if step.done and step.rate >= 1:
        parts.append(f"{step.rate:,.0f}/s")
    left = step.seconds_left
    if left is not None and step.seconds > 1:
        parts.append(_("{time} left").format(time=f"{int(left // 60)}:{int(left % 60):02d}"))
    return " · ".join(parts)
