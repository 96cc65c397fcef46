"""Each format in its variants, with the traps that files in the wild set."""

from __future__ import annotations

from pathlib import Path

import pytest

from cmdesk.core.errors import ImportProblem
from cmdesk.core.reading.limits import Limits
from cmdesk.core.records import Group, Membership, Person, StatedTie
from tests.plugins.graph_files.builder import Read, written

GRAPHML = '<graphml xmlns="http://graphml.graphdrawing.org/xmlns">{}</graphml>'
GEXF = '<gexf xmlns="http://www.gexf.net/1.3" version="1.3"><graph {}>{}</graph></gexf>'


def test_attributes_become_facts_of_people(tmp_path: Path) -> None:
    keys = "".join(f'<key id="k{n}" for="node" attr.name="{name}"/>' for n, name in enumerate(("label", "E-mail", "Department", "group", "x")))
    nodes = '<node id="1"><data key="k0">Ann</data><data key="k1">Ann@Example.org</data><data key="k2">Sales</data><data key="k3">fire; 7</data><data key="k4">z</data></node>'
    read = Read(written(tmp_path, GRAPHML.format(f"{keys}<graph>{nodes}</graph>")))
    assert read.all(Person) == [Person(key="1", name="Ann", email="ann@example.org", unit="Sales")]
    assert [(one.person, one.group) for one in read.all(Membership)] == [("1", "fire"), ("1", "group 7")]
    assert [one.name for one in read.all(Group)] == ["fire", "group 7"]


def test_graphml_direction_defaults_dates_and_relations(tmp_path: Path) -> None:
    text = GRAPHML.format(
        '<key id="w" for="edge" attr.name="weight"><default>2</default></key><key id="t" for="edge" attr.name="date"/>'
        '<graph id="advice" edgedefault="undirected"><node id="a"/><edge source="b" target="a" directed="true"/><node id="b"/>'
        '<edge source="a" target="b"><data key="w">3.5</data><data key="t">2024-03-14</data></edge></graph>'
        '<graph id="friends" edgedefault="directed"><node id="a"/><node id="b"/><edge source="a" target="b"/></graph>'
    )
    read = Read(written(tmp_path, text))
    assert {(t.source, t.target, t.relation, t.weight, t.directed, t.at) for t in read.all(StatedTie)} == {
        ("b", "a", "advice", 2.0, True, None), ("a", "b", "advice", 3.5, False, 1_710_374_400_000_000), ("a", "b", "friends", 2.0, True, None),
    }  # fmt: skip


@pytest.mark.parametrize("form", ["graphml", "gexf", "gml"])
def test_ties_that_are_none(tmp_path: Path, form: str) -> None:
    """D13: unknown node, self-loop, duplicate node, and weights that are none."""
    edges = [("a", "a", "1"), ("a", "ghost", "1"), ("a", "b", "0"), ("a", "b", "-1"), ("a", "b", "NaN"), ("a", "b", "1e999"), ("a", "b", "2"), ("a", "b", "2")]
    text = {
        "graphml": GRAPHML.format('<graph><node id="a"/><node id="b"/><node id="b"/>' + "".join(f'<edge source="{s}" target="{t}"><data key="weight">{w}</data></edge>' for s, t, w in edges) + "</graph>"),
        "gexf": GEXF.format("", '<nodes><node id="a"/><node id="b"/><node id="b"/></nodes><edges>' + "".join(f'<edge source="{s}" target="{t}" weight="{w}"/>' for s, t, w in edges) + "</edges>"),
        "gml": "graph [ node [ id a ] node [ id b ] node [ id b ]" + "".join(f" edge [ source {s} target {t} weight {w} ]" for s, t, w in edges) + "]",
    }[form]  # fmt: skip
    read = Read(written(tmp_path, text))
    assert read.ties == [("a", "b", 2.0)] * 2
    assert (read.ledger.read, read.ledger.used, read.ledger.set_aside) == (11, 5, 3)
    assert read.ledger.left_out == {"tie_to_oneself": 1, "weight_zero_or_less": 2}


