"""Network files, survey answers and a Viva Engage table, invented and as large as asked; and the same files read with the standard library alone."""

from __future__ import annotations

import csv
import io
import random
import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Any
from xml.etree import ElementTree

Row = tuple[Any, ...]  # key, from, to, time, text, what it answers
PEOPLE = 4_000
_RELATIONS = ("trust", "advice", "information", "energy")
_VIVA = ("id", "replied_to_id", "parent_id", "thread_id", "conversation_id", "group_id", "group_name", "participants", "in_private_group",
         "in_private_conversation", "sender_id", "sender_type", "sender_name", "sender_email", "body", "attachments", "created_at", "deleted_at",
         "message_type", "title")  # fmt: skip


def pairs() -> Iterator[tuple[int, int]]:
    """Two persons, each pair once, without end before all pairs are told."""
    chance, shift = random.Random(3), list(range(1, PEOPLE))
    chance.shuffle(shift)
    for step in shift:
        for one in range(PEOPLE):
            yield one, (one + step) % PEOPLE


def viva_engage(out: IO[bytes], most: int) -> None:
    """The messages of a network export."""
    from benchmarks.exports import messages

    text = io.TextIOWrapper(out, "utf-8", newline="", write_through=True)
    writer = csv.writer(text)
    writer.writerow(_VIVA)
    for said in messages():
        key, root, person = 10**15 + said.number, 10**15 + said.root, 10**9 + said.author
        body = re.sub(r"@p(\d+)", lambda found: f"[[user:{10**9 + int(found[1])}]]", said.text)
        at = datetime.fromtimestamp(said.at, UTC).strftime("%Y-%m-%d %H:%M:%S UTC").replace(" UTC", " +0000").replace("-", "/")
        writer.writerow((key, root if root != key else "", "", root, root, 10**8 + said.place, f"Group {said.place}", "", "false", "false", person, "User",
                         f"Person {said.author}", f"p{said.author}@example.org", body, "", at, "", "Update", ""))  # fmt: skip
        if out.tell() > most:
            break
    text.detach()


def survey(out: IO[bytes], most: int) -> None:
    """Answers as a list: who, about whom, which relation, how much."""
    chance, text = random.Random(4), io.TextIOWrapper(out, "utf-8", newline="", write_through=True)
    writer = csv.writer(text)
    writer.writerow(("respondent", "colleague", "relation", "score"))
    for one, other in pairs():
        writer.writerows((f"p{one}@example.org", f"p{other}@example.org", relation, chance.randint(2, 5)) for relation in _RELATIONS)
        if out.tell() > most:
            break
    text.detach()


def ties(out: IO[bytes], most: int) -> None:
    """An edge list with weights."""
    chance = random.Random(5)
    out.write(b"source,target,weight\n")
    for one, other in pairs():
        out.write(b"p%d,p%d,%d\n" % (one, other, chance.randint(1, 9)))
        if out.tell() > most:
            return


def _graph(out: IO[bytes], most: int, head: str, node: str, between: str, edge: str, foot: str) -> None:
    """A network file of these templates."""
    chance = random.Random(6)
    out.write(head.encode())
    out.writelines(node.format(id=one, label=f"Person {one}").encode() for one in range(1, PEOPLE + 1))
    out.write(between.encode())
    for one, other in pairs():
        out.write(edge.format(one=one + 1, other=other + 1, weight=chance.randint(1, 9)).encode())
        if out.tell() > most:
            break
    out.write(foot.encode())


def graphml(out: IO[bytes], most: int) -> None:
    """As networkx writes it."""
    _graph(out, most, '<?xml version="1.0" encoding="utf-8"?>\n<graphml xmlns="http://graphml.graphdrawing.org/xmlns"><key id="d1" for="edge" attr.name="weight" attr.type="long"/>'
           '<key id="d0" for="node" attr.name="label" attr.type="string"/>\n<graph edgedefault="directed">\n', '<node id="n{id}">\n  <data key="d0">{label}</data>\n</node>\n', "",
           '<edge source="n{one}" target="n{other}">\n  <data key="d1">{weight}</data>\n</edge>\n', "</graph></graphml>\n")  # fmt: skip


