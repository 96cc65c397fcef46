"""What the lines of an export state: teams, channels, people, posts, replies, reactions."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from cmdesk.core.records import Group, Membership, Origin, Person, Post, Reaction
from tests.plugins.mattermost.builder import HEAD, PLACE, VERSION, Read, channel, key, lines, ms, post, reply, team, user, written, zipped


def one(tmp_path: Path, *more: Any, head: list[dict[str, Any]] = HEAD, **options: Any) -> Read:
    return Read(written(tmp_path / "import.jsonl", lines(*more, head=head)), **options)


def test_teams_and_channels(tmp_path: Path) -> None:
    head = [VERSION, team(type="I"), channel(purpose="Talk"), channel("board", type="P", header="Private", deleted_at=ms(3)), channel("off", deleted_at=0)]
    read = one(tmp_path, head=head)
    assert {(group.key, group.name, group.kind, group.parent, group.purpose, group.private, group.archived) for group in read.all(Group)} == {
        ("club", "The Club", "team", "", "For all", True, None), (PLACE, "General", "channel", "club", "Talk", False, None),
        ("club/board", "Board", "channel", "club", "Private", True, True), ("club/off", "Off", "channel", "club", "", False, False),
    }  # fmt: skip
    assert read.only(Origin) == Origin("mattermost", "mattermost", "The Club")
    assert (read.ledger.read, read.ledger.used, read.ledger.left_out) == (5, 4, {"settings": 1})


def test_people_and_what_they_are_in(tmp_path: Path) -> None:
    head = [
        VERSION, team(), channel(), user("ann", "general", last_name="Ek", position="Chair", team_roles="team_admin team_user", profile_image="data/x.png"),
        user("Bob", roles="system_guest", first_name="", nickname="Bobby", delete_at=ms(9)), user("cem", teams=None, first_name=None, email=None),
        {"type": "bot", "bot": {"username": "helper", "display_name": "Helper", "owner": "ann", "delete_at": 0}},
    ]  # fmt: skip
    read = one(tmp_path, head=head)
    ann, bob, cem, helper = read.all(Person)
    assert (ann.key, ann.name, ann.role, ann.email, ann.is_moderator, ann.is_guest, ann.has_photo) == (
        "ann", "Ann Ek", "Chair", "ann@example.org", True, False, True)  # fmt: skip
    assert (bob.key, bob.name, bob.is_guest, bob.deleted, bob.left, bob.is_moderator) == ("bob", "Bobby", True, True, ms(9) * 1_000, False)
    assert (cem.name, cem.email, cem.deleted) == ("cem", "", None)
    assert (helper.key, helper.name, helper.is_bot, helper.deleted) == ("helper", "Helper", True, False)
    assert {(found.person, found.group) for found in read.all(Membership)} == {("ann", "club"), ("ann", PLACE), ("bob", "club")}


def test_a_post_its_replies_and_reactions(tmp_path: Path) -> None:
    heart = {"user": "Bob", "emoji_name": "heart", "create_at": ms(4)}
    nested = [reply(3, reactions=[{"user": "ann", "emoji_name": "+1", "create_at": 0}]), reply(2, "ann", "Older", edit_at=ms(5))]
    read = one(tmp_path, post(1, reactions=[heart], replies=nested, edit_at=ms(2)))
    found = read.all(Post)
    assert [(post.key, post.thread, post.reply_author, post.at, post.edited) for post in found] == [
        (key(1, "ann"), "", "", ms(1) * 1_000, ms(2) * 1_000), (key(3, "bob"), key(1, "ann"), "ann", ms(3) * 1_000, None),
        (key(2, "ann"), key(1, "ann"), "ann", ms(2) * 1_000, ms(5) * 1_000),
    ]  # fmt: skip
    assert {post.group for post in found} == {PLACE}
    assert read.all(Reaction) == [Reaction(key(1, "ann"), "bob", "heart", ms(4) * 1_000), Reaction(key(3, "bob"), "ann", "+1", None)]
    assert read.ledger.read == 6


@pytest.mark.parametrize(("text", "names", "everybody"), [
    ("@bob hi", ("bob",), None), ("see @Bob.", ("bob",), None), ("@ann.-_, @bob!", ("ann", "bob"), None), ("mail bob@ann.org or a@bob", (), None),
    ("@nobody", (), None), ("@all look", (), True), ("@here. @channel", (), True), ("(@ann)", ("ann",), None), ("@ann @ann", ("ann",), None),
    ("https://x.org/@ann", (), None), ("@jo.doe. and @jo", ("jo.doe", "jo"), None),
])  # fmt: skip
def test_mentions(tmp_path: Path, text: str, names: tuple[str, ...], everybody: bool | None) -> None:
    found = one(tmp_path, user("jo"), user("jo.doe"), post(1, text=text)).only(Post)
    assert (found.mentions, found.announcement) == (names, everybody)


def test_system_messages_tell_since_when(tmp_path: Path) -> None:
    read = one(
        tmp_path, post(1, type="system_join_team", text="ann joined the team."), post(2, type="system_join_channel"),
        post(3, type="system_leave_channel"), post(5, type="system_join_channel"), post(9, type="system_join_channel"),
        post(4, "ann", type="system_add_to_channel", props={"addedUsername": "bob", "username": "ann"}), post(6, type="system_header_change"),
    )  # fmt: skip
    assert {(found.person, found.group): found.joined for found in read.all(Membership)} == {
        ("ann", "club"): ms(1) * 1_000, ("ann", PLACE): ms(5) * 1_000, ("bob", "club"): None, ("bob", PLACE): ms(4) * 1_000,
    }  # fmt: skip
    assert all(post.event for post in read.all(Post))


@pytest.mark.parametrize(("text", "event"), [
    ("ann joined the channel.", True), ("ann left the team.", True), ("bob added to the channel by ann.", True), ("ann has joined the channel.", True),
    ("bob was removed from the channel.", True), ("ann updated the channel purpose from: x to: y", True), ("ann archived the channel.", True),
    ("bob joined the channel.", False), ("I think ann joined the channel.", False), ("ann joined the channel yesterday", False), ("", False),
])  # fmt: skip
def test_old_exports_tell_system_messages_by_their_words(tmp_path: Path, text: str, event: bool) -> None:
    old = post(1, text=text)
    del old["post"]["type"]
    assert one(tmp_path, old).only(Post).event is event
    assert not one(tmp_path, post(1, text=text, type="custom_x")).only(Post).event


def test_a_webhook_is_not_the_person_who_set_it_up(tmp_path: Path) -> None:
    hooked = [post(n, props={"from_webhook": "true", "override_username": "Build"}) for n in (1, 2)]
    read = one(tmp_path, *hooked, post(3, "robot", props={"from_bot": "true"}), post(4, props={"from_webhook": "true"}))
    assert [found.author for found in read.all(Post)] == ["webhook:Build", "webhook:Build", "robot", "webhook:ann"]
    assert [person.key for person in read.all(Person) if person.is_bot] == ["webhook:Build", "robot", "webhook:ann"]


def test_posts_of_the_same_moment_stay_apart(tmp_path: Path) -> None:
    read = one(tmp_path, post(1, text="a"), post(1, text="b"), post(1, "bob"), post(1, text="c", replies=[reply(1, "ann")]))
    assert [found.key for found in read.all(Post)] == [key(1, "ann"), key(1, "ann") + "#2", key(1, "bob"), key(1, "ann") + "#3", key(1, "ann") + "#4"]
    assert read.all(Post)[-1].thread == key(1, "ann") + "#3"


def test_posts_by_strangers_and_in_channels_that_no_line_states(tmp_path: Path) -> None:
    read = one(tmp_path, post(1, "ghost"), post(2, channel="lost"), post(3, channel="lost"))
    assert [found.author for found in read.all(Post)] == ["ghost", "ann", "ann"]
    assert next(group for group in read.all(Group) if group.key == "club/lost").parent == "club"
    assert [problem.where for problem in read.ledger.problems] == ["import.jsonl, line 7"]


DIRECT = [
    {"type": "direct_channel", "direct_channel": {"members": ["bob", "ann"], "header": ""}},
    {"type": "direct_channel", "direct_channel": {"participants": [{"username": "ann"}, {"username": "bob"}, {"username": "cem"}]}},
    {"type": "direct_post", "direct_post": {"channel_members": ["ann", "bob"], "user": "bob", "message": "psst", "create_at": ms(8), "replies": [reply(9)]}},
]


def test_direct_messages_are_left_out_unless_asked_for(tmp_path: Path) -> None:
    read = one(tmp_path, post(1), *DIRECT)
    assert (read.ledger.left_out["direct_messages"], len(read.all(Post))) == (3, 1)
    asked = one(tmp_path, post(1), *DIRECT, direct_messages=True)
    assert "direct_messages" not in asked.ledger.left_out
    assert [(found.group, found.thread) for found in asked.all(Post)[1:]] == [("direct:ann,bob", ""), ("direct:ann,bob", key(8, "bob", "direct:ann,bob"))]
    directs = [group for group in asked.all(Group) if group.kind == "direct"]
    assert [(group.key, group.name, group.private) for group in directs] == [
        ("direct:ann,bob", "ann, bob", True), ("direct:ann,bob,cem", "ann, bob, cem", True)]  # fmt: skip
    assert sum(found.group == "direct:ann,bob,cem" for found in asked.all(Membership)) == 3


def test_lines_that_hold_no_people_are_left_out_by_rule(tmp_path: Path) -> None:
    more = [{"type": "role", "role": {"name": "x"}}, {"type": "scheme", "scheme": {}}, {"type": "emoji", "emoji": {"name": "x"}}, {"type": "wiki", "wiki": {}}]
    assert one(tmp_path, *more).ledger.left_out == {"settings": 4, "other_lines": 1}


def test_version_11_nests_more_and_reads_the_same(tmp_path: Path) -> None:
    newer = post(1, thread_followers=[{"user": "bob", "last_viewed": ms(2)}], is_pinned=True, replies=[reply(2, props={"disable_group_highlight": True}, is_pinned=False)],
                 flagged_by=["ann"], attachments=[{"path": "20240101/x.png"}])  # fmt: skip
    person = user("cem", "general", custom_status={"emoji": "x"}, send_on_ctrl_enter="true", auth_data=None)
    assert [found.key for found in one(tmp_path, person, newer).all(Post)] == [key(1, "ann"), key(2, "bob")]


def test_the_zip_of_mmctl(tmp_path: Path) -> None:
    plain = Read(written(tmp_path / "import.jsonl", lines(post(1))))
    for inside, name in (("", "import.jsonl"), ("old export/2024/", "import.jsonl"), ("", "renamed.json")):
        read = Read(zipped(tmp_path / "x.zip", lines(post(1)), inside, name))
        assert read.records == plain.records
        assert set(read.ledger.ignored) == {"data/*.png", "data/*.gif"}


def test_two_servers_are_kept_apart_by_the_option(tmp_path: Path) -> None:
    assert one(tmp_path, source="sister club").only(Origin).key == "sister club"