def test_gexf_that_changes_in_time(tmp_path: Path) -> None:
    text = GEXF.format(
        'mode="dynamic" defaultedgetype="directed" timeformat="dateTime" timezone="Europe/Amsterdam"',
        '<attributes class="edge" mode="dynamic"><attribute id="w" title="weight" type="float"/></attributes>'
        '<nodes><node id="a" start="2024-01-01T12:00:00" end="Infinity"><nodes><node id="a1" label="Inside"/></nodes></node><node id="b"/></nodes>'
        '<edges><edge source="a" target="b" kind="advice" start="2024-01-02"><attvalues><attvalue for="w" value="1" end="2024"/><attvalue for="w" value="4"/></attvalues></edge>'
        '<edge source="b" target="a1" type="undirected"><spells><spell start="2024-07-01T12:00:00"/></spells></edge></edges>',
    )
    read = Read(written(tmp_path, text))
    assert {person.key: (person.name, person.joined, person.left) for person in read.all(Person)} == {
        "a": ("", 1_704_106_800_000_000, None), "a1": ("Inside", None, None), "b": ("", None, None),
    }  # fmt: skip
    first, second = read.all(StatedTie)
    assert (first.relation, first.weight, first.directed) == ("advice", 4.0, True)
    assert (second.directed, second.at) == (False, 1_719_828_000_000_000)


@pytest.mark.parametrize("version", ["http://www.gexf.net/1.1draft", "http://www.gexf.net/1.2draft", "http://gexf.net/1.3", ""])
def test_any_gexf_namespace(tmp_path: Path, version: str) -> None:
    read = Read(written(tmp_path, f'<gexf xmlns="{version}"><graph><nodes><node id="0" label="A"/></nodes></graph></gexf>'))
    assert (read.confidence, [person.name for person in read.all(Person)]) == (0.95, ["A"])


def test_gml_as_programs_write_it(tmp_path: Path) -> None:
    text = 'Creator "x [y"\n# note [\ngraph [ comment "a\nb" directed 1\n node [ id 1 label "A &amp; B" graphics [ x 1.5 w [ z 2 ] ] ]\n node\n [ id 2 label "A &amp; B" department "caf&#233;" ]\n edge [ source 1 target 2 value 3 ] ]\n'
    read = Read(written(tmp_path, text, "x.gml"))
    assert [(person.key, person.name, person.unit) for person in read.all(Person)] == [("1", "A & B", ""), ("2", "A & B", "café")]
    assert (read.ties, read.all(StatedTie)[0].directed) == ([("1", "2", 3.0)], True)


@pytest.mark.parametrize("text", ["graph [ node [ id 1 ]", "graph [ node [ id 1 ] ] ]", 'graph [ node [ id "1 ] ]', "graph [ [ id 1 ] ]", "graph [ node [ id ] ]", "graph [ node [ " + "a [ " * 200])
def test_gml_that_does_not_close(tmp_path: Path, text: str) -> None:
    with pytest.raises(ImportProblem):
        Read(written(tmp_path, text))


def test_pajek_sections(tmp_path: Path) -> None:
    text = (
        "% note\r\n*Network club\r\n*Vertices 4\r\n1 \"Ann A\" 0.1 0.2\r\n2 Bob de Vos 0.5 0.5 ic Red\r\n3 \"Cem\"\r\n*Arcs :1 \"advice\"\r\n1 2 2 [1-5]\r\n2 1\r\n"
        "*Edges\r\n1 3 0.5\r\n*Arcslist\r\n1 3 4\r\n*Edgeslist\r\n2 3\r\n*Arcs\r\n1 9 1\r\nx y\r\n*Partition teams\r\n*Vertices 4\r\n1\r\n1\r\n2\r\n2\r\n*Vector age\r\n*Vertices 4\r\n1.5\r\n2\r\n3\r\n4\r\n"
    )
    read = Read(written(tmp_path, text, "x.paj", "cp1252"))
    assert [person.name for person in read.all(Person)] == ["Ann A", "Bob de Vos", "Cem", ""]
    assert [(t.source, t.target, t.weight, t.directed, t.relation) for t in read.all(StatedTie)] == [
        ("1", "2", 2.0, True, "advice"), ("2", "1", 1.0, True, "advice"), ("1", "3", 0.5, False, ""), ("1", "3", 1.0, True, ""), ("1", "4", 1.0, True, ""), ("2", "3", 1.0, False, ""),
    ]  # fmt: skip
    assert [(one.person, one.group) for one in read.all(Membership)] == [("1", "teams 1"), ("2", "teams 1"), ("3", "teams 2"), ("4", "teams 2")]
    assert (read.ledger.set_aside, read.ledger.left_out["vectors_and_pictures"]) == (2, 4)


