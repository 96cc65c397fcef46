"""Tables of people as Excel writes them in several countries."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import openpyxl
import pytest
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from cmdesk.core.errors import CmdeskError
from cmdesk.core.records import Membership, Person, StatedTie
from cmdesk.core.when import iso
from tests.plugins.spreadsheet.reading import Read, table

DUTCH = (
    "Personeelsnummer;Voornaam;Achternaam;E-mailadres;Afdeling;Groepen;Datum in dienst;Actief\n"
    "007;Zoë;de Vries;Zoe@x.nl;R&D;Alpha|Beta;14-03-2021;ja\n008;Jan;van Dam;jan@x.nl;HR;Alpha;02-11-2020;nee\n"
)
GERMAN = (
    "sep=;\nPersonal-Nr.;Vorname;Nachname;E-Mail;Abteilung;Gruppen;Eintrittsdatum;Aktiv\n"
    "007;Zoë;de Vries;zoe@x.nl;R&D;Alpha|Beta;14.03.2021;ja\n008;Jan;van Dam;jan@x.nl;HR;Alpha;2.11.2020;nein\n"
)
FRENCH = (
    "Matricule;Prénom;Nom;Courriel;Équipe;Groupes;Date d'entrée;Actif\n"
    "007;Zoë;de Vries;zoe@x.nl;R&D;Alpha|Beta;14 mars 2021;oui\n008;Jan;van Dam;jan@x.nl;HR;Alpha;2 novembre 2020;non\n"
)
SPANISH = (
    "Identificador;Nombre;Apellidos;Correo electrónico;Departamento;Grupos;Fecha de alta;Activo\n"
    "007;Zoë;de Vries;zoe@x.nl;R&D;Alpha|Beta;14 de marzo de 2021;sí\n008;Jan;van Dam;jan@x.nl;HR;Alpha;2/11/2020;no\n"
)


@pytest.mark.parametrize("text", [DUTCH, GERMAN, FRENCH, SPANISH])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_five_languages_say_the_same(tmp_path: Path, text: str, encoding: str) -> None:
    read = Read(table(tmp_path, text.replace("2/11/2020", "02/11/2020"), encoding), date_order="dmy")
    zoe, jan = read.all(Person)
    assert (read.kind, zoe.key, zoe.name, zoe.email, zoe.unit, zoe.deleted) == ("people", "007", "Zoë de Vries", "zoe@x.nl", "R&D", False)
    assert (jan.key, jan.name, jan.deleted) == ("008", "Jan van Dam", True)
    assert [iso(person.joined) for person in (zoe, jan)] == ["2021-03-14T00:00:00Z", "2020-11-02T00:00:00Z"]
    assert [(one.person, one.group) for one in read.all(Membership)] == [("007", "Alpha"), ("007", "Beta"), ("008", "Alpha")]


def test_a_date_that_may_be_two_days_is_asked_about(tmp_path: Path) -> None:
    path = table(tmp_path, "id,name,joined\n1,Ann,01/02/03\n2,Bob,04/05/06\n")
    read = Read(path)
    assert [person.joined for person in read.all(Person)] == [None, None]
    assert read.told.count("--option date_order=dmy or mdy") == 2
    for order, days in (("dmy", ["2003-02-01", "2006-05-04"]), ("mdy", ["2003-01-02", "2006-04-05"])):
        assert [str(iso(person.joined))[:10] for person in Read(path, date_order=order).all(Person)] == days


def test_one_date_that_proves_the_order_settles_it(tmp_path: Path) -> None:
    read = Read(table(tmp_path, "id,name,joined\n1,A,13/02/2021\n2,B,01/02/2021\n"))
    assert [str(iso(person.joined))[:10] for person in read.all(Person)] == ["2021-02-13", "2021-02-01"]


def _book(tmp_path: Path, rows: list[list[object]], *, mac: bool = False, merged: str = "", hidden: str = "") -> Path:
    workbook = openpyxl.Workbook()
    if mac:
        workbook.epoch = CALENDAR_MAC_1904
    sheet = workbook.active
    assert sheet is not None
    for row in rows:
        sheet.append(row)
    if merged:
        sheet.merge_cells(merged)
    if hidden:
        sheet.column_dimensions[hidden].hidden = True
    workbook.save(tmp_path / "people.xlsx")
    return tmp_path / "people.xlsx"


_NAIVE = None  # workbooks know no zones
ROWS: list[list[object]] = [["Nr", "Naam", "Afdeling", "In dienst"], [7, "Ann", "A", dt.datetime(2020, 1, 2, tzinfo=_NAIVE)], ["008", "Bob", "B", 44259]]


@pytest.mark.parametrize("mac", [False, True])
def test_dates_of_excel(tmp_path: Path, mac: bool) -> None:
    rows = [*ROWS[:2], ["008", "Bob", "B", dt.datetime(2021, 3, 4, tzinfo=_NAIVE)]]
    ann, bob = Read(_book(tmp_path, rows, mac=mac)).all(Person)
    assert (ann.key, iso(ann.joined), bob.key, iso(bob.joined)) == ("7", "2020-01-02T00:00:00Z", "008", "2021-03-04T00:00:00Z")


def test_serial_numbers_in_a_csv(tmp_path: Path) -> None:
    path = table(tmp_path, "id;naam;in dienst\n1;Ann;43832\n2;Bob;44259\n")
    assert [iso(person.joined) for person in Read(path).all(Person)] == ["2020-01-02T00:00:00Z", "2021-03-04T00:00:00Z"]
    mac = [iso(person.joined) for person in Read(path, date_order="excel1904").all(Person)]
    assert mac == ["2024-01-03T00:00:00Z", "2025-03-05T00:00:00Z"]


def test_merged_title_and_hidden_column(tmp_path: Path) -> None:
    path = _book(tmp_path, [["Members of the club"], [None], *ROWS[:2], ["008", "Bob", "B", None]], merged="A1:D1", hidden="C")
    read = Read(path)
    assert [(person.key, person.unit) for person in read.all(Person)] == [("7", "A"), ("008", "B")]
    assert "row 1: the row stands above the header" in read.told


def test_labels_of_snap_are_units(tmp_path: Path) -> None:
    read = Read(table(tmp_path, "".join(f"{node} {node % 4}\n" for node in range(40)), name="labels.txt"))
    assert (read.kind, [(person.key, person.unit) for person in read.all(Person)][:2]) == ("people", [("0", "0"), ("1", "1")])


def test_one_column_of_names(tmp_path: Path) -> None:
    read = Read(table(tmp_path, "Naam\nAnn\nBob\nAnn\n"))
    assert [person.key for person in read.all(Person)] == ["Ann", "Bob", "Ann"]
    assert "this person stands in an earlier row too" in read.told


def test_people_and_ties_in_one_zip_with_a_note(tmp_path: Path) -> None:
    import zipfile

    with zipfile.ZipFile(tmp_path / "x.zip", "w") as archive:
        for name, text in {"people.csv": "id,name,team\n1,Ann,A\n", "ties.csv": "from,to\n1,2\n", "readme.md": "hi"}.items():
            archive.writestr(name, text)
    read = Read(tmp_path / "x.zip")
    assert read.kind in ("people", "ties")
    assert set(read.ledger.ignored) == {"readme.md"}
    assert len(read.all(StatedTie)) == 1 and [person.name for person in read.all(Person)] == ["Ann"], "each is read as what it is"


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"delimiter": "ab"}, "A delimiter is one character"),
        ({"delimiter": '"'}, "A delimiter is one character"),
        ({"columns": "person=zzz"}, "no column “zzz”"),
        ({"columns": "foo=id"}, "no column role “foo”"),
        ({"date_order": "xyz"}, "no date order"),
        ({"encoding": "klingon"}, "no encoding named"),
        ({"encoding": "base64"}, "no encoding named"),
        ({"encoding": "rot13"}, "no encoding named"),
        ({"encoding": "punycode"}, "no encoding named"),
        ({"encoding": "utf-16"}, "is not written in utf-16"),
    ],
)
def test_options_that_do_not_fit_are_told_in_words(tmp_path: Path, options: dict[str, str], words: str) -> None:
    path = table(tmp_path, "id,name,team\n1,Zoë,Ä\n")
    with pytest.raises(CmdeskError, match=words) as caught:
        Read(path, "people", **options)
    assert caught.value.hint


def test_delimiter_encoding_and_columns_can_be_said(tmp_path: Path) -> None:
    path = table(tmp_path, "a~b~c\n1~Zoë~X\n2~Bob~Y\n", "mac-roman")
    read = Read(path, "people", delimiter="~", encoding="mac-roman", columns="person=a;name=b;unit=c")
    assert [(person.key, person.name, person.unit) for person in read.all(Person)] == [("1", "Zoë", "X"), ("2", "Bob", "Y")]


def test_a_dutch_infix_stands_between_the_names(tmp_path: Path) -> None:
    read = Read(table(tmp_path, "Nr;Voornaam;Tussenvoegsel;Achternaam;Teams\n1;Jan;van der;Vries;Alfa\n2;Wies;;Bos;\n3;Ton;de;de Wit;\n", "utf-8"))
    assert [person.name for person in read.all(Person)] == ["Jan van der Vries", "Wies Bos", "Ton de Wit"]
    assert [membership.group for membership in read.all(Membership)] == ["Alfa"]


def test_groups_that_a_program_numbered_are_groups_named_after_what_it_found(tmp_path: Path) -> None:
    read = Read(table(tmp_path, "Id;Label;timeset;modularity_class\nann;Ann;;0\nbob;Bob;;0\ncem;Cem;;1\n"), "people")
    assert [(one.person, one.group) for one in read.all(Membership)] == [("ann", "modularity class 0"), ("bob", "modularity class 0"), ("cem", "modularity class 1")]


def test_a_head_without_rows_says_so(tmp_path: Path) -> None:
    read = Read(table(tmp_path, "Naam;Team;E-mail\n"), "people")
    assert not read.all(Person) and "a head and no rows" in read.told


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("Imię;Nazwisko;Adres e-mail;Dział\nŁukasz;Wójcik;a@x.org;Sprzedaż\n", "cp1250"), ("氏名,メールアドレス,部署\n山田 太郎,a@x.org,営業部\n", "cp932"),
        ("الاسم,البريد الإلكتروني,القسم\nأحمد علي,a@x.org,المبيعات\n", "utf-8-sig"), ("Nome;Cognome;Indirizzo e-mail;Reparto\nLuca;Verdi;a@x.org;Vendite\n", "utf-8"),
        ("Nome;Sobrenome;Endereço de e-mail;Departamento\nJoão;Conceição;a@x.org;Vendas\n", "cp1252"),
        ("First Name [Required],Last Name [Required],Email Address [Required],Department\nAnn,Bakker,a@x.org,R&D\n", "utf-8"),
    ],
)  # fmt: skip
def test_heads_in_other_languages_and_with_notes(tmp_path: Path, text: str, encoding: str) -> None:
    (person,) = Read(table(tmp_path, text, encoding), "people").all(Person)
    cells = text.split("\n")[1].replace(";", ",").split(",")
    assert person.email == person.key == "a@x.org" and person.unit == cells[-1] and person.name == " ".join(cells[:-2])


def test_addresses_are_known_whatever_their_head(tmp_path: Path) -> None:
    read = Read(table(tmp_path, "Όνομα;Διεύθυνση;Τμήμα\nΝίκος;n@x.gr;Πωλήσεις\nΕλένη;e@x.gr;IT\n"))
    assert read.kind == "people" and [person.email for person in read.all(Person)] == ["n@x.gr", "e@x.gr"]


def test_a_status_that_says_more_than_active(tmp_path: Path) -> None:
    read = Read(table(tmp_path, "username,email,status,userid,fullname\nann,ann@x.nl,Admin,U01,Ann\nbob,bob@x.nl,Member,U02,Bob\nhelper,,Bot,U03,Helper\ncem,cem@x.nl,Deactivated,U04,Cem\n"))
    said = {person.key: (person.handle, person.is_moderator, person.is_bot, person.deleted) for person in read.all(Person)}
    assert said == {"U01": ("ann", True, None, None), "U02": ("bob", None, None, None), "U03": ("helper", None, True, None), "U04": ("cem", None, None, True)}


def test_a_head_of_two_rows_in_a_workbook(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["Nr", "Naam", None, "Contact", None, "Team"])
    sheet.append([None, "Voornaam", "Achternaam", "E-mail", "Telefoon", None])
    for cells in ("A1:A2", "B1:C1", "D1:E1", "F1:F2"):
        sheet.merge_cells(cells)
    sheet.append([1, "Zoë", "de Vries", "zoe@v.nl", "06-1", "Zorg"])
    sheet.append([2, "Jan", "Bakker", "jan@v.nl", "06-2", "ICT"])
    book.save(tmp_path / "x.xlsx")
    people = Read(tmp_path / "x.xlsx", "people").all(Person)
    assert [(person.name, person.email, person.unit) for person in people] == [("Zoë de Vries", "zoe@v.nl", "Zorg"), ("Jan Bakker", "jan@v.nl", "ICT")]


def test_an_empty_head_above_a_full_first_row_stays_the_head(tmp_path: Path) -> None:
    read = Read(table(tmp_path, "Naam;;E-mail\nZoë;x;zoe@v.nl\nJan;;jan@v.nl\n"), "people")
    assert [person.name for person in read.all(Person)] == ["Zoë", "Jan"]


@pytest.mark.parametrize(("text", "names"), [("ann@x.nl\nbob@x.nl\n", ["", ""]), ("Ann Bakker;ann@x.nl\nBob;bob@x.nl\n", ["Ann Bakker", "Bob"]), ("ann@x.nl,Ann\nbob@x.nl,Bob\n", ["Ann", "Bob"])])
def test_addresses_without_a_head(tmp_path: Path, text: str, names: list[str]) -> None:
    read = Read(table(tmp_path, text))
    assert read.kind == "people" and [(person.email, person.name) for person in read.all(Person)] == list(zip(["ann@x.nl", "bob@x.nl"], names, strict=True))


def test_dates_as_people_in_other_countries_write_them(tmp_path: Path) -> None:
    dates = ["14 marca 2019", "2019年3月14日", "14 marzo 2019", "14 de março de 2019", "14 марта 2019", "2019년 3월 14일"]
    read = Read(table(tmp_path, "Name;E-mail;Joined\n" + "".join(f"P {n};p{n}@x.org;{date}\n" for n, date in enumerate(dates))), "people")
    assert [iso(person.joined)[:10] if person.joined else "" for person in read.all(Person)] == ["2019-03-14"] * len(dates)
