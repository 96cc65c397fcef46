"""Finds plugins, asks each of them alone what it offers, and keeps what is sound. A broken plugin is named and set aside; nothing else stops.

Plugins come from the entry points of the environment (cmdesk's own too), from packages in the user's plugin folder and from single .py files
there. The folder stands last on the path, so nothing in it can shadow cmdesk or its dependencies.
"""

from __future__ import annotations

import importlib.metadata
import importlib.util
import sys
import traceback
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from types import ModuleType
from typing import Any

import pluggy

from cmdesk import __version__, hookspecs
from cmdesk.core import paths
from cmdesk.core.contributions import Analysis, Assessor, Contribution, Exporter, Importer, Metric, View
from cmdesk.core.errors import PluginProblem
from cmdesk.core.settings import Settings
from cmdesk.core.text import _, for_keeping
from cmdesk.hookspecs import ENTRY_POINTS, PROJECT
from cmdesk.plugincheck import fault

_MOST = 10_000  # contributions of one hook; more is a generator that never ends


@dataclass
class PluginInfo:
    """A plugin as found. `origin`: "cmdesk" (bundled), "installed" or "folder"; `state`: "on", "off" (by the user) or "failed" (what was
    sound of it works all the same); `problem` says in words what is wrong with it, `details` is the traceback."""

    name: str
    version: str = ""
    author: str = ""
    origin: str = "installed"
    contributions: list[str] = field(default_factory=list)
    state: str = "on"
    problem: str = ""
    details: str = ""


@dataclass
class Host:
    """Everything that can be used, by name and in load order."""

    importers: dict[str, Importer] = field(default_factory=dict)
    metrics: dict[str, Metric] = field(default_factory=dict)
    assessors: dict[str, Assessor] = field(default_factory=dict)
    analyses: dict[str, Analysis] = field(default_factory=dict)
    exporters: dict[str, Exporter] = field(default_factory=dict)
    views: dict[str, View] = field(default_factory=dict)
    plugins: list[PluginInfo] = field(default_factory=list)

    def owner(self, name: str) -> str:
        """The plugin that offers the contribution `name`, "" where none does: for "Plugin X failed"."""
        return next((plugin.name for plugin in self.plugins if name in plugin.contributions), "")

    def problem(self, name: str, error: BaseException) -> PluginProblem:
        """What to tell the user when the contribution `name` failed while it ran."""
        text = _("Plugin {plugin} failed in {thing}: {error}").format(plugin=self.owner(name), thing=name, error=_words(error))
        return PluginProblem(text, _("Switch the plugin off, or tell its author."), _trace(error))


@dataclass(frozen=True)
class _Found:
    """A plugin before its code is touched."""

    info: PluginInfo
    load: Callable[[], object]


def load(settings: Settings | None = None, *, folders: bool = True, plugins: bool = True) -> Host:
    """A host with all plugins that are not switched off. `folders=False` leaves the user's plugin folder out; `plugins=False` is safe mode:
    cmdesk's own only. Never raises because of a plugin."""
    off = frozenset(settings.plugins_off if settings else ())
    host, taken = Host(), set[str]()
    for found in _find(folders=folders and plugins, foreign=plugins):
        info = found.info
        host.plugins.append(info)
        if info.name in taken:
            _fail(info, _("Another plugin is named {name}; that one is used.").format(name=info.name))
        elif info.name in off:
            info.state = "off"
        else:
            taken.add(info.name)
            _bring_in(host, found)
    return host


def _find(*, folders: bool, foreign: bool) -> Iterator[_Found]:
    """Bundled plugins first, then installed ones, then the folder's, each by name."""
    folder = paths.plugin_folder()
    if folders and folder.is_dir() and str(folder) not in sys.path:
        sys.path.append(str(folder))
    found = [_of_entry_point(point, folder) for point in importlib.metadata.entry_points(group=ENTRY_POINTS)]
    if folders and folder.is_dir():
        found += [_of_file(path) for path in folder.glob("*.py")]
    order = {"cmdesk": 0, "installed": 1, "folder": 2}
    for one in sorted(found, key=lambda one: (order[one.info.origin], one.info.name)):
        if one.info.origin == "cmdesk" or (foreign and (folders or one.info.origin != "folder")):
            yield one


def _of_entry_point(point: importlib.metadata.EntryPoint, folder: Path) -> _Found:
    package = point.dist
    if package is None or package.name == PROJECT:
        return _Found(PluginInfo(point.name, __version__, "cmdesk", "cmdesk"), point.load)
    origin = "folder" if Path(str(package.locate_file(""))).is_relative_to(folder) else "installed"
    metadata = package.metadata.json
    author = str(metadata.get("author") or metadata.get("author_email") or "")
    return _Found(PluginInfo(point.name, package.version, author.split("<")[0].strip(), origin), point.load)


