"""A plugin that fails in every hook, each in its own way: cmdesk starts, names it, and goes on."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import Any

from cmdesk.api import Metric, hookimpl


@hookimpl
def cmdesk_importers() -> Any:
    raise RuntimeError("importers are out of order")


@hookimpl
def cmdesk_metrics() -> Iterator[Any]:
    yield Metric(name="broken.first", title="First", unit="", meaning="It came before the failure.", compute=lambda *_all: [])
    raise KeyError("midway")


@hookimpl
def cmdesk_assessors() -> Any:
    return 42


@hookimpl
def cmdesk_exporters() -> Any:
    sys.exit("a plugin does not end the program")


@hookimpl
def cmdesk_views() -> Any:
    raise BaseException("not even an Exception")
