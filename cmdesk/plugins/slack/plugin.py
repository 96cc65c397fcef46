"""Slack workspace exports (zip or folder): who is there, who wrote what where, in answer to whom."""

from __future__ import annotations

from collections.abc import Iterable

from cmdesk.api import Importer, _, hookimpl

from .layout import sniff
from .links import link
from .reading import Options, read


@hookimpl
def cmdesk_importers() -> Iterable[Importer]:
    """`slack.export`."""
    yield Importer(
        name="slack.export", title=_("Slack export"), patterns=("*.zip", "*.tar.gz"), sniff=sniff, read=read, options=Options, link=link
    )
