"""The real export, as it is, re-zipped and renamed: every line counts, and nobody else recognises it."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from cmdesk.core.importing import ImportResult
from cmdesk.core.reading.source import Source
from cmdesk.core.records import Group, Membership, Origin, Person, Post, Reaction
from cmdesk.pluginhost import Host
from tests.plugins.mattermost.builder import Read, written, zipped

SAMPLE = Path(__file__).parents[2] / "data" / "mattermost" / "export.json"
Import = Callable[..., ImportResult]


def test_the_sample() -> None:
    read = Read(SAMPLE)
    assert (read.ledger.read, read.ledger.used, read.ledger.left_out, read.ledger.problems) == (35, 32, {"settings": 3}, [])
    assert Counter(type(record) for record in read.records) == {Post: 21, Membership: 16, Reaction: 9, Group: 7, Person: 5, Origin: 1}
    posts = read.all(Post)
    assert (sum(post.event for post in posts), sum(bool(post.thread) for post in posts), sum(len(post.mentions) for post in posts)) == (8, 1, 1)
    assert {membership.group for membership in read.all(Membership) if membership.person == "snape"} == {"slytherin", "slytherin/slytherin-common-room"}
    assert all(reaction.at for reaction in read.all(Reaction))


def test_the_sample_agrees_with_a_reading_of_its_own() -> None:
    held = [json.loads(line) for line in SAMPLE.read_text().splitlines()]
    posts = [line["post"] for line in held if line["type"] == "post"]
    parts = posts + [reply for post in posts for reply in post["replies"] or ()]
    read = Read(SAMPLE)
    assert sorted(post.at for post in read.all(Post) if post.at) == sorted(part["create_at"] * 1_000 for part in parts)
    assert len(read.all(Reaction)) == sum(len(part.get("reactions") or ()) for part in parts)
    teams = [team for line in held if line["type"] == "user" for team in line["user"]["teams"]]
    assert len(read.all(Membership)) == sum(1 + len(team["channels"]) for team in teams)


@pytest.mark.parametrize("make", [
    lambda _folder: SAMPLE, lambda folder: written(folder / "notes.txt", SAMPLE.read_bytes()), lambda folder: zipped(folder / "x.zip", SAMPLE.read_bytes()),
    lambda folder: zipped(folder / "Slack export.zip", SAMPLE.read_bytes(), "a/b/", "channels.json"),
])  # fmt: skip
def test_nobody_else_recognises_it(tmp_path: Path, host: Host, make: Callable[[Path], Path]) -> None:
    with Source(make(tmp_path)) as source:
        sure = {name: importer.sniff(source) for name, importer in host.importers.items()}
    assert sure.pop("mattermost.export") > 0.9
    assert max(sure.values()) <= 0.5


def test_importing_twice_stores_nothing_more(tmp_path: Path, import_file: Import) -> None:
    path = zipped(tmp_path / "x.zip", SAMPLE.read_bytes(), "export/")
    first, again = import_file(path), import_file(SAMPLE)
    assert (first.records.read, first.records.used, first.facts["post"].stored, first.facts["reaction"].stored) == (35, 32, 21, 9)
    assert sum(fact.stored for fact in again.facts.values()) == 0
    assert sum(fact.set_aside for fact in first.facts.values()) == 0
