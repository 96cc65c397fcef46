"""Adjacency lists and edge lists: as networkx and Gephi write them, and as cmdesk writes them itself."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import networkx as nx
import pytest
from hypothesis import given, settings, strategies as st

from cmdesk.core.records import Group, Membership, Person, StatedTie
from cmdesk.plugins.graph_files_out.lists import adjacency
from cmdesk.plugins.graph_files_out.network import Member, Network
from tests.end_to_end.conftest import Run, file, run  # noqa: F401 - fixtures
from tests.plugins.graph_files.builder import Read, written

WRITERS: dict[str, Any] = {"adjlist": nx.write_adjlist, "multiline": nx.write_multiline_adjlist, "edgelist": nx.write_edgelist}


def _facts(read: Read) -> tuple[set[str], set[tuple[str, str, float, bool]]]:
    ties = {((t.source, t.target) if t.directed else tuple(sorted((t.source, t.target))), t.weight, t.directed) for t in read.all(StatedTie)}
    return {person.key for person in read.all(Person)}, {(*ends, weight, directed) for ends, weight, directed in ties}  # type: ignore[misc]


@pytest.mark.parametrize("form", WRITERS)
@pytest.mark.parametrize("directed", [False, True])
def test_what_networkx_writes(tmp_path: Path, form: str, directed: bool) -> None:
    graph: Any = nx.DiGraph() if directed else nx.Graph()
    weight = 1.0 if form == "adjlist" else 2.5
    graph.add_edges_from([("ann", "bob"), ("bob", "cem"), ("ann", "dee")] + [("bob", "ann")] * directed, weight=weight, kind="a 'b', c")
    if form != "edgelist":
        graph.add_node("zoë")
    WRITERS[form](graph, tmp_path / "x.txt")
    read = Read(tmp_path / "x.txt")
    assert read.confidence == 0.95 and read.ledger.set_aside == 0
    people, ties = _facts(read)
    assert people == set(graph)
    assert ties == {(*(ends if directed else tuple(sorted(ends))), weight, directed) for ends in graph.edges}
    assert {tie.relation for tie in read.all(StatedTie)} == {"" if form == "adjlist" else "a 'b', c"}


@pytest.mark.parametrize("parted", [";", ",", "\t", " "])
def test_lists_of_gephi(tmp_path: Path, parted: str) -> None:
    text = "ann;bob;cem\nbob;ann\ncem;ann;bob;dee\ndee\n".replace(";", parted)
    read = Read(written(tmp_path, text, "x.csv"))
    assert read.ties == [("ann", "bob", 1), ("ann", "cem", 1), ("bob", "ann", 1), ("cem", "ann", 1), ("cem", "bob", 1), ("cem", "dee", 1)]
    assert all(tie.directed for tie in read.all(StatedTie))
    assert not any(tie.directed for tie in Read(tmp_path / "x.csv", directed=False).all(StatedTie))


@pytest.mark.parametrize("text", [
    "Dear all\nhow are you\nbye\n", "person;group;group\nann;fire;water\nbob;fire\n", "name,email,unit\nAnn,ann@x.org,IT\nBob,bob@x.org\nCem\n", "a b\n", "1 2\n2 3\n",
    "# only a comment\n", "[ann] hi\nbob\n",
])  # fmt: skip
def test_what_is_no_list_of_contacts(tmp_path: Path, text: str) -> None:
    from cmdesk.core.reading.source import Source
    from cmdesk.plugins.graph_files.layout import sniff

    with Source(written(tmp_path, text)) as source:
        assert sniff(source) == 0.0


def test_damaged_lines_are_set_aside(tmp_path: Path) -> None:
    read = Read(written(tmp_path, '# cmdesk adjacency list\n# directed: yes\na #{"label": "Ann"}\nb #{bad\n#{}\n   #{}\na b #{"weights": [1, 2]}\na b #{"weights": [2]}\n'))
    assert read.ties == [("a", "b", 2.0)]
    assert (read.ledger.read, read.ledger.used, read.ledger.set_aside) == (8, 2, 2)
    read = Read(written(tmp_path, "a 2\nb {'weight': 1}\nc {'weight': 'x'}\nd 3\ne {}\n"))
    assert (read.ties, read.ledger.set_aside) == ([("a", "b", 1.0), ("d", "e", 1.0)], 1)
    assert "ends in the middle" in read.ledger.problems[-1].why


_KEYS = st.lists(st.text(st.characters(exclude_categories=("Cc", "Cs", "Zl", "Zp", "Zs")) | st.just(" "), min_size=1, max_size=8).map(lambda key: " ".join(key.split())).filter(bool), min_size=1, max_size=6, unique=True)


@given(keys=_KEYS, directed=st.booleans(), data=st.data())
@settings(max_examples=60, deadline=None)
def test_any_network_comes_back(tmp_path_factory: pytest.TempPathFactory, keys: list[str], directed: bool, data: st.DataObject) -> None:
    import unicodedata

    keys = list(dict.fromkeys(unicodedata.normalize("NFC", key) for key in keys))
    ends = st.tuples(st.integers(0, len(keys) - 1), st.integers(0, len(keys) - 1)).filter(lambda pair: pair[0] != pair[1])
    pairs = data.draw(st.lists(ends, max_size=8, unique=True)) if len(keys) > 1 else []
    ties = [(i, j, data.draw(st.floats(0.01, 1e6)), data.draw(st.sampled_from(["", "trust", "a # b \"c\""]))) for i, j in pairs]
    members = [Member(key, {"label": key, "unit": "", "organisation": "", "place": "", "groups": "one; two"}, {}) for key in keys]
    path = tmp_path_factory.mktemp("net") / "x.adjlist"
    path.write_text("\n".join(adjacency(Network("", directed, members, ties))) + "\n", encoding="utf-8")
    read = Read(path)
    assert [person.key for person in read.all(Person)] == keys == [person.name for person in read.all(Person)]
    assert sorted((keys.index(t.source), keys.index(t.target), t.weight, t.relation, t.directed) for t in read.all(StatedTie)) == sorted((*tie, directed) for tie in ties)
    assert len(read.all(Membership)) == 2 * len(keys) and len(read.all(Group)) == 2
    graph = nx.read_adjlist(path, create_using=nx.MultiDiGraph)
    assert (len(graph), graph.number_of_edges()) == (len(keys), len(ties))


PEOPLE = "*Vertices 6\n1 \"Ann & Zoë\"\n2 \"=Bob\"\n3 \"Cem, jr.\"\n4 \"Dee\"\n5 \"Eva\"\n6 \"💡\"\n"
TIES = {"directed": '*Arcs :1 "advice"\n1 2 2\n2 3 0.5\n2 1 2\n*Arcs :2 "trust; care"\n1 2 3\n', "undirected": '*Edges :1 "advice"\n1 2 2\n2 3 0.5\n1 4\n'}
TEAM = "*Partition team\n*Vertices 6\n1\n1\n2\n2\n3\n3\n"


@pytest.mark.parametrize("kind", TIES)
@pytest.mark.parametrize("forms", ["graphml", "gexf", "gml", "pajek", "adjacency", "nodes edges"])
def test_out_and_in_again_says_the_same(file: Path, tmp_path: Path, run: Run, kind: str, forms: str) -> None:  # noqa: F811
    """The second time out is the same as the first, byte for byte: nothing was lost on the way in."""
    (tmp_path / "first.net").write_text(PEOPLE + TIES[kind] + TEAM, encoding="utf-8")
    run("import", file, tmp_path / "first.net")
    outs: list[Path] = []
    for form in forms.split():
        outs.append(tmp_path / f"{form}.csv")
        run("export", file, "--with", f"graph_files.{form}", "--to", outs[-1], "--names")
    run("new", tmp_path / "again.cmdesk")
    done = run("import", tmp_path / "again.cmdesk", *outs, "--json").json
    assert done["records"]["set_aside"] == 0
    for form, out in zip(forms.split(), outs, strict=True):
        run("export", tmp_path / "again.cmdesk", "--with", f"graph_files.{form}", "--to", tmp_path / "again", "--names")
        want, got = out.read_text("utf-8"), (tmp_path / "again").read_text("utf-8")
        assert got.replace("spreadsheet:spreadsheet/", "").replace("network:network/", "") == want.replace("network:network/", "")
