"""Who recognises what: each kind of export by its own importer and by no other, renamed and zipped in a folder too; others are named.

The corpus is made by code; where samples of platforms stand beside the project ($CMDESK_SAMPLES), they are looked at as well."""

from __future__ import annotations

import gzip
import hashlib
import os
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from cmdesk.cli.desk import load_host
from cmdesk.core import paths
from cmdesk.core.importing import foreign
from cmdesk.core.reading.source import Source
from cmdesk.pluginhost import Host
from tests.end_to_end.conftest import Run
from tests.plugins.discourse.test_forum import FILES as FORUM
from tests.plugins.graph_files.make_xml import GOOD
from tests.samples import Sample, all_samples, whole

DATA = Path(__file__).parents[1] / "data"
SAMPLES = Path(os.environ.get("CMDESK_SAMPLES", "/nowhere"))
_MAIL = "From ann@example.org Mon Jan  1 10:00:00 2024\nFrom: ann@example.org\nTo: l@example.org\nDate: Mon, 1 Jan 2024 10:00:00 +0000\nMessage-ID: <1@x>\nSubject: Hi\n\nHello\n"
MADE: dict[str, tuple[str, str]] = {
    **{f"forum-{kind}": ("discourse.export", text) for kind, text in FORUM.items()},
    "mail": ("mailbox.archive", _MAIL),
    "graphml": ("graph_files.network", GOOD),
    "gexf": ("graph_files.network", '<gexf><graph><nodes><node id="0"/></nodes></graph></gexf>'),
    "gml": ("graph_files.network", "Creator me\ngraph [ node [ id 1 ] ]"),
    "pajek": ("graph_files.network", "*Vertices 2\n1 a\n2 b\n*Arcs\n1 2 1\n"),
    "vna": ("graph_files.network", '*Node data\nID unit\n"ann" "IT"\n"bob" "Zorg"\n*Tie data\nfrom to advice\n"ann" "bob" 2\n'),
    "dl": ("graph_files.network", "dl n=2 format=edgelist1\nlabels:\na,b\ndata:\n1 2\n"),
    "people": ("spreadsheet.people", "name,email,department\nAnn,ann@example.org,Sales\nBob,bob@example.org,IT\n"),
    "ties": ("spreadsheet.ties", "from,to,weight\nann,bob,2\nbob,cem,1\n"),
    "log": ("spreadsheet.log", "time,from,to,type,group,text\n2024-03-14T10:00,ann,bob,message,Help,Hi\n"),
}  # fmt: skip
SAMPLES_OF_OUR_OWN = {**all_samples(), "exchanges": Sample("spreadsheet.log", {"exchanges.csv": paths.resource("samples/exchanges/exchanges.csv").read_bytes()})}
SAMPLES_OF_OUR_OWN |= {f"made_{name}": Sample(own, {"export.csv": text.encode()}) for name, (own, text) in MADE.items()}
FOREIGN: dict[str, tuple[str, str]] = {
    "android": ("WhatsApp", "14/03/2024, 10:05 - Ann: Hi\n14/03/2024, 10:06 - Bob: Hello\nand more\n"),
    "ios": ("WhatsApp", "\u200e[14-03-2024 10:05:11] Ann: Hi\r\n[14-03-2024 10:06:12] Bob: Hello\r\n"),
    "us": ("WhatsApp", "3/14/24, 9:05\u202fPM - Ann: Hi\n3/14/24, 9:06\u202fPM - Bob: Hello\n"),
    "german": ("WhatsApp", "14.03.24, 10:05 - Ann: Hallo\n14.03.24, 10:06 - Bob: Hallo\n"),
    "korean": ("WhatsApp", "2023. 1. 5. 오후 3:10 - Ann: 안녕\n2023. 1. 5. 오후 3:11 - Bob: 네\n"),
    "telegram": ("Telegram", '{"name": "Club", "type": "private_supergroup", "id": 1, "messages": [{"id": 1, "date_unixtime": "1", "from": "Ann", "text": ""}]}'),
    "teams": ("Teams", '[{"Id": "19:x@thread.tacv2", "DisplayName": "General"}]'),
    "meetup": ("Meetup", '[{"id": "1", "event_hosts": [], "yes_rsvp_count": 3}]'),
    "github": ("GitHub", '{"id": "1", "type": "IssuesEvent", "actor": {"login": "a"}, "repo": {"name": "a/b"}}\n'),
    "matrix": ("Matrix", '{"room_name": "Club", "room_creator": "a", "topic": "", "exported_by": "a", "messages": []}'),
    "rocketchat": ("Rocket.Chat", "\x12\0\0\0\x02_id\0\x02\0\0\0a\0\0"),
    "stackexchange": ("Stack Exchange", "<?xml version='1.0'?>\n<!DOCTYPE posts SYSTEM 'posts.dtd'>\n<posts>\n  <row Id=\"1\" /></posts>"),
    "zulip": ("Zulip", '{"zerver_message": [], "zerver_usermessage": []}'),
    "messenger": ("Messenger", '{"participants": [], "messages": [{"sender_name": "A", "timestamp_ms": 1}]}'),
    "jive": ("Jive", '{"list": [{"id": "1", "displayName": "Ann", "jive": {"username": "ann"}}]}'),
    "khoros": ("Khoros", '{"status": "success", "data": {"items": [{"type": "message", "id": "1", "conversation_style": "forum"}]}}'),
    "gdf": ("GDF", "nodedef>name VARCHAR,label VARCHAR\na,Ann\nedgedef>node1,node2\na,b\n"),
    "dot": ("DOT", "digraph club { a -> b; }"),
}  # fmt: skip


