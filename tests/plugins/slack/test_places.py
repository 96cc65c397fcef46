"""Which files of an export are read, as which conversation, and what happens to the rest."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pytest

from cmdesk.core.errors import ImportProblem
from cmdesk.core.reading.source import Source
from cmdesk.core.records import Group, Membership, Origin, Person, Post
from cmdesk.plugins.slack.layout import sniff
from tests.plugins.slack.builder import START, TEAM, Export, Read, small, ts

ANN, BOB = "UANN00001", "UBOB00002"


def keys(read: Read) -> list[str]:
    return sorted(post.key for post in read.all(Post))


def talk() -> Export:
    export = small()
    export.message(1)
    export.message(2, BOB, at="general/2023-11-15.json")
    return export


@pytest.mark.parametrize("inside", ["", "Acme Slack export Aug 12 2022 - Nov 25 2023/", "a/b/"])
def test_an_enclosing_folder_changes_nothing(tmp_path: Path, inside: str) -> None:
    plain, packed = Read(talk().folder(tmp_path / "x")), Read(talk().zip(tmp_path / "x.zip", inside, noise=True))
    assert packed.records[1:] == plain.records[1:]
    assert packed.confidence > 0.9 and not packed.ledger.ignored


def test_a_folder_beside_a_stray_file(tmp_path: Path) -> None:
    path = talk().zip(tmp_path / "x.zip", "export/")
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("read me.txt", "hello")
    read = Read(path)
    assert len(keys(read)) == 2
    assert read.ledger.ignored == {"read me.txt": "it lies outside the export"}


def test_the_workspace_is_named_by_the_file(tmp_path: Path) -> None:
    read = Read(talk().zip(tmp_path / "Acme Slack export Aug 12 2022 - Nov 25 2023.zip"))
    assert read.only(Origin) == Origin("slack", TEAM, "Acme")


def test_groups_as_the_lists_say(tmp_path: Path) -> None:
    export = talk()
    export.channel("CADM00002", "admin", [ANN], is_archived=True, purpose={"value": "Boss things"}, topic={"value": "no"}, file="groups.json")
    export.channel("CTOP00003", "topical", topic={"value": "Only a topic"}, creator=ANN)
    groups = {group.key: group for group in Read(export.zip(tmp_path / "x.zip")).all(Group)}
    admin = Group("CADM00002", "admin", "channel", "", "Boss things", START * 1_000_000, archived=True, private=True)
    assert groups["CADM00002"] == admin
    assert (groups["CTOP00003"].purpose, groups["CTOP00003"].private) == ("Only a topic", False)


def direct() -> Export:
    export = talk()
    export.lists["dms.json"] = [{"id": "D00000001", "created": START, "members": [ANN, BOB]}, {"id": "D00000002", "members": [ANN, ANN]}]
    export.channel("GMPI00001", "mpdm-ann--bob--cas-1", [ANN, BOB], file="mpims.json")
    export.message(11, at="D00000001/2023-11-14.json")
    export.message(12, "USTRANGE1", at="mpdm-ann--bob--cas-1/2023-11-14.json")
    export.message(13, at="D09999999/2023-11-14.json")  # a conversation that no list names
    return export


def test_direct_messages_are_left_out_unless_asked(tmp_path: Path) -> None:
    read = Read(direct().zip(tmp_path / "x.zip"))
    assert read.ledger.left_out == {"direct_messages": 3 + 3}
    assert [group.key for group in read.all(Group)] == ["CGEN00001"]
    assert {membership.group for membership in read.all(Membership)} == {"CGEN00001"}
    assert "USTRANGE1" not in {person.key for person in read.all(Person)}
    assert len(keys(read)) == 2


def test_direct_messages_when_asked(tmp_path: Path) -> None:
    read = Read(direct().zip(tmp_path / "x.zip"), direct_messages=True)
    assert read.ledger.left_out == {}
    groups = {group.key: (group.kind, group.name, group.private) for group in read.all(Group)}
    assert groups["D00000001"] == ("direct", "D00000001", True)
    assert groups["GMPI00001"] == ("direct", "ann, bob, cas", True)
    assert groups["D09999999"][0] == "direct"
    assert [membership.person for membership in read.all(Membership) if membership.group == "D00000002"] == [ANN]
    assert len(keys(read)) == 5


def test_a_folder_without_a_listed_channel_is_a_group_of_its_own(tmp_path: Path) -> None:
    export = talk()
    export.message(3, ANN, subtype="channel_join", at="gone/2023-11-14.json")
    export.message(4, BOB, at="gone/2023-11-14.json")
    read = Read(export.zip(tmp_path / "x.zip"))
    assert "gone" in {group.key for group in read.all(Group)}
    assert f"gone:{ts(4)}" in keys(read)
    assert [membership.person for membership in read.all(Membership) if membership.group == "gone"] == [ANN]
    assert [problem.where for problem in read.ledger.problems] == ["gone/"] and read.ledger.set_aside == 0


def test_of_two_channels_with_one_name_the_one_in_use_gets_the_messages(tmp_path: Path) -> None:
    export = small()
    export.channel("CPLA00001", "plans", is_archived=True)
    export.channel("CPLA00002", "plans", file="groups.json")
    export.message(1, at="plans/2023-11-14.json")
    read = Read(export.zip(tmp_path / "x.zip"))
    assert keys(read) == [f"CPLA00002:{ts(1)}"]
    assert "2 channels have this name" in read.ledger.problems[0].why


def test_folders_named_by_id_and_names_in_another_unicode_form(tmp_path: Path) -> None:
    export = small()
    export.channel("CCAF00001", "café")
    export.message(1, at="CGEN00001/2023-11-14.json")
    export.message(2, at="cafe\u0301/2023-11-14.json")
    read = Read(export.folder(tmp_path / "x"))
    assert keys(read) == [f"CCAF00001:{ts(2)}", f"CGEN00001:{ts(1)}"]
    assert not read.ledger.problems


def test_other_json_in_a_channel_is_read_if_it_holds_messages(tmp_path: Path) -> None:
    export = talk()
    export.files["general/tss.json"] = json.dumps(export.days["general/2023-11-14.json"]).encode()
    export.files["general/canvas_in_the_conversation.json"] = b'[{"id": "F1", "title": "Plan"}]'
    read = Read(export.zip(tmp_path / "x.zip"))
    assert keys(read) == [f"CGEN00001:{ts(1)}"] * 2 + [f"CGEN00001:{ts(2)}"]
    assert "general/canvas_in_the_conversation.json" in read.ledger.ignored


def test_what_is_not_read_is_named_with_the_reason(tmp_path: Path) -> None:
    export = talk()
    for name in ("integration_logs.json", "canvases.json", "lists.json", "huddle_transcripts.json", "content_flags.json", "file_conversations.json"):
        export.files[name] = b"[]"
    export.files |= {"attachments/a.png": b"x", "attachments/b.png": b"y", "general/note.txt": b"z", "odd/list.json": b"[]"}
    read = Read(export.zip(tmp_path / "x.zip"))
    assert set(read.ledger.ignored) == {
        "integration_logs.json", "canvases.json", "lists.json", "huddle_transcripts.json", "content_flags.json", "file_conversations.json",
        "attachments/*.png", "general/*.txt", "odd/*.json",
    }  # fmt: skip
    assert all(read.ledger.ignored.values())


def test_an_enterprise_grid(tmp_path: Path) -> None:
    export = Export()
    export.lists = {}
    export.user(ANN, "ann", file="org_users.json", team_id="T00000001", enterprise_user={"enterprise_id": "E00000001"})
    export.user(BOB, "bob", file="org_users.json", team_id="T00000002", enterprise_user={"enterprise_id": "E00000001"})
    export.channel("CALL00001", "everyone", [ANN, BOB])
    export.channel("CGEN00001", "general", [ANN], file="teams/North/channels.json")
    export.channel("CGEN00002", "general", [BOB], file="teams/South/channels.json")
    export.message(1, at="everyone/2023-11-14.json")
    export.message(2, at="teams/North/general/2023-11-14.json")
    export.message(3, BOB, at="teams/South/general/2023-11-14.json")
    export.message(4, BOB, at="teams/South/everyone/2023-11-14.json")
    read = Read(export.zip(tmp_path / "x.zip"))
    assert read.confidence > 0.9
    assert read.only(Origin).key == "E00000001"
    assert keys(read) == sorted([f"CALL00001:{ts(1)}", f"CGEN00001:{ts(2)}", f"CGEN00002:{ts(3)}", f"CALL00001:{ts(4)}"])
    parents = {group.key: group.parent for group in read.all(Group)}
    assert parents == {"CALL00001": "", "workspace:North": "", "workspace:South": "", "CGEN00001": "workspace:North", "CGEN00002": "workspace:South"}
    assert {person.organisation for person in read.all(Person)} == {""}


def test_one_channel_handed_over_without_users(tmp_path: Path) -> None:
    export = Export()
    export.lists = {}
    export.message(1, user_profile={"real_name": "Ann Archer", "name": "ann", "team": TEAM}, team=TEAM, at="help-desk/2023-11-14.json")
    read = Read(export.zip(tmp_path / "x.zip"))
    assert 0.5 < read.confidence < 0.9
    assert (read.only(Origin).key, read.only(Group).name, read.only(Person).name) == (TEAM, "help-desk", "Ann Archer")


def test_without_any_team_the_lowest_channel_is_the_key(tmp_path: Path) -> None:
    export = Export()
    export.lists = {}
    export.channel("CZZZ00002", "later")
    export.channel("CGEN00001", "general")
    export.message(1)
    read = Read(export.zip(tmp_path / "x.zip"))
    assert read.only(Origin).key == "CGEN00001"
    assert read.confidence > 0.7


@pytest.mark.parametrize("files", [
    {"channels.json": b'[{"id": "room-1", "name": "general"}]', "general/2023-11-14.json": b"[]", "users.json": b"[]"},
    {"import.jsonl": b'{"type": "version", "version": 1}\n'},
    {"guild/channels.json": b"[]"},
    {"a.csv": b"name,unit\nAnn,Sales\n"},
    {"2024/2024-01-01.json": b'[{"type": "activity", "ts": 1}]'},
])  # fmt: skip
def test_other_sources_are_not_taken_for_slack(tmp_path: Path, files: dict[str, bytes]) -> None:
    export = Export()
    export.lists, export.files = {}, files
    with Source(export.zip(tmp_path / "x.zip")) as source:
        assert sniff(source) < 0.5


def test_no_slack_export_is_refused_in_words(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_text("a,b\n1,2\n")
    with pytest.raises(ImportProblem, match="not a Slack export"):
        Read(path)


def test_ids_as_short_as_a_person_would_write_them(tmp_path: Path) -> None:
    export = Export()
    export.lists = {}
    export.files = {
        "users.json": b'[{"id": "U1", "name": "ann"}]', "channels.json": b'[{"id": "C1", "name": "general", "members": ["U1"]}]',
        "general/2024-01-02.json": b'[{"type": "message", "user": "U1", "text": "hi", "ts": "1704186000.000100"}]',
    }  # fmt: skip
    with Source(export.zip(tmp_path / "x.zip")) as source:
        assert sniff(source) > 0.9
