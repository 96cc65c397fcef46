"""What is written is read again, by networkx and by the importer, and says the same."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import networkx as nx
import pytest

from cmdesk.core.records import Group, Membership, Person, StatedTie
from tests.end_to_end.conftest import Run, file, houston, run  # noqa: F401 - fixtures
from tests.plugins.graph_files.builder import Read

READERS: dict[str, Any] = {"graphml": nx.read_graphml, "gexf": nx.read_gexf, "gml": nx.read_gml}
ODD = (
    "*Vertices 6\n1 \"Ann & <Zoë> é\"\n2 \"Bob\"\n3 \"Cem\"\n4 \"Dee\"\n5 \"Eva\"\n6 \"💡\"\n*Arcs :1 \"advice\"\n1 2 2\n2 3 0.5\n*Arcs :2 \"trust & <care>\"\n1 2 3\n"
    "*Partition club\n*Vertices 6\n1\n1\n1\n1\n1\n1\n"
)


@pytest.fixture
def slack(file: Path, houston: Path, run: Run) -> Path:  # noqa: F811
    run("import", file, houston)
    return file


@pytest.fixture
def odd(file: Path, tmp_path: Path, run: Run) -> Path:  # noqa: F811
    (tmp_path / "odd.net").write_text(ODD, encoding="utf-8")
    run("import", file, tmp_path / "odd.net")
    return file


@pytest.mark.parametrize("form", ["graphml", "gexf", "gml"])
@pytest.mark.parametrize("names", [False, True])
def test_a_community_goes_out_and_comes_back(slack: Path, tmp_path: Path, run: Run, form: str, names: bool) -> None:  # noqa: F811
    out = tmp_path / f"out.{form}"
    run("export", slack, "--with", f"graph_files.{form}", "--to", out, *(["--names"] if names else []))
    graph, back = READERS[form](out), Read(out)
    people, ties = back.all(Person), back.all(StatedTie)
    assert len(graph) == len(people) == 70 and graph.number_of_edges() == len(ties) == 15
    assert not graph.is_directed() and not any(tie.directed for tie in ties)
    assert sorted(tie.weight for tie in ties) == sorted(weight for *_ends, weight in graph.edges.data("weight"))
    assert {tie.relation for tie in ties} == {"trust"} == {relation for *_ends, relation in graph.edges.data("relation")}
    for _node, told in graph.nodes(data=True):
        assert ("contacts" in told) is ("posts" in told) is ("trust_sum" in told) is (not names)
    groups = {name for _node, told in graph.nodes(data=True) for name in told.get("groups", "").split("; ") if name}
    assert {group.key for group in back.all(Group)} == groups
    assert len(back.all(Membership)) == sum(len(told["groups"].split("; ")) for _node, told in graph.nodes(data=True) if told.get("groups"))
    text = out.read_text(encoding="utf-8")
    assert ("aaron.anzalone" in text) is names and ("U0CBK5KAT" in text) is names


@pytest.mark.parametrize("form", ["graphml", "gexf", "gml", "pajek", "dl"])
def test_stated_ties_and_odd_names(odd: Path, tmp_path: Path, run: Run, form: str) -> None:  # noqa: F811
    out = tmp_path / f"out.{form}"
    run("export", odd, "--with", f"graph_files.{form}", "--to", out, "--names")
    back = Read(out)
    assert sorted((tie.relation, tie.weight, tie.directed) for tie in back.all(StatedTie)) == [("advice", 0.5, True), ("advice", 2.0, True), ("trust & <care>", 3.0, True)]
    if form != "dl":
        assert {person.name for person in back.all(Person)} == {"Ann & <Zoë> é", "Bob", "Cem", "Dee", "Eva", "💡"}
    if form in READERS:
        assert READERS[form](out).is_directed()


def test_small_groups_are_not_written_under_pseudonyms(file: Path, tmp_path: Path, run: Run) -> None:  # noqa: F811
    (tmp_path / "x.net").write_text("*Vertices 7\n*Edges\n1 2\n*Partition club\n*Vertices 7\n1\n1\n1\n1\n1\n2\n2\n")
    run("import", file, tmp_path / "x.net")
    run("export", file, "--with", "graph_files.graphml", "--to", tmp_path / "p.graphml")
    assert "club 2" not in (tmp_path / "p.graphml").read_text()
    run("export", file, "--with", "graph_files.graphml", "--to", tmp_path / "n.graphml", "--names")
    assert "club 2" in (tmp_path / "n.graphml").read_text()


def test_ties_that_are_not_known(odd: Path, tmp_path: Path, run: Run) -> None:  # noqa: F811
    assert run("export", odd, "--with", "graph_files.gml", "--to", tmp_path / "x.gml", "--option", "ties=love", expect=1).err.startswith("error: There are no ties")
    assert not (tmp_path / "x.gml").exists()
