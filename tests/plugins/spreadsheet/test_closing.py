"""Totals and notes below a table are nobody; a person who is called Total is somebody."""

from __future__ import annotations

from pathlib import Path

import pytest

from cmdesk.core.records import Membership, Person, Post, StatedTie

from .reading import Read, table

HEAD = "Naam;Team;E-mail\nZoë de Vries;Zorg;\nJan Bakker;ICT;\n"


@pytest.mark.parametrize(
    "closing",
    [
        "Totaal;2;", "Totaal:;2 leden;", "Totaal: 2;;", "Total = 2;;", "2 leden;;", "Summe;2;", "合計;2;", "Razem: 2;;", "Gesamt;2 Mitglieder;", "المجموع;2;",
        "TOTAAL;;", "Totaal;2;\nBron: HR;;", "Bron: HR;;\nTotaal;2;",
    ],
)  # fmt: skip
def test_a_total_below_a_table_of_people_is_nobody(tmp_path: Path, closing: str) -> None:
    read = Read(table(tmp_path, f"{HEAD}{closing}\n"), "people")
    assert [person.name for person in read.all(Person)] == ["Zoë de Vries", "Jan Bakker"]
    assert read.ledger.left_out["row_of_totals"] == 1 and "left out: row of totals" in read.told


@pytest.mark.parametrize("person", ["Total;3;", "Total;Zorg;", "Summe;;", "Totaal;3;total@example.org"])
def test_a_person_who_is_called_total_is_kept_where_others_stand_below(tmp_path: Path, person: str) -> None:
    read = Read(table(tmp_path, f"Naam;Team;E-mail\n{person}\nAnn Bakker;Zorg;\n"), "people")
    assert len(read.all(Person)) == 2 and not read.ledger.left_out


@pytest.mark.parametrize("last", ["Total;Zorg;", "Totaal;3;total@example.org", "Jan 2 leden;Zorg;", "Tota Lee;1;", "Totaal Zorg;ICT;"])
def test_a_last_row_that_says_more_than_numbers_is_a_person(tmp_path: Path, last: str) -> None:
    read = Read(table(tmp_path, f"{HEAD}{last}\n"), "people")
    assert len(read.all(Person)) == 3 and not read.ledger.left_out


def test_a_subtotal_is_nobody_wherever_it_stands(tmp_path: Path) -> None:
    read = Read(table(tmp_path, "Naam;Aantal;Team\nZoë;1;Zorg\nSubtotaal;1;\nJan;1;ICT\nSubtotaal: 1;;\nTotaal;2;\n"), "people")
    assert [person.name for person in read.all(Person)] == ["Zoë", "Jan"] and read.ledger.left_out == {"row_of_totals": 3}


def test_totals_below_ties_a_log_and_a_list_of_who_is_where(tmp_path: Path) -> None:
    ties = Read(table(tmp_path, "van;naar;aantal\nann;bob;2\nbob;cem;3\nTotaal;2 ties;5\n"))
    assert len(ties.all(StatedTie)) == 2 and ties.ledger.left_out == {"row_of_totals": 1}
    log = Read(table(tmp_path, "Datum;Afzender;Ontvanger;Bericht\n14-03-2024;Ann;Bob;hoi\n15-03-2024;Bob;Ann;ja\nTotaal: 2;;;\n"))
    assert len(log.all(Post)) == 2 and log.ledger.left_out == {"row_of_totals": 1}
    where = Read(table(tmp_path, "persoon;groep\nann;Tuin\nbob;Tuin\nTotaal;2\n"))
    assert len(where.all(Membership)) == 2 and where.ledger.left_out == {"row_of_totals": 1}


@pytest.mark.parametrize("text", [
    ";Ann;Bob;Cem;Totaal\nAnn;;1;2;3\nBob;2;;1;3\nCem;0;1;;1\nTotaal;2;2;3;7\n", ";Ann;Bob;Cem\nAnn;;1;2\nBob;2;;1\nCem;0;1;\nTotal;2;2;3\n", ";Ann;Bob;Cem;Summe\nAnn;;1;2;3\nBob;2;;1;3\nCem;0;1;;1\n",
])  # fmt: skip
def test_sums_of_a_matrix_are_nobody(tmp_path: Path, text: str) -> None:
    read = Read(table(tmp_path, text))
    assert {(tie.source, tie.target) for tie in read.all(StatedTie)} == {("Ann", "Bob"), ("Ann", "Cem"), ("Bob", "Ann"), ("Bob", "Cem"), ("Cem", "Bob")}
    assert read.ledger.left_out == {"header_of_the_matrix": 1, **({"row_of_totals": 1} if "\nTot" in text else {})}
