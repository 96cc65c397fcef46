"""What is broken is set aside with its line; whatever an export holds, its records add up."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st

from cmdesk.core.errors import ImportProblem
from cmdesk.core.records import Membership, Person, Post, Reaction
from tests.plugins.mattermost.builder import HEAD, VERSION, Read, key, lines, ms, post, reply, user, written


def one(tmp_path: Path, *more: Any, head: list[dict[str, Any]] = HEAD, **options: Any) -> Read:
    return Read(written(tmp_path / "import.jsonl", lines(*more, head=head)), **options)


def test_one_bad_line_of_many(tmp_path: Path) -> None:
    many: list[Any] = [post(n) for n in range(20_000)]
    many[12_345] = '{"type":"post","post":{"team":"club","chan'
    read = one(tmp_path, *many)
    assert (read.ledger.read, len(read.all(Post)), read.ledger.set_aside) == (20_005, 19_999, 1)
    assert read.ledger.problems[0].where == "import.jsonl, line 12,351"


def test_a_last_line_that_was_cut(tmp_path: Path) -> None:
    whole = lines(*[post(n) for n in range(50)])
    read = Read(written(tmp_path / "import.jsonl", whole[:-40]))
    assert (len(read.all(Post)), read.ledger.set_aside) == (49, 1)


def test_broken_lines_are_set_aside_and_the_rest_goes_on(tmp_path: Path) -> None:
    bad: list[Any] = [
        "[]", "7", "null", '"x"', "{}", {"type": None}, {"type": 5}, {"type": "post"}, {"type": "post", "post": None}, {"type": "post", "post": []},
        post(1, channel=""), post(1, create_at=None), post(1, create_at="soon"), post(1, create_at=10**30), post(1, create_at=0), post(1, create_at=-5),
        {"type": "user", "user": {"username": " "}}, {"type": "team", "team": {}}, {"type": "channel", "channel": {"team": "club"}}, {"type": "bot", "bot": None},
    ]  # fmt: skip
    read = one(tmp_path, *bad, post(9))
    assert [found.key for found in read.all(Post)] == [key(9, "ann")]
    assert (read.ledger.read, read.ledger.set_aside) == (len(HEAD) + len(bad) + 1, len(bad))
    assert [problem.where for problem in read.ledger.problems] == [f"import.jsonl, line {n}" for n in range(6, 6 + len(bad))]


def test_broken_replies_and_reactions_do_not_cost_their_thread(tmp_path: Path) -> None:
    nested: list[Any] = [reply(2), 7, None, {"user": []}, reply(3, create_at="x"), reply(4, reactions="many")]
    read = one(tmp_path, post(1, replies=nested, reactions=[{"user": "bob"}, 5, {"emoji_name": "x"}]), post(5, replies={"no": "list"}))
    assert [found.key for found in read.all(Post)] == [key(1, "ann"), key(2, "bob"), key(4, "bob"), key(5, "ann")]
    assert [found.person for found in read.all(Reaction)] == ["bob"]
    words = [problem.why.replace(" in it that cannot be read", "") for problem in read.ledger.problems]
    assert words == ["reactions: 2", "reactions: 1", "replies: 3", "replies: 1"]
    assert read.ledger.set_aside == 0


def test_null_everywhere_and_other_types(tmp_path: Path) -> None:
    empty = {"type": "post", "post": {**dict.fromkeys(post(1)["post"]), "channel": "general", "create_at": str(ms(1))}}
    odd = post(2, "ann", props=[1], reactions=[None], replies=[None], edit_at="never")
    person = user("cem", teams=[None, {"name": None}, {"name": "club", "channels": [None, {"name": None}, {"name": "general"}]}, 5], roles=None)
    read = one(tmp_path, person, empty, odd)
    assert [(found.author, found.text, found.edited) for found in read.all(Post)] == [("", "", None), ("ann", "Hello", None)]
    assert {found.group for found in read.all(Membership) if found.person == "cem"} == {"club", "club/general"}
    assert read.all(Person)[-1].is_moderator is None


def test_missing_users_and_channels(tmp_path: Path) -> None:
    read = one(tmp_path, post(1, text="@bob"), post(2, replies=[reply(3)]), head=[VERSION])
    assert [found.author for found in read.all(Post)] == ["ann", "ann", "bob"]
    assert (read.all(Person), read.all(Post)[0].mentions) == ([], ())


@pytest.mark.parametrize("text", ["", "[]", "hello\n", '{"type": "post"}', '{"guild": 1}\n{"x": 2}', '{"type":"version"}'])
def test_what_is_no_export_is_refused_in_words(tmp_path: Path, text: str) -> None:
    path = tmp_path / "folder"
    path.mkdir()
    (path / "import.jsonl").write_text(text)
    with pytest.raises(ImportProblem, match="not a Mattermost"):
        Read(path)


def test_an_export_whose_head_was_cut_is_still_known(tmp_path: Path) -> None:
    read = one(tmp_path, post(1), post(2), head=[])
    assert (read.confidence, len(read.all(Post))) == (0.8, 2)


@pytest.mark.parametrize(("encoding", "mark"), [("utf-8", b"\xef\xbb\xbf"), ("utf-16-le", b"\xff\xfe")])
def test_encodings_and_line_ends(tmp_path: Path, encoding: str, mark: bytes) -> None:
    text = lines(post(1, text="é")).decode().replace("\n", "\r\n\r\n")
    read = Read(written(tmp_path / "x.jsonl", mark + text.encode(encoding)))
    assert read.confidence > 0.9
    assert read.only(Post).text == "é"


ANYTHING = st.one_of(st.none(), st.booleans(), st.integers(-5, 2**70), st.text(max_size=5), st.lists(st.none(), max_size=2), st.just({}))
NAME = st.one_of(st.sampled_from(["ann", "bob", "Ghost", ""]), st.none())
TIME = st.one_of(st.integers(0, 5).map(ms), st.integers(0, 5).map(lambda n: str(ms(n))), ANYTHING)
REACTION = st.fixed_dictionaries({}, optional={"user": NAME, "emoji_name": ANYTHING, "create_at": TIME})
REPLY = st.fixed_dictionaries({}, optional={"user": NAME, "message": ANYTHING, "create_at": TIME, "reactions": ANYTHING, "props": ANYTHING})
POST = st.fixed_dictionaries({"channel": st.sampled_from(["general", "lost"])}, optional={
    "team": st.one_of(st.just("club"), st.none()), "user": NAME, "type": st.sampled_from([None, "", "system_join_channel", "system_x", "custom"]),
    "message": st.sampled_from([None, "", "hi @ann", "ann joined the channel.", "@all"]), "create_at": TIME, "edit_at": TIME, "props": ANYTHING,
    "reactions": st.one_of(ANYTHING, st.lists(st.one_of(REACTION, ANYTHING), max_size=3)), "replies": st.one_of(ANYTHING, st.lists(st.one_of(REPLY, ANYTHING), max_size=3)),
    "channel_members": st.one_of(st.none(), st.lists(NAME, max_size=3)),
})  # fmt: skip
USER = st.fixed_dictionaries({}, optional={"username": NAME, "teams": ANYTHING, "roles": ANYTHING, "delete_at": TIME, "first_name": ANYTHING})
KIND = st.sampled_from(["post", "direct_post", "user", "team", "channel", "bot", "direct_channel", "emoji", "role", "unknown"])
LINE = st.one_of(
    st.builds(lambda value: {"type": "post", "post": value}, POST), st.builds(lambda value: {"type": "direct_post", "direct_post": value}, POST),
    st.builds(lambda value: {"type": "user", "user": value}, USER), st.builds(lambda kind, value: {"type": kind, kind: value}, KIND, ANYTHING), ANYTHING,
)  # fmt: skip


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(more=st.lists(LINE, max_size=8), ask=st.booleans())
def test_every_record_is_accounted_for_whatever_the_export_holds(tmp_path: Path, more: list[Any], ask: bool) -> None:
    read = one(tmp_path, *[json.dumps(line) for line in more], direct_messages=ask)  # checks that the ledger adds up
    assert read.ledger.read == len(HEAD) + len(more)
    found = read.all(Post)
    assert all(post.key and post.at and post.group for post in found)
    assert len({post.key for post in found}) == len(found)
    assert {reaction.post for reaction in read.all(Reaction)} <= {post.key for post in found}
    assert ask or not [post for post in found if post.group.startswith("direct:")]