def _of_file(path: Path) -> _Found:
    def load_file() -> ModuleType:
        name = f"cmdesk_plugin_{path.stem}"  # its own name space: a file named json.py shadows nothing
        spec = importlib.util.spec_from_file_location(name, path)
        if spec is None or spec.loader is None:
            raise ImportError(f"{path.name} is no Python module")
        module = importlib.util.module_from_spec(spec)
        sys.modules[name] = module
        try:
            spec.loader.exec_module(module)
        except BaseException:
            del sys.modules[name]
            raise
        info.version, info.author = str(getattr(module, "__version__", "")), str(getattr(module, "__author__", ""))
        return module

    info = PluginInfo(path.stem, origin="folder")
    return _Found(info, load_file)


def _bring_in(host: Host, found: _Found) -> None:
    """Import a plugin and take what each of its hooks yields; what fails is told in its `PluginInfo`."""
    info = found.info
    manager = pluggy.PluginManager(PROJECT)
    manager.add_hookspecs(hookspecs)
    try:
        manager.register(found.load(), info.name)
    except KeyboardInterrupt:
        raise
    except pluggy.PluginValidationError as error:
        return _fail(info, _("A hook of it is not written as cmdesk asks: {error}").format(error=_words(error)), error)
    except BaseException as error:  # noqa: BLE001 -- whatever a plugin raises on import is its own failure, sys.exit too
        return _fail(info, _("It cannot be loaded: {error}").format(error=_words(error)), error)
    for name in sorted(vars(manager.hook)):
        caller = getattr(manager.hook, name)
        if isinstance(caller, pluggy.HookCaller):
            _take_hook(host, info, caller)
    return None


def _take_hook(host: Host, info: PluginInfo, caller: pluggy.HookCaller) -> None:
    table = _tables(host).get(caller.name)
    for implementation in caller.get_hookimpls():
        if table is None:
            _fail(info, _("cmdesk has no hook {hook}; is the plugin made for another version?").format(hook=caller.name))
            continue
        if implementation.hookwrapper or implementation.wrapper:
            _fail(info, _("{hook} is a hook wrapper; cmdesk calls each plugin alone.").format(hook=caller.name))
            continue
        _take(host, info, caller.name, implementation.function, *table)


def _take(host: Host, info: PluginInfo, hook: str, function: Callable[[], Any], kind: type[Any], table: dict[str, Any]) -> None:
    """Call one hook; all that it yields, or nothing where it fails midway."""
    try:
        with for_keeping():  # titles are told where they are shown, so that the language can change
            offered = _contributions(function(), kind)
    except KeyboardInterrupt:
        raise
    except BaseException as error:  # noqa: BLE001 -- see _bring_in
        return _fail(info, _("{hook} failed: {error}").format(hook=hook, error=_words(error)), error)
    for one in offered:
        if one.name in table:
            _fail(info, _("{name} is offered by {plugin} too; that one is used.").format(name=one.name, plugin=host.owner(one.name)))
        else:
            table[one.name] = one
            info.contributions.append(one.name)
    return None


def _contributions(result: object, kind: type[Contribution]) -> list[Any]:
    """The result of a hook as a list; TypeError where anything in it is not as it should be."""
    if not isinstance(result, Iterable) or isinstance(result, str | bytes | dict):
        raise TypeError(_("it gave {got} instead of a list of {kind}").format(got=type(result).__name__, kind=kind.__name__))
    offered = list(islice(result, _MOST + 1))
    if len(offered) > _MOST:
        raise TypeError(_("it gave more than {most} things").format(most=_MOST))
    for one in offered:
        problem = fault(one, kind)
        if problem:
            raise TypeError(problem)
    return offered


def _tables(host: Host) -> dict[str, tuple[type[Any], dict[str, Any]]]:
    """The hooks, and where what they yield goes."""
    return {
        "cmdesk_importers": (Importer, host.importers),
        "cmdesk_metrics": (Metric, host.metrics),
        "cmdesk_assessors": (Assessor, host.assessors),
        "cmdesk_analyses": (Analysis, host.analyses),
        "cmdesk_exporters": (Exporter, host.exporters),
        "cmdesk_views": (View, host.views),
    }


def _fail(info: PluginInfo, problem: str, error: BaseException | None = None) -> None:
    info.state = "failed"
    info.problem = f"{info.problem} {problem}".strip()
    if error is not None:
        info.details = f"{info.details}\n{_trace(error)}".strip()


def _words(error: BaseException) -> str:
    """An exception in one line, its own words first."""
    text = " ".join(str(error).split())
    return f"{text} ({type(error).__name__})" if text else type(error).__name__


def _trace(error: BaseException) -> str:
    return "".join(traceback.format_exception(error))[-20_000:]
