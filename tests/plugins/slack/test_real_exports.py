"""Exports that we did not write: a real workspace of 2015–16 and Zulip's test exports. Expected numbers were counted apart."""

from __future__ import annotations

from pathlib import Path

import pytest

from cmdesk.core.records import Group, Membership, Origin, Person, Post, Reaction
from tests.plugins.slack.builder import Read

ROOT = Path(__file__).parents[3]
HOUSTON = ROOT / "resources" / "samples" / "slack" / "houstondatavis-slack-export.zip"
ZULIP = ROOT / "tests" / "data" / "slack"


@pytest.fixture(scope="module")
def houston() -> Read:
    return Read(HOUSTON)


def test_every_record_of_the_real_sample_is_used(houston: Read) -> None:
    assert houston.confidence > 0.9
    assert (houston.ledger.read, houston.ledger.used, houston.ledger.set_aside, houston.ledger.left_out) == (71 + 16 + 1382, 1469, 0, {})
    assert list(houston.ledger.ignored) == ["integration_logs.json"]


def test_facts_of_the_real_sample(houston: Read) -> None:
    counts = {kind: len(houston.all(kind)) for kind in (Person, Group, Membership, Post, Reaction)}
    assert counts == {Person: 71, Group: 16, Membership: 201, Post: 1382, Reaction: 199}
    posts = houston.all(Post)
    assert sum(len(post.mentions) for post in posts) == 575
    assert len({post.key for post in posts}) == 1382
    assert sum(post.event for post in posts) == 320 + 13 + 9 + 3 + 2 + 2 + 1 + 1  # the subtypes that nobody wrote
    assert sum(post.edited is not None for post in posts) == 37
    assert all(post.author for post in posts)


def test_origin_of_the_real_sample(houston: Read) -> None:
    assert houston.only(Origin) == Origin("slack", "T061A2UFL", "houstondatavis")


def test_memberships_have_the_dates_of_joining(houston: Read) -> None:
    dated = [membership for membership in houston.all(Membership) if membership.joined]
    assert len(dated) > 150
    assert all(membership.left is None for membership in houston.all(Membership))


def test_who_left_a_channel_is_a_former_member_on_request() -> None:
    former = [membership for membership in Read(HOUSTON, former_members=True).all(Membership) if membership.left]
    assert sorted(membership.group for membership in former) == sorted(former_of(HOUSTON))


def former_of(path: Path) -> list[str]:
    """Channels that somebody left and is not in, by a reading of their own."""
    import json
    import zipfile

    with zipfile.ZipFile(path) as archive:
        channels = {channel["name"]: channel for channel in json.loads(archive.read("channels.json"))}
        found = set()
        for name in archive.namelist():
            folder = name.partition("/")[0]
            if folder in channels and name.endswith(".json"):
                for message in json.loads(archive.read(name)):
                    if message.get("subtype") == "channel_leave" and message["user"] not in channels[folder]["members"]:
                        found.add((channels[folder]["id"], message["user"]))
    return [channel for channel, _ in found]


def test_old_file_comments_have_their_author_and_words(houston: Read) -> None:
    comments = [post for post in houston.all(Post) if post.text == "Really cool"]
    assert [post.author for post in comments] == ["U061A5N1G"]


def test_zulip_export() -> None:
    read = Read(ZULIP / "test_slack_importer.zip")
    assert (read.ledger.read, read.ledger.set_aside) == (97, 0)
    assert {group.name for group in read.all(Group)} == {"general", "random"}


def test_zulip_unicode_export() -> None:
    read = Read(ZULIP / "test_unicode_slack_importer.zip")
    channel = next(group for group in read.all(Group) if group.name == "チャネル")
    assert len([post for post in read.all(Post) if post.group == channel.key]) == 3
    assert read.ledger.set_aside == 0
