"""Pages (HTML) in all layouts: authors of groups, replies, mentions, times in the clock of the machine that exported."""

from __future__ import annotations

from pathlib import Path

import pytest

from cmdesk.core.errors import ImportProblem
from cmdesk.core.records import Group, Origin, Person, Post
from tests.plugins.discord.builder import GENERAL, GUILD, Read, document, message, micro, snowflake, written, zipped
from tests.plugins.discord.page_builder import (
    answers,
    ending,
    first,
    group,
    next_one,
    notice,
    old_group,
    oldest_group,
    oldest_page,
    page,
    reactions,
)

ANN, BOB = "100000000000000001", "100000000000000002"
NAME = f"Club - Text - general [{GENERAL}].html"


def bob(number: int, **more: str) -> str:
    return first(number, "bob#1234", "Bob", BOB, **more)


def one(tmp_path: Path, body: str, *lines: str, name: str = NAME, end: str = "", icon: str | None = None, **options: str) -> Read:
    text = page(body, *(lines or ("Club", "Text / general")), end=end, **({} if icon is None else {"icon": icon}))
    return Read(written(tmp_path / name, text), **options)


def facts(read: Read) -> list[tuple[str, str, str, str]]:
    return [(post.key, post.author, post.thread, post.reply_author) for post in read.all(Post)]


def test_a_group_tells_the_author_of_all_its_messages(tmp_path: Path) -> None:
    body = group(first(1), next_one(2), next_one(3)) + group(bob(4, bot="BOT"))
    read = one(tmp_path, body, "Club", "Text / general", "What we talk about")
    assert facts(read) == [(snowflake(n), ANN, "", "") for n in (1, 2, 3)] + [(snowflake(4), BOB, "", "")]
    assert [(post.at, post.local, post.text) for post in read.all(Post)[:2]] == [(micro(1), False, "Hello"), (micro(2), False, "More")]
    assert [(person.key, person.name, person.handle, person.is_bot) for person in read.all(Person)] == [
        (ANN, "Ann A.", "ann", None), (BOB, "Bob", "bob#1234", True)]  # fmt: skip
    assert read.only(Origin) == Origin("discord", GUILD, "Club")
    assert {(found.key, found.parent, found.purpose) for found in read.all(Group)} == {("name:Text", "", ""), (GENERAL, "name:Text", "What we talk about")}
    assert (read.ledger.read, read.ledger.used, read.ledger.problems) == (4, 4, [])


@pytest.mark.parametrize("word", ["reply", "reference"])
def test_replies_mentions_and_reactions(tmp_path: Path, word: str) -> None:
    mention = 'See <span class="chatlog__markdown-mention" title="ann">@Ann A.</span>, <span class="chatlog__markdown-mention">@everyone</span> <span class="chatlog__markdown-mention">#help</span>'
    body = group(first(1, after=reactions(thumbsup=3, heart="1,072"))) + group(bob(2, text=mention, before=answers(1, word=word))) + group(first(3, before=answers(2, "bob#1234", word)))
    read = one(tmp_path, body)
    assert facts(read) == [(snowflake(1), ANN, "", ""), (snowflake(2), BOB, snowflake(1), ANN), (snowflake(3), ANN, snowflake(1), BOB)]
    posts = read.all(Post)
    assert [post.reply_to for post in posts] == ["", snowflake(1), snowflake(2)]
    assert (posts[0].unnamed_reactions, posts[1].mentions, posts[1].announcement) == (1_075, (ANN,), True)
    assert posts[1].text == f"See @{ANN}, @everyone #help"


def test_a_reply_to_what_is_gone_and_a_command_answer_nobody(tmp_path: Path) -> None:
    gone = '<div class="chatlog__reply"><div class="chatlog__reply-unknown">Original message was deleted or could not be loaded.</div></div>'
    command = '<div class="chatlog__reply"><div class="chatlog__reply-author" title="bob#1234">Bob</div><div class="chatlog__reply-content">used /cstart</div></div>'
    read = one(tmp_path, group(first(1, before=gone)) + group(first(2, before=command)))
    assert facts(read) == [(snowflake(n), ANN, "", "") for n in (1, 2)]


def test_somebody_of_whom_the_page_tells_no_id_is_known_by_name(tmp_path: Path) -> None:
    mention = '<span class="chatlog__markdown-mention" title="cem">@Cem</span>'
    read = one(tmp_path, group(first(1, text=mention, before=answers(9, "dora"))))
    assert (read.only(Post).mentions, read.only(Post).reply_author) == (("name:cem",), "name:dora")
    assert {person.key for person in read.all(Person)} == {ANN, "name:cem", "name:dora"}
    assert [problem.why for problem in read.ledger.problems] == ["persons without an id in the pages, known by their name: 2"]


