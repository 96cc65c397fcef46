"""A network export by hand: who wrote what where in answer to whom, what is left out and why, and lists of members beside it."""

from __future__ import annotations

import shutil
import tracemalloc
from collections.abc import Callable
from pathlib import Path

import pytest

from cmdesk.core.errors import ImportProblem
from cmdesk.core.importing import ImportResult
from cmdesk.core.reading.source import Source
from cmdesk.core.records import Accepted, Group, Membership, Person, Post
from cmdesk.pluginhost import Host
from tests.plugins.viva_engage import builder
from tests.plugins.viva_engage.builder import DATA, GROUP, MEMBERS, MESSAGE, MESSAGES, USER, USERS, Read, export, message, text, written

Import = Callable[..., ImportResult]


def test_the_files_are_what_the_builder_makes(tmp_path: Path) -> None:
    builder.folder(tmp_path)
    made = {path.relative_to(tmp_path).as_posix(): path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    kept = {path.relative_to(DATA).as_posix(): path.read_bytes() for path in DATA.rglob("*") if path.is_file() and path.name != "README.md"}
    assert made == kept


def test_messages() -> None:
    read = Read(DATA)
    posts = {post.key: post for post in read.all(Post)}
    assert set(posts) == {"101", "102", "103", "104", "105", "109", "110", "9007199254740993"}
    start, answer, third = posts["101"], posts["102"], posts["103"]
    assert (start.thread, start.reply_to, start.group, start.author, start.question, start.title, start.at) == (
        "", "", "71", "1", True, "Rota", 1_553_177_111_000_000,
    )  # fmt: skip
    assert (answer.thread, answer.reply_to, answer.mentions, answer.tags, answer.at) == ("101", "101", ("1",), ("rota",), 1_553_180_711_000_000)
    assert answer.text == "I do, @1!\nCome by. " and posts["9007199254740993"].text == 'He said "yes", \nand left'
    assert (third.author, posts["110"].thread, posts["110"].reply_to) == ("9", "50", "55")
    assert [key for key, post in posts.items() if post.event] == ["104"]
    assert [key for key, post in posts.items() if post.announcement] == ["105"] and posts["105"].group == ""


def test_the_ledger() -> None:
    read = Read(DATA)
    assert (read.ledger.read, read.ledger.used) == (4 + 2 + 11 + 1 + 1 + 5, 4 + 2 + 8 + 1 + 1 + 3)
    assert (read.ledger.left_out, read.ledger.set_aside) == ({"direct_messages": 2, "deleted_messages": 1}, 2)
    assert set(read.ledger.ignored) == {"MessageVersions.csv", "Admins.csv", "Files.csv", "Files/*", "log.txt", "request.txt", "README.md"}
    assert "likes and reactions are in no network export" in read.told


def test_people() -> None:
    people = {person.key: person for person in Read(DATA, domains="example.org").all(Person)}
    assert (people["1"].name, people["1"].email, people["1"].unit, people["1"].role, people["1"].is_guest) == (
        "Ann Bakker", "ann@example.org", "Care", "Community manager", False,
    )  # fmt: skip
    assert (people["3"].deleted, people["1"].deleted, people["4"].is_guest) == (True, None, True)
    assert (people["9"].name, people["9"].email, people["9"].is_bot) == ("Old Hand", "old@example.org", None)
    assert people["3"].left == 1_559_347_200_000_000 and people["1"].joined is not None


def test_members_come_from_a_list_beside_it() -> None:
    read = Read(DATA)
    assert [(one.person, one.group, one.joined is not None) for one in read.all(Membership)] == [("1", "71", True), ("2", "71", False), ("77", "72", False)]
    assert "members.csv, line 5: no table of the export holds this group" in read.told
    assert "members.csv, line 6: no table of the export holds this user" in read.told


def test_without_a_list_it_says_so(tmp_path: Path) -> None:
    read = Read(export(tmp_path / "x.zip"))
    assert read.all(Membership) == [] and "put a list of it beside the tables" in read.told


def test_private_conversations_only_if_asked(tmp_path: Path) -> None:
    read = Read(export(tmp_path / "x.zip"), direct_messages=True)
    posts = {post.key: post for post in read.all(Post)}
    assert (posts["106"].group, posts["106"].mentions, posts["107"].mentions, posts["107"].reply_to) == ("conversation:106", ("2",), (), "106")
    assert [(one.person, one.group) for one in read.all(Membership)] == [("1", "conversation:106"), ("2", "conversation:106")]
    assert "direct_messages" not in read.ledger.left_out


def test_private_groups_are_marked_and_can_be_left_out(tmp_path: Path) -> None:
    assert {one.key: one.private for one in Read(export(tmp_path / "x.zip")).all(Group)} == {"71": False, "72": True}
    read = Read(export(tmp_path / "y.zip"), private_groups=False)
    assert read.ledger.left_out["messages_in_private_groups"] == 1 and "109" not in {post.key for post in read.all(Post)}


def test_a_group_that_no_table_holds(tmp_path: Path) -> None:
    read = Read(written(tmp_path / "m.csv", MESSAGE, [message(1, 2, "a", group_id="80", group_name="New", in_private_group="TRUE")]))
    assert [(one.key, one.name, one.private) for one in read.all(Group)] == [("80", "New", True)]
    assert [(one.key, one.name) for one in read.all(Person)] == [("2", "")]


def test_several_networks(tmp_path: Path) -> None:
    networks = text(("id", "name"), [{"id": "3", "name": "Home"}, {"id": "4", "name": "Partners"}])
    tables = {f"{net}/{name}": text(*builder.TABLES[name]) for net in ("3", "4") for name in ("Groups.csv",)}
    tables["4/Messages.csv"] = text(MESSAGE, [message(500, 1, "hello", group_id="", group_name="")])
    read = Read(export(tmp_path / "x.zip", extra={"Networks.csv": networks, **tables}, without=("Networks.csv", "Groups.csv", "Messages.csv")))
    groups = {one.key: (one.name, one.parent) for one in read.all(Group)}
    assert groups["network:4"] == ("Partners", "") and groups["71"][1] in ("network:3", "network:4")
    assert [post.group for post in read.all(Post)] == ["network:4"]


def test_of_daily_exports_the_newest_statement_counts(import_file: Import, tmp_path: Path) -> None:
    days = {
        "2019-03-21/Messages.csv": text(MESSAGE, [message(1, 2, "is this so?", title="Old"), message(2, 2, "b")]),
        "2019-03-22/Messages.csv": text(MESSAGE, [message(1, 2, "no question", title="New")]),
        "2019-03-21/Users.csv": text(USER, [USERS[0] | {"department": "Old"}]), "2019-03-22/Users.csv": text(USER, [USERS[0] | {"department": "New"}]),
    }  # fmt: skip
    path = export(tmp_path / "x.zip", extra=days, without=tuple(builder.TABLES))
    assert [post.title for post in Read(path).all(Post) if post.key == "1"] == ["New", "Old"]
    done = import_file(path)
    assert (done.facts["post"].stated, done.facts["post"].stored, done.facts["post"].merged) == (3, 2, 1)


def test_best_replies_of_one_user(tmp_path: Path) -> None:
    read = Read(export(tmp_path / "x.zip", extra={"BestReplyMessages.csv": text(MESSAGE[:4], [{"id": "102"}]), "LikedMessages.csv": text(("id",), [{"id": "1"}])}))
    assert read.all(Accepted) == [Accepted(post="102")] and "who liked" in read.ledger.ignored["LikedMessages.csv"]


@pytest.mark.parametrize("prefix", ["", "export-2024/", "a/b/"])
def test_nobody_else_recognises_it(tmp_path: Path, host: Host, prefix: str) -> None:
    unpacked = tmp_path / "folder"
    shutil.copytree(DATA, unpacked)
    loose = [written(tmp_path / "loose" / name, *builder.TABLES[name]) for name in ("Users.csv", "Groups.csv", "Messages.csv")]
    for path in (export(tmp_path / "Slack export.zip", prefix), unpacked, *loose):
        with Source(path) as source:
            sure = {name: importer.sniff(source) for name, importer in host.importers.items()}
        assert sure.pop("viva_engage.export") >= 0.95 and max(sure.values()) <= 0.5, (path, sure)


def test_messages_of_another_platform_are_not_claimed(tmp_path: Path, host: Host) -> None:
    path = tmp_path / "messages.csv"
    path.write_text("CONVERSATION ID,CONVERSATION TITLE,FROM,TO,DATE,SUBJECT,CONTENT\n1,,Ann,Bob,2024-01-01 10:00:00 UTC,,hi\n")
    with Source(path) as source:
        assert host.importers["viva_engage.export"].sniff(source) == 0.0


def test_importing_twice_and_loose_files_store_nothing_more(tmp_path: Path, import_file: Import) -> None:
    first = import_file(DATA)
    assert (first.records.read, first.facts["post"].stored, first.facts["person"].stored, first.facts["membership"].stored) == (24, 8, 5, 3)
    assert all(line.set_aside == 0 for line in first.facts.values())
    assert sum(line.stored for line in import_file(export(tmp_path / "x.zip")).facts.values()) == 0
    loose = import_file(written(tmp_path / "Messages.csv", MESSAGE, MESSAGES))
    assert sum(line.stored for kind, line in loose.facts.items() if kind != "person") == 0


# — broken —


@pytest.mark.parametrize(("cells", "why"), [
    ({"id": ""}, "the message has no id"), ({"id": "1.23E+15"}, "an id was damaged by a spreadsheet"), ({"sender_id": "1.23E+15"}, "an id was damaged by a spreadsheet"),
    ({"created_at": "null"}, "the message has no valid time"), ({"created_at": "31 June"}, "the message has no valid time"),
])  # fmt: skip
def test_rows_that_cannot_be_used(tmp_path: Path, cells: dict[str, str], why: str) -> None:
    read = Read(written(tmp_path / "m.csv", MESSAGE, [message(1, 2, "a") | cells, message(3, 2, "b")]))
    assert read.ledger.set_aside == 1 and f"m.csv, line 2: {why}" in read.told and len(read.all(Post)) == 1


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_encodings(tmp_path: Path, encoding: str, host: Host) -> None:
    path = written(tmp_path / "m.csv", MESSAGE, [message(1, 2, "Ça va, Zoë? 名前", sender_name="Zoë")], encoding)
    with Source(path) as source:
        assert host.importers["viva_engage.export"].sniff(source) > 0.9
    assert Read(path).all(Post)[0].text == "Ça va, Zoë? 名前" and Read(path).all(Person)[0].name == "Zoë"


def test_a_source_without_tables_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_text("a,b\n1,2\n")
    with pytest.raises(ImportProblem, match="holds no table of a Viva Engage export"):
        Read(path)


def test_a_head_alone_holds_nothing(tmp_path: Path) -> None:
    assert Read(written(tmp_path / "m.csv", MESSAGE, [])).ledger.read == 0
    assert Read(written(tmp_path / "g.csv", GROUP, [])).ledger.read == 0


def test_memory_stays_flat(tmp_path: Path) -> None:
    def peak(rows: int) -> int:
        path = written(tmp_path / f"{rows}.csv", MESSAGE, [message(n, n % 50, "word " * 40, replied_to_id="1", thread_id="1") for n in range(1, rows)])
        from cmdesk.core.progress import Progress
        from cmdesk.plugins.viva_engage.options import Options
        from cmdesk.plugins.viva_engage.reading import read

        tracemalloc.start()
        with Source(path) as source:
            assert sum(1 for record in read(source, Options(), Progress()) if isinstance(record, Post)) == rows - 1
        held = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return held

    few, many = peak(2_000), peak(12_000)
    assert many < few * 1.5


def test_members_lists_are_known_by_their_columns(tmp_path: Path) -> None:
    rows = [{"Group Name": "Ideas", "Email": "ann@example.org"}, {"Group Name": "Board", "Email": "BOB@example.org"}]
    path = export(tmp_path / "x.zip", extra={"who.csv": text(("Group Name", "Email"), rows)})
    assert [(one.person, one.group) for one in Read(path).all(Membership)] == [("1", "71"), ("2", "72")]
    assert len(MEMBERS) == 5
