"""GML: labels may stand twice or not at all; the id tells nodes apart."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from .model import RELATIONS, TIMES, WEIGHTS, Edge, Part, Vertex, first

if TYPE_CHECKING:
    from cmdesk.api import Source

    from .facts import Facts


def gml(source: Source, name: str, facts: Facts) -> Iterator[Part]:
    """The nodes and edges of a GML file."""
    directed = False
    number = 0
    keys: dict[str, str] = {}  # id → what cmdesk wrote beside it, since an id is a number
    for kind, pairs in source.gml(name):
        data = {key: value for key, value in pairs if isinstance(value, str)}
        if kind == "graph":
            directed = data.get("directed", "1" if directed else "0") == "1"
            continue
        number += 1
        place = f"{name}, {kind} {number:,}"
        if kind == "node":
            key = data.pop("id", "")
            if own := data.pop("cmdeskkey", ""):
                keys[key] = key = own
            yield Vertex(key, data.get("name") or data.get("label", ""), data, place, group=data.get("bipartite") == "1")
        else:
            one, other = (keys.get(end, end) for end in (data.get("source", ""), data.get("target", "")))
            yield Edge(one, other, directed, first(data, WEIGHTS), first(data, RELATIONS), first(data, TIMES), place)
