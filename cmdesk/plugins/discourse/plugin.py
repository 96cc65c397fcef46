"""Discourse: who wrote what in which topic and category, in answer to whom, and which answer was accepted."""

from __future__ import annotations

from collections.abc import Iterable

from cmdesk.api import Importer, _, hookimpl

from .layout import sniff
from .reading import Options, read

PATTERNS = ("*.json", "*.ndjson", "*.csv", "*.csv.gz", "*.zip", "*.tar.gz")


@hookimpl
def cmdesk_importers() -> Iterable[Importer]:
    """`discourse.export`."""
    yield Importer(name="discourse.export", title=_("Discourse forum"), patterns=PATTERNS, sniff=sniff, read=read, options=Options)