BETTER: dict[str, tuple[str, str, str]] = {
    "slackdump": ("slackdump", "Slack's own format", '{"name": "general", "channel_id": "C1", "messages": [{"type": "message", "user": "U1", "text": "Hi", "ts": "1710410700.000100"}]}'),
    "dce_text": ("DiscordChatExporter", "JSON", "=" * 62 + "\nGuild: Club\nChannel: Text / general\n" + "=" * 62 + "\n\n[14-Mar-24 10:05 AM] ann\nHello\n"),
    "user_archive": ("own posts in a Discourse forum", "administrator", "topic_title,categories,is_pm,post_raw,post_cooked,like_count,reply_count,url,created_at\nHello,General,No,hi,<p>hi</p>,2,1,https://forum.x/t/hello/7/1,2024-03-07 10:00:00 UTC\n"),
    "own_discord": ("own Discord data", "DiscordChatExporter", "ID,Timestamp,Contents,Attachments\n1,2024-03-14 10:00:00,Hi,\n"),
    "vcard": ("an address book", "CSV", "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Ann Bakker\r\nEND:VCARD\r\n"),
    "calendar": ("a calendar", "time of joining", "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VEVENT\r\nUID:1\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"),
    "people_json": ("a list of people in JSON", "one row for each person", '[{"name": "Ann", "email": "ann@example.org"}]'),
    "pdf": ("a PDF document", "XLSX or CSV", "%PDF-1.7\n"),
    "pst": ("a data file of Outlook", "mbox", "!BDN\x00\x01"),
}  # fmt: skip


@pytest.fixture(scope="module")
def host() -> Host:
    return load_host(True)


def _others(tmp_path: Path, path: Path) -> Iterator[Path]:
    """The file itself, under a name that says nothing, and zipped in a folder."""
    yield path
    renamed = tmp_path / "x.dat"
    if path.suffix != ".zip":
        renamed.write_bytes(path.read_bytes())
        yield renamed
        packed = tmp_path / "y.zip"
        with zipfile.ZipFile(packed, "w") as archive:
            archive.write(path, f"around/{path.name}")
        yield packed


def _sniffed(host: Host, path: Path) -> dict[str, float]:
    with Source(path) as source:
        return {name: sure for name, importer in host.importers.items() if (sure := importer.sniff(source)) > 0}


def _check(host: Host, path: Path, own: str) -> None:
    sure = _sniffed(host, path)
    assert max(sure, key=lambda name: sure[name], default="") == own, (path, sure)
    assert all(value <= 0.5 for name, value in sure.items() if name != own), (path, sure)


