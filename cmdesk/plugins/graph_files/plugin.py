"""Network files: GraphML, GEXF, GML, Pajek and UCINET DL, in and out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cmdesk.api import Exporter, Importer, Progress, Record, _, hookimpl

from .layout import sniff
from .model import Options
from .network import NetworkOptions

if TYPE_CHECKING:
    from cmdesk.api import Source


@hookimpl
def cmdesk_importers() -> Iterable[Importer]:
    """`graph_files.network`."""
    yield Importer(
        name="graph_files.network", title=_("Network file (GraphML, GEXF, GML, Pajek, UCINET DL)"),
        patterns=("*.graphml", "*.gexf", "*.gml", "*.net", "*.paj", "*.dl"), sniff=sniff, read=_read, options=Options,
    )  # fmt: skip


def _read(source: Source, options: Options, progress: Progress) -> Iterator[Record]:
    from .reading import read

    yield from read(source, options, progress)


@hookimpl
def cmdesk_exporters() -> Iterable[Exporter]:
    """`graph_files.graphml`, `.gexf`, `.gml`, `.pajek` and `.dl`."""
    for form, title, suffix in (
        ("graphml", _("Network as GraphML"), ".graphml"), ("gexf", _("Network as GEXF (Gephi)"), ".gexf"), ("gml", _("Network as GML"), ".gml"),
        ("pajek", _("Network as Pajek"), ".net"), ("dl", _("Network as UCINET DL"), ".dl"),
    ):  # fmt: skip
        yield Exporter(name=f"graph_files.{form}", title=title, suffix=suffix, accepts="snapshot", write=_writer(form), options=NetworkOptions)


def _writer(form: str) -> Callable[[Any, Path, Any, Progress], None]:
    def write(snapshot: Any, path: Path, options: Any, progress: Progress) -> None:
        from .writing import write as write_network

        write_network(form, snapshot, path, options, progress)

    return write
