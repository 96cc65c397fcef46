"""Discord servers as DiscordChatExporter writes them, JSON or web pages (HTML): one file, or a folder or archive of channels and threads."""

from __future__ import annotations

from collections.abc import Iterable

from cmdesk.api import Importer, _, hookimpl

from .layout import sniff
from .reading import Options, read


@hookimpl
def cmdesk_importers() -> Iterable[Importer]:
    """`discord.export`."""
    yield Importer(
        name="discord.export", title=_("Discord export (DiscordChatExporter)"), patterns=("*.json", "*.html", "*.csv", "*.htm", "*.zip", "*.tar.gz"),
        sniff=sniff, read=read, options=Options,
    )  # fmt: skip
