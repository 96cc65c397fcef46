"""Simulated exports: what they hold, that they are the same each time, and that their structure is the one that was told."""

from __future__ import annotations

import hashlib
import json
import zipfile
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any

import pytest

from cmdesk import simulation
from cmdesk.core.records import Person, Post, Reaction
from cmdesk.simulation.story import DAY, START

PEOPLE, MESSAGES = 200, 12_000


def messages_of(path: Path) -> dict[str, list[dict[str, Any]]]:
    """Messages by channel name, in the order of the export."""
    found: dict[str, list[dict[str, Any]]] = defaultdict(list)
    with zipfile.ZipFile(path) as archive:
        for name in archive.namelist():
            if "/" in name:
                found[name.split("/")[0]] += json.loads(archive.read(name))
    return found


@pytest.fixture(scope="module")
def export(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("simulation") / "export.zip"
    simulation.slack_zip(path, PEOPLE, MESSAGES, 7)
    return path


@pytest.fixture(scope="module")
def story() -> simulation.Story:
    return simulation.circles(4, simulation.CircleSizes(people=120, departments=5, circles=6, days=420))


def test_the_same_seed_gives_the_same_bytes(export: Path, tmp_path: Path) -> None:
    again, other = tmp_path / "again.zip", tmp_path / "other.zip"
    simulation.slack_zip(again, PEOPLE, MESSAGES, 7)
    simulation.slack_zip(other, PEOPLE, MESSAGES, 8)
    digests = [hashlib.sha256(path.read_bytes()).hexdigest() for path in (export, again, other)]
    assert digests[0] == digests[1] != digests[2]


def test_it_has_exactly_the_people_and_messages_asked_for(export: Path) -> None:
    with zipfile.ZipFile(export) as archive:
        users, channels = (json.loads(archive.read(name)) for name in ("users.json", "channels.json"))
    found = messages_of(export)
    assert sum(not user["is_bot"] for user in users) == PEOPLE
    assert sum(map(len, found.values())) == MESSAGES
    assert set(found) <= {channel["name"] for channel in channels}
    assert all(user["team_id"].startswith(simulation.SIMULATED_TEAM) for user in users)


def test_a_message_takes_about_as_much_json_as_in_a_real_export(tmp_path: Path) -> None:
    path = tmp_path / "export.zip"
    simulation.slack_zip(path, 1_000, 40_000, 1)
    with zipfile.ZipFile(path) as archive:
        size = sum(entry.file_size for entry in archive.infolist() if "/" in entry.filename)
    assert 460 <= size / 40_000 <= 520


def test_stamps_are_unique_in_order_and_on_the_day_of_their_file(export: Path) -> None:
    for messages in messages_of(export).values():
        stamps = [message["ts"] for message in messages]
        assert stamps == sorted(stamps)
        assert len(set(stamps)) == len(stamps)


def test_threads_mentions_and_reactions_refer_to_what_is_there(export: Path) -> None:
    with zipfile.ZipFile(export) as archive:
        users = {user["id"] for user in json.loads(archive.read("users.json"))}
    replies = reactions = mentions = 0
    for messages in messages_of(export).values():
        by_stamp = {message["ts"]: message for message in messages}
        answers = Counter(message["thread_ts"] for message in messages if message.get("thread_ts", message["ts"]) != message["ts"])
        for message in messages:
            start = by_stamp[message.get("thread_ts", message["ts"])]
            assert start["ts"] <= message["ts"] and message["user"] in users
            if start is not message:
                replies += 1
                assert message["parent_user_id"] == start["user"]
            assert message.get("reply_count", 0) == answers[message["ts"]]
            for reaction in message.get("reactions", ()):
                assert reaction["count"] == len(set(reaction["users"])) and set(reaction["users"]) <= users
                reactions += reaction["count"]
            mentions += "<@" in message["text"] and "subtype" not in message
    assert replies > MESSAGES / 3 and reactions > MESSAGES / 10 and mentions > MESSAGES / 20


def test_a_few_messages_are_enough(tmp_path: Path) -> None:
    for messages in (1, 2, 50):
        simulation.slack_zip(tmp_path / "tiny.zip", 3, messages, 0)
        assert sum(map(len, messages_of(tmp_path / "tiny.zip").values())) == messages


def test_a_story_is_the_same_each_time_and_another_with_another_seed() -> None:
    sizes = simulation.CircleSizes(people=60, departments=3, circles=2, days=120)
    assert simulation.circles(1, sizes) == simulation.circles(1, sizes)
    assert simulation.circles(1, sizes).posts != simulation.circles(2, sizes).posts


def test_circles_are_small_disjoint_and_mixed(story: simulation.Story) -> None:
    unit = {person.key: person.unit for person in story.persons}
    assert len(story.circles) == 6
    assert all(5 <= len(circle) <= 9 for circle in story.circles)
    assert len({key for circle in story.circles for key in circle}) == sum(map(len, story.circles))
    assert all(len({unit[key] for key in circle}) >= 2 for circle in story.circles)


def test_inside_a_circle_exchange_is_dense_and_goes_both_ways(story: simulation.Story) -> None:
    since = START + (420 - 180) * DAY
    answered = {
        (post.author, mention) for post in story.posts if (post.at or 0) > since for mention in (*post.mentions, post.reply_author) if mention
    }
    pairs = [(one, other) for circle in story.circles for one in circle for other in circle if one != other]
    assert sum(pair in answered for pair in pairs) / len(pairs) > 0.95


def test_contacts_are_outside_and_shared_by_two_members(story: simulation.Story) -> None:
    asked = Counter((post.author, mention) for post in story.posts if not post.event for mention in post.mentions)
    for circle, contacts in zip(story.circles, story.contacts, strict=True):
        assert 3 <= len(contacts) <= 4
        for contact in set(contacts):
            assert contact not in circle
            assert sum(asked[member, contact] > 0 for member in circle) >= 2


def test_a_circle_has_new_members_ideas_and_questions(story: simulation.Story) -> None:
    joined = {person.key: person.joined or 0 for person in story.persons}
    year = START + (420 - 365) * DAY
    for circle in story.circles:
        assert 1 <= sum(joined[key] > year for key in circle) <= 2
    starts = [post for post in story.posts if not post.thread and not post.event]
    assert sum(post.text.endswith("?") for post in starts) > 100
    assert sum("#idea" in post.text for post in starts) > 100


def test_nobody_writes_before_having_come_or_after_the_end(story: simulation.Story) -> None:
    joined = {person.key: person.joined for person in story.persons}
    for post in story.posts:
        assert (joined[post.author] or 0) <= (post.at or 0) < START + 420 * DAY


def test_a_story_tells_itself_in_records(story: simulation.Story) -> None:
    kinds = Counter(type(record) for record in story.records())
    assert kinds[Person] == len(story.persons) and kinds[Post] == len(story.posts) and kinds[Reaction] == len(story.reactions)


def test_what_is_written_as_slack_is_what_the_story_tells(story: simulation.Story, tmp_path: Path) -> None:
    simulation.write_slack(story, tmp_path / "story.zip")
    found = messages_of(tmp_path / "story.zip")
    assert sum(map(len, found.values())) == len(story.posts)
    with zipfile.ZipFile(tmp_path / "story.zip") as archive:
        users, channels = (json.loads(archive.read(name)) for name in ("users.json", "channels.json"))
    departments = {field["value"] for user in users for field in user["profile"]["fields"].values()}
    assert len(departments) == 5
    assert sum(len(channel["members"]) for channel in channels) == len(story.memberships)
    assert sum(message.get("subtype") == "channel_join" for messages in found.values() for message in messages) == len(story.memberships)
