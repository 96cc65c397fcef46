"""cmdesk show threads and pages: rows that a person can recognise."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from typing import Any, NamedTuple

import msgspec

from cmdesk.cli import output
from cmdesk.cli.desk import load_host
from cmdesk.core import groups, links, worklist
from cmdesk.core.schema import ROOT
from cmdesk.core.text import _
from cmdesk.core.when import iso


class Asked(NamedTuple):
    """What is to be shown, and how."""

    group: str | None
    only: str
    names: bool
    as_json: bool


def show(connection: sqlite3.Connection, what: str, asked: Asked, places: Mapping[str, str]) -> None:
    """Print the threads or pages."""
    group = ROOT if asked.group is None else groups.find(connection, asked.group)
    rows = _threads(connection, group, asked) if what == "threads" else _pages(connection, group, asked)
    importers = load_host(True).importers if asked.as_json or places else {}
    for row in rows:
        row["link"] = links.link(importers, places, row["source"], row["key"])
    if asked.as_json:
        output.document({what: rows})
    elif not rows:
        output.line(_("No questions or ideas here.") if what == "threads" else _("No pages here."))
    elif what == "threads":
        heads = ("ref", "date", "group", "kind", "title", "tags", "replies", "status", "since")
        output.table(heads, [[_cell(row, head) for head in heads] for row in rows])
    else:
        columns = ("ref", "title", "group", "updated", "confirmed", "owner", "review")
        output.table(columns, [[_cell(row, head) for head in columns] for row in rows])


def _threads(connection: sqlite3.Connection, group: int, asked: Asked) -> list[dict[str, Any]]:
    found = worklist.Threads(connection, group, asked.only)
    return [{**msgspec.to_builtins(row), "at": iso(row.at)} for row in found.rows(connection, found.ids, asked.names)]


def _pages(connection: sqlite3.Connection, group: int, asked: Asked) -> list[dict[str, Any]]:
    return [{**msgspec.to_builtins(row), "updated": iso(row.updated)} for row in worklist.pages(connection, group, names=asked.names)]


def _cell(row: Mapping[str, Any], head: str) -> Any:
    if head == "date":
        return (row["at"] or "")[:10]
    if head == "kind":
        return ", ".join(word for word, there in ((_("question"), row["question"]), (_("idea"), row["idea"])) if there)
    if head == "tags":
        return ", ".join(row["tags"])
    if head == "status":
        return _(row["status"]) if row["status"] else ""
    return (row[head] or "")[:10] if head == "updated" else row[head]
