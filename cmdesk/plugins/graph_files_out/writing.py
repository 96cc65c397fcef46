"""The network as GraphML, GEXF, GML, Pajek, UCINET DL or text."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING
from xml.sax.saxutils import quoteattr

from cmdesk.api import Progress, _

from . import lists
from .network import NUMBERS, TEXTS, Member, Network, NetworkOptions, gathered

if TYPE_CHECKING:
    from cmdesk.api import Snapshot

_EVERY = 1000


def write(form: str, snapshot: Snapshot, path: Path, options: NetworkOptions, progress: Progress) -> None:
    """Write the community's network as `form` ("graphml", "gexf", "gml", "pajek", "dl", "adjacency", "edges", "nodes")."""
    network = gathered(snapshot, options)
    progress.step(_("Writing the network"), unit=_("lines"))
    with path.open("w", encoding="utf-8", newline="\n") as file:
        for number, line in enumerate(_FORMS[form](network)):
            file.write(line + "\n")
            if number % _EVERY == 0:
                progress.check()


def check(form: str, path: Path) -> None:
    """Raise PluginProblem if what was written is not whole: XML that is not well-formed, an uneven table, or a text without its end."""
    from cmdesk.api import PluginProblem, written

    if form in ("graphml", "gexf"):
        written.xml(path)
    elif form in ("edges", "nodes"):
        written.table(path)
    else:
        with path.open("rb") as file:
            file.seek(-1, 2)
            ended = file.read() == b"\n"
        if not ended:
            raise PluginProblem(_("The network was not written to its end."), _("Nothing was written; try again."))


def _attributes(member: Member) -> Iterator[tuple[str, str, str]]:
    """(name, type, value) of what is known of a member, besides the label."""
    for name in TEXTS[1:]:
        if member.texts[name]:
            yield name, "string", member.texts[name]
    for name, value in member.numbers.items():
        yield name, "double", repr(float(value))


def _graphml(network: Network) -> Iterator[str]:
    yield '<?xml version="1.0" encoding="UTF-8"?>'
    yield '<graphml xmlns="http://graphml.graphdrawing.org/xmlns">'
    for name in (*TEXTS, *NUMBERS):
        yield f'<key id="{name}" for="node" attr.name="{name}" attr.type="{"string" if name in TEXTS else "double"}"/>'
    yield '<key id="weight" for="edge" attr.name="weight" attr.type="double"/>'
    yield '<key id="relation" for="edge" attr.name="relation" attr.type="string"/>'
    yield f'<graph id="G" edgedefault="{"directed" if network.directed else "undirected"}">'
    for member in network.members:
        data = "".join(f'<data key="{name}">{_xml(value)}</data>' for name, _kind, value in (("label", "", member.texts["label"]), *_attributes(member)))
        yield f"<node id={quoteattr(member.key)}>{data}</node>"
    for number, (i, j, weight, relation) in enumerate(network.ties):
        ends = f"source={quoteattr(network.members[i].key)} target={quoteattr(network.members[j].key)}"
        said = f'<data key="relation">{_xml(relation)}</data>' if relation else ""
        yield f'<edge id="e{number}" {ends}><data key="weight">{weight!r}</data>{said}</edge>'
    yield "</graph></graphml>"


