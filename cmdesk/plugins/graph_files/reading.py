"""Reads every network file of a source."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from cmdesk.api import N_, ImportProblem, Progress, Record, _

from .dl import dl
from .facts import Facts, origin
from .gml_graph import gml
from .layout import form_of
from .lists_of_ties import adjacency, edges, neighbours
from .model import Options, Part
from .pajek import pajek
from .vna import vna
from .xml_graphs import gexf, graphml

if TYPE_CHECKING:
    from cmdesk.api import Source

_READERS: dict[str, Callable[[Source, str, Facts], Iterator[Part]]] = {
    "graphml": graphml, "gexf": gexf, "gml": gml, "pajek": pajek, "dl": dl, "vna": vna,
    "own": adjacency, "adjacency": adjacency, "neighbours": neighbours, "edges": edges,
}  # fmt: skip


def read(source: Source, options: Options, progress: Progress) -> Iterator[Record]:
    """The people, groups and stated ties of the network files in the source."""
    yield origin(options)
    found = 0
    for entry in source.entries():
        progress.check()
        form = form_of(source, entry.name)
        if not form:
            source.ignore(entry.name, N_("it is not a network file"))
            continue
        found += 1
        facts = Facts(source, entry.name, options)
        yield from facts.read(_READERS[form](source, entry.name, facts))
    if not found:
        raise ImportProblem(_("{name} holds no network file.").format(name=source.name), _("Give a GraphML, GEXF, GML, Pajek, UCINET DL or NetDraw VNA file, or an adjacency list."))
