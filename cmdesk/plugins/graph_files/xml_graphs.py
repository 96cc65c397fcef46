"""GraphML and GEXF. Names count without their namespace, since programs write many; several graphs in a file are several relations."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from .model import Edge, Part, Vertex, first, of_edge

if TYPE_CHECKING:
    from cmdesk.api import Source

    from .facts import Facts

_DATED = frozenset({"start", "startopen", "timestamp", "end", "endopen"})
_PLAIN_IDS = ("", "g", "graph", "network")


def graphml(source: Source, name: str, facts: Facts) -> Iterator[Part]:
    """The nodes and edges of a GraphML file."""
    names: dict[tuple[str, str], str] = {}
    defaults: dict[str, dict[str, str]] = {"node": {}, "edge": {}}
    graphs: list[tuple[int, bool, str]] = []
    facts.counted = f"{name}, element"
    for number, element in enumerate(source.xml(name, ("node", "edge"), around=("key", "hyperedge"), begins=("graph",)), 1):
        while graphs and graphs[-1][0] >= element.level:
            graphs.pop()
        said = element.attributes
        if element.tag == "key":
            _key(element, names, defaults)
        elif element.tag == "graph":
            plain = said.get("id", "").lower() in _PLAIN_IDS or said.get("id", "").endswith(":")
            graphs.append((element.level, said.get("edgedefault", "").lower() != "undirected", "" if plain else said.get("id", "")))
        elif element.tag == "node":
            data = _data(element, names, defaults)
            yield Vertex(
                said.get("id", ""), _label(element, data), data, f"{name}, element {number:,}", group=first(data, ("bipartite",)) in ("1", "1.0"),
            )  # fmt: skip
        elif element.tag == "edge":
            data = _data(element, names, defaults)
            _level, directed, relation = graphs[-1] if graphs else (0, True, "")
            own = said.get("directed", "").lower()
            weight, named, at = of_edge(data)
            yield Edge(
                said.get("source", ""), said.get("target", ""), own in ("true", "1") if own else directed, weight, named or relation, at, number,
            )  # fmt: skip


def _key(element: Any, names: dict[tuple[str, str], str], defaults: dict[str, dict[str, str]]) -> None:
    """What a key is called, and what it is where nothing is said."""
    said = element.attributes
    for kind in ("node", "edge") if said.get("for", "all") == "all" else (said["for"],):
        called = said.get("attr.name") or said.get("id", "")
        names[kind, said.get("id", "")] = called
        for part in element.all("default"):
            if kind in defaults and part.text:
                defaults[kind][called] = part.text


def _data(element: Any, names: dict[tuple[str, str], str], defaults: dict[str, dict[str, str]]) -> dict[str, str]:
    data = dict(defaults[element.tag])
    for part in element.parts:
        if part.tag == "data":
            key = part.attributes.get("key", "")
            data[names.get((element.tag, key), key)] = part.text
    return data


def _label(element: Any, data: dict[str, str]) -> str:
    """The label: an attribute, what yEd shows, or the description."""
    if label := first(data, ("label", "name")):
        return label
    for tag in ("NodeLabel", "desc"):
        if label := next((part.text for part in element.all(tag) if part.text), ""):
            return label
    return ""


def gexf(source: Source, name: str, facts: Facts) -> Iterator[Part]:
    """The nodes and edges of a GEXF file, static or dynamic."""
    names: dict[tuple[str, str], tuple[str, str]] = {}
    directed = False
    kind = "node"
    facts.counted = f"{name}, element"
    wanted = source.xml(name, ("node", "edge"), around=("attribute",), begins=("graph", "attributes"))
    for number, element in enumerate(wanted, 1):
        said = element.attributes
        if element.tag == "edge":
            own = said.get("type", "").lower()
            weight, relation, at = of_edge(_values(element, names))
            yield Edge(
                said.get("source", ""), said.get("target", ""), own == "directed" if own in ("directed", "undirected") else own != "mutual" and directed,
                said.get("weight") or weight, said.get("kind") or relation, _span(element)[0] or at, number,
            )  # fmt: skip
        elif element.tag == "graph":
            directed = said.get("defaultedgetype", "undirected").lower() in ("directed", "mutual")
            facts.zone = said.get("timezone", "")
        elif element.tag == "attributes":
            kind = said.get("class", "node").lower()
        elif element.tag == "attribute":
            default = next((part.text for part in element.all("default")), "")
            names[kind, said.get("id", "")] = said.get("title") or said.get("id", ""), default
        else:
            begin, end = _span(element)
            data = _values(element, names)
            yield Vertex(
                said.get("id", ""), said.get("label", ""), data, f"{name}, element {number:,}", group=first(data, ("bipartite",)) in ("1", "1.0"),
                begin=begin, end=end,
            )  # fmt: skip


def _values(element: Any, names: dict[tuple[str, str], tuple[str, str]]) -> dict[str, str]:
    """The attributes by title; of one that changes in time the last value."""
    data = {called: default for (kind, _id), (called, default) in names.items() if kind == element.tag and default} if names else {}
    if not element.parts:
        return data
    for part in element.all("attvalue"):
        key = part.attributes.get("for") or part.attributes.get("id", "")
        value = part.attributes.get("value", "")
        if value.lower() != "null":
            data[names.get((element.tag, key), (key, ""))[0]] = value
    return data


def _span(element: Any) -> tuple[str, str]:
    """(when it begins, when it ends) as written; of several spells the first begin and the last end."""
    said = element.attributes
    if not element.parts and _DATED.isdisjoint(said):
        return "", ""
    begin = said.get("start") or said.get("startopen") or said.get("timestamp", "")
    end = said.get("end") or said.get("endopen", "")
    spells = list(element.all("spell"))
    if spells and not begin:
        begin = spells[0].attributes.get("start") or spells[0].attributes.get("timestamp", "")
        end = spells[-1].attributes.get("end", "")
    return begin, end
