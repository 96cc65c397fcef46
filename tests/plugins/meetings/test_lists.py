"""Who took part, as each platform says it; registering is not taking part; nobody else claims such a list, and such a list claims no other table."""

from __future__ import annotations

from pathlib import Path

import pytest

from cmdesk.core.errors import ImportProblem
from cmdesk.core.reading.source import Source
from cmdesk.core.records import Attendance, Group, Person
from cmdesk.pluginhost import Host

from .builder import EVENTBRITE, LUMA, MEET, MEETUP, TEAMS, TEAMS_GERMAN, TEAMS_OLD, ZOOM, Read

TEN = 1_710_410_400_000_000  # 2024-03-14 10:00 as a clock showed it
ALL = {"teams": TEAMS, "old": TEAMS_OLD, "german": TEAMS_GERMAN, "zoom": ZOOM, "meet": MEET, "eventbrite": EVENTBRITE, "meetup": MEETUP, "luma": LUMA}
NONE = {
    "people": "Name,Email,Department,Join date,Leave date,Status\nAnn,ann@x.nl,IT,2020-01-01,,Active\n", "staff": "Naam;E-mail;Functie;In dienst;Uit dienst\nAnn;ann@x.nl;Arts;1-1-2020;\n",
    "form": "ID,Start time,Completion time,Email,Name,Whom do you trust? [Ann],Whom do you trust? [Bob]\n1,2024-03-14 10:00,2024-03-14 10:05,ann@x.nl,Ann,4,5\n",
    "log": "time,from,to,type,group,text\n2024-03-14T10:00,ann,bob,message,Help,Hi\n", "members": "username,email,status,userid,fullname\nann,ann@x.nl,Admin,U01,Ann\n",
    "calls": "From,To,Start Time,End Time,Duration\nann,bob,2024-03-14 10:00,2024-03-14 10:10,10\n",
}  # fmt: skip


@pytest.mark.parametrize("name", sorted(ALL))
@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_nobody_else_recognises_it(tmp_path: Path, host: Host, name: str, encoding: str) -> None:
    path = tmp_path / "x.csv"
    path.write_bytes(ALL[name].encode(encoding))
    with Source(path) as source:
        sure = {importer: one.sniff(source) for importer, one in host.importers.items()}
    assert sure.pop("meetings.attendance") > 0.9 and max(sure.values()) <= 0.5, sure


@pytest.mark.parametrize("name", sorted(NONE))
def test_other_tables_are_no_such_lists(tmp_path: Path, name: str) -> None:
    path = tmp_path / "x.csv"
    path.write_text(NONE[name])
    with Source(path) as source:
        assert Read.importer.sniff(source) == 0.0
    with pytest.raises(ImportProblem, match="lists nobody"):
        Read(path)


def test_a_report_of_teams(tmp_path: Path) -> None:
    read = Read(tmp_path / "x.csv", TEAMS.encode("utf-16"))
    assert read.people == {"ann@x.nl": "Ann Bakker", "bob@x.nl": "Bob Cohen", "Cem": "Cem"}
    assert read.came == {(person, "Weekly stand-up 2024-03-14") for person in read.people}
    assert [one.at for one in read.all(Attendance)] == [TEN + 12_000_000, TEN + 60_000_000, TEN + 300_000_000] and all(one.local for one in read.all(Attendance))
    assert [person.is_guest for person in read.all(Person)] == [None, None, True]
    assert read.ledger.left_out == {"summary_of_the_meeting": 7, "header_rows": 1, "joins_and_leaves_below_the_list": 3} and read.ledger.used == 3


def test_a_german_report_and_one_of_joins_and_leaves(tmp_path: Path) -> None:
    assert Read(tmp_path / "x.csv", TEAMS_GERMAN.encode("utf-16")).came == {("aenne@beispiel.de", "Runde 2024-03-14")}
    old = Read(tmp_path / "Retro.csv", TEAMS_OLD.encode("utf-16"))
    assert old.came == {("Ann Bakker", "Retro 2024-03-14"), ("Bob Cohen", "Retro 2024-03-14")} and old.ledger.used == 3


@pytest.mark.parametrize(
    "text",
    [
        "1. Samenvatting\nVergaderingtitel\tOverleg\nBegintijd\t14-3-2024 10:00:00\n\n2. Deelnemers\nNaam\tEerste deelname\tLaatste vertrek\tDuur in vergadering\tE-mail\tDeelnemer-id (UPN)\tRol\n"
        "Ann\t14-3-2024 10:00:00\t14-3-2024 10:30:00\t30m\tann@x.nl\tann@x.nl\tOrganisator\n",
        "Onderwerp,Begintijd,Eindtijd\nOverleg,14-3-2024 10:00:00,14-3-2024 11:00:00\n\nNaam (oorspronkelijke naam),E-mailadres van gebruiker,Tijd van deelname,Tijd van vertrek,Duur (minuten)\n"
        "An (Ann),ann@x.nl,14-3-2024 10:00:00,14-3-2024 10:30:00,30\n",
        "1. Résumé\nTitre de la réunion\tOverleg\nHeure de début\t14/03/2024 10:00:00\n\n2. Participants\nNom\tPremière participation\tDernier départ\tDurée de la réunion\tE-mail\tID de participant (UPN)\tRôle\n"
        "Ann\t14/03/2024 10:00:00\t14/03/2024 10:30:00\t30m\tann@x.nl\tann@x.nl\tOrganisateur\n",
    ],
)  # fmt: skip
def test_reports_in_dutch_and_french(tmp_path: Path, text: str) -> None:
    read = Read(tmp_path / "x.csv", text.encode("utf-16"))
    assert read.people == {"ann@x.nl": "Ann"} and read.came == {("ann@x.nl", "Overleg 2024-03-14")} and read.only(Attendance).at == TEN


