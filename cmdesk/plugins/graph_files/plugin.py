"""Network files: GraphML, GEXF, GML, Pajek, UCINET DL, NetDraw VNA and adjacency lists. The plugin graph_files_out writes them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from cmdesk.api import Importer, Progress, Record, _, hookimpl

from .layout import sniff
from .model import Options

if TYPE_CHECKING:
    from cmdesk.api import Source


@hookimpl
def cmdesk_importers() -> Iterable[Importer]:
    """`graph_files.network`."""
    yield Importer(
        name="graph_files.network", title=_("Network file (GraphML, GEXF, GML, Pajek, UCINET DL, NetDraw VNA, adjacency list)"),
        patterns=("*.graphml", "*.gexf", "*.gml", "*.net", "*.paj", "*.dl", "*.vna", "*.adjlist", "*.edgelist"), sniff=sniff, read=_read, options=Options,
    )  # fmt: skip


def _read(source: Source, options: Options, progress: Progress) -> Iterator[Record]:
    from .reading import read

    yield from read(source, options, progress)
