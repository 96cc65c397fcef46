"""What files of a forum say: posts in topics and categories, answers, likes, accepted answers, users."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings, strategies as st

from cmdesk import pluginhost
from cmdesk.core.errors import ImportProblem
from cmdesk.core.reading.source import Source
from cmdesk.core.records import Accepted, Group, Membership, Person, Post, Reaction
from cmdesk.core.settings import Settings
from tests.plugins.discourse.builder import Read, post, topic

USERS = (
    "id,name,username,email,title,created_at,last_seen_at,trust_level,admin,moderator,posts_read_count,staged,location,group_names\n"
    '1,Ann Lee,Ann,ann@example.org,Gardener,2020-01-02 03:04:05 UTC,,2,false,true,7,false,Utrecht,"staff;trust_level_1;trees"\n'
    "2,,bob,bob@example.org,,2021-01-02 03:04:05 UTC,,1,false,false,0,false\n"
)


def test_a_topic(tmp_path: Path) -> None:
    read = Read(tmp_path, a__json=topic(
        post(1), post(2, "Bob", name="Bob B", reply_to_post_number=1, reply_to_user={"username": "Ann"}, actions_summary=[{"id": 2, "count": 3}]),
        post(3, "Cem", accepted_answer=True, user_title="Chief", moderator=True, version=2, updated_at="2024-03-08T00:00:00Z"),
        post(4, "system", user_id=-1, post_type=3, cooked=""),
    ))  # fmt: skip
    first, second, third, fourth = read.all(Post)
    assert (first.key, first.thread, first.reply_to, first.title, first.tags, first.question) == ("7:1", "", "", "Oaks?", ("trees",), True)
    assert (second.thread, second.reply_to, second.reply_author, second.unnamed_reactions, second.title) == ("7:1", "7:1", "ann", 3, "")
    assert (third.thread, third.reply_to, third.edited is not None) == ("7:1", "", True)
    assert (fourth.event, [one.is_bot for one in read.all(Person) if one.key == "system"]) == (True, [True])
    assert read.only(Accepted).post == "7:3"
    assert read.only(Group) == Group("category:3", "Category 3", "category")
    assert {one.person for one in read.all(Membership)} == {"ann", "bob", "cem"}
    cem = next(person for person in read.all(Person) if person.key == "cem")
    assert (cem.name, cem.handle, cem.role, cem.is_moderator) == ("Cem", "Cem", "Chief", True)


@pytest.mark.parametrize("shape", ["topic", "latest", "list", "lines", "files", "perceval"])
def test_every_shape_says_the_same(tmp_path: Path, shape: str) -> None:
    posts = [post(1, "Ann"), post(2, "Bob", reply_to_post_number=1)]
    files: dict[str, Any] = {
        "topic": {"a__json": topic(*posts)}, "latest": {"a__json": {"latest_posts": posts}}, "list": {"a__json": posts},
        "lines": {"a__ndjson": "\n".join(json.dumps(one) for one in posts) + "\n"}, "files": {f"{one['id']}__json": one for one in posts},
        "perceval": {"a__json": "\n".join(json.dumps({"backend_name": "Discourse", "data": topic(one)}) for one in posts) + "\n"},
    }[shape]  # fmt: skip
    read = Read(tmp_path / "in", **files)
    assert [(one.key, one.author, one.reply_to, one.text) for one in read.all(Post)] == [("7:1", "ann", "", "Hello"), ("7:2", "bob", "7:1", "Hello")]
    assert (read.ledger.read, read.ledger.used, read.confidence > 0.9) == (2, 2, True)


def test_words_mentions_and_quotes(tmp_path: Path) -> None:
    cooked = (
        '<aside class="quote no-group" data-username="Bob" data-post="1" data-topic="7"><div>Bob:</div><blockquote><p>No?</p></blockquote></aside>'
        '<p>Yes, <a class="mention" href="/u/cem">@Cem</a> and <a class="mention-group" href="/g/x">@staff</a> &amp; you</p>'
    )
    said = Read(tmp_path, a__json=topic(post(1, "Bob"), post(2, cooked=cooked))).all(Post)[1]
    assert (said.text, said.mentions, said.reply_to) == ("Yes, @Cem and @staff & you", ("cem", "bob"), "7:1")


def test_raw_text_names_only_who_is_known(tmp_path: Path) -> None:
    raw = '[quote="Bob, post:1, topic:7"]\nNo?\n[/quote]\nYes @bob, see @dataclass and `@cem`'
    said = Read(tmp_path, a__json=topic(post(1, "Bob"), post(2, cooked="", raw=raw))).all(Post)[1]
    assert (said.text, said.mentions) == ("Yes @bob, see @dataclass and `@cem`", ("bob",))


def test_a_heart_is_not_counted_twice(tmp_path: Path) -> None:
    both = {"actions_summary": [{"id": 2, "count": 2}, {"id": 4, "count": 9}], "reactions": [{"id": "heart", "count": 2}, {"id": "open_mouth", "count": 1}]}
    assert Read(tmp_path, a__json=[post(1, **both)]).only(Post).unnamed_reactions == 3


def test_the_newest_state_of_a_post_counts(tmp_path: Path) -> None:
    read = Read(tmp_path, a__json=post(1), b__json=post(1), c__json=post(1, version=3, cooked="<p>New</p>"), d__json=post(1, version=2))
    assert [one.text for one in read.all(Post)] == ["Hello", "New"]
    assert read.ledger.left_out == {"repeated_posts": 2}


def test_private_and_deleted_posts(tmp_path: Path) -> None:
    files = {"a__json": topic(post(1), archetype="private_message"), "b__json": topic(post(1, topic=8, deleted_at="2024-03-07T10:00:00Z"), number=8)}
    assert Read(tmp_path, **files).ledger.left_out == {"direct_messages": 1, "deleted_posts": 1}
    assert Read(tmp_path, {"direct_messages": True}, **files).only(Post).key == "7:1"


def test_lists_of_topics_and_categories(tmp_path: Path) -> None:
    categories = {"category_list": {"categories": [{"id": 3, "name": "Trees", "parent_category_id": 2}, {"id": 2, "name": "Plants"}]}}
    listed = {"users": [{"id": 5, "username": "Eve", "name": "Eve E"}], "topic_list": {"topics": [
        {"id": 7, "title": "Oaks?", "category_id": 3, "created_at": "2024-03-07T10:00:00Z"},
        {"id": 9, "title": "Elms", "category_id": 3, "created_at": "2024-03-07T10:00:00Z", "posters": [{"user_id": 5}], "has_accepted_answer": True},
        {"id": 10, "title": "Soon", "created_at": None},
    ]}}  # fmt: skip
    read = Read(tmp_path, c__json=categories, l__json=listed, p__json=post(1))
    assert [(one.key, one.group, one.title, one.question, one.author) for one in read.all(Post)] == [
        ("7:1", "category:3", "Oaks?", True, "ann"), ("9:1", "category:3", "Elms", True, "eve"),
    ]  # fmt: skip
    assert [(one.name, one.parent) for one in read.all(Group)] == [("Trees", "category:2"), ("Plants", "")]
    assert (read.ledger.read, read.ledger.used, read.ledger.set_aside) == (6, 5, 1)


def test_the_list_of_users(tmp_path: Path) -> None:
    read = Read(tmp_path, u__csv=USERS)
    ann, bob = read.all(Person)
    assert (ann.key, ann.name, ann.email, ann.role, ann.place, ann.is_moderator, ann.joined) == (
        "ann", "Ann Lee", "ann@example.org", "Gardener", "Utrecht", True, 1_577_934_245_000_000,
    )  # fmt: skip
    assert (bob.name, bob.is_moderator) == ("bob", False)  # its row lacks cells at its end
    assert [(one.person, one.group) for one in read.all(Membership)] == [("ann", "group:staff"), ("ann", "group:trees")]
    assert read.ledger.used == 2


def test_queries_of_the_data_explorer(tmp_path: Path) -> None:
    read = Read(
        tmp_path, u__csv=USERS, p__csv="post_id,topic_id,post_number,user_id,created_at,reply_to_post_number,raw,like_count\n7001,7,1,1,2024-03-07 10:00:00,,Hi,2\n7002,7,2,2,2024-03-07 11:00:00,1,Ho,0\n",
        likes__csv="post_id,user_id,post_action_type_id,created_at\n7001,2,2,2024-03-08 10:00:00\n7001,2,4,2024-03-08 10:00:00\n9,2,2,2024-03-08 10:00:00\n",
        s__json={"success": True, "columns": ["topic_id", "answer_post_id", "accepter_user_id"], "rows": [[7, 7002, 1]]},
        g__csv="group_name,username\nfire,bob\n",
    )  # fmt: skip
    assert [(one.key, one.author, one.reply_to, one.unnamed_reactions) for one in read.all(Post)] == [("7:1", "ann", "", 1), ("7:2", "bob", "7:1", 0)]
    assert read.only(Reaction).person == "bob" and read.only(Reaction).post == "7:1"
    assert (read.only(Accepted).post, read.only(Accepted).by) == ("7:2", "ann")
    assert ("bob", "group:fire") in {(one.person, one.group) for one in read.all(Membership)}
    assert (read.ledger.left_out, read.ledger.set_aside) == ({"other_actions": 1}, 1)


def test_a_broken_file_among_others_is_told(tmp_path: Path) -> None:
    read = Read(tmp_path, a__json=post(1), b__json=json.dumps(post(2))[:-9])
    assert (len(read.all(Post)), read.ledger.problem_count) == (1, 1)
    (tmp_path / "a.json").unlink()
    with pytest.raises(ImportProblem, match="cut off"):
        Read(tmp_path)


def test_a_topic_of_which_the_file_has_the_beginning(tmp_path: Path) -> None:
    whole = topic(post(1))
    whole["post_stream"]["stream"] = [7001, 7002, 7003]
    (problem,) = Read(tmp_path, a__json=whole).ledger.problems
    assert "2 more are at the forum" in problem.why


FILES = {
    "topic": json.dumps(topic(post(1))), "post": json.dumps(post(1), indent=4), "list": json.dumps([post(1), post(2)]), "users": USERS,
    "query": "topic_id,post_number,username,created_at,raw\n1,1,ann,2024-01-01,Hi\n", "latest": json.dumps({"latest_posts": [post(1)]}),
    "likes": "post_id,user_id,post_action_type_id,created_at\n1,2,2,2024-01-01\n",
}  # fmt: skip


@pytest.mark.parametrize("kind", sorted(FILES))
def test_files_are_recognised(tmp_path: Path, kind: str) -> None:
    importers = pluginhost.load(Settings(), plugins=False).importers
    (tmp_path / "export.dat").write_text(FILES[kind])
    (tmp_path / "export.csv").write_text(FILES[kind])
    with zipfile.ZipFile(tmp_path / "x.zip", "w") as archive:
        archive.writestr("around/users.csv" if kind in ("users", "query", "likes") else "around/1.json", FILES[kind])
    for name in ("export.dat", "export.csv", "x.zip"):
        with Source(tmp_path / name) as source:
            sure = {key: importer.sniff(source) for key, importer in importers.items()}
        assert sure.pop("discourse.export") > 0.9, name
        assert max(sure.values()) <= 0.5, (name, sure)


ANY = st.one_of(st.none(), st.booleans(), st.integers(-3, 2**40), st.text(max_size=4), st.lists(st.none(), max_size=2), st.just({}))
POST = st.fixed_dictionaries({}, optional={
    "id": st.integers(1, 9), "topic_id": st.integers(1, 3), "post_number": st.integers(1, 5), "username": st.sampled_from(["Ann", "bob", "", None]), "created_at":
    st.sampled_from(["2024-03-07T10:00:00Z", "soon", None, 0]), "cooked": st.sampled_from(["<p>", '<aside class="quote" data-username="bob"', None, "@ann"]), "raw": ANY,
    "reply_to_post_number": ANY, "reply_to_user": ANY, "actions_summary": ANY, "reactions": ANY, "accepted_answer": ANY, "version": ANY, "deleted_at": ANY, "user_id": ANY,
})  # fmt: skip


@settings(max_examples=80, deadline=None)
@given(posts=st.lists(st.one_of(POST, ANY), max_size=6))
def test_every_record_is_accounted_for_whatever_the_file_holds(posts: list[Any], tmp_path_factory: pytest.TempPathFactory) -> None:
    read = Read(tmp_path_factory.mktemp("x"), a__json=topic(post(1)) | {"post_stream": {"posts": [post(1), *posts]}})  # checks that the ledger adds up
    assert read.ledger.read == len(posts) + 1
    assert all(one.key and one.at for one in read.all(Post))