@pytest.mark.parametrize("kind", sorted(MADE))
def test_each_kind_has_one_importer(kind: str, host: Host, tmp_path: Path) -> None:
    own, text = MADE[kind]
    path = tmp_path / ("export.csv" if own.startswith("spreadsheet") else "export.txt")
    path.write_text(text, encoding="utf-8")
    for each in _others(tmp_path, path):
        _check(host, each, own)


def _dressed(tmp_path: Path, sample: Sample) -> Iterator[Path]:
    """A sample as it is, in a folder, in folders around, zipped, zipped in folders around, and under names that say nothing."""
    (tmp_path / "is").mkdir()
    yield sample.write(tmp_path / "is")
    for number, around in enumerate(("", "around/", "My export (2)/around/")):
        folder = tmp_path / f"folder{number}"
        for name, content in sample.files.items():
            path = folder / around / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        yield folder
        for method, packed in ((zipfile.ZIP_DEFLATED, f"{number}.zip"), (zipfile.ZIP_STORED, f"{number}.dat")):
            with zipfile.ZipFile(tmp_path / packed, "w", method) as archive:
                for name, content in sample.files.items():
                    archive.writestr(around + name, content)
            yield tmp_path / packed
    if len(sample.files) == 1:
        ((name, content),) = sample.files.items()
        for renamed in ("x.dat", "x.txt", "noending"):
            (tmp_path / renamed).write_bytes(content)
            yield tmp_path / renamed


@pytest.mark.parametrize("name", sorted(SAMPLES_OF_OUR_OWN))
def test_what_each_importer_is_tested_with_is_its_own(name: str, host: Host, tmp_path: Path) -> None:
    sample = SAMPLES_OF_OUR_OWN[name]
    if sample.packed == "xlsx":
        (tmp_path / "made").mkdir()
        sample = Sample(sample.importer, {"book.xlsx": whole(sample, tmp_path / "made").read_bytes()})
    for path in _dressed(tmp_path, sample):
        _check(host, path, sample.importer)


def test_every_importer_has_a_sample(host: Host) -> None:
    assert {sample.importer for sample in SAMPLES_OF_OUR_OWN.values()} == set(host.importers)


@pytest.mark.parametrize("path", [path for path in sorted(DATA.rglob("*/*")) if path.suffix in (".json", ".html", ".zip", ".jsonl")], ids=lambda path: path.name[:40])
def test_each_real_export_has_one_importer(path: Path, host: Host, tmp_path: Path) -> None:
    own = {"discord": "discord.export", "mattermost": "mattermost.export", "slack": "slack.export"}[path.relative_to(DATA).parts[0]]
    if own == "slack.export" and path.suffix != ".zip":
        return  # a part of an export
    for each in _others(tmp_path, path):
        _check(host, each, own)


_OWN = {"discord": "discord.export", "mattermost": "mattermost.export", "discourse": "discourse.export", "mbox": "mailbox.archive", "surveys-and-networks": "graph_files.network"}
_NAMED = ("events", "github", "rocketchat", "stackexchange", "teams", "telegram", "whatsapp")


def _samples(*folders: str) -> list[Path]:
    found = [path for folder in folders for path in sorted((SAMPLES / folder).rglob("*")) if path.is_file()]
    return [path for path in found if "LICENSE" not in path.name and path.stat().st_size > 3]


@pytest.mark.skipif(not SAMPLES.is_dir(), reason="$CMDESK_SAMPLES names no folder of samples")
def test_all_samples_with_an_importer(host: Host, tmp_path: Path) -> None:
    for path in _samples(*_OWN):
        own = _OWN[path.relative_to(SAMPLES).parts[0]]
        if path.name.startswith("email-Eu-core"):
            own = "spreadsheet.people" if "labels" in path.name else "spreadsheet.ties"
        for each in _others(tmp_path, path):
            _check(host, each, own)


@pytest.mark.skipif(not SAMPLES.is_dir(), reason="$CMDESK_SAMPLES names no folder of samples")
def test_all_samples_without_an_importer_are_named(host: Host, tmp_path: Path) -> None:
    for path in _samples(*_NAMED):
        for each in _others(tmp_path, path):
            assert max(_sniffed(host, each).values(), default=0.0) < 0.5, each
            with Source(each) as source:
                assert foreign.problem(source), each


