"""Mattermost bulk exports (JSON lines, plain or in a zip with attachments): teams, channels, who is in them, who wrote what in answer to whom."""

from __future__ import annotations

from collections.abc import Iterable

from cmdesk.api import Importer, _, hookimpl

from .layout import sniff
from .reading import Options, read


@hookimpl
def cmdesk_importers() -> Iterable[Importer]:
    """`mattermost.export`."""
    yield Importer(
        name="mattermost.export", title=_("Mattermost bulk export"), patterns=("*.jsonl", "*.json", "*.zip", "*.tar.gz"), sniff=sniff,
        read=read, options=Options,
    )  # fmt: skip
