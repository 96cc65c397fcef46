"""Viva Engage (Yammer) network data exports: CSV tables of users, groups and messages, in a zip, a folder or loose."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from cmdesk.api import Importer, Progress, Record, _, hookimpl

from .layout import sniff
from .links import link
from .options import Options

if TYPE_CHECKING:
    from cmdesk.api import Source


@hookimpl
def cmdesk_importers() -> Iterable[Importer]:
    """`viva_engage.export`."""
    yield Importer(
        name="viva_engage.export", title=_("Viva Engage (Yammer) network export"), patterns=("*.zip", "*.csv"), sniff=sniff, read=_read,
        options=Options, link=link,
    )  # fmt: skip


def _read(source: Source, options: Options, progress: Progress) -> Iterator[Record]:
    from .reading import read

    yield from read(source, options, progress)
