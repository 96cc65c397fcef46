"""JSON exports: who wrote what in answer to whom, where."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from cmdesk.core.records import Group, Origin, Person, Post, Reaction, Share
from tests.plugins.discord.builder import (
    ANN,
    BOB,
    BOT,
    CATEGORY,
    FORUM,
    GENERAL,
    GUILD,
    Read,
    document,
    message,
    micro,
    reply,
    snowflake,
    stamp,
    thread,
    written,
    zipped,
)


def one(tmp_path: Path, *messages: Any, **more: Any) -> Read:
    return Read(written(tmp_path / "x.json", document(list(messages), **more)))


def posts(read: Read) -> dict[str, Post]:
    return {post.key: post for post in read.all(Post)}


def test_a_plain_message(tmp_path: Path) -> None:
    read = one(tmp_path, message(1, content="Hi?", timestampEdited=stamp(2)))
    found = read.only(Post)
    assert (found.key, found.author, found.group, found.at, found.edited) == (snowflake(1), ANN["id"], GENERAL, micro(1), micro(2))
    assert (found.text, found.thread, found.reply_to, found.mentions, found.event, found.local) == ("Hi?", "", "", (), False, False)
    assert read.only(Origin) == Origin("discord", GUILD, "Club")
    assert {(group.key, group.name, group.kind, group.parent, group.purpose) for group in read.all(Group)} == {
        (CATEGORY, "Text", "category", "", ""), (GENERAL, "general", "channel", CATEGORY, "All and nothing"),
    }  # fmt: skip
    assert (read.ledger.read, read.ledger.used) == (1, 1)


def test_persons_bots_and_deleted_accounts(tmp_path: Path) -> None:
    gone = {"id": "100000000000000009", "name": "Deleted User", "discriminator": "0000", "nickname": "Deleted User", "isBot": False}
    role = {"name": "Steward", "position": "9"}
    high = {**ANN, "roles": [{"name": "New", "position": 1}, role, {"name": None, "position": 99}, {"name": "Odd", "position": "x"}]}
    read = one(tmp_path, message(1, high), message(2, BOB), message(3, BOT), message(4, gone), message(5, high), message(6, None))
    found = {person.key: person for person in read.all(Person)}
    assert len(found) == len(read.all(Person)) == 4
    ann, bob = found[ANN["id"]], found[BOB["id"]]
    assert (ann.name, ann.handle, ann.role, ann.is_bot, ann.deleted) == ("Ann A.", "ann", "Steward", False, None)
    assert (bob.name, bob.handle) == ("Bob", "bob#1234")
    assert (found[BOT["id"]].is_bot, found[gone["id"]].deleted) == (True, True)
    assert read.all(Post)[-1].author == ""


def test_replies_and_the_thread_that_they_make(tmp_path: Path) -> None:
    read = one(tmp_path, message(1), reply(2, 1), reply(3, 2, ANN), message(4), reply(5, 99, reactions=[]))
    found = posts(read)
    assert [(found[snowflake(n)].thread, found[snowflake(n)].reply_to) for n in (1, 2, 3, 4, 5)] == [
        ("", ""), (snowflake(1), snowflake(1)), (snowflake(1), snowflake(2)), ("", ""), (snowflake(99), snowflake(99)),
    ]  # fmt: skip


@pytest.mark.parametrize("reference", [None, {}, {"messageId": None}, 7, {"messageId": {"no": 1}}])
def test_a_reply_whose_message_is_gone(tmp_path: Path, reference: object) -> None:
    read = one(tmp_path, message(1, type="Reply", reference=reference))
    assert (read.only(Post).reply_to, read.only(Post).thread) == ("", "")


@pytest.mark.parametrize("kind", ["ChannelPinnedMessage", "ThreadCreated", "Call", "RecipientAdd", "8", "46", 7, "SomethingNew"])
def test_what_the_system_says_is_an_event_and_no_reply(tmp_path: Path, kind: object) -> None:
    found = one(tmp_path, message(1), message(2, type=kind, reference={"messageId": snowflake(1)})).all(Post)[1]
    assert (found.event, found.reply_to, found.thread) == (True, "", "")


@pytest.mark.parametrize("kind", ["Default", "0", 0, None, "20", "ChatInputCommand"])
def test_what_somebody_wrote_is_no_event(tmp_path: Path, kind: object) -> None:
    assert not one(tmp_path, message(1, type=kind)).only(Post).event


def test_joining_the_server_tells_since_when(tmp_path: Path) -> None:
    read = one(tmp_path, message(1, type="GuildMemberJoin", content="Joined the server."))
    assert [person.joined for person in read.all(Person)] == [None, micro(1)]
    assert read.only(Post).event


def test_mentions_are_those_in_the_text_and_kept_text_names_nobody(tmp_path: Path) -> None:
    read = one(tmp_path, message(1, content="@Ann A. and @bob, see #help"  " <:smile:123456789>", mentions=[ANN, BOB]),
               message(2, content="<@!100000000000000002> <@100000000000000001> <#55> <@&66>"))  # fmt: skip
    first, second = read.all(Post)
    assert (first.mentions, second.mentions) == ((ANN["id"], BOB["id"]), (BOB["id"], ANN["id"]))
    assert first.text == f"@{ANN['id']} and @{BOB['id']}, see #help :smile:"
    assert second.text == f"@{BOB['id']} @{ANN['id']} 55 @66"


def test_a_reply_that_pings_names_whom_it_answers_and_mentions_nobody(tmp_path: Path) -> None:
    read = one(tmp_path, reply(2, 1, mentions=[ANN]), reply(3, 1, content="@Ann A. yes", mentions=[ANN]), reply(4, 1, mentions=[ANN, BOT]))
    assert [(post.reply_author, post.mentions) for post in read.all(Post)] == [
        (ANN["id"], ()), ("", (ANN["id"],)), ("", (ANN["id"], BOT["id"])),
    ]  # fmt: skip


@pytest.mark.parametrize(("text", "said"), [("@everyone hi", True), ("so @here", True), ("me@here.org", None), ("@everyoneelse", None)])
def test_everybody_is_addressed(tmp_path: Path, text: str, said: bool | None) -> None:
    assert one(tmp_path, message(1, content=text)).only(Post).announcement is said


def test_a_channel_of_news_announces(tmp_path: Path) -> None:
    read = one(tmp_path, message(1), reply(2, 1), type="GuildNews")
    assert [post.announcement for post in read.all(Post)] == [True, None]


def test_reactions_with_and_without_actors(tmp_path: Path) -> None:
    hearts = {"emoji": {"id": "", "name": "❤️", "code": "heart"}, "count": 3, "users": [ANN, BOB]}
    old = {"emoji": {"id": "5", "name": "party"}, "count": 4}
    odd = {"emoji": None, "count": "1e999", "users": [None, {"name": "no id"}]}
    read = one(tmp_path, message(1, reactions=[hearts, old, None, odd]))
    assert [(reaction.person, reaction.kind) for reaction in read.all(Reaction)] == [(ANN["id"], "heart"), (BOB["id"], "heart")]
    assert read.only(Post).unnamed_reactions == 1 + 4
    assert {person.key for person in read.all(Person)} == {ANN["id"], BOB["id"]}


def test_a_forward_is_a_share(tmp_path: Path) -> None:
    read = one(tmp_path, message(2, content="", reference={"type": "Forward", "messageId": snowflake(1), "channelId": "5"}))
    assert read.only(Share) == Share(post=snowflake(1), person=ANN["id"], group=GENERAL, at=micro(2))
    assert read.only(Post).reply_to == ""


def test_the_id_tells_the_time_where_the_export_does_not(tmp_path: Path) -> None:
    zoneless = message(2, timestamp="2020-01-01T10:00:00")
    own = message(3, timestamp="2020-01-01T10:00:00", id="77")
    read = one(tmp_path, message(1, timestamp=None), zoneless, own, message(4, timestamp=None, id="78"), message(5, id=None))
    assert [(post.at, post.local) for post in read.all(Post)] == [(micro(1), False), (micro(2), False), (1_577_872_800_000_000, True)]
    assert [problem.where for problem in read.ledger.problems] == ["x.json, record 4", "x.json, record 5"]


def test_ids_that_a_tool_made_numbers(tmp_path: Path) -> None:
    read = one(tmp_path, message(1, {**ANN, "id": int(ANN["id"])}, id=int(snowflake(1))), id=int(GENERAL), guild={"id": int(GUILD)})
    found = read.only(Post)
    assert (found.key, found.author, found.group, read.only(Origin).key) == (snowflake(1), ANN["id"], GENERAL, GUILD)


def test_a_thread_stands_in_its_channel(tmp_path: Path) -> None:
    files = {
        "a.json": document([message(1), message(2, type="ThreadCreated", reference={"channelId": snowflake(1)})]),
        "b.json": thread([message(3, type="21", content="", reference={"messageId": snowflake(1)}), message(4, BOB), reply(5, 4, ANN)], snowflake(1)),
    }
    read = Read(zipped(tmp_path / "x.zip", files))
    found = posts(read)
    assert {post.group for post in found.values()} == {GENERAL}
    assert [found[snowflake(n)].thread for n in (1, 3, 4, 5)] == ["", snowflake(1), snowflake(1), snowflake(1)]
    assert (found[snowflake(5)].reply_to, found[snowflake(3)].event) == (snowflake(4), True)
    assert {group.key for group in read.all(Group)} == {CATEGORY, GENERAL}
    assert next(group for group in read.all(Group) if group.key == GENERAL).parent == CATEGORY


def test_forum_posts_are_threads_with_a_title(tmp_path: Path) -> None:
    files = {f"{n}.json": thread([message(n), message(n + 1, BOB)], snowflake(n), f"Topic {n}", parent=FORUM, title="ideas") for n in (10, 20)}
    read = Read(zipped(tmp_path / "x.zip", files, "Club/"))
    assert {(post.thread, post.title) for post in read.all(Post)} == {
        ("", "Topic 10"), (snowflake(10), ""), ("", "Topic 20"), (snowflake(20), "")}  # fmt: skip
    assert (read.only(Group).key, read.only(Group).name) == (FORUM, "ideas")


def test_a_thread_of_no_message_begins_with_its_first(tmp_path: Path) -> None:
    first = thread([message(3, type="RecipientAdd"), message(4), message(5, BOB)], "900000000000000044")
    found = posts(Read(written(tmp_path / "x.json", first)))
    assert [found[snowflake(n)].thread for n in (4, 5)] == ["", snowflake(4)]
    part = thread([message(5, BOB)], "900000000000000044", after="2023-11-15T00:00:00+00:00")
    assert Read(written(tmp_path / "y.json", part)).only(Post).thread == "900000000000000044"


def test_parts_of_a_channel_go_together(tmp_path: Path) -> None:
    root = "900000000000000044"
    files = {f"Club - t [{root}] [part {n}].json": thread([message(n), message(100 + n, BOB)], root) for n in (10, 2, 1)}
    read = Read(zipped(tmp_path / "x.zip", files))
    assert [post.key for post in read.all(Post)] == [snowflake(n) for n in (1, 101, 2, 102, 10, 110)]
    assert {post.thread for post in read.all(Post)} == {"", snowflake(1)}


def test_direct_messages_are_left_out_unless_asked_for(tmp_path: Path) -> None:
    direct = document([message(1), message(2, BOB)], type="DirectTextChat", id="77", name="Bob", guild={"id": "0", "name": "Direct Messages"})
    path = zipped(tmp_path / "x.zip", {"a.json": document([message(3)]), "b.json": direct})
    read = Read(path)
    assert (read.ledger.left_out, len(read.all(Post)), read.ledger.read) == ({"direct_messages": 2}, 1, 3)
    assert not [group for group in read.all(Group) if group.kind == "direct"]
    asked = Read(path, direct_messages=True)
    assert (asked.ledger.left_out, len(asked.all(Post))) == ({}, 3)
    [group] = [group for group in asked.all(Group) if group.kind == "direct"]
    assert group.private


def test_several_servers_stay_apart(tmp_path: Path) -> None:
    other = document([message(1)], guild={"id": "5", "name": "Other"}, id="900000000000000099")
    read = Read(zipped(tmp_path / "x.zip", {"a.json": document([message(1)]), "b.json": other}))
    assert {origin.key for origin in read.all(Origin)} == {"5", GUILD}
    assert len(read.all(Post)) == len(read.all(Person)) == 2


def test_old_exports_name_the_category_only(tmp_path: Path) -> None:
    read = one(tmp_path, message(1), categoryId=None, topic=None)
    assert [group.key for group in read.all(Group)] == ["name:Text", GENERAL]


def test_other_files_are_passed_over_by_name(tmp_path: Path) -> None:
    files = {"a.json": document([message(1)]), "a.json_Files/data.json": b'{"guild": 1}', "a.json_Files/p.png": b"\x89PNG", "b.txt": b"[14-Mar-24] ann\nx\n"}
    read = Read(zipped(tmp_path / "x.zip", files))
    assert set(read.ledger.ignored) == {"a.json_Files/*.json", "a.json_Files/*.png", "b.txt"}
    assert "JSON" in read.ledger.ignored["b.txt"]
