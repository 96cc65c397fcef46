"""CSV exports of channels: authors by id, times with their zone, numbers of reactions; a channel that is there as JSON too is read as JSON."""

from __future__ import annotations

from pathlib import Path

from cmdesk.core.records import Group, Origin, Person, Post

from .builder import GENERAL, Read, document, message, zipped

HEAD = "AuthorID,Author,Date,Content,Attachments,Reactions\n"
ROWS = (
    '"100000000000000001","ann","2024-03-14T10:05:00.0000000+01:00","Who knows, @bob?","","👍 (2),❤ (1)"\n'
    '"100000000000000002","bob#1234","2024-03-14T10:06:00.0000000+01:00","Two\nlines","",""\n'
    '"100000000000000001","ann","2024-03-14T10:06:00.0000000+01:00","ok","",""\n'
    '"100000000000000001","ann","2024-03-14T10:06:00.0000000+01:00","ok","",""\n'
)
NAME = f"Club - Text - general [{GENERAL}] (after 2024-01-01).csv"


def test_a_csv_export(tmp_path: Path) -> None:
    read = Read(tmp_path / NAME, (HEAD + ROWS).encode("utf-8-sig"))
    assert read.confidence > 0.9 and read.all(Origin) == [Origin("discord", "name:Club", "Club")]
    assert {group.key: group.name for group in read.all(Group)} == {"name:Text": "Text", GENERAL: "general"}
    assert {person.key: person.handle for person in read.all(Person)} == {"100000000000000001": "ann", "100000000000000002": "bob#1234"}
    posts = read.all(Post)
    assert len({post.key for post in posts}) == 4 and all(post.group == GENERAL and not post.local for post in posts)
    assert posts[0].at == 1_710_407_100_000_000 and posts[0].unnamed_reactions == 3 and posts[0].mentions == ("100000000000000002",)
    assert posts[1].text == "Two\nlines" and read.ledger.used == 4
    assert "neither who answers whom" in read.told


def test_the_same_message_has_the_same_key_in_a_later_export(tmp_path: Path) -> None:
    first = Read(tmp_path / NAME, (HEAD + ROWS).encode())
    later = Read(tmp_path / NAME, (HEAD + ROWS + '"100000000000000002","bob","2024-03-15T10:06:00+01:00","new","",""\n').encode())
    assert {post.key for post in first.all(Post)} < {post.key for post in later.all(Post)}


def test_a_row_without_a_time_is_set_aside(tmp_path: Path) -> None:
    read = Read(tmp_path / NAME, (HEAD + ROWS + '"100000000000000001","ann","never","x","",""\n').encode())
    assert read.ledger.set_aside == 1 and read.ledger.used == 4


def test_times_of_a_locale_need_an_order_that_a_row_proves(tmp_path: Path) -> None:
    rows = '"1","ann","14/03/2024 10:05","a","",""\n"1","ann","02/03/2024 10:05","b","",""\n'
    posts = Read(tmp_path / NAME, (HEAD + rows).encode(), zone="Europe/Amsterdam").all(Post)
    assert [post.at for post in posts] == [1_710_407_100_000_000, 1_709_370_300_000_000] and not posts[0].local


def test_json_of_the_same_channel_wins(tmp_path: Path) -> None:
    read = Read(zipped(tmp_path / "x.zip", {"a.json": document([message(1)]), NAME: (HEAD + ROWS).encode()}))
    assert len(read.all(Post)) == 1 and "tells more" in read.ledger.ignored[NAME]


def test_direct_messages_are_left_out(tmp_path: Path) -> None:
    read = Read(tmp_path / "Direct Messages - Private - ann [900000000000000099].csv", (HEAD + ROWS).encode())
    assert not read.all(Post) and read.ledger.left_out == {"direct_messages": 4}
