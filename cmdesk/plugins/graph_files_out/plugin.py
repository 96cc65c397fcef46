"""Networks as GraphML, GEXF, GML, Pajek, UCINET DL, adjacency list, and as tables of people and of ties."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from cmdesk.api import Exporter, Progress, _, hookimpl

from .network import NetworkOptions


@hookimpl
def cmdesk_exporters() -> Iterable[Exporter]:
    """`graph_files.graphml`, `.gexf`, `.gml`, `.pajek`, `.dl`, `.adjacency`, `.edges` and `.nodes`."""
    for form, title, suffix in (
        ("graphml", _("Network as GraphML"), ".graphml"), ("gexf", _("Network as GEXF (Gephi)"), ".gexf"), ("gml", _("Network as GML"), ".gml"),
        ("pajek", _("Network as Pajek"), ".net"), ("dl", _("Network as UCINET DL"), ".dl"),
        ("adjacency", _("Network as adjacency list"), ".adjlist"), ("edges", _("Network as edge list (CSV)"), ".csv"),
        ("nodes", _("People for an edge list (CSV)"), ".csv"),
    ):  # fmt: skip
        yield Exporter(
            name=f"graph_files.{form}", title=title, suffix=suffix, accepts="snapshot", write=_writer(form), check=_checker(form),
            options=NetworkOptions,
        )  # fmt: skip


def _writer(form: str) -> Callable[[Any, Path, Any, Progress], None]:
    def write(snapshot: Any, path: Path, options: Any, progress: Progress) -> None:
        from .writing import write as write_network

        write_network(form, snapshot, path, options, progress)

    return write


def _checker(form: str) -> Callable[[Any, Path], None]:
    def check(snapshot: Any, path: Path) -> None:
        from .writing import check as check_network

        check_network(form, path)

    return check