def test_a_report_of_zoom_counts_who_came_back_once_from_the_first_moment(tmp_path: Path) -> None:
    read = Read(tmp_path / "x.csv", ZOOM.encode("utf-8-sig"))
    assert read.people == {"ann@x.nl": "Ann Bakker", "bob@x.nl": "Bob"} and read.ledger.used == 3
    assert {(one.person, one.at) for one in read.all(Attendance)} == {("ann@x.nl", TEN), ("bob@x.nl", TEN + 60_000_000)}
    assert {one.event for one in read.all(Attendance)} == {"Weekly 2024-03-14"}


def test_google_meet_tells_the_day_in_the_name_of_the_file(tmp_path: Path) -> None:
    read = Read(tmp_path / "Stand-up - 2024_03_14 10_00 CET - Attendees.csv", MEET.encode())
    assert {(one.person, one.at) for one in read.all(Attendance)} == {("ann@x.nl", TEN), ("bob@x.nl", TEN + 60_000_000)}
    assert all(one.event.startswith("Stand-up") for one in read.all(Attendance))
    assert all(one.at is None for one in Read(tmp_path / "x.csv", MEET.encode()).all(Attendance))


def test_who_registered_did_not_come_unless_the_user_says_so(tmp_path: Path) -> None:
    read = Read(tmp_path / "x.csv", EVENTBRITE.encode())
    assert set(read.people) == {"ann@x.nl", "bob@x.nl", "dee@x.nl"} and read.came == {("ann@x.nl", "Spring meeting")}
    assert read.ledger.left_out == {"header_rows": 1, "cancelled": 1} and "does not say that they came: 2" in read.told
    assert Read(tmp_path / "x.csv", EVENTBRITE.encode(), registered=True).came == {("ann@x.nl", "Spring meeting"), ("bob@x.nl", "Spring meeting")}
    meetup = Read(tmp_path / "Picnic.xls", MEETUP.encode("utf-16"))
    assert meetup.people == {"user 111": "Ann", "user 222": "Bob"} and meetup.came == {("user 111", "Picnic")}
    luma = Read(tmp_path / "x.csv", LUMA.encode())
    assert luma.came == {("ann@x.nl", "x 2024-03-14")} and not luma.only(Attendance).local
    assert len(Read(tmp_path / "x.csv", LUMA.encode(), registered=True).came) == 2


def test_what_the_user_says_of_the_meeting(tmp_path: Path) -> None:
    read = Read(tmp_path / "x.csv", MEET.encode(), event="Kick-off", group="Garden")
    assert {one.event for one in read.all(Attendance)} == {"Kick-off"} and read.only(Group).key == "Garden"
    assert {one.group for one in read.all(Attendance)} == {"Garden"}


def test_an_unclear_order_of_day_and_month_is_told_and_can_be_said(tmp_path: Path) -> None:
    unclear = ZOOM.replace("03/14/2024", "03/04/2024").encode()
    read = Read(tmp_path / "x.csv", unclear)
    assert len(read.came) == 2 and all(one.at is None for one in read.all(Attendance)) and "date_order" in read.told
    assert {event for _person, event in Read(tmp_path / "x.csv", unclear, date_order="dmy").came} == {"Weekly 2024-04-03"}


def test_several_meetings_of_a_folder(tmp_path: Path) -> None:
    folder = tmp_path / "reports"
    folder.mkdir()
    (folder / "a.csv").write_bytes(TEAMS.encode("utf-16"))
    (folder / "b.csv").write_bytes(TEAMS.replace("3/14/24", "3/21/24").encode("utf-16"))
    (folder / "c.csv").write_text("colour,shape\nred,round\n")
    read = Read(folder)
    assert {event for _person, event in read.came} == {"Weekly stand-up 2024-03-14", "Weekly stand-up 2024-03-21"}
    assert read.ledger.ignored == {"c.csv": "it does not list who took part"}


def test_a_row_that_names_nobody_is_set_aside(tmp_path: Path) -> None:
    read = Read(tmp_path / "x.csv", (MEET + ",,,3 min,10:00 AM,10:03 AM\n").encode())
    assert (read.ledger.used, read.ledger.set_aside) == (2, 1)