@pytest.mark.parametrize("kind", sorted(FOREIGN))
def test_what_cannot_be_read_yet_is_named(kind: str, file: Path, tmp_path: Path, run: Run) -> None:
    word, text = FOREIGN[kind]
    path = tmp_path / "given.bin"
    path.write_bytes(text.encode("latin-1" if kind == "rocketchat" else "utf-8"))
    before = hashlib.sha256(file.read_bytes()).hexdigest()
    for each in _others(tmp_path, path):
        done = run("import", file, each, expect=1)
        error, hint = done.err.splitlines()
        assert word in error and "cannot read it yet; a spreadsheet of exchanges works" in error
        assert str(paths.resource(foreign.TEMPLATE)) in hint
    assert hashlib.sha256(file.read_bytes()).hexdigest() == before


@pytest.mark.parametrize("kind", sorted(BETTER))
def test_what_is_read_in_another_form_is_named_with_that_form(kind: str, file: Path, tmp_path: Path, run: Run) -> None:
    word, better, text = BETTER[kind]
    path = tmp_path / "given.csv"
    path.write_text(text, encoding="utf-8")
    before = hashlib.sha256(file.read_bytes()).hexdigest()
    error, hint = run("import", file, path, expect=1).err.splitlines()
    assert word in error and better in hint
    assert hashlib.sha256(file.read_bytes()).hexdigest() == before


@pytest.mark.parametrize("content", [b"\r\n\r\n", b"\xef\xbb\xbf", b"  \n"])
def test_a_blank_file_is_called_empty(file: Path, tmp_path: Path, run: Run, content: bytes) -> None:
    (tmp_path / "people.csv").write_bytes(content)
    assert "people.csv is empty" in run("import", file, tmp_path / "people.csv", expect=1).err


def test_an_empty_archive_is_called_empty(file: Path, tmp_path: Path, run: Run) -> None:
    with zipfile.ZipFile(tmp_path / "export.zip", "w"):
        pass
    assert "holds no files" in run("import", file, tmp_path / "export.zip", expect=1).err


def test_the_template_is_read(file: Path, run: Run) -> None:
    done = run("import", file, paths.resource(foreign.TEMPLATE), "--json").json
    assert done["importer"] == "spreadsheet.log"
    assert (done["records"]["used"], done["problems"] and done["records"]["set_aside"]) == (3, 0)


def test_months_packed_one_by_one(file: Path, tmp_path: Path, run: Run) -> None:
    folder = tmp_path / "list"
    folder.mkdir()
    for month, number in (("January", "1@x"), ("February", "2@x")):
        (folder / f"2024-{month}.txt.gz").write_bytes(gzip.compress(_MAIL.replace("1@x", number).encode()))
    assert run("import", file, folder, "--json").json["facts"]["post"]["stored"] == 2
    with zipfile.ZipFile(tmp_path / "list.zip", "w") as archive:
        for path in folder.iterdir():
            archive.write(path, f"list/{path.name}")
    again = run("import", file, tmp_path / "list.zip", "--json").json["facts"]["post"]
    assert (again["stated"], again["stored"]) == (2, 0)


@pytest.mark.parametrize("damage", ["cut", "bomb", "flip"])
def test_a_packed_month_that_is_damaged(damage: str, file: Path, tmp_path: Path, run: Run) -> None:
    packed = gzip.compress(_MAIL.encode() * 50)
    content = {"cut": packed[:-20], "bomb": gzip.compress(bytes(300 << 20), 9), "flip": packed[:30] + bytes([packed[30] ^ 255]) + packed[31:]}[damage]
    (tmp_path / "list").mkdir()
    (tmp_path / "list" / "a.txt").write_text(_MAIL)
    (tmp_path / "list" / "b.txt.gz").write_bytes(content)
    before = file.read_bytes()
    error = run("import", file, tmp_path / "list", expect=1).err
    assert "b.txt.gz" in error and "Traceback" not in error and file.read_bytes() == before