def test_pajek_of_two_kinds(tmp_path: Path) -> None:
    read = Read(written(tmp_path, '*Vertices 4 2\n1 "Ann"\n2 "Bob"\n3 "fire"\n4 "water"\n*Edges\n1 3\n4 2\n'))
    assert [person.name for person in read.all(Person)] == ["Ann", "Bob"]
    assert [(one.key, one.name) for one in read.all(Group)] == [("3", "fire"), ("4", "water")]
    assert [(one.person, one.group) for one in read.all(Membership)] == [("1", "3"), ("2", "4")]


@pytest.mark.parametrize(
    "text",
    [
        "dl n=3\nformat=fullmatrix\nlabels:\nann,bob,cem\ndata:\n0 1 0\n0 0 2\n0 0 0\n",
        "DL N = 3 FORMAT = FULLMATRIX DIAGONAL ABSENT\nLABELS:\nann\nbob\ncem\nDATA:\n1 0 0\n2\n0 0\n",
        "dl n=3 format=fullmatrix\nlabels embedded\ndata:\nann bob cem\nann 0 1 0\nbob 0 0 2\ncem 0 0 0\n",
        "dl n=3, format = edgelist1\nlabels:\nann, bob, cem\ndata:\n1 2 1\n2 3 2\n",
        "dl n=3 format=edgelist1\nlabels embedded:\ndata:\nann bob\nbob cem 2\n",
    ],
)
def test_dl_says_the_same_in_many_ways(tmp_path: Path, text: str) -> None:
    read = Read(written(tmp_path, text, "x.dl"))
    assert (read.confidence, read.ties) == (0.95, [("ann", "bob", 1.0), ("bob", "cem", 2.0)])
    assert [person.key for person in read.all(Person)] == ["ann", "bob", "cem"]


def test_dl_lists_of_nodes_levels_and_two_kinds(tmp_path: Path) -> None:
    read = Read(written(tmp_path, "dl n=4 format=nodelist1\ndata:\n1 2 3\n4 1\n"))
    assert read.ties == [("1", "2", 1.0), ("1", "3", 1.0), ("4", "1", 1.0)]
    read = Read(written(tmp_path, "dl n=2 nm=2\nlabels:\na b\nmatrix labels:\nadvice friends\ndata:\n0 1\n0 0\n0 0\n1 0\n"))
    assert [(t.source, t.target, t.relation) for t in read.all(StatedTie)] == [("a", "b", "advice"), ("b", "a", "friends")]
    read = Read(written(tmp_path, "dl nr=2 nc=3\nrow labels:\nann bob\ncolumn labels:\nx y z\ndata:\n1 0 0\n0 1 1\n"))
    assert [(one.person, one.group) for one in read.all(Membership)] == [("ann", "x"), ("bob", "y"), ("bob", "z")]


def test_windows_letters_with_a_declaration_of_utf8(tmp_path: Path) -> None:
    text = '<?xml version="1.0" encoding="UTF-8"?>' + GRAPHML.format('<graph><node id="a"><desc>Zoë</desc></node></graph>')
    read = Read(written(tmp_path, text, "mislabelled.gml", "cp1252"))
    assert [person.name for person in read.all(Person)] == ["Zoë"]
    assert len(read.ledger.problems) == 1


