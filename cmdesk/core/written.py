"""Checks of files that exporters wrote, for `Exporter.check`: each raises PluginProblem if the file is not what it should be."""

from __future__ import annotations

import csv
import zipfile
from pathlib import Path

from cmdesk.core.errors import PluginProblem
from cmdesk.core.text import _

_PNG, _END = b"\x89PNG\r\n\x1a\n", b"IEND\xaeB\x60\x82"


def picture(path: Path) -> None:
    """A PNG or SVG must be whole."""
    content = path.read_bytes()
    if not (content.startswith(_PNG) and content.endswith(_END)) and not (b"<svg" in content[:1000] and content.rstrip().endswith(b"</svg>")):
        raise _problem(_("The picture came out broken."))


def table(path: Path) -> None:
    """A CSV table must have rows of one width."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        widths = {len(row) for row in csv.reader(file)}
    if len(widths) != 1:
        raise _problem(_("The table came out uneven."))


def packed(path: Path) -> None:
    """A zip, such as a workbook, must read back whole."""
    try:
        with zipfile.ZipFile(path) as archive:
            whole = archive.testzip() is None and bool(archive.namelist())
    except zipfile.BadZipFile:
        whole = False
    if not whole:
        raise _problem(_("The file does not read back."))


def xml(path: Path) -> None:
    """An XML file must be well-formed."""
    from defusedxml.ElementTree import ParseError, iterparse

    try:
        for _event, element in iterparse(path, forbid_dtd=True):
            element.clear()
    except ParseError:
        raise _problem(_("The file does not read back.")) from None


def _problem(message: str) -> PluginProblem:
    return PluginProblem(message, _("Nothing was written; try again, and tell the plugin's author if it stays so."))
