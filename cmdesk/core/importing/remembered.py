"""What a person said of tables, for the next file with the same head: one small file of this user, beside the settings. It holds heads of columns,
no cells."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Mapping, Sequence
from pathlib import Path

import msgspec

from cmdesk.core import paths
from cmdesk.core.importing.job import TABLE
from cmdesk.core.reading.seen import TableSeen

_MOST = 500
"""Heads that are kept, the latest."""


def _path() -> Path:
    return paths.config_folder() / "tables.json"


def known() -> dict[str, str]:
    """Options "table.KEY" for every head that was corrected before; none where they cannot be read."""
    try:
        found = msgspec.json.decode(_path().read_bytes(), type=dict[str, str])
    except (OSError, msgspec.DecodeError, UnicodeDecodeError):
        return {}
    return {TABLE + key: text for key, text in found.items()}


def used(options: Mapping[str, str], tables: Sequence[TableSeen]) -> dict[str, str]:
    """`options` without what is remembered of other tables."""
    here = {TABLE + table.key for table in tables}
    return {key: value for key, value in options.items() if not key.startswith(TABLE) or key in here}


def keep(options: Mapping[str, str], tables: Sequence[TableSeen]) -> None:
    """Remember how `tables` were taken where `options` say something of it; not being able to is no reason to trouble anybody."""
    before = {key.removeprefix(TABLE): text for key, text in known().items()}
    now = dict(before)
    for table in tables:
        if TABLE + table.key in options or options.get("columns") or options.get("date_order"):
            now.pop(table.key, None)
            now[table.key] = table.said(table.kind, table.at, table.found.get("date_order", ""))
    if now == before:
        return
    path = _path()
    beside = path.with_name(f"{path.name}.{os.getpid()}.new")
    with contextlib.suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        beside.write_bytes(msgspec.json.format(msgspec.json.encode(dict(list(now.items())[-_MOST:]))))
        beside.replace(path)