def gexf(out: IO[bytes], most: int) -> None:
    """As Gephi writes it."""
    _graph(out, most, '<?xml version="1.0" encoding="UTF-8"?>\n<gexf xmlns="http://www.gexf.net/1.3" version="1.3"><graph defaultedgetype="directed" mode="static"><nodes>\n',
           '<node id="{id}" label="{label}"></node>\n', "</nodes><edges>\n", '<edge source="{one}" target="{other}" weight="{weight}.0"></edge>\n', "</edges></graph></gexf>\n")  # fmt: skip


def gml(out: IO[bytes], most: int) -> None:
    """As igraph writes it."""
    _graph(out, most, "graph\n[\n  directed 1\n", '  node\n  [\n    id {id}\n    label "{label}"\n  ]\n', "", "  edge\n  [\n    source {one}\n    target {other}\n    weight {weight}\n  ]\n", "]\n")


def pajek(out: IO[bytes], most: int) -> None:
    """A .net file."""
    _graph(out, most, f"*Vertices {PEOPLE}\n", '{id} "{label}" 0.1 0.2 0.5\n', "*Arcs\n", "{one} {other} {weight}\n", "")


def dl(out: IO[bytes], most: int) -> None:
    """An edge list of UCINET with labels."""
    _graph(out, most, f"dl n={PEOPLE} format=edgelist1\nlabels:\n", '"{label}"\n', "data:\n", "{one} {other} {weight}\n", "")


WRITERS: dict[str, tuple[str, Callable[[IO[bytes], int], None]]] = {
    "viva_engage": ("csv", viva_engage), "survey": ("csv", survey), "ties": ("csv", ties), "graphml": ("graphml", graphml), "gexf": ("gexf", gexf),
    "gml": ("gml", gml), "pajek": ("net", pajek), "dl": ("dl", dl),
}  # fmt: skip
"""Kind → ending of its file, and what writes at least so many bytes of it."""


# — the peers —


def _viva_rows(path: Path) -> Iterator[Row]:
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.reader(file)
        next(reader)
        for row in reader:
            yield row[0], row[10], row[5], row[16], row[14], row[1]


def _survey_rows(path: Path) -> Iterator[Row]:
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.reader(file)
        next(reader)
        for one, other, relation, score in reader:
            yield f"{one} {other} {relation}", one, other, "", relation, float(score)


def _tie_rows(path: Path) -> Iterator[Row]:
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.reader(file)
        next(reader)
        for one, other, weight in reader:
            yield f"{one} {other}", one, other, "", "", float(weight)


def _xml_rows(path: Path) -> Iterator[Row]:
    parents: list[Any] = []
    for event, element in ElementTree.iterparse(path, ("start", "end")):
        if event == "start":
            parents.append(element)
            continue
        parents.pop()
        if element.tag.endswith("}edge"):
            one, other, weight = element.attrib["source"], element.attrib["target"], element.attrib.get("weight") or element[0].text
            yield f"{one} {other}", one, other, "", "", float(weight or 1)
            parents[-1].clear()


def _gml_rows(path: Path) -> Iterator[Row]:
    said: dict[str, str] = {}
    with path.open(encoding="utf-8") as file:
        for line in file:
            key, _blank, value = line.strip().partition(" ")
            if key == "]" and "source" in said:
                yield f"{said['source']} {said['target']}", said["source"], said["target"], "", "", float(said["weight"])
            if key in ("[", "]"):
                said = {}
            else:
                said[key] = value


def _line_rows(path: Path) -> Iterator[Row]:
    with path.open(encoding="utf-8") as file:
        for line in file:
            if line[:5] in ("*Arcs", "data:"):
                break
        for line in file:
            one, other, weight = line.split()
            yield f"{one} {other}", one, other, "", "", float(weight)


PARSERS: dict[str, Callable[[Path], Iterator[Row]]] = {
    "viva_engage": _viva_rows, "survey": _survey_rows, "ties": _tie_rows, "graphml": _xml_rows, "gexf": _xml_rows, "gml": _gml_rows, "pajek": _line_rows, "dl": _line_rows,
}  # fmt: skip