EDGES_FIRST = "graph [ edge [ source a target b weight 2 ] edge [ source b target c ] node [ id a ] node [ id b ] node [ id c ] ]"


def test_edges_before_their_nodes_wait(tmp_path: Path) -> None:
    read = Read(written(tmp_path, EDGES_FIRST, "x.gml"), limits=Limits(graph_waiting=2, graph_nodes=3))
    assert read.ties == [("a", "b", 2.0), ("b", "c", 1.0)]


@pytest.mark.parametrize(("limit", "most", "said"), [("graph_waiting", 1, "holds 2 edges before their nodes"), ("graph_nodes", 2, "holds 3 nodes")])
def test_what_would_be_held_is_limited(tmp_path: Path, limit: str, most: int, said: str) -> None:
    with pytest.raises(ImportProblem, match=said) as caught:
        Read(written(tmp_path, EDGES_FIRST, "x.gml"), limits=Limits(**{limit: most}))
    assert limit in caught.value.message and f"--option limit.{limit}=" in caught.value.hint


@pytest.mark.parametrize("text", [
    "dl n=999999999 format=edgelist1\ndata:\n1 2\n", "dl nr=2 nc=999999999\ndata:\n1 2\n", "*Vertices 999999999\n*Arcs\n1 2\n",
    "dl n=2 format=edgelist1\nlabels:\n" + "a\n" * 11 + "data:\n1 2\n",
])  # fmt: skip
def test_a_heading_that_announces_too_much_is_refused_at_once(tmp_path: Path, text: str) -> None:
    with pytest.raises(ImportProblem, match=r"announces .* the limit graph_nodes is 10"):
        Read(written(tmp_path, text), limits=Limits(graph_nodes=10))


def test_vna_of_netdraw(tmp_path: Path) -> None:
    text = (
        '*Node data\nID unit "Job title"\n"ann lee" IT Boss\nbob "Zorg en welzijn" ""\n*Node properties\nID x y\nbob 1 2\n\n*Tie data\nFROM TO friends advice\n'
        '"ann lee" bob 1 0\nbob "ann lee" 2 3\nbob "ann lee" 0 0\nbob cem 0 1\nbob\n*Tie properties\nFROM TO color\nbob cem 255\n'
    )
    read = Read(written(tmp_path, text, "club.vna"))
    assert {person.key: person.unit for person in read.all(Person)} == {"ann lee": "IT", "bob": "Zorg en welzijn", "cem": ""}
    assert [(tie.source, tie.target, tie.relation, tie.weight) for tie in read.all(StatedTie)] == [
        ("ann lee", "bob", "friends", 1.0), ("bob", "ann lee", "friends", 2.0), ("bob", "ann lee", "advice", 3.0), ("bob", "cem", "advice", 1.0),
    ]  # fmt: skip
    assert read.confidence > 0.9 and (read.ledger.used, read.ledger.set_aside) == (5, 1)
    assert read.ledger.left_out == {"heading": 7, "vectors_and_pictures": 4, "weight_zero_or_less": 1}


def test_vna_with_commas_and_a_column_of_strength(tmp_path: Path) -> None:
    read = Read(written(tmp_path, "*node data\nid,unit,role\nann,,Boss\nbob,IT,\n*tie data\nfrom,to,strength\nann,bob,2.5\nbob,ann,\n", "x.txt"))
    assert {person.key: (person.unit, person.role) for person in read.all(Person)} == {"ann": ("", "Boss"), "bob": ("IT", "")}
    assert [(tie.relation, tie.weight) for tie in read.all(StatedTie)] == [("", 2.5), ("", 1.0)]


def test_vna_whose_ties_stand_alone(tmp_path: Path) -> None:
    assert Read(written(tmp_path, "*Tie data\nfrom to advice\na b 1\n", "x.vna")).ties == [("a", "b", 1.0)]