def test_a_mention_before_the_first_message_of_somebody_finds_them(tmp_path: Path) -> None:
    mention = '<span class="chatlog__markdown-mention" title="bob#1234">@Bob</span>'
    read = one(tmp_path, group(first(1, text=mention)) + group(bob(2)))
    assert read.all(Post)[0].mentions == (BOB,)
    assert read.ledger.problems == []


def test_what_the_system_says_is_an_event(tmp_path: Path) -> None:
    read = one(tmp_path, notice(1, "joined the server.") + notice(2, "pinned a message to this channel.") + group(first(3)))
    assert [(post.event, post.author) for post in read.all(Post)] == [(True, ANN), (True, ANN), (False, ANN)]
    assert [person.joined for person in read.all(Person) if person.joined] == [micro(1)]


@pytest.mark.parametrize(("shown", "edited"), [("14/11/2023 17:14", "14/11/2023 18:30"), ("2023-11-14 5:14 p.m.", "Tuesday, November 14, 2023 6:30 p.m."),
                                               ("14 November 2023 17:14", "14 november 2023 18:30")])  # fmt: skip
def test_the_time_of_an_edit_is_told_by_the_clock_that_shows_the_message(tmp_path: Path, shown: str, edited: str) -> None:
    body = group(first(1, shown=shown, edited=edited))
    found = one(tmp_path, body).only(Post)
    assert micro(1) == 1_700_000_060_000_000  # 22:14:20 UTC: the machine stood five hours behind
    assert found.edited == 1_700_004_600_000_000  # 23:30 UTC


def test_ids_that_tell_no_time_leave_the_clock_of_the_page(tmp_path: Path) -> None:
    body = group(first("1001", shown="14/11/2023 22:14"), next_one("1002", full="14/11/2023 22:15")) + group(first("1003", shown="02/12/2023 9:00"))
    zone = one(tmp_path, body, end=ending("3", "UTC-5")).all(Post)
    assert [(post.at, post.local) for post in zone] == [(1_700_018_040_000_000, False), (1_700_018_100_000_000, False), (1_701_525_600_000_000, False)]
    none = one(tmp_path, body, end=ending("3")).all(Post)
    assert next((post.at, post.local) for post in none) == (1_700_000_040_000_000, True)
    chosen = one(tmp_path, body, zone="Europe/Amsterdam").all(Post)
    assert chosen[0].at == 1_699_996_440_000_000 and not chosen[0].local


def test_an_unclear_order_of_day_and_month_is_set_aside_unless_told(tmp_path: Path) -> None:
    body = group(first("1001", shown="02/03/2023 22:14"))
    read = one(tmp_path, body)
    assert (read.ledger.read, read.ledger.set_aside, read.all(Post)) == (1, 1, [])
    assert "which number is the day" in read.ledger.problems[0].why
    assert one(tmp_path, body, date_order="dmy").only(Post).at == 1_677_795_240_000_000
    assert one(tmp_path, body, date_order="mdy").only(Post).at == 1_675_462_440_000_000
    assert one(tmp_path, group(first("1001", shown="02/03/2023 22:14", full="2 March 2023 22:14"))).only(Post).at == 1_677_795_240_000_000


@pytest.mark.parametrize("options", [{"zone": "Mars/Olympus"}, {"date_order": "ymd"}])
def test_options_that_mean_nothing(tmp_path: Path, options: dict[str, str]) -> None:
    with pytest.raises(ImportProblem):
        one(tmp_path, group(first(1)), **options)


def test_the_layout_of_2020(tmp_path: Path) -> None:
    before = f'<div class="chatlog__reference"><span class="chatlog__reference-name" title="ann#0001">Ann</span><span class="chatlog__reference-link" onclick="scrollToMessage(event, \'{snowflake(1)}\')">x</span></div>'
    mention = 'Hi <span class="mention" title="ann#0001">@Ann</span>'
    body = old_group((1, "One"), (2, "Two")) + old_group((3, mention), author="bob#1234", name="Bob", identifier=BOB, bot=True, before=before)
    text = page(body, "Club", "general", css="chatlog__message")
    read = Read(written(tmp_path / NAME, text))
    assert facts(read) == [(snowflake(1), ANN, "", ""), (snowflake(2), ANN, "", ""), (snowflake(3), BOB, snowflake(1), ANN)]
    assert [post.text for post in read.all(Post)] == ["One", "Two", f"Hi @{ANN}"]
    assert read.all(Post)[2].mentions == (ANN,)
    assert next(person for person in read.all(Person) if person.key == BOB and person.is_bot)
    assert [found.key for found in read.all(Group)] == [GENERAL]
    assert [post.at for post in read.all(Post)] == [micro(n) for n in (1, 2, 3)]


