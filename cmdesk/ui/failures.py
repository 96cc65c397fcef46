"""Whatever goes wrong ends here: the world's errors as a calm sentence, ours as an apology with a report that holds no names.

One report for each type and place in a session, because one fault in a painting routine comes back twenty times a second.
"""

from __future__ import annotations

import re
import sys
import threading
import traceback
from collections.abc import Callable
from pathlib import PurePath
from types import ModuleType, TracebackType
from typing import Any

import msgspec
from PySide6.QtCore import QMessageLogContext, QObject, Qt, QtMsgType, Signal, qInstallMessageHandler, qVersion

from cmdesk.core.errors import Cancelled, CmdeskError
from cmdesk.core.retelling import told
from cmdesk.core.text import _


class Failure(msgspec.Struct, frozen=True, kw_only=True):
    """What to tell: `kind` is world, bug or plugin; `report` is what a developer needs (no values, no names, no full paths)."""

    kind: str
    message: str
    hint: str
    report: str = ""
    plugin: str = ""


_PLUGIN = re.compile(r"cmdesk[/\\]plugins[/\\](\w+)")


_owners: dict[str, str] = {}


def own(module: ModuleType, plugin: str) -> None:
    """Learn that what goes wrong in `module`, or in the package that it is of, is the failure of `plugin`: Qt calls a widget's code without a word of whose it is."""
    package = module.__name__.partition(".")[0]
    file = module.__file__ if package == module.__name__ else getattr(sys.modules.get(package), "__file__", None)
    if file and package != "cmdesk":
        path = PurePath(file)
        _owners[str(path.parent) if path.stem == "__init__" else str(path)] = plugin


def describe(error: BaseException, plugin: str = "") -> Failure | None:
    """`error` in the user's words; None for `Cancelled`."""
    if isinstance(error, Cancelled):
        return None
    if isinstance(error, CmdeskError):
        return Failure(kind="world", message=told(error.message), hint=told(error.hint), report=error.details, plugin=plugin)
    text = report(error)
    if plugin or (plugin := _plugin_of(error)):
        return Failure(
            kind="plugin", message=_("The plugin {name} failed.").format(name=plugin),
            hint=_("Everything else goes on. You can switch it off on the page Plugins."), report=text, plugin=plugin,
        )  # fmt: skip
    return Failure(
        kind="bug", message=_("Something in cmdesk went wrong. Sorry."),
        hint=_("Your data is safe: what was saved stays saved. You can copy a report for the developers; it holds no names."), report=text,
    )  # fmt: skip


def report(error: BaseException) -> str:
    """A traceback without messages, values or full paths, because all of these hold data."""
    import platform

    lines = [f"cmdesk on Python {platform.python_version()}, Qt {qVersion()}, {platform.system()}", ""]
    chain: list[BaseException] = []
    each: BaseException | None = error
    while each is not None and each not in chain:
        chain.append(each)
        each = each.__cause__ or each.__context__
    for one in reversed(chain):
        lines += [f"  {_short(frame.filename)}:{frame.lineno} in {frame.name}" for frame in traceback.extract_tb(one.__traceback__)]
        lines.append(f"{type(one).__module__}.{type(one).__qualname__}")
    return "\n".join(lines)


def _short(path: str) -> str:
    parts = PurePath(path).parts
    for start in ("cmdesk", "site-packages"):
        if start in parts:
            return "/".join(parts[len(parts) - parts[::-1].index(start) - (start == "cmdesk") :])
    return parts[-1] if parts else "?"


def _frames(error: BaseException) -> list[traceback.FrameSummary]:
    return list(traceback.extract_tb(error.__traceback__))


def _plugin_of(error: BaseException) -> str:
    for frame in reversed(_frames(error)):
        if found := _PLUGIN.search(frame.filename):
            return found.group(1)
        path = PurePath(frame.filename)
        for place in (path, *path.parents):
            if owner := _owners.get(str(place)):
                return owner
    return ""


class Reporter(QObject):
    """Collects failures from every thread; `told(Failure)` comes once for each type and place, in the GUI thread."""

    told = Signal(object)
    _arrived = Signal(object, str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.known: dict[tuple[str, str, int], int] = {}
        self.failures: list[Failure] = []
        self._before: list[Any] = []
        self._arrived.connect(self._tell, Qt.ConnectionType.QueuedConnection)

    def tell(self, error: BaseException, plugin: str = "") -> None:
        """Report `error` from any thread; the world's errors always, ours once for each type and place."""
        if isinstance(error, Cancelled):
            return
        frames = _frames(error)
        place = (type(error).__qualname__, frames[-1].filename if frames else "", frames[-1].lineno or 0 if frames else 0)
        self.known[place] = self.known.get(place, 0) + 1
        if isinstance(error, CmdeskError) or self.known[place] == 1:
            self._arrived.emit(error, plugin)

    def _tell(self, error: BaseException, plugin: str) -> None:
        failure = describe(error, plugin)
        if failure is not None:
            self.failures.append(failure)
            self.told.emit(failure)

    def install(self) -> None:
        """Take over Python's and Qt's hooks for what nobody caught."""
        self._before = [sys.excepthook, threading.excepthook, sys.unraisablehook]
        sys.excepthook = self._uncaught
        threading.excepthook = self._uncaught_in_thread
        sys.unraisablehook = self._unraisable
        qInstallMessageHandler(_qt_message)

    def remove(self) -> None:
        """Give the hooks back."""
        if self._before:
            sys.excepthook, threading.excepthook, sys.unraisablehook = self._before
            self._before = []
            qInstallMessageHandler(None)

    def _uncaught(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
            return
        self._quietly(lambda: self.tell(error.with_traceback(trace)))
        traceback.clear_frames(trace)  # Python keeps the last error: a painter in its frames would outlive the widget that it paints, and end the program

    def _uncaught_in_thread(self, seen: Any) -> None:
        if seen.exc_value is not None:
            self._quietly(lambda: self.tell(seen.exc_value))

    def _unraisable(self, seen: Any) -> None:
        if seen.exc_value is not None:
            self._quietly(lambda: self.tell(seen.exc_value))

    @staticmethod
    def _quietly(tell: Callable[[], None]) -> None:
        try:
            tell()
        except Exception:  # noqa: BLE001 - a hook that raises would end the program (K03)
            sys.stderr.write("cmdesk: an error could not be reported\n")


def _qt_message(kind: QtMsgType, _context: QMessageLogContext, text: str) -> None:
    if kind in (QtMsgType.QtCriticalMsg, QtMsgType.QtFatalMsg):
        sys.stderr.write(f"Qt: {text}\n")
