"""Is a contribution what its type says? Structs hold whatever a plugin put in them, so the host looks before it believes."""

from __future__ import annotations

import re
from typing import Any

import msgspec

from cmdesk.core.contributions import Analysis, Assessor, Exporter, Importer, Metric, View
from cmdesk.core.text import _

_NAME = re.compile(r"[A-Za-z0-9_]+(\.[A-Za-z0-9_]+)*", re.ASCII)
_WIDGET = re.compile(r"[\w.]+:\w+")
_TEXTS: dict[type[Any], tuple[str, ...]] = {
    Importer: ("title",), Metric: ("title", "unit", "meaning"), Assessor: ("title",), Analysis: ("title", "question"), Exporter: ("title", "suffix", "accepts"),
    View: ("title", "icon", "widget"),
}  # fmt: skip
_CALLS: dict[type[Any], tuple[str, ...]] = {
    Importer: ("sniff", "read"), Metric: ("compute",), Assessor: ("assess",), Analysis: ("analyse",), Exporter: ("write",), View: (),
}  # fmt: skip


def fault(one: object, kind: type[Any]) -> str:
    """What is wrong with a contribution of `kind`, in words; empty where it is sound."""
    if not isinstance(one, kind):
        return _("it gave {got} where {kind} belongs").format(got=type(one).__name__, kind=kind.__name__)
    name = getattr(one, "name", None)
    if not isinstance(name, str) or not _NAME.fullmatch(name):
        return _("{name} is no name; write it as plugin.thing").format(name=repr(name)[:80])
    for field in _TEXTS[kind]:
        if not isinstance(getattr(one, field), str):
            return _("{field} of {name} is no text").format(field=field, name=name)
    for field in _CALLS[kind]:
        if not callable(getattr(one, field)):
            return _("{field} of {name} is no function").format(field=field, name=name)
    return _special(one, name)


def _special(one: Any, name: str) -> str:
    options = getattr(one, "options", msgspec.Struct)
    if not (isinstance(options, type) and issubclass(options, msgspec.Struct)):
        return _("options of {name} is no msgspec.Struct type").format(name=name)
    match one:
        case Importer() if not _texts(one.patterns):
            return _("patterns of {name} is no tuple of texts").format(name=name)
        case Importer() if not callable(getattr(one, "link", None) or fault):
            return _("{field} of {name} is no function").format(field="link", name=name)
        case Exporter() if not callable(getattr(one, "check", None) or fault):
            return _("{field} of {name} is no function").format(field="check", name=name)
        case View() if not _WIDGET.fullmatch(one.widget):
            return _("widget of {name} is not written as package.module:Class").format(name=name)
    return ""


def _texts(value: object) -> bool:
    return isinstance(value, tuple) and all(isinstance(text, str) for text in value)