def test_the_layout_of_2018_has_no_ids(tmp_path: Path) -> None:
    body = oldest_group("One", "Two", "Two") + oldest_group("Three", author="bob#1234", name="Bob", shown="30-Nov-18 01:00 AM")
    read = Read(written(tmp_path / NAME, oldest_page(body)))
    posts = read.all(Post)
    assert read.confidence > 0.9
    assert [(post.author, post.text, post.at, post.local) for post in posts] == [
        ("name:ann#0001", "One", 1_541_455_920_000_000, True), ("name:ann#0001", "Two", 1_541_455_920_000_000, True),
        ("name:ann#0001", "Two", 1_541_455_920_000_000, True), ("name:bob#1234", "Three", 1_543_539_600_000_000, True),
    ]  # fmt: skip
    assert len({post.key for post in posts}) == 4
    assert posts == Read(written(tmp_path / NAME, oldest_page(body))).all(Post)
    assert {person.name for person in read.all(Person)} == {"Ann", "Bob"}
    whys = [problem.why for problem in read.ledger.problems]
    assert any("id of the server" in why for why in whys) and any("known by their name: 2" in why for why in whys)


def test_a_page_without_an_id_in_its_name_is_known_by_its_channel(tmp_path: Path) -> None:
    read = one(tmp_path, group(first(1)), name="renamed.html")
    assert read.only(Post).group == "name:Text / general"
    assert "id of the channel" in read.ledger.problems[0].why


def test_a_page_of_a_thread_stands_in_its_channel(tmp_path: Path) -> None:
    root = "900000000000000044"
    files = {
        NAME: page(group(first(1)), "Club", "Text / general").encode(),
        f"Club - general - topic [{root}].html": page(group(first(2), next_one(3)), "Club", "Text / general / topic").encode(),
    }
    read = Read(zipped(tmp_path / "x.zip", files))
    assert {post.group for post in read.all(Post)} == {GENERAL}
    assert [(post.thread, post.title) for post in read.all(Post)] == [("", ""), ("", "topic"), (snowflake(2), "")]


def test_a_channel_that_is_there_as_json_is_read_once(tmp_path: Path) -> None:
    files = {"a.json": document([message(1)]), NAME: page(group(first(1)), "Club", "Text / general").encode()}
    read = Read(zipped(tmp_path / "x.zip", files))
    assert (len(read.all(Post)), list(read.ledger.ignored)) == (1, [NAME])


def test_a_page_without_an_icon_is_of_the_server_that_its_neighbours_name(tmp_path: Path) -> None:
    files = {"a.json": document([message(1)]), "b.html": page(group(first(2)), "Club", "Text / help", icon="").encode()}
    assert {origin.key for origin in Read(zipped(tmp_path / "x.zip", files)).all(Origin)} == {GUILD}


@pytest.mark.parametrize("lines", [("Direct Messages", "Bob")])
def test_pages_of_direct_messages_are_left_out(tmp_path: Path, lines: tuple[str, ...]) -> None:
    body = group(first(1), next_one(2)) + group(bob(3))
    read = one(tmp_path, body, *lines, icon="")
    assert (read.ledger.left_out, read.all(Post), read.ledger.read) == ({"direct_messages": 3}, [], 3)


def test_a_page_that_was_cut_tells(tmp_path: Path) -> None:
    text = page(group(first(1), next_one(2)) + group(bob(3)), "Club", "Text / general", end=ending("3"))
    cut = text[: text.index(snowflake(3)) + 400]
    read = Read(written(tmp_path / NAME, cut))
    assert [post.key for post in read.all(Post)] == [snowflake(1), snowflake(2)]
    assert (read.ledger.read, read.ledger.set_aside) == (3, 1)
    fewer = one(tmp_path, group(first(1)), end=ending("1.072"))
    assert "1,072; messages found: 1" in fewer.ledger.problems[0].why


def test_messages_without_group_or_author(tmp_path: Path) -> None:
    read = one(tmp_path, next_one(1) + group(next_one(2)) + group(first(3, identifier="", author="", name="")))
    assert facts(read) == [(snowflake(n), "", "", "") for n in (1, 2, 3)]
