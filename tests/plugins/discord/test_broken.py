"""What is broken is set aside with its place; whatever an export holds, its records add up."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st

from cmdesk.core.errors import ImportProblem
from cmdesk.core.records import Person, Post, Reaction
from tests.plugins.discord.builder import ANN, BOB, GENERAL, Read, document, message, snowflake, stamp, thread, written, zipped


def test_broken_messages_are_set_aside_and_the_rest_goes_on(tmp_path: Path) -> None:
    bad: list[Any] = [7, None, [], "x", {}, {"id": snowflake(9)}, message(8, author="x"), message(7, reactions=5), message(6, id=" ")]  # type: ignore[arg-type]
    read = Read(written(tmp_path / "x.json", document([message(1), *bad, message(20)])))
    assert [post.key for post in read.all(Post)] == [snowflake(1), snowflake(9), snowflake(20)]
    assert (read.ledger.read, read.ledger.used, read.ledger.set_aside) == (11, 3, 8)
    assert [problem.where for problem in read.ledger.problems] == [f"x.json, record {n}" for n in (2, 3, 4, 5, 6, 8, 9, 10)]


@pytest.mark.parametrize("keep", [0.3, 0.6, 0.95])
def test_an_export_that_was_cut_keeps_what_was_whole(tmp_path: Path, keep: float) -> None:
    whole = document([message(n) for n in range(1, 40)])
    read = Read(written(tmp_path / "x.json", whole[: int(len(whole) * keep)]))
    assert read.confidence > 0.9
    found = [post.key for post in read.all(Post)]
    assert found == [snowflake(n) for n in range(1, len(found) + 1)] and found
    assert read.ledger.problems and read.ledger.set_aside == 1


def test_null_everywhere(tmp_path: Path) -> None:
    empty = {**dict.fromkeys(message(1)), "id": snowflake(1), "timestamp": stamp(1), "reference": None}
    nobody = message(2, dict.fromkeys(ANN), mentions=[None, dict.fromkeys(ANN)], reactions=[None, {"emoji": None, "count": None, "users": None}])
    head = {"guild": None, "channel": None, "dateRange": None, "messages": [empty, nobody]}
    read = Read(written(tmp_path / "x.json", json.dumps(head)))
    assert [(post.author, post.text) for post in read.all(Post)] == [("", ""), ("", "Hello")]
    assert read.all(Person) == []


@pytest.mark.parametrize("head", ['"guild": [], "channel": 5', '"guild": {"id": {}, "name": 7}, "channel": {"id": [], "type": {}, "name": 3}'])
def test_a_head_of_other_types(tmp_path: Path, head: str) -> None:
    read = Read(written(tmp_path / "x.json", f'{{{head}, "messages": [{json.dumps(message(1))}]}}'))
    assert read.only(Post).key == snowflake(1)


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"guild": {}, "messages": []}', '{"messages": [], "guild": {}, "channel": {}}', "<html>Sign in</html>"])
def test_what_is_no_export_is_refused_in_words(tmp_path: Path, text: str) -> None:
    path = zipped(tmp_path / "x.zip", {"x.json": text.encode()})
    with pytest.raises(ImportProblem, match="holds no channel"):
        Read(path)


@pytest.mark.parametrize("number", ["1e400", "123456789012345678901234567890", "-1", "NaN"])
def test_huge_numbers(tmp_path: Path, number: str) -> None:
    text = document([message(1, reactions=[{"emoji": {"name": "x"}, "count": 99887766}])]).decode().replace("99887766", number)
    assert 0 <= Read(written(tmp_path / "x.json", text)).only(Post).unnamed_reactions < 1 << 32


def test_lone_surrogates_and_control_characters(tmp_path: Path) -> None:
    text = document([message(1, content="a\ud83d b\0c\u202e"), message(2)])
    read = Read(written(tmp_path / "x.json", text))
    assert [post.key for post in read.all(Post)] == [snowflake(1), snowflake(2)]
    assert all(post.text.encode() for post in read.all(Post))


ANYTHING = st.one_of(st.none(), st.booleans(), st.integers(-5, 2**70), st.text(max_size=5), st.lists(st.none(), max_size=2), st.just({}))
ID = st.one_of(st.none(), st.integers(0, 9).map(snowflake), st.just(""), st.integers(0, 2**65))
USER = st.one_of(st.just(ANN), st.just(BOB), st.fixed_dictionaries({}, optional={"id": ID, "name": ANYTHING, "isBot": ANYTHING, "roles": ANYTHING}), ANYTHING)
REACTION = st.fixed_dictionaries({}, optional={"emoji": ANYTHING, "count": ANYTHING, "users": st.lists(USER, max_size=2)})
TEXT = st.sampled_from(["Hello", "@Ann A. hi", "<@1>", "@everyone", "", None, "<@", "a\0b"])
MESSAGE = st.fixed_dictionaries({}, optional={
    "id": ID, "type": st.one_of(st.sampled_from(["Default", "Reply", "21", "GuildMemberJoin"]), ANYTHING), "content": TEXT, "author": USER,
    "timestamp": st.one_of(st.integers(0, 9).map(stamp), ANYTHING), "mentions": st.lists(USER, max_size=2), "timestampEdited": ANYTHING,
    "reactions": st.one_of(st.none(), st.lists(REACTION, max_size=2)), "reference": st.one_of(ANYTHING, st.fixed_dictionaries({"messageId": ID})),
})  # fmt: skip


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(channel=st.lists(st.one_of(MESSAGE, ANYTHING), max_size=6), inside=st.lists(st.one_of(MESSAGE, ANYTHING), max_size=4), guild=ANYTHING, kind=ANYTHING)
def test_every_record_is_accounted_for_whatever_the_export_holds(tmp_path: Path, channel: list[Any], inside: list[Any], guild: Any, kind: Any) -> None:
    files = {"a.json": document(channel, type=kind, guild={"id": guild, "name": guild}), "b.json": thread(inside, snowflake(1))}
    read = Read(zipped(tmp_path / "x.zip", files))  # checks that the ledger adds up
    assert read.ledger.read == len(channel) + len(inside)
    keys = {post.key for post in read.all(Post)}
    assert all(post.key and post.at and post.group for post in read.all(Post))
    assert all(reaction.post in keys and reaction.person for reaction in read.all(Reaction))
    assert {post.group for post in read.all(Post)} <= {GENERAL}
