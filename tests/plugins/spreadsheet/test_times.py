"""The moment of a message whose date and time of day stand in two columns."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from cmdesk.core.records import Person, Post
from cmdesk.plugins.spreadsheet.cells import clock

from .reading import Read, table

TEN_FIVE = 1_710_410_700_000_000
HOUR = 3_600_000_000


@pytest.mark.parametrize(
    "text",
    [
        "Datum;Tijd;Afzender;Ontvanger;Bericht\n14-3-2024;10:05;Ann;Bob;hoi\n14-3-2024;11:05;Ann;Bob;hoi\n",
        "Date,Time,From,To,Message\n2024-03-14,10:05 AM,Ann,Bob,hi\n2024-03-14,11:05 AM,Ann,Bob,hi\n",
        "Datum;Uhrzeit;Absender;Empfänger;Nachricht\n14.03.2024;10.05 Uhr;Ann;Bob;hi\n14.03.2024;11.05 Uhr;Ann;Bob;hi\n",
        "Heure;Date;Auteur;Message\n10h05;14/03/2024;Ann;oui\n11h05;14/03/2024;Ann;oui\n",
        "Hora;Fecha;Autor;Mensaje\n10:05:00;14/03/2024;Ann;hola\n11:05:00;14/03/2024;Ann;hola\n",
        "Date,Time,Author,Message\n45365,0.420138888888889,Ann,hi\n45365,0.461805555555556,Ann,hi\n",
    ],
)  # fmt: skip
def test_date_and_time_of_day_are_one_moment(tmp_path: Path, text: str) -> None:
    posts = Read(table(tmp_path, text), "log").all(Post)
    assert [post.at for post in posts] == [TEN_FIVE, TEN_FIVE + HOUR] and all(post.local for post in posts)
    assert len({post.key for post in posts}) == 2, "the same words an hour later are another message"


def test_a_workbook_with_cells_of_dates_and_times(tmp_path: Path) -> None:
    import datetime as dt

    book = openpyxl.Workbook()
    book.active.append(["Datum", "Tijd", "Afzender", "Bericht"])
    book.active.append([dt.date(2024, 3, 14), dt.time(10, 5), "Ann", "hoi"])
    book.save(tmp_path / "log.xlsx")
    assert [post.at for post in Read(tmp_path / "log.xlsx", "log").all(Post)] == [TEN_FIVE]


def test_a_date_that_has_its_time_keeps_it_and_an_empty_time_is_midnight(tmp_path: Path) -> None:
    text = "Date;Time;Author;Message\n2024-03-14T10:05:00+00:00;3:00;Ann;hi\n2024-03-14 10:05;3:00;Ann;hi\n2024-03-14;;Ann;hi\n"
    posts = Read(table(tmp_path, text), "log").all(Post)
    assert [(post.at, post.local) for post in posts] == [(TEN_FIVE, False), (TEN_FIVE, True), (TEN_FIVE - HOUR * 10 - HOUR // 12, True)]


@pytest.mark.parametrize(
    ("cell", "hours"),
    [("10:05", 10 + 1 / 12), ("9:30 pm", 21.5), ("12 am", 0), ("12:00 PM", 12), ("10 Uhr", 10), ("9h", 9), ("T08:00:00.000", 8), ("0,5", 12), ("0.4166666667", 10)],
)  # fmt: skip
def test_times_of_day(cell: str, hours: float) -> None:
    assert clock(cell) == round(hours * HOUR)


@pytest.mark.parametrize("cell", ["", "10", "25:00", "10:60", "13:00 pm", "1.5", "noon", "10:05 tomorrow"])
def test_no_times_of_day(cell: str) -> None:
    assert clock(cell) is None


def test_an_id_of_the_author_with_the_name_beside_it(tmp_path: Path) -> None:
    read = Read(table(tmp_path, "id,author_id,author_name,body,created_at\n1,10,Ann,Who knows?,2024-03-14 10:05:00\n2,20,Bob,I do,2024-03-14 10:20:00\n3,10,Ann,Thanks,2024-03-14 10:30:00\n"))
    assert read.kind == "log" and [(person.key, person.name) for person in read.all(Person)] == [("10", "Ann"), ("20", "Bob")]
    assert [post.author for post in read.all(Post)] == ["10", "20", "10"]
