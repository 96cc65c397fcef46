"""Workbooks as people make them: titles, several sheets, hidden parts, sums and notes below, Dutch and German heads."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import openpyxl
import pytest

from cmdesk.core import dump, history, importing
from cmdesk.core.community import Community

Sheets = dict[str, list[Sequence[object]]]


def workbook(path: Path, sheets: Sheets, hidden: tuple[str, ...] = ()) -> Path:
    made = openpyxl.Workbook()
    made.remove(made.worksheets[0])
    for title, rows in sheets.items():
        sheet = made.create_sheet(title)
        for row in rows:
            sheet.append(list(row))
        sheet.sheet_state = "hidden" if title in hidden else "visible"
    made.save(path)
    return path


@pytest.fixture
def community(tmp_path: Path):  # type: ignore[no-untyped-def]
    with Community.create(tmp_path / "c.cmdesk", "C") as opened:
        yield opened


def people(community: Community) -> list[tuple[str, str]]:
    with community.reading() as connection:
        return connection.execute("SELECT name, unit FROM members ORDER BY name").fetchall()


def test_every_sheet_that_is_a_table_is_read_in_one_import(tmp_path: Path, community: Community) -> None:
    path = workbook(
        tmp_path / "b.xlsx",
        {
            "Leesmij": [["Dit bestand bevat de ledenlijst."], ["Vragen? Bel 06-12345678"]],
            "Personen": [["ID", "Naam", "Afdeling"], [1, "Jan", "Zorg"], [2, "Piet", "IT"]],
            "Contacten": [["Van", "Naar", "Gewicht"], [1, 2, "0,5"]],
            "Logboek": [["Auteur", "Soort", "Datum", "Bericht"], [1, "bericht", "25-04-2024 10:00", "Hallo"]],
            "Leeg": [],
            "Archief": [["ID", "Naam"], [9, "Oud"]],
        },
        hidden=("Archief",),
    )
    with community.reading() as connection:
        empty = list(dump.text(connection))
    done = importing.run(community, [path])
    assert {kind: fact.stored for kind, fact in done.facts.items()} == {"person": 2, "stated_tie": 1, "post": 1}
    assert done.ignored == {"b.xlsx, Leesmij": "its columns are not known", "b.xlsx, Archief": "the sheet is hidden"}
    assert {table.name for table in done.tables} == {"b.xlsx, Personen", "b.xlsx, Contacten", "b.xlsx, Logboek"}
    history.undo(community)
    with community.reading() as connection:
        assert list(dump.text(connection)) == empty


def test_a_sheet_that_is_named_is_read_alone_also_a_hidden_one(tmp_path: Path, community: Community) -> None:
    path = workbook(tmp_path / "b.xlsx", {"A": [["ID", "Naam"], [1, "Jan"]], "B": [["ID", "Naam"], [2, "Piet"]], "C": [["ID", "Naam"], [3, "Ann"]]}, hidden=("C",))
    done = importing.run(community, [path], options={"sheet": "C"}, importer="spreadsheet.people")
    assert people(community) == [("Ann", "")]
    assert done.ignored == {"b.xlsx, A": "another sheet was named", "b.xlsx, B": "another sheet was named"}


def test_titles_above_and_sums_and_notes_below_are_no_people(tmp_path: Path, community: Community) -> None:
    path = workbook(
        tmp_path / "b.xlsx",
        {
            "Blad1": [
                ["Personeelslijst 2024"], ["Peildatum 1-1-2024"], [], ["Persoon", None, "Werk"], ["Voornaam", "Achternaam", "Afdeling", "Functie", "FTE"],
                ["Jan", "de Vries", "Zorg", "Arts", 0.8], ["Totaal", "Smit", "IT", "Dev", 1], ["Subtotaal", None, None, None, 1.8], [],
                ["Totaal", None, None, None, 1.8], ["* bron: HR"], ["Bron: HR, januari"],
            ]
        },
    )  # fmt: skip
    done = importing.run(community, [path])
    assert done.records.left_out == {"row_of_totals": 2, "note_below_the_table": 2} and done.records.set_aside == 0
    assert people(community) == [("Jan de Vries", "Zorg"), ("Totaal Smit", "IT")], "who is called so is a person"


GERMAN = [["Personalnr.", "Nachname", "Vorname", "Abteilung", "Eintrittsdatum", "Vorgesetzter"], ["007", "Müller", "Jörg", "Größe", "13.04.2019", "Schmidt"]]
DUTCH = [["Naam", "Afdeling", "In dienst sinds", "Uit dienst"], ["Jan", "Zorg", "13-4-2019", "31-12-2023"]]


@pytest.mark.parametrize(("rows", "joined"), [(GERMAN, 1_555_113_600_000_000), (DUTCH, 1_555_113_600_000_000)])
def test_heads_and_dates_as_they_are_written_here(tmp_path: Path, community: Community, rows: list[Sequence[object]], joined: int) -> None:
    done = importing.run(community, [workbook(tmp_path / "b.xlsx", {"Blad": rows})])
    assert done.records.set_aside == 0
    with community.reading() as connection:
        assert connection.execute("SELECT joined FROM members").fetchall() == [(joined,)]


def test_percent_and_decimal_commas_are_weights(tmp_path: Path, community: Community) -> None:
    rows = [["Von", "An", "Häufigkeit"], ["Jörg", "Änne", "75 %"], ["Änne", "Jörg", "12,5 %"], ["Uwe", "Jörg", "1.250,5"]]
    importing.run(community, [workbook(tmp_path / "b.xlsx", {"Blad": rows})])
    with community.reading() as connection:
        assert [row[0] for row in connection.execute("SELECT weight FROM stated_ties ORDER BY id")] == [75.0, 12.5, 1250.5]
