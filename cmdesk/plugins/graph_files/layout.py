"""Which entries are network files, and of which format; told by content."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from cmdesk.api import CmdeskError

from .list_looks import looked

if TYPE_CHECKING:
    from cmdesk.api import Source

_XML = re.compile(r"<(?:!DOCTYPE\s+)?(?:[\w.-]+:)?(graphml|gexf)[\s>/]", re.IGNORECASE)
_GML = re.compile(r"(?:^|\n)\s*graph\s*\[", re.IGNORECASE)
_PAJEK = re.compile(r"^(?:\s*(?:%[^\n]*)?\r?\n|\s*%[^\r]*\r)*\s*\*(?:network|vertices|arcs|edges|matrix|partition)\b", re.IGNORECASE)
_VNA = re.compile(r"\s*\*\s*(?:node|tie)\s+(?:data|properties)\b", re.IGNORECASE)
_DL = re.compile(r"\s*dl\b[\s,]*(?:\w+\s*=|\w+\s+labels|labels|data\s*:)", re.IGNORECASE)


def form_of(source: Source, name: str) -> str:
    """graphml, gexf, gml, pajek, dl, vna, own, adjacency, neighbours, edges, or "" for what is no network file."""
    head = source.head(name, 8192)
    if head[:2] in (b"\xff\xfe", b"\xfe\xff"):
        text = head.decode("utf-16", "replace")
    else:
        text = head.decode("utf-8-sig", "replace")
    if text.lstrip().startswith("<"):
        found = _XML.search(text)
        return found[1].lower() if found and "<html" not in text[: found.start()].lower() else ""
    if _PAJEK.match(text):
        return "pajek"
    if _VNA.match(text):
        return "vna"
    if _DL.match(text):
        return "dl"
    if _GML.search(text) and not text.lstrip().startswith(("{", "[", "*")):
        return "gml"
    return looked(source, name).form


def sniff(source: Source) -> float:
    """0.95 where most of the source is network files."""
    try:
        entries = source.entries()
        found = sum(1 for entry in entries[:20] if form_of(source, entry.name))
    except CmdeskError:
        return 0.0
    return 0.95 if found and found * 2 >= min(len(entries), 20) else 0.0
