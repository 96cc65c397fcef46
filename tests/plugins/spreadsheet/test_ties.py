"""Ties as edge lists, text in columns, matrices and memberships."""

from __future__ import annotations

from pathlib import Path

import pytest

from cmdesk.core.reading.source import Source
from cmdesk.core.records import Group, Membership, Post, StatedTie
from cmdesk.pluginhost import Host
from tests.plugins.spreadsheet.reading import Read, table


def ties(read: Read) -> list[tuple[str, str, float]]:
    return [(tie.source, tie.target, tie.weight) for tie in read.all(StatedTie)]


def test_weights_say_what_is_no_tie(tmp_path: Path) -> None:
    read = Read(table(tmp_path, '"","from","to","weight"\n"1","a","b",2\n"2","a","a",1\n"3","b","c",0\n"4","b","d",-1\n"5","b","e",""\n"6","c","a","x"\n'))
    assert ties(read) == [("a", "b", 2.0)]
    assert read.ledger.left_out == {"tie_to_oneself": 1, "weight_zero_or_less": 2, "weight_empty": 1}
    assert read.ledger.set_aside == 1


def test_a_decimal_comma_in_the_column_makes_points_thousands(tmp_path: Path) -> None:
    assert [weight for *_, weight in ties(Read(table(tmp_path, "von;nach;Gewicht\na;b;1,5\nb;c;1.234\nc;d;2.000,25\n")))] == [1.5, 1234.0, 2000.25]
    assert [weight for *_, weight in ties(Read(table(tmp_path, "von;nach;Gewicht\na;b;1.5\nb;c;1.234\n")))] == [1.5, 1.234]


def test_a_cell_may_name_several_targets(tmp_path: Path) -> None:
    read = Read(table(tmp_path, 'from,to,weight\nann,"bob; cem; ann",2\ndan,"Vos, Ann",1\nann,ann|ann,1\n'))
    assert ties(read) == [("ann", "bob", 2.0), ("ann", "cem", 2.0), ("dan", "Vos, Ann", 1.0)]
    assert (read.ledger.used, read.ledger.left_out) == (2, {"tie_to_oneself": 1})


@pytest.mark.parametrize("parted", [" ", "\t"])
@pytest.mark.parametrize("comment", ["# Directed graph\n# FromNodeId\tToNodeId\n", "% asym weighted\n% 3 2 2\n", ""])
def test_comments_above_a_list_without_header(tmp_path: Path, parted: str, comment: str) -> None:
    lines = "".join(parted.join((str(n), str(n + 7), "2", str(1_082_040_961 + n))) + "\n" for n in range(5))
    read = Read(table(tmp_path, comment + lines, name="out.net"))
    assert ties(read) == [(str(n), str(n + 7), 2.0) for n in range(5)]
    assert (read.ledger.read, read.ledger.set_aside) == (5, 0)
    assert read.all(StatedTie)[1].at == 1_082_040_962_000_000


def test_a_network_of_two_kinds_of_node(tmp_path: Path) -> None:
    read = Read(table(tmp_path, "% bip unweighted\n1 1\n2 1\n2 2\n", name="out.club"))
    assert [(one.person, one.group) for one in read.all(Membership)] == [("1", "1"), ("2", "1"), ("2", "2")]
    assert [group.key for group in read.all(Group)] == ["1", "2"]


def test_a_matrix_that_is_not_symmetric(tmp_path: Path) -> None:
    read = Read(table(tmp_path, ";a;b;c\na;9;1,5;2\nb;3;0;\nc;0;-1;0\n", name="advice.csv"))
    assert ties(read) == [("a", "b", 1.5), ("a", "c", 2.0), ("b", "a", 3.0)]
    assert {tie.relation for tie in read.all(StatedTie)} == {"advice"}
    assert (read.ledger.read, read.ledger.used, read.ledger.left_out) == (4, 3, {"header_of_the_matrix": 1})


def test_a_log_whose_clock_is_said(tmp_path: Path) -> None:
    path = table(tmp_path, "Absender;Empfänger;Art;Datum\nann;bob;Nachricht;14.03.2024 10:00\nbob;ann;Antwort;27.10.2024 02:30\n")
    assert next((post.at, post.local) for post in Read(path).all(Post)) == (1_710_410_400_000_000, True)
    first, second = Read(path, zone="Europe/Berlin").all(Post)
    assert first.local and second.local, "whose clock it was is kept with the import, and can be said anew"


@pytest.mark.parametrize("relation", ["", "friendship"])
def test_a_table_of_edges_of_gephi(tmp_path: Path, relation: str) -> None:
    """Its Type says whether a tie has a direction; with a relation beside it, it is no survey either."""
    rows = [("ann", "bob", "Undirected", "2.0"), ("bob", "cem", "Directed", "1.0"), ("cem", "ann", "Mutual", "3")]
    text = "Source,Target,Type,Id,timeset,Weight" + (",kind" if relation else "") + "\n"
    text += "".join(f"{one},{other},{kind},{n},,{weight}{',' + relation if relation else ''}\n" for n, (one, other, kind, weight) in enumerate(rows))
    read = Read(table(tmp_path, text))
    assert read.kind == "ties"
    assert [(tie.source, tie.weight, tie.directed, tie.relation) for tie in read.all(StatedTie)] == [
        ("ann", 2.0, False, relation), ("bob", 1.0, True, relation), ("cem", 3.0, False, relation),
    ]  # fmt: skip