def _xml(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _gexf(network: Network) -> Iterator[str]:
    yield '<?xml version="1.0" encoding="UTF-8"?>'
    yield '<gexf xmlns="http://www.gexf.net/1.2draft" version="1.2">'
    yield f'<graph mode="static" defaultedgetype="{"directed" if network.directed else "undirected"}">'
    yield '<attributes class="node" mode="static">'
    for name in (*TEXTS[1:], *NUMBERS):
        yield f'<attribute id="{name}" title="{name}" type="{"string" if name in TEXTS else "double"}"/>'
    yield "</attributes>"
    yield '<attributes class="edge" mode="static"><attribute id="relation" title="relation" type="string"/></attributes>'
    yield "<nodes>"
    for member in network.members:
        values = "".join(f'<attvalue for="{name}" value={quoteattr(value)}/>' for name, _kind, value in _attributes(member))
        yield f"<node id={quoteattr(member.key)} label={quoteattr(member.texts['label'])}><attvalues>{values}</attvalues></node>"
    yield "</nodes><edges>"
    for number, (i, j, weight, relation) in enumerate(network.ties):
        ends = f"source={quoteattr(network.members[i].key)} target={quoteattr(network.members[j].key)}"
        said = f'<attvalues><attvalue for="relation" value={quoteattr(relation)}/></attvalues>' if relation else ""
        yield f'<edge id="{number}" {ends} weight="{weight!r}">{said}</edge>'
    yield "</edges></graph></gexf>"


def _gml(network: Network) -> Iterator[str]:
    """Ids are numbers, as GML demands; the key stands beside them."""
    yield "graph ["
    yield f"  directed {int(network.directed)}"
    if network.directed:
        yield "  multigraph 1"
    for number, member in enumerate(network.members):
        told = "".join(f" {name} {value if kind == 'double' else _quoted(value)}" for name, kind, value in _attributes(member))
        key = _quoted(member.key)
        yield f"  node [ id {number} label {key} cmdeskKey {key} name {_quoted(member.texts['label'])}{told} ]"
    for number, (i, j, weight, relation) in enumerate(network.ties):
        key = f" key {number}" if network.directed else ""
        yield f"  edge [ source {i} target {j}{key} weight {weight!r}{f' relation {_quoted(relation)}' if relation else ''} ]"
    yield "]"


def _quoted(text: str) -> str:
    """A GML text: ASCII, the rest as character references."""
    escaped = text.replace("&", "&amp;").replace('"', "&quot;")
    return '"' + escaped.encode("ascii", "xmlcharrefreplace").decode("ascii") + '"'


def _pajek(network: Network) -> Iterator[str]:
    """Pajek knows numbers and labels only: comments above the network keep the ids and what else is known."""
    for number, member in enumerate(network.members, 1):
        known = {"key": member.key, **{name: member.texts[name] for name in TEXTS[1:] if member.texts[name]}}
        yield f"% cmdesk {number} {json.dumps(known, ensure_ascii=False)}"
    yield f"*Vertices {len(network.members)}"
    for number, member in enumerate(network.members, 1):
        yield f'{number} "{_bare(member.texts["label"])}"'
    by_relation: dict[str, list[tuple[int, int, float]]] = {}
    for i, j, weight, relation in network.ties:
        by_relation.setdefault(relation, []).append((i, j, weight))
    for number, (relation, ties) in enumerate(by_relation.items(), 1):
        yield f'*{"Arcs" if network.directed else "Edges"} :{number} "{_bare(relation)}"'
        for i, j, weight in ties:
            yield f"{i + 1} {j + 1} {weight!r}"


def _bare(text: str) -> str:
    return text.replace('"', "'")


def _dl(network: Network) -> Iterator[str]:
    """An edge list of each relation; a tie without direction stands both ways."""
    relations = list(dict.fromkeys(relation for *_tie, relation in network.ties)) or [""]
    yield f"dl n={len(network.members)} nm={len(relations)} format=edgelist1"
    yield "labels:"
    for member in network.members:
        yield f'"{_bare(member.key)}"'
    if any(relations):
        yield "matrix labels:"
        for relation in relations:
            yield f'"{_bare(relation)}"'
    yield "data:"
    for number, relation in enumerate(relations):
        if number:
            yield "!"
        for i, j, weight, kind in network.ties:
            if kind == relation:
                yield f"{i + 1} {j + 1} {weight!r}"
                if not network.directed:
                    yield f"{j + 1} {i + 1} {weight!r}"


_FORMS: dict[str, Callable[[Network], Iterator[str]]] = {
    "graphml": _graphml, "gexf": _gexf, "gml": _gml, "pajek": _pajek, "dl": _dl,
    "adjacency": lists.adjacency, "edges": lists.edges, "nodes": lists.nodes,
}  # fmt: skip
