"""Starts the window: theme, language, hooks for what nobody caught, and the event loop."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer

from cmdesk.core.text import set_language
from cmdesk.ui import theme
from cmdesk.ui.desk import Desk
from cmdesk.ui.failures import Reporter
from cmdesk.ui.shell import MainWindow

if TYPE_CHECKING:
    from cmdesk.core.community import Opening
    from cmdesk.pluginhost import Host


def run(community: Path | Opening | None = None, *, host: Host | None = None, plugins: bool = True, files: Sequence[Path] = ()) -> int:
    """Open the window, on a community where one is given, and stay until it is closed; `files` are shown for import, `plugins=False` is safe
    mode. Returns the exit code."""
    app = theme.application()
    app.setApplicationName("cmdesk")
    app.setDesktopFileName("cmdesk")
    desk = Desk()
    set_language(desk.settings.language)
    theme.apply(app, desk.settings.theme)
    reporter = Reporter()
    reporter.install()
    try:
        window = MainWindow(loader(desk, plugins=plugins) if host is None else lambda: host, desk, reporter)
        if community is not None:
            window.tasks.open_path(community)
        window.show()
        if files:
            QTimer.singleShot(0, lambda: window.tasks.take_files(list(files)))
        code = app.exec()
        window.deleteLater()
        app.processEvents()
    finally:
        reporter.remove()
    return code


def loader(desk: Desk, *, plugins: bool = True) -> Callable[[], Host]:
    """What loads the plugins as the settings say, when they are first needed."""

    def load() -> Host:
        from cmdesk import pluginhost

        return pluginhost.load(desk.settings, plugins=plugins)

    return load
