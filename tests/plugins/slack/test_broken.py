"""What is broken in an export is set aside with its place and the reason; the rest goes on."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st

from cmdesk.core.records import Post, Reaction
from tests.plugins.slack.builder import Export, Read, small, ts

DAY = "general/2023-11-14.json"


def numbers(read: Read) -> list[str]:
    return [post.key.partition(":")[2] for post in read.all(Post)]


def test_a_broken_message_is_set_aside_and_the_rest_goes_on(tmp_path: Path) -> None:
    export = small()
    export.message(1)
    export.days[DAY] += [{"type": "message", "ts": "soon"}, {"type": "message"}, 7, {"ts": ts(9), "reactions": "many"}]
    export.message(2)
    read = Read(export.zip(tmp_path / "x.zip"))
    assert numbers(read) == [ts(1), ts(2)]
    assert (read.ledger.read, read.ledger.set_aside) == (3 + 6, 4)
    assert [problem.where for problem in read.ledger.problems] == [f"{DAY}, record {n}" for n in (2, 3, 4, 5)]
    assert all(problem.why for problem in read.ledger.problems)


@pytest.mark.parametrize("bad", ["0", "-5.0", "1e3", "99999999999999.000000", "１６００００００００.0", "", "1700000000.00000x"])
def test_a_ts_that_is_no_time(tmp_path: Path, bad: str) -> None:
    export = small()
    export.message(1, ts=bad)
    assert Read(export.zip(tmp_path / "x.zip")).ledger.set_aside == 1


def test_a_file_that_was_cut_off_keeps_what_was_whole(tmp_path: Path) -> None:
    export = small()
    export.message(2, at="general/2023-11-15.json")
    whole = json.dumps([{"type": "message", "user": "UANN00001", "text": "x", "ts": ts(number)} for number in range(3, 6)])
    export.files[DAY] = whole[:-30].encode()
    read = Read(export.zip(tmp_path / "x.zip"))
    assert numbers(read) == [ts(3), ts(4), ts(2)]
    assert read.ledger.set_aside == 1


@pytest.mark.parametrize("content", [b"<html>Sign in</html>", b'{"ok": false}', b"oops", b'"text"'])
def test_a_file_without_messages_is_told_and_passed_over(tmp_path: Path, content: bytes) -> None:
    export = small()
    export.message(2, at="general/2023-11-15.json")
    export.files[DAY] = content
    read = Read(export.zip(tmp_path / "x.zip"))
    assert numbers(read) == [ts(2)]
    (problem,) = read.ledger.problems
    assert problem.where == DAY and "where a list was expected" in problem.why
    assert not read.ledger.ignored


@pytest.mark.parametrize("content", [b"", b"[]", b" \n", b"null", b" null\n"])
def test_an_empty_day_is_no_trouble(tmp_path: Path, content: bytes) -> None:
    export = small()
    export.files[DAY] = content
    assert Read(export.zip(tmp_path / "x.zip")).ledger.set_aside == 0


@pytest.mark.parametrize("name", ["users.json", "channels.json", "groups.json", "dms.json", "mpims.json"])
def test_a_list_that_a_program_in_go_left_empty(tmp_path: Path, name: str) -> None:
    export = small()
    export.message(1)
    export.lists.pop(name, None)
    export.files[name] = b"null"
    read = Read(export.zip(tmp_path / "x.zip"))
    assert numbers(read) == [ts(1)]
    assert (read.ledger.set_aside, read.confidence > 0.5) == (0, True)


def test_places_count_the_broken_ones_before(tmp_path: Path) -> None:
    export = small()
    export.lists["users.json"] += [7, {"name": "nobody"}, {"id": 5}, {"id": ""}]
    export.lists["channels.json"] += ["x", {}, {"id": "CNEW00009", "name": "new"}]
    export.message(1)
    places = [problem.where for problem in Read(export.zip(tmp_path / "x.zip")).ledger.problems]
    assert places == [f"users.json, record {n}" for n in (3, 4, 5, 6)] + [f"channels.json, record {n}" for n in (2, 3)]


@pytest.mark.parametrize("count", [1e30, 10**19, "1e300", "NaN", "many", -3, None])
def test_a_count_that_is_no_count(tmp_path: Path, count: object) -> None:
    export = small()
    export.message(1, reactions=[{"name": "+1", "count": count, "users": ["UBOB00002"]}])
    read = Read(export.zip(tmp_path / "x.zip"))
    assert read.only(Reaction).person == "UBOB00002"
    assert 0 <= read.only(Post).unnamed_reactions < 1 << 32


def test_users_and_channels_without_a_key_are_set_aside(tmp_path: Path) -> None:
    export = small()
    export.lists["users.json"] += [{"name": "nobody"}, {"id": " "}, None]
    export.lists["channels.json"] += [{"created": 5}]
    export.message(1)
    read = Read(export.zip(tmp_path / "x.zip"))
    assert (read.ledger.used, read.ledger.set_aside) == (4, 4)


TEXT = st.sampled_from(["Hello", "<@UANN00001> hi?", "<!channel> all", "<@u1|x", "<", "&lt;", "\x00", "<@>", "<|>", "", None])
ANYTHING = st.one_of(st.none(), st.booleans(), st.integers(-5, 2**70), st.text(max_size=5), st.lists(st.none(), max_size=2), st.just({}))
ID = st.one_of(st.none(), st.sampled_from(["UANN00001", "uann00001", "UNEW00009", "USLACKBOT", "B1", ""]))
STAMP = st.one_of(st.integers(0, 30).map(ts), st.none(), st.just("x"), st.integers(0, 2_000_000_000), st.floats(0, 2e9))
REACTION = st.fixed_dictionaries({}, optional={"name": TEXT, "count": st.one_of(st.none(), st.integers(-1, 9)), "users": st.lists(ID, max_size=3)})
SUBTYPE = st.sampled_from([None, "", "channel_join", "channel_leave", "thread_broadcast", "tombstone", "huddle_thread", "file_comment", "bot_message"])
MESSAGE = st.fixed_dictionaries({}, optional={
    "ts": STAMP, "thread_ts": STAMP, "user": ID, "bot_id": ID, "text": TEXT, "subtype": SUBTYPE, "parent_user_id": ID, "blocks": ANYTHING,
    "attachments": ANYTHING, "root": ANYTHING, "comment": ANYTHING, "user_profile": ANYTHING, "bot_profile": ANYTHING, "edited": ANYTHING,
    "reactions": st.one_of(st.none(), st.lists(st.one_of(st.none(), REACTION), max_size=3)), "hidden": st.one_of(st.none(), st.booleans()),
})  # fmt: skip


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    general=st.lists(st.one_of(MESSAGE, ANYTHING), max_size=6), direct=st.lists(st.one_of(MESSAGE, ANYTHING), max_size=3),
    users=st.lists(st.fixed_dictionaries({}, optional={"id": ID, "name": TEXT, "profile": ANYTHING, "deleted": ANYTHING}), max_size=3),
    channels=st.lists(st.fixed_dictionaries({}, optional={"id": ID, "name": TEXT, "members": st.lists(ID, max_size=3)}), max_size=3),
    ask=st.booleans(),
)  # fmt: skip
def test_every_record_is_accounted_for_whatever_the_export_holds(
    tmp_path: Path, general: list[object], direct: list[object], users: list[object], channels: list[object], ask: bool
) -> None:
    export = Export()
    export.channel("CGEN00001", "general", ["UANN00001"])
    export.lists["users.json"] += users
    export.lists["channels.json"] += channels
    export.lists["dms.json"] = [{"id": "D00000001", "members": ["UANN00001"]}]
    export.days[DAY] = general
    export.days["D00000001/2023-11-14.json"] = direct
    read = Read(export.zip(tmp_path / "x.zip"), direct_messages=ask)  # checks that the ledger adds up
    assert read.ledger.read == len(users) + 1 + len(channels) + 1 + len(general) + len(direct)
    if not ask:
        assert read.ledger.left_out["direct_messages"] == 1 + len(direct)
        assert not [post for post in read.all(Post) if post.group == "D00000001"]
    posts = {post.key for post in read.all(Post)}
    assert all(post.at and post.group and post.key for post in read.all(Post))
    assert all(reaction.post in posts and reaction.person for reaction in read.all(Reaction))
