"""Composition root: picks the window or the command line, and turns whatever escapes into a sentence and an exit code (architecture §9)."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from cmdesk.core import stopping

WORLD, USAGE, BUG, CANCELLED = 1, 2, 3, 130
"""Exit codes: the world is wrong, the command is wrong, cmdesk is wrong, the user stopped it."""


def run(arguments: Sequence[str], *, final: bool = False) -> int:
    """Carry out a command line (without the program's name) and return its exit code. `final`: the process ends with it, so a signal that
    comes after the outcome is known no longer changes it."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")  # a name that this terminal cannot show must not end the work
    wanted = _window_wanted(arguments)
    if wanted is None:
        return guard(lambda: _command_line(arguments, final))
    return guard(lambda: _window(*wanted))


def guard(job: Callable[[], int]) -> int:
    """Run `job`; what it raises becomes `error:` and `hint:` on stderr and an exit code, never a traceback."""
    try:
        return job()
    except KeyboardInterrupt:
        return CANCELLED
    except BrokenPipeError:
        # Whoever read our output has seen enough; without this Python complains while it closes stdout.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return WORLD
    except Exception as error:  # noqa: BLE001 -- the one place where everything is told
        return CANCELLED if stopping.wished() else _tell(error)


def _command_line(arguments: Sequence[str], final: bool) -> int:
    with stopping.heeded(final=final):
        from cmdesk import cli
        from cmdesk.core.text import preferred, set_language

        set_language(preferred())
        return cli.run(arguments)


def _window_wanted(arguments: Sequence[str]) -> tuple[Path | None, bool] | None:
    """(file or None, plugins) where the arguments ask for the window: none at all, or one community file; else None."""
    rest = [argument for argument in arguments if argument != "--no-plugins"]
    plugins = len(rest) == len(arguments)
    if not rest:
        return None, plugins
    if len(rest) == 1 and not rest[0].startswith("-") and (rest[0].endswith(".cmdesk") or Path(rest[0]).is_file()):
        return Path(rest[0]), plugins
    return None


def _window(path: Path | None, plugins: bool) -> int:
    from cmdesk.core import settings as user_settings
    from cmdesk.core.community import Opening
    from cmdesk.core.errors import CmdeskError
    from cmdesk.core.text import _, set_language

    settings, problem = user_settings.load()
    set_language(settings.language)
    if problem:
        print_error(problem)
    if not display():
        raise CmdeskError(_("There is no display to show a window on."), _("Everything works without one too: cmdesk --help."))
    community = path is None or path.suffix == ".cmdesk"
    begun = Opening(path) if community and path is not None else None
    try:
        from cmdesk.ui import window
    except ImportError as error:
        raise CmdeskError(
            _("The window cannot be shown: {error}.").format(error=error), _("Install what is missing; the command line works without it: cmdesk --help.")
        ) from error
    return window.run(begun, plugins=plugins, files=() if community or path is None else (path,))


def display() -> bool:
    """True where a window can be shown: Qt ends the process where it cannot."""
    if sys.platform in ("win32", "darwin"):
        return True
    return any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"))


def check_window(path: Path) -> int:
    """Open the window on a community without a screen, and close it again: part of `cmdesk self-test`. Returns the exit code."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtCore import QTimer
    from PySide6.QtWidgets import QApplication

    from cmdesk.ui import window

    app = QApplication.instance() or QApplication(["cmdesk"])
    QTimer.singleShot(1500, app.quit)
    return window.run(path)


def _tell(error: Exception) -> int:
    from cmdesk.core.errors import Cancelled, CmdeskError
    from cmdesk.core.retelling import told
    from cmdesk.core.text import _

    if os.environ.get("CMDESK_DEV"):
        import traceback

        traceback.print_exception(error)
    if isinstance(error, Cancelled):
        return CANCELLED
    if isinstance(error, CmdeskError):
        print_error(told(error.message), told(error.hint))
        return WORLD
    if isinstance(error, OSError):
        print_error(f"{error.strerror or error}{f': {error.filename}' if error.filename else ''}.", _("Check the path, its permissions and the free space."))
        return WORLD
    print_error(_("cmdesk has a fault: {place}. We are sorry. Your data is safe.").format(place=_place(error)), _("Please report this line; it holds no names."))
    return BUG


def _place(error: BaseException) -> str:
    """The kind of a bug and where it happened, without values: they may hold names."""
    import traceback

    frames = list(traceback.extract_tb(error.__traceback__))
    ours = [frame for frame in frames if f"{os.sep}cmdesk{os.sep}" in frame.filename]
    places = [f"{Path(frame.filename).name}:{frame.lineno} ({frame.name})" for frame in (*frames[-1:], *ours[-1:])]
    return " in ".join([type(error).__name__, ", from ".join(dict.fromkeys(places))])


def print_error(message: str, hint: str = "") -> None:
    """Tell what happened, and what to do, on stderr."""
    from cmdesk.core.text import _

    print(f"{_('error')}: {message}", file=sys.stderr)  # noqa: T201 -- app is a shell
    if hint:
        print(f"{_('hint')}: {hint}", file=sys.stderr)  # noqa: T201