def test_a_column_says_which_ties_go_one_way(tmp_path: Path) -> None:
    read = Read(table(tmp_path, "from,to,directed\nann,bob,TRUE\nbob,cem,no\ncem,ann,\ncem,bob,perhaps\n"))
    assert [tie.directed for tie in read.all(StatedTie)] == [True, False, True]
    assert read.ledger.set_aside == 1 and "neither directed nor undirected" in read.told


def test_a_mark_against_formulas_is_no_part_of_an_id(tmp_path: Path) -> None:
    read = Read(table(tmp_path, "from,to\n'=ann,'+31\n'@cem,o'neill\n"))
    assert [(tie.source, tie.target) for tie in read.all(StatedTie)] == [("=ann", "+31"), ("@cem", "o'neill")]


def test_van_aan_datum(tmp_path: Path) -> None:
    read = Read(table(tmp_path, "van;aan;datum\nAnn;Bob;13-04-2024\nBob;Ann;5-4-2024\n"))
    assert read.kind == "ties" and ties(read) == [("Ann", "Bob", 1.0), ("Bob", "Ann", 1.0)]


OFFICE = [
    "Wie;Met wie;Wanneer\nJan;Piet;01-03-2024 10:00\nPiet;Jan;13-03-2024 11:00\n",
    "Van;Aan;Datum;Soort\nJan;Piet;01-03-2024 10:00;mail\nPiet;Jan;13-03-2024 11:00;telefoon\n",
]


@pytest.mark.parametrize("text", OFFICE)
def test_a_log_in_the_words_of_an_office(tmp_path: Path, text: str) -> None:
    read = Read(table(tmp_path, text), zone="UTC", date_order="dmy")
    assert read.kind == "log"
    assert [(post.author, post.mentions) for post in read.all(Post)] == [("Jan", ("Piet",)), ("Piet", ("Jan",))]


@pytest.mark.parametrize(
    "text",
    [
        "From,To,How often,Relation\nann,bob,3,Advice\nbob,cem,x,Trust\ncem,ann,2,Trust\n", "sep=;\nvan;naar;gewicht;soort\nann;bob;3;Advice\nbob;cem;x;Trust\ncem;ann;2;Trust\n",
        "von;nach;Häufigkeit;Beziehung\nann;bob;3;Advice\nbob;cem;x;Trust\ncem;ann;2;Trust\n", "De;À;Poids;Relation\nann;bob;3;Advice\nbob;cem;x;Trust\ncem;ann;2;Trust\n",
        "Origen;Destino;Peso;Relación\nann;bob;3;Advice\nbob;cem;x;Trust\ncem;ann;2;Trust\n",
    ],
)  # fmt: skip
def test_ties_of_several_kinds_keep_their_kind_and_an_odd_weight_is_set_aside(tmp_path: Path, host: Host, text: str) -> None:
    path = table(tmp_path, text)
    with Source(path) as source:
        sure = {name: importer.sniff(source) for name, importer in host.importers.items()}
    assert max(sure, key=lambda name: sure[name]) == "spreadsheet.ties" and sure["survey.answers"] == 0.0
    read = Read(path)
    assert [(tie.source, tie.target, tie.relation, tie.weight) for tie in read.all(StatedTie)] == [("ann", "bob", "Advice", 3.0), ("cem", "ann", "Trust", 2.0)]
    assert read.ledger.set_aside == 1 and "the weight is no number" in read.told


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("from,to,date,time\nann,bob,2024-03-14,10:05\n", 1_710_410_700), ("van;naar;datum;tijd\nann;bob;14-3-2024;10.05 uur\n", 1_710_410_700),
        ("von;nach;Datum;Uhrzeit\nann;bob;14.03.2024;10:05 Uhr\n", 1_710_410_700), ("de;à;Date;Heure\nann;bob;14/03/2024;10h05\n", 1_710_410_700),
        ("from,to,date\nann,bob,2024-03-14\n", 1_710_374_400),
    ],
)  # fmt: skip
def test_a_tie_has_its_date_and_its_time_of_day(tmp_path: Path, text: str, at: int) -> None:
    (tie,) = Read(table(tmp_path, text), "ties").all(StatedTie)
    assert (tie.at, tie.local) == (at * 1_000_000, True)


@pytest.mark.parametrize("word", ["message", "post", "question", "bericht"])
def test_a_message_with_a_parent_stands_in_its_thread(tmp_path: Path, word: str) -> None:
    path = tmp_path / "log.csv"
    path.write_text(
        "type,time,actor,group,id,parent\n"
        f"{word},2025-01-06 09:00,ann,team,1,1\n{word},2025-01-06 10:00,bob,team,2,1\n{word},2025-01-06 11:00,eve,team,3,2\n"
    )
    posts = Read(path, "log").all(Post)
    assert [(post.key, post.thread, post.reply_to) for post in posts] == [("1", "", ""), ("2", "1", "1"), ("3", "1", "2")]
    assert {post.question for post in posts} == {True if word == "question" else None}


def test_a_row_without_type_that_names_itself_begins_a_thread(tmp_path: Path) -> None:
    path = tmp_path / "log.csv"
    path.write_text("time,actor,group,id,parent\n2025-01-06 09:00,ann,team,1,1\n2025-01-06 10:00,bob,team,2,1\n")
    assert [(post.thread, post.reply_to) for post in Read(path, "log").all(Post)] == [("", ""), ("1", "1")]
