"""Who wrote what in answer to whom: threads, mentions, reactions, bots, system messages."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from cmdesk.core.records import Attendance, Membership, Person, Post, Reaction, Share
from tests.plugins.slack.builder import START, Read, micro, small, ts

ANN, BOB = "UANN00001", "UBOB00002"


def post(read: Read, number: int) -> Post:
    return next(found for found in read.all(Post) if found.key == f"CGEN00001:{ts(number)}")


def test_a_plain_message(tmp_path: Path) -> None:
    export = small()
    export.message(1, ANN, "Is &lt;b&gt; bold &amp; good? <https://example.org/x?y=1|See here>", edited={"user": ANN, "ts": ts(2)})
    found = Read(export.zip(tmp_path / "x.zip")).only(Post)
    assert (found.author, found.group, found.at, found.edited) == (ANN, "CGEN00001", micro(1), micro(2))
    assert found.text == "Is <b> bold & good? See here"
    assert (found.thread, found.reply_author, found.mentions, found.event, found.announcement) == ("", "", (), False, None)


def test_times_are_exact_to_the_microsecond(tmp_path: Path) -> None:
    export = small()
    export.message(1, ts="1660893924.224059")
    assert Read(export.zip(tmp_path / "x.zip")).only(Post).at == 1_660_893_924_224_059


def test_replies_name_the_start_of_their_thread_and_its_author(tmp_path: Path) -> None:
    export = small()
    start = export.message(1, ANN, thread_ts=ts(1), reply_count=2, reply_users=[BOB], replies=[{"user": BOB, "ts": ts(2)}])
    export.message(2, BOB, thread_ts=start, parent_user_id=ANN)
    export.message(3, BOB, thread_ts=start, parent_user_id=ANN, at="general/2023-11-20.json")
    read = Read(export.zip(tmp_path / "x.zip"))
    assert post(read, 1).thread == ""
    assert [(post(read, n).thread, post(read, n).reply_author) for n in (2, 3)] == [(f"CGEN00001:{start}", ANN)] * 2
    assert len(read.all(Post)) == 3, "the summary on the parent is no second reply"


def test_a_parent_outside_the_export_is_known_by_its_author(tmp_path: Path) -> None:
    export = small()
    export.message(5, BOB, thread_ts="1600000000.000100", parent_user_id=ANN)
    found = Read(export.zip(tmp_path / "x.zip")).only(Post)
    assert (found.thread, found.reply_author) == ("CGEN00001:1600000000.000100", ANN)


def test_a_broadcast_takes_the_author_from_the_root(tmp_path: Path) -> None:
    export = small()
    start = export.message(1, ANN)
    export.message(2, BOB, subtype="thread_broadcast", thread_ts=start, root={"user": ANN, "ts": start, "thread_ts": start, "text": "…"})
    export.message(3, BOB, subtype="thread_broadcast", root={"user": ANN, "ts": start})
    read = Read(export.zip(tmp_path / "x.zip"))
    for number in (2, 3):
        assert (post(read, number).thread, post(read, number).reply_author, post(read, number).event) == (f"CGEN00001:{start}", ANN, False)


def test_a_deleted_start_of_a_thread_has_no_author_and_keeps_its_replies(tmp_path: Path) -> None:
    export = small()
    start = export.message(1, "USLACKBOT", "This message was deleted.", subtype="tombstone", thread_ts=ts(1), hidden=True)
    export.message(2, BOB, thread_ts=start, parent_user_id="USLACKBOT")
    read = Read(export.zip(tmp_path / "x.zip"))
    assert (post(read, 1).event, post(read, 1).author) == (True, "")
    assert post(read, 2).thread == f"CGEN00001:{start}"
    assert next(person for person in read.all(Person) if person.key == "USLACKBOT").is_bot


def test_mentions_are_of_persons_only(tmp_path: Path) -> None:
    export = small()
    export.message(1, ANN, "<@UBOB00002> <@UBOB00002|bob> <@UNEW00003> <#C0HELP001|help> <!subteam^S01|@team> <!date^1^x|today>")
    found = Read(export.zip(tmp_path / "x.zip")).only(Post)
    assert found.mentions == (BOB, BOB, "UNEW00003")
    assert found.text == "@UBOB00002 @UBOB00002 @UNEW00003 help @team today"
    assert found.announcement is None


@pytest.mark.parametrize("mark", ["<!channel>", "<!here|here>", "<!everyone>"])
def test_who_addresses_everybody_announces(tmp_path: Path, mark: str) -> None:
    export = small()
    export.message(1, ANN, f"{mark} news")
    found = Read(export.zip(tmp_path / "x.zip")).only(Post)
    assert (found.announcement, found.mentions, found.text[0]) == (True, (), "@")


def test_ids_in_lower_case_are_the_same_people(tmp_path: Path) -> None:
    export = small()
    export.message(1, ANN, "hi <@ubob00002> and <@unew00003>")
    export.message(2, "UNEW00003")
    read = Read(export.zip(tmp_path / "x.zip"))
    assert post(read, 1).mentions == (BOB, "UNEW00003")
    assert post(read, 2).author == "UNEW00003"


def test_ids_that_a_tool_listed_in_lower_case_are_kept(tmp_path: Path) -> None:
    export = small()
    export.user("ucas00003", "cas")
    export.message(1, "ucas00003", "<@UCAS00003>")
    found = Read(export.zip(tmp_path / "x.zip")).only(Post)
    assert (found.author, found.mentions) == ("ucas00003", ("ucas00003",))


def blocks(*elements: dict[str, Any]) -> list[dict[str, Any]]:
    return [{"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": list(elements)}]}]


def test_mentions_that_stand_in_blocks_only(tmp_path: Path) -> None:
    export = small()
    said = blocks({"type": "text", "text": "Ask "}, {"type": "user", "user_id": BOB}, {"type": "text", "text": "?"})
    export.message(1, ANN, "", blocks=said)
    export.message(2, ANN, "<@UBOB00002>", blocks=said)
    export.message(3, ANN, "see below", blocks=blocks({"type": "broadcast", "range": "channel"}))
    read = Read(export.zip(tmp_path / "x.zip"))
    assert (post(read, 1).mentions, post(read, 1).text) == ((BOB,), "Ask @UBOB00002?")
    assert post(read, 2).mentions == (BOB,), "what stands in text and blocks is one mention"
    assert (post(read, 3).announcement, post(read, 3).text) == (True, "see below")


def test_reactions_have_actors_and_a_rest_without(tmp_path: Path) -> None:
    export = small()
    emoji = [{"name": "+1", "users": [ANN, BOB], "count": 5}, {"name": "tada", "users": [BOB], "count": 1}, {"name": "eyes", "count": "2"}]
    export.message(1, reactions=emoji)
    read = Read(export.zip(tmp_path / "x.zip"))
    key = f"CGEN00001:{ts(1)}"
    assert read.all(Reaction) == [Reaction(key, ANN, "+1"), Reaction(key, BOB, "+1"), Reaction(key, BOB, "tada")]
    assert read.only(Post).unnamed_reactions == 3 + 2


def test_system_messages_are_events(tmp_path: Path) -> None:
    export = small()
    for number, subtype in enumerate(("channel_topic", "channel_name", "pinned_item", "bot_add", "reminder_add", "sh_room_created", "of_tomorrow"), 1):
        export.message(number, subtype=subtype)
    export.message(20, hidden=True)
    found = Read(export.zip(tmp_path / "x.zip")).all(Post)
    assert len(found) == 8 and all(event.event and event.author == ANN for event in found)


def test_what_people_write_in_other_ways_is_no_event(tmp_path: Path) -> None:
    export = small()
    export.message(1, subtype="me_message")
    export.message(2, ANN, "<@UANN00001|ann> uploaded a file: <https://x.org/a|Map> and commented: Who can help?", subtype="file_share")
    export.message(3, None, "<@UBOB00002|bob> commented on …", subtype="file_comment", comment={"user": BOB, "comment": "Nice map"})
    found = Read(export.zip(tmp_path / "x.zip")).all(Post)
    assert [(said.author, said.text, said.event) for said in found] == [(ANN, "Hello", False), (ANN, "Who can help?", False), (BOB, "Nice map", False)]


def test_who_took_part_in_a_huddle_attended_it(tmp_path: Path) -> None:
    export = small()
    room = {"created_by": ANN, "participant_history": [ANN, BOB, "ustr00001", None], "date_start": START + 30, "date_end": START + 900}
    start = export.message(1, "USLACKBOT", "A huddle started", subtype="huddle_thread", room=room, thread_ts=ts(1))
    export.message(2, BOB, "Notes of the call", thread_ts=start, parent_user_id="USLACKBOT")
    export.message(3, "USLACKBOT", subtype="huddle_thread", room={"created_by": ANN})
    export.message(4, "USLACKBOT", subtype="huddle_thread", room="x")
    read = Read(export.zip(tmp_path / "x.zip"))
    assert (read.ledger.used, read.ledger.left_out) == (3 + 4, {})
    event = f"CGEN00001:{start}"
    expected = [Attendance(event, person, "CGEN00001", (START + 30) * 1_000_000) for person in (ANN, BOB, "USTR00001")]
    assert read.all(Attendance) == [*expected, Attendance(f"CGEN00001:{ts(3)}", ANN, "CGEN00001", micro(3))]
    assert (post(read, 1).event, post(read, 1).author, post(read, 2).thread) == (True, "", event)


def test_bots_are_persons_marked_as_bots(tmp_path: Path) -> None:
    export = small()
    export.user("UAPP00009", "app", is_bot=True, profile={"bot_id": "B0APP0001"})
    export.message(1, None, subtype="bot_message", bot_id="B0APP0001")
    export.message(2, None, subtype="bot_message", bot_id="B0NEW0002", username="Deploys")
    export.message(3, None, subtype="bot_message", username="Old hook")
    export.message(4, None, bot_id="B0NEW0003", bot_profile={"name": "Poll"})
    export.message(5, "USLACKBOT", "Reminder", subtype="slackbot_response")
    export.message(6, None, subtype="bot_message")
    read = Read(export.zip(tmp_path / "x.zip"))
    assert [found.author for found in read.all(Post)] == ["UAPP00009", "B0NEW0002", "bot:Old hook", "B0NEW0003", "USLACKBOT", ""]
    bots = {person.key: person.name for person in read.all(Person) if person.is_bot}
    assert bots == {"UAPP00009": "App", "B0NEW0002": "Deploys", "bot:Old hook": "Old hook", "B0NEW0003": "Poll", "USLACKBOT": "Slackbot"}


def test_joining_and_leaving_date_the_memberships(tmp_path: Path) -> None:
    export = small()
    export.message(1, ANN, subtype="channel_join", inviter=BOB)
    export.message(2, ANN, subtype="channel_leave")
    export.message(3, ANN, subtype="channel_join")
    export.message(4, "UCAS00003", subtype="group_join")
    export.message(5, "UCAS00003", subtype="group_leave")
    path = export.zip(tmp_path / "x.zip")
    now = [Membership(ANN, "CGEN00001", joined=micro(3)), Membership(BOB, "CGEN00001")]
    assert Read(path).all(Membership) == now
    former = Membership("UCAS00003", "CGEN00001", joined=micro(4), left=micro(5))
    assert Read(path, former_members=True).all(Membership) == [*now, former]


def test_a_message_shown_in_another_channel_is_a_share(tmp_path: Path) -> None:
    export = small()
    quote = {"is_msg_unfurl": True, "channel_id": "CGEN00001", "ts": ts(1), "text": "Hello"}
    export.channel("COTH00002", "other")
    export.message(1)
    export.message(2, BOB, attachments=[{"title": "a link"}, quote, {**quote, "channel_id": "D00000001"}], at="other/2023-11-14.json")
    share = Read(export.zip(tmp_path / "x.zip")).only(Share)
    assert share == Share(post=f"CGEN00001:{ts(1)}", person=BOB, group="COTH00002", at=micro(2))


def test_nulls_and_numbers_as_text_are_taken(tmp_path: Path) -> None:
    export = small()
    fields = "user text bot_id username blocks attachments reactions files thread_ts parent_user_id subtype edited user_profile root comment"
    day = export.days["general/2023-11-14.json"]
    day.append({"ts": ts(1), **dict.fromkeys(fields.split())})
    day.append({"type": "message", "user": ANN, "text": "number", "ts": START + 0.000123})
    export.lists["channels.json"].append({"id": "CNUL00001", "name": None, "created": str(START), "members": None, "purpose": None, "topic": None})
    export.lists["users.json"].append({"id": "UNUL00001", "profile": None, "name": None, "updated": "1700000000", "deleted": None})
    read = Read(export.zip(tmp_path / "x.zip"))
    assert read.ledger.set_aside == 0
    assert [(said.key, said.author) for said in read.all(Post)] == [(f"CGEN00001:{ts(1)}", ""), (f"CGEN00001:{START}.000123", ANN)]
